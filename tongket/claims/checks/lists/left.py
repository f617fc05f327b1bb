"""What is left of a plain total: “tiếp nhận 27 đơn, đã giải quyết 23 đơn, còn 4 đơn”, “19/21 chỉ tiêu …, còn 2 …”."""

from __future__ import annotations

import re
from fractions import Fraction

from ...reading.keys import words
from ..rounding import plain, printed
from ..view import COUNTS, View

__all__ = ["check_left"]

#: Left over for sure, by the words right before or after the number.
_LEFT = re.compile(
    words("tồn quỹ", "kết dư", "còn dư", "còn lại", "số còn lại", "số còn lại là", "còn lại là", "còn lại có")
    + " {1,2}$"
)
_STILL = re.compile(rf"{words('còn', 'hiện còn', 'vẫn còn', 'chỉ còn', 'còn tồn', 'tồn')} {{1,2}}$")
_LEFT_AFTER = re.compile(rf"[^,;.:()0-9]{{0,30}}{words('còn lại')}")
_CARRIED = re.compile(
    words(
        "trả lại",
        "bị trả lại",
        "bị loại",
        "tồn",
        "chuyển kỳ sau",
        "chuyển sang năm",
        "chuyển sang kỳ sau",
        "chuyển năm sau",
        "chưa",
        "không",
        "đang",
        "vắng",
    )
)
#: What was done and what was not, by the verb.
_DEEDS = tuple(
    re.compile(words(*said))
    for said in (
        ("đánh giá", "xếp loại", "phân loại"),
        ("giải quyết", "xử lý", "xem xét", "xác minh"),
        ("hoàn thành", "đạt"),
        ("học tập", "tham gia", "dự", "tham dự", "có mặt", "quán triệt"),
        ("có chi ủy", "có cấp ủy"),
        ("có chi bộ", "có tổ chức đảng", "có đảng viên"),
        ("phát", "cấp", "đổi"),
        ("nộp", "thu"),
        ("tổ chức", "tiến hành"),
        ("báo cáo", "gửi"),
    )
)
_EXEMPT = re.compile(words("miễn"))
_SENT_BACK = re.compile(words("trả lại", "bị loại"))
_GOOD = re.compile(words("đạt", "hợp lệ", "đủ điều kiện"))
_ABSENT = re.compile(words("vắng"))
_LEVEL = re.compile(words("xuất sắc", "tốt", "trở lên", "khá"))
_STOP = re.compile(r"[,;()\n0-9]|\.(?![0-9])|(?<![^\W\d_])và(?![^\W\d_])")
_ASIDE = re.compile(
    words("trong đó", "kỳ trước", "năm trước", "cùng kỳ", "so với", "tăng", "giảm", "tồn kỳ trước")
)


def check_left(view: View) -> None:
    """Judge every count that is what a total just before and its part leave over."""
    for claims in view.by_sentence.values():
        counts = [j for j in claims[:60] if _counts(view, j)]
        for place in range(1, len(counts)):
            if view.claims[counts[place]].kind == "count":
                _left(view, counts, place)
            elif place == 1 and view.claims[counts[1]].kind == "pair":
                _of_all(view, *counts[:2])


def _counts(view: View, j: int) -> bool:
    claim = view.claims[j]
    return claim.kind in COUNTS and view.number(j).role in ("count", "amount") and claim.tense == "done"


def _said(view: View, j: int) -> str:
    """The words around a count, between the stops on both sides."""
    before = re.split("[0-9%]", re.split(r"[,;:(]", view.before(j, 70))[-1])[-1]
    after = view.after(j, 80)
    stop = _STOP.search(after)
    return f"{before} # {after[: stop.start()] if stop else after}"


