"""A sealed decision changes, for who holds the duty but is not named, one number only: the total of a whole year."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.world import World, add_user, make_world
from tongket.core.dates import today
from tongket.core.periods import parse_period
from tongket.figures.engine import compute
from tongket.figures.several import compute_several
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Count, Ratio
from tongket.inspections.models import (
    DisciplineEnd,
    MemberDiscipline,
    OrganisationDiscipline,
    SealedAccess,
)

FAMILY = tuple(id for id in INDICATORS if id.startswith("discipline."))
TOTALS = ("discipline.members", "discipline.organisations")
PLACES = ("QS", "PA", "PA1", "PB", "VP")
PERIODS = ("2022", "2023", "2024", "2023-06", "2023-Q2", "2023-H1", "2020-2025")


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    for name, place, duty in (
        ("inspector", "QS", "inspection"),
        ("leader", "QS", "leader"),
        ("below", "PA", "inspection"),
    ):
        add_user(world, name, place, duty)
    decide(world)
    return world


def decide(world: World, *, sealed: bool = False, on: date = date(2023, 6, 1), **more: Any) -> uuid.UUID:
    """One decision on M1 of A1 and one on A1 itself, past the rules."""
    case = uuid.uuid4()
    common = {
        "organisation": world["PA1"],
        "form": "warning",
        "ground": "duty",
        "decided_on": on,
        "recorded_at": timezone.now(),
        "sealed": sealed,
        "case_identity": case if sealed else None,
        **more,
    }
    MemberDiscipline.objects.create(member=world["M1"], committee_member=sealed, **common)
    OrganisationDiscipline.objects.create(**common)
    return case


def all_figures(world: World, who: str) -> dict[tuple[str, ...], Any]:
    """Every figure of discipline of every organisation and child, for periods, days and moments."""
    found: dict[tuple[str, ...], Any] = {}
    viewer = world.users[who]
    moment = timezone.now()
    asked = [(period, {}) for period in PERIODS]
    asked += [("2023", {"as_at": date(2023, 6, 30)}), ("2023", {"as_known_at": moment})]
    for place in PLACES:
        for period, more in asked:
            figures = compute(world[place], period, ids=FAMILY, viewer=viewer, **more)
            rows = {"own": figures.own} | {
                child.code: figures.by_child[child.id] for child in figures.children
            }
            for part, row in rows.items():
                for id, figure in row.items():
                    said = (figure.value, figure.numerator, figure.denominator, figure.records, figure.mask)
                    found[place, period, str(sorted(more)), part, id] = said
    return found


@pytest.mark.parametrize(("who", "given"), [("inspector", "QS"), ("leader", "QS"), ("below", "PA")])
def test_only_the_whole_year_of_what_was_given_changes(world: World, who: str, given: str) -> None:
    before = all_figures(world, who)
    decide(world, sealed=True)
    after = all_figures(world, who)
    changed = {key for key in before if before[key] != after[key]}
    plain = {(given, "2023", "[]", "own", id) for id in TOTALS}
    # The change on last year follows from the two totals beside it.
    share = {(given, year, "[]", "own", "discipline.members.change_pct") for year in ("2023", "2024") if year}
    assert plain <= changed <= plain | share
    assert after[given, "2023", "[]", "own", TOTALS[0]][0] == 2


def test_who_is_named_sees_all_of_it(world: World) -> None:
    case = decide(world, sealed=True)
    SealedAccess.objects.create(case_identity=case, user=world.users["inspector"], recorded_at=timezone.now())
    figures = compute(world["PA1"], "2023-06", ids=FAMILY, viewer=world.users["inspector"])
    assert figures.own[TOTALS[0]].value == 2
    assert figures.own["discipline.members.committee"].value == 1


def test_over_several_periods_and_conditions_that_are_not_on_the_row(world: World) -> None:
    decide(world, sealed=True)
    ids = (*TOTALS, "discipline.organisations.grassroots", "discipline.members.change_pct")
    asked = [(parse_period(code), None) for code in ("2023", "2023-06")]
    year, june = compute_several(world["PA"], asked, ids, viewer=world.users["inspector"])
    # PA was not given to the inspector of the district: neither its year nor its month counts the sealed one.
    assert (year[TOTALS[0]].value, june[TOTALS[0]].value) == (1, 1)


def test_a_sealed_decision_that_was_annulled_or_voided_takes_nothing_off(world: World) -> None:
    decide(world, sealed=True, voided_at=timezone.now())
    decide(world, sealed=True)
    row = MemberDiscipline.objects.get(sealed=True, voided_at__isnull=True)
    DisciplineEnd.objects.create(
        kind="annulled", on=date(2023, 9, 1), member_discipline=row, recorded_at=timezone.now()
    )
    figures = compute(world["PA1"], "2023", ids=FAMILY, viewer=world.users["inspector"])
    assert figures.own[TOTALS[0]].value == figures.own["discipline.members.warning"].value == 1
    assert compute(world["QS"], "2023", ids=FAMILY, viewer=world.users["inspector"]).own[TOTALS[0]].value == 1


def test_the_year_that_runs_counts_no_sealed_one_yet(world: World) -> None:
    decide(world, sealed=True, on=today())
    running = str(today().year)
    assert (
        compute(world["QS"], running, ids=TOTALS, viewer=world.users["inspector"]).own[TOTALS[0]].value == 0
    )


def test_every_guarded_figure_can_be_told_without_the_sealed() -> None:
    for id in FAMILY:
        formula = INDICATORS[id].formula
        if isinstance(formula, Ratio):
            parts = [INDICATORS[formula.numerator].formula, INDICATORS[formula.denominator].formula]
            assert all(isinstance(part, Count) for part in parts), id
        else:
            assert isinstance(formula, Count), id


def test_without_sealed_decisions_it_costs_two_questions_and_a_right(world: World) -> None:
    inspector = world.users["inspector"]

    def asked(viewer: Any) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            compute(world["QS"], "2023", ids=FAMILY, viewer=viewer)
        return len(caught)

    asked(inspector)
    assert asked(inspector) - asked(None) <= 3
    decide(world, sealed=True)
    assert asked(inspector) - asked(None) <= 14
