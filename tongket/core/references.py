"""References to Party papers: `33-NQ/TU` and "Nghị quyết số 33-NQ/TU ngày 20/11/2023 của Ban Thường vụ Tỉnh ủy".

A symbol is number, letters of the kind, and the short name of the body: `36-HD/VPTW` and `05-HD/VPTW`. Quyết định and
quy định share the letters QĐ and run in two series, so only the word before the symbol tells them apart.
Every pattern here has bounded repetitions: a text is read in time that grows with its length only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.dates import format_date
from tongket.core.text import nfc, tidy

__all__ = [
    "KIND_WORDS",
    "BadSymbol",
    "Reference",
    "Symbol",
    "body_level",
    "find_references",
    "kinds_of",
    "parse_symbol",
    "read_day",
    "read_issuer",
    "write_reference",
]

#: Letters in use that the register has no kind of its own for (36-HD/VPTW): unusual, not wrong.
_OTHER_LETTERS = frozenset({"TTR", "BB", "BS", "PA", "GM", "GGT", "ĐL", "TC", "QH"})
_LETTERS_OF = {"QyĐ": "QĐ"}

# From the end of the body's short name to the level that issues: BTCTW, VPTU, UBKTHU, ĐUK, ĐU, CB.
_LEVELS = (
    ("TW", "central"),
    ("TƯ", "central"),
    ("THU", "district"),  # thị ủy
    ("TXU", "district"),
    ("THXU", "district"),
    ("TPU", "district"),  # thành ủy of a city in a province
    ("HU", "district"),
    ("QU", "district"),
    ("ĐUK", "district"),
    ("TU", "province"),
    ("ĐU", "grassroots"),
    ("ĐUBP", "grassroots"),
    ("CB", "cell"),
)

_SYMBOL = re.compile(r"([0-9]{1,5})-([A-ZĐ]{2,4})/([A-ZĐ]{2,14})")
_JOINED = re.compile(r"([0-9]{1,5})([A-ZĐ]{2,4})(?:/|-)([A-ZĐ]{2,14})")
_OTHER_MARKS = re.compile(r"([0-9]{1,5})[-/._]([A-ZĐ]{2,4})[-/._]([A-ZĐ]{2,14})")
_UNNUMBERED = re.compile(r"[A-ZĐ][A-ZĐ0-9]{0,13}(?:[-/.][A-ZĐ0-9]{1,14}){1,3}")


class BadSymbol(ValueError):
    """A writing that is no symbol of a Party paper; the message says what is wrong and how to write it.

    `unusual`: it may still be right (a resolution of a plenum bears no number), and is to be confirmed.
    """

    def __init__(self, message: str, *, unusual: bool = False) -> None:
        super().__init__(message)
        self.unusual = unusual


@dataclass(frozen=True, slots=True)
class Symbol:
    """Number, letters of the kind in capitals and small as the code list has them, short name of the body."""

    number: int
    letters: str
    body: str

    @property
    def text(self) -> str:
        """As it is printed: numbers below ten with a leading nought."""
        return f"{self.number:02d}-{self.letters}/{self.body}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper as a text names it. `kind` is a code of `DOCUMENT_KIND`, "" where letters and word do not decide.

    `span` counts characters of the text in NFC.
    """

    kind: str
    number: int
    notation: str
    body: str
    date: date | None
    issuer: str
    subject: str
    span: tuple[int, int]

    @property
    def symbol(self) -> str:
        """Number and symbol as printed."""
        return Symbol(self.number, self.notation, self.body).text

    @property
    def level(self) -> str:
        """The level that issued it, by the body's letters; "" when they do not say."""
        return body_level(self.body)


def _own_letters() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Letters in capitals -> (as written, the kinds that bear them)."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for code in DOCUMENT_KIND.values:
        written = _LETTERS_OF.get(code, code)
        _, kinds = found.get(written.upper(), (written, ()))
        found[written.upper()] = (written, (*kinds, code))
    return found


_LETTERS = _own_letters()


def kinds_of(letters: str) -> tuple[str, ...]:
    """The kinds that bear these letters: two for QĐ, none for letters of no kind."""
    return _LETTERS.get(nfc(letters).upper(), ("", ()))[1]


def letters_of(kind: str) -> str:
    """The letters that papers of a kind bear: QĐ for both quyết định and quy định."""
    return _LETTERS_OF.get(kind, kind)


def body_level(body: str) -> str:
    """The level (a code of `GIVER`) of a body by the end of its short name, "" when it does not say."""
    upper = nfc(body).upper()
    return next((level for end, level in _LEVELS if upper.endswith(end)), "")


