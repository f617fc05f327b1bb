"""Who stands behind the change of row D of form 1: people for whoever may read the register, numbers for others."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.members.queries import visible_to
from tongket.reports.statistics.differences import TOTAL, Difference, Differences, Person, differences
from tongket.reports.statistics.workbook import form_facts, form_workbook
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, PER_PAGE, workbook_response
from tongket.ui.shell.errors import Forbidden, Missing
from tongket.ui.tables import PAGE
from tongket.web.figure_pages.official import form_of, form_title
from tongket.web.rights import verbs_at

#: Which comparison the list shows: ``?so_voi=so-chot`` that with the locked book, else that with last year.
WITH, LOCKED = "so_voi", "so-chot"


@gate("figure.read")
def form_differences(request: HttpRequest, number: str) -> HttpResponse:
    """Row D against last year's, person by person; with ``xuat=bieu`` the form with a sheet of these people."""
    view = view_context(request)
    asked = form_of(number)
    if asked.carried is None:
        raise Missing(_("Chỉ biểu 1 có dòng D để so với năm trước."))
    may = "member.read" in verbs_at(view.user, view.organisation)
    found = differences(
        view.organisation, view.period, as_at=view.as_at, as_known_at=view.as_known_at, people=may
    )
    if request.GET.get(EXPORT):
        return _export(view, asked, found, may)
    locked = request.GET.get(WITH) == LOCKED and found.since_locked is not None
    chosen = found.since_locked if locked else found.since_last_year
    shown: dict[str, Any] = {
        "view": view,
        "form": asked,
        "found": found,
        "chosen": chosen,
        "locked": locked,
        "may": may,
        "with": WITH,
        "locked_name": LOCKED,
    }
    if chosen is not None and may:
        page = Paginator(_rows(chosen), PER_PAGE).get_page(request.GET.get(PAGE))
        shown |= {"pages": page, "rows": _linked(view.user, page.object_list)}
    return render(request, "web/form_differences.html", shown)


def _rows(chosen: Difference) -> list[tuple[bool, Person]]:
    return [(True, one) for one in chosen.came_people] + [(False, one) for one in chosen.gone_people]


def _linked(user: Any, rows: Any) -> list[tuple[bool, Person, bool]]:
    """With whether the person's file is the reader's to open."""
    keys = {person.member.pk for _came, person in rows}
    mine = set(visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return [(came, person, person.member.pk in mine) for came, person in rows]


def _export(view: ViewContext, asked: Any, found: Differences, may: bool) -> HttpResponse:
    if not may:
        raise Forbidden(_("Danh sách người chỉ dành cho người được giao xem sổ đảng viên của tổ chức này."))
    facts = form_facts(
        view.organisation,
        view.period,
        [asked],
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        viewer=view.user,
    )
    shown = [one for one in (found.since_last_year, found.since_locked) if one is not None]
    log_reading(
        "figure.export",
        by=view.user,
        subject=view.organisation,
        organisation=view.organisation,
        indicator=TOTAL,
        period=view.period.code,
        rows=sum(one.came + one.gone for one in shown),
    )
    return workbook_response(form_workbook(facts, [asked], differences=found), form_title(view, asked))
