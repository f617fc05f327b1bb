"""The report page: download the year-end report, and keep the office's own Word template."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.acts import log_reading
from tongket.books.models import FigureBook
from tongket.books.queries import visible_books
from tongket.books.standing import standing_of
from tongket.core.problems import Refused
from tongket.organisations.queries import may, visible_to
from tongket.reports.acts import upload_template, withdraw_template
from tongket.reports.exchange.keys import own_fingerprint
from tongket.reports.models import ReportTemplate
from tongket.reports.news import can_be_told
from tongket.reports.pack import build_pack
from tongket.reports.queries import template_content, template_in_use, templates_of
from tongket.reports.word.language import TemplateRefused
from tongket.ui.context import ViewContext, view_context
from tongket.ui.forms import UserForm, problems_to_form
from tongket.ui.gate import gate, get_for_user, held_verbs
from tongket.ui.shell.errors import BadInput, Missing

BY_BOOK = "theo_so"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Kinds of file of a pack: ending -> content type.
KINDS = {
    "docx": WORD_TYPE,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xbrl": "application/zip",
    "zip": "application/zip",
}


class TemplateForm(UserForm):
    """An office's own template: a name and a .docx."""

    name = forms.CharField(label=gettext_lazy("Tên mẫu"), max_length=150)
    content = forms.FileField(
        label=gettext_lazy("Tệp Word (.docx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=gettext_lazy("Mẫu được thử ngay với số liệu của tổ chức; chỗ nào sai sẽ được chỉ ra."),
    )


@gate("report.read")
def report_page(request: HttpRequest) -> HttpResponse:
    """Choose and download the report of the organisation for the period."""
    view = view_context(request, "report.read")
    return _page(request, view, TemplateForm(user=request.user))


@gate("report.read")
def report_file(request: HttpRequest, kind: str) -> HttpResponse:
    """One file of the report pack, made now from the records."""
    view = view_context(request, "report.read")
    if kind not in KINDS:
        raise Missing(_("Báo cáo có các dạng Word, Excel, PDF, JSON, CSV, xBRL-JSON và gói có chữ ký."))
    book = _book(view, request) if request.GET.get(BY_BOOK) == "1" else None
    try:
        files = build_pack(
            view.organisation,
            view.period,
            as_at=view.as_at,
            as_known_at=view.as_known_at,
            base_url=request.build_absolute_uri("/").rstrip("/"),
            viewer=request.user,
            book=book,
            kinds=(kind,),
        )
    except TemplateRefused as refused:
        raise BadInput(
            _(
                "Mẫu đang dùng của tổ chức không còn dùng được: %(why)s Hãy thôi dùng mẫu đó hoặc tải lên mẫu đã sửa."
            )
            % {"why": " ".join(refused.problems)}
        ) from refused
    except Refused as refused:
        raise BadInput(" ".join(problem.message for problem in refused.problems)) from refused
    log_reading(
        "reports.download",
        by=request.user,
        subject=view.organisation,
        organisation=view.organisation,
        period=view.period.code,
        kind=kind,
        **({} if book is None else {"digest": book.digest}),
    )
    ((name, content),) = files.items()
    return _download(content, name, KINDS[kind])


@gate("report.read")
def template_file(request: HttpRequest) -> HttpResponse:
    """The template in use, or the built-in one, to be edited in Word."""
    view = view_context(request, "report.read")
    return _download(
        template_content(view.organisation, view.as_at),
        f"mau-bao-cao-{view.organisation.code}.docx",
        WORD_TYPE,
    )


@gate("report.write", methods=("POST",))
def template_upload(request: HttpRequest) -> HttpResponse:
    """Take a template, tried with the organisation's own figures; what is wrong with it is listed at the file."""
    view = view_context(request, "report.write")
    form = TemplateForm(request.POST, request.FILES, user=request.user)
    if form.is_valid():
        try:
            upload_template(
                view.organisation,
                name=form.cleaned_data["name"],
                content=form.cleaned_data["content"].read(),
                by=request.user,
                period=view.period,
            )
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã nhận mẫu. Báo cáo từ nay dùng mẫu này."))
            return redirect(reverse("web:reports") + view.query())
    return _page(request, view, form, status=422)


@gate("report.write", methods=("POST",))
def template_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop using a template; the one before it, or the built-in one, is used again."""
    mine = ReportTemplate.objects.filter(organisation__in=visible_to(request.user, "report.write"))
    template = get_for_user(mine.select_related("organisation"), pk=pk)
    withdraw_template(template, by=request.user)
    messages.success(request, _("Đã thôi dùng mẫu “%(name)s”.") % {"name": template.name})
    return redirect(f"{reverse('web:reports')}?to_chuc={template.organisation.code}")


def _book(view: ViewContext, request: HttpRequest) -> FigureBook:
    """The standing book of the organisation and period, which the user may read; else 404."""
    mine = visible_books(request.user).defer(None).filter(voided_at__isnull=True)
    return get_for_user(mine, organisation=view.organisation, period=view.period.code)


def _page(request: HttpRequest, view: ViewContext, form: TemplateForm, status: int = 200) -> HttpResponse:
    in_use = template_in_use(view.organisation)
    own = visible_books(request.user).filter(organisation=view.organisation, period=view.period.code)
    book = own.filter(voided_at__isnull=True).first()
    shown: dict[str, Any] = {
        "view": view,
        "form": form,
        "told": can_be_told(view.period),
        "book": book,
        "book_standing": standing_of(book),
        "by_book": view.query(theo_so="1"),
        "book_kinds": (("docx", "Word"), ("xlsx", "Excel"), ("pdf", "PDF"), ("zip", _("Gói có chữ ký"))),
        "files": {kind: reverse("web:report_file", args=[kind]) + view.query() for kind in KINDS},
        "fingerprint": _fingerprint(),
        "templates": templates_of(view.organisation),
        "in_use": in_use,
        "may_write": "report.write" in held_verbs(request)
        and may(request.user, "report.write", view.organisation),
    }
    return render(request, "web/reports.html", shown, status=status)


def _fingerprint() -> str:
    """That of the key which signs packages; "" when its file is spoilt, which the download then says."""
    try:
        return own_fingerprint()
    except Refused:
        return ""


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
