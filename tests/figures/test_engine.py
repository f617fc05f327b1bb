"""What the engine promises by example: errors, days at the edges, moves across borders, last year, the JSON shape."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.balance import BALANCE
from tests.figures.builder import EPOCHS, World
from tongket.core.dates import FOREVER, full_years
from tongket.core.periods import BadPeriod
from tongket.core.problems import NotFound, Refused
from tongket.figures.engine import compute, last_year
from tongket.figures.output import figures_json
from tongket.figures.queries import last_periods, trend
from tongket.figures.records import records
from tongket.figures.sources import READINGS
from tongket.figures.sql import since_limit
from tongket.indicators.model import Between, Count, Indicator
from tongket.indicators.sources import SOURCES
from tongket.targets.models import Target

DAYS = st.dates(date(1940, 1, 1), date(2060, 12, 31))


def test_every_source_and_field_of_the_declarations_has_a_reading() -> None:
    assert set(READINGS) == set(SOURCES)
    for name, source in SOURCES.items():
        assert set(READINGS[name].fields) == set(source.fields), name


@given(DAYS, DAYS, st.integers(-3, 110))
def test_a_limit_of_years_is_the_exact_edge_of_an_age(born: date, day: date, years: int) -> None:
    assert (full_years(born, day) >= years) == (born <= since_limit(day, years))


@pytest.fixture
def world(db: Any) -> World:
    """A district with two communes; a cell moves from A to B on 1/7/2023 with its member."""
    w = World()
    w.top = w.place("district_committee", None)
    w.a, w.b = w.place("grassroots_body", w.top), w.place("grassroots_body", w.top)
    w.stays = w.place("cell", w.a)
    w.moves = w.organisation("cell", founded_on=date(2010, 1, 1))
    w.version(w.moves, w.a, date(2010, 1, 1), date(2023, 7, 1))
    w.version(w.moves, w.b, date(2023, 7, 1))
    w.born = w.member(birth_date=date(1992, 2, 29), gender="female")
    w.event(w.born, "registered", date(2020, 1, 1), w.moves, first_admitted_on=date(2015, 5, 5))
    w.new = w.member(birth_date=date(2000, 1, 1), gender="male")
    w.event(w.new, "admitted", date(2023, 3, 3), w.stays)
    return w


def own(world: World, place: Any, period: str = "2023", **more: Any) -> dict[str, Any]:
    figures = compute(place, period, catalogue=BALANCE, **more)
    return {name.removeprefix("t."): figure.value for name, figure in figures.own.items() if figure.value}


def test_a_moved_cell_is_carried_across_the_communes_border_but_not_the_districts(world: World) -> None:
    world.save()
    assert own(world, world.top) == {"end": 2, "opening": 1, "began": 1}
    assert own(world, world.a) == {"end": 1, "opening": 1, "began": 1, "carried_out": 1}
    assert own(world, world.b) == {"end": 1, "carried_in": 1}
    by_child = compute(world.top, "2023", catalogue=BALANCE).by_child
    assert by_child[world.a.pk]["t.carried_out"].value == by_child[world.b.pk]["t.carried_in"].value == 1


def test_a_transfer_inside_counts_for_the_communes_and_not_for_the_district(world: World) -> None:
    there = world.place("cell", world.b)
    world.event(world.new, "transferred", date(2023, 5, 5), there, from_organisation=world.stays)
    world.save()
    assert "arrived" not in own(world, world.top) and "departed" not in own(world, world.top)
    assert own(world, world.a)["departed"] == own(world, world.b)["arrived"] == 1
    listed = records("t.arrived", world.top, "2023", child=world.b.pk, catalogue=BALANCE)
    assert [row.member_id for row in listed.rows] == [world.new.pk]


@pytest.mark.parametrize(
    ("as_at", "thirty"),
    [(date(2022, 2, 27), 0), (date(2022, 2, 28), 1), (date(2022, 3, 1), 1), (date(2023, 2, 27), 1)],
)
def test_one_born_on_29_february_is_a_year_older_on_the_28th_of_a_common_year(
    world: World, as_at: date, thirty: int
) -> None:
    world.save()
    aged = Indicator("t.aged", "", "", "", Count("members", "stock", (Between("age", 30, 30),)), "members")
    figures = compute(world.top, str(as_at.year), as_at=as_at, catalogue={"t.aged": aged})
    assert figures.own["t.aged"].value == thirty


def test_what_is_recorded_later_is_not_known_before(world: World) -> None:
    late = world.member(birth_date=date(1990, 1, 1))
    world.event(late, "admitted", date(2023, 6, 6), world.stays, known=(1, None))
    world.save()
    assert own(world, world.top, as_known_at=EPOCHS[0])["began"] == 1
    assert own(world, world.top, as_known_at=EPOCHS[1])["began"] == own(world, world.top)["began"] == 2


def test_a_target_is_for_its_own_organisation_only_and_none_when_not_set(world: World) -> None:
    world.add(
        Target,
        organisation=world.a,
        indicator="members.admitted",
        period="2023",
        period_start=date(2023, 1, 1),
        period_end=date(2023, 12, 31),
        giver="above",
        value=Decimal("2.00"),
        valid_from=date(2023, 1, 1),
        valid_to=FOREVER,
    )
    world.save()
    ids = ("members.admitted", "members.admitted.target", "members.admitted.vs_target_pct")
    figures = compute(world.top, "2023", ids=ids)
    assert [figures.own[name].value for name in ids] == [1, None, None]
    assert [figures.by_child[world.a.pk][name].value for name in ids] == [1, 2, -50]


def test_last_year_is_asked_as_at_the_same_day(world: World) -> None:
    world.save()
    figures = compute(world.top, "2023", as_at=date(2023, 3, 31), ids=("members.total",))
    before = last_year(figures)
    assert (before.period.code, before.as_at, before.own["members.total"].value) == (
        "2022",
        date(2022, 3, 31),
        1,
    )
    assert figures.own["members.total"].value == 2


def test_a_trend_has_nothing_before_the_founding(world: World) -> None:
    world.save()
    found = trend("members.total", world.top, last_periods(compute(world.top, "2023").period, 15))
    assert [period.code for period, _ in found] == [str(y) for y in range(2009, 2024)]
    assert found[0][1] is None and [figure.value for _, figure in found[-2:] if figure] == [1, 2]


def test_the_command_lines_shape(world: World) -> None:
    world.save()
    shape = figures_json(compute(world.top, "2023", ids=("members.total", "members.women_pct")))
    assert {key: shape[key] for key in ("organisation", "period", "as_at", "as_known_at")} == {
        "organisation": world.top.code,
        "period": "2023",
        "as_at": "2023-12-31",
        "as_known_at": None,
    }
    total, share = shape["figures"]
    assert set(total) == {"id", "name", "unit", "value", "numerator", "denominator", "records"}
    assert (total["id"], total["value"], total["denominator"], total["records"]) == (
        "members.total",
        2,
        None,
        2,
    )
    assert (share["value"], share["numerator"], share["denominator"], share["records"]) == (50, 1, 2, 1)
    assert figures_json(compute(world.top, "2023", ids=("members.total",)))["figures"] == [total]


def test_a_page_of_records_knows_how_many_there_are(world: World) -> None:
    world.save()
    page = records("members.total", world.top, "2023", offset=1, limit=5)
    assert (page.count, page.total_amount, [row.title for row in page.rows]) == (
        2,
        None,
        [world.new.full_name],
    )
    (row,) = page.rows
    assert (row.source, row.organisation_id, row.organisation_name) == (
        "members",
        world.stays.pk,
        "Tổ chức T7, Tổ chức T3",  # a cell is named with the body above it
    )


@pytest.mark.parametrize(
    ("question", "error"),
    [
        ({"organisation": "NONE"}, NotFound),
        ({"period": "2023-Q9"}, BadPeriod),
        ({"ids": ("members.nothing",)}, NotFound),
        ({"as_at": date(2022, 12, 31)}, Refused),
        ({"period": "2009"}, Refused),
    ],
)
def test_an_impossible_question_is_refused_in_vietnamese(
    world: World, question: dict[str, Any], error: type[Exception]
) -> None:
    world.save()
    asked = {"organisation": world.top.code, "period": "2023", **question}
    with pytest.raises(error) as refusal:
        compute(asked.pop("organisation"), asked.pop("period"), **asked)
    assert any(letter in str(refusal.value).lower() for letter in "ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụ")
    if isinstance(refusal.value, Refused):
        assert [problem.field for problem in refusal.value.problems] == ["as_at"]


def test_a_naive_moment_is_taken_as_local_time(world: World) -> None:
    world.save()
    figures = compute(world.top, "2023", as_known_at=datetime(2024, 2, 1, 14, 59), ids=("members.total",))
    assert figures.own["members.total"].value == 0  # recorded at 15:00 of Việt Nam
    later = compute(world.top, "2023", as_known_at=datetime(2024, 2, 1, 15, 0), ids=("members.total",))
    assert later.own["members.total"].value == 2
