"""How far a target was passed, in number and in per cent: “vượt 8 đồng chí (7,3%) so với chỉ tiêu”."""

from __future__ import annotations

import re

from .rounding import plain
from .view import COUNTS, View

__all__ = ["check_excess"]


def check_excess(view: View) -> None:
    """Judge every percentage that says once more by how much a target was passed or missed."""
    for i in view.of_kind("share", "target"):
        _over_in_percent(view, i)


def _over_in_percent(view: View, i: int) -> None:
    """“vượt 8 đồng chí (7,3%) so với chỉ tiêu”: the excess over what the target must have been."""
    if not i or not view.percent(i) or view.claims[i].bound:
        return
    by = view.claims[i - 1]
    opened = by.sentence == view.claims[i].sentence and re.fullmatch(
        r"[^,;.()0-9]{0,24}(?:\( {0,2}(?:tăng |vượt )?|, {0,2}(?:tức|tương đương|tương ứng)(?: với)?(?: vượt)? )",
        view.between(i - 1, i),
    )
    if not opened or by.kind != "target" or view.percent(i - 1) or by.counted is None or by.bound:
        return
    if view.claims[by.counted].kind not in COUNTS or view.number(by.counted).role != "count":
        return
    over, count, number = view.value(i - 1), view.value(by.counted), view.number(i)
    target = count + over if by.direction == "down" else count - over
    if target <= 0:
        return
    exact = over * 100 / target
    said = f"{plain(over)} trên chỉ tiêu {plain(target)} là {plain(exact, number.decimals + 1)}%"
    view.found.pop(i, None)
    view.say_percent(i, exact, said)
