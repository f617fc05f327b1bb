"""Numbers told year by year: “kết nạp 140 đảng viên: năm 2020: 25, năm 2021: 27, … năm 2024: 31”."""

from __future__ import annotations

import re
from fractions import Fraction

from ..rounding import plain, printed
from ..view import COUNTS, View

__all__ = ["check_years"]

_BEFORE = re.compile(r" {0,2}(?::|là|có|kết nạp|trao|được|đạt)? {0,2}(?:là |có |được )?")
_AFTER = re.compile(r"[^,;.:()0-9]{0,24}\(? {0,2}(?:trong )?năm {1,2}$")
_OPENED = re.compile(r"[:(][^:(]{0,30}$|(?:gồm|trong đó|cụ thể|lần lượt)(?: là)?:? {0,2}(?:năm {1,2})?$")
_NOT_PART = re.compile(r"(?<![^\W\d_])(?:so với|tăng|giảm|cùng kỳ|chỉ tiêu|kế hoạch|lên|xuống)(?![^\W\d_])")


def check_years(view: View) -> None:
    """Judge every row of at least three years against the total before it."""
    for claims in view.by_sentence.values():
        row: list[tuple[int, int]] = []
        for i in claims[:80]:
            if view.number(i).role != "year" or view.claims[i].kind != "date":
                continue
            j = _count_of(view, i)
            if j is not None and (not row or view.value(i) == view.value(row[-1][0]) + 1):
                row.append((i, j))
            elif len(row) < 3:
                row = []
        if len(row) >= 3:
            _judge(view, row, claims)


def _count_of(view: View, i: int) -> int | None:
    """The count that a year is told with, right after it."""
    j = i + 1
    if j >= len(view.claims) or view.claims[j].sentence != view.claims[i].sentence:
        return None
    plainly = view.claims[j].kind in COUNTS and view.number(j).role == "count" and not view.claims[j].bound
    between = view.key[view.number(i).end : view.number(j).start]
    return j if plainly and _BEFORE.fullmatch(between) else None


def _judge(view: View, row: list[tuple[int, int]], claims: list[int]) -> None:
    first = row[0][0]
    before = [
        j for j in claims if j < first and view.claims[j].kind in COUNTS and view.number(j).role == "count"
    ]
    if not before or any(view.faulty(j) for _, j in row):
        return
    whole = before[-1]
    lead = view.key[view.number(whole, -1).end : view.number(first).start]
    stretch = view.key[view.number(whole, -1).end : view.number(row[-1][1]).start]
    if not _OPENED.search(lead) or _NOT_PART.search(stretch) or view.claims[whole].bound:
        return
    values = [view.value(j) for _, j in row]
    added, number = sum(values, Fraction(0)), view.number(whole)
    said = f"{' + '.join(map(plain, values))} = {plain(added)}"
    if added == view.value(whole):
        view.say(whole, "right", f"{said}, đúng bằng tổng đã nêu.")
    elif added > view.value(whole) or len(row) >= 3:
        view.say(whole, "wrong", f"{said}, không phải {number.text}.", printed(number, added), number)
