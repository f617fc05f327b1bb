"""Percentages in a list: each of those that have reached a threshold, and the mean of a row."""

from __future__ import annotations

import re
from fractions import Fraction

from ...reading.keys import words
from ..rounding import fit, percent, plain
from ..view import View

__all__ = ["check_rates"]

_MEAN = re.compile(
    rf"{words('bình quân', 'trung bình', 'tính chung', 'bình quân chung')}[^,;.:()0-9]{{0,30}}$"
)
_NEXT = re.compile(r"[^.()]{0,60}")
_NAMED = re.compile(r"[A-ZĐÀ-Ỹ][^\W\d_]*(?: [A-ZĐÀ-Ỹ][^\W\d_]*){0,4}(?: [0-9])?(?: \(| đạt|:)? ?$")


def check_rates(view: View) -> None:
    """Judge lists below a threshold, and means of percentages."""
    for claims in view.by_sentence.values():
        shares = [i for i in claims[:60] if view.claims[i].kind == "share" and view.percent(i)]
        if len(shares) < 3:
            continue
        _threshold(view, shares)
        _mean(view, shares)


def _threshold(view: View, shares: list[int]) -> None:
    """“6 xã đạt từ 90% trở lên là Hoà Sơn (100%), … Đồng Phú (89,4%)”: none of them may be below."""
    for place, i in enumerate(shares):
        if view.claims[i].bound not in ("at_least", "over"):
            continue
        listed = [j for j in shares[place + 1 :] if _named(view, j) and not view.claims[j].bound]
        if len(listed) < 2 or listed[0] != shares[place + 1]:
            return
        for j in listed:
            if view.value(j) < view.value(i):
                reason = f"Kể trong số đạt “{view.shown(i)}” mà chỉ có {view.number(j).text}."
                view.say(j, "wrong", reason)
        return


def _named(view: View, j: int) -> bool:
    start = view.number(j).start
    return _NAMED.search(view.reading.text, max(0, start - 60), start) is not None


def _mean(view: View, shares: list[int]) -> None:
    """A mean of a row lies between its least and its greatest; the plain mean is right."""
    for place, i in enumerate(shares):
        row = shares[:place]
        if len(row) < 2 or not _MEAN.search(view.before(i, 60)) or view.claims[i].bound:
            continue
        start = len(row) - 1
        while start > 0 and _NEXT.fullmatch(view.between(row[start - 1], row[start])):
            start -= 1
        values = [view.value(j) for j in row[start:]]
        if len(values) < 2 or len(view.between(row[-1], i)) > 80:
            continue
        middle, number = sum(values, Fraction(0)) / len(values), view.number(i)
        said = f"Bình quân của {', '.join(map(plain, values))} là {plain(middle, number.decimals + 1)}%"
        if fit(middle, number) == "rounded":
            view.say(i, "right", f"{said}.")
        elif not min(values) <= view.value(i) <= max(values):
            view.say(
                i, "wrong", f"{said}, không phải {number.text}.", percent(middle, number.decimals), number
            )
        return
