"""Items in brackets after their names: “các đợt 3/2 (31 đồng chí), 19/5 (36), 2/9 (42) và 7/11 (34)”, and lists side
by side: “8 lớp cho 640 học viên, trong đó 3 lớp … (260 học viên), 5 lớp … (380 học viên)”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from ...reading.keys import words
from ...reading.vocabulary import OVERLAPPING
from ..rounding import plain, printed
from ..view import COUNTS, View

__all__ = ["check_brackets"]

_ALONE = re.compile(r"[^,;.:()0-9]{0,24}\)")
_BETWEEN = re.compile(r"[^,;.:()0-9]{0,24}\) {0,2}[,;]? {0,2}(?:và |và đợt )?[^()%]{1,60}\( {0,2}")
_OVERLAP = re.compile(words(*OVERLAPPING))
_NOT_PART = re.compile(
    words("chỉ tiêu", "kế hoạch", "năm trước", "cùng kỳ", "so với", "tăng", "giảm", "vượt")
)
_CLOSED = re.compile(words("gồm", "bao gồm", "các đợt", "qua các đợt", "lần lượt", "chia ra", "cụ thể"))


def check_brackets(view: View) -> None:
    """Judge every row of counts in brackets against the whole before it."""
    for claims in view.by_sentence.values():
        counts = [
            j
            for j in claims[:60]
            if view.claims[j].kind in COUNTS and view.number(j).role == "count" and not view.claims[j].bound
        ]
        row: list[int] = []
        for j in counts:
            if not (view.before(j, 3).rstrip().endswith("(") and _ALONE.match(view.after(j, 26))):
                continue
            if row and not _BETWEEN.fullmatch(view.between(row[-1], j)):
                _row(view, counts, row)
                row = []
            row.append(j)
        _row(view, counts, row)


def _row(view: View, counts: Sequence[int], row: Sequence[int]) -> None:
    if len(row) < 2 or any(view.faulty(j) for j in row):
        return
    first = view.number(row[0]).start
    sort = next((view.sort(j) for j in row if view.sort(j)), "")
    before = [
        j
        for j in counts
        if (j < row[0] and view.claims[j].within is None) or (j < row[0] and view.sort(j) == sort)
    ]
    wholes = [j for j in before if view.sort(j) == sort != "" and view.claims[j].kind == "count"]
    if not wholes:
        return
    whole = wholes[-1]
    start = view.number(whole, -1).end
    stretch = view.key[start : view.number(row[-1], -1).end]
    if len(stretch) > 600 or _NOT_PART.search(stretch) or view.faulty(whole):
        return
    values = [view.value(j) for j in row]
    added, total = sum(values, Fraction(0)), view.value(whole)
    said = f"{' + '.join(map(plain, values))} = {plain(added)}"
    if added == total:
        for j in (whole, *row):
            view.say(j, "right", f"{said}, đúng bằng tổng đã nêu.")
        return
    labels = view.key[start:first] + stretch
    beside = _beside(view, counts, row, whole)
    closed = _CLOSED.search(view.key[start:first]) is not None or beside
    if _OVERLAP.search(labels) and not beside:
        return
    if closed or (added > total and len(row) > 2):
        at = view.number(whole)
        view.say(whole, "wrong", f"{said}, không phải {plain(total)}.", printed(at, added), at)


def _beside(view: View, counts: Sequence[int], row: Sequence[int], whole: int) -> bool:
    """Whether the counts before each bracket make a whole of their own: then the brackets leave nothing out either."""
    items = [max((j for j in counts if j < one), default=None) for one in row]
    if None in items or len(set(items)) != len(items) or any(j in row or j == whole for j in items):
        return False
    of = [
        j for j in counts if j < (items[0] or 0) and j != whole and view.sort(j) == view.sort(items[0] or 0)
    ]
    added = sum((view.value(j) for j in items if j is not None), Fraction(0))
    return any(view.value(j) == added for j in of[-2:])
