"""Limits in working days as the database counts them, and what reads of the year's judging where a rule decides."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection

from tests.figures.builder import World
from tongket.admissions.deadlines.limits import (
    ceremony_by,
    decide_by,
    decide_official_by,
    probation_end,
    review_by,
)
from tongket.admissions.models import Candidate, CandidateStep, ProbationStep
from tongket.core.periods import year
from tongket.core.workdays import working_days_between
from tongket.figures.engine import compute
from tongket.figures.readings.base import fill
from tongket.figures.readings.words import words, working_days
from tongket.figures.sources import READINGS
from tongket.rules.catalogue import rule

pytestmark = pytest.mark.django_db
_FIRST = date(2016, 8, 1)


def _counted(since: date, day: date) -> int:
    """The working days strictly between two days, as the text made for the database in use counts them."""
    macros = words(READINGS["candidates"], False, True, connection.vendor)
    text = fill("WITH {holidays} SELECT $n", n=working_days("%(since)s", "%(day)s")).format(**macros)
    if connection.vendor == "postgresql":
        text = text.replace("%(since)s", "CAST(%(since)s AS DATE)").replace(
            "%(day)s", "CAST(%(day)s AS DATE)"
        )
    with connection.cursor() as cursor:
        cursor.execute(text, {"since": since, "day": day})
        found: int = cursor.fetchone()[0]
    return found


def test_working_days_are_counted_by_the_database_as_by_the_calendar() -> None:
    rng = Random(7)
    for _ in range(300):
        since = _FIRST + timedelta(days=rng.randrange(6000))
        day = since + timedelta(days=rng.randrange(1, 150))
        assert _counted(since, day) == working_days_between(since, day - timedelta(days=1)), (since, day)


def test_a_probation_lasts_twelve_months_in_every_version_of_the_rule() -> None:
    # `figures.readings.admitting` counts a year; another length would need another text.
    assert {version.value for version in rule("prob.months").versions} == {12}


def _place(world: World) -> tuple[object, object]:
    top = world.place("district_committee", None)
    return top, world.place("grassroots_cell", top)


def test_a_decision_and_a_ceremony_are_late_from_the_day_after_the_last() -> None:
    rng, world = Random(3), World()
    top, cell = _place(world)
    late = {"decision": 0, "ceremony": 0}
    for number in range(120):
        identity = world.member().uid
        resolved = date(2023, 1, 3) + timedelta(days=rng.randrange(120))
        more, after = rng.choice((0, 10, 30)), rng.choice((-1, 0, 1))
        last = decide_by(resolved, "admission", more)
        assert last is not None
        decided = last + timedelta(days=after)
        received = decided + timedelta(days=rng.choice((0, 3)))
        until = ceremony_by(decided, received)
        assert until is not None
        held = until + timedelta(days=-after)
        late["decision"] += decided > last and decided.year == 2023
        late["ceremony"] += held > until and held.year == 2023
        world.add(
            Candidate,
            identity=identity,
            organisation=cell,
            full_name=f"Quần chúng {number}",
            birth_date=date(2000, 1, 1),
            gender="male",
            source_year=2023,
            nominated_on=date(2022, 1, 1),
        )
        for kind, on, columns in (
            ("resolution", resolved, {"base": 12, "agree": 8}),
            ("extended", resolved, {"days": more or None}),
            ("decision", decided, {}),
            ("received", received, {}),
            ("ceremony", held, {}),
        ):
            world.add(CandidateStep, candidate=identity, organisation=cell, kind=kind, on=on, **columns)
    world.save()
    figures = compute(top, year(2023)).own  # type: ignore[arg-type]
    assert figures["candidates.decisions.late"].value == late["decision"] > 10
    assert figures["candidates.ceremonies.late"].value == late["ceremony"] > 10
    assert figures["candidates.total"].value == 0


@pytest.mark.parametrize("ceremony", [date(2022, 3, 1), date(2024, 2, 29), date(2023, 5, 17)])
def test_a_probation_is_due_on_the_day_it_ends_and_late_after_the_last_day_for_the_review(
    ceremony: date,
) -> None:
    world = World()
    top, cell = _place(world)
    world.event(world.member(), "admitted", ceremony, cell)  # type: ignore[arg-type]
    world.save()
    end, last = probation_end(ceremony), review_by(ceremony)
    assert last is not None
    names = ("probations.stage.running", "probations.stage.due", "probations.late")

    def at(day: date) -> tuple[object, ...]:
        found = compute(top, year(day.year), as_at=day, ids=names).own  # type: ignore[arg-type]
        return tuple(found[name].value for name in names)

    assert at(end - timedelta(days=1)) == (1, 0, 0)
    assert at(end) == at(last) == (0, 1, 0)
    assert at(last + timedelta(days=1)) == (0, 1, 1)


def test_the_share_decided_in_time_is_of_all_decisions_on_official_status() -> None:
    world = World()
    top, cell = _place(world)
    resolved = date(2023, 3, 1)
    last = decide_official_by(resolved)
    assert last is not None
    for after in (-1, 0, 1):
        member = world.member()
        for kind, on, columns in (
            ("resolution", resolved, {"base": 3, "agree": 2}),
            ("decision", last + timedelta(days=after), {}),
        ):
            world.add(
                ProbationStep,
                member=member,
                organisation=cell,
                ceremony_on=date(2022, 2, 1),
                kind=kind,
                on=on,
                **columns,
            )
    world.save()
    figures = compute(top, year(2023)).own  # type: ignore[arg-type]
    assert figures["probations.decided.late"].value == 1
    assert str(figures["probations.decided.in_time_pct"].value) == "66.67"
