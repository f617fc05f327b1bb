"""The record sets behind all figures are those that the figures count and the record lists name."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.declarations import EVERY_FIELD
from tests.figures.test_recount import question, written
from tongket.books.checking.reasons import token
from tongket.figures.engine import compute
from tongket.figures.records import records
from tongket.figures.sets import record_sets
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Count, Sum

pytestmark = pytest.mark.django_db
seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=5)
@given(seeds)
def test_as_many_tokens_as_records_at_the_organisation_and_at_every_child(seed: int) -> None:
    with written(seed) as world:
        organisation, period, as_at, moment = question(Random(seed), world)
        figures = compute(organisation, period, as_at=as_at, as_known_at=moment)
        sets = record_sets(figures)
        rows = {organisation.pk: figures.own, **figures.by_child}
        for place, row in rows.items():
            for id, figure in row.items():
                counted = sum(sets.tokens(key, place).total() for part, key in sets.pieces(id) if part == "+")
                assert counted == figure.records, (id, place)
                assert (sets.fingerprint(id, place) == "") == (
                    not any(sets.tokens(key, place) for _part, key in sets.pieces(id))
                )


@settings(max_examples=4)
@given(seeds)
def test_the_tokens_are_those_of_the_listed_records(seed: int) -> None:
    rng = Random(seed)
    with written(seed) as world:
        organisation, period, as_at, moment = question(rng, world)
        plain = {id: i for id, i in EVERY_FIELD.items() if isinstance(i.formula, Count | Sum)}
        ids = rng.sample(sorted(plain), 40)
        figures = compute(
            organisation, period, as_at=as_at, as_known_at=moment, ids=ids, catalogue=EVERY_FIELD
        )
        sets = record_sets(figures, ids, catalogue=EVERY_FIELD)
        for id in ids:
            listed = records(
                id, organisation, period, as_at=as_at, as_known_at=moment, catalogue=EVERY_FIELD
            ).rows
            ((_part, key),) = sets.pieces(id)
            found = sets.tokens(key, organisation.pk)
            keys = Counter({int(text.partition("=")[0]): 0 for text in found})
            for text, times in found.items():
                keys[int(text.partition("=")[0])] += times
            assert keys == Counter(token(row)[1] for row in listed), id


@settings(max_examples=4)
@given(seeds)
def test_equal_sets_have_equal_fingerprints_and_other_sets_others(seed: int) -> None:
    with written(seed) as world:
        organisation, period, as_at, moment = question(Random(seed), world)
        figures = compute(organisation, period, as_at=as_at, as_known_at=moment, children=False)
        sets = record_sets(figures)
        by_print: dict[str, Counter[str]] = {}
        for id, declared in INDICATORS.items():
            if isinstance(declared.formula, Count):
                ((_part, key),) = sets.pieces(id)
                tokens = sets.tokens(key, organisation.pk)
                assert by_print.setdefault(sets.fingerprint(id, organisation.pk), tokens) == tokens
        assert len({tuple(sorted(one.items())) for one in by_print.values()}) == len(by_print)
