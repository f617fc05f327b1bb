"""The part of `./run check-data` about books: digests, signatures and chains of all of them, against the ledger."""

from collections.abc import Iterator

from tongket.audit.models import LedgerEntry
from tongket.books.models import FigureBook
from tongket.books.queries import chain_faults, faults_of
from tongket.figures.check_data import Check
from tongket.organisations.models import Organisation


def check_books() -> Check:
    """Every book against its digest, its signatures and its head; every chain against the ledger."""
    return Check(
        "books",
        "Mã, chữ ký và chuỗi của các sổ số liệu đã chốt",
        FigureBook.objects.count(),
        tuple(_faults()),
    )


def _faults() -> Iterator[str]:
    books = FigureBook.objects.select_related("organisation").prefetch_related("signatures").order_by("pk")
    for book in books.iterator(chunk_size=20):  # a megabyte or two each
        for fault in faults_of(book):
            yield f"Sổ số {book.number} của {book.organisation.code} (kỳ {book.period}): {fault}"
    # Also organisations whose last book is gone: the ledger still names it.
    for organisation in _with_books():
        for fault in chain_faults(organisation):
            yield f"Chuỗi sổ của {organisation.code}: {fault}"


def _with_books() -> Iterator[Organisation]:
    codes = set(
        LedgerEntry.objects.filter(action="book.lock").values_list("organisation_code", flat=True).distinct()
    )
    codes |= set(FigureBook.objects.values_list("organisation__code", flat=True).distinct())
    yield from Organisation.objects.filter(code__in=codes).order_by("code")
