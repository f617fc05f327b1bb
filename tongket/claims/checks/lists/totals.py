"""Totals after their items, unit by unit: “… 7 tập thể, 10 cá nhân; … tổng cộng 26 tập thể, 37 cá nhân”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from ...reading.keys import words
from ..rounding import plain, printed
from ..view import View

__all__ = ["check_totals"]

_TOLD = re.compile(rf"{words('tổng cộng', 'cộng', 'tổng số', 'cả thảy', 'tất cả')}(?: (?:là|có))?:? {{1,2}}$")
_ADDED = re.compile(rf"{words('cộng với', 'cùng với', 'cộng thêm')} {{1,2}}$")
_MAKES = re.compile(r"[^,;.:()0-9]{0,40}(?<![^\W\d_])(?:là|thành|được|bằng) {1,2}$")
_NOT_PART = re.compile(
    words("chỉ tiêu", "kế hoạch", "so với", "tăng", "giảm", "trong đó", "bình quân", "gồm")
)


def check_totals(view: View) -> None:
    """Judge totals of several units, and totals of two numbers that are added."""
    for claims in view.by_sentence.values():
        counts = [
            j
            for j in claims[:60]
            if view.claims[j].kind == "count" and view.number(j).role == "count" and not view.claims[j].bound
        ]
        told = [j for j in counts if _TOLD.search(view.before(j, 30))]
        if len(told) == 1:
            _by_unit(view, counts, told[0])
        for a, b, c in zip(counts, counts[1:], counts[2:], strict=False):
            if _ADDED.search(view.before(b, 16)) and _MAKES.fullmatch(view.between(b, c)):
                _judge(view, c, [a, b])


def _by_unit(view: View, counts: Sequence[int], told: int) -> None:
    """Each total by the items of its own unit; only where items of every unit were told."""
    items, totals = [j for j in counts if j < told], [j for j in counts if j >= told]
    units = [view.claims[j].unit for j in totals]
    if len(totals) < 2 or "" in units or len(set(units)) < len(units) or len(items) < 2 * len(totals):
        return
    if {view.claims[j].unit for j in items} != set(units) or any(
        view.claims[j].within is not None for j in items
    ):
        return
    if _NOT_PART.search(view.key[view.number(items[0]).end : view.number(totals[-1]).start]):
        return
    for j, unit in zip(totals, units, strict=True):
        _judge(view, j, [k for k in items if view.claims[k].unit == unit])


def _judge(view: View, i: int, items: Sequence[int]) -> None:
    added, number = sum((view.value(j) for j in items), Fraction(0)), view.number(i)
    said = f"{' + '.join(plain(view.value(j)) for j in items)} = {plain(added)}"
    if added == view.value(i):
        view.say(i, "right", f"{said}.")
    elif not view.faulty(i):
        view.say(i, "wrong", f"{said}, không phải {number.text}.", printed(number, added), number)
