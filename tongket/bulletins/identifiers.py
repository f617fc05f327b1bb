"""Traces of a person in a text: names of the register, names by their form, numbers, addresses, words of one person.

Plain text work; the register is asked by `queries.names_among`. The measure is in `tests/bulletins`: of a hundred texts
with something planted at least 95 are caught, of a hundred harmless ones fewer than 5 are stopped.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tongket.bulletins.words import (
    CALLS,
    FAMILIES,
    INSTITUTIONS,
    NOT_A_CALL,
    ONE_PERSON,
    PLACE_BEFORE,
    PUBLIC_NAMES,
    SAYING,
    SEVERAL,
    SURE_FAMILIES,
    TWO_WORD_CALLS,
)
from tongket.core.text import fold, tidy

LONGEST_NAME = 6
_WORD = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(r"(?:\s+|[-–_.·])")
# Every capital letter of Vietnamese: a range from À to Ỹ would hold small letters too.
_CAPITAL = "A-ZĐ" + "".join(c for c in map(chr, (*range(0xC0, 0x1B0), *range(0x1EA0, 0x1EFA))) if c.isupper())
_CAMEL = re.compile(rf"(?<=[^\W\d_{_CAPITAL}])(?=[{_CAPITAL}])")


@dataclass(frozen=True, slots=True)
class Trace:
    """Words of a text that lead to a person, and why they were found."""

    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text with its place and its folded writing."""

    text: str
    start: int
    end: int
    folded: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def words_of(text: str) -> list[Word]:
    """The words of a text; ``NguyenVanAn`` counts as three."""
    found = []
    for match in _WORD.finditer(text):
        start = match.start()
        for part in _CAMEL.split(match.group()):
            found.append(Word(part, start, start + len(part), fold(part)))
            start += len(part)
    return found


def clean(text: str) -> str:
    """The text as it is searched: one form of each letter, no invisible ones, full-width as plain."""
    return tidy(unicodedata.normalize("NFKC", text))


def runs(text: str, words: list[Word]) -> Iterator[tuple[str, int, int]]:
    """Every run of 2 to `LONGEST_NAME` neighbouring words that may be one name: (folded, first, past the last)."""
    for first in range(len(words)):
        for last in range(first + 1, min(first + LONGEST_NAME, len(words))):
            between = text[words[last - 1].end : words[last].start]
            if between and not _JOINT.fullmatch(between):
                break
            yield " ".join(word.folded for word in words[first : last + 1]), first, last + 1


def traces(text: str, names: Mapping[str, Iterable[str]]) -> list[Trace]:
    """All that leads to a person in a text; `names` maps folded names of the register to their writings.

    Each place is named once, in the order of the text.
    """
    plain = clean(text)
    words = words_of(plain)
    found = [
        *_registered(plain, words, names),
        *_called(plain, words),
        *_by_form(plain, words),
        *_patterns(plain),
        *_spoken(plain),
    ]
    return _each_place_once(plain, found)


def _each_place_once(text: str, found: list[tuple[int, int, str]]) -> list[Trace]:
    kept: list[tuple[int, int, str]] = []
    for start, end, why in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, why))
    return [Trace(text[start:end], why) for start, end, why in kept]


# --- names ------------------------------------------------------------------------------------------------


def _registered(
    text: str, words: list[Word], names: Mapping[str, Iterable[str]]
) -> Iterator[tuple[int, int, str]]:
    for folded, first, past in runs(text, words):
        run = words[first:past]
        if any(_is_this(run, writing) for writing in names.get(folded, ())):
            capital = all(word.is_capital for word in run)
            if not _of_a_place(words, first) and (capital or len(run) > 2 or _after_a_call(words, first)):
                yield run[0].start, run[-1].end, "họ tên"


def _is_this(run: list[Word], writing: str) -> bool:
    """Whether words of one folded form are this name: the same letters, letters without marks, or all in capitals.

    Marks that differ in small letters are another word: "lễ dân" is not Lê Dân.
    """
    own = [_marks(part) for part in _WORD.findall(tidy(writing))]
    if len(own) != len(run):
        return False
    if all(word.is_capital for word in run):
        return True
    return all(_marks(word.text) == part or word.text.isascii() for word, part in zip(run, own, strict=True))


def _marks(word: str) -> tuple[str, ...]:
    """A word by its letters and tone, wherever the tone is set: hoà is hòa."""
    split = unicodedata.normalize("NFD", word.casefold())
    tones = "\u0300\u0309\u0303\u0301\u0323"
    return "".join(c for c in split if c not in tones), "".join(c for c in split if c in tones)


def _of_a_place(words: list[Word], first: int) -> bool:
    one, two = (" ".join(word.text.lower() for word in words[max(first - n, 0) : first]) for n in (1, 2))
    return one in PLACE_BEFORE or two in PLACE_BEFORE


