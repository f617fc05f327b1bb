"""Who stands behind the difference between row D of form 1 and last year's row D, person by person.

Two questions. `since_last_year`: who is on the list now and was not at the end of last year, and who was and is not
now, with the event that explains it. `since_locked`: who is in this year's row A and was not in last year's row D *as
it was locked then*, and the other way round: what was recorded late, so that A of this form is not the D reported.

Sets of people are compared, never numbers, so a coming and a going of the same number are both seen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from tongket.audit.records import chunks
from tongket.books.models import FigureBook
from tongket.core.codelists import BEGINNINGS, ENDINGS, MEMBER_EVENT
from tongket.core.periods import Period, year
from tongket.figures.sets import record_sets
from tongket.figures.types import FigureSet
from tongket.members.layouts import organisation_text
from tongket.members.models import Member, MemberEvent, MembershipSpell
from tongket.organisations.models import Organisation, OrganisationPath, OrganisationVersion

TOTAL = "members.total"
TRANSFER = "transferred"
CARRIED = "carried"  # neither event explains it: the cell came or went with its members


#: By member, oldest first.
Events = dict[int, list[MemberEvent]]


@dataclass(frozen=True, slots=True)
class Person:
    """One person who came onto the list or went from it. `why` is a kind of event, or `CARRIED`.

    `on` and `recorded_at` are the event's; None where the person came or went with his or her cell. `undone`: the event
    was known once and was taken back or put right then (at `recorded_at`). `cell` is the one
    in which the person is, or was, on this list: what became of somebody elsewhere is not of these books.
    """

    member: Member
    cell: str
    why: str
    on: date | None
    recorded_at: datetime | None
    undone: bool = False

    @property
    def reason(self) -> str:
        """Why, in the words of an office."""
        return self.reason_in("vi")

    def reason_in(self, language: str) -> str:
        """The same in Vietnamese or English."""
        place = 1 if language == "en" else 0
        if self.why == CARRIED:
            return _CARRIED_TEXT[place]
        said = MEMBER_EVENT.label(self.why, language)
        return f"{_UNDONE_TEXT[place]}: {said}" if self.undone else said


_CARRIED_TEXT = ("Theo tổ chức đảng được chuyển", "With the organisation that was moved")
_UNDONE_TEXT = ("Hủy, đính chính việc", "Taken back or corrected")


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
    then = _List(organisation, last_day, as_known_at)
    moved = _compare(then, _List(organisation, as_at, as_known_at), last_day, people)
    book = _book(organisation, last_day)
    if book is None or (as_known_at is not None and as_known_at < book.known_at):
        return Differences(moved, None, None, last_day)
    locked = _compare(_List(organisation, last_day, book.known_at), then, date.min, people)
    return Differences(moved, locked, book, last_day)


def _book(organisation: Organisation, last_day: date) -> FigureBook | None:
    """The book of the year that ended on that day; of no use where it was locked as at a day before."""
    if (last_day.month, last_day.day) != (12, 31):
        return None
    books = FigureBook.objects.defer("content", "guarded")  # a megabyte that nobody asks for here
    return books.filter(
        organisation=organisation,
        period=year(last_day.year).code,
        as_at=last_day,
        voided_at__isnull=True,
    ).first()


def _known(rows: QuerySet[Any], at: datetime | None) -> QuerySet[Any]:
    """The rows as known at a moment, None: now."""
    if at is None:
        return rows.filter(voided_at__isnull=True)
    return rows.filter(Q(voided_at__isnull=True) | Q(voided_at__gt=at), recorded_at__lte=at)


@dataclass(frozen=True)
class _List:
    """The list of an organisation at the end of a day, as known at a moment."""

    organisation: Organisation
    day: date
    known: datetime | None

    @cached_property
    def keys(self) -> frozenset[int]:
        """Keys of the members on it: the very records that row D counts."""
        period = year(self.day.year)
        asked = FigureSet(self.organisation, period, self.day, self.known, (), {}, {})
        sets = record_sets(asked, (TOTAL,))
        ((_part, key),) = sets.pieces(TOTAL)
        return frozenset(int(token) for token in sets.tokens(key, self.organisation.pk))

    def people(self, keys: Iterable[int]) -> list[tuple[Member, str]]:
        """These members with the cell of each on the day, and the body above it, called as they were called then."""
        on_day = {"valid_from__lte": self.day, "valid_to__gt": self.day}
        paths = OrganisationPath.objects.filter(descendant=OuterRef("organisation"), depth=1, **on_day)
        above = Subquery(_known(paths, self.known).values("ancestor")[:1])
        spells = [
            spell
            for part in chunks(sorted(keys))
            for spell in _known(MembershipSpell.objects.filter(member__in=part, **on_day), self.known)
            .select_related("member")
            .annotate(above=above)
        ]
        places = {spell.organisation_id for spell in spells} | {spell.above for spell in spells}
        versions = OrganisationVersion.objects.filter(organisation__in=places - {None}, **on_day)
        names = dict(_known(versions, self.known).values_list("organisation", "name"))
        aboves = names | {self.organisation.pk: ""}  # whose list it is need not be said on every line
        return [
            (
                spell.member,
                organisation_text(names.get(spell.organisation_id, ""), aboves.get(spell.above, "")),
            )
            for spell in spells
        ]


class _Border:
    """Which events led across the organisation's border, as the figures see it.

    What begins belongs to the place of its own day, what ends to the place of the day before.
    """

    def __init__(self, organisation: Organisation, known: datetime | None) -> None:
        self._spans: dict[int, list[tuple[date, date]]] = {}
        rows = _known(OrganisationPath.objects.filter(ancestor=organisation), known)
        for below, first, until in rows.values_list("descendant_id", "valid_from", "valid_to"):
            self._spans.setdefault(below, []).append((first, until))

    def _inside(self, cell: int | None, day: date) -> bool:
        return cell is not None and any(first <= day < until for first, until in self._spans.get(cell, ()))

    def entered(self, event: MemberEvent) -> bool:
        """Whether the event brought the person in."""
        before = event.on - timedelta(days=1)
        if not self._inside(event.organisation_id, event.on):
            return False
        return event.kind in BEGINNINGS or (
            event.kind == TRANSFER and not self._inside(event.from_organisation_id, before)
        )

    def left(self, event: MemberEvent) -> bool:
        """Whether the event took the person out."""
        if event.kind == TRANSFER:
            here = self._was_inside(event.from_organisation_id, event.on)
            return here and not self._inside(event.organisation_id, event.on)
        return event.kind in ENDINGS and self._was_inside(event.organisation_id, event.on)

    def _was_inside(self, cell: int | None, day: date) -> bool:
        # A cell that was founded on the day, and into which the person came on it, was not there the day before.
        return self._inside(cell, day - timedelta(days=1)) or self._inside(cell, day)


def _compare(before: _List, now: _List, after: date, people: bool) -> Difference:
    """Two lists compared; the events that explain it happened after a day, up to the later list's.

    Of the same day as known at two moments, what explains it was recorded, or taken back, between the two.
    """
    came, gone = now.keys - before.keys, before.keys - now.keys
    numbers = (len(before.keys), len(now.keys), len(came), len(gone))
    if not people or not (came or gone):
        return Difference(*numbers)
    events = _events(came | gone, after, now)
    border = _Border(now.organisation, now.known)
    undone_in: Events = {}
    undone_out: Events = {}
    if before.day == now.day:
        undone = _undone(came | gone, before, events)
        then = _Border(before.organisation, before.known)
        undone_in = {key: [one for one in found if then.left(one)] for key, found in undone.items()}
        undone_out = {key: [one for one in found if then.entered(one)] for key, found in undone.items()}
        events = _since(events, before.known)
    entered = {key: [one for one in found if border.entered(one)] for key, found in events.items()}
    left = {key: [one for one in found if border.left(one)] for key, found in events.items()}
    return Difference(
        *numbers,
        _people(now.people(came), entered, undone_in),
        _people(before.people(gone), left, undone_out),
    )


def _events(keys: Iterable[int], after: date, at: _List) -> Events:
    """What happened to these members after a day, up to that of a list and as known at its moment, oldest first."""
    found: Events = {}
    for part in chunks(sorted(keys)):
        rows = MemberEvent.objects.filter(
            member__in=part, kind__in=BEGINNINGS | ENDINGS | {TRANSFER}, on__gt=after, on__lte=at.day
        )
        for event in _known(rows, at.known).order_by("on", "pk"):
            found.setdefault(event.member_id, []).append(event)
    return found


def _since(events: Events, moment: datetime | None) -> Events:
    """Those of the events that were recorded after a moment."""
    return {
        key: [one for one in found if moment is not None and one.recorded_at > moment]
        for key, found in events.items()
    }


def _undone(keys: Iterable[int], before: _List, events: Events) -> Events:
    """What was known at the earlier moment and is known no more: voided since, or put right."""
    standing = {one.pk for found in events.values() for one in found}
    then = _events(keys, date.min, before)
    return {key: [one for one in found if one.pk not in standing] for key, found in then.items()}


def _people(people: Iterable[tuple[Member, str]], events: Events, undone: Events) -> tuple[Person, ...]:
    made = [
        _person(member, cell, events.get(member.pk, ()), undone.get(member.pk, ())) for member, cell in people
    ]
    return tuple(sorted(made, key=lambda one: (one.member.sort_key, one.member.code)))


def _person(
    member: Member, cell: str, events: Sequence[MemberEvent], undone: Sequence[MemberEvent]
) -> Person:
    found = events or undone
    if not found:
        return Person(member, cell, CARRIED, None, None)
    event = found[-1]  # whoever came, went and came again: the last time
    moment = event.recorded_at if events else event.voided_at
    return Person(member, cell, event.kind, event.on, moment, undone=not events)
