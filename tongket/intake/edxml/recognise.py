"""What a message's words mean in our lists: the kind of paper, the level of its issuer, the whole symbol."""

import re

from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.references import body_level, kinds_of
from tongket.core.text import fold, tidy

# Kinds of the State whose letters mean another kind in the Party: TT is thông tư there, thông tri here.
_OTHER_KINDS = ("thong tu", "nghi dinh", "luat", "phap lenh", "cong dien", "to trinh", "giay moi", "bien ban")
_KIND_BY_NAME = {fold(DOCUMENT_KIND.label(code)): code for code in DOCUMENT_KIND.values}
_NUMBER_WORD = re.compile(r"^\s*số\s*[:.]?\s*", re.IGNORECASE)
_SPLIT = re.compile(r"^(\d{1,6}[A-Za-zĐđ]?)([-/])(.+)$")

# Beginnings of the issuer's own name, folded.
_NAMES = (
    ("uy ban nhan dan", "state"),
    ("ubnd", "state"),
    ("hoi dong nhan dan", "state"),
    ("hdnd", "state"),
    ("chinh phu", "state"),
    ("thu tuong", "state"),
    ("van phong chinh phu", "state"),
    ("so ", "state"),
    ("bo chinh tri", "central"),
    ("bo ", "state"),
    ("cuc ", "state"),
    ("chi cuc", "state"),
    ("ban chap hanh trung uong", "central"),
    ("chi bo", "cell"),
    ("dang uy xa", "grassroots"),
    ("dang uy phuong", "grassroots"),
    ("dang uy thi tran", "grassroots"),
)
_INSIDE = (
    ("trung uong", "central"),
    ("tinh uy", "province"),
    ("thanh uy", "province"),
    ("huyen uy", "district"),
    ("quan uy", "district"),
    ("thi uy", "district"),
    ("dang uy khoi", "district"),
    ("dang uy", "grassroots"),
)


def symbol_of(number: str, notation: str) -> str:
    """Number and symbol as written on the paper: 33 and NQ/TU give 33-NQ/TU, 7816 and VPCP-TTĐT 7816/VPCP-TTĐT.

    Senders who put the whole symbol into one of the two places, or “Số:” before it, are understood.
    """
    first = tidy(_NUMBER_WORD.sub("", tidy(number)))
    second = tidy(_NUMBER_WORD.sub("", tidy(notation)))
    if not first or not second:
        return first or second
    if second[0] in "-/":
        return first + second
    if fold(second) in fold(first):
        return first
    if re.match(rf"{re.escape(first)}\s*[-/]", second):
        return second
    return f"{first}-{second}" if "/" in second else f"{first}/{second}"


def parts_of(symbol: str) -> tuple[str, str]:
    """Number and notation of a symbol, such that `symbol_of` gives it back."""
    whole = tidy(symbol)
    match = _SPLIT.match(whole)
    if match is None:
        return "", whole
    number, notation = match[1], tidy(match[3])
    if symbol_of(number, notation) == whole:
        return number, notation
    with_mark = match[2] + match[3]
    return (number, with_mark) if symbol_of(number, with_mark) == whole else ("", whole)


def kind_named(name: str) -> str:
    """The code of the kind that a sender names in words; "" for a name that is none of ours."""
    said = fold(name)
    if said in _KIND_BY_NAME:
        return _KIND_BY_NAME[said]
    longer = [label for label in _KIND_BY_NAME if said.startswith(f"{label} ")]
    return _KIND_BY_NAME[max(longer, key=len)] if longer else ""


def kind_lettered(symbol: str) -> str:
    """The code of the kind whose letters stand in the symbol (33-NQ/TU: NQ); "" where none does."""
    letters = [tidy(part) for part in re.split(r"[-/]", symbol)][1:]
    for part in letters:
        if part in DOCUMENT_KIND.values:
            return part
    for part in letters:
        kinds = kinds_of(part)
        if kinds:
            return kinds[0]
    return ""


def kind_of(type_name: str, symbol: str) -> str:
    """The kind by its name, else by the symbol's letters; "" when neither says it.

    A kind of the State that the list does not have is not guessed from letters that mean something else here.
    """
    named = kind_named(type_name)
    if named or fold(type_name).startswith(_OTHER_KINDS):
        return named
    return kind_lettered(symbol)


def level_of(symbol: str, issuer: str) -> str:
    """The level of the body that issued a paper, by the letters of the symbol, else by its name; "" when unclear."""
    _number, notation = parts_of(symbol)
    if "/" in notation.lstrip("-/"):
        body = notation.rpartition("/")[2].strip().rstrip("0123456789")
        level = body_level(body)
        if level:
            return level
    name = fold(issuer)
    for words, level in _NAMES:
        if name.startswith(words):
            return level
    for words, level in _INSIDE:
        if words in name:
            return level
    # A State body puts the kind behind a stroke: 45/NQ-HĐND, 7816/VPCP-TTĐT.
    return "state" if re.match(r"^\d+[A-Za-z]?/[^/]+$", tidy(symbol)) else ""
