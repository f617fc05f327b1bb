"""Putting together what two entries say of a person over time. Pure: spans of days with the values that held.

Spans are in order, do not overlap and end exclusively. Where an entry says nothing of a day, the other speaks alone.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """The values that held from a day to a day (exclusive); `origin` is where they were written down."""

    start: date
    end: date
    values: Values
    origin: str = ""


def at(spans: Sequence[Span], day: date) -> Span | None:
    """The span that holds on a day."""
    return next((s for s in spans if s.start <= day < s.end), None)


def woven(
    timelines: Sequence[Sequence[Span]], pick: Callable[[Sequence[Span | None]], tuple[Values, str] | None]
) -> list[Span]:
    """One timeline out of several: `pick` says of each stretch, from what each says there, what shall hold.

    `pick` gives the values and their origin, or None for nothing. Neighbours that say the same become one span.
    """
    days = sorted({day for spans in timelines for s in spans for day in (s.start, s.end)})
    found: list[Span] = []
    for start, end in pairwise(days):
        chosen = pick([at(spans, start) for spans in timelines])
        if chosen is None:
            continue
        values, origin = chosen
        last = found[-1] if found else None
        if last is not None and last.end == start and dict(last.values) == dict(values):
            found[-1] = Span(last.start, end, last.values, last.origin)
        else:
            found.append(Span(start, end, values, origin))
    return found


def joined(kept: Sequence[Span], gone: Sequence[Span], from_gone: Collection[str]) -> list[Span]:
    """The details of one person out of two entries: the kept one's, but for the fields taken from the other."""

    def pick(said: Sequence[Span | None]) -> tuple[Values, str] | None:
        ours, theirs = said
        if ours is None or theirs is None:
            alone = ours or theirs
            return None if alone is None else (alone.values, alone.origin)
        taken = {name: value for name, value in theirs.values.items() if name in from_gone}
        return {**ours.values, **taken}, ours.origin

    return woven([kept, gone], pick)


def restored(before: Sequence[Span], merged: Sequence[Span], now: Sequence[Span]) -> list[Span]:
    """The kept person's own details again: as before the merge, with the fields that were changed since."""

    def pick(said: Sequence[Span | None]) -> tuple[Values, str] | None:
        own, then, current = said
        if own is None:
            changed = current is not None and (then is None or dict(current.values) != dict(then.values))
            return (current.values, current.origin) if changed and current is not None else None
        since = {}
        if current is not None and then is not None:
            since = {name: v for name, v in current.values.items() if v != then.values.get(name)}
        return {**own.values, **since}, own.origin

    return woven([before, merged, now], pick)
