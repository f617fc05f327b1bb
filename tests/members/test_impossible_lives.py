"""Lives that cannot have been are refused, with the field named, and leave nothing behind."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import World, make_world, person
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.core.dates import today
from tongket.core.problems import Refused
from tongket.members.acts import add_events, correct_event, record_event, void_event
from tongket.members.drafts import EventDraft
from tongket.members.models import MemberEvent, MembershipSpell
from tongket.members.reorganise import dissolve

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """The district; besides its six members M7 and M9 (16 years old in 2023) without an event, M8 expelled in 2018."""
    made = make_world()
    person(made, "M7", "Vũ Thị Hoa", birth_date=date(1990, 1, 1))
    person(made, "M8", "Bùi Văn Ích")
    person(made, "M9", "Cao Thị Khuê", birth_date=date(2006, 6, 1))
    tell = {"first_admitted_on": date(2000, 1, 1), "official_on": date(2001, 1, 1)}
    for draft in (
        EventDraft(made["M8"], "registered", on=date(2015, 1, 1), organisation=made["PA1"], **tell),
        EventDraft(made["M8"], "expelled", on=date(2018, 1, 1)),
    ):
        record_event(draft, by=None)
    for member in made.members.values():
        member.refresh_from_db()
    return made


def refused(draft: EventDraft) -> list[str]:
    """The fields at which the draft is refused; nothing may have changed."""
    before = MemberEvent.objects.count(), MembershipSpell.objects.count(), LedgerEntry.objects.count()
    with pytest.raises(Refused) as caught:
        record_event(draft, by=None)
    assert (
        MemberEvent.objects.count(),
        MembershipSpell.objects.count(),
        LedgerEntry.objects.count(),
    ) == before
    assert all(problem.message and problem.severity == "error" for problem in caught.value.problems)
    return sorted({problem.field for problem in caught.value.problems})


def event(world: World, member: str, kind: str, **values: Any) -> EventDraft:
    cell = values.pop("organisation", None)
    return EventDraft(world[member], kind, organisation=world[cell] if cell else None, **values)


D = date
CASES: dict[str, tuple[str, str, dict[str, Any], list[str]]] = {
    "official before the ceremony": ("M6", "recognised", {"on": D(2023, 5, 18)}, ["on"]),
    "official twice": ("M1", "recognised", {"on": D(2020, 1, 1)}, ["kind"]),
    "two spells at once": (
        "M1", "admitted", {"decision_date": D(2020, 1, 1), "organisation": "PA2"}, ["on"],
    ),
    "moved in while on the list": ("M1", "moved_in", {"on": D(2020, 1, 1), "organisation": "PA2"}, ["on"]),
    "exit before admission": ("M6", "died", {"on": D(2023, 4, 19)}, ["on"]),
    "exit of one who never was": ("M7", "died", {"on": D(2020, 1, 1)}, ["on"]),
    "exit after the exit": ("M8", "died", {"on": D(2019, 1, 1)}, ["on"]),
    "an exit before recorded events": ("M8", "moved_out", {"on": D(2017, 1, 1)}, ["on"]),
    "admitted though a member before": (
        "M8", "admitted", {"decision_date": D(2020, 1, 1), "organisation": "PA1"}, ["kind"],
    ),
    "restored without having been put out": (
        "M7", "restored", {"on": D(2020, 1, 1), "organisation": "PA1"}, ["kind"],
    ),
    "into a body that holds no members": (
        "M7", "admitted", {"decision_date": D(2020, 1, 1), "organisation": "PA"}, ["organisation"],
    ),
    "a transfer into a district": ("M1", "transferred", {"on": D(2020, 1, 1), "organisation": "QS"}, ["organisation"]),
    "a transfer to where one is": ("M1", "transferred", {"on": D(2020, 1, 1), "organisation": "PA1"}, ["organisation"]),
    "a transfer to nowhere": ("M1", "transferred", {"on": D(2020, 1, 1)}, ["organisation"]),
    "an event in another cell than one's own": (
        "M1", "suspended", {"on": D(2020, 1, 1), "organisation": "PA2"}, ["organisation"],
    ),
    "an admission without a cell": ("M7", "admitted", {"decision_date": D(2020, 1, 1)}, ["organisation"]),
    "an admission without a decision": (
        "M7", "admitted", {"on": D(2020, 1, 1), "organisation": "PA1"}, ["decision_date"],
    ),
    "a day that is not the decision's": (
        "M7", "admitted", {"on": D(2020, 2, 1), "decision_date": D(2020, 1, 1), "organisation": "PA1"}, ["on"],
    ),
    "no day": ("M1", "suspended", {}, ["on"]),
    # Two days ahead: midnight may lie between drawing up the cases and running them.
    "a day in the future": ("M1", "suspended", {"on": today() + timedelta(days=2)}, ["on"]),
    "before birth": ("M7", "registered", {"on": D(1989, 12, 31), "organisation": "PA1"}, ["on", "organisation"]),
    "too young": ("M9", "admitted", {"decision_date": D(2023, 1, 1), "organisation": "PA1"}, ["on"]),
    "the ceremony before the decision": (
        "M7", "admitted",
        {"decision_date": D(2020, 1, 2), "ceremony_on": D(2020, 1, 1), "organisation": "PA1"}, ["ceremony_on"],
    ),
    "earlier dates in the wrong order": (
        "M7", "moved_in",
        {"on": D(2020, 1, 1), "organisation": "PA1", "first_admitted_on": D(2010, 1, 1), "official_on": D(2009, 1, 1)},
        ["official_on"],
    ),
    "admitted elsewhere after coming here": (
        "M7", "moved_in", {"on": D(2020, 1, 1), "organisation": "PA1", "first_admitted_on": D(2020, 1, 2)},
        ["first_admitted_on"],
    ),
    "a cell not founded yet": ("M7", "registered", {"on": D(2009, 12, 31), "organisation": "PA1"}, ["organisation"]),
    "exempted twice over": ("M1", "exemption_ended", {"on": D(2020, 1, 1)}, ["kind"]),
    "suspension ended without one": ("M1", "suspension_ended", {"on": D(2020, 1, 1)}, ["kind"]),
    "a kind that is none": ("M1", "promoted", {"on": D(2020, 1, 1)}, ["kind"]),
}  # fmt: skip


@pytest.mark.parametrize(("member", "kind", "values", "fields"), CASES.values(), ids=CASES.keys())
def test_an_impossible_event_is_refused_at_its_field(
    world: World, member: str, kind: str, values: dict[str, Any], fields: list[str]
) -> None:
    assert refused(event(world, member, kind, **dict(values))) == fields


def test_a_cell_that_has_ended_takes_nobody_in(world: World) -> None:
    dissolve(world["PA2"], on=date(2020, 1, 1), by=None, members_to=world["PA1"])
    into = event(world, "M7", "admitted", decision_date=date(2020, 1, 1), organisation="PA2")
    assert refused(into) == ["organisation"]


def test_nobody_stands_in_a_cell_beyond_its_end(world: World) -> None:
    dissolve(world["PA2"], on=date(2020, 1, 1), by=None, members_to=world["PA1"])
    into = event(world, "M7", "admitted", decision_date=date(2019, 6, 1), organisation="PA2")
    assert refused(into) == ["organisation"]
    onward = event(world, "M7", "transferred", on=date(2020, 1, 1), organisation="PA1")
    with act("test.both", by=None) as current:
        add_events([into, onward], act=current)
    handed_along = world["M3"].events.get(kind="transferred")
    assert _field(lambda: void_event(handed_along, reason="nhầm", by=None)) == ["organisation"]


def test_nobody_returns_from_death(world: World) -> None:
    record_event(event(world, "M1", "died", on=date(2020, 1, 1)), by=None)
    back = event(world, "M1", "readmitted", decision_date=date(2021, 1, 1), organisation="PA1")
    assert refused(back) == ["kind"]


def test_an_event_dated_back_that_spoils_a_recorded_one_is_refused_and_says_which(world: World) -> None:
    record_event(event(world, "M1", "transferred", on=date(2020, 6, 1), organisation="PB1"), by=None)
    with pytest.raises(Refused, match=r"Chuyển sinh hoạt trong đảng bộ.*01/06/2020"):
        record_event(event(world, "M1", "transferred", on=date(2020, 1, 1), organisation="PA2"), by=None)
    assert world["M1"].events.filter(kind="transferred").count() == 1


def test_voiding_an_event_on_which_later_ones_rest_is_refused(world: World) -> None:
    row = world["M8"].events.get(kind="registered")
    with pytest.raises(Refused):
        void_event(row, reason="nhầm", by=None)
    row.refresh_from_db()
    assert row.voided_at is None


def test_a_correction_without_a_reason_is_refused(world: World) -> None:
    row = world["M1"].events.get()
    for one in (
        lambda: void_event(row, reason="  ", by=None),
        lambda: correct_event(row, event(world, "M1", "registered", on=date(2014, 1, 1)), reason="", by=None),
    ):
        assert _field(one) == ["reason"]


def test_a_bad_correction_of_what_later_events_rest_on_is_refused_at_its_own_field(world: World) -> None:
    row = world["M8"].events.get(kind="registered")
    bad = event(world, "M8", "registered", on=today() + timedelta(days=3), organisation="PA1")
    assert "on" in _field(lambda: correct_event(row, bad, reason="nhầm ngày", by=None))
    row.refresh_from_db()
    assert row.voided_at is None


def test_every_error_of_a_life_is_told_not_only_the_first(world: World) -> None:
    draft = event(
        world, "M7", "moved_in", on=today() + timedelta(days=1), organisation="PA",
        first_admitted_on=date(2010, 1, 1), official_on=date(2009, 1, 1),
    )  # fmt: skip
    assert refused(draft) == ["official_on", "on", "organisation"]


def _field(do: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        do()
    return [problem.field for problem in caught.value.problems]
