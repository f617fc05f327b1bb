"""Figures as they were, on the new tree, and carried across: each agrees with a recount by plain loops."""

from collections import defaultdict
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.audit.scratch import undone
from tests.figures.recount import Recount, meets, published
from tests.once import once
from tests.world import World, make_world
from tongket.core.periods import Period, parse_period
from tongket.core.problems import Refused
from tongket.figures.engine import compute
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Count, Ratio, Sum
from tongket.indicators.sources import SOURCES
from tongket.members.acts import record_event, transfer
from tongket.members.drafts import EventDraft
from tongket.members.reorganise import children_on, members_on
from tongket.organisations.acts import move, rename
from tongket.organisations.models import Organisation, OrganisationVersion, SuccessorLink
from tongket.reforms.acts import PlanDraft, execute, start_plan
from tongket.reforms.series.across import Across, as_it_was, carried_across
from tongket.reforms.series.heirs import structure_on
from tongket.reforms.steps import Step
from tongket.targets.acts import add_target
from tongket.targets.drafts import TargetDraft

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 1)
YEARS = ("2022", "2023", "2024")
IDS = (
    "members.total",
    "members.women",
    "members.women_pct",
    "members.admitted",
    "organisations.grassroots",
    "organisations.cells",
    "organisations.founded",
    "organisations.dissolved",
)

district, world = once(make_world)


class Rows:
    """All rows of a model as the database has them, for the recount."""

    def __init__(self) -> None:
        self.rows = _Lazy()


class _Lazy(defaultdict[Any, list[Any]]):
    def __missing__(self, model: Any) -> list[Any]:
        self[model] = list(model.objects.all())
        return self[model]


def heirs(organisation: int, day: date) -> set[int]:
    """Who goes on for one on a day, by walking the links; the last parent for one without heirs."""
    alive = OrganisationVersion.objects.filter(
        organisation=organisation, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
    )
    if alive.exists():
        return {organisation}
    links = SuccessorLink.objects.filter(predecessor=organisation, voided_at__isnull=True)
    found: set[int] = set()
    for link in links:
        found |= heirs(link.successor_id, day)
    if not links:
        parent = Organisation.objects.get(pk=organisation).parent_id
        found = heirs(parent, day) if parent else set()
    return found


class Naive:
    """The carried figures by hand: each fact of the recount, put where its place's heirs stand today."""

    def __init__(self, top: Organisation, day: date, period: Period) -> None:
        self.top, self.day = top, day
        self._units: dict[int, str | None] = {}
        self.today = Recount(Rows(), parse_period(str(day.year)), day, None)  # type: ignore[arg-type]
        self.then = Recount(Rows(), period, period.default_as_at(), None)  # type: ignore[arg-type]

    def unit(self, place: int) -> str | None:
        """The code of today's unit, "" for the top itself, "?" for several; None for elsewhere."""
        if place not in self._units:
            self._units[place] = self._find(place)
        return self._units[place]

    def _find(self, place: int) -> str | None:
        places: set[str | None] = set()
        for heir in heirs(place, self.day):
            chain = self.today.chain(heir, self.day)
            if self.top.pk in chain:
                at = chain.index(self.top.pk)
                places.add(_code(chain[at - 1]) if at else "")
            else:
                places.add(None)
        if places in (set(), {None}):
            return None
        return places.pop() if len(places) == 1 else "?"

    def of(self, formula: Count | Sum, wanted: str | None) -> int:
        """A count over one unit (None: over everything that leads into the top)."""
        total = 0
        for fact in self.then.facts(formula.source, formula.when):
            if not fact.chain or not all(meets(fact.fields(c.field), c) for c in formula.where):
                continue
            unit = self.unit(fact.chain[0])
            if unit is not None and (wanted is None or unit == wanted):
                total += 1 if isinstance(formula, Count) else fact.fields(formula.of) or 0
        return total

    def value(self, id: str, wanted: str | None) -> Any:
        indicator = INDICATORS[id]
        formula = indicator.formula
        if isinstance(formula, Count | Sum):
            assert SOURCES[formula.source].subtree
            return self.of(formula, wanted)
        if isinstance(formula, Ratio):
            above, below = self.value(formula.numerator, wanted), self.value(formula.denominator, wanted)
            exact = Fraction(above) / below * formula.scale - formula.minus if below else None
            return published(exact, indicator.decimals)
        return sum(self.value(i, wanted) for i in formula.plus) - sum(
            self.value(i, wanted) for i in formula.minus
        )


def _code(pk: int) -> str:
    return Organisation.objects.get(pk=pk).code


