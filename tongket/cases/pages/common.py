"""What the pages of cases share: the case asked for, a form that is judged, confirmed and acted on, tabs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.cases.models import Case
from tongket.cases.queries import visible_cases
from tongket.core.problems import Conflict, Problem, Refused
from tongket.inspections.views import TABS
from tongket.organisations.queries import visible_to
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import get_for_user, held_verbs
from tongket.ui.records.pages import CONFIRMED, conflict_page, form_page

READ, WRITE = "discipline.read", "discipline.write"
#: Fields of what an act writes elsewhere, by the fields of the forms here.
NAMES = {"decided_on": "on", "organisation": "cell"}


def asked_case(request: HttpRequest, identity: UUID) -> Case:
    """The case of that identity, if the user may read it; else 404, sealed or not there alike."""
    return get_for_user(visible_cases(request.user), identity=identity)


def own_case(request: HttpRequest, identity: UUID) -> Case:
    """The case of that identity, if the user may also change it; else 404."""
    rows = visible_cases(request.user).filter(organisation__in=visible_to(request.user, WRITE))
    return get_for_user(rows, identity=identity)


def case_url(case: Case) -> str:
    """The page of a case."""
    return reverse("cases:case", args=[case.identity])


def tabs(request: HttpRequest, here: str) -> list[tuple[Any, str, bool]]:
    """The sister lists of discipline, and the pages of cases."""
    held = held_verbs(request)
    more = (
        (_("Khiếu nại"), "cases:appeals", READ),
        (_("Thống kê"), "cases:statistics", READ),
    )
    return [(text, reverse(name), name == here) for text, name, verb in (*TABS, *more) if verb in held]


def act_page(
    request: HttpRequest,
    case: Case,
    form: Any,
    title: str,
    *,
    check: Callable[[], Sequence[Problem]] | None = None,
    do: Callable[[], Any],
    done: str,
    submit: str = "",
    lead: str = "",
    names: Mapping[str, str] | None = None,
    then: str = "",
    **more: Any,
) -> HttpResponse:
    """A page with one form about a case: findings at their fields (422), doubts confirmed, then the act.

    Afterwards back to the case, or to `then`.
    """
    back = case_url(case)
    if request.method == "POST" and form.is_valid():
        try:
            if passes(request, form, check() if check else (), names):
                do()
                messages.success(request, done)
                return redirect(then or back)
        except Refused as refused:
            problems_to_form(form, refused, {**NAMES, **(names or {})})
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
    crumbs = [(_("Vụ việc kỷ luật"), reverse("cases:list")), (case.subject_name, back)]
    return form_page(request, form, title, cancel=back, submit=submit, crumbs=crumbs, lead=lead, **more)


def passes(
    request: HttpRequest, form: Any, found: Sequence[Problem], names: Mapping[str, str] | None = None
) -> bool:
    """Show findings at the form. True when there is no error and every doubt was confirmed."""
    problems_to_form(form, list(found), {**NAMES, **(names or {})})
    return form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1")
