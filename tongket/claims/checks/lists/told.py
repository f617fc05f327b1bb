"""Totals after their items: “… 12, … 6, … 3; cộng 38”, “quý I 3 lớp, quý II 5 lớp; cả năm 8 lớp”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from ...reading.keys import words
from ..rounding import plain, printed
from ..view import View

__all__ = ["check_told"]

_TOLD = re.compile(
    words("tổng cộng", "cộng lại là", "cả thảy", "tổng cộng là", "tổng cộng có", "cộng", "cộng chung", "tất cả là")
    + r"(?: {1,2}(?:là|có|được|đã|xử {1,2}lý|kết {1,2}nạp|trao|mở|tổ {1,2}chức|ban {1,2}hành|thực {1,2}hiện)){0,3}"
    + r":? {1,2}$"
    + r"|(?:như {1,2}vậy|tính {1,2}chung),? {1,2}(?:[^,;.:()0-9]{0,24} )?tổng {1,2}số[^,;.:()0-9]{0,40}(?:là|có) {1,2}$"
    + r"|(?:^|[;,(.=]) {0,2}(?:tổng(?: {1,2}số)?|nâng {1,2}tổng {1,2}số)(?: {1,2}(?:là|có|được))?:? {1,2}$"
)  # fmt: skip
#: Before a total only where the items are named as times of the year.
_WHOLE_TIME = re.compile(
    words(
        "cả năm",
        "tính chung cả năm",
        "tính cả năm",
        "lũy kế",
        "tính chung",
    )
    + r"(?:[^,;.:()0-9]{0,30})? {1,2}$"
)
_TIMES = re.compile(words("quý", "tháng", "đợt", "6 tháng", "sáu tháng"))
_BELOW_NOTHING = re.compile(words("so với", "bình quân", "chỉ tiêu", "kế hoạch", "trong đó", "tăng", "giảm"))
_JOINT = {"group", "person"}
_UNIT = re.compile(r"[0-9.]+ {0,2}kế {1,2}hoạch")  # “45 kế hoạch” are papers, no target
_STEP = 60  # characters between two items


_ALL_OF_IT = re.compile(
    r"[;,] {0,2}(?:toàn|cả|tính chung|như vậy)? ?(?:đảng bộ|đảng bộ huyện|huyện|xã|phường|tỉnh|chi bộ)"
    r"(?: có| kết nạp)? {1,2}$"
)
_LABEL = re.compile(words("khối", "chi bộ", "xã", "thôn", "trường", "khu phố", "phường", "cơ quan"))


def _whole_body(view: View, i: int) -> None:
    """“khối cơ quan 22 đồng chí, khối doanh nghiệp 9, khối nông thôn 48; toàn Đảng bộ 79”: no less than its parts."""
    if not _ALL_OF_IT.search(view.before(i, 60)):
        return
    run = [j for j in _run(view, i) if _LABEL.search(re.split(r"[,;:]", view.before(j, 60))[-1])]
    if len(run) < 2 or any(
        view.claims[j].within is not None or view.claims[j].unit != view.claims[i].unit for j in run
    ):
        return
    added, total, number = sum(view.value(j) for j in run), view.value(i), view.number(i)
    said = f"{' + '.join(plain(view.value(j)) for j in run)} = {plain(added)}"
    if added == total:
        view.say(i, "right", f"{said}.")
    elif added > total or sorted(plain(added)) == sorted(plain(total)):
        view.say(i, "wrong", f"{said}, không phải {number.text}.", printed(number, added), number)


def check_told(view: View) -> None:
    """Judge every total that is said after its items."""
    for i in view.of_kind("count"):
        if view.claims[i].bound or (
            view.claims[i].within is not None and not _TOLD.search(view.before(i, 60))
        ):
            continue
        before = view.before(i, 60)
        _whole_body(view, i)
        told = _TOLD.search(before) is not None or _told_again(view, i)
        of_year = _WHOLE_TIME.search(before) is not None or _of_months(view, i, before)
        years = _YEARS_TOLD.search(before) is not None
        if not (told or of_year or years):
            continue
        run = _run(view, i) or (_pair_before(view, i) or _sentence_before(view, i) if told else [])
        whole = told or _whole_year(view, run) or _so_many_years(view, i, run) or _in_turn(view, run)
        if years and not (told or of_year) and not _so_many_years(view, i, run):
            continue
        if sum(_of_a_time(view, j) for j in run) >= 2 or told or _in_turn(view, run):
            _judge(view, i, run, whole=whole)


def _told_again(view: View, i: int) -> bool:
    """“khiển trách 4, cảnh cáo 2, tổng số đảng viên bị kỷ luật là 6”: the total names the deed of its items again."""
    said = _NAMED.search(view.before(i, 90)) or _DEED_AGAIN.search(view.before(i, 60))
    if said is None or not view.mates(i) or view.mates(i)[0] == i:
        return False
    earlier = view.before(i, 400)[: -len(said.group())]
    run = _run(view, i)
    added = sum(view.value(j) for j in run)
    near = abs(added - view.value(i)) * 3 <= view.value(i)
    again = said.groupdict().get("deed")
    named = any(deed in said.group() and deed in earlier for deed in _DEEDS) or bool(
        again and again in earlier
    )
    near = near or (bool(again) and sorted(plain(added)) == sorted(plain(view.value(i))))
    return near and (len(run) > 2 or named)


_NAMED = re.compile(r"[,;] {0,2}tổng {1,2}số[^;.:()0-9]{2,60}(?:là|có) {1,2}$")
_DEED_AGAIN = re.compile(r"[,;] {0,2}tổng {1,2}số {1,2}(?P<deed>[^,;.:()0-9]{3,24}?) {1,2}$")
_DEEDS = ("kỷ luật", "kết nạp", "khen thưởng", "huy hiệu", "kiểm tra", "giám sát", "đơn", "lớp", "văn bản")


def _run(view: View, i: int) -> list[int]:
    """The counts just before the total, in their order."""
    run: list[int] = []
    following = i
    for j in reversed([k for k in view.mates(i) if k < i and view.claims[k].kind not in ("plain", "date")]):
        if view.claims[j].kind != "count" or view.percent(j) or view.claims[j].bound:
            break
        if len(view.between(j, following)) > _STEP and following != i:
            break
        sorts = {view.sort(j), view.sort(run[-1])} - {""} if run else set()
        joint = sorts <= _JOINT or (view.sort(i) == "" and len(run) == 1)
        if len(sorts) > 1 and not joint:
            break
        if run and view.claims[run[0]].within == j:
            break  # the whole of the items itself
        run.insert(0, j)
        following = j
    return run


def _of_months(view: View, i: int, before: str) -> bool:
    """“tháng 1 210, tháng 2 185, tháng 3 265; quý I 660”."""
    if not re.search(r"(?<![^\W\d_])quý {1,2}[ivx1-4]{1,3} {1,2}[^,;.:()0-9]{0,30}$", before):
        return False
    run = _run(view, i)
    return len(run) == 3 and all("tháng" in view.before(j, 40).rpartition(",")[2] for j in run)


def _sentence_before(view: View, i: int) -> list[int]:
    """“30 năm: 14 đồng chí; 40 năm: 9 đồng chí; 50 năm: 6 đồng chí. Tổng số: 29 đồng chí.”: a list of marks."""
    before = view.by_sentence.get(view.claims[i].sentence - 1, [])
    counts = [j for j in before if view.claims[j].kind == "count" and not view.percent(j)]
    if view.mates(i)[0] != i or len(counts) < 3 or view.paragraph(counts[0]) != view.paragraph(i):
        return []
    marks = [j for j in counts if j and view.number(j - 1).role == "mark"]
    alike = {view.claims[j].unit for j in (*counts, i)}
    return counts if len(marks) == len(counts) and len(alike) == 1 else []


def _pair_before(view: View, i: int) -> list[int]:
    """“15 tập thể và 22 cá nhân được khen thưởng. Tổng cộng 37 tập thể, cá nhân”: both units are named in the total."""
    own = [j for j in view.mates(i) if j < i]
    before = [
        j
        for j in own or view.by_sentence.get(view.claims[i].sentence - 1, [])
        if view.claims[j].kind == "count" and not view.percent(j)
    ]
    joint = view.claims[i].unit
    units = [view.claims[j].unit for j in before]
    named = len(before) == 2 and units[0] != units[1] and all(unit and unit in joint for unit in units)
    return before if named and view.paragraph(i) == view.paragraph(before[0]) else []


def _of_a_time(view: View, j: int) -> bool:
    year = (
        j > 0 and view.number(j - 1).role == "year" and view.claims[j - 1].sentence == view.claims[j].sentence
    )
    return year or _TIMES.search(view.before(j, 40).rpartition(",")[2]) is not None


_YEARS_TOLD = re.compile(
    r"(?<![^\W\d_])(?:hai|ba|bốn|2|3|4|5) {1,2}năm(?: {1,2}[^,;.:()0-9]{1,30})?:? {0,2}$"
)


def _in_turn(view: View, run: Sequence[int]) -> bool:
    """“ba đợt … lần lượt 12, 15 và 18 Huy hiệu, cả năm 45”: as many as were named."""
    if len(run) < 2:
        return False
    lead = view.before(run[0], 80)
    said = re.search(
        r"(?<![^\W\d_])(hai|ba|bốn|2|3|4) {1,2}(?:đợt|quý|lần|kỳ)(?![^\W\d_])[^;.]{0,60}lần {1,2}lượt", lead
    )
    return said is not None and {"hai": 2, "ba": 3, "bốn": 4, "2": 2, "3": 3, "4": 4}[said[1]] == len(run)


def _so_many_years(view: View, i: int, run: Sequence[int]) -> bool:
    """“năm 2021 …, năm 2022 …; lũy kế hai năm đạt 220”."""
    said = re.search(r"(?<![^\W\d_])(hai|ba|bốn|2|3|4|5) {1,2}năm(?![^\W\d_])", view.before(i, 40))
    many = {"hai": 2, "ba": 3, "bốn": 4, "2": 2, "3": 3, "4": 4, "5": 5}
    in_turn = bool(run) and "lần lượt" in view.before(run[0], 60)
    return (
        said is not None
        and many[said[1]] == len(run) >= 2
        and (in_turn or all(_of_a_time(view, j) for j in run))
    )


def _whole_year(view: View, run: Sequence[int]) -> bool:
    """Whether the items are all four quarters or both halves of a year."""
    if not run:
        return False
    first, last = view.number(run[0]).start, view.number(run[-1]).start
    said = view.key[max(view.reading.sentences[view.claims[run[0]].sentence][0], first - 40) : last]
    halves = len(run) == 2 and "đầu năm" in said and "cuối năm" in said
    months = len(run) == 3 and said.count("tháng") == 3
    return halves or months or (len(run) == 4 and said.count("quý") == 4)


def _judge(view: View, i: int, run: Sequence[int], *, whole: bool) -> None:
    """Judge a total; where the items are not `whole`, only more than the total is wrong."""
    values = [view.value(j) for j in run]
    total, number = view.value(i), view.number(i)
    if len(values) < 2:
        return
    said = f"{' + '.join(map(plain, values))} = {plain(sum(values))}"
    if total in list(accumulate(reversed(values)))[1:]:
        view.say(i, "right", f"Bằng tổng các số ngay trước: {' + '.join(map(plain, values))}.")
        return
    stretch = _UNIT.sub(" ", view.key[view.number(run[0]).start : number.start])
    if _BELOW_NOTHING.search(stretch) or len({view.claims[j].within for j in run}) > 1:
        return  # the run may hold a whole and its parts
    near = abs(sum(values) - total) * 3 <= total or sorted(plain(sum(values))) == sorted(plain(total))
    if (len(run) > 2 and not _even(view, run) and not near) or (not whole and sum(values) < total):
        return
    if not _one_sort(view, run, i) and not near:
        return
    view.say(i, "wrong", f"{said}, không phải {number.text}.", printed(number, sum(values)), number)


def _one_sort(view: View, run: Sequence[int], i: int) -> bool:
    sorts = {view.sort(j) for j in (*run, i) if view.sort(j)}
    return len(sorts - {"times"}) <= 1


def _even(view: View, run: Sequence[int]) -> bool:
    """Whether the items are of one kind: no unit but that of the first."""
    units = {view.claims[j].unit for j in run} - {""}
    sorts = {view.sort(j) for j in run if view.claims[j].unit}
    # “3 nghị quyết, 12 chương trình, 45 kế hoạch”: each of another unit, all of one sort
    return len(units) <= 1 or (len(sorts) == 1 and "" not in sorts and len(units) == len(run))
