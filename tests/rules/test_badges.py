"""Marks of the badge, award days, early awards and the bonus."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core import codelists
from tongket.core.dates import add_years
from tongket.rules.badges import (
    award_days,
    award_round,
    bonus,
    early_months,
    mark_day,
    mark_due,
    marks_in_force,
    next_mark,
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
