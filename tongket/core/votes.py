"""Votes as counts only: what majority is needed, whether it was reached, and both said in words.

The base is everybody entitled, present or not, as the working regulations say; nobody's own vote is asked or kept,
in an open vote as in a secret one.
"""

from dataclasses import dataclass

from tongket.core.numbers import format_number

OVER_HALF, TWO_THIRDS = "over_half", "two_thirds"
_SAID = {OVER_HALF: "quá nửa", TWO_THIRDS: "ít nhất hai phần ba"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a vote came to: how many were needed of how many, and whether enough agreed."""

    majority: str
    entitled: int
    needed: int
    agree: int

    @property
    def passed(self) -> bool:
        """Whether the question was carried."""
        return self.agree >= self.needed

    @property
    def result(self) -> str:
        """The outcome in two words."""
        return "thông qua" if self.passed else "không thông qua"

    def words(self) -> str:
        """The rule, the number it asks for and the outcome, as a chair would read it out."""
        return (
            f"cần {_SAID[self.majority]} của {format_number(self.entitled)} người có quyền biểu quyết"
            f" = {format_number(self.needed)}; tán thành {format_number(self.agree)} → {self.result}"
        )


def needed_of(majority: str, entitled: int) -> int:
    """The least number of agreeing votes that carries a question. Raises KeyError for an unknown rule."""
    if majority not in _SAID:
        raise KeyError(majority)
    # Whole numbers throughout: a share of 0.5 or 2/3 as a float could put the line one off.
    return entitled // 2 + 1 if majority == OVER_HALF else -(-2 * entitled // 3)


def outcome_of(majority: str, entitled: int, agree: int) -> Outcome:
    """The outcome of `agree` votes when `entitled` might have agreed. Raises ValueError when none is entitled."""
    if entitled < 1:
        raise ValueError("a vote needs somebody who is entitled")
    return Outcome(majority, entitled, needed_of(majority, entitled), agree)


def uncounted(present: int, agree: int, disagree: int, abstain: int) -> int:
    """Those present who gave no vote, or a paper that is not valid."""
    return present - agree - disagree - abstain
