"""Sentences whose numbers are facts: a sentence is plain text with a mark where each figure stands.

The marks are private-use characters (as in `reports.word.context`), which are taken out of every text that comes from
a record, so no name can make one. `parts` turns a marked sentence into text and facts; text, HTML and slides are
written from those alone. A figure without a value cannot be told: the sentence that asks for it is left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tongket.core.text import tidy
from tongket.figures.types import Child
from tongket.reports.facts import Fact, ReportFacts
from tongket.reports.word.context import CLOSE, OPEN, clean

_MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")


class NothingToSay(Exception):
    """A figure has no value, or the reader may not know it: the sentence around it is left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence: plain text, or a figure as printed (`fact` set)."""

    text: str
    fact: Fact | None = None


class Teller:
    """Tells the figures of one report; `told` gathers the facts in the order in which they were asked for."""

    def __init__(self, facts: ReportFacts) -> None:
        self.facts = facts
        self.told: list[Fact] = []

    def n(self, id: str, form: str = "", *, before: bool = False, child: Child | None = None) -> str:
        """The mark of a figure. Raises `NothingToSay` when it has no value for this reader."""
        if self.value(id, before=before, child=child) is None:
            raise NothingToSay(id)
        self.told.append(self.facts.fact(id, child=child, before=before, form=form))
        return f"{OPEN}{len(self.told) - 1}{CLOSE}"

    def value(self, id: str, *, before: bool = False, child: Child | None = None) -> Decimal | int | None:
        """The figure's value; None when there is nothing to say or the reader may not know."""
        return self.facts.value(id, before=before, child=child)

    def above(self, *ids: str) -> bool:
        """Whether every one of the figures is above 0."""
        return all((self.value(id) or 0) > 0 for id in ids)

    def any_above(self, *ids: str) -> bool:
        """Whether one of the figures is above 0."""
        return any((self.value(id) or 0) > 0 for id in ids)

    def has(self, *ids: str) -> bool:
        """Whether every one of the figures has a value."""
        return all(self.value(id) is not None for id in ids)

    def series(self, *parts: tuple[str, str]) -> list[str]:
        """'7 văn bản của Trung ương': those above 0; `{}` in a text is where the number stands, else it comes first."""
        return [
            text.replace("{}", self.n(id)) if "{}" in text else f"{self.n(id)} {text}"
            for id, text in parts
            if self.above(id)
        ]

    def of(self, part: str, whole: str) -> str:
        """'52/53': a figure out of another."""
        return f"{self.n(part)}/{self.n(whole)}"

    def share(self, id: str) -> str:
        """', đạt tỷ lệ 98,11%'; nothing without a value."""
        return f", đạt tỷ lệ {self.n(id)}" if self.has(id) else ""

    def parts(self, sentence: str) -> tuple[Part, ...]:
        """A marked sentence as text and facts, in order."""
        found: list[Part] = []
        place = 0
        for mark in _MARK.finditer(sentence):
            if mark.start() > place:
                found.append(Part(sentence[place : mark.start()]))
            fact = self.told[int(mark[1])]
            found.append(Part(fact.text, fact))
            place = mark.end()
        if place < len(sentence):
            found.append(Part(sentence[place:]))
        return tuple(found)

    def plain(self, sentence: str) -> str:
        """A marked sentence as plain text."""
        return "".join(part.text for part in self.parts(sentence))

    def facts_in(self, sentence: str) -> list[Fact]:
        """The facts that a marked sentence tells."""
        return [self.told[int(mark[1])] for mark in _MARK.finditer(sentence)]


Sentence = Callable[[Teller], str]


def told(teller: Teller, sentences: Iterable[Sentence]) -> Iterator[str]:
    """The sentences that have something to say, in order."""
    for sentence in sentences:
        try:
            said = sentence(teller)
        except NothingToSay:
            continue
        if said:
            yield said


def said(text: str) -> str:
    """A text of a record as one clean line, without marks of ours."""
    return tidy(clean(text))


def joined(items: list[str], last: str = " và ") -> str:
    """'a, b và c'."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + last + items[-1]


def lower(text: str) -> str:
    """With a small first letter: names of roles and kinds in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def upper(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]
