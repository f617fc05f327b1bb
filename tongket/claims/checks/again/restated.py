"""A total told again in other words: a title that adds two counts up, “Như vậy, với 132 đảng viên …” after 123."""

from __future__ import annotations

import re

from ...reading.keys import words
from ..rounding import plain, printed
from ..view import View

__all__ = ["check_restated"]

_JOINT = re.compile(words("điển hình", "gương", "tập thể, cá nhân", "tập thể và cá nhân"))
_SO = re.compile(r"^(?:như vậy|với kết quả đó|tính chung),? {1,2}(?:với |tổng cộng |có )?$")


def check_restated(view: View) -> None:
    """Judge the joint number of a title, and a total taken up by the sentence after it."""
    for j in view.by_sentence.get(0, [])[:3]:
        _title_of_two(view, j)
    for sentence, claims in view.by_sentence.items():
        before = view.by_sentence.get(sentence - 1, [])
        if before and view.claims[claims[0]].kind == "count":
            _taken_up(view, claims[0], before[-1])


def _title_of_two(view: View, i: int) -> None:
    """“tuyên dương 61 điển hình” over “biểu dương 24 tập thể và 37 cá nhân”."""
    start, end = view.reading.sentences[0]
    if view.claims[i].kind != "count" or view.claims[i].bound or "\n" not in view.key[end - 1 : end + 2]:
        return
    if not _JOINT.match(view.key, view.number(i).end + 1) or end - start > 220:
        return
    groups = [j for j in view.of_kind("count") if j > i and view.claims[j].unit == "tap the"]
    people = [j for j in view.of_kind("count") if j > i and view.claims[j].unit == "ca nhan"]
    if len(groups) != 1 or len(people) != 1 or people[0] != groups[0] + 1:
        return
    if view.claims[groups[0]].bound or view.claims[people[0]].bound:
        return
    added, number = view.value(groups[0]) + view.value(people[0]), view.number(i)
    said = f"{view.shown(groups[0])} + {view.shown(people[0])} = {plain(added)}"
    if added == view.value(i):
        view.say(i, "right", f"{said}, khớp với trong bài.")
    elif abs(added - view.value(i)) * 4 <= view.value(i):
        view.say(i, "wrong", f"Tiêu đề ghi {number.text}, trong bài {said}.", printed(number, added), number)


def _taken_up(view: View, i: int, total: int) -> None:
    """“…, cả năm 123 đảng viên. Như vậy, với 132 đảng viên mới …”: digits exchanged or one changed."""
    if not _SO.match(view.before(i, 60)) or view.claims[total].kind != "count" or view.claims[i].bound:
        return
    trusted = any(said.verdict == "right" for said in view.found.get(total, ()))
    if not trusted or view.sort(i) != view.sort(total) or view.paragraph(i) != view.paragraph(total):
        return
    one, other = plain(view.value(total)), plain(view.value(i))
    slip = len(one) == len(other) and (
        sorted(one) == sorted(other) or sum(a != b for a, b in zip(one, other, strict=True)) == 1
    )
    number = view.number(i)
    if one == other:
        view.say(i, "right", f"Khớp với {view.shown(total)} ở trên.")
    elif slip and not view.faulty(i):
        reason = f"Câu trước là {view.shown(total)}, câu này lại là {view.shown(i)}."
        view.say(i, "wrong", reason, printed(number, view.value(total)), number)
