"""Vietnamese text: one written form, search keys, and the order of names.

Text reaches the system in two Unicode forms (composed and decomposed), with
no-break and zero-width spaces pasted from Word, in capitals, and with tone
marks placed in the old or the new way. Everything is brought to one form at
the door; keys for search and order are computed here and stored by callers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "name_sort_key", "nfc", "text_sort_key", "tidy", "title_name"]

# Invisible characters that Word, Excel and web pages leave in pasted text.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

# Eth and the African D look like Đ and stand for it in texts converted from old Vietnamese fonts.
_FALSE_D = str.maketrans("\u00d0\u00f0\u0189\u0256", "ĐđĐđ")

# The order of letters in Vietnamese dictionaries; f, j, w and z are added for foreign names.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

# Tones in dictionary order: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

# Marks that make another letter, not another tone: breve, circumflex, horn.
_LETTER_MARKS = "\u0306\u0302\u031b"

_WORD_PART = re.compile(r"[^\W\d_]+")
_NUMBER_OR_WORD = re.compile(r"\d+|[^\W\d_]+")


def nfc(s: str) -> str:
    """The composed Unicode form (NFC), in which all text is stored and compared."""
    return unicodedata.normalize("NFC", s)


def tidy(s: str) -> str:
    """One line of clean text: NFC, trimmed, inner whitespace squeezed, case kept.

    No-break spaces, line breaks and tabs count as whitespace; zero-width and
    control characters are removed (PostgreSQL refuses a NUL in text). Eth (``Ð``),
    left by font conversions in the place of ``Đ``, becomes ``Đ``.
    """
    # Nearly every text is clean already: only printable signs, so no control, zero-width or other blank one.
    if (
        type(s) is str
        and s.isprintable()
        and "  " not in s
        and s[:1] != " " != s[-1:]
        and (
            s.isascii()
            or (
                not ("\u00d0" in s or "\u00f0" in s or "\u0189" in s or "\u0256" in s)
                and unicodedata.is_normalized("NFC", s)
            )
        )
    ):
        return s
    spaced = " ".join(s.translate(_INVISIBLE).translate(_FALSE_D).split())
    visible = "".join(c for c in spaced if unicodedata.category(c) != "Cc")
    return nfc(" ".join(visible.split()))


def fold(s: str) -> str:
    """The search key: lower case, no diacritics, ``đ`` as ``d``, single spaces.

    SQLite's and PostgreSQL's own folding differ (SQLite's leaves ``đ``), so the
    key is stored and the query is folded with this same function. Idempotent.
    """
    # Names and codes come again and again; long texts would only fill the memory.
    return _folded(s) if len(s) <= _SHORT else _fold(s)


def _fold(s: str) -> str:
    plain = tidy(s)
    # Folding case can give marks and stripping marks can give letters that fold again (Greek, ligatures).
    for _ in range(4):
        split = unicodedata.normalize("NFD", plain.casefold()).replace("đ", "d")
        again = tidy("".join(c for c in split if not unicodedata.combining(c)))
        if again == plain:
            break
        plain = again
    return plain


_SHORT = 80
_folded = lru_cache(maxsize=16_384)(_fold)


def _letters_and_tone(syllable: str) -> tuple[list[str], int]:
    """Letters of the Vietnamese alphabet in a syllable, and its tone (0 to 5)."""
    letters: list[str] = []
    tone = 0
    for c in unicodedata.normalize("NFD", syllable.casefold()):
        if c in _TONES:
            tone = _TONES[c]
        elif c in _LETTER_MARKS and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + c)
        elif not unicodedata.combining(c):
            letters.append(c)
    return letters, tone


def _letter_code(letter: str) -> str:
    """A code that sorts bytewise as the Vietnamese letter does: ``a0 a1 a2 b0 c0 d0 d1 ...``."""
    if letter == "đ":
        return "d1"
    base = unicodedata.normalize("NFD", letter)[0]
    if letter in ALPHABET and base in ALPHABET:
        family = [x for x in ALPHABET if x != "đ" and unicodedata.normalize("NFD", x)[0] == base]
        return f"{base}{family.index(letter)}"
    if base in ALPHABET:  # a mark Vietnamese does not have: sort with the plain letter
        return f"{base}0"
    return f"~{ord(letter):06x}"


@lru_cache(maxsize=8192)
def _syllable_key(syllable: str) -> str:
    """Letters first, then tone. ``!`` sorts below every letter, so ``An`` comes before ``Anh``."""
    letters, tone = _letters_and_tone(syllable)
    return "".join(map(_letter_code, letters)) + f"!{tone}"


@lru_cache(maxsize=8192)
def _word_key(word: str) -> str:
    """Key of one word; parts joined by an apostrophe or hyphen (``H'Hen``) are one word."""
    parts = _WORD_PART.findall(word)
    return "".join(_syllable_key(p) for p in parts)


def name_sort_key(full_name: str) -> str:
    """The key by which Vietnamese names are listed: given name, then family name, then middle names.

    Letters compare in Vietnamese order, then tone, syllable by syllable. The key
    is plain ASCII and sorts bytewise; a database column that holds it needs
    byte order (``db_collation="C"`` on PostgreSQL).
    """
    words = [k for k in map(_word_key, tidy(full_name).split(" ")) if k]
    if not words:
        return ""
    return " ".join([words[-1], *words[:-1]])


def text_sort_key(s: str) -> str:
    """The key for other text, in written order: ``Chi bộ thôn 2`` before ``Chi bộ thôn 10``.

    Plain ASCII that sorts bytewise, like :func:`name_sort_key`. Numbers come before letters.
    """
    parts = _NUMBER_OR_WORD.findall(tidy(s))
    return " ".join(_number_key(p) if p.isdigit() else _syllable_key(p) for p in parts)


def _number_key(digits: str) -> str:
    value = "".join(str(unicodedata.digit(c)) for c in digits).lstrip("0") or "0"
    # The length goes first, so that longer numbers come later; '0' sorts below every letter.
    return f"0{len(value):04d}{value}"


def title_name(s: str) -> str:
    """A personal name in normal capitals: ``NGUYỄN THỊ HOA`` gives ``Nguyễn Thị Hoa``.

    Words already in mixed case are kept as written.
    """

    def normal(match: re.Match[str]) -> str:
        part = match.group()
        return nfc(part[:1].upper() + part[1:].lower()) if part.isupper() or part.islower() else part

    return nfc(_WORD_PART.sub(normal, tidy(s)))
