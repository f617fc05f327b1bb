"""What is due in judging the year and locking its figures, for the overview: short lists, fetched afterwards (htmx).

Each part of the system says what of its own is due (`due_items`); here it is only put together. A list a duty keeps
each request within its questions: ratings, honours and admissions are one duty's work, inspection is another's.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongket.admissions import due as admissions
from tongket.books import due as books
from tongket.cases import due as cases
from tongket.core.dates import today
from tongket.core.dueitems import DueItem
from tongket.honours.badging import due as badging
from tongket.honours.commending import due as commending
from tongket.inspections import due as inspections
from tongket.matching import due as matching
from tongket.ratings.rounds import due as rounds
from tongket.reforms import due as reforms
from tongket.ui.gate import gate, held_verbs

SOON = 14  # days within which a day is marked


@dataclass(frozen=True, slots=True)
class Source:
    """Who says what is due; asked only for a user who holds one of the verbs."""

    verbs: frozenset[str]
    items: Callable[[Any, date], list[DueItem]]


@dataclass(frozen=True, slots=True)
class DueList:
    """One list of the overview: its heading and where it comes from. `url` names its address."""

    url: str
    heading: str | Promise
    sources: tuple[Source, ...]

    def wanted(self, verbs: Collection[str]) -> bool:
        """Whether there may be anything for a user with these verbs."""
        return any(not source.verbs.isdisjoint(verbs) for source in self.sources)


ORGANISING = DueList(
    "web:due_organising",
    _("Xếp loại, khen thưởng, kết nạp: việc đến hạn"),
    (
        Source(frozenset({"rating.write"}), rounds.due_items),
        Source(frozenset({"honour.write"}), badging.due_items),
        Source(frozenset({"honour.write"}), commending.due_items),
        Source(frozenset({"admission.read"}), admissions.due_items),
    ),
)
INSPECTING = DueList(
    "web:due_inspecting",
    _("Kiểm tra, giám sát, kỷ luật: việc đến hạn"),
    (
        Source(frozenset({"inspection.read", "inspection.write", "obligation.read"}), inspections.due_items),
        Source(frozenset({"discipline.read"}), cases.due_items),
    ),
)
BOOKS = DueList(
    "web:due_books",
    _("Chốt, ký số liệu: việc đến hạn"),
    (Source(frozenset({"book.write", "book.sign", "book.approve"}), books.due_items),),
)
REGISTER = DueList(
    "web:due_register",
    _("Sổ đảng viên, sắp xếp tổ chức: việc chờ xử lý"),
    (
        Source(frozenset({"register.merge"}), matching.due_items),
        Source(frozenset({"register.reorganise"}), reforms.due_items),
    ),
)
LISTS = (ORGANISING, INSPECTING, BOOKS, REGISTER)


def composed(which: DueList, user: Any, verbs: Collection[str], day: date) -> list[DueItem]:
    """What of a list is due for a user: late first, then the nearest day; what has no day comes last."""
    found = [
        item
        for source in which.sources
        if not source.verbs.isdisjoint(verbs)
        for item in source.items(user, day)
    ]
    return sorted(found, key=lambda item: (not item.late, item.on or date.max))


@gate("figure.read")
def organising(request: HttpRequest) -> HttpResponse:
    """What is due of ratings, badges, commendations and admissions (htmx)."""
    return _page(request, ORGANISING)


@gate("figure.read")
def inspecting(request: HttpRequest) -> HttpResponse:
    """What is due of inspections and cases (htmx)."""
    return _page(request, INSPECTING)


@gate("figure.read")
def locking(request: HttpRequest) -> HttpResponse:
    """What is due of locked figure books (htmx)."""
    return _page(request, BOOKS)


@gate("figure.read")
def register(request: HttpRequest) -> HttpResponse:
    """What waits of the register of members and organisations (htmx)."""
    return _page(request, REGISTER)


def _page(request: HttpRequest, which: DueList) -> HttpResponse:
    day = today()
    items = composed(which, request.user, held_verbs(request), day)
    shown = {"heading": which.heading, "id": which.url.partition(":")[2], "items": items}
    days = {"today": day, "soon": day + timedelta(days=SOON)}
    return render(request, "web/_due_list.html", shown | days)
