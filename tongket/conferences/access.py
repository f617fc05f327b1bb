"""How a page about one conference gets it: the standing row, for whoever holds the verb there; else 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tongket.audit.records import current
from tongket.conferences.models import AgendaItem, Conference, Invitation
from tongket.conferences.queries import visible_conferences
from tongket.core.problems import Conflict, Refused
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.pages import conflict_page


def about(verb: str, *, methods: tuple[str, ...] | None = None) -> Callable[..., Any]:
    """Gate a view `f(request, conference, ...)` whose address names the conference by `pk`.

    An address of a row that was corrected meanwhile leads to the row put in its place: cards, phones at the door and
    the screen in the hall go on. A `Conflict` in the view becomes a 409 page.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def found(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            conference = conference_for(request, pk, verb)
            try:
                return view(request, conference, **kwargs)
            except Conflict as conflict:
                return conflict_page(request, str(conflict), request.path)

        return gate(verb, methods=methods)(found)

    return decorate


def conference_for(request: HttpRequest, pk: int, verb: str) -> Conference:
    """The standing row of the conference that the address names; `Missing` (404) when it is not the user's."""
    rows = visible_conferences(request.user, with_voided=True, verb=verb)
    row = get_for_user(rows, pk=pk)
    if row.voided_at is None:
        return row
    return get_for_user(current(rows), identity=row.identity)


def item_of(conference: Conference, pk: int) -> AgendaItem:
    """The standing row of an item of this agenda, by the id of any of its rows."""
    row = get_for_user(AgendaItem.objects.filter(conference=conference), pk=pk)
    return get_for_user(
        current(AgendaItem.objects.filter(conference=conference)).select_related("conference__organisation"),
        identity=row.identity,
    )


def invitation_of(conference: Conference, pk: int) -> Invitation:
    """The standing row of an invitation of this conference, by the id of any of its rows."""
    row = get_for_user(Invitation.objects.filter(conference=conference), pk=pk)
    rows = current(Invitation.objects.filter(conference=conference))
    return get_for_user(
        rows.select_related("conference__organisation", "organisation", "member"), identity=row.identity
    )


def attempt(request: HttpRequest, deed: Callable[[], Any], done: str, back: str) -> HttpResponse:
    """Do one thing of a button, say how it went, and lead back; what refuses it is said, not lost."""
    try:
        deed()
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem.message)
    else:
        if done:
            messages.success(request, done)
    return redirect(back)
