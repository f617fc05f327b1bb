"""The lists of discipline."""

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongket.core.codelists import (
    DISCIPLINE_FORM,
    DISCIPLINE_GROUND,
    MEMBER_DISCIPLINE_FORMS,
    ORGANISATION_DISCIPLINE_FORMS,
)
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.members.pages.records import MemberColumn, MemberSearch
from tongket.ui.records.lists import FoldedSearch, OrganisationColumn, RecordFilters
from tongket.ui.tables import CodeColumn, Column, DayColumn, Table

_MEMBER_FORMS = [(code, DISCIPLINE_FORM.label(code)) for code in MEMBER_DISCIPLINE_FORMS]
_ORGANISATION_FORMS = [(code, DISCIPLINE_FORM.label(code)) for code in ORGANISATION_DISCIPLINE_FORMS]


class MemberDisciplineTable(Table):
    """Discipline of members."""

    member = MemberColumn(linkify=lambda record: reverse("inspections:detail", args=[record.pk]))
    organisation = OrganisationColumn(verbose_name=_("Chi bộ"))
    form = CodeColumn(DISCIPLINE_FORM, verbose_name=_("Hình thức"), css="nowrap")
    ground = CodeColumn(DISCIPLINE_GROUND, verbose_name=_("Nội dung vi phạm"), width=40)
    decided_on = DayColumn(verbose_name=_("Ngày quyết định"))
    decision_number = Column(verbose_name=_("Quyết định"), css="nowrap")

    class Meta(Table.Meta):
        model = MemberDiscipline
        fields = ()


class MemberDisciplineFilters(RecordFilters):
    """Search by name, form, ground."""

    q = MemberSearch()
    form_ = django_filters.ChoiceFilter(
        field_name="form", label=_("Hình thức"), choices=_MEMBER_FORMS, empty_label=_("Tất cả")
    )
    ground = django_filters.ChoiceFilter(
        label=_("Nội dung"), choices=DISCIPLINE_GROUND.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = MemberDiscipline
        fields = ("q", "don_vi", "form_", "ground", "thoi_gian")


class OrganisationDisciplineTable(Table):
    """Discipline of organisations."""

    organisation = OrganisationColumn(
        linkify=lambda record: reverse("inspections:organisation_detail", args=[record.pk])
    )
    form = CodeColumn(DISCIPLINE_FORM, verbose_name=_("Hình thức"))
    ground = CodeColumn(DISCIPLINE_GROUND, verbose_name=_("Nội dung vi phạm"), width=40)
    decided_on = DayColumn(verbose_name=_("Ngày quyết định"))
    decision_number = Column(verbose_name=_("Quyết định"))

    class Meta(Table.Meta):
        model = OrganisationDiscipline
        fields = ()


class OrganisationDisciplineFilters(RecordFilters):
    """Search and form."""

    q = FoldedSearch("organisation__name", "decision_number")
    form_ = django_filters.ChoiceFilter(
        field_name="form", label=_("Hình thức"), choices=_ORGANISATION_FORMS, empty_label=_("Tất cả")
    )

    class Meta:
        model = OrganisationDiscipline
        fields = ("q", "don_vi", "form_", "thoi_gian")
