"""The closure of the dated tree against a walk up the parents, day by day, over random acts."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audit.scratch import undone
from tongket.audit.models import LedgerEntry
from tongket.core.dates import FOREVER
from tongket.core.problems import Refused
from tongket.organisations import tree
from tongket.organisations.acts import change, found, void_act
from tongket.organisations.drafts import ChangeDraft, FoundingDraft
from tongket.organisations.models import (
    Organisation,
    OrganisationAct,
    OrganisationPath,
    OrganisationVersion,
)

START = date(2020, 1, 1)
DAYS = [START + timedelta(days=n) for n in range(10)]
LATER = date(2030, 1, 1)
BODIES, CELLS = ("B1", "B2", "B3"), ("C1", "C2", "C3", "C4")

day = st.integers(1, 9)
step = st.one_of(
    st.tuples(st.just("found"), st.sampled_from(CELLS), day, st.sampled_from(BODIES)),
    st.tuples(st.just("rename"), st.sampled_from(BODIES + CELLS), day, st.sampled_from("XY")),
    st.tuples(st.just("move"), st.sampled_from(BODIES + CELLS), day, st.sampled_from(BODIES)),
    st.tuples(st.just("end"), st.sampled_from(BODIES + CELLS), day, st.just("")),
    st.tuples(st.just("void"), st.just(""), st.integers(0, 30), st.just("")),
)
steps = st.lists(step, max_size=14)


@dataclass
class Told:
    """What has been told to the register and taken, in the test's own words: pk of act -> (code, day, what, value)."""

    acts: dict[int, tuple[str, date, str, str]] = field(default_factory=dict)

    def state(self, code: str, on: date) -> tuple[str, str] | None:
        """(parent, name) of an organisation on a day, or None when it is not alive: by going through all acts."""
        now: tuple[str, str] | None = None
        for _, (own, when, what, value) in sorted(self.acts.items(), key=lambda a: (a[1][1], a[0])):
            if own != code or when > on:
                continue
            if what == "found":
                now = (value, code)
            elif now is not None:
                now = {"rename": (now[0], value), "move": (value, now[1]), "end": None}[what]
        return now

    def chain(self, code: str, on: date) -> set[tuple[str, int, str | None]] | None:
        """(ancestor, depth, child of the ancestor on the way) by walking up one parent at a time."""
        if self.state(code, on) is None:
            return None
        found_above: set[tuple[str, int, str | None]] = {(code, 0, None)}
        here, depth = code, 0
        while parent := (self.state(here, on) or ("", ""))[0]:
            depth += 1
            found_above.add((parent, depth, here))
            here = parent
        return found_above


def founding(told: Told, code: str, kind: str, on: date, parent: str) -> None:
    made = found(FoundingDraft(code, code, kind, on, parent), by=None)
    told.acts[made.acts.get(voided_at=None).pk] = (code, on, "found", parent)


def begin() -> Told:
    told = Told()
    founding(told, "R1", "district_committee", START, "")
    for code in BODIES:
        founding(told, code, "grassroots_body", START, "R1")
    founding(told, "S1", "sub_body", START, "B1")
    founding(told, "C0", "cell", START, "S1")
    return told


def take(told: Told, what: str, code: str, number: int, value: str) -> None:
    """Tell one random act; what the register refuses must leave no trace."""
    on = START + timedelta(days=number % len(DAYS))
    if what == "found":
        founding(told, code, "cell", on, value)
    elif what == "void":
        pk = sorted(told.acts)[number % len(told.acts)]
        void_act(OrganisationAct.objects.get(pk=pk), reason="thử", by=None)
        del told.acts[pk]
    else:
        organisation = Organisation.objects.get(code=code)
        parent = Organisation.objects.get(code=value) if what == "move" else None
        draft = ChangeDraft(
            organisation,
            "dissolve" if what == "end" else what,
            on,
            name=value if what == "rename" else None,
            parent=parent,
            ends=what == "end",
        )
        change(draft, by=None)
        told.acts[OrganisationAct.objects.latest("pk").pk] = (code, on, what, value)


