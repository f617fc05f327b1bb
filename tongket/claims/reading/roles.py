"""What role each number plays: a count, a percentage, a date, part of a name, the number of a paper."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ..model import PaperReference, Role
from .keys import words
from .tokens import Token
from .vocabulary import (
    AFTER_AGE,
    AFTER_CLOCK,
    AFTER_ORDINAL,
    BEFORE_CODE,
    BEFORE_NAME,
    BEFORE_ORDINAL,
    COUNT_UNITS,
    MARKS,
    MEASURES,
    STRICT_NAMES,
)

__all__ = ["UNIT", "roles", "unit_after"]

#: A unit right after a number, or after an adverb or two (“12 lượt”, “5 tập thể”).
UNIT = re.compile(rf" {{0,2}}({words(*COUNT_UNITS)})")
_MEASURE = re.compile(rf" {{0,2}}{words(*MEASURES)}(?!/c)")
_AGE = re.compile(rf" {{0,2}}{words(*AFTER_AGE)}")
_PARTY_AGE = re.compile(r" {0,2}(?:năm {1,2})?tuổi {1,2}đảng")
_YEARS = re.compile(rf" {{0,2}}{words('năm')}")
_CLOCK = re.compile(rf" {{0,2}}{words(*AFTER_CLOCK)}")
_TIME = re.compile(rf" {{0,2}}{words(*AFTER_ORDINAL)}")
_RATIO = re.compile(rf" {{0,2}}{words('lần')}(?! {{1,2}}thứ)")
_CODE_AFTER = re.compile(
    r" ?[-–] ?[A-ZĐ]{1,4}[a-zđi]{0,2} ?/ ?[A-ZĐƯ]{2}|[/-][A-ZĐ]{2,4}[a-zđ]{0,2}-[A-ZĐƯ]{2}| [A-ZĐ]{2,4}/[A-ZĐƯ]{2}"
    r"|[-–][A-ZĐ]{2,4}(?![^\W\d_])"
)
_LETTER = re.compile(r" {0,2}[^\W\d_]")
_LIST_LINK = re.compile(r" ?(?:,|;|và|-|/|đến|hoặc|&|hay) ?")
_SAID_MARK = re.compile(
    rf"{words('huy hiệu', 'huy hiệu đảng', 'loại', 'mức', 'danh hiệu', 'hạng')}[ :(]{{0,3}}$"
)
_TOTAL_BEFORE = re.compile(
    words("dân số", "tổng số", "trong số", "con số", "quân số", "thiểu số", "đa số", "tổng số là", "trên số")
    + " {0,2}$"
)
_WEAK_ORDINALS = frozenset(
    {"tháng", "đợt", "kỳ", "tập", "hạng", "tuần", "phiên", "lần", "giai đoạn", "đại hội", "vòng", "bước"}
)
_STRICT, _NAMES, _ORDINALS, _CODES = map(frozenset, (STRICT_NAMES, BEFORE_NAME, BEFORE_ORDINAL, BEFORE_CODE))
#: “5 không, 3 sạch”, “4 tại chỗ”: names of models, not counts.
_MODEL = re.compile(
    r" {0,2}(?:cấp(?! {1,2}ủy)(?![^\W\d_])|"
    + words("không", "sạch", "tại chỗ", "rõ", "dám", "biết", "nhất", "hóa", "chủ động", "xung kích", "an")
    + ")"
)
#: “dứt điểm 22 đơn”, “vũ trang 15”: no point or page of a paper.
_NOT_OF_LAW = re.compile(
    r"(?:(?:dứt|thời|khuyết|ưu|nhược|quan|địa|đặc|trọng|cao|tâm) {1,2}điểm|vũ {1,2}trang) {1,2}$"
)
_SO_MANY_YEARS = re.compile(r" {0,2}năm(?! {0,2}[0-9])(?![^\W\d_])")
_PAIRED = re.compile(r" ?/ ?[0-9][0-9.]{0,9}")
_ROUND_THE_CLOCK = ("24/7", "24/24")
#: “chi bộ thôn 141” counts; no hamlet or quarter bears such a number. Roads, schools and regiments do.
_LAST_HAMLET = 60
_NUMBERED = frozenset(
    {"số", "đường", "đường tỉnh", "trường", "công ty", "nhà máy", "xí nghiệp", "trung đoàn", "sư đoàn", "tiểu đoàn",
     "đồn", "ngõ", "mức", "phần", "trung ương", "tw", "đội"}
)  # fmt: skip
_RANGE = re.compile(r" ?(?:-|đến) ?")
_BY_FORM: dict[str, Role] = {
    "date": "date",
    "day": "date",
    "month": "date",
    "span": "span",
    "heading": "ordinal",
    "code": "code",
    "clock": "other",
    "none": "count",
    "roman": "ordinal",
    "long": "other",
}


def unit_after(key: str, end: int) -> str:
    """The unit's phrase that follows a number, "" when none that is known does."""
    found = UNIT.match(key, end)
    return " ".join(found.group(1).split()) if found else ""


