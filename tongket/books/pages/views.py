"""The list of an organisation's books, and a book."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.books.models import STEPS, FigureBook
from tongket.books.pages.common import (
    PLACE,
    asked_book,
    crumbs,
    figure_text,
    live_address,
    name_of,
    seen_book,
    state_tag,
    title_of,
    unit_of,
    with_standing,
)
from tongket.books.queries import SeenBook, books_of, chain_faults, faults_of
from tongket.books.rules import check_sign
from tongket.books.standing import Standing, standing_of
from tongket.core.periods import parse_period
from tongket.core.text import fold
from tongket.indicators.catalogue import DOMAINS
from tongket.ui.context import view_context
from tongket.ui.gate import gate, verbs_for
from tongket.ui.templatetags.ui import lang


@gate("book.read")
def book_list(request: HttpRequest) -> HttpResponse:
    """All books of the organisation with their states, and what became of the period in the header."""
    view = view_context(request, "book.read")
    rows = [with_standing(book) for book in books_of(view.organisation)]
    standing = [row for row in rows if row["book"].voided_at is None]
    present = next((row for row in standing if row["book"].period == view.period.code), None)
    shown = {
        "title": _("Chốt số liệu"),
        "view": view,
        "rows": rows,
        "present": present,
        "faults": chain_faults(view.organisation),
        "may_lock": "book.write" in verbs_for(request, view.organisation),
        "lock_address": reverse("books:lock") + view.query(),
    }
    return render(request, "books/list.html", shown)


@gate("book.read")
def book_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A book: its figures by domain, with search, of the organisation or of one below it; the signatures."""
    book = asked_book(request, pk)
    reader = seen_book(request, book)
    standing = standing_of(book)
    verbs = verbs_for(request, book.organisation)
    words, chosen = request.GET.get("q", "").strip()[:100], request.GET.get("nhom", "")
    places = reader.content.places
    place = next((one for one in places if one.code == request.GET.get(PLACE)), places[0])
    text, css = state_tag(standing)
    sections = list(_sections(reader, place.code, words, chosen))
    shown = {
        "title": title_of(book),
        "crumbs": crumbs(book),
        "book": book,
        "period": parse_period(book.period),
        "state": text,
        "css": css,
        "standing": standing,
        "steps": list(_steps(request, book, standing)),
        "faults": faults_of(book),
        "head": reader.content.head,
        "rules": len(reader.content.rules),
        "places": places,
        "place": place,
        "words": words,
        "chosen": chosen,
        "domains": DOMAINS,
        "sections": sections,
        "found": sum(len(rows) for _domain, rows in sections),
        "hidden": len(reader.hidden_ids),
        "may_lock": "book.write" in verbs and standing.state != "superseded",
        "may_return": standing.state == "locked"
        and standing.signed
        and {"book.sign", "book.approve"} & verbs,
        "lock_address": f"{reverse('books:lock')}?to_chuc={book.organisation.code}&ky={book.period}",
        "later": _later(book),
    }
    return render(request, "books/book.html", shown)


def _later(book: FigureBook) -> FigureBook | None:
    """The version that took the place of a superseded book."""
    if book.voided_at is None:
        return None
    return (
        FigureBook.objects.filter(identity=book.identity, voided_at__isnull=True)
        .defer("content", "guarded")
        .first()
    )


def _steps(request: HttpRequest, book: FigureBook, standing: Standing) -> Iterator[dict[str, Any]]:
    """The steps of signing in order: who signed, or whether this user may now."""
    for step, vi, en, _verb in STEPS:
        signature = standing.signed.get(step)
        mine = step == standing.next_step and not list(check_sign(book, standing, step, by=request.user))
        yield {
            "code": step,
            "name": en if lang() == "en" else vi,
            "signature": signature,
            "next": step == standing.next_step,
            "mine": mine,
        }


def _sections(
    reader: SeenBook, place: str, words: str, chosen: str
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The figures found, by domain in the catalogue's order; those of a domain that is gone come last."""
    by_domain: dict[str, list[dict[str, Any]]] = {}
    sought = fold(words).split()
    for id, definition in reader.content.definitions.items():
        if chosen and definition.domain != chosen:
            continue
        name = fold(f"{definition.name} {name_of(id, definition)} {id}")
        if all(word in name for word in sought):
            by_domain.setdefault(definition.domain, []).append(_row(reader, id, place))
    names = {domain.code: domain.en if lang() == "en" else domain.vi for domain in DOMAINS}
    order = [*names, *(code for code in by_domain if code not in names)]
    for code in order:
        if code in by_domain:
            yield names.get(code, code), by_domain[code]


def _row(reader: SeenBook, id: str, place: str) -> dict[str, Any]:
    definition = reader.content.definitions[id]
    entry = reader.entry(id, place)
    return {
        "id": id,
        "name": name_of(id, definition),
        "unit": unit_of(id, definition),
        "text": figure_text(reader, id, place),
        "masked": reader.hidden(id),
        "records": None if entry is None else entry.records,
        "href": live_address(reader.book, id, place),
    }
