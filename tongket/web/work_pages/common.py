"""What the pages of obligations share: the one asked for, the paper behind it, an act run from a form, tabs."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused
from tongket.directives.queries import readable_directives
from tongket.obligations.models import Demand, Obligation
from tongket.obligations.queries import Powers, powers_over, visible_demands, visible_obligations
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import get_for_user, held_verbs
from tongket.ui.records.pages import conflict_page
from tongket.ui.shell.errors import Forbidden

WRITE = "obligation.write"


def asked_obligation(request: HttpRequest, pk: int) -> Obligation:
    """The obligation of that number, if the user may see it; else 404."""
    return get_for_user(visible_obligations(request.user).select_related("demand__organisation"), pk=pk)


def asked_demand(request: HttpRequest, pk: int) -> Demand:
    """The demand of that number, if the user may see it; else 404."""
    return get_for_user(visible_demands(request.user), pk=pk)


def powers_at(request: HttpRequest, obligation: Obligation) -> Powers:
    """What the user may do at this obligation."""
    return powers_over(request.user, [obligation])[obligation.pk]


def refuse_unless(allowed: bool) -> None:
    """Raise `Forbidden` (403) with the remedy for a deed that the user's side does not do."""
    if not allowed:
        raise Forbidden(
            _(
                "Việc này do bên kia thực hiện: đơn vị được giao thì báo cáo, đơn vị giao thì chấp nhận hoặc trả lại."
            )
        )


def paper_links(request: HttpRequest, abouts: Iterable[UUID | None]) -> dict[UUID, str]:
    """Addresses of the papers behind obligations, by identity, for those that the user may open (one query)."""
    wanted = {about for about in abouts if about is not None}
    if not wanted or "directive.read" not in held_verbs(request):
        return {}
    rows = readable_directives(request.user).filter(identity__in=wanted).values_list("identity", "pk")
    return {identity: reverse("directives:detail", args=[pk]) for identity, pk in rows}


def paper_link(request: HttpRequest, demand: Demand) -> str:
    """Address of the paper behind a demand; "" when there is none, or not for this user."""
    if demand.about is None:
        return ""
    return paper_links(request, [demand.about]).get(demand.about, "")


def run(
    request: HttpRequest, form: BaseForm, do: Callable[[], Any], *, done: str, back: str
) -> HttpResponse | None:
    """Do the act of a valid form and go back with a word; None when the form has to be shown again.

    A colleague who was faster is named (409).
    """
    if not form.is_valid():
        return None
    try:
        do()
    except Refused as refused:
        problems_to_form(form, refused, {"kind": "", "file": "attached", "numbers": "text"})
        return None
    except Conflict as conflict:
        return conflict_page(request, str(conflict), back)
    messages.success(request, done)
    return redirect(back)


def tabs(request: HttpRequest, here: str) -> list[tuple[str, str, bool]]:
    """The sister pages."""
    # The board of this year: the period in the header is at first the last whole year.
    year = {"obligations:matrix": f"?ky={today().year}"}
    pages = [
        (_("Việc đến hạn"), "obligations:due"),
        (_("Bảng theo dõi"), "obligations:matrix"),
        (_("Nhật ký đôn đốc"), "obligations:reminders"),
        (_("Lịch và thư nhắc"), "obligations:calendar"),
    ]
    return [(text, reverse(name) + year.get(name, ""), name == here) for text, name in pages]
