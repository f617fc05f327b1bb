"""The Word file back: corrections made in their places, and a comment at every place that is not simply right.

Comments stand in the body only, as Word allows: those on a footnote at its sign, those on a header at the first line.
"""

import io
import json
import subprocess  # nosec B404  # only the exception of core.process
import sys
from copy import deepcopy
from dataclasses import asdict, dataclass
from typing import Any

from tongket.core.process import run
from tongket.drafts.readers.child import limit
from tongket.drafts.readers.word import Piece, W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Edit:
    """A correction: what stood from `start` to `end` of the text at that moment gives way to `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on the text (after all edits) from `start` to `end`."""

    start: int
    end: int
    text: str


class NotMarked(Exception):
    """The file could not be written; the message says so to the clerk."""


def marked(content: bytes | None, text: str, edits: list[Edit], remarks: list[Remark], author: str) -> bytes:
    """A Word file with corrections and comments: of the file given, else a new one of the text (then without edits).

    Raises `NotMarked`.
    """
    asked = {
        "edits": [asdict(one) for one in edits] if content else [],
        "remarks": [asdict(one) for one in _apart(remarks)],
        "author": author,
        "text": "" if content else text,
    }
    sent = json.dumps(asked).encode() + b"\n" + (content or b"")
    try:
        ended = run(__name__, sent)
    except subprocess.TimeoutExpired:
        raise NotMarked("Tệp quá lớn nên chưa ghi được nhận xét. Hãy tải văn bản đã sửa.") from None
    if ended.returncode != 0:
        raise NotMarked("Không ghi được nhận xét vào tệp Word này. Hãy tải văn bản đã sửa.")
    return ended.stdout


def _apart(remarks: list[Remark]) -> list[Remark]:
    """Remarks that overlap, as one."""
    found: list[Remark] = []
    for one in sorted(remarks, key=lambda r: (r.start, -r.end)):
        if found and one.start < found[-1].end:
            last = found.pop()
            one = Remark(last.start, max(last.end, one.end), f"{last.text}\n{one.text}")
        found.append(one)
    return found


def main() -> int:
    """Write the file asked for on standard input."""
    limit()
    head, _line, content = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    sys.stdout.buffer.write(_made(asked, content))
    return 0


def _made(asked: dict[str, Any], content: bytes) -> bytes:
    from docx import Document

    from tongket.drafts.readers.package import all_pieces, opened

    document: Any = opened(content) if content else Document()
    if not content:
        _fill(document, asked["text"])
    pieces = all_pieces(document)
    for edit in asked["edits"]:
        _replace(pieces, edit["start"], edit["end"], edit["new"])
    # From the end to the beginning: splitting a run moves nothing that stands before it.
    for remark in sorted(asked["remarks"], key=lambda one: (one["start"], one["end"]), reverse=True):
        _comment(document, pieces, remark, asked["author"])
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _fill(document: Any, text: str) -> None:
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    lines = text.split("\n")
    for line in lines[:-1] if lines and not lines[-1] else lines:
        parts = line.split("\t")
        run_ = document.add_paragraph().add_run(parts[0])
        for part in parts[1:]:
            run_.add_tab()
            run_._r.add_t(part)


def _replace(pieces: list[Piece], start: int, end: int, new: str) -> None:
    """Put `new` in the place of `start`–`end`: into the first piece it meets, out of the others."""
    at, placed = 0, False
    for piece in pieces:
        length = len(piece.text)
        first, last = max(start - at, 0), min(end - at, length)
        if first < last and piece.element is not None and piece.element.tag == f"{W}t":
            kept = new if not placed else ""
            piece.text = piece.text[:first] + kept + piece.text[last:]
            _write(piece)
            placed = True
        at += length


def _write(piece: Piece) -> None:
    piece.element.text = piece.text
    piece.element.set(_SPACE, "preserve")


def _comment(document: Any, pieces: list[Piece], remark: dict[str, Any], author: str) -> None:
    from docx.text.run import Run

    runs = _runs_of(document, pieces, remark["start"], remark["end"])
    if not runs:
        return
    first, last = Run(runs[0], document), Run(runs[-1], document)
    document.add_comment([first, last], text=remark["text"], author=author, initials="TK")


def _runs_of(document: Any, pieces: list[Piece], start: int, end: int) -> list[Any]:
    """The runs that hold exactly `start`–`end` of the body; of a note the run of its sign; else the first run."""
    at, runs, elsewhere = 0, [], None
    for i in range(len(pieces)):
        piece = pieces[i]
        length = len(piece.text)
        if at >= end:
            break
        first, last = max(start - at, 0), min(end - at, length)
        at += length
        if first >= last or piece.element is None or piece.element.tag != f"{W}t":
            continue
        if piece.part != "body":
            elsewhere = piece
            break
        runs.append(_cut(piece, first, last))
    if runs or elsewhere is None:
        return [one for one in runs if one is not None]
    kind = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}.get(elsewhere.part)
    body = document.element.body
    for sign in body.iter(f"{W}{kind}") if kind else ():
        if sign.get(f"{W}id") == elsewhere.note:
            return [sign.getparent()]
    return [next(run for run in body.iter(f"{W}r"))]


def _cut(piece: Piece, first: int, last: int) -> Any:
    """Split the run of a piece so that one run holds just `first`–`last` of it; that run.

    What stands after the place goes into a run of its own; the piece keeps what stands before, and the place itself,
    for places before it are still to be marked: they lie in the part that stays in the piece's own element.
    """
    run = piece.element.getparent()
    whole = piece.text if piece.kept is None else piece.text[: piece.kept]
    if run is None or run.tag != f"{W}r" or first >= len(whole):
        return None
    middle, after = whole[first:last], whole[last:]
    children = list(run)
    tail = children[children.index(piece.element) + 1 :]
    marked = _like(run, middle) if (first or after or tail or _other_text(run, piece.element)) else None
    if marked is None:
        return run
    run.addnext(marked)
    if after or tail:
        rest = _like(run, after)
        for child in tail:
            rest.append(child)
        marked.addnext(rest)
    piece.element.text = whole[:first]
    piece.element.set(_SPACE, "preserve")
    piece.kept = first
    return marked


def _other_text(run: Any, element: Any) -> bool:
    return any(child is not element and child.tag != f"{W}rPr" for child in run)


def _like(run: Any, text: str) -> Any:
    """A run with the same look and this text alone."""
    made = run.makeelement(f"{W}r", {})
    look = run.find(f"{W}rPr")
    if look is not None:
        made.append(deepcopy(look))
    if text:
        piece = made.makeelement(f"{W}t", {_SPACE: "preserve"})
        piece.text = text
        made.append(piece)
    return made
