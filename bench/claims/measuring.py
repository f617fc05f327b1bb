"""One run over the test set: everything that is counted, for the product and for the naive check beside it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.claims.baseline import naive
from bench.claims.corpus import Passage, load
from bench.claims.reader import judged, matcher, read
from bench.claims.scoring import (
    Arithmetic,
    Counts,
    Miss,
    Ratios,
    score_arithmetic,
    score_matching,
    score_reading,
)

__all__ = ["BARS", "Measured", "measure"]

#: (precision, recall) aimed at.
BARS = {"arithmetic": (0.95, 0.90), "matching": (0.90, 0.80)}


@dataclass(slots=True)
class Measured:
    """What one run over a part of the test set gave."""

    passages: int = 0
    numbers_read: int = 0
    numbers_judged: int = 0
    arithmetic: Arithmetic = field(default_factory=Arithmetic)
    baseline: Arithmetic = field(default_factory=Arithmetic)
    reading: Ratios = field(default_factory=lambda: defaultdict(Counts))
    matching: Counts | None = None
    misses: list[Miss] = field(default_factory=list)

    @property
    def read(self) -> Counts:
        """All kinds of claims together."""
        every = Counts()
        for one in self.reading.values():
            every.said += one.said
            every.said_right += one.said_right
            every.there += one.there
            every.found += one.found
        return every


def measure(*parts: str) -> Measured:
    """Run the product and the naive check over the named parts (all when none is named)."""
    made, matched = Measured(), matcher()
    if matched is not None:
        made.matching = Counts()
    for passage in load(*parts):
        made.passages += 1
        reading, found = read(passage.text)
        said = judged(reading)
        _numbers(made, reading)
        score_arithmetic(passage, said, made.arithmetic)
        score_arithmetic(passage, naive(passage.text), made.baseline)
        score_reading(passage, found, made.reading, made.misses)
        if matched is not None and made.matching is not None:
            score_matching(
                passage,
                found,
                lambda claim, reading=reading: matched(claim, reading),
                made.matching,
                made.misses,
            )
    made.misses[:0] = made.arithmetic.misses
    return made


def _numbers(made: Measured, reading: object) -> None:
    claims: Iterable[object] = getattr(reading, "claims", ())
    made.numbers_read += len(getattr(reading, "numbers", ()))
    made.numbers_judged += len({n for one in claims for n in getattr(one, "numbers", ())})


def sentences(passages: Iterable[Passage]) -> int:
    """How many sentences there are, by the stops that end them."""
    return sum(
        sum(part.strip() != "" for line in one.text.splitlines() for part in line.split(". "))
        for one in passages
    )