def _plain(text: str) -> str:
    return "".join(tidy(text).upper().replace("–", "-").replace("\N{NON-BREAKING HYPHEN}", "-").split())


def parse_symbol(text: str) -> Symbol:
    """Read `33-NQ/TU`. Spaces and small letters are forgiven. Raises `BadSymbol`."""
    plain = _plain(text).removeprefix("SỐ:").removeprefix("SỐ")
    found = _SYMBOL.fullmatch(plain)
    if found is None:
        raise _bad(tidy(text), plain)
    number, letters, body = int(found.group(1)), found.group(2), found.group(3)
    if number == 0:
        raise BadSymbol(f"Số của “{tidy(text)}” là 0. Số văn bản bắt đầu từ 01.")
    if letters not in _LETTERS:
        known = ", ".join(sorted({written for written, _ in _LETTERS.values()}))
        raise BadSymbol(
            f"“{letters}” trong “{tidy(text)}” không phải ký hiệu của loại văn bản nào trong danh mục ({known}). "
            "Hãy xem lại trên văn bản.",
            unusual=letters in _OTHER_LETTERS,
        )
    return Symbol(number, _LETTERS[letters][0], body)


def _bad(text: str, plain: str) -> BadSymbol:
    shown = text[:60]
    for pattern in (_JOINED, _OTHER_MARKS):
        found = pattern.fullmatch(plain)
        if found is not None:
            number, letters, body = found.groups()
            return BadSymbol(
                f"Số và ký hiệu “{shown}” sai dấu. Giữa số và loại văn bản là dấu gạch nối, "
                f"trước tên cơ quan là dấu gạch chéo: {number}-{_LETTERS.get(letters, (letters,))[0]}/{body}."
            )
    if _UNNUMBERED.fullmatch(plain):
        return BadSymbol(
            f"“{shown}” không có số. Chỉ giữ như vậy nếu trên văn bản cũng không có số, ví dụ nghị quyết hội nghị.",
            unusual=True,
        )
    if plain.isdecimal():
        return BadSymbol(f"“{shown}” chỉ có số. Hãy ghi đủ số và ký hiệu như trên văn bản, ví dụ 33-NQ/TU.")
    return BadSymbol(
        f"Không đọc được số và ký hiệu “{shown}”. Thường là số, gạch nối, loại văn bản, gạch chéo, cơ quan: 33-NQ/TU. "
        "Chỉ giữ nếu trên văn bản ghi đúng như vậy.",
        unusual=True,
    )


# --- references in running text ---------------------------------------------------------------------------

