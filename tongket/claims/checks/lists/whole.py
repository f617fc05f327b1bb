"""A whole and its parts told with the name before each number: “Xét theo loại hình: xã 71, cơ quan 19, trường 17 …”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from ...reading.keys import words
from ...reading.vocabulary import OVERLAPPING
from ..rounding import plain, printed
from ..view import View

__all__ = ["check_whole"]

_OPENS = re.compile(r"[:(]|" + words("gồm", "bao gồm", "trong đó", "chia ra", "cụ thể", "lần lượt"))
_CLOSED = re.compile(r":[^:]*$|" + words("gồm", "bao gồm", "chia ra"))
_BY = re.compile(
    r"[ -]*(?:xét |phân |chia |tính |phân tích |cơ cấu )?(?:theo|cơ cấu)(?![^\W\d_])[^,;.:()0-9]{2,40}[:,] "
)
_AMONG = re.compile(r"(?<![^\W\d_])trong(?: {1,2}(?:tổng {1,2})?số)? {1,2}$")
_NOT_PART = re.compile(
    words("chỉ tiêu", "kế hoạch", "so với", "tăng", "giảm", "vượt", "cùng kỳ", "năm trước", "bình quân", "chiếm",
          "đạt tỷ lệ", "giao", "trở lên", "trực thuộc")
)  # fmt: skip
_OVERLAP = re.compile(words(*OVERLAPPING))
_APART = re.compile(
    words("khối", "xã", "lĩnh vực", "đợt", "quý", "năm", "trường học", "cơ quan", "doanh nghiệp", "đơn vị",
          "lực lượng vũ trang", "công an", "quân sự", "nông thôn", "tháng", "phường", "thôn")
)  # fmt: skip
#: The fields in which model work is registered: together all of them.
_FIELDS = tuple(
    re.compile(words(*one))
    for one in (("kinh tế",), ("văn hóa", "văn hoá"), ("quốc phòng",), ("chính trị", "hệ thống chính trị"))
)
_GAP = re.compile(r"[^,;.:()0-9%]{0,40}(?:\([^()]{0,24}\))?(?:,|;| và|, và) {0,2}(?P<label>[^;.:()%]{2,60})")


def check_whole(view: View) -> None:
    """Judge every whole that such a row of parts follows."""
    for sentence, claims in view.by_sentence.items():
        counts = [j for j in claims[:60] if _plain(view, j)]
        for place in range(len(counts)):
            row = _row(view, counts[place:])
            if len(row) > 2:
                _judge_row(view, row[0], row[1:])
                break
        start = view.reading.sentences[sentence][0]
        before = [j for j in view.by_sentence.get(sentence - 1, []) if _plain(view, j)]
        if (
            counts
            and before
            and _BY.match(view.key, start)
            and view.paragraph(before[0]) == view.paragraph(counts[0])
        ):
            row = _row(view, [before[0], *counts], opened=True)
            if len(row) > 3:
                _judge_row(view, row[0], row[1:], closed=True)
        if len(counts) > 2:
            _both_named(view, counts)


def _plain(view: View, j: int) -> bool:
    claim = view.claims[j]
    return (
        claim.kind == "count"
        and view.number(j).role == "count"
        and not claim.bound
        and claim.tense == "done"
        and len(claim.numbers) == 1
    )


def _row(view: View, counts: Sequence[int], *, opened: bool = False) -> list[int]:
    """The whole and the parts that follow it without a break, each named before its number."""
    whole = counts[0]
    row = [whole]
    for j in counts[1:]:
        gap = view.key[view.number(row[-1]).end : view.number(j).start]
        if len(row) == 1 and not opened:
            among = _AMONG.search(view.before(whole, 24)) and "," in gap
            if len(gap) > 110 or not (_OPENS.search(gap) or among) or "." in gap or _NOT_PART.search(gap):
                return []
        elif len(row) > 1 and (_GAP.fullmatch(_dates_out(gap)) is None or _NOT_PART.search(gap)):
            break
        if view.sort(j) not in (view.sort(whole), "") or view.number(j).value == 0:
            break
        row.append(j)
    return row


def _dates_out(gap: str) -> str:
    """“, đợt 19/5 ”, “, năm 2022 là ”, “(65,3%)”: what names or repeats a part is no number of its own."""
    return re.sub(r"[0-9][0-9/.,]*", "n", gap)


def _labels(view: View, items: Sequence[int]) -> list[str]:
    return [re.split(r"[;:]", view.before(j, 60))[-1].rpartition(",")[2].strip() for j in items]


def _judge_row(view: View, whole: int, items: Sequence[int], *, closed: bool = False) -> None:
    values = [view.value(j) for j in items]
    total, added = view.value(whole), sum(values, Fraction(0))
    labels, number = _labels(view, items), view.number(whole)
    said = f"{' + '.join(map(plain, values))} = {plain(added)}"
    if added == total:
        view.say(whole, "right", f"{said}, đúng bằng tổng đã nêu.")
        return
    known = [one.verdict for j in (whole, *items) for one in view.found.get(j, ())]
    if any(verdict != "not_checked" for verdict in known) or "" in labels or len(set(labels)) < len(labels):
        return
    if any(_OVERLAP.search(one) for one in labels) or abs(added - total) * 2 > total:
        return
    lead = view.key[number.end : view.number(items[0]).start]
    apart = sum(_APART.search(one) is not None for one in labels) >= max(2, len(labels) - 1)
    fields = len(items) >= 4 and all(any(one.search(label) for label in labels) for one in _FIELDS)
    closed = closed or (len(items) > 2 and _CLOSED.search(lead) is not None and apart) or fields
    if closed or (added > total and apart):
        view.say(whole, "wrong", f"{said}, không phải {number.text}.", printed(number, added), number)


def _both_named(view: View, counts: Sequence[int]) -> None:
    """“Số giảng viên và sinh viên … là 32 đồng chí, gồm 14 giảng viên, 21 sinh viên”: both are named with the whole."""
    for whole, one, other in zip(counts, counts[1:], counts[2:], strict=False):
        lead = view.key[view.number(whole).end : view.number(one).start]
        names = [re.split(r"[,;.:()0-9]", view.after(j, 50))[0].strip() for j in (one, other)]
        before = view.before(whole, 160)
        named = all(len(name) > 3 for name in names) and re.search(
            rf"{re.escape(names[0])}(?:,| và) {re.escape(names[1])}", before
        )
        if not named or not re.search(words("gồm", "bao gồm", "trong đó"), lead) or len(lead) > 60:
            continue
        added, number = view.value(one) + view.value(other), view.number(whole)
        said = f"{plain(view.value(one))} + {plain(view.value(other))} = {plain(added)}"
        if added == view.value(whole):
            view.say(whole, "right", f"{said}.")
        else:
            view.say(whole, "wrong", f"{said}, không phải {number.text}.", printed(number, added), number)
