"""What the pages of books share: the book asked for, how a figure in it is written, where its live page is."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongket.books.content import Definition, Written, number
from tongket.books.models import FigureBook
from tongket.books.queries import SeenBook, seen, visible_books
from tongket.books.standing import STATES, Standing, standing_of
from tongket.core.dates import format_date
from tongket.core.masks import mask_text
from tongket.core.numbers import format_number
from tongket.core.periods import parse_period
from tongket.indicators.catalogue import INDICATORS
from tongket.ui.gate import get_for_user
from tongket.ui.shell.errors import BadInput
from tongket.ui.templatetags.ui import NOTHING, indicator_unit, lang, url_if

PLACE = "don_vi"


def asked_book(request: HttpRequest, pk: int, verb: str = "book.read") -> FigureBook:
    """The book of that key, if the user may read it (or do `verb`); else 404. With its contents."""
    return get_for_user(visible_books(request.user, verb).defer(None), pk=pk)


def seen_book(request: HttpRequest, book: FigureBook) -> SeenBook:
    """The book as this user may read it; a book that cannot be read at all becomes a clear answer."""
    try:
        return seen(book, request.user)
    except (ValueError, KeyError, TypeError):
        raise BadInput(
            _("Nội dung sổ không đọc được: sổ đã bị hỏng hoặc bị sửa. Hãy báo người quản trị hệ thống.")
        ) from None


def title_of(book: FigureBook) -> str:
    """The book in a heading."""
    said = {"period": parse_period(book.period).label(lang()), "number": book.version}
    return _("Sổ số liệu %(period)s, lần chốt %(number)s") % said


def crumbs(book: FigureBook, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of a book."""
    listed = reverse("books:list") + f"?{urlencode({'to_chuc': book.organisation.code, 'ky': book.period})}"
    return [
        (_("Chốt số liệu"), listed),
        (title_of(book), reverse("books:book", args=[book.pk]) if more else ""),
        *more,
    ]


def state_tag(standing: Standing) -> tuple[str, str]:
    """(words, class) of the tag that says how a book stands."""
    vi, en, css = STATES[standing.state]
    if standing.returned is not None and standing.state == "locked":
        return _("Bị trả lại"), "bad"
    return (en if lang() == "en" else vi), css


def with_standing(book: FigureBook) -> dict[str, Any]:
    """A book as a line of a list shows it."""
    standing = standing_of(book)
    text, css = state_tag(standing)
    return {
        "book": book,
        "standing": standing,
        "state": text,
        "css": css,
        "period": parse_period(book.period),
    }


def name_of(id: str, definition: Definition) -> str:
    """A figure's name in the page's language; one that is no longer declared, as the book has it."""
    declared = INDICATORS.get(id)
    return declared.en if declared is not None and lang() == "en" else definition.name


def unit_of(id: str, definition: Definition) -> str:
    """A figure's unit in the page's language."""
    declared = INDICATORS.get(id)
    return indicator_unit(declared) if declared is not None and lang() == "en" else definition.unit


def value_text(value: Written, definition: Definition) -> str:
    """A value of a book as it is published, without its unit (but for %)."""
    if value is None:
        return NOTHING
    shown = format_number(number(value) or 0, definition.decimals, lang=lang())
    return f"{shown}%" if definition.unit == "%" else shown


def figure_text(reader: SeenBook, id: str, place: str = "") -> str:
    """A figure of a book as its reader sees it: the value, or what stands in its place."""
    mask = reader.mask(id)
    if mask:
        return mask_text(mask, lang())
    entry = reader.entry(id, place)
    return NOTHING if entry is None else value_text(entry.value, reader.content.definitions[id])


def live_address(book: FigureBook, id: str, place: str = "") -> str:
    """The figure's own page, as at the book's day and as known when it was locked; "" for one no longer there."""
    address = url_if("web:figure", id)
    if not address:
        return ""
    known = timezone.localtime(book.known_at)
    asked = {
        "to_chuc": place or book.organisation.code,
        "ky": book.period,
        "tai_ngay": format_date(book.as_at),
        "biet_den": f"{format_date(known.date())} {known:%H:%M:%S.%f}",
    }
    return f"{address}?{urlencode(asked)}"
