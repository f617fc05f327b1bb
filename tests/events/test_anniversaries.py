"""Counting the years of a twinning or commemoration."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.dates import full_years
from tongket.events.anniversaries import anniversary, next_round, round_within

YEARS = st.integers(1900, 2090)
DAYS = st.dates(date(1900, 1, 1), date(2090, 12, 31))


def test_in_2023_a_twinning_of_1968_turns_55() -> None:
    found = anniversary(1968, None, 2023)
    assert found is not None
    assert (found.years, found.on, found.is_round) == (55, None, True)


def test_a_twinning_of_a_leap_day_turns_on_the_28th_of_a_common_year() -> None:
    found = anniversary(1968, date(1968, 2, 29), 2023)
    assert found is not None
    assert found.on == date(2023, 2, 28)


@given(YEARS, YEARS)
def test_the_years_are_the_difference_and_none_before_the_second_year(since: int, year: int) -> None:
    found = anniversary(since, None, year)
    assert (found.years if found else 0) == max(year - since, 0)


@given(DAYS, st.integers(1, 200))
def test_the_day_is_the_one_on_which_that_many_years_are_full(since: date, years: int) -> None:
    found = anniversary(since.year, since, since.year + years)
    assert found is not None
    assert found.on is not None
    assert (found.on.month, found.on.day) in {(since.month, since.day), (2, 28)}
    assert full_years(since, found.on) == years


@given(DAYS, YEARS)
def test_knowing_the_day_does_not_change_the_number(since: date, year: int) -> None:
    with_day, without = anniversary(since.year, since, year), anniversary(since.year, None, year)
    assert (with_day and with_day.years) == (without and without.years)


@given(YEARS, YEARS)
def test_of_five_years_in_a_row_exactly_one_is_round_once_it_has_begun(since: int, first: int) -> None:
    found = round_within(since, None, range(first, first + 5))
    assert len(found) == (1 if first > since else 1 if first + 4 >= since + 5 else 0)


@given(DAYS, DAYS, st.booleans())
def test_the_next_round_one_is_the_first_not_yet_past(since: date, day: date, day_known: bool) -> None:
    on = since if day_known else None
    found = next_round(since.year, on, day)
    assert found.years > 0
    assert found.years % 5 == 0
    assert (found.on or date(found.year, 12, 31)) >= day
    before = found.years - 5
    if before > 0:
        earlier = anniversary(since.year, on, since.year + before)
        assert earlier is not None
        assert (earlier.on or date(earlier.year, 12, 31)) < day


@pytest.mark.parametrize("year", [1968, 1960])
def test_in_its_own_year_and_before_nothing_is_celebrated(year: int) -> None:
    assert anniversary(1968, None, year) is None
