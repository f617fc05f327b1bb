"""The list of conferences."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongket.conferences.models import Conference
from tongket.core.worklists import CONFERENCE_KIND, CONFERENCE_STATE
from tongket.ui.records.lists import FoldedSearch, OrganisationColumn, RecordFilters
from tongket.ui.tables import CodeColumn, Column, MomentColumn, NumberColumn, Table, TagColumn

TONES = {"draft": "", "called": "warn", "running": "good", "closed": ""}


class ConferenceTable(Table):
    """Conferences with their state and numbers."""

    title = Column(
        verbose_name=_("Hội nghị"),
        width=60,
        linkify=lambda record: reverse("conferences:detail", args=[record.pk]),
    )
    kind = CodeColumn(CONFERENCE_KIND, verbose_name=_("Loại"))
    starts_at = MomentColumn(verbose_name=_("Bắt đầu"), width=18)
    place = Column(verbose_name=_("Địa điểm"))
    organisation = OrganisationColumn()
    invited = NumberColumn(verbose_name=_("Được mời"))
    present = NumberColumn(verbose_name=_("Có mặt"))
    state = TagColumn(CONFERENCE_STATE, verbose_name=_("Trạng thái"), tones=TONES)

    class Meta(Table.Meta):
        model = Conference
        fields = ()


class ConferenceFilters(RecordFilters):
    """Search, kind and state."""

    q = FoldedSearch("title", "place", "chairs", "organisation__name")
    kind = django_filters.ChoiceFilter(
        label=_("Loại"), choices=CONFERENCE_KIND.choices, empty_label=_("Tất cả")
    )
    state = django_filters.ChoiceFilter(
        label=_("Trạng thái"), choices=CONFERENCE_STATE.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = Conference
        fields: Any = ("q", "don_vi", "kind", "state", "thoi_gian")
