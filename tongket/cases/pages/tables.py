"""The list of cases."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongket.cases.models import Case
from tongket.core.codelists import DISCIPLINE_GROUND
from tongket.core.judging import CASE_BODY, CASE_STATE
from tongket.members.pages.records import MemberSearch
from tongket.ui.records.lists import OrganisationColumn, RecordFilters
from tongket.ui.tables import CodeColumn, Column, DayColumn, Table


def _case_page(record: Any) -> str:
    return reverse("cases:case", args=[record.identity])


class CaseTable(Table):
    """Cases: whom, what, where they stand."""

    subject = Column(
        verbose_name=_("Đối tượng"), accessor="subject_name", orderable=False, linkify=_case_page, width=30
    )
    organisation = OrganisationColumn(verbose_name=_("Chi bộ, tổ chức"))
    ground = CodeColumn(DISCIPLINE_GROUND, verbose_name=_("Nội dung vi phạm"), width=40)
    opened_on = DayColumn(verbose_name=_("Mở ngày"))
    body_level = CodeColumn(CASE_BODY, verbose_name=_("Cấp xem xét"), width=30)
    state = CodeColumn(CASE_STATE, verbose_name=_("Tình trạng"), css="nowrap")
    ended_on = DayColumn(verbose_name=_("Kết thúc ngày"))

    class Meta(Table.Meta):
        model = Case
        fields = ()


class CaseFilters(RecordFilters):
    """Search by name, state, ground."""

    q = MemberSearch()
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=CASE_STATE.choices, empty_label=_("Tất cả")
    )
    ground = django_filters.ChoiceFilter(
        label=_("Nội dung"), choices=DISCIPLINE_GROUND.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = Case
        fields = ("q", "don_vi", "state", "ground", "thoi_gian")
