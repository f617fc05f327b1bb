"""Deciding a round, and voiding a decision."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.dates import today
from tongket.core.problems import Problem, Refused
from tongket.ratings.checks.declarations import NO_LEVEL
from tongket.ratings.checks.queries import unanswered
from tongket.ratings.quota.queries import verdict_of
from tongket.ratings.rounds.deciding.acts import (
    Readiness,
    check_decision,
    decide_round,
    over_pools,
    readiness_of,
    void_decision,
)
from tongket.ratings.rounds.drafts import DecisionDraft
from tongket.ratings.rounds.models import RatingRound
from tongket.ratings.rounds.pages.access import frame, held_round, passes, told
from tongket.ratings.rounds.pages.forms import DecisionForm
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate
from tongket.ui.records.asking import reason_page
from tongket.ui.records.pages import form_page
from tongket.ui.shell.errors import Missing


@gate("rating.write")
def round_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be decided, what is missing, and the paper that decides."""
    standing = held_round(request, pk)
    back = reverse("ratings:round", args=[standing.round.pk])
    if not standing.is_open:
        return redirect(back)
    ready = readiness_of(standing.round)
    verdict = verdict_of(standing.round, ready.states)
    open_findings = _unanswered(request, standing.round, ready)
    form = DecisionForm(
        request.POST or None,
        user=request.user,
        initial={"decision_date": today()},
        over=over_pools(verdict) > 0,
    )
    if request.method == "POST" and form.is_valid():
        draft = DecisionDraft(standing.round, **form.cleaned_data, verdict=verdict)
        if passes(request, form, [*check_decision(draft, ready), *_doubts(open_findings)]):
            try:
                decide_round(draft, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            else:
                told(request, _("Đã quyết định: kết quả xếp loại được ghi, đợt đã khóa."))
                return redirect(back)
    title = _("Quyết định xếp loại")
    shown = frame(standing, title)
    return form_page(
        request,
        form,
        title,
        cancel=back,
        crumbs=shown["crumbs"][:-1],
        submit=_("Quyết định và khóa đợt"),
        template="ratings/rounds/decide.html",
        ready=ready,
        verdict=verdict,
        unanswered=open_findings,
        round=standing.round,
        round_name=shown["round_name"],
        levels_rule=_levels_rule(standing.round),
    )


def _unanswered(request: HttpRequest, round: RatingRound, ready: Readiness) -> int:
    """How many findings of the automatic checks nobody has answered, as far as this user may know them."""
    # Who has no level is refused anyway and named above.
    return sum(one.check.code != NO_LEVEL for one in unanswered(round, request.user, ready.states))


def _doubts(open_findings: int) -> list[Problem]:
    if not open_findings:
        return []
    said = _(
        "Kiểm tra tự động còn %(n)s phát hiện chưa xử lý. Hãy xem lại mức, hoặc ghi lý do giữ nguyên ở trang Kiểm tra "
        "tự động; nếu vẫn quyết định ngay, hãy xác nhận."
    )
    return [Problem("", said % {"n": open_findings}, "warning")]


def _levels_rule(round: RatingRound) -> str:
    return "rate.levels.member" if round.subject == "members" else "rate.levels.organisation"


@gate("rating.write")
def round_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Void the decision with all its ratings, with the reason; the round is open again."""
    standing = held_round(request, pk)
    back = reverse("ratings:round", args=[standing.round.pk])
    if standing.decision is None:
        raise Missing(_("Đợt này chưa quyết định."))
    decision = standing.decision
    title = _("Hủy quyết định xếp loại")
    lead = _("Mọi kết quả xếp loại của quyết định này bị hủy theo (giữ lại, gạch bỏ) và đợt mở lại để sửa.")
    crumbs = frame(standing, title)["crumbs"][:-1]
    return reason_page(
        request,
        title,
        lambda reason: void_decision(decision, reason=reason, by=request.user),
        back=back,
        done=lambda n: _("Đã hủy quyết định và %(n)s kết quả xếp loại; đợt mở lại.") % {"n": n},
        crumbs=crumbs,
        lead=lead,
    )
