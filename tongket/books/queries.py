"""Reading books: which there are, what they say to whom, and whether they are whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from tongket.audit.acts import GENESIS
from tongket.audit.models import LedgerEntry
from tongket.books import content as contents
from tongket.books.content import Content, Entry
from tongket.books.models import BookSignature, FigureBook
from tongket.core.masks import DUTY
from tongket.core.periods import Period, parse_period
from tongket.figures.engine import compute
from tongket.figures.sealing import open_rows_of
from tongket.figures.sources import READINGS
from tongket.figures.types import FigureSet
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.sources import SOURCES
from tongket.organisations.models import Organisation
from tongket.organisations.queries import may, visible_to


def visible_books(user: Any, verb: str = "book.read") -> QuerySet[FigureBook]:
    """The books of organisations for which the user holds `verb`, newest first, without their contents."""
    return light(FigureBook.objects.filter(organisation__in=visible_to(user, verb)))


def light(rows: QuerySet[FigureBook]) -> QuerySet[FigureBook]:
    """The rows with all that a list shows, without the megabyte of figures in each."""
    signatures = BookSignature.objects.filter(voided_at__isnull=True).order_by("pk")
    return (
        rows.defer("content", "guarded")
        .select_related("organisation", "recorded_by")
        .prefetch_related(Prefetch("signatures", signatures))
    )


def books_of(organisation: Organisation) -> QuerySet[FigureBook]:
    """All books of an organisation, the newest first."""
    return light(organisation.figure_books.all())


def standing_book(organisation: Organisation, period: Period | str) -> FigureBook | None:
    """The book of a period that is not superseded, with its contents; None when nothing is locked."""
    return (
        FigureBook.objects.select_related("organisation")
        .filter(organisation=organisation, period=str(period), voided_at__isnull=True)
        .first()
    )


def whole_book(book: FigureBook) -> FigureBook:
    """The same book with its contents, in one query."""
    return FigureBook.objects.select_related("organisation").get(pk=book.pk)


# --- whether they are whole -------------------------------------------------------------------------------


def faults_of(book: FigureBook) -> list[str]:
    """What is wrong with the book itself: its digests, its head, its signatures. Empty when it is whole."""
    found = []
    content = bytes(book.content)
    if book.digest != contents.book_digest(book.previous_digest, content):
        found.append("Nội dung không khớp mã sổ: sổ đã bị sửa sau khi chốt.")
    try:
        said = contents.read(content)
    except (ValueError, KeyError, TypeError):
        return [*found, "Nội dung không đọc được."]
    if said.guarded_digest != contents.guarded_digest(bytes(book.guarded)):
        found.append("Phần số liệu kỷ luật, kiểm tra không khớp mã của nó: đã bị sửa sau khi chốt.")
    if datetime.fromisoformat(said.head["known_at"]) != book.known_at:
        found.append("Lúc chốt ghi ngoài bìa khác trong sổ.")
    if said.places[0].code != book.organisation.code:
        found.append(f"Sổ là của tổ chức khác: {said.places[0].code}.")
    wanted = {
        "number": book.number,
        "version": book.version,
        "period": book.period,
        "as_at": book.as_at.isoformat(),
        "previous": book.previous_digest,
        "provisional": book.provisional,
    }
    found += [
        f"Mục «{name}» ghi ngoài bìa ({value}) khác trong sổ ({said.head.get(name)})."
        for name, value in wanted.items()
        if said.head.get(name) != value
    ]
    found += [
        f"Chữ ký của {row.name} là cho mã khác: {row.digest[:12]}."
        for row in book.signatures.all()
        if row.voided_at is None and row.digest != book.digest
    ]
    return found


def chain_faults(organisation: Organisation) -> list[str]:
    """What is wrong with the chain of an organisation's books, against the books and against the ledger."""
    rows = list(
        organisation.figure_books.order_by("number").values_list("number", "previous_digest", "digest")
    )
    found, previous = [], GENESIS
    for expected, (number, before, digest) in enumerate(rows, start=1):
        if number != expected:
            found.append(f"Thiếu sổ số {expected}: sau sổ số {expected - 1} là sổ số {number}.")
            break
        if before != previous:
            found.append(f"Sổ số {number} không nối vào sổ số {number - 1}.")
        previous = digest
    entries = LedgerEntry.objects.filter(action="book.lock", organisation_code=organisation.code)
    have = {number: digest for number, _before, digest in rows}
    for data in entries.order_by("id").values_list("data", flat=True):
        if have.pop(data.get("number"), None) != data.get("digest"):
            found.append(f"Nhật ký ghi sổ số {data.get('number')} với mã khác, hoặc sổ đó không còn.")
    found += [f"Sổ số {number} không có trong nhật ký." for number in have]
    return found