def check_carried(top: Organisation, day: date) -> Across:
    """The carried table of all years against the count by hand."""
    across = carried_across(top, IDS, YEARS, on=day)
    assert [i.id for i in across.indicators] == list(IDS)
    codes = {unit.id: unit.code for unit in across.structure.units}
    for carried in across.periods:
        naive = Naive(top, day, carried.period)
        for id in IDS:
            assert carried.total[id].value == naive.value(id, None), (carried.period.code, id)
            assert carried.own[id].value == naive.value(id, ""), (carried.period.code, id, "own")
            assert carried.undivided[id].value == naive.value(id, "?"), (carried.period.code, id, "?")
            for unit, figures in carried.units.items():
                wanted = naive.value(id, codes[unit])
                assert figures[id].value == wanted, (carried.period.code, id, codes[unit])
    return across


def check_as_it_was(top: Organisation, period: str) -> None:
    """`compute` of a year, whole and by child, against the recount."""
    asked = parse_period(period)
    figures = compute(top, asked, ids=IDS)
    recount = Recount(Rows(), asked, asked.default_as_at(), None)  # type: ignore[arg-type]
    for id in IDS:
        assert figures.own[id].value == recount.figure(INDICATORS, INDICATORS[id], top.pk).value, (period, id)
        for child in figures.children:
            said = recount.figure(INDICATORS, INDICATORS[id], top.pk, child.id).value
            assert figures.by_child[child.id][id].value == said, (period, id, child.code)


def check_three_views(top: Organisation, day: date) -> None:
    """Every year as it was of everyone the top goes on for equals the engine, and so the recount; nothing is lost in
    between."""
    across = check_carried(top, day)
    carried = {one.period.code: one for one in across.periods}
    lead_here: dict[str, int] = defaultdict(int)
    for then in as_it_was(across.structure, IDS, YEARS):
        figures = compute(then.organisation, then.period, ids=IDS)
        for id in IDS:
            assert then.total[id].value == figures.own[id].value, (then.period.code, id)
            shown = {pk: row[id].value for pk, row in then.children.items() if row[id].records}
            asked = {pk: row[id].value for pk, row in figures.by_child.items() if row[id].records}
            assert shown == asked, (then.period.code, id)
        lead_here[then.period.code] += int(then.total["members.total"].value or 0)
    if not top.parent_id:  # with everything below the top, all of the past leads to it
        for year, total in lead_here.items():
            assert carried[year].total["members.total"].value == total


def reform(world: World) -> Organisation:
    """A province is founded, the communes go on as one directly under it, and the district ends."""
    steps = (
        Step("found", code="T", name="Đảng bộ tỉnh Thử", body="province_committee"),
        Step("found", code="X", name="Đảng bộ xã Mới", body="commune_committee_2025", to="T"),
        Step("merge", codes=("PA", "PB"), to="X"),
        Step("move", codes=("VP",), to="X"),
        Step("dissolve", code="QS", to="T"),
    )
    execute(start_plan(PlanDraft(world["QS"], "Kết thúc huyện", date(2025, 7, 1), steps), by=None), by=None)
    return Organisation.objects.get(code="T")


def test_the_reform_leaves_2023_as_it_was_and_carries_it_across_whole(world: World) -> None:
    before = {id: figure.value for id, figure in compute("QS", "2023").own.items()}
    province = reform(world)
    assert {id: figure.value for id, figure in compute("QS", "2023").own.items()} == before
    assert compute(province, "2025", ids=["members.total"]).own["members.total"].value == 6
    assert compute("QS", "2025", ids=["members.total"]).own["members.total"].value == 0
    check_three_views(province, date(2025, 12, 31))
    across = check_carried(province, date(2025, 12, 31))
    carried = across.periods[1]
    assert carried.total["members.total"].value == before["members.total"]
    (unit,) = across.structure.units
    assert carried.units[unit.id]["members.total"].value == 6


def test_what_left_is_called_as_it_was_while_it_was_there(world: World) -> None:
    move(world["PA1"], to=world["PB"], on=date(2023, 7, 1), by=None)
    rename(world["PA1"], on=date(2024, 2, 1), name="Chi bộ tên sau", by=None)
    structure = structure_on(world["PA"], date(2024, 12, 31))
    names = {then.period.code: then.names.get(world["PA1"].pk) for then in as_it_was(structure, IDS, YEARS)}
    assert names["2022"] == world["PA1"].name and "Chi bộ tên sau" not in names.values()


