"""Years that a text counts from one year to another: anniversaries, ages, years in the Party, what is compared."""

from __future__ import annotations

import re

from ...model import Number
from ...reading.keys import words
from ..rounding import plain
from ..view import View

__all__ = ["check_ages"]

_FOUNDED = re.compile(
    rf"{words('thành lập', 'ra đời', 'khởi công', 'tái lập', 'thành lập từ', 'chia tách')}"
    r"(?: {1,2}(?:từ|vào|ngày))?(?: {1,2}[0-9/. -]{1,12})? {1,2}(?:năm {1,2})?$"
)
_BORN = re.compile(rf"{words('sinh', 'sinh năm', 'sn', 'sinh ngày')} {{1,2}}(?:năm {{1,2}})?$")
_JOINED = re.compile(
    rf"{words('vào đảng', 'kết nạp đảng', 'kết nạp vào đảng', 'được kết nạp', 'ngày vào đảng', 'đứng trong hàng ngũ')}"
    r"[^,;:()0-9]{0,40}$"
)
_ANNIVERSARY = re.compile(rf"{words('kỷ niệm', 'tròn', 'qua', 'sau')} {{1,2}}(?:lần {{1,2}}thứ {{1,2}})?$")
_AGE = re.compile(r" {0,2}tuổi(?! {1,2}đảng)(?![^\W\d_])")
_PARTY_AGE = re.compile(r" {0,2}năm {1,2}tuổi {1,2}đảng")
_AGAINST = re.compile(
    rf"{words('so với', 'so', 'hơn')}(?: {{1,2}}với)?(?: {{1,2}}cùng {{1,2}}kỳ)? {{1,2}}năm {{1,2}}$"
)


def check_ages(view: View) -> None:
    """Judge numbers of years against the years beside them."""
    known = sorted(
        {int(n.value) for n in view.numbers if n.role == "year"} | {n.on.year for n in view.numbers if n.on}
    )
    for claims in view.by_sentence.values():
        years = [i for i in claims[:40] if _year(view, i) is not None]
        for place, i in enumerate(years):
            _from(view, i, claims[:40], known)
            if place + 1 < len(years):
                _between(view, i, years[place + 1], claims[:40])
        _compared(view, years)
        for i in claims[:40]:
            _span_named(view, i)


def _year(view: View, i: int) -> int | None:
    number = view.number(i)
    if view.claims[i].kind != "date":
        return None
    if number.role == "year":
        return int(number.value)
    return number.on.year if number.on is not None else None


def _from(view: View, i: int, claims: list[int], known: list[int]) -> None:
    """A year from which years are counted, and the number of them in the same sentence."""
    before = view.before(i, 60)
    start = _year(view, i) or 0
    for sort, lead, tail in (
        ("born", _BORN, _AGE),
        ("joined", _JOINED, _PARTY_AGE),
        ("founded", _FOUNDED, None),
    ):
        if not lead.search(before):
            continue
        for j in claims:
            number = view.number(j)
            counted = tail.match(view.key, number.end) if tail else _ANNIVERSARY.search(view.before(j, 24))
            if j == i or view.claims[j].kind != "plain" or not counted or abs(j - i) > 6:
                continue
            if tail is None and number.role != "age":
                continue
            _judge(view, j, number, start, known, exact=sort == "founded")


def _judge(view: View, j: int, number: Number, start: int, known: list[int], *, exact: bool) -> None:
    """Some year of the text must be so many years after the first; ages may be one off before the birthday."""
    ends = [year for year in known if year > start + 4]
    years = int(number.value)
    slack = 0 if exact else 1
    if not ends:
        return
    fitting = [year for year in ends if abs(year - start - years) <= slack]
    if fitting:
        view.say(j, "right", f"{fitting[0]} − {start} = {fitting[0] - start} năm.")
        return
    last = ends[-1]
    reason = f"Từ {start} đến {last} là {last - start} năm, không phải {number.text}."
    sure = len(ends) == 1 or all(abs(year - start - years) > 2 for year in ends)
    view.say(j, "wrong" if sure else "doubtful", reason, str(last - start), number)


