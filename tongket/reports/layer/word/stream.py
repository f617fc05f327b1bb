"""A Word document as one text with the marks of its printed facts: what the writer and the reader both count by."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tongket.reports.word.places import BOOKMARK, NAMESPACE, STORE
from tongket.reports.word.printing import Tag

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NUMBERED = re.compile(rf"{BOOKMARK}([1-9][0-9]{{0,5}})")
_BOUND = re.compile(r"/(?:\w+:)?facts\[1\]/(?:\w+:)?place\[([1-9][0-9]{0,5})\]/(?:\w+:)?text\[1\]")
#: Text deleted or moved away (both stay in the file while changes are tracked), and the second copy of a text box.
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", _FALLBACK}
_AS_TEXT = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LOOKED_AT = (
    *(f"{_W}{name}" for name in ("t", "sdt", "bookmarkStart", "bookmarkEnd", "p", "tr", "tc")),
    *_LEFT_OUT,
    *_AS_TEXT,
)
#: More marks than any report has; a file with more was made to waste time.
MAX_MARKS = 100_000


class TooMany(ValueError):
    """The document carries more marks than are looked at."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where in the text a mark stands. `number` is the place's, 0 for a control with one of our tags only."""

    number: int
    start: int
    end: int
    tag: str = ""
    is_control: bool = True


@dataclass
class Stream:
    """The text of all parts in order, and the marks in it."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)


def stream_of(roots: Iterable[Any]) -> Stream:
    """The texts of the parts, one after the other. A cell ends in a tab, a row or a paragraph in a line end."""
    walk = _Walk()
    for root in roots:
        walk.part(root)
    return Stream("".join(walk.pieces), walk.marks)


class _Walk:
    """One pass without recursion: a file may be nested as deep as it likes."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.left_out = 0
        self.controls: list[tuple[int, str, int]] = []
        self.open: dict[str, tuple[int, int]] = {}

    def part(self, root: Any) -> None:
        self.open.clear()
        self.controls.clear()
        for event, element in etree.iterwalk(root, events=("start", "end"), tag=_LOOKED_AT):
            tag = element.tag
            if tag in _LEFT_OUT:
                self.left_out += 1 if event == "start" else -1
            elif self.left_out:
                continue
            elif event == "start":
                self._start(tag, element)
            else:
                self._end(tag)
        self._say("\n")

    def _start(self, tag: str, element: Any) -> None:
        if tag == f"{_W}t":
            self._say(element.text or "")
        elif tag in _AS_TEXT and element.getparent().tag == f"{_W}r":
            self._say(_AS_TEXT[tag])
        elif tag == f"{_W}sdt":
            self.controls.append((*_named(element), self.length))
        elif tag == f"{_W}bookmarkStart":
            match = _NUMBERED.fullmatch(element.get(f"{_W}name") or "")
            if match:
                self.open[element.get(f"{_W}id") or ""] = (int(match[1]), self.length)
        elif tag == f"{_W}bookmarkEnd":
            number, start = self.open.pop(element.get(f"{_W}id") or "", (0, 0))
            if number:
                self._mark(Mark(number, start, self.length, is_control=False))

    def _end(self, tag: str) -> None:
        if tag == f"{_W}sdt":
            number, written, start = self.controls.pop()
            if number or written:
                self._mark(Mark(number, start, self.length, written))
        elif tag == f"{_W}p" or tag == f"{_W}tr":
            self._say("\n")
        elif tag == f"{_W}tc" and self.pieces and self.pieces[-1] == "\n":
            self.pieces[-1] = "\t"

    def _mark(self, mark: Mark) -> None:
        if len(self.marks) >= MAX_MARKS:
            raise TooMany
        self.marks.append(mark)

    def _say(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.length += len(text)


def _named(control: Any) -> tuple[int, str]:
    """The place that a control is bound to (0: none of ours), and its tag if it is one of ours."""
    properties = control.find(f"{_W}sdtPr")
    if properties is None:
        return 0, ""
    bound, tag = properties.find(f"{_W}dataBinding"), properties.find(f"{_W}tag")
    written = "" if tag is None else tag.get(f"{_W}val") or ""
    if Tag.read(written) is None:
        written = ""
    if bound is None:
        return 0, written
    ours = (bound.get(f"{_W}storeItemID") or "").upper() == STORE and NAMESPACE in (
        bound.get(f"{_W}prefixMappings") or ""
    )
    match = _BOUND.fullmatch(bound.get(f"{_W}xpath") or "") if ours else None
    return int(match[1]) if match else 0, written
