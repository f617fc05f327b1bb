"""Targets held against the register: done, pace, season, down is good, the moment of knowledge, the summary."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.targets.conftest import SetTarget
from tests.world import World
from tongket.core.pace import Status, Way
from tongket.core.periods import parse_period
from tongket.figures import targets as module
from tongket.figures.engine import compute
from tongket.figures.several import compute_several
from tongket.figures.targets import progress, progress_below, targets_summary, way_of
from tongket.figures.terms import term_of, term_review
from tongket.indicators.catalogue import INDICATORS
from tongket.targets.acts import change_target
from tongket.targets.models import Target

Admit = Callable[..., None]
WHENS = [
    ("2023", None),
    ("2023", date(2023, 5, 1)),
    ("2022", None),
    ("2020-2025", date(2023, 6, 1)),
    ("2023-Q2", None),
]


def _on(day: date, world: World, **more: object) -> module.Progress:
    [row] = progress(world["QS"], "2023", as_at=day, **more).rows  # type: ignore[arg-type]
    return row


def test_several_periods_at_once_give_what_each_gives_alone(world: World) -> None:
    whens = [(parse_period(code), day) for code, day in WHENS]
    together = compute_several(world["QS"], whens, INDICATORS)
    for (period, day), found in zip(whens, together, strict=True):
        assert found == compute(world["QS"], period, as_at=day, children=False).own


def test_several_periods_ask_no_more_often_than_one(world: World) -> None:
    def queries(count: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            compute_several(
                world["QS"], [(parse_period(str(2023 - n)), None) for n in range(count)], ["members.admitted"]
            )
        return len(asked)

    assert queries(6) == queries(1) == 1


def test_a_result_is_held_against_what_the_days_ask(world: World, set_target: SetTarget) -> None:
    set_target(value=4)
    before, after = _on(date(2023, 4, 19), world), _on(date(2023, 6, 30), world)
    assert (before.done, before.standing.status) == (0, Status.BEHIND)
    assert before.standing.expected == Fraction(4 * 109, 365)
    assert (after.done, after.standing.status) == (1, Status.ON_PACE)
    assert _on(date(2023, 12, 31), world).standing.status is Status.MISSED


def test_the_forecast_goes_by_the_years_before_when_they_had_results(
    world: World, set_target: SetTarget, admit_more: Admit
) -> None:
    set_target(value=4)
    told = _on(date(2023, 6, 30), world).forecast
    assert (told.method, told.value) == ("linear", Fraction(365, 181))
    admit_more(date(2022, 3, 1), date(2022, 9, 1), date(2021, 2, 1), date(2021, 10, 1), date(2021, 11, 1))
    told = _on(date(2023, 6, 30), world).forecast
    assert (told.method, told.years) == ("season", 2)
    assert told.value == 1 / ((Fraction(1, 2) + Fraction(1, 3)) / 2)


def test_last_of_february_is_compared_with_the_last_of_february(
    world: World, set_target: SetTarget, admit_more: Admit
) -> None:
    set_target(value=4, period="2024")
    admit_more(date(2023, 3, 1), date(2022, 2, 28), date(2022, 3, 1), date(2021, 2, 28), date(2024, 2, 1))
    [row] = progress(world["QS"], "2024", as_at=date(2024, 2, 29)).rows
    assert [row.forecast.method, row.forecast.years] == ["season", 3]
    assert row.forecast.share == (0 + Fraction(1, 2) + 1) / 3


def test_what_should_be_few_is_met_by_staying_below(world: World, set_target: SetTarget) -> None:
    set_target(indicator="discipline.members", value=2)
    assert _on(date(2023, 12, 31), world).standing.status is Status.REACHED


def test_a_stock_is_compared_as_it_is_and_a_rating_only_when_the_year_is_over(
    world: World, set_target: SetTarget
) -> None:
    set_target(indicator="members.total", value=6)
    set_target(indicator="ratings.organisations.good_or_better_pct", value=90)
    rows = progress(world["QS"], "2023", as_at=date(2023, 6, 30)).rows
    assert {row.target.indicator: (row.way, row.standing.status) for row in rows} == {
        "members.total": (Way.DIRECT, Status.REACHED),
        "ratings.organisations.good_or_better_pct": (Way.AT_END, Status.UNKNOWN),
    }


def test_a_rating_nobody_gave_is_not_taken_for_nought(world: World, set_target: SetTarget) -> None:
    set_target(indicator="ratings.organisations.good_or_better_pct", value=90)
    row = _on(date(2023, 12, 31), world)
    assert (row.done, row.standing.status) == (None, Status.UNKNOWN)


@pytest.mark.parametrize(
    ("id", "way"),
    [
        ("members.admitted", Way.PACED),
        ("members.total", Way.DIRECT),
        ("study.attendance_pct", Way.DIRECT),
        ("ratings.organisations.excellent", Way.AT_END),
        ("members.balance", Way.DIRECT),
    ],
)
def test_each_kind_of_figure_is_held_in_its_own_way(id: str, way: Way) -> None:
    assert way_of(INDICATORS[id]) is way


def test_every_declared_figure_has_a_way() -> None:
    assert all(way_of(entry) in Way for entry in INDICATORS.values())


def test_a_change_in_mid_year_counts_from_its_day_and_from_when_it_was_known(
    world: World, set_target: SetTarget
) -> None:
    old = set_target(value=4)
    known = old.recorded_at
    change_target(old, value=8, on=date(2023, 7, 1), by=None)  # type: ignore[arg-type]
    assert _on(date(2023, 6, 30), world).target.value == 4
    assert _on(date(2023, 7, 1), world).target.value == 8
    assert _on(date(2023, 7, 1), world, as_known_at=known).target.value == 4


def test_what_has_not_happened_yet_is_not_behind(
    world: World, set_target: SetTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "today", lambda: date(2023, 6, 30))
    set_target(value=2)
    found = progress(world["QS"], "2023")
    assert (found.day, found.rows[0].standing.status) == (date(2023, 6, 30), Status.ON_PACE)
    set_target(value=2, period="2024")
    [row] = progress(world["QS"], "2024").rows
    assert (row.done, row.standing.status) == (None, Status.UNKNOWN)


def test_a_figure_no_longer_declared_is_shown_without_a_result(world: World, set_target: SetTarget) -> None:
    Target.objects.filter(pk=set_target().pk).update(indicator="members.gone")
    row = _on(date(2023, 12, 31), world)
    assert (row.indicator, row.done, row.standing.status) == (None, None, Status.UNKNOWN)


def test_the_summary_lists_the_targets_behind_each_count(world: World, set_target: SetTarget) -> None:
    set_target(value=1)
    set_target(value=5, giver="own")
    set_target(indicator="members.total", value=5)
    set_target(indicator="ratings.members.good_or_better_pct", value=90)
    set_target("PA", 3)
    found = targets_summary(world["QS"], "2023")
    counts = (found.all, found.met, found.exceeded, found.behind, found.open, found.unknown)
    assert tuple(map(len, counts)) == (4, 2, 1, 1, 0, 1)
    assert [row.target.indicator for row in found.exceeded] == ["members.total"]
    assert [(row.target.giver, row.target.value) for row in found.behind] == [("own", 5)]


def test_all_targets_of_a_period_cost_one_question_each_source(world: World, set_target: SetTarget) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            progress(world["QS"], "2023", as_at=date(2023, 9, 30))
        return len(asked)

    set_target()
    first = queries()
    for id in ("members.admitted.women", "members.admitted.youth_union", "members.admitted.village_head"):
        if id in INDICATORS:
            set_target(indicator=id, value=1)
    set_target(giver="own")
    assert queries() == first


def test_of_the_parts_below_those_furthest_behind_come_first(
    world: World, set_target: SetTarget, admit_more: Admit
) -> None:
    set_target(value=6)
    set_target("PA", 4)
    set_target("PB", 2)
    admit_more(date(2023, 8, 1), date(2023, 8, 2), cell="PB1")
    rows = progress_below(world["QS"], parse_period("2023"), "members.admitted")
    assert [
        (row.child.code, row.figure.value, row.progress and row.progress.standing.status) for row in rows
    ] == [
        ("PA", 0, Status.MISSED),
        ("PB", 3, Status.REACHED),
        ("VP", 0, None),
    ]


# --- terms --------------------------------------------------------------------------------------------------


def test_a_term_is_held_against_its_own_days_and_each_year_against_its_own(
    world: World, set_target: SetTarget, admit_more: Admit
) -> None:
    admit_more(date(2020, 3, 1), date(2020, 9, 1), date(2021, 5, 1), date(2022, 5, 1))
    for code, value in (("2020", 2), ("2021", 2), ("2022", 1), ("2023", 3)):
        set_target(value=value, period=code)
    set_target(value=5, period="2020-2025")
    found = term_review(world["QS"], parse_period("2020-2025"), as_at=date(2022, 12, 31))
    assert [p.code for p in found.columns] == ["2020", "2021", "2022", "2023", "2024", "2025", "2020-2025"]
    [row] = found.rows
    assert [c.figure and c.figure.value for c in row.cells] == [2, 1, 1, None, None, None, 3]
    states = [c.progress.standing.status.value for c in row.cells if c.progress]
    assert states == ["reached", "missed", "reached", "unknown", "on_pace"]
    assert (row.years.count, row.years.met, row.years.target, row.years.done) == (3, 2, 5, 4)
    assert row.cells[-1].progress is not None
    assert row.cells[-1].progress.standing.expected == Fraction(5 * 914, 1826)


def test_resolution_and_assigned_targets_of_one_figure_stand_in_rows_of_their_own(
    world: World, set_target: SetTarget
) -> None:
    set_target(value=2)
    set_target(value=3, giver="own", period="2020-2025")
    found = term_review(world["QS"], parse_period("2020-2025"))
    assert [(row.giver, sum(c.progress is not None for c in row.cells)) for row in found.rows] == [
        ("above", 1),
        ("own", 1),
    ]


def test_a_target_of_a_half_term_gets_a_column_only_when_there_is_one(
    world: World, set_target: SetTarget
) -> None:
    set_target(value=2, period="2020-2025-H1")
    columns = term_review(world["QS"], parse_period("2020-2025")).columns
    assert [p.code for p in columns][-2:] == ["2020-2025-H1", "2020-2025"]


def test_shares_in_percent_are_never_added_over_the_years(world: World, set_target: SetTarget) -> None:
    set_target(indicator="study.attendance_pct", value=95, period="2021")
    [row] = term_review(world["QS"], parse_period("2020-2025")).rows
    assert (row.years.count, row.years.target) == (1, None)


@pytest.mark.parametrize(
    ("code", "day", "term"),
    [
        ("2023", date(2023, 12, 31), "2020-2025"),
        ("2020", date(2020, 12, 31), "2020-2025"),
        ("2020", date(2020, 6, 30), "2015-2020"),
        ("2020-2025-H1", date(2022, 12, 31), "2020-2025"),
        ("2015-2020", date(2020, 6, 30), "2015-2020"),
    ],
)
def test_a_period_belongs_to_the_term_of_its_day(code: str, day: date, term: str) -> None:
    assert term_of(parse_period(code), day).code == term


def test_a_term_costs_as_many_questions_with_targets_for_all_its_years(
    world: World, set_target: SetTarget
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            term_review(world["QS"], parse_period("2020-2025"))
        return len(asked)

    set_target()
    first = queries()
    for code in ("2020", "2021", "2022", "2020-2025"):
        set_target(period=code)
        set_target(period=code, giver="own")
    assert queries() == first
