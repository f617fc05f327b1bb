"""The forecast: each number is the number of names behind it, children add up, and years pass as one would wait."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.honours.badging.conftest import dies, veteran
from tests.world import World
from tongket.honours.acts import add_badge_award
from tongket.honours.badging.forecast import coming_days, forecast, names
from tongket.honours.badging.reading import due_on
from tongket.honours.drafts import BadgeAwardDraft

START = date(2024, 1, 1)


@pytest.fixture
def old(world: World) -> World:
    for n in range(24):
        cell = ("PA1", "PA2", "PB1", "VP")[n % 4]
        veteran(world, f"F{n}", cell, date(1955 + 2 * n % 45, n % 12 + 1, n + 1))
    return world


def test_forty_award_days_from_the_day_on(world: World) -> None:
    days = coming_days(START)
    assert len(days) == 40 and days[0] == date(2024, 2, 3) and days[-1] == date(2033, 11, 7)
    assert coming_days(date(2024, 2, 4))[-1] == date(2034, 2, 3)


def test_each_number_is_that_of_the_names_and_children_add_up(old: World) -> None:
    made = forecast(old["QS"], START)
    assert sum(made.own.values()) > 20
    for (day, mark), number in made.own.items():
        assert number == len(names(old["QS"], START, day, mark)) > 0
    for cell in made.own:
        assert made.own[cell] == sum(counter[cell] for counter in made.by_child.values())
    assert [code for _, code, _ in made.children] == ["PA", "PB", "VP"]
    assert made.unknown == 1
    assert sum(row["so"] for row in made.chart_rows()) == sum(made.own.values())


def test_it_is_what_the_due_lists_of_these_days_will_say(old: World) -> None:
    made = forecast(old["QS"], START, years=3)
    for day in made.days:
        due = [d.mark for d in due_on(old["QS"], day) if d.state == "due" and d.ground == "due"]
        assert {mark: due.count(mark) for mark in due} == {
            mark: number for (on, mark), number in made.own.items() if on == day
        }


def test_the_dead_and_those_given_early_are_left_out(world: World) -> None:
    veteran(world, "F1", "PA1", date(1994, 5, 1))
    veteran(world, "F2", "PA1", date(1994, 5, 1))
    cell = (date(2024, 5, 19), 30)
    assert forecast(world["PA"], START).own[cell] == 2
    dies(world, "F1", date(2023, 6, 1))
    add_badge_award(
        BadgeAwardDraft(world["F2"], world["PA1"], 30, "0711", date(2023, 11, 7), early=True), by=None
    )
    assert forecast(world["PA"], START).own[cell] == 0
    assert names(world["PA"], START, *cell) == []


def test_the_questions_do_not_grow(old: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        forecast(old["QS"], START)
    assert len(asked) <= 4