def roles(
    text: str,
    key: str,
    tokens: Sequence[Token],
    papers: Sequence[PaperReference],
    sentences: Sequence[tuple[int, int]],
) -> list[Role]:
    """The role of each token, in their order."""
    found: list[Role] = []
    badge_line = _on_badges(key, sentences)
    at = 0
    for position, token in enumerate(tokens):
        while at < len(papers) and papers[at].end <= token.start:
            at += 1
        in_paper = at < len(papers) and papers[at].start <= token.start
        before = found[-1] if found else None
        joined = position > 0 and key[tokens[position - 1].end : token.start].strip() == "/"
        if in_paper and token.form in ("number", "code", "heading"):
            found.append("code")
        elif position > 0 and key[tokens[position - 1].start : token.end] in _ROUND_THE_CLOCK:
            found.append("other")
        elif token.form in _BY_FORM:
            found.append(_BY_FORM[token.form])
        elif joined and before in ("ordinal", "name", "code"):
            found.append(before)
        else:
            found.append(_role(text, key, token, badge_line))
    _spread(key, tokens, found)
    places = _numbered_names(text)
    return ["name" if token.start in places else role for token, role in zip(tokens, found, strict=True)]


_PLACE_NUMBER = re.compile(r"((?:[^\W\d_]{2,8} ){2,3})([0-9])(?![0-9/.%]|,[0-9])")


def _numbered_names(text: str) -> set[int]:
    """Where the numbers of places stand that are told apart by them: “Quế Xuân 1, Quế Xuân 2”."""
    last: dict[str, re.Match[str]] = {}
    places: set[int] = set()
    for found in _PLACE_NUMBER.finditer(text):
        if not all(word[0].isupper() for word in found.group(1).split()[-2:]):
            continue
        before = last.get(found.group(1))
        if before is not None and found.start() - before.end() < 80 and before.group(2) != found.group(2):
            places |= {before.start(2), found.start(2)}
        last[found.group(1)] = found
    return places


_BULLET = re.compile(r"[-+*•]|[0-9]{1,2} ")


