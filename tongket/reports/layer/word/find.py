"""Finding a printed figure again when its marks are gone: by its position among the others, its value, what stands
around it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongket.reports.layer.word.embedded import Printed

Span = tuple[int, int]

_NUMBER = re.compile(r"(?<![\w.,/-])[+-]?[0-9]+(?:[.,][0-9]+)*%?(?![0-9])")
#: Cells of the comparison that are worked through for one file, so that a hostile one costs at most a second or two.
_BUDGET = 300_000
#: A region between two known figures that is no longer than this is a sentence or a row.
_NEAR = 300
_LEAST = 10


@dataclass(frozen=True, slots=True)
class _Lost:
    order: int
    place: Printed


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    text: str


def locate(
    text: str, known: Mapping[int, Span], taken: Iterable[Span], lost: Mapping[int, Printed]
) -> dict[int, Span]:
    """Order of a lost place → where it stands now.

    `known` are the places that still have their marks, by their order; `taken` are all stretches that belong to a mark.
    """
    anchors = _increasing(sorted(known.items()))
    borders = [(-1, (0, 0)), *anchors, (max([*known, *lost, 0]) + 1, (len(text), len(text)))]
    free = sorted(taken)
    found: dict[int, Span] = {}
    budget = _BUDGET
    ordered = [_Lost(order, place) for order, place in sorted(lost.items())]
    orders = [item.order for item in ordered]
    for (before, left), (after, right) in pairwise(borders):
        missing = ordered[bisect_right(orders, before) : bisect_left(orders, after)]
        if not missing or right[0] <= left[1]:
            continue
        candidates = _candidates(text, (left[1], right[0]), missing, free)
        budget -= _search(text, missing, candidates, right[0] - left[1], found, budget)
    return found


def _increasing(known: Sequence[tuple[int, Span]]) -> list[tuple[int, Span]]:
    """The longest run of places that stand in their old order: the others were moved."""
    tails: list[int] = []
    ends: list[int] = []
    back = [-1] * len(known)
    for at, (_, (start, _end)) in enumerate(known):
        place = bisect_left(tails, start)
        back[at] = ends[place - 1] if place else -1
        if place == len(tails):
            tails.append(start)
            ends.append(at)
        else:
            tails[place], ends[place] = start, at
    chain: list[tuple[int, Span]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(known[at])
        at = back[at]
    return chain[::-1]


def _candidates(text: str, region: Span, missing: Sequence[_Lost], taken: Sequence[Span]) -> list[_Found]:
    """Numbers in a region, and the words that are printed in place of one; none that another mark holds."""
    start, end = region
    spans = {match.span() for match in _NUMBER.finditer(text, start, end)}
    for words in {item.place.text for item in missing if not _NUMBER.fullmatch(item.place.text)}:
        if words:
            spans |= set(_of_words(text, words, start, end))
    starts = [span[0] for span in taken]

    def is_free(span: Span) -> bool:
        at = bisect_left(starts, span[1])
        return all(taken[i][1] <= span[0] for i in range(max(at - 2, 0), at))

    return [_Found(a, b, text[a:b]) for a, b in sorted(spans) if is_free((a, b))]


def _of_words(text: str, words: str, start: int, end: int) -> Iterator[Span]:
    at = text.find(words, start, end)
    while at >= 0:
        stop = at + len(words)
        if not text[at - 1 : at].isalnum() and not text[stop : stop + 1].isalnum():
            yield at, stop
        at = text.find(words, stop, end)


def _search(
    text: str,
    missing: Sequence[_Lost],
    candidates: Sequence[_Found],
    length: int,
    found: dict[int, Span],
    budget: int,
) -> int:
    """Pair the lost places of a region with what stands there; returns the work that it took."""
    if not missing or not candidates:
        return 0
    work = len(missing) * len(candidates)
    if work <= min(budget, 4_000):
        _align(text, missing, candidates, length, found)
        return work
    sure = _sure(text, missing, candidates)
    if not sure:
        if work <= budget:
            _align(text, missing, candidates, length, found)
            return work
        return 0
    spent = 0
    last_lost = last_candidate = 0
    for at, to in [*sure, (len(missing), len(candidates))]:
        inner, inside = missing[last_lost:at], candidates[last_candidate:to]
        if inner and inside and len(inner) * len(inside) <= budget - spent:
            _align(text, inner, inside, inside[-1].end - inside[0].start, found)
            spent += len(inner) * len(inside)
        if at < len(missing):
            found[missing[at].order] = (candidates[to].start, candidates[to].end)
        last_lost, last_candidate = at + 1, to + 1
    return spent


def _sure(text: str, missing: Sequence[_Lost], candidates: Sequence[_Found]) -> list[tuple[int, int]]:
    """Pairs that cannot be mistaken: the value with what stands before it occurs once among both."""
    mine = [(item.place.text, item.place.before[-_LEAST:]) for item in missing]
    theirs = [(item.text, text[max(item.start - _LEAST, 0) : item.start]) for item in candidates]
    once_mine, once_theirs = Counter(mine), Counter(theirs)
    place = {key: at for at, key in enumerate(theirs)}
    pairs = [
        (at, (place[key], place[key]))
        for at, key in enumerate(mine)
        if key[1] and once_mine[key] == 1 and once_theirs.get(key) == 1
    ]
    return [(at, span[0]) for at, span in _increasing(pairs)]


def _align(
    text: str, missing: Sequence[_Lost], candidates: Sequence[_Found], length: int, found: dict[int, Span]
) -> None:
    """The pairing in order with the greatest likeness in all."""
    alone = length <= _NEAR and len(candidates) == len(missing)
    rows, columns = len(missing), len(candidates)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    likeness = [[_likeness(text, m.place, c, alone) for c in candidates] for m in missing]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < rows and j < columns:
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            found[missing[i].order] = (candidates[j].start, candidates[j].end)
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _likeness(text: str, place: Printed, candidate: _Found, alone: bool) -> int:
    """How likely `candidate` is the lost place; 0: it is not."""
    before = _common(
        place.before[::-1], text[max(candidate.start - len(place.before), 0) : candidate.start][::-1]
    )
    after = _common(place.after, text[candidate.end : candidate.end + len(place.after)])
    if candidate.text == place.text:
        return 20 + before + after if alone or before >= 2 or after >= 2 else 0
    if (before >= min(_LEAST, len(place.before)) and place.before) or (alone and before >= 2 and after >= 2):
        return 1 + before + after
    return 0


def _common(first: str, second: str) -> int:
    count = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        count += 1
    return count
