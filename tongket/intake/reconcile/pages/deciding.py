"""What is decided about the lines of a comparison, taken back, put away, or handed to the import."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.numbers import format_number
from tongket.core.problems import Conflict, Problem, Refused
from tongket.intake.reconcile import queries
from tongket.intake.reconcile.acts import VERB, decide, hand_to_import, put_away, take_back
from tongket.intake.reconcile.models import CHOICE, Difference, Reconciliation
from tongket.intake.reconcile.pages.forms import BackForm, DecisionForm, EntryForm
from tongket.intake.reconcile.pages.listing import chosen_of, query_of
from tongket.intake.reconcile.pages.views import crumbs, mine, page_of, say_left
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.pages import conflict_page, form_page


def _lines(request: HttpRequest, made: Reconciliation) -> QuerySet[Difference]:
    """The lines ticked, or all that the list shows under its filter."""
    lines = queries.lines_of(made, request.user)
    if request.POST.get("tat_ca") == "1":
        # Without order and joins: a list to choose from, not to read.
        return lines.filter(pk__in=queries.narrowed(lines, chosen_of(request.POST)).order_by().values("pk"))
    keys = [int(key) for key in request.POST.getlist("dong") if key.isdecimal() and len(key) < 19]
    return lines.filter(pk__in=keys)


@gate(VERB, methods=("POST",))
def decide_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide the lines chosen: ours, theirs, later."""
    made = mine(request, pk)
    form = DecisionForm(request.POST, user=request.user)
    if not form.is_valid():
        said = [Problem(name, str(error)) for name, errors in form.errors.items() for error in errors]
        return page_of(request, made, problems=said, form=form)
    try:
        done = decide(made, _lines(request, made), by=request.user, **form.said)
    except Refused as refused:
        return page_of(request, made, problems=refused.problems, form=form)
    words = {"count": format_number(done.batch.count), "choice": CHOICE.label(done.batch.choice).lower()}
    messages.success(
        request,
        _("Đã ghi %(count)s quyết định: %(choice)s. Có thể rút lại ở trang Đối chiếu.") % words,
    )
    say_left(request, done.left)
    address = reverse("intake:reconcile_detail", args=[made.pk])
    return redirect(address + query_of(chosen_of(request.POST)))


@gate(VERB, methods=("POST",))
def newcomers(request: HttpRequest, pk: int) -> HttpResponse:
    """People whom only the export has, handed to the import as a workbook that is rehearsed first."""
    made = mine(request, pk)
    form = EntryForm(request.POST, user=request.user)
    if not form.is_valid():
        said = [Problem(name, str(error)) for name, errors in form.errors.items() for error in errors]
        return page_of(request, made, problems=said)
    try:
        day = form.cleaned_data["entered_on"]
        batch = hand_to_import(made, _lines(request, made), by=request.user, entered_on=day)
    except Refused as refused:
        return page_of(request, made, problems=refused.problems)
    return redirect("intake:detail", batch.pk)


@gate(VERB, methods=("POST",))
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a comparison away; the decisions stay."""
    put_away(mine(request, pk), by=request.user)
    messages.success(request, _("Đã bỏ bảng đối chiếu. Các quyết định đã ghi vẫn giữ."))
    return redirect("intake:reconcile")


@gate(VERB)
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back whole."""
    batch = get_for_user(queries.batches(request.user), pk=pk)
    form = BackForm(request.POST or None, user=request.user)
    address = reverse("intake:reconcile")
    if request.method == "POST" and form.is_valid():
        try:
            take_back(batch, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), address)
        else:
            messages.success(request, _("Đã rút lại quyết định; các mục đó chờ quyết định lại."))
            return redirect(address)
    words: dict[str, Any] = {
        "choice": CHOICE.label(batch.choice).lower(),
        "count": format_number(batch.count),
    }
    title = _("Rút lại quyết định: %(choice)s, %(count)s mục") % words
    return form_page(
        request, form, title, crumbs=crumbs((title, "")), cancel=address, submit=_("Rút lại quyết định")
    )
