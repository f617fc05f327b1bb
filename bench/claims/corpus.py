"""The test set of claims: passages in the phrasing of year-end reports, each with what a reader must find in it.

`seen.yaml`, `second.yaml`, `third.yaml`, `fourth.yaml` and `fifth.yaml` are open to whoever writes the readers,
`kept.yaml` only measures. A claim says the words (`at`; `nth` when they occur before), its kind and values, the
figure it speaks of (`indicator`, none when nothing fits; `optional`: either is fine), the verdict of arithmetic and,
for a planted error, its sort (`fault`) and what should stand there (`right`).
`group` joins places of which any may be named for one fault: a total and its parts, a title and its text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from bench.claims.recompute import verdict_of

__all__ = ["FIGURE_KINDS", "OPEN", "PARTS", "Expected", "Fault", "Passage", "load", "problems"]

FOLDER = Path(__file__).resolve().parent
PARTS = ("seen", "second", "third", "fourth", "fifth", "kept")
#: What developers may read and list; the rest only measures.
OPEN = tuple(part for part in PARTS if part != "kept")
KINDS = (
    "count", "pair", "share", "target", "change", "new_total", "date", "span", "reference", "plain",
)  # fmt: skip
#: The kinds that say a number of something; the others are times, papers and numbers that claim nothing.
FIGURE_KINDS = KINDS[:6]
VERDICTS = ("wrong", "doubtful", "right", "not_checked")
_KEYS = {
    "at", "nth", "kind", "values", "unit", "indicator", "optional", "verdict", "check", "fault", "right", "group",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """One claim as a reader must find it."""

    start: int
    end: int
    at: str
    kind: str
    values: tuple[Decimal, ...]
    indicator: str | None
    optional: bool
    verdict: str
    check: str
    fault: str
    right: str
    group: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted error: any of `places` may be named for it. `verdict` is what it deserves: wrong or doubtful."""

    sort: str
    kind: str
    verdict: str
    right: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, a short passage or a whole short report."""

    id: str
    part: str
    text: str
    claims: tuple[Expected, ...]
    period: str = ""

    @property
    def figures(self) -> tuple[Expected, ...]:
        """The claims that say a number of something."""
        return tuple(one for one in self.claims if one.kind in FIGURE_KINDS)

    def faults(self) -> Iterator[Fault]:
        """The planted errors."""
        groups: dict[int, list[Expected]] = {}
        for place, one in enumerate(self.claims):
            if one.group or one.verdict in ("wrong", "doubtful"):
                groups.setdefault(one.group or -1 - place, []).append(one)
        for members in groups.values():
            named = [one for one in members if one.fault] or members
            first = min(named, key=lambda one: VERDICTS.index(one.verdict))
            right = next((one.right for one in members if one.right), "")
            places = tuple((one.start, one.end) for one in members)
            yield Fault(first.fault, first.kind, first.verdict, right, places)


def load(*parts: str) -> tuple[Passage, ...]:
    """The passages of the named parts (all when none is named)."""
    return tuple(one for part in parts or PARTS for one in _part(part))


@cache
def _raw(part: str) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{part}.yaml").read_text(encoding="utf-8"))
    return made


@cache
def _part(part: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            raw["id"],
            part,
            raw["text"],
            tuple(_expected(raw["text"], one) for one in raw["claims"]),
            str(raw.get("period", "")),
        )
        for raw in _raw(part)
    )


def _expected(text: str, raw: dict[str, Any]) -> Expected:
    start = -1
    for _ in range(raw.get("nth", 0) + 1):
        start = text.find(raw["at"], start + 1)
    return Expected(
        start,
        start + len(raw["at"]),
        raw["at"],
        raw["kind"],
        tuple(Decimal(str(value)) for value in raw.get("values", ())),
        raw.get("indicator"),
        bool(raw.get("optional")),
        raw["verdict"],
        raw.get("check", ""),
        raw.get("fault", ""),
        raw.get("right", ""),
        raw.get("group", 0),
    )


def problems(indicators: frozenset[str]) -> list[str]:
    """What is inconsistent in the test set itself; nothing when it can be trusted."""
    found, ids = [], set()
    for part in PARTS:
        for raw, passage in zip(_raw(part), _part(part), strict=True):
            if (part, passage.id) in ids:
                found.append(f"{part} {passage.id}: twice")
            ids.add((part, passage.id))
            for one, claim in zip(passage.claims, raw["claims"], strict=True):
                found.extend(
                    f"{passage.id} “{one.at}”: {what}" for what in _wrong_with(one, claim, indicators)
                )
            taken = sorted((one.start, one.end) for one in passage.claims)
            if any(a[1] > b[0] for a, b in pairwise(taken)):
                found.append(f"{passage.id}: claims overlap")
    return found


def _wrong_with(one: Expected, raw: dict[str, Any], indicators: frozenset[str]) -> Iterator[str]:
    if unknown := set(raw) - _KEYS:
        yield f"unknown field {unknown}"
    if one.start < 0:
        yield "not in the text"
    if one.kind not in KINDS or one.verdict not in VERDICTS:
        yield "unknown kind or verdict"
    if one.indicator is not None and one.indicator not in indicators:
        yield f"no figure {one.indicator}"
    if one.verdict in ("wrong", "doubtful") and not one.fault:
        yield "a verdict without a sort of fault"
    if one.check and not one.group and verdict_of(one.check) != one.verdict:
        yield f"{one.check} is {verdict_of(one.check)}, not {one.verdict}"
    if one.check and one.group and one.verdict in ("wrong", "doubtful") and verdict_of(one.check) == "right":
        yield f"{one.check} is right, yet a fault is planted"
    digits = one.at.replace(".", "").replace(",", ".")
    worded = any(word in one.at for word in _WORDS_FOR_NUMBERS)
    for value in one.values:
        if not worded and str(int(value) if value == value.to_integral() else value) not in digits:
            yield f"{value} is not in its words"


_WORDS_FOR_NUMBERS = (
    "một", "Một", "hai", "Hai", "ba ", "năm ", "không", "triệu", "vạn", "ngàn", "nghìn", "gấp đôi", "tỷ", "trăm",
)  # fmt: skip
