"""Who stands behind the change of row D of form 1: people for whoever may read the register, numbers for others."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core.dates import format_date
from tongket.indicators.forms import Form
from tongket.members.queries import visible_to
from tongket.reports.statistics.differences import TOTAL, Difference, Differences, Person, differences
from tongket.reports.statistics.workbook import form_facts, form_workbook, summary
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, PER_PAGE, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.shell.errors import Forbidden, Missing
from tongket.ui.tables import PAGE
from tongket.ui.templatetags.ui import lang, period_name
from tongket.web.figure_pages.official import OFFICIAL, form_of, form_title
from tongket.web.rights import verbs_at

#: Which comparison the list shows: ``?so_voi=so-chot`` that with the locked book, else that with last year.
WITH, LOCKED = "so_voi", "so-chot"
LIST = "xlsx"


@gate("figure.read")
def form_differences(request: HttpRequest, number: str) -> HttpResponse:
    """Row D against last year's, person by person.

    ``xuat=xlsx`` gives the list chosen, ``xuat=bieu`` the form in the official layout with a sheet of these people.
    """
    view = view_context(request)
    asked = form_of(number)
    if asked.carried is None:
        raise Missing(_("Chỉ biểu 1 có dòng D để so với năm trước."))
    may = "member.read" in verbs_at(view.user, view.organisation)
    found = differences(
        view.organisation, view.period, as_at=view.as_at, as_known_at=view.as_known_at, people=may
    )
    locked = request.GET.get(WITH) == LOCKED and found.since_locked is not None
    chosen = found.since_locked if locked else found.since_last_year
    if request.GET.get(EXPORT) in (OFFICIAL, LIST) and chosen is not None:
        if not may:
            raise Forbidden(
                _("Danh sách người chỉ dành cho người được giao xem sổ đảng viên của tổ chức này.")
            )
        if request.GET[EXPORT] == OFFICIAL:
            return _official(view, asked, found)
        return _list(view, chosen, found, locked)
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


def _linked(user: Any, rows: Any) -> list[tuple[bool, Person, str, bool]]:
    """With the reason in the page's language, and whether the person's file is the reader's to open."""
    keys = {person.member.pk for _came, person in rows}
    mine = set(visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    language = lang()
    return [(came, person, person.reason_in(language), person.member.pk in mine) for came, person in rows]


def _log(view: ViewContext, rows: int) -> None:
    log_reading(
        "figure.export",
        by=view.user,
        subject=view.organisation,
        organisation=view.organisation,
        indicator=TOTAL,
        period=view.period.code,
        rows=rows,
    )


def _official(view: ViewContext, asked: Form, found: Differences) -> HttpResponse:
    facts = form_facts(
        view.organisation,
        view.period,
        [asked],
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        viewer=view.user,
    )
    shown = [one for one in (found.since_last_year, found.since_locked) if one is not None]
    _log(view, sum(one.came + one.gone for one in shown))
    return workbook_response(form_workbook(facts, [asked], differences=found), form_title(view, asked))


def _list(view: ViewContext, chosen: Difference, found: Differences, locked: bool) -> HttpResponse:
    columns = [
        Column(_("Họ và tên"), 30),
        Column(_("Mã"), 14),
        Column(_("Thêm, bớt"), 12),
        Column(_("Lý do"), 34),
        Column(_("Ngày"), 13, "date"),
        Column(_("Chi bộ"), 44),
        Column(_("Ghi vào sổ lúc"), 18, "moment"),
    ]
    rows = [
        [
            person.member.full_name,
            person.member.code,
            _("thêm") if came else _("bớt"),
            person.reason_in(lang()),
            person.on,
            person.cell,
            person.recorded_at,
        ]
        for came, person in _rows(chosen)
    ]
    _log(view, len(rows))
    against = (
        _("dòng A so với dòng D trong sổ đã chốt số %(number)s") % {"number": found.book.number}
        if locked and found.book is not None
        else _("dòng D so với dòng D ngày %(day)s") % {"day": format_date(found.last_day)}
    )
    said = _("%(organisation)s, %(period)s: %(against)s; %(sum)s") % {
        "organisation": view.organisation.name,
        "period": period_name(view.period),
        "against": against,
        "sum": summary(chosen),
    }
    title = _("Chênh lệch so với dòng D năm trước")
    return workbook_response(list_workbook(title, said, columns, rows), title)
