"""A report made from a locked book: its figures must be the book's, and the paper names the book."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from tongket.books import content as contents
from tongket.books.models import FigureBook
from tongket.books.queries import faults_of
from tongket.books.standing import NAMES, standing_of
from tongket.core.dates import format_date
from tongket.core.problems import Problem, Refused
from tongket.figures.types import Figure, FigureSet

_WHAT_NOW = "Hãy đối chiếu sổ ở trang Chốt số liệu, hoặc làm báo cáo theo số liệu đang chạy."


@dataclass(frozen=True, slots=True)
class BookMark:
    """What a paper says of the book it was made from. `signed`: (step, name) in order."""

    digest: str
    number: int
    version: int
    known_at: datetime
    provisional: bool
    complete: bool
    signed: tuple[tuple[str, str], ...]


def mark_of(book: FigureBook) -> BookMark:
    """The mark of a book, with the signatures it bears now."""
    standing = standing_of(book)
    return BookMark(
        book.digest,
        book.number,
        book.version,
        book.known_at,
        book.provisional,
        standing.state == "signed",
        tuple((NAMES[step], one.name) for step, one in standing.signed.items()),
    )


def require_same(figures: FigureSet, book: FigureBook) -> None:
    """Raise `Refused` unless the book is whole and its figures are exactly these (as known at the lock).

    Figures that the viewer may not know are not compared (they are not printed either), nor are figures declared only
    since: the book has none of them.
    """
    faults = faults_of(book)
    if faults:
        raise Refused([Problem("book", f"Không dùng được sổ: {' '.join(faults)} {_WHAT_NOW}")])
    own = figures.organisation.code
    rows = {own: figures.own} | {child.code: figures.by_child[child.id] for child in figures.children}
    content = contents.read(bytes(book.content))
    kept = content.figures
    if figures.viewer is None:
        guarded = contents.read_guarded(bytes(book.guarded))
        kept = {place: {**row, **guarded.get(place, {})} for place, row in kept.items()}
    differing = sorted(
        {
            id
            for place, row in kept.items()
            for id, entry in row.items()
            if not _same(rows.get(place), id, entry)
        }
    )
    if differing:
        names = ", ".join(f"«{content.definitions[id].name}»" for id in differing[:5])
        more = f" và {len(differing) - 5} số khác" if len(differing) > 5 else ""
        raise Refused(
            [Problem("book", f"Tính lại theo đúng lúc chốt mà {names}{more} khác số trong sổ. {_WHAT_NOW}")]
        )


def _same(row: Mapping[str, Figure] | None, id: str, entry: contents.Entry) -> bool:
    figure = None if row is None else row.get(id)
    return figure is not None and contents.entry_of(figure, entry.fingerprint) == entry


def names_of(mark: BookMark | None) -> dict[str, Any]:
    """What templates may name under `so_chot`; `co` says whether the report is made from a book at all."""
    if mark is None:
        return {"co": False, "ky_du": False, **dict.fromkeys(("so", "lan", "ma", "luc", "chu_ky"), "")}
    known = timezone.localtime(mark.known_at)
    return {
        "co": True,
        "ky_du": mark.complete,
        "so": str(mark.number),
        "lan": str(mark.version),
        "ma": mark.digest,
        "luc": f"{known:%H:%M} {format_date(known.date())}",
        "chu_ky": "; ".join(f"{step}: {name}" for step, name in mark.signed) or "chưa có chữ ký",
    }
