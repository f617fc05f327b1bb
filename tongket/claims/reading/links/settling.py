"""Links put right once all are known: what stands in one bracket belongs together, a whole is not what is stated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...model import Number
from ..building import Sketch
from .listing import COUNTS, gap_between

__all__ = ["settle"]

#: “(đạt 117,4% chỉ tiêu, 172/150 đảng viên)”
_IN_BRACKET = re.compile(r"[^;.()0-9]{0,40}, {0,2}(?:tức |cụ thể )?")
_OPENED = re.compile(r"\([^()]{0,30}$")


def settle(key: str, numbers: Sequence[Number], found: list[Sketch], figures: Sequence[int]) -> None:
    """Give shares of a whole back to the count that they state, and targets to the pair in their own bracket."""
    wholes = {
        found[i].base: i
        for i in figures
        if found[i].kind == "share" and found[i].said and found[i].counted != found[i].base
    }
    for place, i in enumerate(figures):
        me = found[i]
        if (
            me.kind == "share"
            and me.counted is not None
            and me.counted in wholes
            and wholes[me.counted] < i
            and me.counted < i
        ):
            stated = found[wholes[me.counted]].counted
            if stated is not None and me.base is not None and me.base != me.counted:
                me.counted = stated  # “chiếm 13,1% trong 236 …, bằng 18,5% tổng số 168 …”: both of one count
        elif me.kind == "target" and place + 1 < len(figures):
            _of_bracket(key, numbers, found, figures, place)


def _of_bracket(
    key: str, numbers: Sequence[Number], found: list[Sketch], figures: Sequence[int], place: int
) -> None:
    me, following = found[figures[place]], found[figures[place + 1]]
    if following.kind != "pair" or following.sentence != me.sentence:
        return
    start = numbers[me.numbers[0]].start
    opened = _OPENED.search(key, max(0, start - 40), start)
    before = found[figures[place - 1]] if place else None
    inside = opened is not None and (before is None or numbers[before.numbers[-1]].end <= opened.start())
    if inside and _IN_BRACKET.fullmatch(gap_between(key, numbers, me, following)):
        counted = me.counted
        if counted is None or found[counted].kind in COUNTS:
            me.counted = figures[place + 1]
