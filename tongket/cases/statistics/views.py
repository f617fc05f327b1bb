"""The page of statistics and its workbook."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tongket.accounts.duties import duties_with
from tongket.audit.acts import log_reading
from tongket.cases.pages.common import READ, tabs
from tongket.cases.statistics.counts import Row, Statistics, statistics
from tongket.core.codelists import (
    DISCIPLINE_FORM,
    DISCIPLINE_GROUND,
    MEMBER_DISCIPLINE_FORMS,
    ORGANISATION_DISCIPLINE_FORMS,
)
from tongket.core.judging import APPEAL_OUTCOME, CASE_BODY
from tongket.core.periods import Kind
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import assignments_now, gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import lang


@gate(READ)
def page(request: HttpRequest) -> HttpResponse:
    """Discipline of the organisation and period looked at."""
    view = view_context(request, READ)
    whole = _whole(request, view)
    found = statistics(request.user, view.organisation, view.period, whole=whole)
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(request, view, found)
    shown = {
        "title": _("Thống kê kỷ luật"),
        "view": view,
        "tabs": tabs(request, "cases:statistics"),
        "found": found,
        "whole": whole,
        "member_forms": [DISCIPLINE_FORM.label(code, lang()) for code in MEMBER_DISCIPLINE_FORMS],
        "organisation_forms": [DISCIPLINE_FORM.label(code, lang()) for code in ORGANISATION_DISCIPLINE_FORMS],
        "lines": [(_when(row), _cells(row)) for row in found.rows],
        "total": _cells(found.total),
        "grounds": [(DISCIPLINE_GROUND.label(code, lang()), m, o) for code, m, o in found.grounds],
        "levels": [
            (CASE_BODY.label(code, lang()) if code else _("Không có vụ việc, chưa rõ cấp"), m, o)
            for code, m, o in found.levels
        ],
        "outcomes": [
            (APPEAL_OUTCOME.label(code, lang()), found.outcomes[code]) for code in APPEAL_OUTCOME.values
        ],
    }
    return render(request, "cases/statistics.html", shown)


def _whole(request: HttpRequest, view: ViewContext) -> bool:
    """Whether this is an organisation that was given to the reader, for whole years."""
    duties = duties_with(READ)
    given = {one.organisation_id for one in assignments_now(request) if one.duty in duties}
    return view.organisation.pk in given and view.period.kind in (Kind.YEAR, Kind.TERM, Kind.HALF_TERM)


def _when(row: Row) -> str:
    """A month as 03/2023, a year as 2023."""
    start = row.period.start
    return f"{start:%m/%Y}" if row.period.kind is Kind.MONTH else str(start.year)


def _cells(row: Row) -> list[int]:
    """A line in the order of the heads."""
    return [
        *(row.members[code] for code in MEMBER_DISCIPLINE_FORMS),
        row.members.total(),
        row.committee,
        *(row.organisations[code] for code in ORGANISATION_DISCIPLINE_FORMS),
        row.organisations.total(),
        row.opened,
        row.decided,
        row.closed,
    ]


def _workbook(request: HttpRequest, view: ViewContext, found: Statistics) -> HttpResponse:
    columns = [Column(_("Thời gian"), 22)]
    columns += [
        Column(_("ĐV: %(form)s") % {"form": DISCIPLINE_FORM.label(code, lang())}, 12, "int")
        for code in MEMBER_DISCIPLINE_FORMS
    ]
    columns += [Column(_("Đảng viên"), 12, "int"), Column(_("Trong đó cấp ủy viên"), 12, "int")]
    columns += [
        Column(_("TC: %(form)s") % {"form": DISCIPLINE_FORM.label(code, lang())}, 12, "int")
        for code in ORGANISATION_DISCIPLINE_FORMS
    ]
    columns += [
        Column(text, 12, "int")
        for text in (_("Tổ chức"), _("Vụ việc mở"), _("Đã quyết định"), _("Không kỷ luật"))
    ]
    rows: list[list[Any]] = [[_when(row), *_cells(row)] for row in found.rows]
    rows.append([_("Cộng"), *_cells(found.total)])
    sealed: list[Any] = [""] * len(columns)
    sealed[0] = _("Niêm phong, chỉ tính vào tổng")
    sealed[5], sealed[10], sealed[11] = found.sealed_members, found.sealed_organisations, found.sealed_cases
    rows.append(sealed)
    books = view.organisation
    log_reading(
        "case.export",
        by=request.user,
        subject=books,
        organisation=books,
        rows=len(rows),
        period=view.period.code,
    )
    title = _("Thống kê kỷ luật")
    said = f"{view.organisation.name}, {view.period.label(lang())}"
    return workbook_response(list_workbook(title, said, columns, rows), title)
