"""Working days: limits of the rules that run in them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.workdays import add_working_days, is_working_day, public_holidays, working_days_between

DAYS = st.dates(date(2015, 1, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    "day",
    [
        date(2023, 1, 2),  # New Year on a Sunday: the Monday after is off
        date(2023, 1, 20),  # the day before Tết Quý Mão
        date(2023, 1, 22),
        date(2023, 4, 29),  # 10/3 âm lịch (Saturday)
        date(2023, 5, 1),
        date(2023, 9, 2),
        date(2024, 2, 10),  # Tết Giáp Thìn
        date(2024, 4, 18),  # Giỗ Tổ
    ],
)
def test_public_holidays_are_no_working_days(day: date) -> None:
    assert not is_working_day(day)


def test_a_limit_runs_over_weekends_and_holidays() -> None:
    # Friday 28/4/2023: 29/4 Giỗ Tổ, 30/4, 1/5 and the two days off in their place.
    assert not is_working_day(date(2023, 5, 1))
    assert add_working_days(date(2023, 4, 27), 1) == date(2023, 4, 28)
    assert add_working_days(date(2023, 12, 28), 30) > date(2024, 2, 8)


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        # Counted by hand in the calendar of 2024.
        (date(2024, 1, 15), 30, date(2024, 3, 4)),  # Tết Giáp Thìn: 08/02 to 14/02 off
        (
            date(2024, 4, 1),
            30,
            date(2024, 5, 16),
        ),  # 18/04, 29/04 to 01/05 off, Saturday 04/05 worked for 29/04
        (date(2024, 8, 1), 30, date(2024, 9, 16)),  # 02/09 and 03/09 off
        (date(2023, 4, 28), 1, date(2023, 5, 4)),  # 29/04 to 03/05 off
    ],
)
def test_limits_counted_by_hand(start: date, count: int, last: date) -> None:
    assert add_working_days(start, count) == last


def test_a_saturday_worked_in_exchange_is_a_working_day() -> None:
    assert is_working_day(date(2024, 5, 4)) and not is_working_day(date(2024, 4, 29))
    assert not is_working_day(date(2024, 5, 11))


def test_days_off_of_an_office_lengthen_a_limit() -> None:
    assert add_working_days(date(2023, 7, 3), 1, {date(2023, 7, 4)}) == date(2023, 7, 5)


def test_a_limit_has_at_least_a_day() -> None:
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(date(2023, 7, 3), 0)


@given(DAYS, st.integers(1, 90))
def test_the_last_day_of_a_limit_is_a_working_day_and_so_many_lie_before_it(day: date, count: int) -> None:
    last = add_working_days(day, count)
    assert is_working_day(last)
    assert working_days_between(day, last) == count
    assert working_days_between(day, last - timedelta(days=1)) == count - 1


def test_a_year_has_the_eleven_days_of_the_labour_code_or_more() -> None:
    for year in range(2015, 2027):
        assert len(public_holidays(year)) >= 10, year
