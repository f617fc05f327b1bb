"""The periods that Party reports are made for, and their codes.

===========  =================  =====================================
kind         code               days
===========  =================  =====================================
month        ``2023-06``        1/6/2023 to 30/6/2023
quarter      ``2023-Q1``        1/1 to 31/3
half         ``2023-H1``        1/1 to 30/6 (``H2``: 1/7 to 31/12)
nine_months  ``2023-9M``        1/1 to 30/9
year         ``2023``           1/1 to 31/12
term         ``2020-2025``      1/7/2020 to 30/6/2025
half_term    ``2020-2025-H1``   1/7/2020 to 31/12/2022 (``H2``: 1/1/2023 to 30/6/2025)
===========  =================  =====================================

A term of a committee runs from congress to congress. Its days differ from place
to place, so statistics use one convention: 1 July of the first year to 30 June
of the fifth year after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .dates import MONTHS_EN, add_months
from .text import fold

__all__ = [
    "BadPeriod",
    "Kind",
    "Period",
    "half",
    "half_term",
    "month",
    "nine_months",
    "parse_period",
    "period_at",
    "quarter",
    "term",
    "year",
]

FIRST_YEAR, LAST_YEAR = 1930, 2100
TERM_YEARS = 5
_ROMAN = ("I", "II", "III", "IV")


class Kind(StrEnum):
    """Kinds of period, by the word used in code and in JSON."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    TERM = "term"
    HALF_TERM = "half_term"


_LENGTH = {
    Kind.MONTH: 1,
    Kind.QUARTER: 3,
    Kind.HALF: 6,
    Kind.NINE_MONTHS: 9,
    Kind.YEAR: 12,
    Kind.TERM: 12 * TERM_YEARS,
    Kind.HALF_TERM: 6 * TERM_YEARS,
}
_OF_A_TERM = (Kind.TERM, Kind.HALF_TERM)


class BadPeriod(ValueError):
    """A period code that cannot be read; the message lists the accepted writings."""


