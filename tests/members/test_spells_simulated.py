"""Spells against a day-by-day simulation written on its own, over random lives with corrections dated back."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import event as seen
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audit.scratch import undone
from tests.world import World, make_tree, person
from tongket.audit.models import LedgerEntry
from tongket.core.codelists import BEGINNINGS, ENDINGS, MEMBER_EVENT
from tongket.core.problems import Refused
from tongket.members import derive
from tongket.members.acts import correct_event, record_event, void_event
from tongket.members.drafts import EventDraft
from tongket.members.models import Member, MemberEvent, MembershipSpell

START = date(2020, 1, 1)
DAYS = [START + timedelta(days=n) for n in range(25)]
CELLS = ("PA1", "PA2", "PB1", "VP")
#: organisation, standing, exempt, suspended, first admission, official day
State = tuple[str, str, bool, bool, date | None, date | None]


@dataclass
class Life:
    """A member as the simulation keeps it, day by day."""

    state: State | None = None
    last: State | None = None

    def take(self, draft: EventDraft, cell: str) -> None:
        """One event, in the words of the Party's papers rather than of the register's code."""
        assert draft.on is not None
        if draft.kind in ENDINGS:
            self.state = None
            return
        if draft.kind in BEGINNINGS:
            self.state = self._in(draft, cell)
        else:
            assert self.state is not None
            where, standing, exempt, suspended, admitted, official = self.state
            if draft.kind == "transferred":
                where = cell
            elif draft.kind == "recognised":
                standing, official = "official", draft.on
            elif draft.kind.startswith("exempt"):
                exempt = draft.kind == "exempted"
            else:
                suspended = draft.kind == "suspended"
            self.state = (where, standing, exempt, suspended, admitted, official)
        self.last = self.state

    def _in(self, draft: EventDraft, cell: str) -> State:
        before = self.last
        if draft.kind == "admitted":
            return (cell, "probationary", False, False, draft.on, None)
        admitted = draft.first_admitted_on or (before[4] if before else None)
        if draft.kind == "readmitted":
            return (cell, "probationary", False, False, admitted or draft.on, None)
        official = draft.official_on or (before[5] if before else None)
        was_official = bool(before and before[1] == "official")
        standing = "official" if was_official or (official and official <= draft.on) else "probationary"
        exempt = bool(before and before[2]) and draft.kind == "restored"
        return (cell, standing, exempt, False, admitted, official)


@dataclass
class Told:
    """The events that the register took: pk -> draft."""

    member: Member
    world: World
    events: dict[int, EventDraft] = field(default_factory=dict)

    def on_each_day(self) -> list[State | None]:
        rank = dict.fromkeys(BEGINNINGS, 0) | dict.fromkeys(ENDINGS, 2)
        life, states = Life(), []
        for day in DAYS:
            for _, _, draft in sorted(
                ((rank.get(d.kind, 1), pk, d) for pk, d in self.events.items() if d.on == day),
                key=lambda row: row[:2],
            ):
                life.take(draft, draft.organisation.code if draft.organisation else "")
            states.append(life.state)
        return states


step = st.tuples(
    st.sampled_from(["tell"] * 6 + ["void", "correct"]),
    st.sampled_from(
        [*MEMBER_EVENT.values, "admitted", "registered", "transferred", "transferred", "recognised"]
    ),
    st.integers(0, len(DAYS) - 1),
    st.sampled_from(CELLS),
    st.integers(0, 30),
)
steps = st.lists(step, min_size=6, max_size=20)


def draft_of(told: Told, kind: str, number: int, cell: str, more: int) -> EventDraft:
    on = DAYS[number]
    draft = EventDraft(told.member, kind, on=on)
    if kind in BEGINNINGS or kind == "transferred":
        draft = replace(draft, organisation=told.world[cell])
    if kind in {"admitted", "readmitted"}:
        draft = replace(draft, decision_date=on, ceremony_on=on)
    if kind in {"registered", "moved_in"} and more % 3:
        draft = replace(draft, first_admitted_on=date(2000 + more % 7, 1, 1))
        if more % 2:
            draft = replace(draft, official_on=date(2010, 1, 1))
    return draft


def take(told: Told, what: str, kind: str, number: int, cell: str, more: int) -> None:
    draft = draft_of(told, kind, number, cell, more)
    if what == "tell" or not told.events:
        made = record_event(draft, by=None)
    else:
        pk = sorted(told.events)[more % len(told.events)]
        row = MemberEvent.objects.get(pk=pk)
        if what == "void":
            void_event(row, reason="thử", by=None)
            del told.events[pk]
            return
        made = correct_event(row, draft, reason="thử", by=None)
        del told.events[pk]
    told.events[made.pk] = draft
    seen(f"taken: {what} {kind}")


def begin(wanted: list[Any]) -> Told:
    """A person who is a member from the third day on, so that most of what is told can happen."""
    world = make_tree()
    told = Told(person(world, "M1", "Nguyễn Văn An"), world)
    take(told, "tell", "admitted" if len(wanted) % 2 else "registered", 2, "PA1", 1)
    return told


def stored(member: Member, known: datetime | None = None) -> list[State | None]:
    rows = MembershipSpell.objects.filter(member=member).select_related("organisation")
    if known is None:
        rows = rows.filter(voided_at__isnull=True)
    else:
        rows = rows.filter(recorded_at__lte=known).exclude(voided_at__lte=known)
    states: list[State | None] = []
    for day in DAYS:
        found = [s for s in rows if s.valid_from <= day < s.valid_to]
        assert len(found) <= 1, "two spells at once"
        states.append(
            (s.organisation.code, s.standing, s.exempt, s.suspended, s.admitted_on, s.official_on)
            if (s := next(iter(found), None))
            else None
        )
    return states


def current_rows(member: Member) -> set[Any]:
    return {derive.spell_key(row) for row in derive.current_spells([member.pk])}


@pytest.mark.django_db
@settings(max_examples=40)
@given(steps)
def test_stored_spells_are_the_simulated_life_after_every_event(wanted: list[Any]) -> None:
    with undone():
        told = begin(wanted)
        for one in wanted:
            with suppress(Refused):
                take(told, *one)
            assert stored(told.member) == told.on_each_day()


@pytest.mark.django_db
@settings(max_examples=25)
@given(steps)
def test_spells_as_known_at_each_earlier_moment_are_what_they_were_then(wanted: list[Any]) -> None:
    with undone():
        told = begin(wanted)
        snapshots = []
        for one in wanted:
            with suppress(Refused):
                take(told, *one)
            snapshots.append((LedgerEntry.objects.latest("id").at, stored(told.member)))
        for moment, then in snapshots:
            assert stored(told.member, moment) == then


@pytest.mark.django_db
@settings(max_examples=25)
@given(steps)
def test_spells_rebuilt_from_scratch_equal_the_stored_ones(wanted: list[Any]) -> None:
    with undone():
        told = begin(wanted)
        for one in wanted:
            with suppress(Refused):
                take(told, *one)
        before = current_rows(told.member)
        MembershipSpell.objects.all().delete()
        Member.objects.update(organisation=None, standing="", ended_by="")
        derive.refresh([told.member.pk], LedgerEntry.objects.latest("id").at + timedelta(seconds=1))
        assert current_rows(told.member) == before
        last = told.on_each_day()[-1]
        told.member.refresh_from_db()
        assert told.member.standing == (last[1] if last else "")


@pytest.mark.django_db
@settings(max_examples=20)
@given(steps)
def test_a_refresh_without_a_change_touches_no_row(wanted: list[Any]) -> None:
    with undone():
        told = begin(wanted)
        for one in wanted:
            with suppress(Refused):
                take(told, *one)
        before = set(MembershipSpell.objects.values_list("pk", "recorded_at", "voided_at"))
        derive.refresh([told.member.pk], LedgerEntry.objects.latest("id").at + timedelta(seconds=1))
        assert set(MembershipSpell.objects.values_list("pk", "recorded_at", "voided_at")) == before


@given(st.lists(step, min_size=1, max_size=12), st.randoms())
def test_the_order_in_which_events_are_listed_makes_no_difference(wanted: list[Any], random: Any) -> None:
    events = [
        MemberEvent(pk=n, kind=kind, on=DAYS[day], organisation_id=CELLS.index(cell) + 1)
        for n, (_, kind, day, cell, _) in enumerate(wanted, start=1)
    ]
    shuffled = list(events)
    random.shuffle(shuffled)
    assert derive.spells_of(shuffled) == derive.spells_of(events)
