"""Calendar days as Party papers write and count them.

A term counted in months or years ends on the same day of the last month; where
that month has no such day, on its last day (a term from 31/8 ends on 30/9 or
28/2, one from 29/2 on 28/2 of a common year).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

__all__ = [
    "FOREVER",
    "BadDate",
    "add_months",
    "add_years",
    "excel_date",
    "format_date",
    "full_months",
    "full_years",
    "long_date_vi",
    "parse_date",
    "today",
]

#: The end of a period that has no end yet. Adding to it leaves it as it is.
FOREVER = date(9999, 12, 31)

FIRST_YEAR, LAST_YEAR = 1900, 2100

_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*([/.\-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


# Vietnam keeps one time without summer time, so no time zone database is needed.
_VIETNAM = timezone(timedelta(hours=7), "ICT")


class BadDate(ValueError):
    """A writing that is no day of the calendar; the message says how to write it."""


def today() -> date:
    """The day it is in Vietnam, whatever the server's clock is set to show."""
    return datetime.now(_VIETNAM).date()


def _bad(text: str, why: str) -> BadDate:
    return BadDate(f"“{text.strip()[:40]}” {why} Hãy viết ngày/tháng/năm, ví dụ 28/12/2023.")


def parse_date(text: str) -> date:
    """Read ``28/12/2023``, ``1/7/2025``, ``28-12-2023``, ``28.12.2023`` or ``2023-12-28``.

    The day always comes before the month, as in Vietnam. Years 1900 to 2100, in
    four digits. Raises :class:`BadDate` with a message in Vietnamese.
    """
    bare = text.strip()
    if match := _DAY_FIRST.fullmatch(bare):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    elif match := _YEAR_FIRST.fullmatch(bare):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        raise _bad(text, "không phải là ngày.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _bad(text, f"có năm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise _bad(text, "không có trong lịch.") from None


def format_date(d: date, lang: str = "vi") -> str:
    """``28/12/2023``; in English ``28 December 2023``."""
    if lang.startswith("en"):
        return f"{d.day} {MONTHS_EN[d.month - 1]} {d.year}"
    return f"{d.day:02d}/{d.month:02d}/{d.year:04d}"


def long_date_vi(d: date) -> str:
    """``ngày 28 tháng 12 năm 2023``, as Party papers date themselves.

    Days below 10 and months 1 and 2 take a leading zero (Hướng dẫn 36-HD/VPTW of
    3/4/2018, kept by 05-HD/VPTW of 27/5/2026), so that a 1 cannot become an 11.
    """
    month = f"{d.month:02d}" if d.month < 3 else str(d.month)
    return f"ngày {d.day:02d} tháng {month} năm {d.year}"


def add_months(d: date, months: int) -> date:
    """The same day ``months`` later (or earlier), or the last day of a shorter month.

    Raises ValueError when the result is no date; :data:`FOREVER` stays as it is.
    """
    if d == FOREVER:
        return d
    year, month0 = divmod(d.year * 12 + d.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"Ngày tính ra nằm ngoài lịch: {months} tháng từ {format_date(d)}.")
    return date(year, month0 + 1, min(d.day, monthrange(year, month0 + 1)[1]))


def add_years(d: date, years: int) -> date:
    """The same day ``years`` later (or earlier); 29/2 becomes 28/2 in a common year."""
    return add_months(d, 12 * years)


def full_months(start: date, end: date) -> int:
    """Whole months from ``start`` to ``end``; negative when ``end`` comes first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def full_years(start: date, end: date) -> int:
    """Whole years from ``start`` to ``end``: an age, or Party age; negative when ``end`` comes first."""
    return full_months(start, end) // 12


def excel_date(serial: float, *, epoch_1904: bool = False) -> date:
    """The day behind an Excel serial number; the time of day is dropped.

    Excel's calendar has a 29/2/1900 that never was: serial 60 is refused and
    earlier serials are shifted. Raises :class:`BadDate` outside 1900 to 2100.
    """
    days = int(serial)
    base = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30 if days > 60 else 31)
    if serial >= 0 and (epoch_1904 or days not in (0, 60)) and days < 80_000:
        found = base + timedelta(days=days)
        if FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
    raise _bad(f"{serial}", "không phải là ngày của Excel.")