def _left(view: View, counts: list[int], place: int) -> None:
    last = counts[place]
    found = _total_and_part(view, counts, place)
    if found is None or view.claims[last].bound or view.faulty(last):
        return
    total, part, first = found
    all_told = place > 2 and _among(view, counts[0]) and _STILL.search(view.before(last, 24)) is not None
    if not all_told and not _is_left(view, last, _said(view, counts[place - 1])):
        return
    start, end = view.number(first).start, view.number(last).start
    if _ASIDE.search(view.key, max(0, start - 60), end) or any(view.claims[j].bound for j in counts[:place]):
        return
    if _is_part_itself(view, first, counts):
        return
    left, number = view.value(first, total) - part, view.number(last)
    said = f"{plain(view.value(first, total))} − {plain(part)} = {plain(left)}"
    more = [j for j in counts[place + 1 : place + 3] if view.sort(j) == view.sort(last)]
    if any(_CARRIED.search(_said(view, j)) or _EXEMPT.search(_said(view, j)) for j in more):
        return  # “…, 1.388 đảng viên miễn đánh giá và 112 đảng viên chưa đánh giá”
    if view.value(last) == left:
        view.say(last, "right", f"{said}, đúng là số còn lại.")
    elif left >= 0:
        view.say(last, "wrong", f"{said}, không phải {number.text}.", printed(number, left), number)


def _of_all(view: View, done: int, rest: int) -> None:
    """“18 đơn vị báo cáo, còn 4 đơn vị chưa báo cáo trong tổng số 22 đơn vị”."""
    plainly = (
        view.claims[done].kind == "count" and not view.claims[done].bound and not view.claims[rest].bound
    )
    inside = view.key[view.number(rest).end : view.number(rest, 1).start]
    if not plainly or "tổng số" not in inside or view.sort(done) not in (view.sort(rest), ""):
        return
    if not (_CARRIED.search(inside) and _STILL.search(view.before(rest, 24))) or view.faulty(rest):
        return
    part, left, total = view.value(done), view.value(rest), view.value(rest, 1)
    said, number = f"{plain(total)} − {plain(part)} = {plain(total - part)}", view.number(rest)
    if part + left == total:
        view.say(rest, "right", f"{said}, đúng là số còn lại.")
    elif total >= part:
        view.say(rest, "wrong", f"{said}, không phải {number.text}.", printed(number, total - part), number)


def _total_and_part(view: View, counts: list[int], place: int) -> tuple[int, Fraction, int] | None:
    """Which number is the total (its place in its claim), the value of the part, and the claim of the total."""
    before, last = counts[place - 1], counts[place]
    roles = {view.number(j).role for j in counts[: place + 1]}
    if view.sort(last) not in (view.sort(before), "") or len(roles) > 1:
        return None
    if view.claims[before].kind == "pair":
        alone = place == 1 and view.value(before) <= view.value(before, 1)
        return (1, view.value(before), before) if alone else None
    first = counts[0]
    parts = counts[1:place]
    if view.claims[first].kind != "count" or len(parts) > (4 if _among(view, first) else 1):
        return None
    alike = all(
        view.sort(j) in (view.sort(before), "") and view.claims[j].kind == "count" for j in (first, *parts)
    )
    done = sum((view.value(j) for j in parts), Fraction(0))
    return (0, done, first) if alike and parts and view.value(first) >= done else None


def _is_part_itself(view: View, first: int, counts: list[int]) -> bool:
    """“đại học 77 (65,3%), cao đẳng 12 (10,2%), còn lại 29 (24,6%)”: the first bears a share of a whole told before."""
    bases = [
        said.data["base"]
        for j in view.mates(first)
        if view.claims[j].counted == first and view.claims[j].kind == "share"
        for said in view.found.get(j, ())
        if "base" in said.data
    ]
    return bool(bases) and view.claims[first].kind == "count" and plain(view.value(first)) not in bases


def _among(view: View, first: int) -> bool:
    """“Trong 52 TCCS đảng được kiểm tra, …”: what follows tells them all apart."""
    return (
        re.search(r"(?<![^\W\d_])trong(?: {1,2}tổng)?(?: {1,2}số)? {1,2}$", view.before(first, 20))
        is not None
    )


def _is_left(view: View, last: int, done: str) -> bool:
    before, after = view.before(last, 24), view.after(last, 60)
    if _LEFT.search(before) or _LEFT_AFTER.match(after):
        return True
    said = _said(view, last)
    if _EXEMPT.search(said):
        return _DEEDS[0].search(done) is not None and not _LEVEL.search(done)
    if _ABSENT.search(said):
        return _DEEDS[3].search(done) is not None
    if not _CARRIED.search(said) or _LEVEL.search(done):
        return False
    if _STILL.search(before) or "chuyển" in said:
        return True
    if _SENT_BACK.search(said):
        return _GOOD.search(done) is not None
    return any(deed.search(done) and deed.search(said) for deed in _DEEDS)