def _on_badges(key: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences that speak of Party badges, with the lines of a list below them."""
    found: list[tuple[int, int]] = []
    listing = False
    for start, end in sentences:
        said = key.find("huy hiệu", start, end) >= 0 or key.find("tuổi đảng", start, end) >= 0
        listing = said or (listing and _BULLET.match(key, start) is not None)
        if listing:
            found.append((start, end))
    return found


def _within(lines: list[tuple[int, int]], position: int) -> bool:
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        if lines[middle][1] <= position:
            low = middle + 1
        else:
            high = middle
    return low < len(lines) and lines[low][0] <= position


def _words_before(key: str, start: int) -> list[str]:
    """Up to four words right before a number and the phrases that they end with, the longest first."""
    last = key[max(0, start - 32) : start].rpartition("\n")[2].split()[-4:]
    return [" ".join(last[i:]) for i in range(len(last))]


def _role(text: str, key: str, token: Token, badge_lines: list[tuple[int, int]]) -> Role:
    start, end = token.start, token.end
    if token.sign:
        return "points" if token.sign.startswith("điểm") else "percent"
    if token.form == "vague":
        return "other"
    if token.form == "number" and _glued(key, start):
        return "name"
    if token.form == "number" and _CODE_AFTER.match(text, end):
        return "code"
    if _PARTY_AGE.match(key, end) or (
        token.value in MARKS and _within(badge_lines, start) and _is_mark(key, start, end)
    ):
        return "mark"
    before = _words_before(key, start)
    unit = unit_after(key, end)
    paired = _PAIRED.match(key, end)
    if paired is not None:  # “kết luận 6/9 tổ chức”, but “24/7”
        if key[start : paired.end()] in _ROUND_THE_CLOCK:
            return "other"
        unit = unit or unit_after(key, paired.end())
    return (
        _named(before, unit, key, start, end, token.value)
        or _year(key, token, before, unit)
        or _measured(key, token, unit)
        or _counted(text, key, token, unit)
    )


def _glued(key: str, start: int) -> bool:
    if start == 0:
        return False
    if key[start - 1].isalpha():
        return True
    return key[start - 1] in "-+" and start > 1 and key[start - 2].isalpha()


def _is_mark(key: str, start: int, end: int) -> bool:
    return _YEARS.match(key, end) is not None or (
        _SAID_MARK.search(key, max(0, start - 20), start) is not None and unit_after(key, end) == ""
    )


def _named(before: list[str], unit: str, key: str, start: int, end: int, value: Decimal) -> Role | None:
    phrases = set(before)
    if (
        phrases & _STRICT and not unit and not _NOT_OF_LAW.search(key, max(0, start - 16), start)
    ) or _MODEL.match(key, end):
        return "name"
    if start and key[start - 1] == '"' and not unit and _LETTER.match(key, end):
        return "name"  # chi bộ “4 tốt”
    hits = phrases & _ORDINALS
    if hits and not (unit and hits <= _WEAK_ORDINALS):
        return "ordinal"
    if unit or _TOTAL_BEFORE.search(key, max(0, start - 14), start):
        return None
    if phrases & _CODES and _SO_MANY_YEARS.match(key, end):
        return None  # “kế hoạch 5 năm”
    if phrases & _CODES or (
        before and before[-1] == "số" and any(p.removesuffix(" số") in _CODES for p in before)
    ):
        return "code"
    if not phrases & _NAMES or key.endswith("nông thôn ", 0, start):
        return None
    return None if value > _LAST_HAMLET and not phrases & _NUMBERED else "name"


def _year(key: str, token: Token, before: list[str], unit: str) -> Role | None:
    bare = (
        token.form == "number"
        and token.end - token.start == 4
        and token.scale == 1
        and "." not in str(token.value)
    )
    if not bare or not 1900 <= token.value <= 2100:
        return None
    if before and before[-1] == "năm":
        return "year"
    if unit or _MEASURE.match(key, token.end):
        return None
    return "year"


def _measured(key: str, token: Token, unit: str) -> Role | None:
    end = token.end
    if unit:
        return "other" if unit == "lần" and token.decimals else None
    if _TIME.match(key, end) and not _MEASURE.match(key, end):
        return "ordinal"
    if _AGE.match(key, end):
        return "age"
    if _CLOCK.match(key, end):
        return "other"
    if _MEASURE.match(key, end) or (token.scale >= 10**6 and token.form == "number"):
        return "amount"
    return "other" if _RATIO.match(key, end) else None


def _counted(text: str, key: str, token: Token, unit: str) -> Role:
    if unit or token.form == "worded":
        return "count"
    if token.end < len(key) and key[token.end].isalpha() and text[token.end].isupper():
        return "name"  # 4G, 5S
    if token.decimals and not token.comma and not _LETTER.match(key, token.end):
        return "other"
    return "count"


def _spread(key: str, tokens: Sequence[Token], found: list[Role]) -> None:
    """Numbers in a list or a range take the role of the last: “30, 40 và 50 năm tuổi Đảng”, “90 - 100%”."""
    for i in range(len(tokens) - 2, -1, -1):
        left, right = tokens[i], tokens[i + 1]
        if right.start - left.end > 6 or found[i] == found[i + 1]:
            continue
        between = key[left.end : right.start]
        if found[i + 1] == "code" and found[i] in ("count", "name") and between.strip() in (",", "và", "-"):
            found[i] = "code"
        elif found[i + 1] == "mark" and left.value in MARKS and _LIST_LINK.fullmatch(between):
            found[i] = "mark"
        elif found[i] in ("count", "other") and found[i + 1] in ("percent", "points", "amount"):
            if _RANGE.fullmatch(between) and left.value <= right.value / right.scale:
                found[i] = found[i + 1]
        elif (
            found[i] in ("count", "other")
            and found[i + 1] in ("ordinal", "age")
            and _RANGE.fullmatch(between)
        ):
            found[i] = found[i + 1]
    for i in range(1, len(tokens)):
        if (
            found[i - 1] in ("name", "code", "mark")
            and found[i] == "count"
            and not unit_after(key, tokens[i].end)
        ):
            between = key[tokens[i - 1].end : tokens[i].start]
            near = tokens[i].start - tokens[i - 1].end <= 4 and between.strip() in (",", "và", "-")
            if near and (found[i - 1] != "mark" or tokens[i].value in MARKS):
                found[i] = found[i - 1]
