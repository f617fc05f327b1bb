"""The page of the statistics, its Excel file, and the list behind each number."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.acts import log_reading
from tongket.core.dates import today
from tongket.core.judging import INSPECTION_KIND, INSPECTION_SUBJECT
from tongket.core.periods import Kind as PeriodKind
from tongket.core.periods import Period, period_at
from tongket.inspections.programmes.models import ProgrammeItem
from tongket.inspections.programmes.subjects import acting_name
from tongket.inspections.running.models import Finding, Inspection, InspectionObject
from tongket.inspections.running.views import tabs_of
from tongket.inspections.statistics.counting import COLUMNS, Line, Table, lines_of, listed, tabulate
from tongket.rules.catalogue import NoRuleInForce, sequence
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.records.lists import below
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.shell.errors import BadInput
from tongket.ui.templatetags.ui import lang, spoken

NAMES: dict[str, Any] = {
    "planned": gettext_lazy("Theo chương trình"),
    "done": gettext_lazy("Đã kết luận"),
    "unplanned": gettext_lazy("Trong đó ngoài chương trình"),
    "organisations": gettext_lazy("Tổ chức đảng được kiểm tra, giám sát"),
    "members": gettext_lazy("Đảng viên được kiểm tra, giám sát"),
    "shortcomings": gettext_lazy("Đối tượng có khuyết điểm"),
    "violations": gettext_lazy("Đối tượng có vi phạm"),
    "asked": gettext_lazy("Việc phải khắc phục"),
    "remedied": gettext_lazy("Đã khắc phục xong"),
}


def _table(request: HttpRequest) -> tuple[ViewContext, Table]:
    view = view_context(request, "inspection.read")
    day = min(view.period.end, today()) if view.period.start <= today() else view.period.end
    return view, tabulate(request.user, below(view.organisation, view.period), view.period, day)


@gate("inspection.read")
def statistics(request: HttpRequest) -> HttpResponse:
    """Acting bodies and kinds against what was planned, done, found and put right; all to Excel."""
    view, table = _table(request)
    lines = lines_of(table)
    title = _("Thống kê kiểm tra, giám sát %(period)s") % {"period": view.period.label(lang())}
    if request.GET.get(EXPORT) == "xlsx":
        log_reading(
            "inspection.export",
            by=request.user,
            subject=view.organisation,
            organisation=view.organisation,
            period=view.period.code,
        )
        return workbook_response(_workbook(title, view, lines), title)
    shown = {
        "view": view,
        "title": title,
        "crumbs": [(_("Kiểm tra, giám sát"), reverse("inspections:inspection_list")), (_("Thống kê"), "")],
        "tabs": tabs_of(request, "inspections:statistics"),
        "columns": [(name, NAMES[name]) for name in COLUMNS],
        "lines": [
            (
                line,
                *_words(line),
                [(name, NAMES[name], n) for name, n in zip(COLUMNS, line.numbers, strict=True)],
            )
            for line in lines
        ],
        "periods": _periods(view.period),
        "any": bool(table),
    }
    return render(request, "inspections/statistics.html", shown)


def _words(line: Line) -> tuple[str, bool]:
    """The line's name, and whether it is a sum."""
    if line.kind:
        return INSPECTION_KIND.label(line.kind, lang()), False
    return (INSPECTION_SUBJECT.label(line.subject, lang()) if line.subject else _("Tổng số")), True


def _periods(here: Period) -> list[tuple[str, str, bool]]:
    """The periods for which the statistics are asked (rule `insp.stats`), around the day looked at."""
    try:
        wanted = [str(kind) for kind in sequence("insp.stats", here.end)]
    except NoRuleInForce:
        wanted = ["month", "quarter", "half", "nine_months", "year", "term"]
    found = []
    for kind in wanted:
        period = period_at(PeriodKind(kind), here.end)
        if period is not None:
            found.append((period.code, period.label(lang()), period == here))
    return found


def _workbook(title: str, view: ViewContext, lines: list[Line]) -> bytes:
    columns = [Column(_("Chủ thể"), 34), Column(_("Loại"), 40)]
    columns += [Column(str(NAMES[name]), 16, "int") for name in COLUMNS]
    cells = [
        (
            INSPECTION_SUBJECT.label(line.subject, lang()) if line.subject else _("Tổng số"),
            INSPECTION_KIND.label(line.kind, lang()) if line.kind else "",
            *line.numbers,
        )
        for line in lines
    ]
    return list_workbook(title, view.organisation.name, columns, cells)


@gate("inspection.read")
def statistics_list(request: HttpRequest) -> HttpResponse:
    """The records behind one number of the table."""
    column = request.GET.get("cot", "")
    subject, kind = request.GET.get("chu_the", ""), request.GET.get("loai", "")
    if column not in COLUMNS:
        raise BadInput(_("Không có cột này. Hãy mở từ trang thống kê."))
    view, table = _table(request)
    rows = listed(table, column, subject, kind)
    if any(getattr(row, "member_id", None) for row in rows):
        log_reading(
            "inspection.records",
            by=request.user,
            subject=view.organisation,
            organisation=view.organisation,
            period=view.period.code,
        )
    title = _("%(what)s, %(period)s") % {"what": NAMES[column], "period": view.period.label(lang())}
    shown = {
        "view": view,
        "title": title,
        "crumbs": [
            (_("Kiểm tra, giám sát"), reverse("inspections:inspection_list")),
            (_("Thống kê"), reverse("inspections:statistics") + view.query()),
            (str(NAMES[column]), ""),
        ],
        "rows": [_line(row) for row in rows],
    }
    return render(request, "inspections/statistics_list.html", shown)


def _line(row: Any) -> tuple[str, str, str, Any, str]:
    """(acting body, kind, whom or what, day, address) of a record of any of the columns."""
    if isinstance(row, ProgrammeItem):
        owner = row.programme
        acting = acting_name(owner.organisation, owner.subject, owner.body)
        href = reverse("inspections:programme", args=[owner.pk])
        kind = spoken(row.get_kind_display())
        return acting, kind, f"{row.content} ({row.objects_text})", row.planned_on, href
    inspection = row if isinstance(row, Inspection) else row.inspection
    acting = acting_name(inspection.organisation, inspection.subject, inspection.body)
    href = reverse("inspections:inspection", args=[inspection.pk])
    what = inspection.content
    if isinstance(row, InspectionObject | Finding):
        what = str(row.member) if row.member_id else row.organisation.name
    if isinstance(row, Finding):
        what += f": {spoken(row.get_kind_display()).lower()}"
    return acting, spoken(inspection.get_kind_display()), what, inspection.concluded_on, href