def _after_a_call(words: list[Word], first: int) -> bool:
    return first > 0 and words[first - 1].folded in CALLS


def _called(text: str, words: list[Word]) -> Iterator[tuple[int, int, str]]:
    """ "ông Hai", "bà B.", "đồng chí Minh": a form of address before a name or an initial."""
    for at, word in enumerate(words):
        past = _end_of_call(words, at)
        if not past or past >= len(words):
            continue
        between = text[words[past - 1].end : words[past].start]
        name = words[past]
        if re.fullmatch(r"\s*[-–:.]?\s*", between) is None or not name.is_capital:
            continue
        if text[name.end : name.end + 1].isdigit() or _no_name(words, at, past):
            continue
        end = past
        while (
            end + 1 < len(words)
            and words[end + 1].is_capital
            and re.fullmatch(r"[\s.]{1,2}", text[words[end].end : words[end + 1].start])
        ):
            end += 1
        yield word.start, words[end].end, "cách gọi một người"


def _end_of_call(words: list[Word], at: int) -> int:
    """The index after a form of address that begins at `at`; 0 when none does."""
    two = " ".join(word.folded for word in words[at : at + 2])
    if two in TWO_WORD_CALLS:
        return at + 2
    return at + 1 if words[at].folded in CALLS and words[at].text.casefold() in CALLS[words[at].folded] else 0


def _no_name(words: list[Word], at: int, past: int) -> bool:
    if words[at].is_capital and _of_a_place(words, at):
        return True  # cầu Bà Rén, chợ Ông Bố
    before = words[at - 1].folded if at else ""
    following = " ".join(word.folded for word in words[past : past + 2])
    whole = " ".join(word.folded for word in words[max(at - 1, 0) : past + 1])
    if f"{before} {words[at].folded}" in NOT_A_CALL or any(phrase in whole for phrase in NOT_A_CALL):
        return True
    return following in INSTITUTIONS or following.split(" ")[0] in INSTITUTIONS


def _by_form(text: str, words: list[Word]) -> Iterator[tuple[int, int, str]]:
    """A family name with what makes it a person's: Văn, Thị, two more capitals, or an initial at the end."""
    for at, word in enumerate(words):
        if word.text.title() not in FAMILIES or not word.is_capital or _of_a_place(words, at):
            continue
        end = at
        while (
            end + 1 < len(words)
            and end - at < LONGEST_NAME
            and words[end + 1].is_capital
            and text[words[end].end : words[end + 1].start] == " "
        ):
            end += 1
        run = words[at : end + 1]
        whole = " ".join(one.folded for one in run)
        if len(run) < 2 or any(public in whole for public in PUBLIC_NAMES):
            continue
        middle = len(run) > 2 and run[1].folded in ("van", "thi")
        initial = len(run[-1].text) == 1 and not text[run[-1].end : run[-1].end + 1].isdigit()
        if middle or initial or len(run) in (3, 4) or run[0].text.title() in SURE_FAMILIES:
            yield run[0].start, run[-1].end, "họ tên"


# --- numbers, addresses, spoken words -----------------------------------------------------------------------

