"""What is measured: the readers and judges of the product, each behind one small shape."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from typing import Any

__all__ = ["Found", "Said", "judged", "matcher", "read"]


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as the product reads it."""

    start: int
    end: int
    kind: str
    values: tuple[Decimal, ...]
    claim: Any


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict of the product on a place of the text."""

    start: int
    end: int
    kind: str
    verdict: str
    expected: str
    reason: str


def read(text: str) -> tuple[Any, tuple[Found, ...]]:
    """The product's reading of a text and its claims."""
    reading = import_module("tongket.claims.read").read(text)
    return reading, tuple(
        Found(one.start, one.end, one.kind, tuple(reading.numbers[n].value for n in one.numbers), one)
        for one in reading.claims
    )


def judged(reading: Any) -> tuple[Said, ...]:
    """Every verdict of the arithmetic inside the text, on claims and on references."""
    arithmetic = import_module("tongket.claims.arithmetic")
    checks = import_module("tongket.claims.reference_checks")
    of_claims = [(reading.claims[n], one) for n, one in arithmetic.judge(reading)]
    of_papers = [(reading.references[n], one) for n, one in checks.judge(reading.references, reading.text)]
    return tuple(
        Said(place.start, place.end, getattr(place, "kind", ""), one.verdict, one.expected, one.reason)
        for place, one in of_claims
    ) + tuple(
        Said(place.start, place.end, "reference", one.verdict, one.expected, one.reason)
        for place, one in of_papers
    )


def matcher() -> Callable[[Any, Any], str | None] | None:
    """The product's matching of a claim to a figure; None while that part is not there."""
    try:
        indicator_for = import_module("tongket.drafts.matching").indicator_for
    except (ImportError, AttributeError):
        return None

    def matched(claim: Any, reading: Any) -> str | None:
        said = indicator_for(claim, reading)
        return getattr(said, "indicator", said)

    return matched