def run(told: Told, wanted: list[tuple[str, str, int, str]]) -> None:
    for one in wanted:
        with suppress(Refused, Organisation.DoesNotExist):
            take(told, *one)


def stored_chain(code: str, on: date, known: datetime | None = None) -> set[tuple[str, int, str | None]]:
    rows = OrganisationPath.objects.filter(descendant__code=code, valid_from__lte=on, valid_to__gt=on)
    if known is None:
        rows = rows.filter(voided_at__isnull=True)
    else:
        rows = rows.filter(recorded_at__lte=known).exclude(voided_at__lte=known)
    listed = list(rows.values_list("ancestor__code", "depth", "via__code"))
    assert len(listed) == len(set(listed)), "the same place twice on one day"
    return set(listed)


def everything(known: datetime | None = None) -> dict[tuple[str, date], Any]:
    codes = ["R1", "S1", "C0", *BODIES, *CELLS]
    return {(code, on): stored_chain(code, on, known) for code in codes for on in (*DAYS[::3], LATER)}


@pytest.mark.django_db
@settings(max_examples=25)
@given(steps)
def test_closure_is_the_walk_up_the_parents_on_every_day(wanted: list[tuple[str, str, int, str]]) -> None:
    with undone():
        told = begin()
        run(told, wanted)
        for code in Organisation.objects.values_list("code", flat=True):
            for on in (START - timedelta(days=1), *DAYS, LATER):
                assert stored_chain(code, on) == (told.chain(code, on) or set()), (code, on)


@pytest.mark.django_db
@settings(max_examples=25)
@given(steps)
def test_versions_tile_the_life_without_gap_and_read_as_told(wanted: list[tuple[str, str, int, str]]) -> None:
    with undone():
        told = begin()
        run(told, wanted)
        for organisation in Organisation.objects.all():
            rows = list(
                OrganisationVersion.objects.filter(
                    organisation=organisation, voided_at__isnull=True
                ).order_by("valid_from")
            )
            if not rows:
                assert organisation.founded_on == organisation.ends_on
                continue
            assert (rows[0].valid_from, rows[-1].valid_to) == (organisation.founded_on, organisation.ends_on)
            assert [r.valid_to for r in rows[:-1]] == [r.valid_from for r in rows[1:]]
            for row in rows:
                middle = row.valid_from
                while middle < min(row.valid_to, DAYS[-1]):
                    parent = row.parent.code if row.parent else ""
                    assert told.state(organisation.code, middle) == (parent, row.name)
                    middle += timedelta(days=1)
            assert organisation.name == rows[-1].name and organisation.parent == rows[-1].parent
            assert organisation.is_alive == (rows[-1].valid_to == FOREVER)


@pytest.mark.django_db
@settings(max_examples=15)
@given(steps, steps)
def test_the_tree_as_known_earlier_reads_as_it_was_known_then(
    first: list[tuple[str, str, int, str]], second: list[tuple[str, str, int, str]]
) -> None:
    with undone():
        told = begin()
        run(told, first)
        moment = LedgerEntry.objects.latest("id").at
        as_it_was = everything()
        run(told, second)
        assert everything(moment) == as_it_was


@pytest.mark.django_db
@settings(max_examples=15)
@given(steps)
def test_what_is_stored_is_what_the_acts_make_anew(wanted: list[tuple[str, str, int, str]]) -> None:
    with undone():
        run(begin(), wanted)
        moment = LedgerEntry.objects.latest("id").at
        before = set(OrganisationPath.objects.values_list("pk", "voided_at"))
        tree.refresh(moment + timedelta(seconds=1))
        assert set(OrganisationPath.objects.values_list("pk", "voided_at")) == before


def test_an_organisation_under_itself_is_refused_however_long_the_way() -> None:
    def span(parent: int | None) -> list[tree.Span]:
        return [tree.Span("x", "sub_body", "", parent, 0, START, FOREVER)]

    with pytest.raises(Refused, match="dưới chính nó"):
        tree.closure({1: span(3), 2: span(1), 3: span(2)})
    assert tree.closure({1: span(None)}) == {1: [tree.Path(1, 0, None, START, FOREVER)]}
