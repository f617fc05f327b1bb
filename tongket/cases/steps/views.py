"""Pages of steps: taken and taken back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.cases.law.clock import forms_for, majority_of, vote_day
from tongket.cases.models import CaseStep
from tongket.cases.pages.common import WRITE, act_page, own_case
from tongket.cases.steps.acts import check_step, take_step, void_step
from tongket.cases.steps.forms import FIELDS, StepForm
from tongket.cases.steps.rules import standing_on
from tongket.core.codelists import DISCIPLINE_FORM
from tongket.core.dates import format_date, today
from tongket.core.judging import CASE_STEP
from tongket.core.votes import needed_of
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.forms import ReasonForm
from tongket.ui.shell.errors import Missing
from tongket.ui.templatetags.ui import lang


@gate(WRITE)
def step(request: HttpRequest, identity: UUID, kind: str) -> HttpResponse:
    """Record the next step."""
    if kind not in FIELDS:
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem."))
    case = own_case(request, identity)
    standing = standing_on(case, case.opened_on) or "official"
    forms = forms_for(standing, case.opened_on)
    start = {"level": case.body_level, "decision_body": case.body}
    form = StepForm(
        request.POST or None, user=request.user, kind=kind, case=case, forms_allowed=forms, initial=start
    )
    title = CASE_STEP.label(kind, lang())
    return act_page(
        request,
        case,
        form,
        title,
        check=lambda: check_step(case, form.draft()),
        do=lambda: take_step(case, form.draft(), by=request.user),
        done=_("Đã ghi: %(step)s.") % {"step": title.lower()},
        lead=_lead(kind),
        template="cases/step.html",
        kind=kind,
        day=vote_day(today()),
        needed=[
            (DISCIPLINE_FORM.label(code, lang()), needed_of(majority_of(code, today()), 20)) for code in forms
        ]
        if kind == "voted"
        else [],
        forms_rule=f"disc.forms.{standing}",
        today=today(),
    )


def _lead(kind: str) -> str:
    return {
        "explained": _("Chỉ ghi ngày nhận; không ghi nội dung trình bày."),
        "voted": _("Chỉ ghi số phiếu đếm được; không ghi ai bỏ phiếu thế nào."),
        "decided": _(
            "Khai trừ ghi luôn việc ra khỏi danh sách, cách chức ghi luôn việc thôi chức vụ; "
            "xếp loại và huy hiệu tính theo ngay."
        ),
        "suspended": _("Đảng viên được ghi là đình chỉ sinh hoạt trong sổ từ ngày này."),
    }.get(kind, "")


@gate(WRITE)
def step_void(request: HttpRequest, identity: UUID, pk: int) -> HttpResponse:
    """Take back a step, with what it wrote."""
    case = own_case(request, identity)
    row = get_for_user(current(CaseStep.objects.filter(case=case.identity)), pk=pk)
    form = ReasonForm(request.POST or None, user=request.user)
    said = f"{CASE_STEP.label(row.kind, lang())}, {format_date(row.on)}"
    return act_page(
        request,
        case,
        form,
        _("Hủy bước"),
        do=lambda: void_step(case, row, reason=form.cleaned_data["reason"], by=request.user),
        done=_("Đã hủy bước và những gì bước đó đã ghi."),
        submit=_("Hủy bước"),
        lead=said,
    )
