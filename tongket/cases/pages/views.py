"""The list of cases, a case opened, corrected and voided. Every reading of a case is logged (`detail.py`)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.cases.acts import check_cases, correct_case, open_case, void_case
from tongket.cases.drafts import CaseDraft
from tongket.cases.pages.common import READ, WRITE, act_page, case_url, own_case, passes, tabs
from tongket.cases.pages.forms import CaseForm
from tongket.cases.pages.tables import CaseFilters, CaseTable
from tongket.cases.queries import hidden_cases, visible_cases
from tongket.core.codelists import DISCIPLINE_GROUND
from tongket.core.problems import Problem, Refused
from tongket.members.pages.records import asked_member
from tongket.organisations.queries import may, visible_to
from tongket.ui.context import ViewContext, view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, held_verbs
from tongket.ui.lists import ListPage, list_response
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.lists import ALL_TIMES, WHEN, below, ever_below
from tongket.ui.records.pages import form_page


@gate(READ)
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that were open at some day of the period; sealed ones that are not the user's are a number only."""
    view = view_context(request, READ)
    rows = visible_cases(request.user).select_related("organisation__parent", "member")
    if request.GET.get(WHEN) == ALL_TIMES:
        rows = rows.filter(organisation__in=ever_below(view.organisation))
    else:
        rows = rows.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=view.period.start),
            organisation__in=below(view.organisation, view.period),
            opened_on__lte=view.period.end,
        )
    new = [(_("Mở vụ việc"), reverse("cases:new"), "plus-lg")] if WRITE in held_verbs(request) else []
    page = ListPage(
        title=_("Vụ việc kỷ luật"),
        queryset=rows,
        table=CaseTable,
        filters=CaseFilters,
        lead=_("Chỉ người được giao nhiệm vụ mới thấy; mỗi lần mở một vụ việc đều ghi vào nhật ký."),
        template="cases/list.html",
        actions=new,
        empty=_("Không có vụ việc nào trong kỳ này. Thử chọn kỳ khác ở đầu trang."),
        on_export=_log_export(request, view),
        # Of the whole scope and not of what is chosen: narrowing the list must not narrow down a sealed case.
        context={
            "view": view,
            "tabs": tabs(request, "cases:list"),
            "hidden": hidden_cases(request.user).count(),
        },
    )
    return list_response(request, page)


def _log_export(request: HttpRequest, view: ViewContext) -> Any:
    def note(rows: int) -> None:
        books = view.organisation
        log_reading(
            "case.export",
            by=request.user,
            subject=books,
            organisation=books,
            rows=rows,
            period=view.period.code,
        )

    return note


@gate(WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Open a case, sealed from the start if need be."""
    view_context(request, WRITE)
    form = CaseForm(request.POST or None, user=request.user, initial=_start(request))
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        try:
            if passes(request, form, _judged(request, draft), {"organisation": _whose(draft)}):
                case = open_case(
                    draft,
                    by=request.user,
                    sealed=form.cleaned_data["sealed"],
                    seal_reason=form.cleaned_data["seal_reason"],
                )
                messages.success(request, _("Đã mở vụ việc."))
                return redirect(case_url(case))
        except Refused as refused:
            problems_to_form(form, refused, {"organisation": _whose(draft)})
    crumbs = [(_("Vụ việc kỷ luật"), reverse("cases:list"))]
    return form_page(
        request,
        form,
        _("Mở vụ việc"),
        cancel=reverse("cases:list"),
        crumbs=crumbs,
        lead=_("Chỉ ghi sự việc và ngày; không ghi lời ai nói, không ghi ai bỏ phiếu thế nào."),
    )


def _start(request: HttpRequest) -> dict[str, Any]:
    """Whom the address names (?dang_vien=, ?ve_to_chuc=), for what (?noi_dung=), and the inspection (?kiem_tra=)."""
    start: dict[str, Any] = asked_member(request, WRITE)
    if not start and (code := request.GET.get("ve_to_chuc", "")):
        body = visible_to(request.user, WRITE).filter(code=code).first()
        start = {"organisation": body} if body else {}
    if (ground := request.GET.get("noi_dung", "")) in DISCIPLINE_GROUND.values:
        start["ground"] = ground
    try:
        found = UUID(request.GET.get("kiem_tra", ""))
    except ValueError:
        return start
    return start | {"source": "inspection", "source_identity": found}


def _whose(draft: CaseDraft) -> str:
    """The field that a finding about the organisation belongs to: of a member's case the cell is not asked."""
    return "member" if draft.member is not None else "organisation"


def _judged(request: HttpRequest, draft: CaseDraft) -> list[Problem]:
    if draft.organisation is None:
        return [
            Problem(
                "member", _("Người này không phải là đảng viên của chi bộ nào vào ngày đó. Hãy sửa ngày.")
            )
        ]
    found = check_cases([draft])
    if not may(request.user, WRITE, draft.organisation):
        said = _("“%(name)s” không thuộc phạm vi được giao cho bạn.") % {"name": draft.organisation.name}
        found.append(Problem("organisation", said))
    return found


@gate(WRITE)
def correct(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Put right what was entered wrongly about a case."""
    case = own_case(request, identity)
    form = CaseForm(request.POST or None, user=request.user, correcting=case)

    def check() -> list[Problem]:
        # Errors are the act's own: it judges without the row that is being replaced.
        found = _judged(request, form.draft())
        return [p for p in found if p.severity == "warning" or p.field == "organisation"]

    return act_page(
        request,
        case,
        form,
        _("Đính chính vụ việc"),
        check=check,
        do=lambda: correct_case(case, form.draft(), reason=form.cleaned_data["why"], by=request.user),
        done=_("Đã đính chính vụ việc; bản ghi cũ được giữ lại."),
        names={"organisation": "member" if case.of_member else "organisation"},
    )


@gate(WRITE)
def void(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Void a case opened by mistake."""
    case = own_case(request, identity)
    form = ReasonForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            void_case(case, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã hủy vụ việc; bản ghi được giữ lại, gạch bỏ."))
            return redirect("cases:list")
    crumbs = [(_("Vụ việc kỷ luật"), reverse("cases:list")), (case.subject_name, case_url(case))]
    title = _("Hủy vụ việc")
    return form_page(request, form, title, cancel=case_url(case), crumbs=crumbs, submit=title)
