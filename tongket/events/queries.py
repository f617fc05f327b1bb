"""Reading events and twinnings, always through what the user may see."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from tongket.audit.records import current
from tongket.core.text import fold
from tongket.events.anniversaries import Anniversary, round_within
from tongket.events.models import Event, FollowUp, ProgrammeItem, Twinning
from tongket.obligations.models import Demand
from tongket.obligations.queries import visible_demands
from tongket.organisations.queries import visible_to

_YEARS = re.compile(r"\b\d{1,3}\s+năm(?:\s+(?=ngày))?\s*")


def visible_events(user: Any, *, with_voided: bool = False) -> QuerySet[Event]:
    """Events of the organisations where the user may read them (`event.read`)."""
    rows = Event.objects.filter(organisation__in=visible_to(user, verb="event.read"))
    return (rows if with_voided else current(rows)).select_related("organisation")


def visible_twinnings(user: Any, *, with_voided: bool = False) -> QuerySet[Twinning]:
    """Twinnings of the organisations where the user may read events (`event.read`)."""
    rows = Twinning.objects.filter(organisation__in=visible_to(user, verb="event.read"))
    return (rows if with_voided else current(rows)).select_related("organisation")


def programme_of(event: UUID) -> list[ProgrammeItem]:
    """The standing lines of an event's programme, in order."""
    return list(current(ProgrammeItem.objects.filter(event=event)))


def follow_ups_of(event: UUID) -> QuerySet[FollowUp]:
    """The notes of what an event led to, and the links to demands."""
    return current(FollowUp.objects.filter(event=event)).select_related("organisation")


def demands_after(user: Any, event: Event) -> list[Demand]:
    """The demands that come from an event or were linked to it, which the user may see, with how far they are.

    Each has `parts`, and `reported`: how many organisations reported and were not sent back since.
    """
    linked = follow_ups_of(event.identity).filter(demand__isnull=False).values("demand")
    parts = Q(obligations__voided_at__isnull=True)
    rows = visible_demands(user).filter(Q(about=event.identity) | Q(identity__in=linked))
    return list(
        rows.annotate(
            parts=Count("obligations", filter=parts, distinct=True),
            reported=Count(
                "obligations", filter=parts & Q(obligations__fulfilled_on__isnull=False), distinct=True
            ),
        ).order_by("due_on", "id")
    )


def in_months(events: Iterable[Event], year: int) -> list[tuple[int, list[Event]]]:
    """The twelve months of a year with the events that begin in each; one that began before stands in January."""
    months: dict[int, list[Event]] = {number: [] for number in range(1, 13)}
    for event in sorted(events, key=lambda one: (one.starts_on, one.pk)):
        months[event.starts_on.month if event.starts_on.year == year else 1].append(event)
    return list(months.items())


def in_days(rows: QuerySet[Event], start: date, end: date) -> QuerySet[Event]:
    """Events of which some day lies between two days."""
    return rows.filter(starts_on__lte=end, ends_on__gte=start)


@dataclass(frozen=True, slots=True)
class Coming:
    """A round anniversary: of which twinning or event."""

    anniversary: Anniversary
    title: str
    record: Any
    is_twinning: bool


def coming(twinnings: Iterable[Twinning], events: Iterable[Event], years: Sequence[int]) -> list[Coming]:
    """The round anniversaries of the years given, in order of day; what several events commemorate comes once.

    An event of a twinning is not counted of its own: the twinning is.
    """
    found = [
        Coming(one, twinning.name, twinning, True)
        for twinning in twinnings
        for one in round_within(twinning.since_year, twinning.since_on, years)
    ]
    seen: set[tuple[Any, ...]] = set()
    for event in events:
        title = _without_years(event.occasion or event.title)
        key = (event.organisation_id, event.marks_year, event.marks_on, fold(title))
        if event.twinning is not None or event.marks_year is None or key in seen:
            continue
        seen.add(key)
        found += [
            Coming(one, title, event, False) for one in round_within(event.marks_year, event.marks_on, years)
        ]
    return sorted(found, key=lambda one: (one.anniversary.year, one.anniversary.on or date.max, one.title))


def _without_years(title: str) -> str:
    """A title without its number of years: "Kỷ niệm 48 năm giải phóng" will be another number next time."""
    plain = _YEARS.sub("", title).strip()
    return plain[:1].upper() + plain[1:] if plain else title


def marked_events(user: Any) -> QuerySet[Event]:
    """Events that say what they commemorate, the latest first."""
    return (
        visible_events(user)
        .filter(marks_year__isnull=False, twinning__isnull=True)
        .order_by(F("starts_on").desc(), "id")
    )
