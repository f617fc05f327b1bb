"""Pages of events and twinnings: lists, the year, round anniversaries, records."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.dates import today
from tongket.core.periods import Period
from tongket.events.acts import EVENT, TWINNING
from tongket.events.anniversaries import anniversary, next_round
from tongket.events.forms import EventForm, TwinningForm
from tongket.events.models import Event, Twinning
from tongket.events.queries import (
    coming,
    demands_after,
    follow_ups_of,
    in_days,
    in_months,
    marked_events,
    programme_of,
    visible_events,
    visible_twinnings,
)
from tongket.events.tables import EventFilters, EventTable, TwinningFilters, TwinningTable
from tongket.files.pages import file_pages
from tongket.organisations.queries import may
from tongket.ui.context import view_context
from tongket.ui.gate import gate
from tongket.ui.records.lists import below
from tongket.ui.records.pages import RecordPages

AHEAD = 5
TABS = (
    (gettext_lazy("Hoạt động"), "events:list", "event.read"),
    (gettext_lazy("Lịch năm"), "events:year", "event.read"),
    (gettext_lazy("Kết nghĩa"), "events:twinning_list", "event.read"),
    (gettext_lazy("Năm tròn sắp tới"), "events:anniversaries", "event.read"),
)
FILES = file_pages(Event, visible_events, "event.read", "event.write", names="events:", role="main")
TWINNING_FILES = file_pages(
    Twinning, visible_twinnings, "event.read", "event.write", names="events:twinning_", role="main"
)


def _in_period(rows: Any, period: Period) -> Any:
    return in_days(rows, period.start, period.end)


def _of_any_time(rows: Any, period: Period) -> Any:
    """A twinning lasts: it stands in every period since its first year."""
    return rows.filter(since_year__lte=period.end.year)


def _more(request: HttpRequest, event: Event) -> dict[str, Any]:
    twinning = (
        visible_twinnings(request.user).filter(identity=event.twinning).first() if event.twinning else None
    )
    since = (event.marks_year, event.marks_on) if event.marks_year else None
    if twinning is not None:
        since = since or (twinning.since_year, twinning.since_on)
    turned = anniversary(*since, event.starts_on.year) if since else None
    may_ask = event.voided_at is None and may(request.user, "obligation.write", event.organisation)
    return {
        "title": event.title,
        "twinning": twinning,
        "turned": turned,
        "programme": programme_of(event.identity),
        "demands": demands_after(request.user, event),
        "notes": follow_ups_of(event.identity).filter(demand__isnull=True),
        "may_ask": may_ask,
        "may_write": event.voided_at is None and may(request.user, "event.write", event.organisation),
        **FILES.shown(request, event),
    }


def _actions(request: HttpRequest, event: Event) -> list[tuple[str, str, str]]:
    shown = [(_("In chương trình"), reverse("events:programme_print", args=[event.pk]), "printer")]
    if may(request.user, "event.write", event.organisation):
        shown.insert(0, (_("Chương trình"), reverse("events:programme", args=[event.pk]), "list-ol"))
    return shown


def _twinning_more(request: HttpRequest, twinning: Twinning) -> dict[str, Any]:
    return {
        "title": twinning.name,
        "turned": anniversary(twinning.since_year, twinning.since_on, today().year),
        "next_round": next_round(twinning.since_year, twinning.since_on, today()),
        "events": visible_events(request.user).filter(twinning=twinning.identity),
        **TWINNING_FILES.shown(request, twinning),
    }


EVENTS = RecordPages(
    kind=EVENT,
    names="events:",
    noun=gettext_lazy("hoạt động"),
    title=gettext_lazy("Kỷ niệm, kết nghĩa"),
    lead=gettext_lazy(
        "Hoạt động kỷ niệm, kết nghĩa, gặp mặt: chương trình, đơn vị phối hợp và việc làm tiếp theo."
    ),
    new_text=gettext_lazy("Ghi hoạt động"),
    read="event.read",
    write="event.write",
    visible=visible_events,
    in_period=_in_period,
    form=EventForm,
    table=EventTable,
    filters=EventFilters,
    tabs=TABS,
    detail_template="events/detail.html",
    more=_more,
    actions=_actions,
    start=lambda _request, view: {"organisation": view.organisation},
)
TWINNINGS = RecordPages(
    kind=TWINNING,
    names="events:twinning_",
    noun=gettext_lazy("kết nghĩa"),
    title=gettext_lazy("Kết nghĩa"),
    lead=gettext_lazy("Các mối kết nghĩa; số năm và năm tròn được tính từ ngày hoặc năm kết nghĩa."),
    new_text=gettext_lazy("Ghi kết nghĩa"),
    read="event.read",
    write="event.write",
    visible=visible_twinnings,
    in_period=_of_any_time,
    form=TwinningForm,
    table=TwinningTable,
    filters=TwinningFilters,
    tabs=TABS,
    detail_template="events/twinning.html",
    more=_twinning_more,
    start=lambda _request, view: {"organisation": view.organisation},
)


def tabs(here: str) -> list[tuple[Any, str, bool]]:
    """The sister lists, this one marked."""
    return [(text, reverse(name), name == here) for text, name, _verb in TABS]


@gate("event.read")
def year(request: HttpRequest) -> HttpResponse:
    """The events of the period's year, month by month."""
    view = view_context(request, "event.read")
    number = view.period.end.year
    rows = in_days(visible_events(request.user), date(number, 1, 1), date(number, 12, 31))
    rows = rows.filter(organisation__in=below(view.organisation, view.period))
    shown = {
        "view": view,
        "tabs": tabs("events:year"),
        "title": _("Lịch hoạt động năm %(year)s") % {"year": number},
        "months": in_months(rows, number),
        "crumbs": [(str(EVENTS.title), EVENTS.url("list")), (_("Lịch năm"), "")],
    }
    return render(request, "events/year.html", shown)


@gate("event.read")
def anniversaries(request: HttpRequest) -> HttpResponse:
    """Round anniversaries of twinnings and of what events commemorate, this year and the next five."""
    view = view_context(request, "event.read")
    first = view.period.end.year
    years = range(first, first + AHEAD + 1)
    inside = below(view.organisation)
    found = coming(
        visible_twinnings(request.user).filter(organisation__in=inside),
        marked_events(request.user).filter(organisation__in=inside),
        years,
    )
    shown = {
        "view": view,
        "tabs": tabs("events:anniversaries"),
        "title": _("Năm tròn sắp tới"),
        "years": [(one, [row for row in found if row.anniversary.year == one]) for one in years],
        "any": bool(found),
        "crumbs": [(str(EVENTS.title), EVENTS.url("list")), (_("Năm tròn sắp tới"), "")],
    }
    return render(request, "events/anniversaries.html", shown)
