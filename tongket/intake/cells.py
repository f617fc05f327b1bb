"""From what stands in a cell to the value of a field; what cannot be read is said in words, never guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from math import isfinite
from typing import Any

from tongket.core.codelists import CodeList
from tongket.core.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS_EN,
    BadDate,
    excel_date,
    format_date,
    parse_date,
    today,
)
from tongket.core.identity import clean_digits
from tongket.core.numbers import BadNumber, parse_number
from tongket.core.periods import BadPeriod, parse_period
from tongket.core.problems import Severity
from tongket.core.text import fold, tidy
from tongket.indicators.catalogue import INDICATORS
from tongket.intake.columns import Column

_YES = frozenset({"co", "x", "v", "1", "true", "dung", "yes", "✓", "✔"})
_NO = frozenset({"khong", "0", "false", "sai", "no", "-"})
_WRITINGS = (
    (re.compile(r"(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})\s*[-/. ]?\s*(?:thg|th|thang)\.?\s*(\d{1,2})\s*[-/., ]\s*(\d{4})"), (1, 2, 3)),
    (re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})"), (3, 2, 1)),
    (re.compile(r"(\d{1,2})\s+(\d{1,2})\s+(\d{4})"), (1, 2, 3)),
)
_PLAIN = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}")
_DAY_WORD = re.compile(r"^ngày\s+", re.IGNORECASE)
_MONTH_NAME = re.compile(r"(\d{1,2})[-/ ]([a-z]{3})[a-z]*[-/, ]+(\d{4})")
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS_EN, start=1)}
_SHORT = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ONLY_YEAR = re.compile(r"[0?._/ x-]*[/.\- ]?((?:19|20)\d{2})", re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(r"\d{1,2}\s*[/.-]\s*((?:19|20)\d{2})")
_EXPONENT = re.compile(r"\d([.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_LARGEST_WHOLE, _LARGEST = 10**9, 10**12
_EXCEL_BEGINS = date(1899, 12, 30)
_EXACT = 10**15  # Excel keeps 15 digits of a number; longer ones have lost some


class BadCell(ValueError):
    """The cell cannot be read as its column asks; the message says what to write, `fix` what perhaps was meant."""

    def __init__(self, message: str, fix: str = "") -> None:
        self.fix = fix
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that holds an error of a formula (#REF!, #N/A ...)."""

    text: str


@dataclass(slots=True)
class Read:
    """A value read, perhaps with something doubtful about it."""

    value: Any
    doubt: str = ""
    severity: Severity = "warning"
    fix: str = ""


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing that a person would see."""
    if type(value) is not str and not isinstance(value, str):
        return value is None
    return not value[:1].isalnum() and not tidy(value)


def shown(value: Any) -> str:
    """The cell's content as its writer sees it, for messages."""
    if isinstance(value, ErrorCell):
        return value.text
    if isinstance(value, datetime):
        return format_date(value.date())
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value))[:80] if value is not None else ""


def read(column: Column, value: Any) -> Read:
    """The value of a cell that is not blank. Raises `BadCell`."""
    if type(value) is str:
        return _READERS[column.type](column, value)
    if isinstance(value, ErrorCell):
        raise BadCell(f"Ô có lỗi công thức {value.text}. Hãy sửa công thức hoặc gõ thẳng giá trị.")
    if isinstance(value, float) and not isfinite(value):
        raise BadCell("Ô không phải là một số đọc được. Hãy gõ lại giá trị.")
    if isinstance(value, time | timedelta):
        raise BadCell("Ô là giờ, không phải nội dung của cột này. Hãy kiểm tra định dạng ô.")
    return _READERS[column.type](column, value)


def _text(_: Column, value: Any) -> Read:
    if type(value) is str:
        return Read(tidy(value))
    if isinstance(value, date):
        return Read(format_date(value.date() if isinstance(value, datetime) else value))
    return Read(tidy(value) if isinstance(value, str) else shown(value))


def _id(column: Column, value: Any) -> Read:
    if isinstance(value, str):
        text = tidy(value)
        if not text.isdigit() and _EXPONENT.fullmatch(text):
            raise BadCell(
                f"“{text}” là số đã bị Excel rút gọn, mất các chữ số cuối. Hãy lấy lại số đầy đủ từ tệp gốc, "
                "để ô ở dạng Text."
            )
        return Read(clean_digits(text) if column.digits else text)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or int(value) != value
        or not 0 <= value < _EXACT
    ):
        raise BadCell(
            "Số hiệu phải là chữ số ở dạng văn bản. Hãy định dạng ô là Text rồi gõ lại đủ các chữ số."
        )
    digits = str(int(value))
    if column.digits and len(digits) <= column.digits:
        digits = digits.zfill(column.digits)
    return Read(
        digits,
        f"Ô ở dạng số nên có thể đã mất số 0 ở đầu; đọc là {digits}. Hãy đối chiếu, nên định dạng ô là Text.",
        fix=digits,
    )


def _date(_: Column, value: Any) -> Read:
    return Read(_day(value))


def _day(value: Any) -> date:
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise BadCell(f"“{shown(value)}” có năm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}. Kiểm tra ngày.")
        typed = (day - _EXCEL_BEGINS).days
        if FIRST_YEAR <= typed <= LAST_YEAR:
            # Typed into a cell made for days, 1980 becomes a day of 1905, which nobody meant.
            raise BadCell(
                f"“{shown(value)}” là do gõ năm {typed} vào ô định dạng ngày. Hãy định dạng ô là Text rồi ghi lại.",
                str(typed),
            )
        return day
    if type(value) is str and _PLAIN.fullmatch(value):
        try:
            return parse_date(value)
        except BadDate as error:
            raise BadCell(str(error), _meant(value)) from None
    text = _CLOCK.sub("", shown(value))
    if _YEAR.fullmatch(text):
        # As a number of Excel's calendar a year would be a day of 1905, which nobody meant.
        raise BadCell(f"“{text}” chỉ là năm. Cột này cần đủ ngày/tháng/năm; chưa biết thì để trống.")
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return excel_date(value)
        return parse_date(_plain_date(text))
    except BadDate as error:
        raise BadCell(str(error), _meant(text)) from None


