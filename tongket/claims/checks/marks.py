"""Marks of the Party badge that a range must hold, and numbers whose writing leaves two readings open."""

from __future__ import annotations

import re

from ..reading.vocabulary import MARKS
from .rounding import plain
from .view import View

__all__ = ["check_marks"]

_TO = re.compile(r" {0,2}(?:năm )?(?:đến|-) {0,2}")
_FROM = re.compile(r"(?<![^\W\d_])từ {1,2}$")
_BADGE = re.compile(r"huy {1,2}hiệu(?: {1,2}đảng)?(?: {1,2}loại)? {0,2}$")


def check_marks(view: View) -> None:
    """Judge marks of badges and commas before three digits."""
    for claims in view.by_sentence.values():
        _range(view, claims)
    for i in view.of_kind("plain"):
        number = view.number(i)
        if number.role == "mark" and number.value not in MARKS and _BADGE.search(view.before(i, 24)):
            view.say(i, "doubtful", f"Không có Huy hiệu {number.text} năm tuổi Đảng.")
    for i in view.of_kind("count"):
        number = view.number(i)
        if number.role == "count" and number.decimals == 3 and number.scale == 1 and "." not in number.text:
            many = plain(number.value * 1000)
            view.say(
                i,
                "doubtful",
                f"“{number.text}”: dấu phẩy trước ba chữ số, có phải là {many} không?",
                many,
                number,
            )


def _range(view: View, claims: list[int]) -> None:
    """“từ 30 đến 60 năm tuổi Đảng” holds every mark of its sentence."""
    marks = [i for i in claims if view.claims[i].kind == "plain" and view.number(i).role == "mark"]
    for place, i in enumerate(marks[:-1]):
        following = marks[place + 1]
        if (
            following != i + 1
            or not _FROM.search(view.before(i, 8))
            or not _TO.fullmatch(view.between(i, following))
        ):
            continue
        low, high = view.value(i), view.value(following)
        for j in marks[place + 2 :]:
            if not low <= view.value(j) <= high:
                reason = f"Mức {view.number(j).text} năm nằm ngoài khoảng từ {plain(low)} đến {plain(high)} năm đã nêu."
                view.say(j, "wrong", reason)
        return