@dataclass(frozen=True)
class Period:
    """A reporting period; ``start`` and ``end`` are its first and last day, both within it."""

    kind: Kind
    start: date
    end: date
    code: str

    def __str__(self) -> str:
        return self.code

    def contains(self, d: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= d <= self.end

    def default_as_at(self) -> date:
        """The day as at which the period's stock figures are asked: its last day."""
        return self.end

    def previous(self) -> Period:
        """The period of the same kind just before.

        Nine months are counted from January, so before them come the nine months of the year before.
        """
        step = 12 if self.kind is Kind.NINE_MONTHS else _LENGTH[self.kind]
        return _make(self.kind, add_months(self.start, -step))

    def following(self) -> Period:
        """The period of the same kind just after; the inverse of :meth:`previous`."""
        step = 12 if self.kind is Kind.NINE_MONTHS else _LENGTH[self.kind]
        return _make(self.kind, add_months(self.start, step))

    def same_period_last_year(self) -> Period:
        """The same months of the year before: the forms' "cùng kỳ năm trước".

        Raises ValueError for a term or half-term, which have none: see :meth:`comparison`.
        """
        if self.kind in _OF_A_TERM:
            raise ValueError(f"Nhiệm kỳ {self.code} không có cùng kỳ năm trước.")
        return _make(self.kind, add_months(self.start, -12))

    def comparison(self) -> Period:
        """What reports set beside this period: the same period last year, or of the term before."""
        if self.kind in _OF_A_TERM:
            return _make(self.kind, add_months(self.start, -_LENGTH[Kind.TERM]))
        return self.same_period_last_year()

    def months(self) -> tuple[Period, ...]:
        """The calendar months that make up the period, in order."""
        return tuple(_make(Kind.MONTH, add_months(self.start, i)) for i in range(_LENGTH[self.kind]))

    def label(self, lang: str = "vi") -> str:
        """The period in running text: ``quý I năm 2023``, ``6 tháng đầu năm 2023``, ``nhiệm kỳ 2020-2025``."""
        return _label_en(self) if lang.startswith("en") else _label_vi(self)


def _number_in(period: Period) -> int:
    """Which quarter, half or half-term it is, from 1."""
    if period.kind is Kind.HALF_TERM:
        return 1 if period.start.month == 7 else 2
    return (period.start.month - 1) // _LENGTH[period.kind] + 1


def _label_vi(p: Period) -> str:
    n, y = _number_in(p), p.start.year
    match p.kind:
        case Kind.MONTH:
            return f"tháng {n:02d} năm {y}" if n < 3 else f"tháng {n} năm {y}"
        case Kind.QUARTER:
            return f"quý {_ROMAN[n - 1]} năm {y}"
        case Kind.HALF:
            return f"6 tháng {'đầu' if n == 1 else 'cuối'} năm {y}"
        case Kind.NINE_MONTHS:
            return f"9 tháng đầu năm {y}"
        case Kind.YEAR:
            return f"năm {y}"
        case Kind.TERM:
            return f"nhiệm kỳ {p.code}"
        case Kind.HALF_TERM:
            return f"nửa {'đầu' if n == 1 else 'cuối'} nhiệm kỳ {p.code[:-3]}"


def _label_en(p: Period) -> str:
    n, y = _number_in(p), p.start.year
    match p.kind:
        case Kind.MONTH:
            return f"{MONTHS_EN[n - 1]} {y}"
        case Kind.QUARTER:
            return f"quarter {n} of {y}"
        case Kind.HALF:
            return f"{'first' if n == 1 else 'second'} half of {y}"
        case Kind.NINE_MONTHS:
            return f"first nine months of {y}"
        case Kind.YEAR:
            return f"{y}"
        case Kind.TERM:
            return f"term {p.code}"
        case Kind.HALF_TERM:
            return f"{'first' if n == 1 else 'second'} half of term {p.code[:-3]}"


def _make(kind: Kind, start: date) -> Period:
    """The period of a kind that starts on a day; the day must be a first day of that kind."""
    end = add_months(start, _LENGTH[kind]) - timedelta(days=1)
    y = start.year
    match kind:
        case Kind.MONTH:
            code = f"{y}-{start.month:02d}"
        case Kind.QUARTER:
            code = f"{y}-Q{(start.month + 2) // 3}"
        case Kind.HALF:
            code = f"{y}-H{(start.month + 5) // 6}"
        case Kind.NINE_MONTHS:
            code = f"{y}-9M"
        case Kind.YEAR:
            code = f"{y}"
        case Kind.TERM:
            code = f"{y}-{y + TERM_YEARS}"
        case Kind.HALF_TERM:
            first = y if start.month == 7 else y - TERM_YEARS // 2 - 1
            code = f"{first}-{first + TERM_YEARS}-H{1 if start.month == 7 else 2}"
    return Period(kind, start, end, code)


def month(y: int, m: int) -> Period:
    """Month ``m`` (1 to 12) of a year."""
    return _make(Kind.MONTH, date(y, m, 1))


def quarter(y: int, n: int) -> Period:
    """Quarter ``n`` (1 to 4) of a year."""
    return _make(Kind.QUARTER, date(y, 3 * n - 2, 1))


def half(y: int, n: int) -> Period:
    """The first (1) or last (2) six months of a year."""
    return _make(Kind.HALF, date(y, 6 * n - 5, 1))


def nine_months(y: int) -> Period:
    """The first nine months of a year."""
    return _make(Kind.NINE_MONTHS, date(y, 1, 1))


def year(y: int) -> Period:
    """A calendar year."""
    return _make(Kind.YEAR, date(y, 1, 1))


def term(first_year: int) -> Period:
    """The five-year term that begins on 1 July of a year."""
    return _make(Kind.TERM, date(first_year, 7, 1))


def half_term(first_year: int, n: int) -> Period:
    """The first (1) or second (2) thirty months of the term beginning in a year."""
    return _make(Kind.HALF_TERM, add_months(date(first_year, 7, 1), 30 * (n - 1)))


def period_at(kind: Kind, d: date) -> Period:
    """The period of a kind that a day lies in; terms by the five-year round of congresses (…, 2015, 2020, 2025).

    For nine months, those of the day's year, even if the day lies after them.
    """
    if kind in _OF_A_TERM:
        whole = term((d.year if d.month >= 7 else d.year - 1) // TERM_YEARS * TERM_YEARS)
        halves = (half_term(whole.start.year, 1), half_term(whole.start.year, 2))
        return whole if kind is Kind.TERM else halves[0] if halves[0].contains(d) else halves[1]
    if kind in (Kind.NINE_MONTHS, Kind.YEAR):
        return _make(kind, date(d.year, 1, 1))
    length = _LENGTH[kind]
    return _make(kind, date(d.year, (d.month - 1) // length * length + 1, 1))


_Y = r"(?P<y>[0-9]{4})"
_BEFORE_YEAR = r"\s*(?:[/\-.]|nam)?\s*"
_NUMBER = r"(?P<n>iv|iii|ii|i|[1-4])"
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Kind.YEAR, rf"(?:nam\s*)?{_Y}"),
        (Kind.MONTH, rf"{_Y}-(?P<n>[0-9]{{1,2}})"),
        (Kind.MONTH, rf"(?:thang\s*|t)?(?P<n>[0-9]{{1,2}}){_BEFORE_YEAR}{_Y}"),
        (Kind.QUARTER, rf"{_Y}\s*-?\s*(?:q|quy\s*){_NUMBER}"),
        (Kind.QUARTER, rf"(?:q|quy\s*){_NUMBER}{_BEFORE_YEAR}{_Y}"),
        (Kind.HALF, rf"{_Y}\s*-?\s*h(?P<n>[12])"),
        (Kind.HALF, rf"h(?P<n>[12]){_BEFORE_YEAR}{_Y}"),
        (Kind.HALF, rf"6\s*(?:t|thang)(?:\s*(?P<n>dau|cuoi))?{_BEFORE_YEAR}{_Y}"),
        (Kind.HALF, rf"{_Y}\s*-?\s*6[tm]"),
        (Kind.NINE_MONTHS, rf"{_Y}\s*-?\s*9[tm]"),
        (Kind.NINE_MONTHS, rf"9\s*(?:t|thang)(?:\s*dau)?{_BEFORE_YEAR}{_Y}"),
        (Kind.TERM, rf"(?:nhiem ky\s*)?{_Y}\s*-\s*(?P<z>[0-9]{{4}})"),
        (Kind.HALF_TERM, rf"{_Y}-(?P<z>[0-9]{{4}})-?h(?P<n>[12])"),
        (Kind.HALF_TERM, rf"nua\s*(?P<n>dau|cuoi)\s*nhiem ky\s*{_Y}\s*-\s*(?P<z>[0-9]{{4}})"),
    )
)
_ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "dau": 1, "cuoi": 2}