_STREET = r"(?:đường|phố|ngõ|ngách|hẻm|kiệt)"
_UPPER = "A-ZĐ"
_ACCOUNT = (
    r"\b(?i:tài khoản|nick|trang)\s+(?:cá nhân\s+)?"
    rf"(?i:facebook|zalo|tiktok)\s+(?:tên\s+)?[“\"«‘']?[{_CAPITAL}]\w+"
)
_HOUSE = rf"(?<![\w/])\d{{1,4}}[A-Za-z]?(?:/\d{{1,3}}[A-Za-z]?)*\s+(?:[Đđ]ường|[Pp]hố)\s+[{_CAPITAL}]"
_PAPERS = r"(?i)\b(?:cccd|cmnd|cmt|hộ chiếu|căn cước(?: công dân)?|sổ hộ khẩu|số định danh)\s*(?:số)?\s*:?\s*\w?\d{5,}"
_BORN = (
    r"(?i)(?<!học )(?<!phát )(?<!hy )(?<!nảy )(?<!tái )\bsinh\s+"
    r"(?:năm\s+(?:19|20)\d\d|ngày\s+\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})|(?<!\w)\(?\bSN\s*:?\s*19\d\d"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("thư điện tử", re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")),
    ("tài khoản mạng xã hội", re.compile(r"(?i)\b(?:facebook|fb|zalo|tiktok)\.(?:com|me)/\S+|(?<!\w)@\w{3,}")),
    (
        "tài khoản mạng xã hội",
        re.compile(_ACCOUNT),
    ),
    ("số điện thoại", re.compile(r"(?<![\d.,])(?:\+?\s?84|0)(?:[\s.\-]?\d){8,10}(?![\d])")),
    ("số giấy tờ", re.compile(r"(?<![\d.,/])\d(?:[ ]?\d){8,13}(?![\d.,]\d|\d|\s*(?:đồng|đ\b|VNĐ|VND))")),
    ("số giấy tờ", re.compile(_PAPERS)),
    (
        "biển số xe",
        re.compile(rf"(?<![\w/])\d{{2}}\s?-?\s?[{_UPPER}][{_UPPER}\d]?\s?[-.]?\s?\d{{3}}[.\s]?\d{{2}}(?!\d)"),
    ),
    ("biển số xe", re.compile(rf"(?<![\w/])\d{{2}}\s?-?\s?[{_UPPER}]\d?\s?[-.]\s?\d{{4,5}}(?!\d)")),
    ("biển số xe", re.compile(r"(?i)\bbiển (?:kiểm soát|số)(?: xe)?\s*:?\s*\d{2}\s?-?\w{1,2}\s?[-.]?\s?\d{3,5}")),
    ("địa chỉ nhà", re.compile(r"(?i)\b(?:số nhà|nhà số)\s*:?\s*\d+\w?(?:/\d+\w?)*")),
    ("địa chỉ nhà", re.compile(rf"(?i)\bsố\s+\d+[a-z]?(?:/\d+[a-z]?)*\s*,?\s*{_STREET}\b")),
    ("địa chỉ nhà", re.compile(r"(?i)\bsố\s+\d{1,3}[a-z]?(?:/\d{1,3}[a-z]?)+(?![\w/])(?!-)")),
    ("địa chỉ nhà", re.compile(_HOUSE)),
    ("địa chỉ nhà", re.compile(rf"\b[Nn]hà\s+\d+\w?(?:/\d+\w?)*\s+[{_CAPITAL}]")),
    ("địa chỉ nhà", re.compile(r"(?i)\b(?:ngõ|ngách|hẻm|kiệt)\s+(?:số\s+)?\d+")),
    ("thửa đất", re.compile(r"(?i)\bthửa(?: đất)?\s*(?:số)?\s*:?\s*\d+|\btờ bản đồ\s*(?:số)?\s*:?\s*\d+")),
    ("năm sinh", re.compile(_BORN)),
    ("chữ viết tắt tên", re.compile(rf"(?<![\w.])(?:[{_UPPER}]\.\s?){{2,3}}(?:[{_UPPER}]\b\.?)?(?!\w)")),
    ("chữ viết tắt tên", re.compile(rf"(?<![\w.])[{_UPPER}]\.[{_UPPER}]\b(?![\w.])")),
)  # fmt: skip
_QUOTED = re.compile(
    rf"(?i)\b(?:{'|'.join(SAYING)})\s*(?:rằng|là|thêm)?\s*[:,]?\s*[“\"«‘][^”\"»’]{{6,}}[”\"»’]"
)
_ONE_SAYS = re.compile(
    rf"(?i)(?<!\w)(?P<who>{'|'.join(ONE_PERSON)})(?!\w)(?P<gap>(?:\s+[^\s.;:!?]+){{0,9}}?)\s+(?P<says>{'|'.join(SAYING)})(?!\w)"
)
_FIRST_PERSON = re.compile(
    r"(?i)(?<!chúng )(?<!vôi )(?<!\w)tôi(?!\w)(?! luyện| thép| rèn| vôi)"
    r"|(?<!\w)bản thân (?:em|cháu|tui)\b|(?<!\w)(?:tui|nhà tui)(?!\w)"
)


def _patterns(text: str) -> Iterator[tuple[int, int, str]]:
    for why, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), why


def _spoken(text: str) -> Iterator[tuple[int, int, str]]:
    """Words of one person: in quotation marks after a verb of saying, or told of one who says it."""
    for match in _QUOTED.finditer(text):
        yield match.start(), match.end(), "lời một người"
    for match in _ONE_SAYS.finditer(text):
        before = f" {fold(text[: match.start()])}"
        if not before.endswith(SEVERAL) and not _belongs_to_others(match):
            yield match.start(), match.end(), "lời một người"
    for match in _FIRST_PERSON.finditer(text):
        yield match.start(), match.end(), "lời một người"


def _belongs_to_others(match: re.Match[str]) -> bool:
    """ "một cán bộ tiếp dân của xã, người dân cho rằng": the speaker after the comma is another."""
    gap = fold(match["gap"])
    return any(word in gap for word in ("nguoi dan", "nhan dan", "ba con", "cu tri", "y kien", "du luan"))
