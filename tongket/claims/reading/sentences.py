"""Where sentences begin and end."""

import re

__all__ = ["sentences"]

_END = re.compile(r"[.!?…]++[\"”»’)\]]{0,3}(?=[ \t\r\n\u00a0]|$)|\n")
_ABBREVIATIONS = frozenset(
    {
        "tp",
        "tx",
        "tt",
        "ths",
        "ts",
        "pgs",
        "gs",
        "bs",
        "ks",
        "đ/c",
        "đc",
        "ông",
        "bà",
        "v.v",
        "st",
        "no",
        "tr",
        "q",
        "p",
    }
)
_NUMBERING = re.compile(r"[ \t*(]{0,4}(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}|[IVXivx]{1,5}|[A-Za-zđĐ])")
_LOOK_AHEAD = re.compile(r"[ \t\r\u00a0]{0,20}([^ \t\r\u00a0])")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a text without the blanks around them; a line is never part of two paragraphs."""
    found: list[tuple[int, int]] = []
    start = line = 0
    for mark in _END.finditer(text):
        if mark.group() == "\n":
            _add(text, start, mark.start(), found)
            start = line = mark.end()
        elif _ends(text, line, start, mark):
            _add(text, start, mark.end(), found)
            start = mark.end()
    _add(text, start, len(text), found)
    return tuple(found)


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        found.append((start + left, start + right))


def _ends(text: str, line: int, start: int, mark: re.Match[str]) -> bool:
    if mark.group()[0] in "!?":
        return True
    following = _LOOK_AHEAD.match(text, mark.end())
    if following is not None and following.group(1).islower():
        return False
    if mark.group() == ".":
        word = text[max(start, mark.start() - 6) : mark.start()].split()
        if word and word[-1].lower() in _ABBREVIATIONS:
            return False
        if mark.start() - line < 16 and _NUMBERING.fullmatch(text, line, mark.start()):
            return False
    return True
