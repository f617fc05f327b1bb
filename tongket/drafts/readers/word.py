"""The text of a Word file as pieces that know where they stand, so that a place in the text is a place in the file.

Body in its own order (paragraphs, tables, content controls, text boxes), then footnotes, endnotes, headers, footers.
Deleted text of tracked changes, field codes and the doubles of text boxes for old programs are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tongket.drafts.readers.cleaning import clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}rPr", f"{W}pPr", f"{W}sdtPr", _FALLBACK}
)
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(slots=True)
class Piece:
    """Text of one element `w:t` (or a sign for a break, `element` of another kind). `part` says where it stands."""

    text: str
    element: Any = None
    part: str = "body"
    note: str = ""  # of a footnote: its id, by which its sign in the body is found
    kept: int | None = (
        None  # how much of the text its element still holds, after places behind it were cut out
    )


def pieces_of(root: Any, part: str = "body") -> Iterator[Piece]:
    """The pieces of one part of the package, each paragraph ending with a line break."""
    if part in ("footnotes", "endnotes"):
        for note in root:
            if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            yield from _paragraphs(note, part, note.get(f"{W}id") or "")
    else:
        yield from _paragraphs(root, part, "")


def _paragraphs(element: Any, part: str, note: str) -> Iterator[Piece]:
    for child in element:
        if child.tag in _LEFT_OUT or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}p":
            boxes: list[Any] = []
            yield from _of_paragraph(child, part, note, boxes)
            yield Piece("\n", None, part, note)
            for box in boxes:
                yield from _paragraphs(box, part, note)
        else:
            yield from _paragraphs(child, part, note)


def _of_paragraph(element: Any, part: str, note: str, boxes: list[Any]) -> Iterator[Piece]:
    for child in element:
        if child.tag in _LEFT_OUT or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}t":
            yield Piece(clean(child.text or ""), child, part, note)
        elif child.tag in _SIGNS:
            yield Piece(_SIGNS[child.tag], child, part, note)
        elif child.tag == f"{W}txbxContent":
            boxes.append(child)
        else:
            yield from _of_paragraph(child, part, note, boxes)


def joined(pieces: list[Piece]) -> str:
    """The text of the pieces; the offsets into it are the places of `Piece`s one after another."""
    return "".join(piece.text for piece in pieces)
