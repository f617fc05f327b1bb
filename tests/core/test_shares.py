"""Dividing a whole so that the parts add up exactly, against the definition of largest remainder."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.shares import apportion, step_of

WEIGHTS = st.lists(st.integers(0, 300), min_size=1, max_size=30).filter(any)
STEPS = st.sampled_from([Decimal(1), Decimal("0.1"), Decimal("0.01")])


@given(steps=st.integers(0, 5000), weights=WEIGHTS, step=STEPS)
def test_parts_add_up_exactly_and_stay_within_a_step_of_their_quota(
    steps: int, weights: list[int], step: Decimal
) -> None:
    total = steps * step
    parts = apportion(total, weights, step)
    quotas = [Fraction(total) * w / sum(weights) for w in weights]
    assert sum(parts) == total
    assert all(abs(Fraction(p) - q) < Fraction(step) for p, q in zip(parts, quotas, strict=True))
    assert all(p % step == 0 and p >= 0 for p in parts)
    assert all(p == 0 for p, w in zip(parts, weights, strict=True) if w == 0)


@given(total=st.integers(0, 5000), weights=WEIGHTS)
def test_who_weighs_more_never_gets_less(total: int, weights: list[int]) -> None:
    parts = apportion(Decimal(total), weights)
    pairs = sorted(zip(weights, parts, strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(pairs) if a[0] < b[0])


@given(total=st.integers(0, 8), weights=st.lists(st.integers(0, 6), min_size=1, max_size=4).filter(any))
def test_no_other_division_lies_nearer_to_the_quotas(total: int, weights: list[int]) -> None:
    def all_ways(left: int, count: int) -> list[list[int]]:
        if count == 1:
            return [[left]]
        return [[n, *rest] for n in range(left + 1) for rest in all_ways(left - n, count - 1)]

    quotas = [Fraction(total * w, sum(weights)) for w in weights]

    def distance(parts: list[int]) -> Fraction:
        return sum(((p - q) ** 2 for p, q in zip(parts, quotas, strict=True)), Fraction(0))

    found = [int(part) for part in apportion(Decimal(total), weights)]
    assert distance(found) == min(distance(parts) for parts in all_ways(total, len(weights)))


def test_equal_remainders_go_to_the_greater_weight_then_to_the_first() -> None:
    assert apportion(Decimal(3), [1, 1]) == [2, 1]
    assert apportion(Decimal(85), [1] * 53)[:33] == [2] * 32 + [1]


@pytest.mark.parametrize(
    ("total", "weights", "step"),
    [
        (Decimal(5), [0, 0], Decimal(1)),
        (Decimal(5), [], Decimal(1)),
        (Decimal(5), [2, -1], Decimal(1)),
        (Decimal(-5), [1], Decimal(1)),
        (Decimal("5.5"), [1], Decimal(1)),
    ],
)
def test_what_cannot_be_divided_is_said(total: Decimal, weights: list[int], step: Decimal) -> None:
    with pytest.raises(ValueError, match="chia"):
        apportion(total, weights, step)


@pytest.mark.parametrize(
    ("total", "decimals", "step"),
    [("85.00", 0, "1"), ("85.50", 0, "0.1"), ("100", 0, "1"), ("98.11", 0, "0.01"), ("85", 2, "0.01")],
)
def test_the_step_is_as_fine_as_the_figure_or_the_total_is_written(
    total: str, decimals: int, step: str
) -> None:
    assert step_of(Decimal(total), decimals) == Decimal(step)
