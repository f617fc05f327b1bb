"""Verifying a book on the screen: each figure same, changed or not verifiable; a changed one with records and acts."""

from collections import OrderedDict
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.audit.models import LedgerEntry
from tongket.books import content as contents
from tongket.books.checking.reasons import difference
from tongket.books.checking.verify import REASONS, Line, Verification, seen_by, verify
from tongket.books.models import FigureBook
from tongket.books.pages.common import (
    PLACE,
    asked_book,
    crumbs,
    live_address,
    name_of,
    seen_book,
    title_of,
    unit_of,
    value_text,
)
from tongket.core.periods import parse_period
from tongket.core.text import fold
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.sources import SOURCES
from tongket.organisations.models import Organisation
from tongket.ui.gate import gate, get_for_user, verbs_for
from tongket.ui.lists import numbered
from tongket.ui.shell.errors import Missing
from tongket.ui.tables import PAGE

RESULT = "ket_qua"
AGAIN = "lai"
#: What the page lists: code in the address -> statuses.
RESULTS = {
    "khac": ("changed", "unverifiable"),
    "doi": ("changed",),
    "khong-kiem": ("unverifiable",),
    "giu": ("same",),
    "": ("same", "changed", "unverifiable"),
}
#: So many acts are told beside a line; all of them stand on the line's own page.
MOST_DEEDS = 3
TAGS = {"same": "good", "changed": "warn", "unverifiable": "bad"}

# Verifying takes a second or two, and its pages are turned and filtered: the last ones are kept, each until the ledger
# has another entry. Unmasked: what each reader may see is taken from it anew.
_KEPT: OrderedDict[tuple[Any, ...], Verification] = OrderedDict()
_MOST_KEPT = 2
_KEPT_LOCK = Lock()


def verified(book: FigureBook, *, again: bool = False) -> Verification:
    """The whole verification of a book, kept until something is done."""
    last = LedgerEntry.objects.order_by("-id").values_list("id", "hash").first()
    key = (book.pk, book.digest, last, contents.catalogue_digest())
    with _KEPT_LOCK:
        found = None if again else _KEPT.get(key)
    if found is None:
        found = verify(book)
        with _KEPT_LOCK:
            _KEPT[key] = found
            while len(_KEPT) > _MOST_KEPT:
                _KEPT.popitem(last=False)
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """The lines of a verification that an address asks for: which result, whose, and with which words in the name."""

    found: Verification
    chosen: str
    place: str
    words: str
    page: Any

    @property
    def names(self) -> dict[str, str]:
        """The organisations of the book by code, as they were called then."""
        return {one.code: one.name for one in self.found.content.places}


def _asked(request: HttpRequest, book: FigureBook) -> _Asked:
    found = seen_by(verified(book, again=request.GET.get(AGAIN) == "1"), request.user)
    asked = request.GET.get(RESULT, "khac")
    chosen = asked if asked in RESULTS else "khac"
    place = request.GET.get(PLACE, "")
    words = request.GET.get("q", "").strip()[:100]
    lines = [line for line in found.lines if _wanted(found, line, chosen, place, words)]
    number = request.GET.get(PAGE, "1")
    page = numbered(request, lines, number if number.isdecimal() else 1)
    return _Asked(found, chosen, place, words, page)


