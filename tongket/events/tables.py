"""The lists of events and twinnings."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongket.core.dates import today
from tongket.core.worklists import EVENT_KIND
from tongket.events.anniversaries import anniversary, next_round
from tongket.events.models import Event, Twinning
from tongket.ui.records.lists import FoldedSearch, OrganisationColumn, RecordFilters
from tongket.ui.tables import CodeColumn, Column, DayColumn, NumberColumn, Table
from tongket.ui.templatetags.ui import day as day_text


class EventTable(Table):
    """Events of the period."""

    title = Column(
        verbose_name=_("Hoạt động"),
        width=50,
        linkify=lambda record: reverse("events:detail", args=[record.pk]),
    )
    starts_on = DayColumn(verbose_name=_("Từ ngày"))
    ends_on = DayColumn(verbose_name=_("Đến ngày"))
    kind = CodeColumn(EVENT_KIND, verbose_name=_("Loại"))
    occasion = Column(verbose_name=_("Nhân dịp"), width=40)
    place = Column(verbose_name=_("Địa điểm"), width=30)
    organisation = OrganisationColumn()
    partners = Column(verbose_name=_("Đơn vị phối hợp"), width=40, visible=False)

    class Meta(Table.Meta):
        model = Event
        fields = ()


class EventFilters(RecordFilters):
    """Search and kind."""

    q = FoldedSearch("title", "occasion", "place", "partners", "organisation__name")
    kind = django_filters.ChoiceFilter(label=_("Loại"), choices=EVENT_KIND.choices, empty_label=_("Tất cả"))

    class Meta:
        model = Event
        fields = ("q", "don_vi", "kind", "thoi_gian")


class SinceColumn(Column):
    """The day or year from which it lasts."""

    css = "nowrap"

    def value(self, **kwargs: Any) -> str:
        """As it is written."""
        return str(kwargs["record"].since)


class YearsColumn(NumberColumn):
    """How many years it turns this year."""

    def render(self, record: Any) -> Any:
        """The number."""
        return self.value(record=record)

    def value(self, **kwargs: Any) -> Any:
        """The number, "" in the first year."""
        row = kwargs["record"]
        found = anniversary(row.since_year, row.since_on, today().year)
        return found.years if found else ""


class NextRoundColumn(Column):
    """The next round anniversary: how many years, and when."""

    css = "nowrap"

    def render(self, record: Any) -> str:
        """In words."""
        return self.value(record=record)

    def value(self, **kwargs: Any) -> str:
        """In words."""
        row = kwargs["record"]
        found = next_round(row.since_year, row.since_on, today())
        said = {"years": found.years, "when": day_text(found.on) if found.on else found.year}
        return gettext("%(years)s năm: %(when)s") % said


class TwinningTable(Table):
    """Twinnings."""

    name = Column(
        verbose_name=_("Tên gọi"),
        width=44,
        linkify=lambda record: reverse("events:twinning_detail", args=[record.pk]),
    )
    partner = Column(verbose_name=_("Đơn vị kết nghĩa"), width=30)
    place = Column(verbose_name=_("Địa chỉ"), width=24)
    since = SinceColumn(verbose_name=_("Từ"), order_by=("since_year", "since_on"))
    years = YearsColumn(verbose_name=_("Số năm"), empty_values=(), order_by=("-since_year",))
    next_round = NextRoundColumn(verbose_name=_("Năm tròn sắp tới"), empty_values=(), orderable=False)
    organisation = OrganisationColumn()

    class Meta(Table.Meta):
        model = Twinning
        fields = ()


class TwinningFilters(RecordFilters):
    """Search."""

    q = FoldedSearch("name", "partner", "place", "organisation__name")

    class Meta:
        model = Twinning
        fields = ("q", "don_vi", "thoi_gian")
