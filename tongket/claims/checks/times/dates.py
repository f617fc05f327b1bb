"""Days, years and spans: days that do not exist, spans that do not subtract, meetings outside their season."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from tongket.core.dates import format_date

from ...model import Number
from ...reading.keys import words
from ..view import View
from .ages import check_ages

__all__ = ["check_dates"]

_WHOLE = re.compile(
    r"([0-9]{1,2})(?: ?[/.-] ?| {1,3}tháng {1,3})([0-9]{1,2})(?: ?[/.-] ?| {1,3}năm {1,3})([0-9]{2,4})"
)
_DAY = re.compile(r"([0-9]{1,2})(?:[/.-]| {1,3}tháng {1,3})([0-9]{1,2})")
_YEARS = re.compile(r"([0-9]{4})[^0-9]{1,4}([0-9]{4})")
_STATE_YEAR = re.compile(r"([0-9]{1,5})/([0-9]{4})$")
_TERM = re.compile(r"nhiệm {1,2}kỳ {1,2}(?:[^\W\d_]+ {1,2}){0,2}$")
_SUMMING_UP = re.compile(words("tổng kết"))
_NEXT = re.compile(words("triển khai", "phương hướng", "nhiệm vụ"))
_ANOTHER = re.compile(
    words(
        "giai đoạn", "nhiệm kỳ", "sơ kết", "tháng", "quý", "đến năm", "chương trình", "nghị quyết", "kế hoạch"
    )
)
_UNTIL = re.compile(rf"{words('đến', 'tính đến', 'đến hết')} {{1,2}}(?:hết {{1,2}})?(?:ngày {{1,2}})?$")
_COMPARED = re.compile(words("so", "so với", "cùng kỳ", "từ"))
_ANNIVERSARY = re.compile(
    words("kỷ niệm", "ngày sinh", "ngày thành lập", "ngày truyền thống", "quốc khánh", "giải phóng", "ngày")
)
_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_dates(view: View) -> None:
    """Judge dates, spans of years, codes with a year, and the days of year-end meetings."""
    for i, claim in enumerate(view.claims):
        for place in range(len(claim.numbers)):
            if view.number(i, place).role == "date":
                _exists(view, i, view.number(i, place))
        if claim.kind == "span":
            _span(view, i)
        elif claim.kind == "reference":
            _state_code(view, i)
    for sentence in view.by_sentence:
        _meeting(view, sentence)
    _until(view)
    _ranges(view)
    check_ages(view)


def _exists(view: View, i: int, number: Number) -> None:
    if number.on is not None:
        return
    found = _WHOLE.fullmatch(number.text.replace("\u00a0", " ").lower())
    if found is not None:
        view.say(i, "wrong", f"“{number.text}” không có trong lịch.")
        return
    found = _DAY.fullmatch(number.text.replace("\u00a0", " ").lower())
    if found is None:
        return
    day, month = int(found[1]), int(found[2])
    if not (1 <= month <= 12 and 1 <= day <= _DAYS_OF_MONTH[month - 1]):
        view.say(i, "wrong", f"“{number.text}” không có trong lịch.")


def _span(view: View, i: int) -> None:
    numbers = [view.numbers[n] for n in view.claims[i].numbers]
    if numbers[0].role == "span":
        _years(view, i, numbers[0])
        return
    ends = _ends(numbers[1:])
    if ends is None:
        return
    years = ends[1] - ends[0]
    said = f"{ends[1]} − {ends[0]} = {years}"
    if numbers[0].value - years == 1 and _worked(view, i):
        view.say(i, "right", f"{said}; tính cả năm đầu là {years + 1} năm.")
    elif years == numbers[0].value:
        view.say(i, "right", f"{said} năm.")
    else:
        view.say(i, "wrong", f"{said} năm, không phải {numbers[0].text}.", str(years), numbers[0])


def _worked(view: View, i: int) -> bool:
    """“trong 3 năm (2021-2023)” counts the first year too, an anniversary does not."""
    first = view.numbers[view.claims[i].numbers[0]]
    near = view.before(i, 60) + view.key[first.end : first.end + 60]
    return _ANNIVERSARY.search(near) is None and any(
        view.numbers[n].role == "span" for n in view.claims[i].numbers
    )


def _ends(numbers: list[Number]) -> tuple[int, int] | None:
    if len(numbers) == 1:
        found = _YEARS.fullmatch(numbers[0].text)
        return (int(found[1]), int(found[2])) if found else None
    if all(n.role == "year" or n.on is not None for n in numbers):
        first, second = (n.on.year if n.on else int(n.value) for n in numbers)
        return first, second
    return None


def _years(view: View, i: int, number: Number) -> None:
    found = _YEARS.fullmatch(number.text)
    if found is None:
        return
    first, second = int(found[1]), int(found[2])
    if second <= first:
        view.say(i, "wrong", f"“{number.text}”: năm cuối không sau năm đầu.")
    elif _TERM.search(view.before(i, 40)):
        if second - first > 10:
            right = number.text.replace(found[2], str(first + 5))
            reason = f"“{number.text}” dài {second - first} năm; một nhiệm kỳ thường là 5 năm."
            view.say(i, "wrong", reason, right, number)
        elif second - first > 5:
            view.say(
                i, "doubtful", f"“{number.text}” dài {second - first} năm; một nhiệm kỳ thường là 5 năm."
            )
        else:
            view.say(i, "right", f"Nhiệm kỳ {second - first} năm.")


def _state_code(view: View, i: int) -> None:
    """The year within the code of a State paper is that of its date."""
    numbers = [view.numbers[n] for n in view.claims[i].numbers]
    for place, number in enumerate(numbers):
        found = _STATE_YEAR.fullmatch(number.text)
        day = next((n.on for n in numbers[place + 1 :] if n.on is not None), None)
        if day is None:
            day = _day_after(view, number)
        if found is None or day is None:
            continue
        if int(found[2]) == day.year:
            view.say(i, "right", f"Năm trong số hiệu đúng với ngày {format_date(day)}.")
        else:
            reason = f"Số hiệu ghi năm {found[2]} nhưng ngày ban hành là {format_date(day)}."
            view.say(i, "wrong", reason, f"{found[1]}/{day.year}", number)


def _day_after(view: View, number: Number) -> date | None:
    near = view.key[number.end : number.end + 60].partition("\n")[0]
    found = re.match(
        r"/[a-zđ]{1,6}(?:-[a-zđ]{1,8}){0,2},? {1,2}ngày {1,2}([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})",
        near,
    )
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _meeting(view: View, sentence: int) -> None:
    """“Hội nghị tổng kết … năm 2023; triển khai … năm 2024” of a day from December to February."""
    start, end = view.reading.sentences[sentence]
    summed = _SUMMING_UP.search(view.key, start, end)
    if summed is None or ("hội nghị" not in view.key[start:end] and summed.start() - start > 40):
        return
    claims = view.by_sentence[sentence]
    years = [i for i in claims if view.number(i).role == "year" and view.claims[i].kind == "date"]
    after = [i for i in years if view.number(i).start > summed.end()]
    if not after:
        return
    of = after[0]
    said = view.key[summed.end() : view.number(of).start]
    if len(said) > 120 or _ANOTHER.search(said) or _NEXT.search(said):
        return
    year = int(view.value(of))
    if len(after) > 1:
        _next_year(view, of, after[1], year)
    for i in claims:
        day = view.number(i).on
        if view.claims[i].kind == "date" and day is not None and view.number(i).start < summed.start():
            _season(view, i, day, year)
            return


def _next_year(view: View, of: int, ahead: int, year: int) -> None:
    between = view.key[view.number(of).end : view.number(ahead).start]
    if len(between) > 140 or not _NEXT.search(between) or _ANOTHER.search(between):
        return
    number = view.number(ahead)
    if number.value == year + 1:
        view.say(ahead, "right", f"Năm tiếp theo của {year}.")
    else:
        reason = f"Tổng kết năm {year} thì triển khai nhiệm vụ năm {year + 1}, không phải {number.text}."
        view.say(ahead, "wrong", reason, str(year + 1), number)


def _season(view: View, i: int, day: date, year: int) -> None:
    if date(year, 12, 1) <= day < date(year + 1, 3, 1):
        view.say(i, "right", f"Hội nghị tổng kết năm {year} họp từ tháng 12 đến tháng 2 năm sau.")
    else:
        season = f"từ tháng 12/{year} đến tháng 2/{year + 1}"
        reason = f"Hội nghị tổng kết năm {year} thường họp {season}; văn bản ghi {format_date(day)}."
        view.say(i, "doubtful", reason)


def _ranges(view: View) -> None:
    """“từ ngày 20/5/2024 đến ngày 10/5/2024”: the end lies after the beginning."""
    for i in view.of_kind("date"):
        j = i + 1
        if (
            j >= len(view.claims)
            or view.claims[j].kind != "date"
            or view.claims[j].sentence != view.claims[i].sentence
        ):
            continue
        first, last = view.number(i).on, view.number(j).on
        between = view.key[view.number(i).end : view.number(j).start]
        if (
            first is None
            or last is None
            or not _FROM.search(view.before(i, 14))
            or not _TO.fullmatch(between)
        ):
            continue
        if first < last or (first == last and "ngày" not in between):
            continue
        if first > last:
            reason = f"Ngày kết thúc {format_date(last)} lại trước ngày bắt đầu {format_date(first)}."
            view.say(j, "wrong", reason)


_FROM = re.compile(r"(?<![^\W\d_])từ(?: {1,2}(?:ngày|sáng|chiều))? {1,2}$")
_TO = re.compile(r" {0,2}(?:đến|tới)(?: {1,2}(?:hết|ngày)){0,2} {1,2}")


def _until(view: View) -> None:
    """“đến ngày 20/3/2022” in a text of 2023 about 2023: the year was left from an old text."""
    dated = next((view.number(i).on for i in view.of_kind("date") if view.number(i).role == "date"), None)
    if dated is None or view.number(next(view.of_kind("date"))).start > 600:
        return
    for i in view.of_kind("date"):
        number = view.number(i)
        if (
            number.on is None
            or number.role != "date"
            or number.on.year != dated.year - 1
            or not _UNTIL.search(view.before(i, 24))
        ):
            continue
        sentence = view.sentence(i)
        if (
            str(dated.year) in sentence
            and not _COMPARED.search(sentence)
            and Fraction((dated - number.on).days) > 330
        ):
            right = number.text[: -len(str(number.on.year))] + str(dated.year)
            reason = f"Câu nói về năm {dated.year} nhưng ngày tính đến thuộc năm {number.on.year}."
            view.say(i, "doubtful", reason, right, number)
