"""Dates: the day before the month, terms counted by calendar, Excel's calendar with its false leap day."""

from calendar import isleap
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.dates import (
    FOREVER,
    BadDate,
    add_months,
    add_years,
    excel_date,
    format_date,
    full_months,
    full_years,
    long_date_vi,
    parse_date,
    today,
)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
spans = st.integers(-600, 600)


@given(
    days,
    st.sampled_from(["{0:02d}/{1:02d}/{2}", "{0}/{1}/{2}", "{0}-{1}-{2}", "{0}.{1:02d}.{2}", "{2}-{1}-{0}"]),
)
def test_every_day_is_read_in_every_usual_writing(d: date, form: str) -> None:
    assert parse_date(form.format(d.day, d.month, d.year)) == d
    assert parse_date(format_date(d)) == d == parse_date(d.isoformat())


@pytest.mark.parametrize(
    "written",
    ["", "hôm qua", "31/2/2023", "29/2/2023", "13/13/2023", "1/1/23", "1/1/1899", "1/1/2101", "1/1-2023", "2023/12/28",
     "00/01/2023", "28/12/2023 10:00"],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(BadDate, match="28/12/2023"):
        parse_date(written)


@pytest.mark.parametrize(
    ("d", "written"),
    [
        (date(2023, 12, 28), "ngày 28 tháng 12 năm 2023"),
        (date(2024, 2, 3), "ngày 03 tháng 02 năm 2024"),
        (date(2024, 1, 31), "ngày 31 tháng 01 năm 2024"),
        (date(2024, 3, 9), "ngày 09 tháng 3 năm 2024"),
    ],
)
def test_papers_write_a_zero_before_small_days_and_months_one_and_two(d: date, written: str) -> None:
    assert long_date_vi(d) == written


def test_the_english_date_does_not_depend_on_the_server() -> None:
    assert format_date(date(2023, 12, 28), "en") == "28 December 2023"


@given(days, spans)
def test_adding_months_keeps_the_day_or_takes_the_last_of_a_shorter_month(d: date, months: int) -> None:
    moved = add_months(d, months)
    assert (moved.year * 12 + moved.month) - (d.year * 12 + d.month) == months
    assert moved.day == d.day or (moved.day < d.day and (moved + timedelta(days=1)).day == 1)


@given(days, spans)
def test_months_there_and_back_lose_at_most_three_days(d: date, months: int) -> None:
    back = add_months(add_months(d, months), -months)
    assert timedelta(0) <= d - back <= timedelta(days=3)
    assert back == d or d.day > 28


@given(days, st.integers(-90, 90))
def test_years_move_only_the_leap_day(d: date, years: int) -> None:
    moved = add_years(d, years)
    leap_day_lost = (d.month, d.day) == (2, 29) and not isleap(moved.year)
    assert (moved.month, moved.day) == ((2, 28) if leap_day_lost else (d.month, d.day))


@given(days, days)
def test_full_years_are_the_most_that_fit(start: date, end: date) -> None:
    years = full_years(start, end)
    assert add_years(start, years) <= end < add_years(start, years + 1)
    assert years == full_months(start, end) // 12


@given(days, st.integers(0, 600))
def test_full_months_undo_added_months(d: date, months: int) -> None:
    assert full_months(d, add_months(d, months)) == months


def test_forever_stays_forever_and_other_days_do_not_leave_the_calendar() -> None:
    assert add_years(FOREVER, 1) == FOREVER
    with pytest.raises(ValueError, match="ngoài lịch"):
        add_years(date(9999, 1, 1), 1)


@given(st.dates(date(1900, 3, 1), date(2100, 12, 31)), st.floats(0, 0.999))
def test_excel_serials_count_days(d: date, time_of_day: float) -> None:
    serial = (d - date(1899, 12, 30)).days + time_of_day
    assert excel_date(serial) == d


def test_excel_serials_before_its_false_leap_day_are_shifted_and_that_day_is_refused() -> None:
    assert excel_date(1) == date(1900, 1, 1)
    assert excel_date(59) == date(1900, 2, 28)
    assert excel_date(61) == date(1900, 3, 1)
    assert excel_date(45288) == date(2023, 12, 28) == excel_date(45288 - 1462, epoch_1904=True)
    for bad in (60, 0, -1, 10**9):
        with pytest.raises(BadDate):
            excel_date(bad)


def test_today_is_a_day_within_one_of_the_servers() -> None:
    assert abs(today() - date.today()) <= timedelta(days=1)
