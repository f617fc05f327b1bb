"""Marks of the badge, award days, early awards and the bonus."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core import codelists
from tongket.core.dates import FOREVER, add_years
from tongket.rules.badges import (
    Mark,
    Money,
    award_days,
    award_round,
    bonus,
    delay_by,
    early_mark,
    early_months,
    latest_start,
    mark_day,
    mark_due,
    marks_in_force,
    money,
    next_mark,
    posthumous_mark,
    previous_award_day,
)
from tongket.rules.catalogue import NoRuleInForce

starts = st.dates(date(1930, 2, 3), date(2020, 1, 1))
days = st.dates(date(2012, 1, 1), date(2035, 12, 31))


def test_marks_of_the_years() -> None:
    assert marks_in_force(date(2023, 12, 31)) == (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)
    assert 45 not in marks_in_force(date(2014, 2, 3))
    assert marks_in_force(date(2026, 9, 2))[-1] == 95
    with pytest.raises(NoRuleInForce):
        marks_in_force(date(2000, 1, 1))


@given(starts, days)
def test_the_mark_due_is_the_highest_whose_day_has_come(start: date, on: date) -> None:
    reached = [m for m in marks_in_force(on) if mark_day(start, m) <= on]
    assert mark_due(start, on) == (reached[-1] if reached else None)


@given(starts, days)
def test_the_next_mark_lies_ahead_and_nothing_lies_between(start: date, on: date) -> None:
    ahead = next_mark(start, on)
    due = mark_due(start, on) or 0
    if ahead is None:
        assert due == marks_in_force(on)[-1]
    else:
        mark, day = ahead
        assert day == add_years(start, mark) > on
        assert not [m for m in marks_in_force(on) if due < m < mark]


@given(days)
def test_a_mark_is_given_on_the_first_award_day_from_the_day_it_is_reached(reached: date) -> None:
    given_on = award_round(reached)
    assert given_on >= reached and given_on in award_days(given_on.year)
    between = (reached + timedelta(days=n) for n in range((given_on - reached).days))
    assert not [d for d in between if d in award_days(d.year)]


def test_award_days_are_the_rounds_of_the_code_list() -> None:
    assert [f"{d:%d%m}" for d in award_days(2023)] == [
        c for c in codelists.AWARD_ROUND.values if c != "other"
    ]
    assert award_days(1999) == (date(1999, 2, 3), date(1999, 5, 19), date(1999, 9, 2), date(1999, 11, 7))


@pytest.mark.parametrize(
    ("mark", "on", "months"),
    [
        (30, date(2023, 9, 2), 12),
        (65, date(2023, 9, 2), 12),
        (70, date(2023, 9, 2), 24),
        (90, date(2018, 9, 2), 12),
    ],
)
def test_the_gravely_ill_receive_it_earlier(mark: int, on: date, months: int) -> None:
    assert early_months(mark, on) == months


def test_the_bonus_is_a_multiple_of_the_base_salary_of_the_day() -> None:
    assert bonus(30, date(2024, 9, 2)) == 3_510_000
    assert bonus(80, date(2024, 9, 2)) == 35_100_000
    assert bonus(30, date(2023, 2, 3)) == 2_235_000
    assert bonus(45, date(2024, 9, 2)) is None


@pytest.mark.parametrize(
    ("form", "decided", "award_day", "months"),
    [
        # 24-QĐ/TW, point 27.3: reprimand 6, warning 9, removal 12 months.
        ("reprimand", date(2023, 8, 4), date(2024, 2, 3), 6),
        ("warning", date(2023, 5, 4), date(2024, 2, 3), 9),
        ("removal", date(2023, 2, 4), date(2024, 2, 3), 12),
        # 29-QĐ/TW, point 27.3: warning 6, removal 12; a reprimand delayed nothing. The award day's version counts.
        ("warning", date(2019, 8, 4), date(2020, 2, 3), 6),
        ("reprimand", date(2020, 1, 4), date(2020, 2, 3), None),
        ("warning", date(2021, 1, 4), date(2021, 9, 2), 9),
    ],
)
def test_discipline_delays_by_form_and_by_the_version_of_the_award_day(
    form: str, decided: date, award_day: date, months: int | None
) -> None:
    found = delay_by(form, decided, FOREVER, award_day)
    assert (found.months if found else None) == months
    if found:
        assert found.waiting
        # On the day after the months only the confirmation is missing; once it is there, nothing is.
        later = delay_by(form, decided, FOREVER, found.until)
        assert later is not None and not later.waiting
        assert delay_by(form, decided, found.until, found.until) is None


def test_a_later_decision_and_a_day_before_the_rules_delay_nothing() -> None:
    assert delay_by("warning", date(2024, 2, 4), FOREVER, date(2024, 2, 3)) is None
    assert delay_by("warning", date(2016, 1, 1), FOREVER, date(2016, 5, 19)) is None


def test_after_death_twelve_months_at_most() -> None:
    begun, died = date(1974, 12, 1), date(2023, 12, 1)
    assert posthumous_mark(begun, died, date(2024, 2, 3)) == Mark(50, date(2024, 12, 1))
    assert posthumous_mark(date(1974, 12, 2), died, date(2024, 2, 3)) == Mark(45, date(2019, 12, 2))
    assert posthumous_mark(begun, died, date(2024, 12, 2)) is None  # a year after the death
    assert posthumous_mark(begun, died, date(2023, 11, 7)) is None  # still alive
    assert posthumous_mark(begun, died, date(2024, 2, 3), given=50) is None


def test_who_can_be_early() -> None:
    day = date(2024, 2, 3)
    assert early_mark(date(1956, 2, 3), day) == Mark(70, date(2026, 2, 3))
    assert early_mark(date(1956, 2, 4), day) is None
    assert early_mark(date(1995, 2, 3), day) == Mark(30, date(2025, 2, 3))
    assert early_mark(date(1995, 2, 3), day, given=30) is None


@given(st.dates(date(1930, 1, 1), date(2000, 12, 31)), st.sampled_from([30, 40, 55, 70]), st.integers(-3, 3))
def test_the_latest_start_of_a_mark_is_the_last_that_reaches_it(start: date, mark: int, off: int) -> None:
    on = mark_day(start, mark) + timedelta(days=off)
    last = latest_start(mark, on)
    assert mark_day(last, mark) <= on < mark_day(last + timedelta(days=1), mark)


def test_the_sum_never_takes_an_unknown_bonus_as_nothing() -> None:
    assert money([30, 45, 45, 40], date(2024, 2, 3)) == Money(Decimal(6_300_000), 2, 2)
    assert money([90], date(2024, 2, 3)) == Money(Decimal(0), 0, 1)
    assert money([30], date(2012, 2, 3)) == Money(Decimal(0), 0, 1)  # no table is known for that day


def test_the_award_day_before_a_day() -> None:
    assert previous_award_day(date(2024, 2, 3)) == date(2023, 11, 7)
    assert previous_award_day(date(2024, 2, 4)) == date(2024, 2, 3)
