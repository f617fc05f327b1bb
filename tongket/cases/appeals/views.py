"""Pages of appeals and of the confirmed correction."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.cases.appeals.acts import (
    answer_appeal,
    check_answer,
    check_appeal,
    confirm_correction,
    record_appeal,
    void_appeal,
)
from tongket.cases.appeals.forms import AnswerForm, AppealForm, CorrectionForm
from tongket.cases.models import Appeal, AppealAnswer, Case
from tongket.cases.pages.common import READ, WRITE, act_page, own_case, tabs
from tongket.cases.queries import visible_cases
from tongket.core.codelists import DISCIPLINE_FORM
from tongket.core.dates import today
from tongket.core.judging import APPEAL_OUTCOME
from tongket.inspections.queries import discipline_of_case
from tongket.ui.context import view_context
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.lists import ever_below
from tongket.ui.templatetags.ui import lang


@gate(READ)
def appeals(request: HttpRequest) -> HttpResponse:
    """The appeals that waited at some day of the period, the unanswered ones first."""
    view = view_context(request, READ)
    cases = {
        row.identity: row
        for row in visible_cases(request.user)
        .filter(organisation__in=ever_below(view.organisation))
        .filter(state="decided")
    }
    rows = current(Appeal.objects.filter(case__in=cases, received_on__lte=view.period.end))
    answers = {row.appeal: row for row in current(AppealAnswer.objects.filter(case__in=cases))}
    lines = []
    for row in rows:
        answer = answers.get(row.identity)
        if answer is None or answer.on >= view.period.start:
            lines.append(_line(row, cases[row.case], answer))
    lines.sort(key=lambda line: (line["answer"] is not None, line["appeal"].due_on))
    shown = {
        "title": _("Khiếu nại kỷ luật"),
        "view": view,
        "tabs": tabs(request, "cases:appeals"),
        "lines": lines,
        "waiting": sum(line["answer"] is None for line in lines),
        "today": today(),
    }
    return render(request, "cases/appeals.html", shown)


def _line(appeal: Appeal, case: Case, answer: AppealAnswer | None) -> dict[str, Any]:
    said = APPEAL_OUTCOME.label(answer.outcome, lang()) if answer else ""
    if answer and answer.form:
        said = f"{said}: {DISCIPLINE_FORM.label(answer.form, lang())}"
    late = (answer.on if answer else today()) > appeal.due_on
    return {"appeal": appeal, "case": case, "answer": answer, "said": said, "late": late}


def _asked(request: HttpRequest, identity: UUID, appeal: UUID) -> tuple[Case, Appeal]:
    case = own_case(request, identity)
    return case, get_for_user(current(Appeal.objects.filter(case=case.identity)), identity=appeal)


@gate(WRITE)
def appeal_new(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Record an appeal."""
    case = own_case(request, identity)
    form = AppealForm(request.POST or None, user=request.user)
    return act_page(
        request,
        case,
        form,
        _("Ghi khiếu nại"),
        check=lambda: check_appeal(case, form.draft()),
        do=lambda: record_appeal(case, form.draft(), by=request.user),
        done=_("Đã ghi khiếu nại; hạn trả lời tính theo quy định."),
        lead=_("Chỉ ghi ngày nhận và cấp giải quyết; không ghi nội dung trình bày."),
        template="cases/appeal_form.html",
        today=today(),
    )


@gate(WRITE)
def appeal_answer(request: HttpRequest, identity: UUID, appeal: UUID) -> HttpResponse:
    """Record what an appeal ended in."""
    case, row = _asked(request, identity, appeal)
    found = discipline_of_case(case.identity)
    expelled = found is not None and found.form == "expulsion"
    form = AnswerForm(
        request.POST or None,
        user=request.user,
        of_member=case.of_member,
        expelled=expelled,
        initial={"decision_body": row.body},
    )
    return act_page(
        request,
        case,
        form,
        _("Ghi kết quả giải quyết khiếu nại"),
        check=lambda: check_answer(case, row, form.draft()),
        do=lambda: answer_appeal(case, row, form.draft(), by=request.user),
        done=_("Đã ghi kết quả khiếu nại; kỷ luật trong sổ đã theo kết quả đó."),
        lead=_(
            "Hủy quyết định: coi như không bị kỷ luật, người bị khai trừ được phục hồi, tuổi Đảng liên tục. "
            "Chức vụ đã thôi thì ghi lại ở trang đảng viên."
        ),
    )


@gate(WRITE)
def appeal_void(request: HttpRequest, identity: UUID, appeal: UUID) -> HttpResponse:
    """Void an appeal entered by mistake."""
    case, row = _asked(request, identity, appeal)
    form = ReasonForm(request.POST or None, user=request.user)
    return act_page(
        request,
        case,
        form,
        _("Hủy khiếu nại đã ghi"),
        do=lambda: void_appeal(case, row, reason=form.cleaned_data["reason"], by=request.user),
        done=_("Đã hủy; bản ghi được giữ lại, gạch bỏ."),
    )


@gate(WRITE)
def corrected(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The cell confirms that the shortcomings were corrected."""
    case = own_case(request, identity)
    form = CorrectionForm(request.POST or None, user=request.user)
    return act_page(
        request,
        case,
        form,
        _("Chi bộ xác nhận đã sửa chữa khuyết điểm"),
        do=lambda: confirm_correction(
            case, form.cleaned_data["on"], by=request.user, number=form.cleaned_data["number"]
        ),
        done=_("Đã ghi; việc xét huy hiệu Đảng tính theo ngày này."),
    )
