"""A reading as the checks look at it: values of claims, the words around them, who speaks of the same thing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from ..model import Claim, Judgement, Number, Reading, Verdict
from ..reading.keys import key as key_of
from ..reading.keys import line_starts, plain_key
from ..reading.vocabulary import COUNT_UNITS
from .rounding import fit, percent, plain

__all__ = ["COUNTS", "View"]

#: Claims that state how many.
# A sentence of a report has no more claims and is no longer; a table pasted as one line may be.
_MATES, _FAR = 24, 1_000
COUNTS = frozenset({"count", "pair", "new_total"})


class View:
    """Reads only; `found` holds what the checks before have said, so that a later one need not repeat a fault."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.claims: Sequence[Claim] = reading.claims
        self.numbers: Sequence[Number] = reading.numbers
        self.key = key_of(reading.text)
        self.found: dict[int, list[Judgement]] = {}

    # --- answers -------------------------------------------------------------------------------------------

    def say(
        self, i: int, verdict: Verdict, reason: str, expected: str = "", at: Number | None = None, **data: str
    ) -> None:
        """Keep a judgement of a claim; `at` is the number that `expected` should take the place of."""
        start, end = (at.start, at.end) if at is not None and expected else (None, None)
        judgement = Judgement(verdict, "arithmetic", reason, expected, start, end, data=data)
        kept = self.found.setdefault(i, [])
        if judgement not in kept:
            kept.append(judgement)

    def say_percent(self, i: int, exact: Fraction, said: str) -> None:
        """Judge a claim's per cent by what it must be; `said` is how that is reckoned, in words."""
        number = self.number(i)
        how = fit(exact, number)
        if how == "rounded":
            self.say(i, "right", f"{said}.")
        else:
            verdict: Verdict = "doubtful" if how == "cut" else "wrong"
            right = percent(exact, number.decimals)
            self.say(i, verdict, f"{said}, không phải {number.text}.", right, number)

    def faulty(self, i: int) -> bool:
        """Whether a check has already found the claim wrong."""
        return any(judgement.verdict == "wrong" for judgement in self.found.get(i, ()))

    # --- looking ------------------------------------------------------------------------------------------

    def number(self, i: int, place: int = 0) -> Number:
        """A number of a claim, the first unless told."""
        return self.numbers[self.claims[i].numbers[place]]

    def value(self, i: int, place: int = 0) -> Fraction:
        """The value of a number of a claim."""
        return Fraction(self.number(i, place).value)

    def sort(self, i: int) -> str:
        """The class of what a claim counts: "person", "organisation"; "" when its unit is not known."""
        return self._sorts[i]

    @cached_property
    def _sorts(self) -> list[str]:
        from tongket.core.text import fold

        by_folded = {fold(unit): sort for unit, sort in COUNT_UNITS.items()}
        return [by_folded.get(claim.unit, "") for claim in self.claims]

    def percent(self, i: int) -> bool:
        """Whether the claim's number is a percentage."""
        return self.number(i).role in ("percent", "points")

    def shown(self, i: int) -> str:
        """A claim's own writing, for reasons."""
        return " ".join(self.claims[i].text.split())

    def sentence(self, i: int) -> str:
        """The key of the sentence in which a claim stands, at most `_FAR` characters to each side."""
        start, end = self.reading.sentences[self.claims[i].sentence]
        return self.key[max(start, self.claims[i].start - _FAR) : min(end, self.claims[i].end + _FAR)]

    def mates(self, i: int) -> list[int]:
        """The claims of a claim's sentence, itself among them, at most `_MATES` to each side."""
        own = self.by_sentence[self.claims[i].sentence]  # one after the other, as the claims are
        return list(range(max(own[0], i - _MATES), min(own[-1], i + _MATES) + 1))

    def before(self, i: int, length: int = 60) -> str:
        """The key right before a claim's first number, within its sentence."""
        first = self.number(i).start
        return self.key[max(self.reading.sentences[self.claims[i].sentence][0], first - length) : first]

    def after(self, i: int, length: int = 60) -> str:
        """The key right after a claim's last number, within its sentence."""
        last = self.number(i, -1).end
        return self.key[last : min(self.reading.sentences[self.claims[i].sentence][1], last + length)]

    def between(self, i: int, j: int) -> str:
        """The key between two claims."""
        return self.key[self.number(i, -1).end : self.number(j).start]

    def in_bracket_after(self, i: int) -> int | None:
        """The figure in a bracket right after a claim, only years between: “so với năm 2018 (9 đảng viên)”."""
        for j in range(i + 1, min(i + 4, len(self.claims))):
            if self.claims[j].sentence != self.claims[i].sentence:
                return None
            if self.claims[j].kind == "date":
                continue
            between = self.between(i, j)
            plain = len(between) < 80 and between.rstrip().endswith("(") and between.count("(") == 1
            return j if plain and not any(c in between for c in ",;") else None
        return None

    def paragraph(self, i: int) -> int:
        """The position at which the paragraph of a claim begins."""
        return self._lines[bisect_right(self._lines, self.claims[i].start) - 1]

    @cached_property
    def _lines(self) -> list[int]:
        return line_starts(self.key)

    @cached_property
    def own_name(self) -> frozenset[str]:
        """The words of the name of the body whose text it is: of the first that is named."""
        first = next((m for m in self.reading.mentions if m.kind == "body" and m.start < 300), None)
        if first is not None and plain_key(first.text).startswith(("ubkt", "uy ban kiem tra", "chi bo")):
            return frozenset()  # one of several that act in the text
        return frozenset(plain_key(first.text).split()) if first else frozenset()

    @cached_property
    def by_sentence(self) -> dict[int, list[int]]:
        """The claims of each sentence in order."""
        found: dict[int, list[int]] = {}
        for i, claim in enumerate(self.claims):
            found.setdefault(claim.sentence, []).append(i)
        return found

    @cached_property
    def parts(self) -> dict[int, list[int]]:
        """The parts of each claim that has parts."""
        found: dict[int, list[int]] = {}
        for i, claim in enumerate(self.claims):
            if claim.within is not None:
                found.setdefault(claim.within, []).append(i)
        return found

    def of_kind(self, *kinds: str) -> Iterator[int]:
        """The claims of these kinds."""
        return (i for i, claim in enumerate(self.claims) if claim.kind in kinds)

    def counts_near(self, i: int, reach: int = 2) -> list[int]:
        """Counts and pairs around a claim, the nearest first: in its sentence before it, after it, then farther off."""
        sentence = self.claims[i].sentence
        own = [j for j in self.mates(i) if j != i and self.claims[j].kind in COUNTS]
        order = [j for j in reversed(own) if j < i] + [j for j in own if j > i]
        for away in range(1, reach + 1):
            for other in (sentence - away, sentence + away):
                near = self.by_sentence.get(other, [])
                near = near[-_MATES:] if other < sentence else near[:_MATES]
                order += [j for j in near if self.claims[j].kind in COUNTS]
        return order

    def fraction(self, count: Fraction, base: Fraction, decimals: int) -> str:
        """“52/53 = 98,113%”: with one digit more than printed, so that rounding can be seen."""
        return f"{plain(count)}/{plain(base)} = {plain(count * 100 / base, decimals + 1)}%"
