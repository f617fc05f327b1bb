"""Finding where numbers stand in a text and what they are worth; what role they play is decided in `roles`.

One pass from left to right over a key (`keys.key`). Every pattern is bounded or possessive, so that the time grows with
the length of the text only, whatever the text is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from .keys import WORD_END, words
from .numerals import DIGITS, MARKERS, ROMAN, WORDED, roman, spoken
from .vocabulary import COUNT_UNITS, NOT_ONE

__all__ = ["MOST_NUMBERS", "Token", "TooManyNumbers", "scan"]

Form = Literal[
    "number", "date", "day", "month", "span", "heading", "code", "clock", "worded", "none", "roman", "vague", "long"
]  # fmt: skip

#: More numbers than any report of 500 pages has: a table of data pasted by mistake, or an attack.
MOST_NUMBERS = 40_000
_LONGEST = 18  # digits; longer ones are account numbers or rubbish, no figures


class TooManyNumbers(ValueError):
    """The text holds more numbers than can be checked one by one."""


@dataclass(slots=True)
class Token:
    """A number as found. `scale` is 1000 in “72 ngàn”; `sign` is how per cent was written, "" when it was not."""

    start: int
    end: int
    form: Form
    value: Decimal
    decimals: int = 0
    scale: int = 1
    on: date | None = None
    sign: str = ""
    comma: bool = False  # “112,900”: a comma before three digits, thousands or decimals


_ISO_DATE = re.compile(r"([12][0-9]{3})-([0-9]{2})-([0-9]{2})(?![0-9])")
_DATE = re.compile(r"([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})(?![0-9])")
_SHORT_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2})(?![0-9])")
_DATE_IN_WORDS = re.compile(
    r"([0-9]{1,2}) {1,3}tháng {1,3}([0-9]{1,2})(?:(?: {1,3}năm {1,3}| {0,2}[/.-] {0,2})([0-9]{4}))?(?![0-9])"
)
_MONTH_YEAR = re.compile(r"([0-9]{1,2})(?: ?[/.-] ?| {1,3}năm {1,3})([12][0-9]{3})(?![0-9/])")
_DAY_MONTH = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})(?![0-9])(?!/[0-9]{4})(?![.,][0-9])")
_SPAN = re.compile(r"((?:19|20)[0-9]{2}) ?[-/] ?((?:19|20)[0-9]{2})(?![0-9/])")
_STATE_CODE = re.compile(r"([0-9]{1,5})/([12][0-9]{3})/[a-zđ]")
_CLOCK = re.compile(
    r"([01]?[0-9]|2[0-4])(?::[0-5][0-9](?::[0-5][0-9])?|(?:h| {0,2}giờ {1,2})[0-5]?[0-9](?: {1,2}phút)?)"
    r"(?![0-9])(?![.,][0-9])"
)
_HEADING = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}(?=[.)/-]{0,2} {1,3}[^\W\d_\n])")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[\u00a0\u2009\u202f][0-9]{3}){1,4}(?![0-9])")
_NUMBER = re.compile(
    r"[0-9]{1,3}(?:\.[0-9]{3}){1,6}(?:,[0-9]{1,6})?(?![0-9])"
    r"|[0-9]{1,6}\.[0-9]{1,2}(?![0-9])(?!\.[0-9])"
    r"|[0-9]++(?:,[0-9]{1,6}(?![0-9]))?"
)
_SCALE = re.compile(
    rf" {{0,2}}(?:(nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?: {{1,2}}(tỷ|tỉ|triệu))?){WORD_END}(?! {{1,2}}(?:lệ|trọng|suất|giá))"
)
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_SIGN = re.compile(
    rf" {{0,3}}(?:điểm {{0,2}}(?:phần {{1,2}}trăm{WORD_END}|%)|%|o/o|0/0|phần {{1,2}}trăm{WORD_END})"
)
_UNITS = words(*COUNT_UNITS)
# The next patterns begin with plain letters, so that the search can skip quickly; `_whole` looks at the letter before.
_SINGLE = re.compile(rf"({'|'.join(DIGITS)}) {{1,2}}(?={_UNITS})")
_REPEATED = re.compile(rf"\(({'|'.join(DIGITS)}|mười)\)")
_ONE_AFTER = re.compile(
    words(
        "có", "còn", "với", "cho", "và", "là", "kết nạp", "khiển trách", "cảnh cáo", "khai trừ", "cách chức", "kỷ luật",
        "xóa tên", "truy tặng", "đình chỉ",
    )
    + r" {1,2}$"
)  # fmt: skip
_NONE = re.compile(rf"(không) {{1,2}}(?:có|còn) {{1,2}}(?={words(*NOT_ONE)})")
_VAGUE = re.compile(rf"(?:hàng {{1,2}}(trăm|nghìn|ngàn|vạn|triệu)|gấp {{1,2}}(đôi|ba|bốn|rưỡi)){WORD_END}")
_VAGUE_VALUES: dict[str, int | Decimal] = {"trăm": 100, "đôi": 2, "ba": 3, "bốn": 4, "rưỡi": Decimal("1.5")}
_VAGUE_VALUES |= _SCALES

_DAY_WORDS = re.compile(
    words(
        "ngày", "sáng", "trưa", "chiều", "tối", "đêm", "mùng", "mồng", "hôm", "đợt", "dịp", "lễ", "vào", "kỷ niệm",
        "chào mừng", "tết", "sáng nay", "chiều nay", "các đợt", "sáng ngày", "chiều ngày", "nhân ngày", "hết ngày",
    )
    + r"[ (]{0,3}$"
)  # fmt: skip
_UNTIL_WORDS = re.compile(words("đến", "từ", "hết", "trước", "sau", "qua", "tới", "tính đến") + " {1,3}$")
_MONTH_WORD = re.compile(words("tháng") + " {1,3}$")
_UNIT_AFTER = re.compile(rf" {{0,2}}{_UNITS}")
#: Days that are kept every year and are written without a date word: “đợt 3/2”, “(19/5)”.
_KNOWN_DAYS = frozenset(
    {(3, 2), (8, 3), (26, 3), (30, 4), (1, 5), (7, 5), (19, 5), (27, 7), (19, 8), (2, 9), (10, 10), (20, 10), (7, 11),
     (20, 11), (22, 12)}
)  # fmt: skip
_LINK = re.compile(r" ?(?:,|và|;|-|đến|&) ?")


def scan(text: str, key: str) -> list[Token]:
    """All numbers of a text in its order, none overlapping another. Raises `TooManyNumbers`."""
    found: list[Token] = []
    for token in _digits(text, key):
        found.append(token)
        if len(found) > MOST_NUMBERS:
            raise TooManyNumbers(
                f"Văn bản có hơn {MOST_NUMBERS:,} con số nên không soát được. ".replace(",", ".")
                + "Hãy tách văn bản thành nhiều phần, hoặc bỏ các bảng dữ liệu thô ra khỏi bản thảo."
            )
    taken = {token.start for token in found}
    spoken_ones = [token for token in _in_words(key) if token.start not in taken]
    merged = sorted([*found, *spoken_ones], key=lambda token: (token.start, -token.end))
    kept: list[Token] = []
    for token in merged:
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    if len(kept) > MOST_NUMBERS:
        raise TooManyNumbers(
            "Văn bản có quá nhiều con số nên không soát được. Hãy tách văn bản thành nhiều phần."
        )
    return kept


_FIRST_DIGIT = re.compile(r"[0-9]")


def _digits(text: str, key: str) -> Iterator[Token]:
    at = 0
    previous: Token | None = None
    while (first := _FIRST_DIGIT.search(key, at)) is not None:
        start = first.start()
        token = (
            _heading(key, start)
            or _state_code(key, start)
            or _clock(key, start)
            or _whole_date(key, start)
            or _month_and_year(key, start)
            or _span(key, start)
            or _day_and_month(key, start, previous)
            or _number(text, key, start)
        )
        yield token
        previous = token
        at = token.end


def _heading(key: str, start: int) -> Token | None:
    """“1. ”, “2.1 ” at the beginning of a line count sections."""
    line = key.rfind("\n", max(0, start - 8), start)
    before = key[line + 1 : start] if line >= 0 else key[:start] if start < 8 else "x"
    if before.strip(" (*"):
        return None
    found = _HEADING.match(key, start)
    if found is None or (found.group().isdigit() and key[found.end()] == " "):
        return None
    return Token(start, found.end(), "heading", Decimal(found.group().partition(".")[0]))


def _state_code(key: str, start: int) -> Token | None:
    found = _STATE_CODE.match(key, start)
    return Token(start, found.end() - 2, "code", Decimal(found.group(1))) if found else None


def _clock(key: str, start: int) -> Token | None:
    """“06:24:24”, “8h30”: the time of day as one number."""
    found = _CLOCK.match(key, start)
    return Token(start, found.end(), "clock", Decimal(found.group(1))) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole_date(key: str, start: int) -> Token | None:
    found = _DATE.match(key, start)
    if found is not None:
        day, _, month, year = found.groups()
        if int(year) >= 1 and (found.group(2) != "-" or 1800 <= int(year) <= 2200):
            return Token(
                start, found.end(), "date", Decimal(int(year)), on=_day(int(year), int(month), int(day))
            )
    found = _ISO_DATE.match(key, start)
    if found is not None:
        year, month, day = (int(group) for group in found.groups())
        return Token(start, found.end(), "date", Decimal(year), on=_day(year, month, day))
    found = _SHORT_DATE.match(key, start)
    if found is not None and _DAY_WORDS.search(key, max(0, start - 16), start):
        day, month, year = (int(group) for group in found.groups())
        year += 1900 if year > 50 else 2000
        return Token(start, found.end(), "date", Decimal(year), on=_day(year, month, day))
    found = _DATE_IN_WORDS.match(key, start)
    if found is None:
        return None
    day, month, year = found.groups()
    if year is not None:
        return Token(start, found.end(), "date", Decimal(int(year)), on=_day(int(year), int(month), int(day)))
    if int(day) <= 31 and int(month) <= 12 and _DAY_WORDS.search(key, max(0, start - 16), start):
        return Token(start, found.end(), "day", Decimal(int(day)))
    return None


def _month_and_year(key: str, start: int) -> Token | None:
    found = _MONTH_YEAR.match(key, start)
    if found is None:
        return None
    month, year = int(found.group(1)), int(found.group(2))
    after_month = _MONTH_WORD.search(key, max(0, start - 10), start) is not None
    plain = key[found.end(1) : found.start(2)].strip() == "/"
    if not (1 <= month <= 12 and 1900 <= year <= 2100) and not after_month:
        return None
    if not after_month and (not plain or _UNIT_AFTER.match(key, found.end())):
        return None
    return Token(start, found.end(), "month", Decimal(year), on=_day(year, month, 1))


def _span(key: str, start: int) -> Token | None:
    found = _SPAN.match(key, start)
    if found is None or (
        key[found.end(1) : found.start(2)].strip() == "/" and _UNIT_AFTER.match(key, found.end())
    ):
        return None
    return Token(start, found.end(), "span", Decimal(found.group(1)))


def _day_and_month(key: str, start: int, previous: Token | None) -> Token | None:
    found = _DAY_MONTH.match(key, start)
    if found is None:
        return None
    day, separator, month = int(found.group(1)), found.group(2), int(found.group(3))
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    unit = _UNIT_AFTER.match(key, found.end()) is not None
    named = _DAY_WORDS.search(key, max(0, start - 16), start) is not None
    listed = (
        previous is not None
        and previous.form == "day"
        and _LINK.fullmatch(key, previous.end, start) is not None
        and separator == "/"
    )
    if separator == "/":
        until = _UNTIL_WORDS.search(key, max(0, start - 16), start) is not None and not unit
        known = (day, month) in _KNOWN_DAYS and not unit and not _percent_near(key, found.end())
        is_date = ((named or listed) and not unit) or until or known
    else:
        is_date = (
            named and not unit and not _SIGN.match(key, found.end()) and not _SCALE.match(key, found.end())
        )
    return Token(start, found.end(), "day", Decimal(day)) if is_date else None


def _percent_near(key: str, end: int) -> bool:
    return "%" in key[end : end + 40].partition("\n")[0]


def _number(text: str, key: str, start: int) -> Token:
    grouped = _GROUPED.match(text, start)
    found = grouped or _NUMBER.match(key, start)
    assert found is not None  # noqa: S101  # nosec B101  # a digit stands at `start`
    raw, end = found.group(), found.end()
    if len(raw) > 2 * _LONGEST:
        return Token(start, end, "long", Decimal(0))
    token = Token(start, end, "number", *_worth(raw), comma=_comma(raw))
    _scaled(key, token)
    sign = _SIGN.match(key, token.end)
    if sign is not None:
        token.sign = sign.group().strip()
        token.end = sign.end()
    return token


def _comma(raw: str) -> bool:
    head, _, tail = raw.partition(",")
    return len(tail) == 3 and "." not in head and not head.startswith("0") and len(head) <= 3


def _worth(raw: str) -> tuple[Decimal, int]:
    """Value and printed decimals: a dot before exactly three digits groups thousands, else it is a decimal point."""
    head, comma, tail = raw.partition(",")
    for blank in "\u00a0\u2009\u202f":
        head = head.replace(blank, "")
    if comma:
        return Decimal(f"{head.replace('.', '')}.{tail}"), len(tail)
    before, point, after = head.partition(".")
    if point and (len(after) < 3 or (before == "0" and "." not in after)):
        return Decimal(head), len(after)
    return Decimal(head.replace(".", "")), 0


def _scaled(key: str, token: Token) -> None:
    """Take in “triệu”, “nghìn tỷ”, and a second, smaller part: 8.057 tỷ 265 triệu."""
    found = _SCALE.match(key, token.end)
    if found is None:
        return
    scale = _SCALES[found.group(1)] * (_SCALES[found.group(2)] if found.group(2) else 1)
    token.value *= scale
    token.scale = scale
    token.end = found.end()
    for _ in range(2):
        blank = token.end
        while blank < len(key) and key[blank] == " " and blank < token.end + 2:
            blank += 1
        if blank == token.end or blank >= len(key) or not "0" <= key[blank] <= "9":
            return
        part = _NUMBER.match(key, blank)
        smaller = _SCALE.match(key, part.end()) if part else None
        if part is None or smaller is None or smaller.group(2) or _SCALES[smaller.group(1)] >= token.scale:
            return
        value, token.decimals = _worth(part.group())
        token.scale = _SCALES[smaller.group(1)]
        token.value += value * token.scale
        token.end = smaller.end()


def _windows(key: str) -> Iterator[tuple[int, int]]:
    """The stretches of the text in which a number of several words can stand."""
    start = end = -1
    for marker in MARKERS.finditer(key):
        first, last = max(0, marker.start() - 12), marker.end() + 40
        if first > end:
            if end >= 0:
                yield start, end
            start = first
        end = last
    if end >= 0:
        yield start, end


def _whole(key: str, start: int) -> bool:
    return start == 0 or not key[start - 1].isalpha()


def _in_words(key: str) -> Iterator[Token]:
    for start, end in _windows(key):
        for found in WORDED.finditer(key, start, end):
            value = spoken(found.group())
            if value is not None:
                yield Token(found.start(), found.end(), "worded", value)
    for found in _SINGLE.finditer(key):
        if _whole(key, found.start()) and _counts(found.group(1), key, found.start()):
            yield Token(found.start(1), found.end(1), "worded", Decimal(DIGITS[found.group(1)]))
    for found in _REPEATED.finditer(key):
        yield Token(found.start(1), found.end(1), "worded", Decimal(DIGITS.get(found.group(1), 10)))
    for found in _NONE.finditer(key):
        if _whole(key, found.start()):
            yield Token(found.start(1), found.end(1), "none", Decimal(0))
    for found in _VAGUE.finditer(key):
        if _whole(key, found.start()):
            yield Token(found.start(), found.end(), "vague", Decimal(_VAGUE_VALUES[found[1] or found[2]]))
    for found in ROMAN.finditer(key):
        if _whole(key, found.start()):
            yield Token(found.start(1), found.end(1), "roman", Decimal(roman(found.group(1))))


def _counts(word: str, key: str, start: int) -> bool:
    """Whether a single word before a unit is a number: not “một” as an article, not “năm” as the year."""
    if word == "một":
        return _ONE_AFTER.search(key, max(0, start - 14), start) is not None
    if _BETWEEN.search(key, max(0, start - 8), start):
        return False
    return word not in ("mốt", "tư", "lăm", "nhăm") and not (word == "năm" and _year_word(key, start))


_BETWEEN = re.compile(words("giữa", "cả", "thuộc") + " {1,2}$")
_YEARS = re.compile(
    words("trong", "hằng", "hàng", "cuối", "đầu", "mỗi", "cả", "giữa", "nhiều", "một", "qua", "các")
    + " {1,2}$"
)


def _year_word(key: str, start: int) -> bool:
    """“trong năm đảng viên …”: “năm” is the year there, not five."""
    return _YEARS.search(key, max(0, start - 10), start) is not None
