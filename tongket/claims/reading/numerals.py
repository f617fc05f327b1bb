"""Numbers written in words: hai mươi, một trăm linh năm, ba nghìn bảy trăm hai mươi tư."""

import re
from decimal import Decimal

from .keys import WORD_END, WORD_START

__all__ = ["DIGITS", "MARKERS", "ROMAN", "WORDED", "roman", "spoken"]

DIGITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "vạn": 10**4, "nghìn": 10**3, "ngàn": 10**3}

_D = "(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_ENDING = "(?:mốt|một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_TENS = f"(?:(?:mười|{_D} {{1,2}}mươi)(?: {{1,2}}{_ENDING})?)"
_HUNDREDS = f"(?:{_D} {{1,2}}trăm(?: {{1,2}}(?:(?:linh|lẻ) {{1,2}}(?:{_D}|tư)|{_TENS}|rưỡi))?)"
_GROUP = f"(?:{_HUNDREDS}|{_TENS}|{_D})"
_LARGE = f"(?:{_GROUP} {{1,2}}(?:tỷ|tỉ|triệu|vạn|nghìn|ngàn)(?! {{1,2}}(?:lệ|trọng|suất)))"
#: Words of which every number of several words has one: they are looked for first, because that is quick.
MARKERS = re.compile("mươi|mười|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ")
#: Numbers of several words; single words are numbers only before a unit, which the reader decides.
WORDED = re.compile(
    f"{WORD_START}(?:{_LARGE}(?: {{1,2}}{_LARGE}){{0,3}}"
    f"(?: {{1,2}}(?:không {{1,2}}trăm {{1,2}})?(?:(?:linh|lẻ) {{1,2}}{_D}|{_HUNDREDS}|{_TENS}))?"
    f"|{_HUNDREDS}|{_TENS}){WORD_END}"
)

#: After the words that number committees, quarters and congresses.
ROMAN = re.compile(
    f"(?:khóa|quý|quí|lần {{1,2}}thứ|thứ|nhiệm {{1,2}}kỳ) {{1,2}}([ivxlc]{{1,7}}){WORD_END}(?![0-9/-])"
)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def spoken(phrase: str) -> Decimal | None:
    """The value of a number in words, None when the words make none."""
    total = group = 0
    last = 0
    for word in phrase.split():
        if word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group = last = 0
        elif word == "trăm":
            group, last = group - last + last * 100, 0
        elif word == "mươi":
            group, last = group - last + last * 10, 0
        elif word == "mười":
            group, last = group + 10, 0
        elif word == "rưỡi":
            group += 50
        elif word in DIGITS:
            last = DIGITS[word]
            group += last
        elif word not in ("linh", "lẻ", "không"):
            return None
    return Decimal(total + group)


def roman(letters: str) -> int:
    """The value of a Roman numeral in small letters; the letters are taken as they come (IIII is 4)."""
    values = [_ROMAN_VALUES[c] for c in letters]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