def _between(view: View, first: int, last: int, claims: list[int]) -> None:
    """“từ năm 2018 đến năm 2022, sau 4 năm”: the years between, counted either way."""
    if not _FROM.search(view.before(first, 16)) or not _UNTIL.fullmatch(view.between(first, last)):
        return
    length = (_year(view, last) or 0) - (_year(view, first) or 0)
    for j in claims:
        number = view.number(j)
        counted = number.role in ("age", "ordinal") and _AFTER_YEARS.search(view.before(j, 12))
        if (
            not counted
            or not (0 < j - last < 3 or 0 < first - j < 3)
            or not _SO_MANY.match(view.key, number.end)
            or length <= 0
        ):
            continue
        if number.value in (length, length + 1):
            view.say(j, "right", f"{length} năm.")
        else:
            reason = (
                f"Từ {_year(view, first)} đến {_year(view, last)} là {length} năm, không phải {number.text}."
            )
            view.say(j, "wrong", reason, str(length), number)


_FROM = re.compile(r"(?<![^\W\d_])từ(?: {1,2}(?:năm|ngày|đầu {1,2}năm|tháng))? {1,2}$")
_UNTIL = re.compile(r" {0,2}(?:đến|tới|-)(?: {1,2}(?:hết|cuối|nay|năm|ngày|tháng)){0,3} {1,2}")
_AFTER_YEARS = re.compile(r"(?<![^\W\d_])(?:sau|qua|trong|suốt|tròn|tổng kết|sơ kết) {1,2}$")
_SO_MANY = re.compile(r" {0,2}năm(?![^\W\d_])")


def _compared(view: View, years: list[int]) -> None:
    """“Năm 2023 …, tăng 8 đảng viên so với năm 2023”: what is compared with lies before."""
    for place, i in enumerate(years):
        now = [
            j
            for j in years[:place]
            if view.number(j).role == "year" and not _AGAINST.search(view.before(j, 24))
        ]
        number = view.number(i)
        if not now or number.role != "year" or not _AGAINST.search(view.before(i, 24)):
            continue
        if view.paragraph(now[0]) != view.paragraph(i) or len(now) > 1:
            continue
        first = _year(view, now[0]) or 0
        said_first = view.before(now[0], 12).strip()
        if said_first in ("năm", "trong năm") and int(number.value) >= first:
            reason = f"Số liệu năm {first} phải so với năm trước đó, không phải năm {number.text}."
            view.say(i, "wrong", reason, str(first - 1), number)


def _span_named(view: View, i: int) -> None:
    """“trong 3 năm 2021-2023”: the years counted either way."""
    span = view.number(i)
    ends = _SPAN.fullmatch(span.text) if span.role == "span" and view.claims[i].kind == "span" else None
    if ends is None or not i or view.claims[i - 1].sentence != view.claims[i].sentence:
        return
    number = view.number(i - 1)
    if view.claims[i - 1].kind != "plain" or number.role not in ("age", "ordinal") or number.value > 30:
        return
    if not _YEARS_OF.fullmatch(view.key, number.end, span.start):
        return
    length = int(ends[2]) - int(ends[1])
    if number.value in (length, length + 1):
        view.say(i - 1, "right", f"{span.text}: {plain(number.value)} năm.")
    elif length > 0:
        view.say(
            i - 1,
            "wrong",
            f"{span.text} là {length + 1} năm, không phải {number.text}.",
            str(length + 1),
            number,
        )


_SPAN = re.compile(r"([0-9]{4})[^0-9]{1,4}([0-9]{4})")
_YEARS_OF = re.compile(
    r" {0,2}năm,? {0,2}\(?(?:giai {1,2}đoạn {1,2}|nhiệm {1,2}kỳ {1,2}|từ {1,2}(?:năm {1,2})?)?"
)
