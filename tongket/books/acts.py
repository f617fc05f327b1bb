"""Locking a book, signing it, sending it back. Each is one transaction with one entry of the ledger."""

import hmac
from datetime import date
from typing import Any

from tongket.audit.acts import GENESIS, Act, act
from tongket.audit.records import written_reason
from tongket.books import content as contents
from tongket.books.models import BookSignature, FigureBook
from tongket.books.rules import check_lock, check_return, check_sign
from tongket.books.standing import standing_of
from tongket.core.dates import today
from tongket.core.periods import Period
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.figures.engine import compute
from tongket.figures.sets import record_sets
from tongket.organisations.models import Organisation

_CHANGED = "Sổ đã được chốt lại hoặc vừa có người ký, trả lại. Hãy mở lại trang để xem bản mới nhất."


def lock(
    organisation: Organisation,
    period: Period,
    *,
    by: Any,
    as_at: date | None = None,
    reason: str = "",
    origin: str = "form",
) -> FigureBook:
    """Lock all figures of an organisation, its children and a period at one moment into a new book.

    `as_at` is the period's last day unless told; of a period that is not over, today (the book is provisional). A book
    of the same period that stands is superseded: `reason` says why, and everybody signs anew. Raises `Refused` for a
    day outside the period or not come yet, a missing reason, or a user without the duty.
    """
    day = as_at or min(period.end, today())
    refuse_if_any(check_lock(organisation, period, day, by=by))
    with act("book.lock", by=by, organisation=organisation, origin=origin) as current:
        old = FigureBook.objects.filter(
            organisation=organisation, period=period.code, voided_at__isnull=True
        ).first()
        said = ""
        if old is not None:
            said = written_reason(reason, ask="Kỳ này đã có sổ: hãy ghi vì sao chốt lại.")
            current.void(old, said)
        book = _written(organisation, period, day, said, old, current)
        current.about(book)
        current.note(
            period=period.code,
            number=book.number,
            version=book.version,
            digest=book.digest,
            previous=book.previous_digest,
            figures=book.figures,
            **({"reason": said} if said else {}),
        )
    return book


def _written(
    organisation: Organisation,
    period: Period,
    day: date,
    reason: str,
    old: FigureBook | None,
    current: Act,
) -> FigureBook:
    """Compute and keep the book, with the writers' lock held: nothing can change between two figures."""
    # As known at the act's own moment, so that the same question can be asked again later.
    figures = compute(organisation, period, as_at=day, as_known_at=current.at)
    number, previous = _next_in_chain(organisation)
    version = old.version + 1 if old else 1
    provisional = day < period.end
    head = contents.head_of(
        number=number,
        version=version,
        period=period.code,
        as_at=day,
        known_at=current.at,
        by=current.by,
        reason=reason,
        provisional=provisional,
        previous=previous,
    )
    open_part, guarded = contents.make(figures, record_sets(figures), head)
    book = FigureBook(
        organisation=organisation,
        period=period.code,
        as_at=day,
        number=number,
        version=version,
        known_at=current.at,
        content=open_part,
        guarded=guarded,
        provisional=provisional,
        figures=len(figures.own),
        previous_digest=previous,
        digest=contents.book_digest(previous, open_part),
        **current.stamp(),
    )
    if old is not None:
        book.identity = old.identity
    book.save(force_insert=True)
    return book


def _next_in_chain(organisation: Organisation) -> tuple[int, str]:
    """The number of an organisation's next book, and the digest of the latest one."""
    books = FigureBook.objects.filter(organisation=organisation).order_by("-number")
    last = books.values_list("number", "digest").first()
    return (1, GENESIS) if last is None else (last[0] + 1, last[1])


def sign(book: FigureBook, step: str, *, by: Any, digest: str, origin: str = "form") -> BookSignature:
    """Sign a book at a step, in the order of `STEPS`; `digest` is the one that the signer saw.

    Raises `Refused` (not this step's turn, the signer lacks the duty or has signed another step, the digest is another
    than the book's, the book does not fit its digest) and `Conflict` (superseded meanwhile).
    """
    with act("book.sign", by=by, organisation=book.organisation, subject=book, origin=origin) as current:
        standing_book = _standing(book)
        refuse_if_any(check_sign(standing_book, standing_of(standing_book), step, by=by))
        _check_digest(standing_book, digest)
        signature = BookSignature.objects.create(
            book=standing_book,
            step=step,
            user=by,
            name=str(by)[:150],
            digest=standing_book.digest,
            **current.stamp(),
        )
        current.note(
            period=standing_book.period, version=standing_book.version, step=step, digest=standing_book.digest
        )
    return signature


def return_book(book: FigureBook, *, reason: str, by: Any, origin: str = "form") -> BookSignature:
    """Send a book back to whoever drew it up: every signature so far counts no more.

    May be done by whoever's turn it is, or comes later, until the last signature. Raises `Refused` and `Conflict`.
    """
    said = written_reason(reason, ask="Hãy ghi cần sửa gì.")
    with act("book.return", by=by, organisation=book.organisation, subject=book, origin=origin) as current:
        standing_book = _standing(book)
        stands = standing_of(standing_book)
        refuse_if_any(check_return(standing_book, stands, by=by))
        row = BookSignature.objects.create(
            book=standing_book,
            step=stands.next_step,
            user=by,
            name=str(by)[:150],
            digest=standing_book.digest,
            returned=said,
            **current.stamp(),
        )
        current.note(period=standing_book.period, version=standing_book.version, reason=said)
    return row


def _standing(book: FigureBook) -> FigureBook:
    """The book as it is now; the act's lock is held, so it stays so."""
    found = FigureBook.objects.filter(pk=book.pk).first()
    if found is None or found.voided_at is not None:
        raise Conflict(_CHANGED)
    return found


def _check_digest(book: FigureBook, seen: str) -> None:
    if not hmac.compare_digest(seen, book.digest):
        raise Refused([Problem("digest", f"Mã sổ bạn xem không phải mã của sổ này. {_CHANGED}")])
    if book.digest != contents.book_digest(book.previous_digest, bytes(book.content)):
        raise Refused(
            [
                Problem(
                    "digest", "Nội dung sổ không khớp mã sổ: không ký được. Hãy báo người quản trị hệ thống."
                )
            ]
        )
