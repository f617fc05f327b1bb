"""Numbers said in a row, their percentages in a row: “10 xuất sắc, 28 tốt và 2 hoàn thành, lần lượt 25%, 70% và 5%”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...model import Number
from ..building import Sketch
from ..keys import words
from .listing import COUNTS, gap_between, is_percent

__all__ = ["series"]

_NEXT = re.compile(r" {0,2}(?:[,;]|và|[,;] {0,2}và) {0,2}(?:hơn |gần |trên )?")
_OPENS = re.compile(
    words("lần lượt", "tương ứng", "chiếm", "tỷ lệ", "tỉ lệ", "đạt", "bằng") + r"[^;.()0-9]{0,50}$"
)
_IN_ROW = re.compile(words("lần lượt", "tương ứng", "theo thứ tự"))
_MOST = 12  # percentages of a row looked at
_LONGEST = 90  # characters between two counts of a row


def series(
    key: str, numbers: Sequence[Number], found: Sequence[Sketch], figures: Sequence[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """The counts and the percentages that belong to each other in their order."""
    place = 0
    while place < len(figures):
        shares = _run(key, numbers, found, figures, place)
        if len(shares) >= 2 and place:
            lead = gap_between(key, numbers, found[figures[place - 1]], found[shares[0]])
            counts = _counts(key, numbers, found, figures, place, len(shares))
            if counts and _OPENS.search(lead) and (len(shares) > 2 or _IN_ROW.search(lead)):
                yield counts, shares
        place += max(1, len(shares))


def _run(
    key: str, numbers: Sequence[Number], found: Sequence[Sketch], figures: Sequence[int], place: int
) -> list[int]:
    """Percentages with nothing but commas between them."""
    run: list[int] = []
    for i in figures[place : place + _MOST]:
        if found[i].kind != "share" or not is_percent(numbers, found[i]):
            break
        if run and (
            found[i].sentence != found[run[0]].sentence
            or not _NEXT.fullmatch(gap_between(key, numbers, found[run[-1]], found[i]))
        ):
            break
        run.append(i)
    return run


def _counts(
    key: str,
    numbers: Sequence[Number],
    found: Sequence[Sketch],
    figures: Sequence[int],
    place: int,
    many: int,
) -> list[int]:
    """As many counts right before, in the same sentence and near each other; none when there are fewer."""
    counts = list(figures[max(0, place - many) : place])
    sentence = found[figures[place]].sentence
    alike = all(found[i].kind in COUNTS and found[i].sentence == sentence for i in counts)
    if len(counts) < many or not alike:
        return []
    near = all(len(gap_between(key, numbers, found[a], found[b])) <= _LONGEST for a, b in pairwise(counts))
    return counts if near else []
