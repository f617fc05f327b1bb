"""What is said to be reached or missed: “đạt và vượt chỉ tiêu: năm 2022 127/130”, “tỷ lệ 2,8%, đạt chỉ tiêu 3%”."""

from __future__ import annotations

import re

from ..reading.keys import words
from .rounding import plain, printed
from .view import View

__all__ = ["check_reached"]

_ALL_REACHED = re.compile(
    r"(?<!chưa )(?<!không )"
    rf"{words('đạt và vượt', 'đều đạt', 'đạt hoặc vượt', 'hoàn thành và vượt', 'đều vượt', 'vượt')}"
    r" {1,2}(?:và vượt )?(?:các )?(?:chỉ tiêu|kế hoạch)[^:;.]{0,60}: [^;.]*$"
)
_OTHERWISE = re.compile(words("chưa đạt", "không đạt", "riêng", "trừ", "hụt", "thiếu"))
_REACHED = re.compile(
    r"[^,;.:()0-9]{0,20}, {0,2}(?:đã )?đạt (?:và vượt )?(?:chỉ tiêu|kế hoạch|mục tiêu)(?: đề ra)?(?: là)? {1,2}$"
)
_SET = re.compile(
    words("xác định", "đề ra", "giao", "chỉ tiêu", "mục tiêu", "phấn đấu", "nghị quyết", "kế hoạch")
    + r"[^;.:()]{0,70}$"
)


def check_reached(view: View) -> None:
    """Judge what is said of a target, by the numbers of the sentence itself."""
    for i in view.of_kind("pair", "target"):
        claim = view.claims[i]
        if len(claim.numbers) == 2 and view.number(i).role == "count":
            lead = view.before(i, 260)
            if _OTHERWISE.search(view.after(i, 40)):
                continue
            if view.value(i) < view.value(i, 1) and _ALL_REACHED.search(lead) and not _OTHERWISE.search(lead):
                reason = f"{view.shown(i)}: thấp hơn chỉ tiêu, mà văn bản viết là đạt chỉ tiêu."
                view.say(i, "wrong", reason)
        elif claim.kind == "target":
            _percent_reached(view, i)
            _missed_by(view, i)


def _percent_reached(view: View, i: int) -> None:
    """“tỷ lệ 2,8%, đạt chỉ tiêu 3%”."""
    if not i or not view.percent(i) or view.claims[i].direction or view.claims[i].bound:
        return
    before = view.claims[i - 1]
    if before.kind != "share" or before.sentence != view.claims[i].sentence or before.bound:
        return
    if _REACHED.fullmatch(view.between(i - 1, i)) and view.value(i - 1) < view.value(i) <= 100:
        view.found.pop(i, None)
        view.say(i, "wrong", f"{view.shown(i - 1)} thấp hơn {view.number(i).text}: không đạt chỉ tiêu.")


def _missed_by(view: View, i: int) -> None:
    """“Nghị quyết xác định kết nạp 210 đảng viên; thực tế kết nạp 203 người, còn thiếu 7 người so với nghị quyết”."""
    claim = view.claims[i]
    counted = claim.counted
    if view.number(i).role != "count" or counted is None or claim.bound or not claim.direction or counted > i:
        return
    if any(said.verdict != "not_checked" for said in view.found.get(i, ())):
        return
    before = [
        j
        for j in view.mates(i)
        if j < counted and view.claims[j].kind == "count" and view.number(j).role == "count"
    ]
    plainly = len(before) == 1 and view.claims[counted].kind == "count" and not view.claims[counted].bound
    if not plainly or not _SET.search(view.before(before[0], 100)) or view.claims[before[0]].bound:
        return
    if view.sort(before[0]) != view.sort(counted) or ";" not in view.between(before[0], counted) + ",":
        return
    target, result, number = view.value(before[0]), view.value(counted), view.number(i)
    exact = result - target if claim.direction == "up" else target - result
    way = "vượt" if result > target else "thiếu"
    said = f"{plain(result)} so với {plain(target)} là {way} {plain(abs(result - target))}"
    if exact == view.value(i):
        view.say(i, "right", f"{said}.")
    else:
        view.say(
            i,
            "wrong",
            f"{said}, không phải {number.text}.",
            printed(number, exact) if exact >= 0 else "",
            number,
        )