#: The words that name a kind, in small letters, in both spellings (quy định, qui định).
KIND_WORDS = {DOCUMENT_KIND.label(code).casefold(): code for code in DOCUMENT_KIND.values}
KIND_WORDS |= {
    word.replace("quy ", "qui "): code for word, code in KIND_WORDS.items() if word.startswith("quy ")
}
_S = r"\s{0,3}"
_IN_TEXT = re.compile(
    rf"(?<![\w/-])([0-9]{{1,5}}){_S}[-–]{_S}([^\W\d_]{{2,4}}){_S}/{_S}([^\W\d_]{{2,14}})(?![\w/])"
)
_WORD_BEFORE = re.compile(
    "(?<![^\\W\\d_])("
    + "|".join(
        re.escape(word).replace("\\ ", r"\s{1,3}") for word in sorted(KIND_WORDS, key=len, reverse=True)
    )
    + rf"){_S}(?:số{_S}:?{_S})?$",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(rf"số{_S}:?{_S}$", re.IGNORECASE)
_DAY = re.compile(
    rf"[\s,(]{{0,3}}(?:ngày{_S})?([0-9]{{1,2}}){_S}([/.-]){_S}([0-9]{{1,2}}){_S}\2{_S}([0-9]{{4}})(?![0-9])\)?",
    re.IGNORECASE,
)
_DAY_IN_WORDS = re.compile(
    rf"[\s,(]{{0,3}}ngày{_S}([0-9]{{1,2}})\s{{1,3}}tháng\s{{1,3}}([0-9]{{1,2}})\s{{1,3}}năm\s{{1,3}}([0-9]{{4}})\)?",
    re.IGNORECASE,
)
_OF = re.compile(r"[\s,]{0,3}của\s{1,3}", re.IGNORECASE)
_ISSUER_ENDS = re.compile(
    r"[;:.,()\n“”\"«»]|\s(?:về|v/v|ngày|đã|được|theo|trong|nêu|yêu\s{1,3}cầu|quy\s{1,3}định|hướng\s{1,3}dẫn"
    r"|gắn\s{1,3}với|tại|đến|cho|đối\s{1,3}với|tiếp\s{1,3}tục|nhằm|để|là|thực\s{1,3}hiện|triển\s{1,3}khai|ban\s{1,3}hành"
    r"|do|bằng|và\s{1,3}(?:các|những)|cùng|từ)\s",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"[\s,]{0,3}(?:về|v/v)\s", re.IGNORECASE)
_SUBJECT_ENDS = re.compile(r"[;\n“”\"«»]|\.(?=\s|$)|\.\.\.")
_TAIL = re.compile(r"(?:\s|,|\bvà|\bcùng|\bcác)+$", re.IGNORECASE)
_LOOK_BACK, _ISSUER_LENGTH, _SUBJECT_LENGTH = 30, 120, 300


def find_references(text: str) -> list[Reference]:
    """Every reference to a paper in a text, in its order; symbols with letters of no kind are left out."""
    plain = nfc(text)
    starts = [(found, *_begins(plain, found)) for found in _IN_TEXT.finditer(plain) if _known(found.group(2))]
    ends = [start for _found, start, _word in starts[1:]] + [len(plain)] if starts else []
    return [
        _read(plain, found, start, word, end) for (found, start, word), end in zip(starts, ends, strict=True)
    ]


def _known(letters: str) -> bool:
    return letters.upper() in _LETTERS


def _begins(text: str, found: re.Match[str]) -> tuple[int, str]:
    """Where the reference begins, and the kind that the word before its symbol names ("" without one)."""
    before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
    word = _WORD_BEFORE.search(before)
    if word is not None:
        said = " ".join(word.group(1).casefold().split())
        return found.start() - len(before) + word.start(), KIND_WORDS[said]
    number = _NUMBER_BEFORE.search(before)
    return found.start() - (len(before) - number.start() if number else 0), ""


def _read(text: str, found: re.Match[str], start: int, word: str, limit: int) -> Reference:
    number, letters, body = found.groups()
    written, kinds = _LETTERS[letters.upper()]
    # The letters decide where they can; of two kinds with the same letters the word does.
    kind = word if word in kinds else kinds[0] if len(kinds) == 1 else ""
    day, at = read_day(text, found.end(), limit)
    issuer, at = read_issuer(text, at, limit)
    if day is None:
        day, at = read_day(text, at, limit)
    subject, at = _subject(text, at, limit)
    return Reference(kind, int(number), written, body.upper(), day, issuer, subject, (start, at))


def read_day(text: str, at: int, limit: int) -> tuple[date | None, int]:
    """The whole date that stands at `at` (after a comma, a bracket, "ngày"), and where reading goes on."""
    for pattern in (_DAY, _DAY_IN_WORDS):
        found = pattern.match(text, at, limit)
        if found is None:
            continue
        groups = [int(g) for g in found.groups() if g.isdecimal()]
        try:
            return date(groups[2], groups[1], groups[0]), found.end()
        except ValueError:
            return None, at
    return None, at


def read_issuer(text: str, at: int, limit: int) -> tuple[str, int]:
    """The body after "của" at `at`, "" without one, and where reading goes on."""
    found = _OF.match(text, at, limit)
    if found is None:
        return "", at
    raw = text[found.end() : min(limit, found.end() + _ISSUER_LENGTH)]
    stop = _ISSUER_ENDS.search(raw)
    raw = _trimmed(raw[: stop.start()] if stop else raw)
    return tidy(raw), found.end() + len(raw) if raw else at


def _subject(text: str, at: int, limit: int) -> tuple[str, int]:
    found = _ABOUT.match(text, at, limit)
    if found is None:
        return "", at
    raw = text[found.end() - 1 : min(limit, found.end() + _SUBJECT_LENGTH)]
    stop = _SUBJECT_ENDS.search(raw)
    raw = _trimmed(raw[: stop.start()] if stop else raw)
    return (f"Về {tidy(raw)}", found.end() - 1 + len(raw)) if tidy(raw) else ("", at)


def _trimmed(raw: str) -> str:
    # The end only is looked at: a search over the whole would start at each blank again.
    tail = _TAIL.search(raw, max(0, len(raw) - 20))
    return raw[: tail.start()] if tail else raw


def write_reference(reference: Reference) -> str:
    """The reference as an office writes it, without its subject."""
    parts = [DOCUMENT_KIND.label(reference.kind)] if reference.kind else []
    parts.append(f"số {reference.symbol}")
    if reference.date is not None:
        parts.append(f"ngày {format_date(reference.date)}")
    if reference.issuer:
        parts.append(f"của {reference.issuer}")
    return " ".join(parts)
