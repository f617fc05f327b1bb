"""How claims hang together: what a percentage is of, which count it states, and what is a part of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Number
from .. import cues
from ..building import FIGURES, Sketch
from .listing import BRACKET_NEXT, COUNTS, PartLists, gap_between, is_percent
from .series import series
from .settling import settle

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
#: “… 131 quần chúng; vượt 31% kế hoạch”
_REACHED_NEXT = re.compile(r"[^;.:()]{0,60}; {0,2}(?:vượt|đạt|bằng)(?![^\W\d_])[^;.]{0,30}")
_MOVE = re.compile(r"[(,;] {0,2}(?:tức {1,2}(?:là {1,2})?)?từ {1,2}$")
#: “bằng 71,25% so với cùng kỳ năm trước (57/80 đảng viên)”
_PAIR_NEXT = re.compile(r"[^;.()0-9]{0,70}[(:] {0,2}(?:tức(?: là)?|cụ thể(?: là)?)? {0,2}")
#: “vượt 34% chỉ tiêu (thực hiện 201, chỉ tiêu 150)”
_DONE_NEXT = re.compile(
    r"[^;.()0-9]{0,70}\( {0,2}(?:đã {1,2})?(?:thực {1,2}hiện|kết {1,2}quả|kết {1,2}nạp|đạt)(?: {1,2}được)?:? {0,2}"
)
_THEN_FIRST = re.compile(r"so {1,2}với {1,2}[^,;.()]{2,50}\( {0,2}$")
_IS_TARGET = re.compile(rf"{cues.TARGET_SAID.pattern}[^,;.:()0-9]{{0,40}}$")
_COLON_NEXT = re.compile(r"[^;.()0-9]{0,70}: {0,2}")
_WHOLE_WORDS = r"(?:(?:tổng|toàn {1,2}bộ) {1,2}(?:số {1,2})?|số {1,2}|dân {1,2}số {1,2})"
#: “… bằng 0,6% tổng số đảng viên (5.021 đồng chí)”
_NAMED_NEXT = re.compile(
    rf"[ )]{{0,3}}(?:(?:so(?: {{1,2}}với)?|của|trong|trên) {{1,2}})?{_WHOLE_WORDS}"
    rf"(?!(?:này|đó|nêu|trên)(?![^\W\d_]))[^,;.:()0-9]{{0,50}}\( {{0,2}}"
)
#: “chiếm 78,48% trong 4.033 đảng viên”, “bằng 12,9% của 62 đơn vị”
_OF_NEXT = re.compile(
    r"[ )]{0,3}(?:trong|trên|của|so với)(?: {1,2}(?:tổng {1,2}số|số|toàn {1,2}bộ|tổng))? {0,2}"
)


def link(key: str, numbers: Sequence[Number], found: list[Sketch], spans: Sequence[tuple[int, int]]) -> None:
    """Fill `counted`, `base` and `within` of the sketches."""
    figures = [i for i, sketch in enumerate(found) if sketch.kind in FIGURES]
    PartLists(key, numbers, found, spans).run(figures)
    for place, i in enumerate(figures):
        if found[i].kind in ("share", "target", "change"):
            _counted(key, numbers, found, figures, place, spans)
    for counts, shares in series(key, numbers, found, figures):
        for count, share in zip(counts, shares, strict=True):
            found[share].counted = count
    for place, i in enumerate(figures):
        if found[i].kind == "share":
            _base(key, numbers, found, figures, place)
    settle(key, numbers, found, figures)


@dataclass(frozen=True, slots=True)
class _Near:
    """A percentage or change among its neighbours of the same sentence."""

    key: str
    numbers: Sequence[Number]
    found: list[Sketch]
    figures: list[int]
    place: int

    @property
    def me(self) -> Sketch:
        return self.found[self.figures[self.place]]

    def at(self, away: int) -> Sketch | None:
        """The figure so many places off, when it stands in the same sentence."""
        place = self.place + away
        if not 0 <= place < len(self.figures):
            return None
        other = self.found[self.figures[place]]
        return other if other.sentence == self.me.sentence else None

    def lead(self, away: int) -> str:
        """The text from this one to a later one."""
        return gap_between(self.key, self.numbers, self.me, self.found[self.figures[self.place + away]])

    def stated_before(self) -> bool:
        """Whether the figure just before is what this one is said of."""
        before = self.at(-1)
        return before is not None and _states(self.key, self.numbers, before, self.me)


def _counted(
    key: str,
    numbers: Sequence[Number],
    found: list[Sketch],
    figures: list[int],
    place: int,
    spans: Sequence[tuple[int, int]],
) -> None:
    """The count that a percentage (or a change in number) speaks of: the one just before, or in the bracket after."""
    near = _Near(key, numbers, found, figures, place)
    me = near.me
    away = _moved_next(near) or _past_aside(near)
    if away:
        other = found[figures[place + away]]
        itself = (
            away > 0
            or other.kind in COUNTS
            or (other.kind == "share" and found[figures[place - 1]].kind == "share")
        )
        me.counted = figures[place + away] if itself else other.counted
        return
    before = near.at(-1)
    now = _past_earlier(near)
    for found_by in (_past_criterion, _past_bracket):
        now = found_by(near) if now is None else now
    if now is not None:
        me.counted = now
        return
    if me.kind == "target" and (result := _past_target(near, spans)) is not None:
        me.counted = result
        return
    if me.kind == "change" and me.sort and before is not None and before.sort not in ("", me.sort):
        me.counted = _same_sort(found, figures, place)
        return
    if _said_next(near):
        me.counted = figures[place + 1]
    elif near.stated_before() and before is not None:
        me.counted = _said_of(key, numbers, found, before, figures[place - 1], me)


def _moved_next(near: _Near) -> int:
    """1 for “giảm 15,56% (từ 45 xuống 38)” and “giảm 9,7%, từ 186 xuống còn 168”: the move is what has changed."""
    after = near.at(1)
    if after is None or not near.me.kind == after.kind == "change" or len(after.numbers) != 2:
        return 0
    return int(_MOVE.search(near.lead(1)) is not None)


def _past_aside(near: _Near) -> int:
    """-2 for “đạt 121% chỉ tiêu (90 đảng viên) và đạt 145% …”, “88 đảng viên (chỉ tiêu 85), vượt 3,5%”."""
    aside, before = near.at(-2), near.at(-1)
    both = aside is not None and before is not None and aside.kind == before.kind == "share"
    shares = both and near.me.kind == "change" and is_percent(near.numbers, near.me)
    if (
        aside is None
        or before is None
        or (before.kind != "count" and not shares)
        or near.me.kind not in ("target", "change")
    ):
        return 0
    first = near.numbers[aside.numbers[0]].start
    if near.me.kind == "change" and _THEN_FIRST.search(near.key, max(0, first - 70), first):
        return 0  # “So với năm 2022 (80 đồng chí), số … năm 2023 (88 đồng chí) tăng 8”
    opened = "(" in gap_between(near.key, near.numbers, aside, before)
    return -2 if opened and ")" in gap_between(near.key, near.numbers, before, near.me) else 0


def _past_criterion(near: _Near) -> int | None:
    """The count in “286 chi bộ sinh hoạt từ 6 kỳ trở lên (91,7%)”: six is what each has reached; else None."""
    criterion, counted = near.at(-1), near.at(-2)
    if near.me.kind != "share" or criterion is None or counted is None or criterion.bound != "at_least":
        return None
    stated = criterion.kind == "count" and counted.kind in COUNTS and not near.me.unit
    return near.figures[near.place - 2] if stated and near.stated_before() else None


def _past_bracket(near: _Near) -> int | None:
    """The value of now in “14 đảng viên …; so với năm 2022 (17 đảng viên, 5 cấp ủy viên) giảm 3 đảng viên”."""
    before = near.at(-1)
    if near.me.kind != "change" or before is None or before.kind not in COUNTS:
        return None
    start, end = near.numbers[before.numbers[0]].start, near.numbers[near.me.numbers[0]].start
    opened = near.key.rfind("(", max(0, start - 120), start)
    inside = opened >= 0 and near.key.find(")", opened, end) > start
    if not inside or not _THEN_FIRST.search(near.key, max(0, opened - 70), opened + 1):
        return None
    before_it = [
        (away, one)
        for away in range(-2, -9, -1)
        if (one := near.at(away)) is not None and near.numbers[one.numbers[0]].start < opened
    ]
    counts = [(away, one) for away, one in before_it if one.kind in COUNTS]
    same = [away for away, one in counts if one.unit == near.me.unit] or [
        away for away, one in counts if one.sort == near.me.sort
    ]
    return near.figures[near.place + same[0]] if same else None


def _past_earlier(near: _Near) -> int | None:
    """The value of now in “96 đồng chí, so với 120 đồng chí của năm ngoái giảm 20%”; else None."""
    before, now = near.at(-1), near.at(-2)
    if near.me.kind != "change" or before is None or before.kind != "count":
        return None
    start = near.numbers[before.numbers[0]].start
    against = near.key[max(0, start - 10) : start].rstrip().endswith("so với")
    return near.figures[near.place - 2] if against and now is not None and now.kind in COUNTS else None


def _past_target(near: _Near, spans: Sequence[tuple[int, int]]) -> int | None:
    """The result before the target: “kết nạp 143 đảng viên trên chỉ tiêu 140, vượt 2,1%”; else None."""
    target = near.at(-1)
    if target is None or target.kind != "count":
        return None
    start = near.numbers[target.numbers[0]].start
    before = near.key[max(spans[target.sentence][0], start - 60) : start]
    if not _IS_TARGET.search(before):
        return None
    for away in (-2, -3, -4):
        result = near.at(away)
        if result is None:
            return None
        if result.kind == "count" and not is_percent(near.numbers, result):
            alike = target.sort in ("", result.sort) or not result.sort
            return near.figures[near.place + away] if alike else None
    return None


def _said_next(near: _Near) -> bool:
    """Whether the count follows: “84,6% (22/26)”, “vượt 34% chỉ tiêu (thực hiện 201 …)”, “bằng 3%: 62 trên 2.082”."""
    after, before, me = near.at(1), near.at(-1), near.me
    if after is None or after.kind not in ("count", "pair") or not is_percent(near.numbers, me):
        return False
    lead = near.lead(1)
    if near.numbers[after.numbers[0]].value <= 0:
        return False
    stated = near.stated_before()
    if me.kind != "share":
        pair = after.kind == "pair" and _PAIR_NEXT.fullmatch(lead) is not None
        return not stated and (pair or _DONE_NEXT.fullmatch(lead) is not None)
    if not stated and after.kind == "pair" and _COLON_NEXT.fullmatch(lead):
        return True
    opens = BRACKET_NEXT.fullmatch(lead) is not None
    bracket = lead.rstrip().endswith("(")
    if bracket and _NAMED_NEXT.fullmatch(lead) and after.kind == "count":
        return False  # “bằng 0,6% tổng số đảng viên (5.021 đồng chí)”: the whole stands in the bracket
    if bracket and opens and after.kind == "pair":
        return True  # “ba xã vùng cao chỉ đạt 56,3% (9/16 chi bộ)”
    tight = stated and _tight(near.key, near.numbers, before, me)
    return opens and (bracket or not stated) and not tight


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
        share = _share_of(key, numbers, found, position, me)
        if share is not None:
            return share
        return before.within if listed and later else position  # after a list: of the whole
    if before.kind == "share" and me.kind == "target":
        points = numbers[me.numbers[0]].role == "points"
        if points or (before.counted is None and is_percent(numbers, me)):
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


def _share_of(key: str, numbers: Sequence[Number], found: list[Sketch], pair: int, me: Sketch) -> int | None:
    """The percentage that a pair only explains: “chiếm 18,42% (7/38), tăng 2,63 điểm …”, “51/52 …, đạt 98,08%”."""
    if me.kind != "change" or not is_percent(numbers, me) or found[pair].kind != "pair":
        return None
    share = next((n for n in (pair - 1, pair - 2) if n >= 0 and found[n].kind == "share"), None)
    if share is None or found[share].sentence != me.sentence or found[share].counted != pair:
        return None
    return share if "(" in gap_between(key, numbers, found[share], found[pair]) else None


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
        passing = ("mark", "span", "ordinal", "age", "name")
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
        goes_on = ";" not in gap or _REACHED_NEXT.fullmatch(gap) is not None
        return "." not in gap.replace("...", "") and goes_on
    return not cues.NEW_CLAUSE.search(gap.partition("so với")[0]) or "," not in gap


def _names_whole(found: list[Sketch], me: Sketch, total: Sketch, lead: str) -> bool:
    """Whether a percentage leads right to its whole: “so với 88”, “trong 4.033 đảng viên”, “tổng số … (5.021 …)”."""
    if _AGAINST.fullmatch(lead) or _NAMED_NEXT.fullmatch(lead):
        return True
    sorts = {total.sort, found[me.counted].sort} if me.counted is not None else set()
    return _OF_NEXT.fullmatch(lead) is not None and len(sorts - {""}) == 1


def _base(key: str, numbers: Sequence[Number], found: list[Sketch], figures: list[int], place: int) -> None:
    """What the text names as the whole: the pair itself, a total that follows or comes before, the parent."""
    me = found[figures[place]]
    if me.counted is not None and found[me.counted].kind == "pair":
        me.base, me.said = me.counted, True
        return
    for other in (place + 1, place + 2):
        if other < len(figures) and found[figures[other]].sentence == me.sentence:
            total = found[figures[other]]
            lead = gap_between(key, numbers, me, total)
            named = len(lead) < 60 and _TOTAL.search(lead) is not None
            if other == place + 1 and not named:
                named = _names_whole(found, me, total, lead)
            if named and total.kind == "count" and figures[other] != me.counted:
                me.base, me.said = figures[other], True
                return
    own = found[me.counted].within if me.counted is not None else me.within
    if own is not None and found[own].kind in COUNTS:
        me.base = own