# --- what a reader may see --------------------------------------------------------------------------------


@dataclass(frozen=True)
class SeenBook:
    """A book as a user may read it. `viewer` None: the machine's operator, who reads everything."""

    book: FigureBook
    content: Content
    viewer: Any = None

    @cached_property
    def lacking(self) -> frozenset[str]:
        """The guarding verbs that the viewer does not hold at the book's organisation."""
        verbs = frozenset[str]().union(*self.content.guards.values())
        if self.viewer is None:
            return frozenset()
        return frozenset(verb for verb in verbs if not may(self.viewer, verb, self.book.organisation))

    def hidden(self, id: str) -> bool:
        """Whether the viewer may not know the figure, because the duty for it is not his or hers."""
        return bool(self.lacking & set(self.content.guards.get(id, ())))

    @cached_property
    def sees_all(self) -> bool:
        """Whether nothing is kept from the viewer: every duty is held, and no sealed record lacks his or her name."""
        return not self.lacking and (self.viewer is None or not closed_rows(self.viewer))

    @cached_property
    def hidden_ids(self) -> tuple[str, ...]:
        """The figures that are left out for the viewer, in the catalogue's order."""
        return tuple(id for id in self.content.definitions if self.hidden(id))

    @cached_property
    def _guarded(self) -> Mapping[str, Mapping[str, Entry]]:
        """The guarded figures as the viewer may know them: less the sealed decisions, as the live pages show them."""
        if self.sees_all:
            return contents.read_guarded(bytes(self.book.guarded))
        ids = [id for id in self.content.guards if not self.hidden(id) and id in INDICATORS]
        if not ids:
            return {}
        figures = self._live(ids)
        own = figures.organisation.code
        rows = {own: figures.own} | {c.code: figures.by_child[c.id] for c in figures.children}
        return {
            place: {id: contents.entry_of(figure, "") for id, figure in row.items() if not figure.mask}
            for place, row in rows.items()
        }

    def _live(self, ids: list[str]) -> FigureSet:
        return compute(
            self.book.organisation,
            parse_period(self.book.period),
            as_at=self.book.as_at,
            as_known_at=self.book.known_at,
            ids=ids,
            viewer=self.viewer,
        )

    def entry(self, id: str, place: str = "") -> Entry | None:
        """A figure of the organisation (or of a child, by its code); None: hidden from the viewer, or not there."""
        if self.hidden(id):
            return None
        code = place or self.book.organisation.code
        part = self._guarded if id in self.content.guards else self.content.figures
        return part.get(code, {}).get(id)

    def mask(self, id: str) -> str:
        """What stands in a figure's place."""
        return DUTY if self.hidden(id) else ""


def seen(book: FigureBook, viewer: Any = None) -> SeenBook:
    """The book as a user may read it. Raises ValueError when its content cannot be read."""
    return SeenBook(book, contents.read(bytes(book.content)), viewer)


def closed_rows(viewer: Any) -> dict[str, frozenset[int]]:
    """Of each guarded source the keys of the sealed records that the viewer is not named for; empty for most."""
    found: dict[str, frozenset[int]] = {}
    models: dict[Any, frozenset[int]] = {}
    for source, declared in SOURCES.items():
        if not declared.guarded:
            continue
        model: Any = READINGS[source].model
        if model not in models:
            rows = model._default_manager.exclude(open_rows_of(model, viewer))
            models[model] = frozenset(rows.values_list("pk", flat=True))
        if models[model]:
            found[source] = models[model]
    return found
