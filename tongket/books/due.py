"""What books have to say on the overview: to be signed, sent back, records of the year added since they were signed."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongket.books.models import FigureBook
from tongket.books.queries import visible_books
from tongket.books.standing import VERBS, standing_of
from tongket.core.dueitems import DueItem
from tongket.core.periods import parse_period
from tongket.honours.models import BadgeAward, Commendation
from tongket.members.models import MemberEvent
from tongket.organisations.models import OrganisationPath
from tongket.organisations.queries import assignments_of, verbs_of
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.ui.templatetags.ui import lang

#: Records that tell a late entry: the column of their day in the period, or of the period they are for.
_LATE: tuple[tuple[type[Model], str], ...] = (
    (MemberEvent, "on"),
    (BadgeAward, "awarded_on"),
    (Commendation, "period"),
    (MemberRating, "period"),
    (OrganisationRating, "period"),
)


def due_items(user: Any, day: date) -> list[DueItem]:
    """What is due about books for the user on a day: at most three questions, besides the user's duties.

    Only of organisations that were given to the user: a leader of a district is not asked to sign for its communes.
    """
    verbs = verbs_of(user)
    if not {"book.write", "book.sign", "book.approve"} & verbs:
        return []
    given = assignments_of(user, "book.sign", day).values("organisation")
    books = list(visible_books(user, "book.sign").filter(organisation__in=given, voided_at__isnull=True))
    return [*_to_sign(user, books, verbs), *_sent_back(books, verbs), *_changed(books, verbs)]


def _to_sign(user: Any, books: list[FigureBook], verbs: frozenset[str]) -> Iterator[DueItem]:
    for book in books:
        standing = standing_of(book)
        step = standing.next_step
        signed = any(one.user_id == user.pk for one in standing.signed.values())
        if step and not standing.returned and VERBS[step] in verbs and not signed:
            text = _("Sổ số liệu %(period)s chờ bạn ký") % {"period": _label(book)}
            yield DueItem(text, reverse("books:book", args=[book.pk]), _day(book.known_at))


def _sent_back(books: list[FigureBook], verbs: frozenset[str]) -> Iterator[DueItem]:
    for book in books if "book.write" in verbs else ():
        returned = standing_of(book).returned
        if returned is not None:
            said = {"period": _label(book), "why": returned.returned}
            text = _("Sổ số liệu %(period)s bị trả lại: %(why)s") % said
            yield DueItem(text, reverse("books:book", args=[book.pk]), _day(returned.recorded_at), late=True)


def _changed(books: list[FigureBook], verbs: frozenset[str]) -> Iterator[DueItem]:
    """The newest signed book after which records of its own period were added or voided (one question).

    A cheap sign, not the answer: what that did to the figures is on the page of verification.
    """
    signed = [book for book in books if standing_of(book).state == "signed"] if "book.write" in verbs else []
    if not signed:
        return
    book = max(signed, key=lambda one: one.known_at)
    late = [_late(model, column, book) for model, column in _LATE]
    count = len(late[0].union(*late[1:], all=True)[:1000])
    if count:
        said = {"period": _label(book), "count": count}
        text = _("Từ khi chốt sổ %(period)s có %(count)s bản ghi của kỳ được ghi thêm hoặc hủy") % said
        yield DueItem(text, reverse("books:verify", args=[book.pk]))


def _late(model: type[Model], column: str, book: FigureBook) -> QuerySet[Any, Any]:
    period = parse_period(book.period)
    below = OrganisationPath.objects.filter(ancestor=book.organisation_id, voided_at__isnull=True)
    when = (
        Q(period=book.period)
        if column == "period"
        else Q(**{f"{column}__range": (period.start, min(period.end, book.as_at))})
    )
    touched = Q(recorded_at__gt=book.known_at) | Q(voided_at__gt=book.known_at)
    rows = model._default_manager.filter(when, touched, organisation__in=below.values("descendant"))
    return rows.order_by().values_list("pk", flat=True)


def _label(book: FigureBook) -> str:
    return parse_period(book.period).label(lang())


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
