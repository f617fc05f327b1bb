"""Percentages that name count and whole in their own words: “(9 TCCS đảng) bằng 20,9% của 45 đơn vị”."""

from __future__ import annotations

import re

from ...reading.keys import words
from ..rounding import fit, off_side, percent, plain
from ..view import View

__all__ = ["check_named"]

_IN_BRACKET = re.compile(r"[^,;.:()0-9]{0,30}\) {0,2}(?:chỉ )?(?:bằng|chiếm|đạt)(?: tỷ lệ)? {1,2}$")
_OF = re.compile(r" {0,2}(?:của|trong|trên|so với)(?: tổng)?(?: số)? {1,2}")
_THAT_IS = re.compile(
    rf"[^;.()0-9]{{0,90}}\( {{0,2}}(?:{words('cụ thể', 'tức', 'là', 'chính xác')}(?: là)?:? {{1,2}})?"
)


def check_named(view: View) -> None:
    """Judge them, and hedged percentages whose pair stands in the bracket after."""
    for i in view.of_kind("share"):
        if not 0 < i + 1 < len(view.claims) or not view.percent(i) or view.claims[i].tense == "goal":
            continue
        after = view.claims[i + 1]
        if after.sentence != view.claims[i].sentence or view.claims[i].counted is not None:
            continue
        if view.claims[i].bound and after.kind == "pair" and _THAT_IS.fullmatch(view.between(i, i + 1)):
            _bounded(view, i, i + 1)
        elif (
            not view.claims[i].bound and i and after.kind == "count" and _OF.fullmatch(view.between(i, i + 1))
        ):
            before = view.claims[i - 1]
            inside = view.before(i - 1, 2).endswith("(") and _IN_BRACKET.fullmatch(view.between(i - 1, i))
            if (
                before.kind == "count"
                and inside
                and not before.bound
                and view.sort(i - 1) == view.sort(i + 1)
            ):
                _ratio(view, i, i - 1, i + 1)


def _bounded(view: View, i: int, pair: int) -> None:
    """“Từ 90% đảng viên trở lên … (cụ thể 3.408/3.798 đồng chí)”."""
    base, number = view.value(pair, 1), view.number(i)
    if not base or view.value(pair) > base:
        return
    exact = view.value(pair) * 100 / base
    said = view.fraction(view.value(pair), base, max(1, number.decimals))
    if off_side(exact, number, view.claims[i].bound):
        view.say(i, "wrong", f"{said}: không đúng với “{view.shown(i)}”.", percent(exact, 1), number)
    else:
        view.say(i, "right", f"{said}.", base=plain(base))


def _ratio(view: View, i: int, count: int, whole: int) -> None:
    base, number = view.value(whole), view.number(i)
    if not base:
        return
    exact = view.value(count) * 100 / base
    said = f"{view.fraction(view.value(count), base, number.decimals)}; số gốc là {view.shown(whole)}"
    how = fit(exact, number)
    if how == "rounded":
        view.say(i, "right", f"{said}.", base=plain(base))
    else:
        right = percent(exact, number.decimals)
        view.say(
            i, "doubtful" if how == "cut" else "wrong", f"{said}, không phải {number.text}.", right, number
        )
