"""Steps of a round of badges: handed upward, decided, given, withdrawn; and its papers."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.acts import log_reading
from tongket.core.dates import format_date, parse_date
from tongket.core.problems import Conflict, Problem, Refused
from tongket.core.text import fold
from tongket.honours.badging import acts
from tongket.honours.badging.pages.forms import CeremonyForm, DecisionForm
from tongket.honours.badging.pages.views import round_url
from tongket.honours.badging.papers import KINDS, lines_of, list_excel, paper_of
from tongket.honours.badging.queries import proposals_of, visible_proposals
from tongket.honours.models import BadgeProposal
from tongket.organisations.paper_names import above_of
from tongket.organisations.queries import may, visible_to
from tongket.ui.context import ViewContext, view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import workbook_response
from tongket.ui.records.asking import reason_page
from tongket.ui.records.pages import conflict_page
from tongket.ui.shell.errors import BadInput, Missing
from tongket.ui.word_paper import WORD_TYPE


def _mine(request: HttpRequest, view: ViewContext, award_day: date, state: str) -> list[BadgeProposal]:
    """The proposals of the round at a step that stand where the user may write."""
    rows = proposals_of(view.organisation, award_day).filter(state=state)
    return list(rows.filter(holder__in=visible_to(request.user, "honour.write")))


def _chosen(request: HttpRequest, rows: Sequence[BadgeProposal]) -> list[BadgeProposal]:
    ticked = set(request.POST.getlist("de-nghi"))
    return [row for row in rows if str(row.pk) in ticked]


def _done(request: HttpRequest, text: str, award_day: date, view: ViewContext) -> HttpResponse:
    messages.success(request, text)
    return redirect(round_url("round", award_day, view))


@gate("honour.write")
def round_forward(request: HttpRequest, day: str) -> HttpResponse:
    """Hand the ticked proposals to the body above, or submit them from the top of the register."""
    award_day, view = parse_date(day), view_context(request, "honour.write")
    rows = _mine(request, view, award_day, "proposed")
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            moved = acts.forward(_chosen(request, rows), by=request.user)
        except Refused as refused:
            problems = refused.problems
        except Conflict as conflict:
            return conflict_page(request, str(conflict), round_url("round", award_day, view))
        else:
            said = _("Đã chuyển %(count)s đề nghị lên cấp trên.") % {"count": len(moved)}
            return _done(request, said, award_day, view)
    return _step(request, "forward", award_day, view, rows, None, problems)


@gate("honour.write")
def round_decide(request: HttpRequest, day: str) -> HttpResponse:
    """Record the decision on the submitted proposals; a reason in a row means that it was refused."""
    award_day, view = parse_date(day), view_context(request, "honour.write")
    rows = _mine(request, view, award_day, "sent")
    start = {"body": above_of(view.organisation, award_day)[1]} if request.method != "POST" else {}
    form = DecisionForm(request.POST or None, user=request.user, initial=start)
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(request, rows)
        refused_rows = {row.pk: request.POST.get(f"ly-do-{row.pk}", "") for row in chosen}
        said = form.cleaned_data
        try:
            acts.decide(
                chosen,
                acts.Paper(said["number"], said["date"], said["body"]),
                refused={pk: reason for pk, reason in refused_rows.items() if reason.strip()},
                by=request.user,
            )
        except Refused as refused:
            problems = [p for p in refused.problems if p.field not in form.fields]
            problems_to_form(form, [p for p in refused.problems if p.field in form.fields])
        except Conflict as conflict:
            return conflict_page(request, str(conflict), round_url("round", award_day, view))
        else:
            return _done(request, _("Đã ghi quyết định."), award_day, view)
    return _step(request, "decide", award_day, view, rows, form, problems)


@gate("honour.write")
def round_award(request: HttpRequest, day: str) -> HttpResponse:
    """Record that the decided badges were given: day, place, who was there to receive."""
    award_day, view = parse_date(day), view_context(request, "honour.write")
    rows = _mine(request, view, award_day, "approved")
    form = CeremonyForm(request.POST or None, user=request.user, initial={"on": award_day})
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            moved = acts.award(_chosen(request, rows), said["on"], said["place"], by=request.user)
        except Refused as refused:
            problems = [p for p in refused.problems if p.field not in form.fields]
            problems_to_form(form, [p for p in refused.problems if p.field in form.fields])
        except Conflict as conflict:
            return conflict_page(request, str(conflict), round_url("round", award_day, view))
        else:
            text = _("Đã ghi trao %(count)s Huy hiệu.") % {"count": len(moved)}
            return _done(request, text, award_day, view)
    return _step(request, "award", award_day, view, rows, form, problems)


_STEPS = {
    "forward": (gettext_lazy("Chuyển đề nghị lên cấp trên"), gettext_lazy("Chuyển lên")),
    "decide": (gettext_lazy("Ghi quyết định tặng Huy hiệu"), gettext_lazy("Ghi quyết định")),
    "award": (gettext_lazy("Ghi đã trao Huy hiệu"), gettext_lazy("Ghi đã trao")),
}


def _step(
    request: HttpRequest,
    step: str,
    award_day: date,
    view: ViewContext,
    rows: Sequence[BadgeProposal],
    form: Any,
    problems: Sequence[Problem],
) -> HttpResponse:
    title, submit = _STEPS[step]
    back = round_url("round", award_day, view)
    bound = request.method == "POST"
    ticked = set(request.POST.getlist("de-nghi"))
    shown = {
        "view": view,
        "title": title,
        "submit": submit,
        "step": step,
        "day": award_day,
        "crumbs": [(_("Đợt %(day)s") % {"day": format_date(award_day)}, back), (title, "")],
        "rows": [
            (row, not bound or str(row.pk) in ticked, request.POST.get(f"ly-do-{row.pk}", "")) for row in rows
        ],
        "form": form,
        "problems": problems,
        "back": back,
    }
    return render(request, "honours/round_step.html", shown, status=422 if bound else 200)


@gate("honour.write")
def proposal_withdraw(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Withdraw a proposal, with the reason."""
    mine = visible_proposals(request.user).filter(holder__in=visible_to(request.user, "honour.write"))
    row = get_for_user(mine, identity=identity)
    back = reverse("honours:proposal", args=[identity])
    return reason_page(
        request,
        _("Rút đề nghị"),
        lambda reason: acts.withdraw(row, reason=reason, by=request.user),
        back=back,
        done=_("Đã rút đề nghị; bản ghi được giữ lại."),
        crumbs=[(_("Đề nghị"), back)],
        lead=row.member.full_name,
    )


