"""From numbers to claims: which numbers stand together, what kind of claim they make, how it is hedged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..model import Kind, Number, PaperReference
from . import cues
from .roles import unit_after
from .vocabulary import COUNT_UNITS

__all__ = ["FIGURES", "Bound", "Sketch", "gap_before", "sketches"]

Bound = Literal["", "over", "near", "at_least", "under", "about"]
Direction = Literal["", "up", "down"]

#: Kinds of claims that state a figure; the others only carry a number.
FIGURES = frozenset({"count", "pair", "share", "target", "change", "new_total"})
_WINDOW = 110
_COUNTABLE = ("count", "other", "amount")
#: “trên 13 xã” is where, not how many.
_PLACES = frozenset(
    {"xã", "phường", "thị trấn", "huyện", "lĩnh vực", "nội dung", "địa phương", "tỉnh", "nhiệm vụ", "thôn"}
)
_FOLLOWED_BY_PLACE = re.compile(
    r" {0,2}(?:lĩnh {1,2}vực|mặt|phương {1,2}diện|địa {1,2}bàn|nhóm|tiêu {1,2}chí|cơ {1,2}sở)"
)
_DATES = re.compile(r" {0,2}(?:năm|tuổi)(?![^\W\d_])[^;.]{0,90}?\($")
_MOVES = re.compile(r"(?<![^\W\d_])(?:lên|xuống|còn)(?![^\W\d_])")
_BECAME = re.compile(
    r"(?<![^\W\d_])(?:tăng|giảm) {1,2}(?:còn|xuống|xuống {1,2}còn|lên|lên {1,2}thành|lên {1,2}đến) {1,2}$"
)
_TIMES_MORE = re.compile(r"(?<![^\W\d_])gấp {1,2}(?:hơn |gần |khoảng |trên )?$")
_TIMES = re.compile(
    r" {0,2}lần {1,2}(?:so {1,2}với {1,2})?(?:cùng {1,2}kỳ|năm|đầu|nhiệm {1,2}kỳ)(?![^\W\d_])"
)
_WITH = re.compile(r"(?<![^\W\d_])với {1,2}$")
_UNIT_SLASH = re.compile(r" [^,;.:()\n0-9/]{1,30} ?/ ?")
_GIVEN = re.compile(r"(?<![^\W\d_])(?:được {1,2})?giao(?![^\W\d_])")
_AGAINST_YEAR = re.compile(
    r"(?<![^\W\d_])(tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn) {1,2}(?:so {1,2}với {1,2})?(?:cùng {1,2}kỳ {1,2})?"
    r"năm {1,2}(?:19|20)[0-9]{2} {0,2}(?:là|:) {0,2}$"
)
#: “nhiều hơn 12 Huy hiệu”: “hơn” compares there and hedges nothing.
_COMPARES = re.compile(r"(?:nhiều|cao|ít|thấp) {1,2}hơn {1,2}$")
_TWO_DATES = re.compile(r" ?- ?")


@dataclass(slots=True)
class Sketch:
    """A claim in the making: the fields of `model.Claim`, which may still change."""

    kind: Kind
    numbers: list[int]
    start: int
    end: int
    sentence: int
    unit: str = ""
    bound: Bound = ""
    direction: Direction = ""
    base: int | None = None
    counted: int | None = None
    within: int | None = None
    said: bool = field(default=False)  # `base` is named by the text itself

    @property
    def sort(self) -> str:
        """The class of what is counted, "" when the unit is not known."""
        return COUNT_UNITS.get(self.unit, "")


class _Builder:
    """Goes through the numbers of one text in order."""

    def __init__(
        self,
        key: str,
        numbers: Sequence[Number],
        papers: Sequence[PaperReference],
        spans: Sequence[tuple[int, int]],
    ) -> None:
        self.key, self.numbers, self.papers, self.spans = key, numbers, papers, spans
        self.found: list[Sketch] = []
        self.sentence = 0

    def run(self) -> list[Sketch]:
        at = 0
        paper = 0
        while at < len(self.numbers):
            start = self.numbers[at].start
            while self.sentence + 1 < len(self.spans) and self.spans[self.sentence][1] <= start:
                self.sentence += 1
            while paper < len(self.papers) and self.papers[paper].end <= start:
                paper += 1
            if paper < len(self.papers) and self.papers[paper].start <= start:
                at = self._reference(at, self.papers[paper])
            else:
                at = self._next(at)
        return self.found

    # --- what stands around a number ---------------------------------------------------------------------

    def _gap(self, at: int) -> str:
        return gap_before(self.key, self.numbers, at, self.spans[self.sentence][0])

    def _after(self, at: int) -> str:
        """The text between a number and the next one, at most `_WINDOW` characters of the sentence."""
        end = min(self.numbers[at].end + _WINDOW, self.spans[self.sentence][1])
        if at + 1 < len(self.numbers):
            end = min(end, self.numbers[at + 1].start)
        return self.key[self.numbers[at].end : max(end, self.numbers[at].end)]

    def _add(self, kind: Kind, numbers: list[int], **fields: object) -> Sketch:
        first, last = self.numbers[numbers[0]], self.numbers[numbers[-1]]
        sketch = Sketch(kind, numbers, first.start, last.end, self.sentence)
        for name, value in fields.items():
            setattr(sketch, name, value)
        self.found.append(sketch)
        return sketch

    # --- one claim after the other -----------------------------------------------------------------------

    def _reference(self, at: int, paper: PaperReference) -> int:
        end = at
        while end < len(self.numbers) and self.numbers[end].start < paper.end:
            end += 1
        sketch = self._add("reference", list(range(at, end)))
        sketch.start, sketch.end = paper.start, max(paper.end, sketch.end)
        return end

    def _next(self, at: int) -> int:
        number = self.numbers[at]
        if number.role == "code":
            return self._coded(at)
        if number.role == "age" and (dates := self._span_of(at)):
            self._add("span", [at, *dates])
            return dates[-1] + 1
        if number.role in ("date", "year"):
            return self._single(at, "date")
        if number.role == "span":
            return self._single(at, "span")
        if number.role in _COUNTABLE and (second := self._pair(at)) is not None:
            self._unit(self._add("pair", [at, second]), at, second)
            self._hedge(self.found[-1], at)
            return second + 1
        if number.role in ("count", "amount", "percent", "points"):
            return self._figure(at)
        if number.role == "other" and number.text.lower().startswith("gấp") and self._compared(at):
            self._add("change", [at], direction="up")  # “tăng gấp đôi so với năm 2018”
            self._hedge(self.found[-1], at)
            return at + 1
        if _TIMES_MORE.search(self._gap(at)) and _TIMES.match(self._after(at)):
            self._add("change", [at], direction="up")  # “gấp 1,5 lần năm 2018”
            self._hedge(self.found[-1], at)
            return at + 1
        return self._single(at, "plain")

    def _compared(self, at: int) -> bool:
        """Whether a number of times is set against an earlier time."""
        return (
            cues.CHANGE_AFTER.match(self._after(at)) is not None
            or cues.RISEN.search(self._gap(at)) is not None
        )

    def _single(self, at: int, kind: Kind) -> int:
        self._add(kind, [at])
        return at + 1

    def _coded(self, at: int) -> int:
        """The number of a paper that is not in the list of references, with its date when it stands right there."""
        follows = at + 1 < len(self.numbers) and self.numbers[at + 1].role == "date"
        near = follows and self.numbers[at + 1].start - self.numbers[at].end < 40
        close = (
            near
            and re.search(r"ngày {0,2}$", self._gap(at + 1)) is not None
            and "," not in self._gap(at + 1)[:-8]
        )
        self._add("reference", [at, at + 1] if close else [at])
        return at + (2 if close else 1)

    def _span_of(self, at: int) -> list[int]:
        """The years or dates in brackets that explain a number of years: 133 năm … (1890 - 2023)."""
        if at + 1 >= len(self.numbers) or not _DATES.fullmatch(self._after(at)):
            return []
        first = self.numbers[at + 1]
        if first.role == "span":
            return [at + 1]
        if at + 2 < len(self.numbers) and first.role in ("date", "year"):
            second = self.numbers[at + 2]
            if second.role == first.role and _TWO_DATES.fullmatch(self.key, first.end, second.start):
                return [at + 1, at + 2]
        return []

    def _pair(self, at: int) -> int | None:
        if at + 1 >= len(self.numbers):
            return None
        first, second = self.numbers[at], self.numbers[at + 1]
        if (
            second.start >= self.spans[self.sentence][1]
            or second.role not in _COUNTABLE
            or first.worded != second.worded
        ):
            return None
        between = self.key[first.end : second.start]
        if self.key[first.start : second.end] in ("24/7", "24/24"):
            return None
        apart = _UNIT_SLASH.fullmatch(between) is not None and self._one_unit(first, second)
        if between.strip(" ") == "/" or apart or (len(between) <= 75 and cues.OF_TOTAL.fullmatch(between)):
            return at + 1
        if between.strip() == "trên" and not unit_after(self.key, first.end) and first.value <= second.value:
            return at + 1 if unit_after(self.key, second.end) else None  # “ứng với 109 trên 187 đồng chí”
        if cues.WITHIN.fullmatch(between) and self._one_unit(first, second):
            return at + 1  # “24 gia đình tiêu biểu trong 36 gia đình đăng ký”
        return at + 1 if cues.ON.fullmatch(between) and self._one_sort(first, second) else None

    def _one_unit(self, first: Number, second: Number) -> bool:
        units = [unit_after(self.key, number.end) for number in (first, second)]
        return units[0] == units[1] != "" and first.value < second.value

    def _one_sort(self, first: Number, second: Number) -> bool:
        """Whether both count the same sort of thing, the second more: “62 đồng chí trên 2.082 đảng viên”."""
        sorts = [COUNT_UNITS.get(unit_after(self.key, number.end), "") for number in (first, second)]
        return sorts[0] == sorts[1] != "" and first.value < second.value

    def _unit(self, sketch: Sketch, first: int, last: int) -> None:
        """The unit right after the last number, or after the first where the pair is parted by it."""
        unit = unit_after(self.key, self.numbers[last].end)
        if unit:
            sketch.end = self.key.index(unit.split()[-1], self.numbers[last].end) + len(unit.split()[-1])
        sketch.unit = unit or (unit_after(self.key, self.numbers[first].end) if first != last else "")

    def _hedge(self, sketch: Sketch, at: int) -> None:
        number = self.numbers[at]
        before = self.key[max(self.spans[self.sentence][0], number.start - 24) : number.start]
        for pattern, bound in cues.BOUNDS:
            found = pattern.search(before)
            if found is None:
                continue
            place = bound == "over" and number.role == "count" and before[found.start() :].startswith("trên")
            if place and (sketch.unit in _PLACES or _FOLLOWED_BY_PLACE.match(self.key, number.end)):
                return
            sketch.bound = bound  # type: ignore[assignment]
            sketch.start = min(sketch.start, number.start - len(before) + found.start())
            return
        if (
            cues.OR_MORE.match(self._after(at))
            and number.role in ("percent", "count")
            and "từ" in before[-6:]
        ):
            sketch.bound = "at_least"

    def _figure(self, at: int) -> int:
        number = self.numbers[at]
        gap, after = self._gap(at), self._after(at)
        numbers = [at]
        moved = self._from_to(at, gap)
        if moved or self._goes_on(at):  # “tăng từ 195 lên 200”
            numbers.append(at + 1)
        kind, direction = self._kind(number, gap, after)
        last = next((one for one in self.found[:-4:-1] if one.kind != "date"), None)
        if cues.FROM_IN_BRACKETS.search(gap) and len(numbers) == 2 and last and last.kind == "change":
            kind, direction = "change", last.direction
        if moved and kind == "share" and (verb := cues.FROM.search(gap)):
            kind, direction = "change", "up" if verb.group().startswith(("tăng", "nâng")) else "down"
        sketch = self._add(kind, numbers, direction=direction)
        self._unit(sketch, at, numbers[-1])
        if not (kind in ("change", "target") and _COMPARES.search(gap[-14:])):
            self._hedge(sketch, at)
        if len(numbers) == 2 and not self.numbers[at + 1].worded and not moved:
            sketch.bound = "about"
        return numbers[-1] + 1

    def _from_to(self, at: int, gap: str) -> bool:
        last = next((one for one in self.found[:-4:-1] if one.kind != "date"), None)
        after_change = last is not None and last.kind == "change" and cues.FROM_IN_BRACKETS.search(gap)
        if at + 1 >= len(self.numbers) or not (after_change or cues.FROM.search(gap)):
            return False
        first, second = self.numbers[at], self.numbers[at + 1]
        between = self.key[first.end : second.start]
        if after_change and not gap.rstrip().endswith("(từ") and not _MOVES.search(between):
            return False  # “tăng 12 đồng chí, từ 18 đến 30 tuổi …”
        return (
            first.role == second.role
            and second.start < self.spans[self.sentence][1]
            and bool(cues.TO.fullmatch(between))
        )

    def _goes_on(self, at: int) -> bool:
        if at + 1 >= len(self.numbers):
            return False
        first, second = self.numbers[at], self.numbers[at + 1]
        between = self.key[first.end : second.start]
        if second.worded and not first.worded:
            return between in ("(", " (") and self.key[second.end : second.end + 1] == ")"
        return (
            first.role == second.role
            and re.fullmatch(r" ?- ?", between) is not None
            and first.value < second.value
        )

    def _kind(self, number: Number, gap: str, after: str) -> tuple[Kind, Direction]:
        percent = number.role in ("percent", "points")
        changed = cues.CHANGE_BEFORE.search(gap)
        if changed is not None and _BECAME.search(gap):
            return ("share" if percent else "new_total"), ""  # “giảm còn 412 hộ”: the value itself
        if changed is not None:
            return "change", "up" if changed.group("way") == "tăng" else "down"
        near = gap[-60:]
        if gap.strip(" :") in ("là", "") and (against := self._against_year(number)):
            return "change", against  # “cao hơn năm 2022 là 1,1 điểm phần trăm”
        more = cues.MORE_BEFORE.search(gap)
        if more is not None and (more.group("time") or cues.CHANGE_AFTER.match(after)):
            return "change", "up" if more.group("way") in ("nhiều hơn", "cao hơn") else "down"
        if percent:
            over: Direction = (
                "up" if cues.OVER.search(gap[-70:]) else "down" if cues.SHORT.search(near) else ""
            )
            if (
                cues.TARGET_AFTER.match(after)
                or cues.TARGET_BEFORE.search(gap[-90:])
                or cues.BY_SO_MUCH.search(near)
            ):
                return "target", over
            if cues.EQUALS.search(near) and cues.OF_YEAR.match(after):
                return "change", ""
            if cues.CHANGE_AFTER.match(after) and cues.SHARE_BEFORE.search(near):
                return "change", self._same_way(number, near)
        elif not _WITH.search(gap):  # “vượt chỉ tiêu với 137 đảng viên” tells the result itself
            near_target = cues.TARGET_BEFORE.search(gap[-90:]) and cues.OVER.search(gap[-90:])
            if near_target or cues.BY_SO_MUCH.search(near):
                return "target", "up"
            if cues.SHORT_BY.search(near) and self._below_target(number, after):
                return "target", "down"
        if not percent and cues.NEW_TOTAL.search(gap):
            return "new_total", ""
        return ("share" if percent else "count"), ""

    def _against_year(self, number: Number) -> Direction:
        found = _AGAINST_YEAR.search(
            self.key, max(self.spans[self.sentence][0], number.start - 70), number.start
        )
        return "" if found is None else "up" if found[1] in ("tăng", "cao hơn", "nhiều hơn") else "down"

    def _below_target(self, number: Number, after: str) -> bool:
        """“thiếu 6 đảng viên so với chỉ tiêu”, “chỉ tiêu là 120, …, còn thiếu 6”: a target is spoken of."""
        start = max(self.spans[self.sentence][0], number.start - 2 * _WINDOW)
        said = cues.TARGET_SAID.search(self.key, start, number.start) or _GIVEN.search(
            self.key, start, number.start
        )
        return said is not None or cues.TARGET_AFTER.match(after) is not None

    def _same_way(self, number: Number, near: str) -> Direction:
        """“tăng 8 đồng chí, tương đương 10% so với năm 2020”: the same change again, in per cent."""
        last = self.found[-1] if self.found else None
        again = last is not None and last.kind == "change" and last.sentence == self.sentence
        if again and last is not None and cues.SAME_CHANGE.search(near) and number.value < 100:
            return last.direction
        return ""


def gap_before(key: str, numbers: Sequence[Number], at: int, sentence_start: int) -> str:
    """The text between the number before (or the beginning of the sentence) and a number, its end at most."""
    number = numbers[at]
    start = max(sentence_start, number.start - _WINDOW)
    if at:
        start = max(start, numbers[at - 1].end)
    return key[start : number.start]


def sketches(
    key: str, numbers: Sequence[Number], papers: Sequence[PaperReference], spans: Sequence[tuple[int, int]]
) -> list[Sketch]:
    """The claims that the numbers of a text make, in its order; each number belongs to exactly one."""
    return _Builder(key, numbers, papers, spans).run() if numbers else []
