"""Means: “274 lớp bồi dưỡng … 23.450 lượt học viên, bình quân 85,6 học viên mỗi lớp”."""

from __future__ import annotations

import re

from tongket.core.text import fold

from ...reading.keys import words
from ..rounding import fit, fit_bound, plain, printed
from ..view import COUNTS, View

__all__ = ["check_means"]

_MEAN = re.compile(words("bình quân", "trung bình"))
_EACH = r"(?:mỗi|một|trên|/) {0,2}(?P<each>[^\W\d_][^,;.:()0-9]{0,28})"
_EACH_AFTER = re.compile(rf"[^,;.:()0-9]{{0,24}}?(?<![^\W\d_]){_EACH}")
_EACH_BEFORE = re.compile(
    r"(?:bình {1,2}quân|trung {1,2}bình) {1,2}(?:mỗi|một) {1,2}(?P<each>[^,;.:()0-9]{1,30})$"
)


def check_means(view: View) -> None:
    """Judge means of two counts that stand in the same sentence or the one before."""
    for i in view.of_kind("count"):
        before = view.before(i, 60)
        mean = _MEAN.search(re.split(r"[,;.:()]", before)[-1])
        if mean is None or view.claims[i].tense != "done":
            continue
        each = _EACH_BEFORE.search(before) or _EACH_AFTER.match(view.after(i, 60))
        if each is None:
            continue
        _judge(view, i, fold(each.group("each").strip()))


def _judge(view: View, i: int, each: str) -> None:
    unit = view.claims[i].unit
    near = [
        j
        for j in view.counts_near(i, 1)
        if j < i and not view.percent(j) and view.paragraph(j) == view.paragraph(i)
    ]
    bases = [j for j in near if view.claims[j].unit and _same(each, view.claims[j].unit)]
    wholes = [
        j for j in near if j not in bases and view.claims[j].within is None and unit and _about(view, j, unit)
    ]
    if len(bases) != 1 or len(wholes) != 1 or view.claims[bases[0]].bound or view.claims[wholes[0]].bound:
        return
    base, whole = view.value(bases[0]), view.value(wholes[0])
    number, bound = view.number(i), view.claims[i].bound
    if not base or view.claims[wholes[0]].kind not in COUNTS:
        return
    exact = whole / base
    said = f"{view.shown(wholes[0])} chia cho {view.shown(bases[0])} là {plain(exact, number.decimals + 1)}"
    if (fit_bound(exact, number, bound) if bound else fit(exact, number)) == "rounded":
        view.say(i, "right", f"{said}.")
    elif fit(exact, number) == "cut" or bound or abs(exact - view.value(i)) * 50 < exact:
        view.say(i, "doubtful", f"{said}, không phải {number.text}.", printed(number, exact), number)
    else:
        view.say(i, "wrong", f"{said}, không phải {number.text}.", printed(number, exact), number)


def _same(each: str, unit: str) -> bool:
    return each == unit or each.startswith(unit + " ") or unit.startswith(each + " ")


def _about(view: View, j: int, unit: str) -> bool:
    """Whether a count is of what the mean is of: “23.450 lượt học viên” of “85,6 học viên”."""
    claim = view.claims[j]
    return (
        claim.unit == unit
        or unit in claim.subject
        or (bool(view.sort(j)) and fold(claim.text).endswith(unit))
    )