# --- papers -------------------------------------------------------------------------------------------------


@gate("honour.write", methods=("GET", "HEAD"))
def round_paper(request: HttpRequest, day: str, kind: str) -> HttpResponse:
    """One paper of the round as Word, or its list as Excel (`?xuat=xlsx`); noted in the ledger."""
    award_day, view = parse_date(day), view_context(request, "honour.write")
    if kind not in KINDS:
        raise Missing
    rows = list(proposals_of(view.organisation, award_day).filter(state__in=KINDS[kind].states))
    if not rows:
        raise BadInput(_("Đợt này chưa có đề nghị nào cho văn bản đó. Hãy đề nghị trước."))
    lines = lines_of(rows, award_day)
    log_reading(
        "badge_proposal.export",
        by=request.user,
        subject=view.organisation,
        organisation=view.organisation,
        rows=len(rows),
        file=KINDS[kind].name,
    )
    name = f"{KINDS[kind].name} {view.organisation.code} {award_day:%Y-%m-%d}"
    if request.GET.get("xuat") == "xlsx" and KINDS[kind].excel:
        return workbook_response(list_excel(kind, view.organisation, award_day, lines), name)
    file = f"{slugify(fold(name))[:100]}.docx"
    return HttpResponse(
        paper_of(
            kind,
            view.organisation,
            award_day,
            lines,
            residence=may(request.user, "member.sensitive", view.organisation),
        ),
        content_type=WORD_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )
