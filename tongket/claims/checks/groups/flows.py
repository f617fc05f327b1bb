"""Flows: “đầu năm có 3.650 đảng viên; kết nạp 88, chuyển đến 45, chuyển đi 52; cuối năm có 3.731 đảng viên”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from ...reading.keys import words
from ..rounding import plain, printed
from ..view import COUNTS, View

__all__ = ["check_flows"]

_OPENING = re.compile(
    words(
        "đầu năm", "đầu kỳ", "đầu nhiệm kỳ", "kỳ trước chuyển sang", "năm trước chuyển sang", "đầu quý", "tồn kỳ trước",
        "sau hợp nhất", "sau sáp nhập", "sau sắp xếp", "khi thành lập", "sau khi sáp nhập", "sau khi hợp nhất",
        "tồn đầu kỳ", "kỳ trước", "đến 31/12 năm trước", "cuối năm trước", "01/01", "1/1",
    )
)  # fmt: skip
_CLOSING = re.compile(
    words(
        "cuối năm", "cuối kỳ", "cuối nhiệm kỳ", "hiện có", "hiện còn", "hiện nay", "đến nay", "đến cuối năm",
        "cuối quý",
        "tổng số hiện có", "nay còn", "nay có", "31/12", "chuyển kỳ sau", "chuyển sang năm sau", "còn lại",
        "đến thời điểm",
    )
)  # fmt: skip
_IN = re.compile(
    words(
        "kết nạp", "kết nạp lại", "kết nạp mới", "chuyển đến", "tiếp nhận", "tăng", "thành lập", "thành lập mới",
        "nhận về", "phục hồi", "nơi khác chuyển đến", "bổ sung", "phát sinh", "mới tiếp nhận", "công nhận lại",
    )
    + r"|(?<![^\W\d_])chuyển {1,2}(?:sinh {1,2}hoạt {1,2})?(?:đảng {1,2})?(?:từ {1,2}[^,;]{0,20} )?đến(?![^\W\d_])"
)  # fmt: skip
_OUT = re.compile(
    words(
        "chuyển đi", "từ trần", "khai trừ", "xóa tên", "xin ra", "xin ra khỏi đảng", "giảm", "giải thể", "qua đời",
        "chết",
        "đưa ra khỏi đảng", "hy sinh", "mất", "giải tán", "đã giải quyết", "giải quyết", "đưa ra",
    )
    + r"|(?<![^\W\d_])chuyển {1,2}(?:sinh {1,2}hoạt {1,2})?(?:đảng {1,2})?đi(?![^\W\d_])"
)  # fmt: skip
_NOT_MOVE = re.compile(words("so với", "cùng kỳ", "chỉ tiêu", "kế hoạch", "tỷ lệ", "bình quân"))
_MERGED = re.compile(words("sáp nhập", "hợp nhất", "chia tách", "chuyển giao", "điều chỉnh", "khác"))


def check_flows(view: View) -> None:
    """Judge every closing number that an opening one and all moves between make."""
    for sentence, claims in view.by_sentence.items():
        _told_apart(view, claims)
        counts = _counts(view, claims)
        for away in (1, 2):
            following = view.by_sentence.get(sentence + away, [])
            if counts and following and view.paragraph(following[0]) == view.paragraph(claims[0]):
                counts = counts + _counts(view, following)
        for place, j in enumerate(counts):
            lead = view.before(j, 80) if not place else _lead(view, j)
            if view.claims[j].sentence == sentence and _OPENING.search(lead) and not _move(view, j):
                _from(view, counts[place:])
                break


def _told_apart(view: View, claims: Sequence[int]) -> None:
    """“tăng 96 đồng chí (kết nạp 71, chuyển đến 25)”: what comes in, by how."""
    for i in claims[:40]:
        if (
            view.claims[i].kind not in ("change", "count")
            or view.number(i).role != "count"
            or view.claims[i].bound
        ):
            continue
        sign = _move(view, i)
        items: list[int] = []
        for j in range(i + 1, min(i + 9, len(view.claims))):
            between = view.key[view.number(i).end : view.number(j).start]
            if view.claims[j].kind not in COUNTS or between.count("(") != 1 or ")" in between:
                break
            items.append(j)
        if not sign or len(items) < 2 or any(_move(view, j) != sign for j in items):
            continue
        if not view.key.startswith(")", _end(view, items[-1])):
            continue
        values = [view.value(j) for j in items]
        number, added = view.number(i), sum(values, Fraction(0))
        said = f"{' + '.join(map(plain, values))} = {plain(added)}"
        if added == view.value(i):
            view.say(i, "right", f"{said}.")
        elif not any(view.faulty(j) for j in (i, *items)):
            view.say(i, "wrong", f"{said}, không phải {number.text}.", printed(number, added), number)


def _end(view: View, j: int) -> int:
    after = re.match(r"[^,;.:()0-9]{0,30}", view.after(j, 40))
    return view.number(j, -1).end + (after.end() if after else 0)


def _counts(view: View, claims: Sequence[int]) -> list[int]:
    return [
        j
        for j in claims[:40]
        if view.claims[j].kind in (*COUNTS, "change")
        and view.number(j).role == "count"
        and len(view.claims[j].numbers) == 1
        and view.claims[j].tense == "done"
    ]


def _lead(view: View, j: int) -> str:
    """The words before a number, since the number or the stop before."""
    return re.split(r"(?<![0-9/])[0-9.]+(?![0-9/])|[,;:()]", view.before(j, 90))[-1]


def _around(view: View, j: int) -> str:
    return f"{_lead(view, j)} # {re.split(r'[,;:().0-9]', view.after(j, 60))[0]}"


def _move(view: View, j: int) -> int:
    """1 for what comes in, -1 for what goes out, 0 where nothing says so."""
    for said in (_lead(view, j), _around(view, j)):
        out, into = _OUT.search(said), _IN.search(said)
        if out and into:  # the longer word decides: “chuyển đi” holds no “đi đến”
            return -1 if len(out.group()) > len(into.group()) else 1
        if out or into:
            return -1 if out else 1
    return 0


def _from(view: View, counts: Sequence[int]) -> None:
    first, moves = counts[0], Fraction(0)
    said = plain(view.value(first))
    seen: set[int] = set()
    for place, j in enumerate(counts[1:], 1):
        if view.claims[j].bound or (view.sort(j) and view.sort(j) != view.sort(first)):
            return
        if _aside(view, counts, place):
            continue
        first_of = view.claims[j].sentence != view.claims[counts[place - 1]].sentence
        lead = view.before(j, 80) if first_of else _lead(view, j)
        moving = first_of and _move(view, j) != 0  # “Sáu tháng cuối năm, kết nạp 19 đồng chí”
        closing = (_CLOSING.search(lead) is not None and not moving) or _ends(view, j)
        if closing and seen:
            _close(view, first, j, moves, said, seen)
            return
        sign = 0 if closing else _move(view, j)
        if not sign or _NOT_MOVE.search(_around(view, j)):
            return
        seen.add(sign)
        moves += sign * view.value(j)
        said += f" {'+' if sign > 0 else '−'} {plain(view.value(j))}"


def _aside(view: View, counts: Sequence[int], place: int) -> bool:
    """A number in a bracket, or after “trong đó”, tells the one before apart."""
    before, j = counts[place - 1], counts[place]
    between = view.key[view.number(counts[0]).end : view.number(j).start]
    inside = between.count("(") > between.count(")")
    return (
        inside
        or (view.claims[j].within is not None and view.claims[j].within != counts[0])
        or "trong đó" in (view.between(before, j))
    )


def _ends(view: View, j: int) -> bool:
    return view.claims[j].kind == "new_total"


def _close(view: View, first: int, last: int, moves: Fraction, said: str, seen: set[int]) -> None:
    exact, number = view.value(first) + moves, view.number(last)
    if view.value(last) == exact:
        view.say(last, "right", f"{said} = {plain(exact)}.")
        return
    start, end = view.number(first).start, number.start
    stretch = view.key[start:end]
    if len(seen) < 2 or _MERGED.search(stretch) or any(view.faulty(j) for j in (first, last)):
        return  # not every way in or out is told
    if exact < 0:
        return
    view.say(
        last, "wrong", f"{said} = {plain(exact)}, không phải {number.text}.", printed(number, exact), number
    )
