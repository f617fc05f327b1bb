"""How claims hang together: what a percentage is of, which count it states, and what is a part of what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Number
from . import cues
from .building import FIGURES, Sketch
from .listing import BRACKET_NEXT, COUNTS, PartLists, gap_between, is_percent

__all__ = ["link"]

_STATED = 160  # characters between a count and the percentage that states it
_TOTAL = re.compile(r"(?<![^\W\d_])tổng {1,2}số(?![^\W\d_])[^,;:.()]{0,40}$")
_AGAINST = re.compile(r" {0,2}so {1,2}với {1,2}")
_OF_CHANGE = re.compile(r"(?:\(|(?:tỷ lệ|tỉ lệ|tương ứng|tương đương|tức|bằng)(?: với)?(?: tỷ lệ)?) {0,2}$")
_HEDGED = r"(?: {0,2}(?:trên|hơn|gần|khoảng|ước|xấp xỉ|dưới|chiếm|đạt|tương đương)){0,3} {0,2}$"
_BARE_OPENER = re.compile(rf"\({_HEDGED}")
_BARE_COMMA = re.compile(rf"[,=-]{_HEDGED}")
_CHANGED = re.compile(r"; {0,2}(?:tăng|giảm|bằng)(?![^\W\d_])[^;]{0,20}$")
_FAR = re.compile(r"[;\n]")


def link(key: str, numbers: Sequence[Number], found: list[Sketch], spans: Sequence[tuple[int, int]]) -> None:
    """Fill `counted`, `base` and `within` of the sketches."""
    figures = [i for i, sketch in enumerate(found) if sketch.kind in FIGURES]
    PartLists(key, numbers, found, spans).run(figures)
    for place, i in enumerate(figures):
        if found[i].kind in ("share", "target", "change"):
            _counted(key, numbers, found, figures, place)
    for place, i in enumerate(figures):
        if found[i].kind == "share":
            _base(key, numbers, found, figures, place)


def _counted(
    key: str, numbers: Sequence[Number], found: list[Sketch], figures: list[int], place: int
) -> None:
    """The count that a percentage (or a change in number) speaks of: the one just before, or in the bracket after."""
    me = found[figures[place]]
    before = found[figures[place - 1]] if place else None
    if before is not None and before.sentence != me.sentence:
        before = None
    after = found[figures[place + 1]] if place + 1 < len(figures) else None
    moved = after is not None and me.kind == after.kind == "change" and len(after.numbers) == 2
    if moved and after is not None and after.sentence == me.sentence:
        first = numbers[after.numbers[0]].start
        if "(từ" in key[max(0, first - 6) : first]:
            me.counted = figures[place + 1]  # “giảm 15,56% (từ 45 xuống 38)”
            return
    aside = found[figures[place - 2]] if place > 1 and before is not None else None
    if (
        aside is not None
        and before is not None
        and before.kind == "count"
        and me.kind in ("target", "change")
    ):
        opened = "(" in gap_between(key, numbers, aside, before) and aside.sentence == me.sentence
        if opened and ")" in gap_between(key, numbers, before, me):
            # “đạt 121% chỉ tiêu (90 đảng viên) và đạt 145% …”, “kết nạp 88 đảng viên (chỉ tiêu 85), vượt 3,5%”
            me.counted = figures[place - 2] if aside.kind in COUNTS else aside.counted
            return
    stated_before = before is not None and _states(key, numbers, before, me)
    if me.kind == "change" and me.sort and before is not None and before.sort not in ("", me.sort):
        me.counted = _same_sort(found, figures, place)
        return
    if (
        me.kind == "share"
        and after is not None
        and after.kind in ("count", "pair")
        and after.sentence == me.sentence
    ):
        opens = BRACKET_NEXT.fullmatch(gap_between(key, numbers, me, after))
        bracket = key[numbers[me.numbers[-1]].end : numbers[after.numbers[0]].start].rstrip().endswith("(")
        if (
            opens
            and numbers[after.numbers[0]].value > 0
            and (bracket or not stated_before)
            and not (stated_before and _tight(key, numbers, before, me))
        ):
            me.counted = figures[place + 1]
            return
    if stated_before and before is not None:
        me.counted = _said_of(key, numbers, found, before, figures[place - 1], me)


def _same_sort(found: list[Sketch], figures: list[int], place: int) -> int | None:
    """“kiểm tra 5 tổ chức, 8 đảng viên (tăng 2 tổ chức …)”: the count of the same unit, else of the same sort."""
    me = found[figures[place]]
    counts = [
        f
        for f in figures[max(0, place - 5) : place]
        if found[f].kind in COUNTS and found[f].sentence == me.sentence
    ]
    same = [f for f in counts if found[f].unit == me.unit] or [f for f in counts if found[f].sort == me.sort]
    return same[-1] if same else None


def _said_of(
    key: str, numbers: Sequence[Number], found: list[Sketch], before: Sketch, position: int, me: Sketch
) -> int | None:
    """Which claim a percentage or change is said of, when the figure just before leads to it."""
    if before.kind in COUNTS:
        listed = before.within is not None and me.kind == "change" and found[before.within].kind in COUNTS
        later = any(one.within == before.within for one in found[max(0, position - 6) : position])
        return before.within if listed and later else position  # after a list: of the whole
    if before.kind == "share" and me.kind == "target" and numbers[me.numbers[0]].role == "points":
        return position
    if before.kind == "share" and me.kind == "change" and is_percent(numbers, me):
        return position  # the percentage itself has changed: points
    if (
        before.kind == "change"
        and me.kind == "share"
        and _OF_CHANGE.search(gap_between(key, numbers, before, me)[-30:])
    ):
        return position  # giảm 2 đảng viên, tỷ lệ 3,92%
    if before.kind == "change" and me.kind == "change" and len(before.numbers) == 2:
        return position  # tăng từ 195 lên 200, tăng 5
    return before.counted


def _tight(key: str, numbers: Sequence[Number], before: Sketch | None, me: Sketch) -> bool:
    """“chiếm {p}%” or “({p}%” right after the count: that is the count it states, whatever follows."""
    if before is None or before.kind not in COUNTS:
        return False
    gap = gap_between(key, numbers, before, me)
    if gap.rstrip().endswith("("):
        return True
    _, comma, lead = gap.rpartition(",")
    said = cues.SHARE_BEFORE.search(lead[-60:])
    return said is not None and (
        not comma or not lead[: len(lead) - len(said.group())].strip()
    )  # not “, nữ chiếm”


def _states(key: str, numbers: Sequence[Number], before: Sketch, me: Sketch) -> bool:
    """Whether the figure before is what this percentage is said of."""
    gap = gap_between(key, numbers, before, me)
    if len(gap) > _STATED or "\n" in gap:
        return False
    if _FAR.search(gap) and me.kind != "target" and not (me.kind == "change" and _CHANGED.search(gap)):
        return False
    if cues.PARTS.search(gap):
        return False
    between = numbers[before.numbers[-1] + 1 : me.numbers[0]]
    if me.kind == "share":
        passing = ("mark", "span", "ordinal") if before.kind == "pair" else ("mark",)
        if any(number.role not in passing for number in between) or gap.find(")") >= 0 > gap.find(
            "(", 0, gap.find(")")
        ):
            return False
        if before.kind == "share" and before.counted is None:
            return False
        said = cues.SHARE_BEFORE.search(gap[-60:]) is not None or _BARE_OPENER.search(gap[-40:]) is not None
        if not said and not me.unit:
            said = _BARE_COMMA.search(gap[-40:]) is not None
        return said and not cues.NEW_CLAUSE.search(gap.rpartition(",")[2])
    if me.kind == "target":
        return "." not in gap.replace("...", "") and ";" not in gap
    return not cues.NEW_CLAUSE.search(gap.partition("so với")[0]) or "," not in gap


def _base(key: str, numbers: Sequence[Number], found: list[Sketch], figures: list[int], place: int) -> None:
    """What the text names as the whole: the pair itself, a total that follows or comes before, the parent."""
    me = found[figures[place]]
    if me.counted is not None and found[me.counted].kind == "pair":
        me.base, me.said = me.counted, True
        return
    for other in (place + 1, place + 2):
        if other < len(figures) and found[figures[other]].sentence == me.sentence:
            total = found[figures[other]]
            lead = key[numbers[me.numbers[-1]].end : numbers[total.numbers[0]].start]
            if (
                total.kind == "count"
                and (
                    (len(lead) < 60 and _TOTAL.search(lead))
                    or (other == place + 1 and _AGAINST.fullmatch(lead))
                )
                and figures[other] != me.counted
            ):
                me.base, me.said = figures[other], True
                return
    own = found[me.counted].within if me.counted is not None else me.within
    if own is not None and found[own].kind in COUNTS:
        me.base = own
