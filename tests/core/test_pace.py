"""Pace and forecast of targets, against plain recounting day by day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.pace import TOLERANCE, Season, Span, Status, Way, expected, forecast, judge, span, verdict

DAYS = st.dates(date(2018, 1, 1), date(2028, 12, 31))
HALF_YEAR = Span(183, 365)
OVER = Span(365, 365)


@given(start=DAYS, length=st.integers(1, 2000), on=DAYS)
def test_days_gone_by_are_those_counted_one_by_one(start: date, length: int, on: date) -> None:
    days = [start + timedelta(days=n) for n in range(length)]
    found = span(start, days[-1], on)
    assert (found.elapsed, found.days) == (sum(day <= on for day in days), length)


def test_a_period_that_ends_before_it_starts_is_no_period() -> None:
    with pytest.raises(ValueError, match="Kỳ"):
        span(date(2023, 2, 1), date(2023, 1, 1), date(2023, 1, 1))


@given(target=st.integers(1, 10_000), elapsed=st.integers(0, 365))
def test_what_is_expected_grows_by_the_same_amount_each_day(target: int, elapsed: int) -> None:
    day_by_day = sum((Fraction(target, 365) for _ in range(elapsed)), Fraction(0))
    assert expected(target, Span(elapsed, 365)) == day_by_day


def _plain(target: Fraction, done: Fraction, over: Span, fewer: bool, unit: Fraction) -> Status:
    """The rule said once more, the long way."""
    by_now = target * over.elapsed / over.days
    if fewer:
        if done > target:
            return Status.MISSED
        if over.elapsed == over.days:
            return Status.REACHED
        lead = by_now - done
    else:
        if done >= target:
            return Status.REACHED
        if over.elapsed == over.days:
            return Status.MISSED
        lead = done - by_now
    allowed = target * TOLERANCE if target * TOLERANCE > unit else unit
    if -allowed < lead < allowed:
        return Status.ON_PACE
    return Status.AHEAD if lead > 0 else Status.BEHIND


@given(
    target=st.decimals(Decimal("0.01"), 9999, places=2),
    done=st.decimals(0, 9999, places=2),
    elapsed=st.integers(1, 365),
    fewer=st.booleans(),
    decimals=st.integers(0, 2),
)
def test_status_by_days_is_what_the_rule_says(
    target: Decimal, done: Decimal, elapsed: int, fewer: bool, decimals: int
) -> None:
    unit, over = Fraction(1, 10**decimals), Span(elapsed, 365)
    found = judge(target, done, over, fewer_is_better=fewer, unit=unit)
    assert found.status is _plain(Fraction(target), Fraction(done), over, fewer, unit)
    assert found.percent == Fraction(done) / Fraction(target) * 100


@given(target=st.integers(1, 500), done=st.integers(0, 600), elapsed=st.integers(1, 364))
def test_doing_more_never_makes_a_target_stand_worse(target: int, done: int, elapsed: int) -> None:
    order = [Status.MISSED, Status.BEHIND, Status.ON_PACE, Status.AHEAD, Status.REACHED]
    over = Span(elapsed, 365)
    one, more = (order.index(judge(target, n, over).status) for n in (done, done + 1))
    assert more >= one


def test_eighty_eight_of_eighty_five_is_passed_by_three_and_a_half_percent() -> None:
    found = judge(85, 88, OVER)
    assert (found.status, found.exceeded) == (Status.REACHED, True)
    assert round(float(found.percent or 0) - 100, 1) == 3.5


def test_just_reached_is_not_exceeded() -> None:
    assert not judge(85, 85, OVER).exceeded


@pytest.mark.parametrize(
    ("done", "status"),
    [(20, Status.BEHIND), (42, Status.ON_PACE), (60, Status.AHEAD), (85, Status.REACHED)],
)
def test_a_running_year_is_judged_by_its_days(done: int, status: Status) -> None:
    assert judge(85, done, HALF_YEAR).status is status


@pytest.mark.parametrize(
    ("done", "over", "status"),
    [
        (9, HALF_YEAR, Status.MISSED),
        (8, HALF_YEAR, Status.BEHIND),
        (4, HALF_YEAR, Status.ON_PACE),
        (1, HALF_YEAR, Status.AHEAD),
        (8, OVER, Status.REACHED),
        (9, OVER, Status.MISSED),
    ],
)
def test_what_should_be_few_is_judged_the_other_way_round(done: int, over: Span, status: Status) -> None:
    assert judge(8, done, over, fewer_is_better=True).status is status


@pytest.mark.parametrize("elapsed", [1, 100, 364])
def test_a_share_or_stock_is_compared_as_it_is_on_any_day(elapsed: int) -> None:
    over = Span(elapsed, 365)
    above = judge(95, Decimal("96.47"), over, way=Way.DIRECT)
    below = judge(95, Decimal("94.99"), over, way=Way.DIRECT)
    assert (above.status, above.expected) == (Status.REACHED, None)
    assert (below.status, below.expected) == (Status.BEHIND, None)
    assert judge(95, Decimal("94.99"), OVER, way=Way.DIRECT).status is Status.MISSED
    assert judge(5, 6, over, way=Way.DIRECT, fewer_is_better=True).status is Status.BEHIND


@pytest.mark.parametrize(
    ("done", "over", "way"),
    [
        (None, HALF_YEAR, Way.PACED),
        (None, OVER, Way.DIRECT),
        (3, Span(0, 365), Way.PACED),
        (3, HALF_YEAR, Way.AT_END),
    ],
)
def test_without_a_result_or_a_day_gone_by_nothing_is_said(done: int | None, over: Span, way: Way) -> None:
    found = judge(85, done, over, way=way)
    assert (found.status, found.percent, verdict(found.status)) == (Status.UNKNOWN, None, "unknown")


def test_every_status_is_counted_once() -> None:
    assert {verdict(status) for status in Status} == {"met", "behind", "open", "unknown"}


# --- forecasts ----------------------------------------------------------------------------------------------


@given(done=st.integers(1, 500), elapsed=st.integers(31, 364))
def test_the_run_rate_goes_on_every_day_as_until_now(done: int, elapsed: int) -> None:
    found = forecast(done, Span(elapsed, 365))
    a_day = Fraction(done, elapsed)
    assert found.method == "linear"
    assert found.value == done + sum((a_day for _ in range(365 - elapsed)), Fraction(0))


@given(
    done=st.integers(1, 500),
    years=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=6),
    elapsed=st.integers(31, 364),
)
def test_the_season_is_the_mean_of_up_to_three_years_with_results(
    done: int, years: list[tuple[int, int]], elapsed: int
) -> None:
    seasons = [Season(a, a + b) for a, b in years]
    found = forecast(done, Span(elapsed, 365), seasons=seasons)
    used = [Fraction(a, a + b) for a, b in years if a + b][:3]
    assert found.years == len(used)
    if len(used) >= 2 and sum(used):
        assert (found.method, found.value) == ("season", Fraction(done) * len(used) / sum(used))
    else:
        assert found.method == "linear"


def test_a_year_that_goes_as_the_years_before_ends_as_they_did() -> None:
    assert forecast(60, HALF_YEAR, seasons=[Season(60, 88), Season(60, 88), Season(60, 88)]).value == 88


@pytest.mark.parametrize(
    ("done", "over", "way", "reason"),
    [
        (None, HALF_YEAR, Way.PACED, "no_result"),
        (0, HALF_YEAR, Way.PACED, "none_done"),
        (5, Span(20, 365), Way.PACED, "too_early"),
        (97, HALF_YEAR, Way.DIRECT, "not_paced"),
    ],
)
def test_what_cannot_be_foreseen_is_not_guessed(done: int | None, over: Span, way: Way, reason: str) -> None:
    found = forecast(done, over, way=way)
    assert (found.value, found.reason) == (None, reason)


def test_when_the_period_is_over_the_result_is_the_forecast() -> None:
    assert forecast(88, OVER, seasons=[Season(1, 2)] * 3).value == 88