def _plain_date(text: str) -> str:
    """Day/month/year from the writings with words, with the year first, or with a month's name as Excel shows it."""
    if _PLAIN.fullmatch(text):
        return text
    folded = fold(text).removeprefix("ngay ").strip()
    for pattern, order in _WRITINGS:
        match = pattern.fullmatch(folded)
        if match:
            return "/".join(match[n] for n in order)
    named = _MONTH_NAME.fullmatch(folded)
    if named and named[2] in _MONTHS:
        return f"{named[1]}/{_MONTHS[named[2]]}/{named[3]}"
    return _DAY_WORD.sub("", text)


def _meant(text: str) -> str:
    """What perhaps was meant by a day that is none: the month written first, or the year in two digits."""
    match = _SHORT.fullmatch(text)
    if match is None:
        return ""
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if len(match[3]) == 2:
        year += 2000 if 2000 + year <= today().year else 1900
    for day, month in ((first, second), (second, first)):
        try:
            return format_date(date(year, month, day))
        except ValueError:
            continue
    return ""


def _birth(column: Column, value: Any) -> Read:
    text = shown(value) if not isinstance(value, date) else ""
    year = _ONLY_YEAR.fullmatch(text)
    if year:
        return Read((date(int(year[1]), 1, 1), True))
    month = _MONTH_AND_YEAR.fullmatch(text)
    if month:
        raise BadCell(f"“{text}” thiếu ngày. Ghi đủ ngày/tháng/năm, hoặc chỉ ghi năm.", month[1])
    return Read((_day(value), False))


def _number(value: Any) -> Decimal:
    if isinstance(value, bool | date):
        raise BadCell(f"“{shown(value)}” không phải là số. Hãy nhập một số.")
    try:
        if isinstance(value, int | float):
            return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return parse_number(tidy(value))
    except (BadNumber, InvalidOperation):
        raise BadCell(f"“{shown(value)}” không phải là số. Hãy viết như 3.724 hoặc 98,11.") from None


def _int(_: Column, value: Any) -> Read:
    number = _number(value)
    if not number.is_finite() or number != number.to_integral_value():
        raise BadCell(f"“{shown(value)}” phải là số nguyên.")
    if abs(number) > _LARGEST_WHOLE:
        raise BadCell(f"“{shown(value)}” quá lớn. Kiểm tra số.")
    return Read(int(number))


def _decimal(_: Column, value: Any) -> Read:
    number = _number(value)
    if not number.is_finite() or abs(number) > _LARGEST:
        raise BadCell(f"“{shown(value)}” quá lớn. Kiểm tra số.")
    return Read(number)


def _bool(_: Column, value: Any) -> Read:
    text = fold(shown(value))
    if text in _YES:
        return Read(True)
    if text in _NO:
        return Read(False)
    raise BadCell(f"“{shown(value)}” không phải là có hay không. Hãy ghi Có, Không hoặc để trống.")


@cache
def _vocabulary(codes: CodeList) -> dict[str, str]:
    words = {fold(code.vi): code.code for code in codes.codes}
    words |= {fold(code.en): code.code for code in codes.codes if fold(code.en) not in words}
    return words | {fold(code.code): code.code for code in codes.codes}


def _code(column: Column, value: Any) -> Read:
    if column.codes is None:
        raise TypeError(f"{column.field}: a code column needs its list")
    text = shown(value)
    # Diacritics tell codes apart (QĐ, QyĐ), so the exact writing goes first.
    if text in column.codes.values:
        return Read(text)
    found = _vocabulary(column.codes).get(fold(text))
    if found is None and text.isdigit() and text.zfill(2) in column.codes.values:
        found = text.zfill(2)
    if found is None:
        some = [code.vi for code in column.codes.codes]
        listed = "; ".join(some[:8]) + ("; …" if len(some) > 8 else "")
        near = get_close_matches(fold(text), list(_vocabulary(column.codes)), 1, 0.75)
        fix = column.codes.label(_vocabulary(column.codes)[near[0]]) if near else ""
        raise BadCell(f"“{text}” không có trong danh mục. Hãy chọn một trong: {listed}.", fix)
    return Read(found)


def _period(_: Column, value: Any) -> Read:
    try:
        return Read(parse_period(shown(value)).code)
    except BadPeriod as error:
        raise BadCell(str(error)) from None


@cache
def _indicators() -> dict[str, str]:
    return {fold(i.vi): i.id for i in INDICATORS.values()}


def _indicator(_: Column, value: Any) -> Read:
    text = shown(value)
    if text in INDICATORS:
        return Read(text)
    found = _indicators().get(fold(text))
    if found is None:
        raise BadCell(f"Không có chỉ số “{text}”. Hãy chọn mã ở trang Số liệu (lệnh ./run indicators).")
    return Read(found)


_READERS: dict[str, Callable[[Column, Any], Read]] = {
    "text": _text,
    "id": _id,
    "date": _date,
    "birth": _birth,
    "int": _int,
    "decimal": _decimal,
    "bool": _bool,
    "code": _code,
    "organisation": _text,
    "member": _text,
    "directive": _text,
    "period": _period,
    "indicator": _indicator,
}