@gate("book.read")
def verify_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure of a book against the records of today."""
    book = asked_book(request, pk)
    reader = seen_book(request, book)
    asked = _asked(request, book)
    found = asked.found
    rows = [_row(found, line, asked.names) for line in asked.page.object_list]
    query = request.GET.copy()
    query.pop(AGAIN, None)
    shown = {
        "title": _("Đối chiếu sổ với hồ sơ hiện nay"),
        "crumbs": crumbs(book, (_("Đối chiếu"), "")),
        "book": book,
        "book_title": title_of(book),
        "found": found,
        "counts": found.counts(),
        "faults": found.faults,
        "rules": len(found.rules),
        "rows": rows,
        "deeds_href": f"{reverse('books:deeds', args=[pk])}?{query.urlencode()}"
        if any(row["href"] for row in rows)
        else "",
        "page": asked.page,
        "results": _results(),
        "chosen": asked.chosen,
        "places": found.content.places,
        "place": asked.place,
        "words": asked.words,
        "hidden": len(reader.hidden_ids),
    }
    return render(request, "books/verify.html", shown)


@gate("book.read")
def deeds_part(request: HttpRequest, pk: int) -> HttpResponse:
    """The acts behind each changed line of a page of the verification, asked for once the page stands."""
    book = asked_book(request, pk)
    asked = _asked(request, book)
    children = {
        one.code: one.pk
        for one in Organisation.objects.filter(code__in={line.place for line in asked.page.object_list})
    }
    rows = []
    for place, line in enumerate(asked.page.object_list, start=1):
        if line.status == "changed" and line.now is not None and line.id in INDICATORS:
            child = None if line.place == book.organisation.code else children.get(line.place)
            deeds = difference(book, line.id, child=child, viewer=request.user).deeds
            rows.append({"place": place, "deeds": deeds[:MOST_DEEDS], "more": len(deeds) > MOST_DEEDS})
    return render(request, "books/deeds.html", {"rows": rows})


def _results() -> list[tuple[str, str]]:
    return [
        ("khac", _("Đã đổi hoặc không kiểm được")),
        ("doi", _("Đã đổi")),
        ("khong-kiem", _("Không kiểm được")),
        ("giu", _("Giữ nguyên")),
        ("", _("Tất cả")),
    ]


def _wanted(found: Verification, line: Line, chosen: str, place: str, words: str) -> bool:
    if line.status not in RESULTS[chosen] or (place and line.place != place):
        return False
    if not words:
        return True
    name = fold(f"{found.content.definitions[line.id].name} {line.id}")
    return all(word in name for word in fold(words).split())


def _row(found: Verification, line: Line, names: dict[str, str]) -> dict[str, Any]:
    definition = found.content.definitions[line.id]
    own = found.book.organisation.code
    address = reverse("books:change", args=[found.book.pk, line.id])
    return {
        "name": name_of(line.id, definition),
        "unit": unit_of(line.id, definition),
        "place": names.get(line.place, line.place),
        "own": line.place == own,
        "then": value_text(line.then.value, definition),
        "now": "" if line.now is None else value_text(line.now.value, definition),
        "change": _difference(found, line),
        "status": _status(line),
        "css": TAGS[line.status],
        "said": _(REASONS[line.reason]),
        "explain": line.reason not in ("same", "value"),
        "href": address + ("" if line.place == own else f"?{PLACE}={line.place}")
        if line.status == "changed" and line.now is not None
        else "",
        "live": live_address(found.book, line.id, line.place),
    }


def _status(line: Line) -> str:
    return {
        "same": _("Giữ nguyên"),
        "changed": _("Đổi hồ sơ") if line.reason in ("parts", "records") else _("Số đã đổi"),
        "unverifiable": _("Không kiểm được"),
    }[line.status]


def _difference(found: Verification, line: Line) -> str:
    if line.now is None:
        return ""
    then, now = contents.number(line.then.value), contents.number(line.now.value)
    if then is None or now is None or then == now:
        return ""
    sign = "+" if now > then else "−"
    definition = found.content.definitions[line.id]
    shown = value_text(contents.written(abs(Decimal(now) - Decimal(then))), definition)
    # Two shares differ by points, not by per cent.
    return sign + (
        _("%(number)s điểm %%") % {"number": shown.removesuffix("%")} if definition.unit == "%" else shown
    )


@gate("book.read")
def change_page(request: HttpRequest, pk: int, id: str) -> HttpResponse:
    """One changed figure: then and now, the acts in between, and the records that came or went."""
    book = asked_book(request, pk)
    reader = seen_book(request, book)
    place = request.GET.get(PLACE, "") or book.organisation.code
    found = seen_by(verified(book), request.user)
    # A figure hidden from the reader is not among the lines: answered as if it were not there.
    line = next((one for one in found.lines if (one.id, one.place) == (id, place)), None)
    if line is None or id not in INDICATORS:
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem."))
    child = None
    if place != book.organisation.code:
        child = get_for_user(Organisation.objects.all(), code=place).pk
    why = difference(book, id, child=child, viewer=request.user)
    may_list = _may_list(request, book, id)
    if may_list and INDICATORS[id].sensitive and why.changes:
        log_reading(
            "figure.records",
            by=request.user,
            subject=book.organisation,
            organisation=book.organisation,
            indicator=id,
            period=book.period,
        )
    names = {one.code: one.name for one in found.content.places}
    shown = {
        "title": name_of(id, reader.content.definitions[id]),
        "crumbs": crumbs(book, (_("Đối chiếu"), reverse("books:verify", args=[pk])), (_("Thay đổi"), "")),
        "book": book,
        "book_title": title_of(book),
        "period": parse_period(book.period),
        "row": _row(found, line, names),
        "line": line,
        "why": why,
        "may_list": may_list,
        "more": why.came + why.went - sum(one.kind != "amount" for one in why.changes),
    }
    return render(request, "books/change.html", shown)


def _may_list(request: HttpRequest, book: FigureBook, id: str) -> bool:
    """Records are named to whoever may read their source at the organisation, as on the figure's own page."""
    sources = contents.sources_of(id)
    verbs = {SOURCES[source].read for source in sources}
    if INDICATORS[id].sensitive:
        verbs.add("member.sensitive")
    return verbs <= verbs_for(request, book.organisation)
