"""Where sentences begin and end."""

import re

__all__ = ["sentences"]

_MARK = re.compile(r"[.!?…\n]")
_END = re.compile(r"[.!?…]++[\"”»’)\]]{0,3}(?=[ \t\r\n\u00a0]|$)")
_DOTS = re.compile(r"[.!?…]++")
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
    start = line = at = 0
    while (sign := _MARK.search(text, at)) is not None:
        at = sign.end()
        if sign.group() == "\n":
            if at - start > 1:
                _add(text, start, sign.start(), found)
            start = line = at
            continue
        mark = _END.match(text, sign.start())
        if mark is None:
            dots = _DOTS.match(text, sign.start())
            at = dots.end() if dots else at
            continue
        at = mark.end()
        if _ends(text, line, start, mark):
            _add(text, start, at, found)
            start = at
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
