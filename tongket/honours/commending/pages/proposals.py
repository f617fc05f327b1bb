"""The proposals of a campaign: the list with the checks, correcting words, withdrawing, setting a check aside."""

from dataclasses import fields, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit import records
from tongket.core.dates import today
from tongket.core.judging import COMMENDING_CHECK
from tongket.core.problems import Conflict, Refused
from tongket.honours.commending.acts import set_aside
from tongket.honours.commending.drafts import ProposalDraft
from tongket.honours.commending.giving.papers import submission
from tongket.honours.commending.kinds import PROPOSAL, withdraw
from tongket.honours.commending.models import CommendationRound
from tongket.honours.commending.pages.forms import WhyForm, WordsForm
from tongket.honours.commending.pages.frame import Line, download, frame, round_for, work_of
from tongket.honours.commending.queries import name_of, visible_proposals
from tongket.organisations.models import Organisation
from tongket.organisations.queries import home_of
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user, held_verbs
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.records.asking import reason_page
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.word_paper import WORD_TYPE

SHOWN = 300


@gate("honour.read")
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """All proposals that the user may see, with the checks; to Excel, and the submission in Word."""
    round_ = round_for(request, pk)
    work = work_of(request, round_)
    asked = request.GET.get("ket_qua", "")
    lines = [line for line in work.lines if asked in ("", line.outcome)]
    if request.GET.get(EXPORT) == "docx":
        rows = [line.proposal for line in work.lines]
        content = submission(round_, rows, list(work.titles.values()), today(), _writer(request, rows))
        return download(request, round_, content, WORD_TYPE, f"to-trinh-khen-thuong-{round_.period}.docx")
    if request.GET.get(EXPORT):
        return _workbook(request, round_, lines)
    page = frame(request, round_, _("Đề nghị khen thưởng"), "commending_proposals")
    groups = [
        (title, [line for line in lines[:SHOWN] if line.title is title]) for title in work.titles.values()
    ]
    page |= {
        "parts": [group for group in groups if group[1]],
        "count": len(lines),
        "cut": len(lines) > SHOWN,
        "asked": asked,
        "filters": [
            ("", _("Tất cả")),
            ("passed", _("Đạt")),
            ("doubtful", _("Cần kiểm tra")),
            ("failed", _("Chưa đạt")),
        ],
        "reads_ratings": "rating.read" in held_verbs(request),
        "checks": dict(COMMENDING_CHECK.choices),
        "day": round_.period_end,
        "writes": "honour.write" in held_verbs(request),
    }
    return render(request, "honours/commending/proposals.html", page)


def _writer(request: HttpRequest, rows: list[Any]) -> Organisation | None:
    """Whose submission it is: the one office whose proposals these are, else the asking level."""
    offices = {one.proposed_by_id: one.proposed_by for one in rows}
    return next(iter(offices.values())) if len(offices) == 1 else home_of(request.user) if not rows else None


def _workbook(request: HttpRequest, round_: CommendationRound, lines: list[Line]) -> HttpResponse:
    columns = [
        Column(_("Danh hiệu"), 44),
        Column(_("Tập thể, cá nhân"), 34),
        Column(_("Đơn vị"), 34),
        Column(_("Đơn vị đề nghị"), 34),
        Column(_("Chức danh"), 26),
        Column(_("Thành tích"), 50),
        Column(_("Kiểm tra"), 16),
        Column(_("Ghi chú kiểm tra"), 60),
        Column(_("Số vào sổ"), 10, "int"),
    ]
    rows = [
        (
            line.title.name,
            line.name,
            line.unit,
            line.proposal.proposed_by.name,
            line.proposal.address,
            line.proposal.achievement,
            line.word,
            "; ".join(finding.reason for finding, *_rest in line.open_findings),
            line.proposal.register_number,
        )
        for line in lines
    ]
    title = _("Đề nghị khen thưởng")
    content = list_workbook(title, round_.name, columns, rows)
    answer = workbook_response(content, title)
    return download(
        request, round_, content, answer["Content-Type"], f"de-nghi-khen-thuong-{round_.period}.xlsx"
    )


def _own(request: HttpRequest, pk: int, key: int) -> tuple[CommendationRound, Any]:
    """A proposal that the user may change: the office that made it, or the asking level."""
    round_ = round_for(request, pk)
    rows = visible_proposals(request.user, "honour.write").select_related("asked_by")
    return round_, get_for_user(rows.filter(round=round_.identity), pk=key)


def _crumbs(round_: CommendationRound) -> list[tuple[str, str]]:
    return [
        (_("Đợt khen thưởng"), reverse("honours:commending_list")),
        (round_.name, reverse("honours:commending", args=[round_.pk])),
        (_("Đề nghị"), reverse("honours:commending_proposals", args=[round_.pk])),
    ]


@gate("honour.write")
def take_back(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Withdraw a proposal, with the reason."""
    round_, proposal = _own(request, pk, key)
    back = reverse("honours:commending_proposals", args=[pk])
    title = _("Rút đề nghị: %(name)s") % {"name": name_of(proposal)}
    return reason_page(
        request,
        title,
        lambda reason: withdraw(proposal, reason=reason, by=request.user),
        back=back,
        done=_("Đã rút đề nghị."),
        submit=_("Rút đề nghị"),
        crumbs=_crumbs(round_),
    )


@gate("honour.write")
def words(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Correct what is printed for one proposal; the old record is kept."""
    round_, proposal = _own(request, pk, key)
    back = reverse("honours:commending_proposals", args=[pk])
    start = {"address": proposal.address, "achievement": proposal.achievement}
    form = WordsForm(request.POST or None, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        same = {f.name: getattr(proposal, f.name) for f in fields(ProposalDraft)}
        draft = replace(
            ProposalDraft(**same),
            address=form.cleaned_data["address"],
            achievement=form.cleaned_data["achievement"],
        )
        try:
            records.correct(PROPOSAL, proposal, draft, reason=form.cleaned_data["why"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            messages.success(request, _("Đã sửa nội dung in trên giấy khen."))
            return redirect(back)
    title = _("Sửa nội dung in: %(name)s") % {"name": name_of(proposal)}
    return form_page(request, form, title, cancel=back, crumbs=_crumbs(round_), template="ui/form_page.html")


@gate("honour.write")
def aside(request: HttpRequest, pk: int, key: int, check: str) -> HttpResponse:
    """Set one check of a proposal aside with a written reason; only the asking level."""
    round_ = round_for(request, pk, "honour.write")
    proposal = get_for_user(visible_proposals(request.user).filter(round=round_.identity), pk=key)
    back = reverse("honours:commending_proposals", args=[pk])
    form = WhyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            set_aside(round_, check, reason=form.cleaned_data["reason"], by=request.user, proposal=proposal)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(
                request, _("Đã ghi lý do; kiểm tra này được bỏ qua và nêu trong danh sách của đợt.")
            )
            return redirect(back)
    label = COMMENDING_CHECK.label(check) if check in COMMENDING_CHECK.values else check
    title = _("Bỏ qua kiểm tra “%(check)s”: %(name)s") % {"check": label, "name": name_of(proposal)}
    return form_page(
        request,
        form,
        title,
        cancel=back,
        submit=_("Ghi lý do"),
        crumbs=_crumbs(round_),
        template="ui/form_page.html",
    )