def test_the_past_of_a_split_cell_is_shown_apart_when_its_heirs_stand_in_two_units(world: World) -> None:
    steps = (
        Step("found", code="PA8", name="Chi bộ Đông", body="cell", to="PA"),
        Step("found", code="PB8", name="Chi bộ Tây", body="cell", to="PB"),
        Step("split", code="PA1", into=("PA8", "PB8"), people=(("M1", "PA8"), ("M2", "PB8"))),
    )
    execute(start_plan(PlanDraft(world["QS"], "Tách", DAY, steps), by=None), by=None)
    across = check_carried(world["QS"], DAY)
    carried = across.periods[1]
    assert carried.undivided["members.total"].value == 2
    by_code = {unit.code: carried.units[unit.id]["members.total"].value for unit in across.structure.units}
    assert by_code == {"PA": 1, "PB": 2, "VP": 1}


def test_a_cell_that_ended_without_an_heir_goes_with_its_parent(world: World) -> None:
    for code in ("M1", "M2"):
        transfer(world[code], to=world["PB1"], on=date(2024, 3, 1), by=None)
    plan = start_plan(PlanDraft(world["QS"], "Giải thể", DAY, (Step("dissolve", code="PA1"),)), by=None)
    execute(plan, by=None)
    across = check_carried(world["QS"], DAY)
    carried = across.periods[1]
    by_code = {unit.code: carried.units[unit.id]["members.total"].value for unit in across.structure.units}
    assert by_code["PA"] == 3 and carried.undivided["members.total"].value == 0


def test_targets_count_at_those_who_hold_them_and_are_not_handed_up(world: World) -> None:
    for code, value in (("PA", 4), ("PB", 3), ("QS", 9)):
        add_target(
            TargetDraft(world[code], "members.admitted", "2023", Decimal(value), date(2023, 1, 1)), by=None
        )
    steps = (
        Step("found", code="PC", name="Đảng bộ xã C", body="grassroots_body", sector="commune", to="QS"),
        Step("merge", codes=("PA", "PB"), to="PC"),
    )
    execute(start_plan(PlanDraft(world["QS"], "Gộp xã", DAY, steps), by=None), by=None)
    across = carried_across(world["QS"], ["members.admitted.target"], ["2023"], on=DAY)
    carried = across.periods[0]
    pc = Organisation.objects.get(code="PC")
    assert carried.units[pc.pk]["members.admitted.target"].value == 7
    assert carried.total["members.admitted.target"].value == 9


CODES = ["PA", "PB", "PA1", "PA2", "PB1", "PB2", "VP"]
_STEP = st.tuples(st.sampled_from(["merge", "move", "split", "dissolve", "leave", "transfer"]), st.sampled_from(CODES), st.sampled_from(CODES), st.integers(0, 5))  # fmt: skip  # noqa: E501


def _plan(kind: str, source: str, target: str, number: int, on: date) -> tuple[Step, ...]:
    if kind == "merge":
        return (Step("merge", codes=(source,), to=target),)
    if kind == "move":
        return (Step("move", codes=(source,), to=target),)
    if kind == "dissolve":
        return (Step("dissolve", code=source, to=target),)
    one = Organisation.objects.get(code=source)
    new = f"N{number}"
    people = members_on(one, on)
    children = children_on(one, on)
    return (
        Step(
            "found",
            code=new,
            name=f"Đơn vị mới {number}",
            body=one.kind,
            sector=one.sector,
            to=one.parent.code if one.parent else "",
        ),
        Step(
            "split",
            code=source,
            into=(new, target),
            people=tuple((m.code, new if i % 2 else target) for i, m in enumerate(people)),
            below=tuple((c.code, new if i % 2 else target) for i, c in enumerate(children)),
        ),
    )


def _do(world: World, wanted: tuple[str, str, str, int], number: int) -> bool:
    """Whether it was done: what the register refuses (a unit that has ended, a day before the last) changes nothing."""
    kind, source, target, month = wanted
    on = date(2022, 3, 1) + timedelta(days=130 * month)
    try:
        if kind == "transfer":
            transfer(world[f"M{month + 1}"], to=Organisation.objects.get(code=target), on=on, by=None)
        elif kind == "leave":
            record_event(EventDraft(world[f"M{month + 1}"], "died", on=on), by=None)
        else:
            steps = _plan(kind, source, target, number, on)
            execute(start_plan(PlanDraft(world["QS"], "Thử", on, steps), by=None), by=None)
    except Refused:
        return False
    return True


@settings(max_examples=8)
@given(st.lists(_STEP, min_size=1, max_size=5))
def test_all_three_views_agree_with_the_recount_whatever_was_reorganised(
    district: World, wanted: list[tuple[str, str, str, int]]
) -> None:
    with undone():
        world = deepcopy(district)
        done = [_do(world, one, number) for number, one in enumerate(wanted)]
        assume(any(done))
        top = Organisation.objects.get(code="QS")
        for year in YEARS:
            check_as_it_was(top, year)
        check_three_views(top, date(2024, 12, 31))
