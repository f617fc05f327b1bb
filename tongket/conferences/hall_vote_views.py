"""Pages of votes, conclusions and the tasks made from them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.conferences.hall_conclusions import (
    add_conclusions,
    assign,
    progress_of,
    receivers_below,
    void_conclusion,
)
from tongket.conferences.hall_drafts import VoteDraft
from tongket.conferences.hall_forms import ConclusionForm, TaskForm, VoteForm
from tongket.conferences.hall_queries import agenda_of, numbers_of
from tongket.conferences.hall_times import time_of
from tongket.conferences.hall_views import conference_of, frame, told
from tongket.conferences.hall_vote_acts import record_vote, void_vote
from tongket.conferences.models import Conclusion, Conference, Vote
from tongket.conferences.votes import needed_of, outcome_of, uncounted
from tongket.core.problems import Conflict, Refused
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import conflict_page, form_page

ROWS, MOST_ROWS = 3, 20


@gate("conference.read")
def votes(request: HttpRequest, pk: int) -> HttpResponse:
    """The votes of a conference with the rule, the number it asked for and the outcome."""
    conference = conference_of(request, pk)
    numbers = {row.item.identity: row.number for row in agenda_of(conference)}
    shown = [
        {
            "vote": vote,
            "number": numbers.get(vote.item, "") if vote.item else "",
            "outcome": outcome_of(vote.majority, vote.entitled, vote.agree),
            "uncounted": uncounted(vote.present, vote.agree, vote.disagree, vote.abstain),
        }
        for vote in current(conference.votes.all())
    ]
    return render(
        request,
        "conferences/hall_votes.html",
        {**frame(request, conference, _("Biểu quyết")), "votes": shown},
    )


@gate("conference.write")
def vote_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the counts of a vote."""
    conference = conference_of(request, pk, "conference.write")
    numbers = numbers_of(conference)
    form = VoteForm(
        request.POST or None,
        user=request.user,
        agenda=agenda_of(conference),
        initial={"majority": conference.majority, "present": numbers.present_entitled},
    )
    back = reverse("conferences:votes", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            vote = record_vote(conference, _vote_draft(conference, form.cleaned_data), by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            told(request, outcome_of(vote.majority, vote.entitled, vote.agree).words())
            return redirect(back)
    needed = [(code, needed_of(code, numbers.entitled)) for code in ("over_half", "two_thirds")]
    return form_page(
        request,
        form,
        _("Ghi biểu quyết"),
        cancel=back,
        crumbs=frame(request, conference, "")["crumbs"][:-1],
        template="conferences/hall_vote_form.html",
        numbers=numbers,
        needed=dict(needed),
    )


def _vote_draft(conference: Conference, said: dict[str, Any]) -> VoteDraft:
    names = ("question", "majority", "present", "agree", "disagree", "abstain", "secret")
    return VoteDraft(
        **{name: said[name] for name in names},
        item=UUID(said["item"]) if said["item"] else None,
        taken_at=time_of(conference, said["at"], timezone.now()) if said["at"] else None,
    )


@gate("conference.write")
def vote_void(request: HttpRequest, pk: int, vote: int) -> HttpResponse:
    """Void a vote entered wrongly."""
    conference = conference_of(request, pk, "conference.write")
    row = get_for_user(
        Vote.objects.filter(conference=conference).select_related("conference__organisation"), pk=vote
    )
    return _void(request, conference, row, void_vote, "conferences:votes", _("Hủy biểu quyết"))


@gate("conference.write")
def conclusion_void(request: HttpRequest, pk: int, conclusion: int) -> HttpResponse:
    """Void a conclusion entered wrongly."""
    conference = conference_of(request, pk, "conference.write")
    row = _conclusion(conference, conclusion)
    return _void(request, conference, row, void_conclusion, "conferences:conclusions", _("Hủy kết luận"))


def _void(
    request: HttpRequest, conference: Conference, row: Any, void: Any, page: str, title: str
) -> HttpResponse:
    form = ReasonForm(request.POST or None, user=request.user)
    back = reverse(page, args=[conference.pk])
    if request.method == "POST" and form.is_valid():
        try:
            void(row, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            told(request, _("Đã hủy; bản ghi được giữ lại, gạch bỏ."))
            return redirect(back)
    crumbs = frame(request, conference, "")["crumbs"][:-1]
    return form_page(request, form, title, cancel=back, submit=title, crumbs=crumbs, lead=str(row))


def _conclusion(conference: Conference, pk: int) -> Conclusion:
    rows = Conclusion.objects.filter(conference=conference).select_related("conference__organisation")
    return get_for_user(rows, pk=pk)


@gate("conference.read")
def conclusions(request: HttpRequest, pk: int) -> HttpResponse:
    """What was concluded, and how the tasks made from it stand."""
    conference = conference_of(request, pk)
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
    conference = conference_of(request, pk, "conference.write")
    agenda, placed = agenda_of(conference), receivers_below(conference)
    forms = [
        ConclusionForm(request.POST or None, user=request.user, prefix=f"k{n}", agenda=agenda, placed=placed)
        for n in range(_row_count(request))
    ]
    problems: list[str] = []
    back = reverse("conferences:conclusions", args=[pk])
    if request.method == "POST" and all(form.is_valid() for form in forms):
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
        "more_rows": min(len(forms) + ROWS, MOST_ROWS),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "conferences/hall_conclusion_form.html", page, status=status)


def _row_count(request: HttpRequest) -> int:
    said = request.POST.get("dong") or request.GET.get("dong", "")
    asked = int(said) if said.isdecimal() and len(said) < 4 else ROWS
    return max(1, min(asked, MOST_ROWS))


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
    conference = conference_of(request, pk, "conference.write")
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
    ticked = set(form["owners"].value() or ())
    page = {
        **frame(request, conference, _("Giao nhiệm vụ")),
        "form": form,
        "conclusion": row,
        "tree": [(one, one.code in ticked) for one in placed],
        "cancel": back,
    }
    return render(
        request, "conferences/hall_assign.html", page, status=422 if request.method == "POST" else 200
    )
