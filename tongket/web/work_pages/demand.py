"""One demand: all receivers with their state, the sums of the numbers, acceptance of many, reminders, Excel."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused
from tongket.core.worklists import OUTCOME
from tongket.obligations.acts import take_steps, void_demand
from tongket.obligations.derive import outcome_of
from tongket.obligations.drafts import StepDraft
from tongket.obligations.models import Demand, Obligation, Step
from tongket.obligations.queries import may_judge_demand, visible_obligations
from tongket.obligations.words import days_left, late_by
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.sheets import Column, list_workbook
from tongket.web.work_pages.common import WRITE, asked_demand, paper_link, refuse_unless, run
from tongket.web.work_pages.due import TONES


@gate("obligation.read")
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has done it and who has not, with what they reported."""
    row = asked_demand(request, pk)
    day = today()
    parts = list(
        visible_obligations(request.user).filter(demand=row).order_by("organisation__position", "pk")
    )
    reported = _reports(parts)
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(row, parts, reported, day)
    judge = may_judge_demand(request.user, row)
    lines = [_line(one, reported.get(one.pk), row.numbers, day) for one in parts]
    shown = {
        "title": row.title,
        "crumbs": [(_("Việc đến hạn"), reverse("obligations:due")), (_("Việc đã giao"), "")],
        "demand": row,
        "paper": paper_link(request, row),
        "lines": lines,
        "counts": [(OUTCOME.label(code), TONES[code], _count(parts, code, day)) for code in OUTCOME.values],
        "sums": _sums(row.numbers, reported.values()),
        "judge": judge,
        "waiting": sum(one.state == "reported" for one in parts),
        "late": _count(parts, "overdue", day),
        "may_void": judge and all(one.state == "received" for one in parts),
    }
    return render(request, "work/demand.html", shown)


@gate(WRITE, methods=("POST",))
def accept_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the ticked reports, all or none."""
    return _many(request, pk, "accepted", _("Đã chấp nhận %(count)d báo cáo."))


@gate(WRITE, methods=("POST",))
def remind_late(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a reminder to all that are overdue."""
    return _many(request, pk, "reminded", _("Đã đôn đốc %(count)d tổ chức quá hạn."))


def _many(request: HttpRequest, pk: int, kind: str, done: str) -> HttpResponse:
    row = asked_demand(request, pk)
    refuse_unless(may_judge_demand(request.user, row))
    back = reverse("obligations:demand", args=[pk])
    parts = visible_obligations(request.user, WRITE).filter(demand=row)
    if kind == "accepted":
        ticked = [int(text) for text in request.POST.getlist("phan") if text.isdecimal() and len(text) < 18]
        parts = parts.filter(pk__in=ticked).exclude(organisation=row.organisation_id)
    else:
        parts = parts.filter(fulfilled_on__isnull=True, deadline__lt=today())
    draft = StepDraft(kind, today(), request.POST.get("text", "").strip()[:2000])
    try:
        steps = take_steps(list(parts), draft, by=request.user)
    except Refused as refused:
        for problem in refused.problems[:5]:
            messages.error(request, problem.message)
    except Conflict as conflict:
        return conflict_page(request, str(conflict), back)
    else:
        messages.success(request, done % {"count": len(steps)})
    return redirect(back)


@gate(WRITE)
def demand_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a demand back whole, while nobody has worked on it."""
    row = asked_demand(request, pk)
    refuse_unless(may_judge_demand(request.user, row))
    form = ReasonForm(request.POST or None, user=request.user)
    title, back = _("Rút việc đã giao"), reverse("obligations:demand", args=[pk])
    if request.method == "POST":
        answer = run(
            request,
            form,
            lambda: void_demand(row, reason=form.cleaned_data["reason"], by=request.user),
            done=_("Đã rút việc đã giao; nó được giữ lại trong nhật ký."),
            back=reverse("obligations:due"),
        )
        if answer is not None:
            return answer
    crumbs = [(_("Việc đến hạn"), reverse("obligations:due")), (row.title, back)]
    return form_page(request, form, title, crumbs=crumbs, cancel=back, submit=_("Rút việc"), lead=row.title)


def _reports(parts: Sequence[Obligation]) -> dict[int, Step]:
    """The standing report of each part that has one (one query)."""
    fulfilled = [one.pk for one in parts if one.fulfilled_on is not None]
    rows = current(Step.objects.filter(obligation__in=fulfilled, kind="reported")).order_by("id")
    return {one.obligation_id: one for one in rows}


def _line(part: Obligation, report: Step | None, names: Sequence[str], day: date) -> dict[str, Any]:
    when = late_by(part.fulfilled_on, part.deadline) if part.fulfilled_on else days_left(part.deadline, day)
    return {
        "row": part,
        "when": when,
        "tone": TONES[outcome_of(part, day)],
        "report": report,
        "numbers": [number_of(report, name) for name in names],
        "extended": part.deadline != part.due_on,
    }


def number_of(report: Step | None, name: str) -> Decimal | None:
    """A number of a report; None when there is no report or it does not have it."""
    try:
        return Decimal(report.numbers[name]) if report is not None else None
    except (KeyError, InvalidOperation):
        return None


def _sums(names: Sequence[str], reports: Any) -> list[tuple[str, Decimal]]:
    rows = list(reports)
    return [(name, sum((number_of(one, name) or Decimal(0) for one in rows), Decimal(0))) for name in names]


def _count(parts: Sequence[Obligation], outcome: str, day: date) -> int:
    return sum(outcome_of(one, day) == outcome for one in parts)


def _workbook(row: Demand, parts: Sequence[Obligation], reports: dict[int, Step], day: date) -> HttpResponse:
    columns = [
        Column(_("Tổ chức"), 40),
        Column(_("Mã"), 14),
        Column(_("Hạn ban đầu"), 13, "date"),
        Column(_("Hạn hiện nay"), 13, "date"),
        Column(_("Trạng thái"), 22),
        Column(_("Ngày báo cáo"), 13, "date"),
        Column(_("Kết quả"), 20),
        Column(_("Nhập thay"), 10),
        Column(_("Nội dung báo cáo"), 50),
        *(Column(name, 16, "number") for name in row.numbers),
    ]
    lines = [
        [
            one.organisation.name,
            one.organisation.code,
            one.due_on,
            one.deadline,
            one.get_state_display(),
            one.fulfilled_on,
            OUTCOME.label(outcome_of(one, day)),
            (report := reports.get(one.pk)) is not None and report.on_behalf,
            report.text if report is not None else "",
            *(number_of(report, name) for name in row.numbers),
        ]
        for one in parts
    ]
    about = _("Căn cứ %(label)s") % {"label": row.about_label} if row.about_label else ""
    return workbook_response(list_workbook(row.title, about, columns, lines), row.title)
