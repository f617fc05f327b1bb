"""What is left of a pair: “5/6 đơn …; 01 đơn còn lại”, present and absent, levels that exclude each other."""

from __future__ import annotations

import re
from fractions import Fraction

from ...reading.keys import words
from ..rounding import plain, printed
from ..view import View

__all__ = ["check_rest"]

_LEFT_AFTER = re.compile(r"[^,;.:()0-9]{0,24}(?<![^\W\d_])còn {1,2}lại(?![^\W\d_])(?! {1,2}(?:bị|đã))")
_LEFT_BEFORE = re.compile(r"(?<![^\W\d_])(?:còn {1,2}lại|số {1,2}còn {1,2}lại(?: {1,2}là)?|còn) {1,2}$")
_STOP = re.compile(r"[;:.()0-9]|,(?! (?:buôn|bản|ấp|khu phố|phường|thị trấn|tổ dân phố|đảng bộ) )")
_UNDONE = re.compile(words("chưa", "đang", "không"))
#: What excludes each other: of the first so many, of the second so many, together no more than all.
_OPPOSITES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(words(*first)), re.compile(words(*second)))
    for first, second in (
        (("dự", "tham dự", "có mặt", "tham gia"), ("vắng", "vắng mặt")),
        (("có chi bộ",), ("chưa có chi bộ", "sinh hoạt ghép", "chưa có tổ chức đảng")),
        (("có chi ủy", "có cấp ủy"), ("chưa có chi ủy", "chưa có cấp ủy")),
        (
            ("hoàn thành chỉ tiêu", "đạt chỉ tiêu"),
            ("không hoàn thành chỉ tiêu", "chưa đạt chỉ tiêu", "không đạt chỉ tiêu"),
        ),
    )
)  # fmt: skip
_LEVELS = tuple(
    re.compile(words(*level))
    for level in (
        ("hoàn thành xuất sắc", "xuất sắc"),
        ("hoàn thành tốt", "tốt", "loại tốt"),
        ("khá", "loại khá"),
        ("trung bình",),
        ("yếu", "kém", "yếu kém"),
        ("không hoàn thành",),
        ("hoàn thành nhiệm vụ",),
    )
)
_OR_BETTER = re.compile(r"trở {1,2}lên|(?<![^\W\d_])trong {1,2}đó(?![^\W\d_])|tiêu {1,2}biểu")


def check_rest(view: View) -> None:
    """Judge every count that is left of a pair before it, and pairs beside what excludes them."""
    for i in view.of_kind("pair"):
        if view.number(i).role != "count" or view.claims[i].bound or view.value(i) > view.value(i, 1):
            continue
        _left_of(view, i)
        _opposite(view, i)
        _levels(view, i)


def _words_of(view: View, i: int) -> str:
    """What a claim says of those it counts: the words between its numbers and after it, up to the next stop."""
    inside = (
        view.key[view.number(i).end : view.number(i, -1).start] if len(view.claims[i].numbers) > 1 else ""
    )
    return f"{inside} {_STOP.split(view.after(i, 90), maxsplit=1)[0]}"


def _next_counts(view: View, i: int) -> list[int]:
    return [
        j
        for j in view.mates(i)
        if j > i and view.claims[j].kind == "count" and not view.percent(j) and not view.claims[j].bound
    ]


def _left_of(view: View, i: int) -> None:
    following = _next_counts(view, i)[:1]
    if not following:
        following = [
            j
            for j in view.by_sentence.get(view.claims[i].sentence + 1, [])[:1]
            if view.claims[j].kind == "count" and view.paragraph(j) == view.paragraph(i)
        ]
    for j in following:
        if view.sort(j) not in (view.sort(i), "") or view.claims[j].within not in (None, i):
            continue
        before, after = view.before(j, 20), view.after(j, 60)
        bare = _LEFT_BEFORE.search(before) is not None
        sure = _LEFT_AFTER.match(after) is not None or "còn lại" in before[-16:]
        if not sure and not (bare and _UNDONE.search(after)):
            continue
        left, number = view.value(i, 1) - view.value(i), view.number(j)
        said = f"{plain(view.value(i, 1))} − {plain(view.value(i))} = {plain(left)}"
        if view.value(j) == left:
            view.say(j, "right", f"{said}, đúng là số còn lại.")
        elif sure:
            view.say(j, "wrong", f"{said}, không phải {number.text}.", printed(number, left), number)


def _opposite(view: View, i: int) -> None:
    """“107/112 thôn có chi bộ; 7 thôn còn sinh hoạt ghép”; “118 đại biểu dự; vắng 9 trên tổng số 125”."""
    others = [j for j in view.mates(i) if j != i and view.claims[j].kind == "count" and not view.percent(j)]
    mine = _around(view, i)
    for j in others:
        if view.sort(j) != view.sort(i) or not view.sort(j) or view.claims[j].bound:
            continue
        theirs = _around(view, j)
        for one, other in _OPPOSITES:
            pairs = ((one, other), (other, one))
            if any(_only(a, b, mine) and _only(b, a, theirs) for a, b in pairs):
                _excludes(view, i, j)
                return


def _around(view: View, i: int) -> str:
    before = re.split(r"[,;:.()0-9]", view.before(i, 24))[-1]
    return f"{before} # {_words_of(view, i)}"


def _only(sought: re.Pattern[str], other: re.Pattern[str], said: str) -> bool:
    """Whether one of two opposites is said: the longer word decides where one holds the other."""
    found, against = sought.search(said), other.search(said)
    if found is None:
        return False
    return against is None or len(found.group()) > len(against.group())


def _excludes(view: View, i: int, j: int) -> None:
    first, total, second = view.value(i), view.value(i, 1), view.value(j)
    said = f"{plain(first)} + {plain(second)} = {plain(first + second)}"
    if first + second == total:
        view.say(j, "right", f"{said}, đủ {plain(total)}.")
    elif first + second > total:
        at = view.number(i) if j < i else view.number(j)
        left = total - (second if j < i else first)
        reason = f"{said}, nhiều hơn tổng số {plain(total)}."
        view.say(i if j < i else j, "wrong", reason, printed(at, left), at)


def _levels(view: View, i: int) -> None:
    """“388/401 chi bộ tốt, 13 khá, 2 trung bình”: levels exclude each other, so that together they are no more."""
    mine = [n for n, level in enumerate(_LEVELS) if level.search(_words_of(view, i))]
    stretch = view.sentence(i)
    if not mine or _OR_BETTER.search(stretch):
        return
    counts = [i]
    seen = {mine[0]}
    for j in sorted(view.mates(i)):
        if j == i or view.claims[j].kind != "count" or view.percent(j) or view.claims[j].bound:
            continue
        level = next((n for n, one in enumerate(_LEVELS) if one.search(_words_of(view, j))), None)
        if level is None or view.sort(j) not in (view.sort(i), ""):
            continue
        if level in seen:
            return
        seen.add(level)
        counts.append(j)
    values: list[Fraction] = [view.value(j) for j in sorted(counts)]
    total = view.value(i, 1)
    if len(counts) > 2 and sum(values) > total and not any(view.faulty(j) for j in counts):
        said = f"{' + '.join(map(plain, values))} = {plain(sum(values))}, nhiều hơn tổng số {plain(total)}"
        last = max(counts)
        number = view.number(last)
        right = total - (sum(values) - view.value(last))
        view.say(last, "wrong", f"{said}.", printed(number, right) if right >= 0 else "", number)
