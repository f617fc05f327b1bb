"""Every figure of the catalogue against a second, literal reading of its declaration, in random worlds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.figures.balance import BALANCE, PARTS
from tests.figures.builder import EPOCHS, World
from tests.figures.chance import LAST, some_day
from tests.figures.declarations import EVERY_FIELD
from tests.figures.recount import Recount
from tests.figures.worlds import random_world
from tongket.core.periods import Period, parse_period
from tongket.core.problems import Refused
from tongket.figures.engine import compute
from tongket.figures.plan import additive, plan_for
from tongket.figures.records import records
from tongket.figures.types import FigureSet
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Ratio, Sum, Total
from tongket.organisations.models import Organisation

pytestmark = pytest.mark.django_db

_CODES = "2023 2023 2022 2024 2023-H1 2023-H2 2023-Q1 2023-Q4 2023-06 2024-02 2023-9M 2020-2025 2020-2025-H1"
PERIODS = tuple(map(parse_period, _CODES.split(" ")))
# Now, on the very moments of recording, between them, and long after.
MOMENTS = (
    None,
    None,
    None,
    *EPOCHS,
    datetime(2024, 5, 1, 8, 30, tzinfo=UTC),
    datetime(2025, 1, 1, tzinfo=UTC),
)
seeds = st.integers(0, 2**32 - 1)


@contextmanager
def written(seed: int, **more: Any) -> Iterator[World]:
    """A random world in the database, gone afterwards."""
    with transaction.atomic():
        yield random_world(seed, **more)
        transaction.set_rollback(True)


def question(rng: Random, world: World) -> tuple[Organisation, Period, date, datetime | None]:
    """Any organisation, period, day and moment that may be asked."""
    places: list[Organisation] = world.rows[Organisation]
    organisation = places[0] if rng.random() < 0.6 else rng.choice(places)
    while True:
        period, moment = rng.choice(PERIODS), rng.choice(MOMENTS)
        as_at = period.end if rng.random() < 0.5 else some_day(rng, period.start, max(LAST, period.end))
        if as_at >= max(period.start, organisation.founded_on):
            return organisation, period, as_at, moment


def asked(seed: int, world: World) -> tuple[FigureSet, Recount]:
    """The engine's answer and the recount, to one random question."""
    organisation, period, as_at, moment = question(Random(seed), world)
    figures = compute(organisation, period, as_at=as_at, as_known_at=moment)
    return figures, Recount(world, period, as_at, moment)


@given(seeds)
def test_every_figure_is_what_counting_by_hand_gives_and_the_parts_add_up_to_the_whole(seed: int) -> None:
    with written(seed) as world:
        figures, recount = asked(seed, world)
        check_own(figures, recount)
        check_children(figures, recount)
        check_parts(figures)


def check_own(figures: FigureSet, recount: Recount) -> None:
    """The figures of the organisation."""
    for name, figure in figures.own.items():
        by_hand = recount.figure(INDICATORS, INDICATORS[name], figures.organisation.pk)
        got = (figure.value, figure.numerator, figure.denominator, figure.records)
        assert got == (by_hand.value, by_hand.numerator, by_hand.denominator, by_hand.records), name


def check_children(figures: FigureSet, recount: Recount) -> None:
    """The figures of each child."""
    for child, own in figures.by_child.items():
        for name, figure in own.items():
            by_hand = recount.figure(INDICATORS, INDICATORS[name], figures.organisation.pk, child)
            assert (figure.value, figure.records) == (by_hand.value, by_hand.records), (name, child)


def check_parts(figures: FigureSet) -> None:
    """The children's records and the organisation's own are all that it has."""
    for name, indicator in INDICATORS.items():
        if additive(INDICATORS, indicator) and figures.own[name].value is not None:
            own = records(
                name,
                figures.organisation,
                figures.period,
                as_at=figures.as_at,
                as_known_at=figures.as_known_at,
                child=figures.organisation.pk,
            )
            below = sum(of_child[name].records for of_child in figures.by_child.values())
            assert own.count + below == figures.own[name].records, name


@given(seeds)
def test_the_number_shown_is_the_number_of_records_listed(seed: int) -> None:
    with written(seed) as world:
        figures, _ = asked(seed, world)
        rng = Random(seed)
        where = (figures.organisation, figures.period)
        when: dict[str, Any] = {"as_at": figures.as_at, "as_known_at": figures.as_known_at}
        for name in rng.sample(sorted(figures.own), 60):
            for child, figure in [
                (None, figures.own[name]),
                *((c, f[name]) for c, f in figures.by_child.items()),
            ]:
                listed = records(name, *where, child=child, **when)
                assert (listed.count, len(listed.rows)) == (figure.records, figure.records), (name, child)
                check_amounts(name, figure, listed)


def check_amounts(name: str, figure: Any, listed: Any) -> None:
    """A count is its records; the amounts of a sum's records add up to it."""
    formula = INDICATORS[name].formula
    if isinstance(formula, Sum):
        assert (
            sum(row.amount for row in listed.rows) == (figure.numerator or 0) == (listed.total_amount or 0)
        ), name
    elif not isinstance(formula, Ratio | Total):
        assert figure.value == len(listed.rows), name


@given(seeds)
def test_every_field_and_operator_of_every_source_reads_as_by_hand(seed: int) -> None:
    with written(seed) as world:
        rng = Random(seed)
        names = rng.sample(sorted(EVERY_FIELD), 150)
        organisation, period, as_at, moment = question(rng, world)
        figures = compute(
            organisation, period, as_at=as_at, as_known_at=moment, ids=names, catalogue=EVERY_FIELD
        )
        recount = Recount(world, period, as_at, moment)
        for name, figure in figures.own.items():
            by_hand = recount.figure(EVERY_FIELD, EVERY_FIELD[name], organisation.pk)
            assert (figure.numerator, figure.records) == (by_hand.numerator, by_hand.records), name
            listed = records(
                name,
                organisation,
                period,
                as_at=as_at,
                as_known_at=moment,
                limit=3,
                offset=1,
                catalogue=EVERY_FIELD,
            )
            assert (listed.count, len(listed.rows)) == (figure.records, max(0, min(3, figure.records - 1))), (
                name
            )


@given(seeds)
def test_the_books_balance_end_is_opening_plus_increase_less_decrease(seed: int) -> None:
    with written(seed, consistent=True) as world:
        for place in world.rows[Organisation]:
            for period in PERIODS:
                try:
                    figures = compute(place, period, catalogue=BALANCE, children=False)
                except Refused:
                    continue
                value = {name: figures.own[name].value for name in BALANCE}
                change = sum(sign * value[name] for name, sign in PARTS.items())
                assert value["t.end"] == value["t.opening"] + change, (place.pk, period.code, value)


@hypothesis_settings(max_examples=10)  # what is counted hardly depends on the world
@given(seeds)
def test_one_query_a_source_and_moment(seed: int) -> None:
    with written(seed) as world:
        organisation, period, as_at, moment = question(Random(seed), world)
        with CaptureQueriesContext(connection) as asked_for:
            compute(organisation, period, as_at=as_at, as_known_at=moment)
        assert len(asked_for) <= len(plan_for(None, None).groups) + 3
