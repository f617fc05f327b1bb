"""The majority rule, against exact fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.votes import needed_of, outcome_of, uncounted

people = st.integers(min_value=1, max_value=100_000)


@given(people, st.integers(min_value=0, max_value=100_000))
def test_over_half_is_carried_exactly_when_more_than_half_of_all_entitled_agree(
    entitled: int, agree: int
) -> None:
    outcome = outcome_of("over_half", entitled, agree)
    assert outcome.passed == (Fraction(agree, entitled) > Fraction(1, 2))


@given(people, st.integers(min_value=0, max_value=100_000))
def test_two_thirds_is_carried_exactly_from_two_thirds_on(entitled: int, agree: int) -> None:
    outcome = outcome_of("two_thirds", entitled, agree)
    assert outcome.passed == (Fraction(agree, entitled) >= Fraction(2, 3))


@given(st.sampled_from(["over_half", "two_thirds"]), people)
def test_one_vote_fewer_than_needed_does_not_carry_and_everybody_always_does(
    majority: str, entitled: int
) -> None:
    needed = needed_of(majority, entitled)
    assert outcome_of(majority, entitled, needed).passed
    assert not outcome_of(majority, entitled, needed - 1).passed
    assert 1 <= needed <= entitled


def test_the_rule_and_the_outcome_are_said_in_words() -> None:
    assert outcome_of("over_half", 35, 20).words() == (
        "cần quá nửa của 35 người có quyền biểu quyết = 18; tán thành 20 → thông qua"
    )
    assert outcome_of("two_thirds", 35, 23).words() == (
        "cần ít nhất hai phần ba của 35 người có quyền biểu quyết = 24; tán thành 23 → không thông qua"
    )


def test_half_of_an_even_number_is_not_enough() -> None:
    assert not outcome_of("over_half", 34, 17).passed
    assert outcome_of("over_half", 34, 18).passed


def test_a_vote_of_nobody_and_an_unknown_rule_are_errors() -> None:
    with pytest.raises(ValueError, match="entitled"):
        outcome_of("over_half", 0, 0)
    with pytest.raises(KeyError):
        needed_of("plurality", 35)


def test_who_gave_no_valid_vote_is_counted_apart() -> None:
    assert uncounted(30, 20, 5, 3) == 2