def parse_period(code: str) -> Period:
    """Read a period code, or a usual Vietnamese writing of one.

    Besides the codes of this module's table: ``2023Q1``, ``Q1/2023``, ``Quý I/2023``,
    ``6T/2023``, ``6 tháng cuối năm 2023``, ``9 tháng 2023``, ``06/2023``, ``năm 2023``,
    ``nhiệm kỳ 2020-2025``. Raises :class:`BadPeriod`.
    """
    bare = fold(code).replace("–", "-")
    for kind, pattern in _FORMS:
        if match := pattern.fullmatch(bare):
            found = _read(kind, match.groupdict())
            if found is not None:
                return found
    raise BadPeriod(
        f"Không hiểu kỳ báo cáo “{code.strip()[:40]}”. Hãy viết: 2023 (năm), 2023-06 (tháng), 2023-Q1 (quý), "
        "2023-H1 (6 tháng), 2023-9M (9 tháng), 2020-2025 (nhiệm kỳ) hoặc 2020-2025-H1 (nửa nhiệm kỳ); "
        f"năm từ {FIRST_YEAR} đến {LAST_YEAR}."
    )


def _read(kind: Kind, found: dict[str, str | None]) -> Period | None:
    """The period that a matched writing names, or None when its numbers are out of range."""
    y, z, raw = int(found["y"] or 0), int(found.get("z") or 0), found.get("n")
    n = 1 if raw is None else _ORDINALS.get(raw) or int(raw)
    if not FIRST_YEAR <= y <= LAST_YEAR or (kind is Kind.MONTH and not 1 <= n <= 12):
        return None
    if kind in _OF_A_TERM:
        if z != y + TERM_YEARS or z > LAST_YEAR:
            return None
        return term(y) if kind is Kind.TERM else half_term(y, n)
    if kind in (Kind.YEAR, Kind.NINE_MONTHS):
        return year(y) if kind is Kind.YEAR else nine_months(y)
    return {Kind.MONTH: month, Kind.QUARTER: quarter, Kind.HALF: half}[kind](y, n)
