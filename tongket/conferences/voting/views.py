"""Pages of votes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.conferences.access import conference_for
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.hall.times import time_of
from tongket.conferences.hall.views import frame, told
from tongket.conferences.models import Conference, Vote
from tongket.conferences.queries import counts
from tongket.conferences.voting.acts import record_vote, void_vote
from tongket.conferences.voting.drafts import VoteDraft
from tongket.conferences.voting.forms import VoteForm
from tongket.core.problems import Conflict, Refused
from tongket.core.votes import needed_of, outcome_of, uncounted
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import conflict_page, form_page


@gate("conference.read")
def votes(request: HttpRequest, pk: int) -> HttpResponse:
    """The votes of a conference with the rule, the number it asked for and the outcome."""
    conference = conference_for(request, pk, "conference.read")
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
    conference = conference_for(request, pk, "conference.write")
    numbers = counts(conference)
    form = VoteForm(
        request.POST or None,
        user=request.user,
        agenda=agenda_of(conference),
        initial={"majority": conference.majority, "present": numbers.entitled_present},
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
    conference = conference_for(request, pk, "conference.write")
    row = get_for_user(
        Vote.objects.filter(conference=conference).select_related("conference__organisation"), pk=vote
    )
    return void_page(request, conference, row, void_vote, "conferences:votes", _("Hủy biểu quyết"))


def void_page(
    request: HttpRequest, conference: Conference, row: Any, void: Any, page: str, title: str
) -> HttpResponse:
    """Ask for the reason and void a vote or a conclusion."""
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
