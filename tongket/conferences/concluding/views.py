"""Pages of conclusions and of the tasks made from them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.conferences.access import conference_for
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.concluding.acts import (
    add_conclusions,
    assign,
    progress_of,
    receivers_below,
    void_conclusion,
)
from tongket.conferences.concluding.forms import ConclusionForm, TaskForm
from tongket.conferences.hall.views import frame, told
from tongket.conferences.models import Conclusion, Conference
from tongket.conferences.voting.views import void_page
from tongket.core.problems import Conflict, Refused
from tongket.organisations.queries import Placed
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.pages import conflict_page

ROWS, MOST_ROWS = 3, 20
MORE = "them"


@gate("conference.write")
def conclusion_void(request: HttpRequest, pk: int, conclusion: int) -> HttpResponse:
    """Void a conclusion entered wrongly."""
    conference = conference_for(request, pk, "conference.write")
    row = _conclusion(conference, conclusion)
    return void_page(request, conference, row, void_conclusion, "conferences:conclusions", _("Hủy kết luận"))


def _conclusion(conference: Conference, pk: int) -> Conclusion:
    rows = Conclusion.objects.filter(conference=conference).select_related("conference__organisation")
    return get_for_user(rows, pk=pk)


@gate("conference.read")
def conclusions(request: HttpRequest, pk: int) -> HttpResponse:
    """What was concluded, and how the tasks made from it stand."""
    conference = conference_for(request, pk, "conference.read")
    numbers = {row.item.identity: row.number for row in agenda_of(conference)}
    rows = list(current(conference.conclusions.all()))
    progress = progress_of(rows)
    shown = [
        {
            "conclusion": row,
            "number": numbers.get(row.item, "") if row.item else "",
            "progress": progress.get(row.identity, []),
        }
        for row in rows
    ]
    page = {**frame(request, conference, _("Kết luận và nhiệm vụ")), "conclusions": shown}
    return render(request, "conferences/hall_conclusions.html", page)


@gate("conference.write")
def conclusion_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter conclusions in a table; those with owners and a date become obligations in the same step."""
    conference = conference_for(request, pk, "conference.write")
    more = MORE in request.POST
    forms = _table(request, conference, more)
    problems: list[str] = []
    back = reverse("conferences:conclusions", args=[pk])
    if request.method == "POST" and not more and all(form.is_valid() for form in forms):
        rows = [(form, form.draft()) for form in forms]
        if all(form.is_valid() for form in forms):
            filled = [(form, draft) for form, draft in rows if draft is not None]
            try:
                made = add_conclusions(conference, [draft for _form, draft in filled], by=request.user)
            except Refused as refused:
                problems = _to_rows([form for form, _draft in filled], refused)
            except Conflict as conflict:
                return conflict_page(request, str(conflict), back)
            else:
                told(request, _("Đã ghi %(count)d kết luận.") % {"count": len(made)})
                return redirect(back)
    page = {
        **frame(request, conference, _("Ghi kết luận")),
        "forms": forms,
        "problems": problems,
        "cancel": back,
        "more": MORE if len(forms) < MOST_ROWS else "",
    }
    status = 422 if request.method == "POST" and not more else 200
    return render(request, "conferences/hall_conclusion_form.html", page, status=status)


def _table(request: HttpRequest, conference: Conference, more: bool) -> list[ConclusionForm]:
    agenda, placed = agenda_of(conference), receivers_below(conference)
    return [
        ConclusionForm(
            None if more else request.POST or None,
            initial=_typed(request, f"k{n}") if more else None,
            user=request.user,
            prefix=f"k{n}",
            agenda=agenda,
            placed=placed,
        )
        for n in range(_row_count(request, more))
    ]


def _row_count(request: HttpRequest, more: bool) -> int:
    said = request.POST.get("dong", "")
    asked = int(said) if said.isdecimal() and len(said) < 4 else ROWS
    return max(1, min(asked + (ROWS if more else 0), MOST_ROWS))


def _typed(request: HttpRequest, prefix: str) -> dict[str, Any]:
    """What stands in a row of the table now, to be shown again with more rows below it."""
    one = {name: request.POST.get(f"{prefix}-{name}", "") for name in ("text", "item", "kind", "due_on")}
    many = {name: request.POST.getlist(f"{prefix}-{name}") for name in ("groups", "owners")}
    return {name: value for name, value in (one | many).items() if value}


def _to_rows(forms: list[ConclusionForm], refused: Refused) -> list[str]:
    """Findings go to the row they speak of; those about the whole stand above the table."""
    whole = []
    names = {"owners": "groups"}
    for problem in refused.problems:
        if problem.field and problem.index < len(forms):
            problems_to_form(forms[problem.index], [problem], names)
        else:
            whole.append(problem.message)
    return whole


@gate("conference.write")
def conclusion_assign(request: HttpRequest, pk: int, conclusion: int) -> HttpResponse:
    """Hand a recorded conclusion to organisations ticked from the tree, directly below or by sector."""
    conference = conference_for(request, pk, "conference.write")
    row = _conclusion(conference, conclusion)
    placed = receivers_below(conference)
    form = TaskForm(request.POST or None, user=request.user, placed=placed)
    back = reverse("conferences:conclusions", args=[pk])
    if request.method == "POST" and form.is_valid():
        task = form.task()
        if task is None and form.is_valid():
            form.add_error("groups", _("Chưa chọn tổ chức nào để giao. Hãy chọn ít nhất một."))
        if task is not None and form.is_valid():
            try:
                assign(row, task, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused, {"owners": "groups", "receivers": "groups"})
            except Conflict as conflict:
                return conflict_page(request, str(conflict), back)
            else:
                told(request, _("Đã giao cho %(count)d tổ chức.") % {"count": len(task.owners)})
                return redirect(back)
    page = {
        **frame(request, conference, _("Giao nhiệm vụ")),
        "form": form,
        "conclusion": row,
        "tree": _branches(placed, set(form["owners"].value() or ())),
        "cancel": back,
    }
    return render(
        request, "conferences/hall_assign.html", page, status=422 if request.method == "POST" else 200
    )


def _branches(placed: Sequence[Placed], ticked: set[str]) -> list[dict[str, Any]]:
    """The tree by the organisations directly below, each with all that hang under it; ticked ones are in sight."""
    found: list[dict[str, Any]] = []
    for one in placed:
        if one.depth == 1:
            found.append({"top": one, "ticked": one.code in ticked, "below": [], "open": False})
        elif found:
            found[-1]["below"].append((one, one.code in ticked))
            found[-1]["open"] = found[-1]["open"] or one.code in ticked
    return found
