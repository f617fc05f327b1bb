"""Anniversaries with both years beside them, and marks below the mark that a text says all begin at."""

from __future__ import annotations

import re
from bisect import bisect_left

from ...reading.keys import words
from ..view import View

__all__ = ["check_anniversaries"]

_YEARS = re.compile(
    r" {0,2}năm[^;.:()0-9\n]{0,60}\( {0,2}(?:[0-9]{1,2}/[0-9]{1,2}/)?(?P<first>(?:1[89]|20)[0-9]{2}) {0,2}[-–] {0,2}"
    r"(?:[0-9]{1,2}/[0-9]{1,2}/)?(?P<last>(?:19|20)[0-9]{2}) {0,2}\)"
)
_NAMED = re.compile(
    words("ngày sinh", "ngày thành lập", "ngày truyền thống", "thành lập", "tái lập", "chia tách", "kỷ niệm")
)
_ALL_FROM = re.compile(r" {0,2}năm(?: tuổi đảng)? trở lên,? {0,2}(?:gồm|trong đó|bao gồm)")


def check_anniversaries(view: View) -> None:
    """Judge both."""
    for i, claim in enumerate(view.claims):
        number = view.number(i)
        if claim.kind != "plain":
            continue
        if number.role == "age" and i not in view.found:
            said = _YEARS.match(view.key, number.end)
            if said and _NAMED.search(view.key, number.end - 30 if number.end > 30 else 0, said.end()):
                _judge(view, i, int(said["first"]), int(said["last"]))
        elif number.role == "mark" and _ALL_FROM.match(view.key, number.end):
            _marks(view, i)


def _judge(view: View, i: int, first: int, last: int) -> None:
    number, years = view.number(i), last - first
    if number.value == years:
        view.say(i, "right", f"{last} − {first} = {years} năm.")
    elif years > 0:
        view.say(i, "wrong", f"{last} − {first} = {years} năm, không phải {number.text}.", str(years), number)


def _marks(view: View, i: int) -> None:
    """“đều từ 40 năm tuổi Đảng trở lên, gồm Huy hiệu 40 năm 14, … và Huy hiệu 30 năm 5”."""
    if not re.search(r"(?<![^\W\d_])từ {1,2}$", view.before(i, 8)):
        return
    own = view.by_sentence[view.claims[i].sentence]
    for j in own[bisect_left(own, i) + 1 :][:24]:
        low = (
            view.claims[j].kind == "plain" and view.number(j).role == "mark" and view.value(j) < view.value(i)
        )
        if low:
            at = j + 1 if j + 1 in own and view.claims[j + 1].kind == "count" else j
            reason = f"Mức {view.number(j).text} năm không nằm trong “từ {view.number(i).text} năm trở lên”."
            view.say(at, "wrong", reason)
