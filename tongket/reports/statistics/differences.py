"""Who stands behind the difference between row D of form 1 and last year's row D, person by person.

Two questions. `since_last_year`: who is on the list now and was not at the end of last year, and who was and is not
now, with the event that explains it. `since_locked`: who is in this year's row A and was not in last year's row D *as
it was locked then*, and the other way round: what was recorded late, so that A of this form is not the D reported.

Sets of people are compared, never numbers, so a coming and a going of the same number are both seen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from tongket.books.models import FigureBook
from tongket.books.queries import standing_book
from tongket.core.codelists import BEGINNINGS, ENDINGS, MEMBER_EVENT
from tongket.core.periods import Period, year
from tongket.figures.engine import compute
from tongket.figures.sets import record_sets
from tongket.members.models import Member, MemberEvent
from tongket.organisations.models import Organisation

TOTAL = "members.total"
_CHUNK = 500
CARRIED = "carried"  # neither event explains it: the cell came or went with its members


@dataclass(frozen=True, slots=True)
class Person:
    """One person who came onto the list or went from it. `why` is a kind of event, or `CARRIED`.

    `on` and `recorded_at` are the event's; None where the person came or went with his or her cell.
    """

    member: Member
    cell: str
    why: str
    on: date | None
    recorded_at: datetime | None

    @property
    def reason(self) -> str:
        """Why, in the words of an office."""
        return _CARRIED_TEXT if self.why == CARRIED else MEMBER_EVENT.label(self.why)


_CARRIED_TEXT = "Theo tổ chức đảng được chuyển"


@dataclass(frozen=True, slots=True)
class Difference:
    """Two lists of people compared: how long each was, how many came and went, and (unless left out) who."""

    before: int
    now: int
    came: int
    gone: int
    came_people: tuple[Person, ...] = ()
    gone_people: tuple[Person, ...] = ()

    @property
    def balanced(self) -> bool:
        """Whether the people listed explain the two numbers; always, unless somebody is counted twice."""
        return self.before + self.came - self.gone == self.now


@dataclass(frozen=True, slots=True)
class Differences:
    """Both comparisons of an organisation for a period; None where there is nothing to compare with."""

    since_last_year: Difference | None
    since_locked: Difference | None
    book: FigureBook | None
    last_day: date  # of last year: the day of its row D


def differences(
    organisation: Organisation,
    period: Period,
    *,
    as_at: date,
    as_known_at: datetime | None = None,
    people: bool = True,
) -> Differences:
    """Compare row D, and row A, with row D of the end of the year before the period's start.

    `people` False: only how many (for a reader who may not read the register).
    """
    last_day = period.start - timedelta(days=1)
    if organisation.founded_on > last_day:
        return Differences(None, None, None, last_day)
    before = _on_list(organisation, last_day, as_known_at)
    now = _on_list(organisation, as_at, as_known_at)
    moved = _compare(before, now, (last_day, as_at), as_known_at, people)
    book = _book(organisation, last_day)
    locked = None
    if book is not None and (as_known_at is None or book.known_at <= as_known_at):
        then = _on_list(organisation, last_day, book.known_at)
        locked = _compare(then, before, (date.min, last_day), as_known_at, people)
    return Differences(moved, locked, book if locked else None, last_day)


def _book(organisation: Organisation, last_day: date) -> FigureBook | None:
    """The book of the year that ended on that day; of no use where it was locked before the day."""
    if (last_day.month, last_day.day) != (12, 31):
        return None
    book = standing_book(organisation, year(last_day.year))
    return book if book is not None and book.as_at == last_day else None


def _on_list(organisation: Organisation, day: date, known: datetime | None) -> frozenset[int]:
    """Keys of the members on the organisation's list at the end of a day: the very records that row D counts."""
    figures = compute(
        organisation, year(day.year), as_at=day, as_known_at=known, ids=(TOTAL,), children=False
    )
    sets = record_sets(figures)
    ((_part, key),) = sets.pieces(TOTAL)
    return frozenset(int(token) for token in sets.tokens(key, organisation.pk))


def _compare(
    before: frozenset[int],
    now: frozenset[int],
    span: tuple[date, date],
    known: datetime | None,
    people: bool,
) -> Difference:
    came, gone = now - before, before - now
    if not people:
        return Difference(len(before), len(now), len(came), len(gone))
    members = {member.pk: member for member in _members(came | gone)}
    events = _events(came | gone, span, known)
    return Difference(
        len(before),
        len(now),
        len(came),
        len(gone),
        _people(came, members, events, BEGINNINGS | {"transferred"}),
        _people(gone, members, events, ENDINGS | {"transferred"}),
    )


def _chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]


def _members(keys: Iterable[int]) -> list[Member]:
    return [
        member
        for part in _chunks(keys)
        for member in Member.objects.filter(pk__in=part).select_related("organisation")
    ]


def _known(rows: QuerySet[MemberEvent], at: datetime | None) -> QuerySet[MemberEvent]:
    if at is None:
        return rows.filter(voided_at__isnull=True)
    return rows.filter(Q(voided_at__isnull=True) | Q(voided_at__gt=at), recorded_at__lte=at)


def _events(
    keys: Iterable[int], span: tuple[date, date], known: datetime | None
) -> dict[int, list[MemberEvent]]:
    """The events of a span that may explain it (after its first day, up to its second), oldest first."""
    found: dict[int, list[MemberEvent]] = {}
    after, until = span
    for part in _chunks(keys):
        rows = MemberEvent.objects.filter(
            member__in=part, kind__in=BEGINNINGS | ENDINGS | {"transferred"}, on__lte=until
        )
        if after != date.min:
            rows = rows.filter(on__gt=after)
        rows = _known(rows, known).select_related("organisation", "from_organisation")
        for event in rows.order_by("on", "pk"):
            found.setdefault(event.member_id, []).append(event)
    return found


def _people(
    keys: Iterable[int],
    members: dict[int, Member],
    events: dict[int, list[MemberEvent]],
    kinds: Iterable[str],
) -> tuple[Person, ...]:
    wanted = frozenset(kinds)
    made = [_person(members[key], events.get(key, ()), wanted) for key in keys if key in members]
    return tuple(sorted(made, key=lambda one: (one.member.sort_key, one.member.code)))


def _person(member: Member, events: Sequence[MemberEvent], kinds: frozenset[str]) -> Person:
    event: Any = next((one for one in reversed(events) if one.kind in kinds), None)
    if event is None:
        return Person(member, member.organisation.name if member.organisation else "", CARRIED, None, None)
    return Person(member, event.organisation.name, event.kind, event.on, event.recorded_at)
