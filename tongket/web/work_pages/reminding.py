"""The log of reminders, and the rules by which letters go out."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.obligations.acts import set_reminder_days
from tongket.obligations.queries import own_organisations
from tongket.obligations.reminders import (
    AUTOMATIC,
    DEFAULT_DAYS,
    own_days,
    reminders_seen_by,
    schedule,
)
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.ui.gate import gate, get_for_user, held_verbs
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.records.pages import form_page
from tongket.ui.sheets import Column, list_workbook
from tongket.web.work_pages.common import WRITE, run, tabs
from tongket.web.work_pages.forms import RemindersForm
from tongket.web.work_pages.giving import askers_among

PER_PAGE = 50


@gate("obligation.read")
def reminders(request: HttpRequest) -> HttpResponse:
    """Who was reminded of what, when, by whom or by letter; all rows to Excel."""
    rows = reminders_seen_by(request.user)
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(rows)
    shown = {
        "title": _("Nhật ký đôn đốc"),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", 1)),
        "automatic": AUTOMATIC,
        "tabs": tabs(request, "obligations:reminders"),
        "may_write": WRITE in held_verbs(request),
    }
    return render(request, "work/reminders.html", shown)


@gate(WRITE)
def reminder_days(request: HttpRequest) -> HttpResponse:
    """On which days before and after a deadline an organisation's people are reminded by letter."""
    organisation = _organisation(request)
    own = own_days(organisation)
    start = {f"days_{kind or 'all'}": ", ".join(f"{day:+d}" for day in days) for kind, days in own.items()}
    form = RemindersForm(request.POST or None, initial=start)
    back = reverse("obligations:reminders")
    if request.method == "POST":
        answer = run(
            request,
            form,
            lambda: set_reminder_days(organisation, form.days(), by=request.user),
            done=_("Đã ghi ngày nhắc của %(name)s.") % {"name": organisation.name},
            back=back,
        )
        if answer is not None:
            return answer
    crumbs = [(_("Việc đến hạn"), reverse("obligations:due")), (_("Nhật ký đôn đốc"), back)]
    return form_page(
        request,
        form,
        _("Ngày nhắc việc"),
        crumbs=crumbs,
        cancel=back,
        template="work/reminder_days.html",
        organisation=organisation,
        source=_source(organisation, bool(own)),
        defaults=", ".join(f"{day:+d}" for day in DEFAULT_DAYS),
    )


def _organisation(request: HttpRequest) -> Organisation:
    seen = visible_to(request.user, WRITE)
    code = request.GET.get("cua", "").strip()
    if code:
        return get_for_user(seen, code=code)
    return askers_among(own_organisations(request.user, WRITE))[0]


def _source(organisation: Organisation, own: bool) -> str:
    """Whose days hold when the organisation has none of its own."""
    if own:
        return ""
    above = schedule().source(organisation.pk)
    return Organisation.objects.get(pk=above).name if above is not None else ""


def _workbook(rows: Any) -> HttpResponse:
    columns = [
        Column(_("Ngày"), 13, "date"),
        Column(_("Tổ chức"), 40),
        Column(_("Việc"), 50),
        Column(_("Hạn"), 13, "date"),
        Column(_("Người đôn đốc"), 26),
        Column(_("Nội dung"), 40),
    ]
    lines = (
        [
            one.on,
            one.obligation.organisation.name,
            one.obligation.demand.title,
            one.obligation.deadline,
            _("Thư tự động") if one.origin == AUTOMATIC else str(one.recorded_by or ""),
            one.text,
        ]
        for one in rows.iterator(chunk_size=2000)
    )
    title = _("Nhật ký đôn đốc")
    said = _("Mọi lần đôn đốc trong phạm vi được giao cho bạn")
    return workbook_response(list_workbook(title, said, columns, lines), title)
