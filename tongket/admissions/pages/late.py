"""What is late and on whose desk it is, and what comes due."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.admissions.deadlines.limits import alert_days
from tongket.admissions.deadlines.queries import PersonDeadline, alerted, deadlines_of, late_ones
from tongket.admissions.pages.common import crumbs, line_of, tabs
from tongket.audit.acts import log_reading
from tongket.core.dates import today
from tongket.core.judging import DEADLINE, DESK
from tongket.ui.context import view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import lang, spoken


@gate("admission.read")
def late(request: HttpRequest) -> HttpResponse:
    """Deadlines that have passed, by desk, and those within the days of reminding; all of them to Excel."""
    view, day = view_context(request, "admission.read"), today()
    found = deadlines_of(view.organisation, day, user=request.user)
    passed, coming = late_ones(found, day), alerted(found, day)
    title = _("Hạn và việc chậm")
    if request.GET.get(EXPORT) == "xlsx":
        log_reading(
            "candidate.export",
            by=request.user,
            subject=view.organisation,
            organisation=view.organisation,
            rows=len(passed) + len(coming),
        )
        return workbook_response(_workbook(title, view.organisation.name, [*passed, *coming]), title)
    desks = Counter(one.deadline.desk for one in passed)
    asked = request.GET.get("o", "")
    shown = {
        "view": view,
        "day": day,
        "title": title,
        "tabs": tabs("admissions:late"),
        "desks": [(code, spoken(text), desks[code]) for code, text in DESK.choices if desks[code]],
        "asked": asked,
        "late": [
            (one, line_of(one.deadline, day), href_of(one))
            for one in passed
            if asked in ("", one.deadline.desk)
        ],
        "late_count": len(passed),
        "coming": _by_mark(coming),
        "marks": alert_days(day),
        "crumbs": crumbs((title, "")),
    }
    return render(request, "admissions/late.html", shown)


def _by_mark(coming: list[PersonDeadline]) -> list[tuple[int, list[Any]]]:
    """Those coming due under the nearest mark each has reached, the most urgent first."""
    day = today()
    groups: dict[int, list[Any]] = {}
    for one in coming:
        mark = one.deadline.alert(day)
        if mark is not None:
            groups.setdefault(mark, []).append((one, line_of(one.deadline, day), href_of(one)))
    return sorted(groups.items())


def href_of(one: PersonDeadline) -> str:
    """The page of the person."""
    if one.candidate is not None:
        return reverse("admissions:candidate", args=[one.candidate.pk])
    return reverse("admissions:probationer", args=[one.member.uid]) if one.member else ""


def _workbook(title: str, where: str, found: list[PersonDeadline]) -> bytes:
    day = today()
    columns = [
        Column(_("Họ và tên"), 28),
        Column(_("Chi bộ"), 40),
        Column(_("Việc phải làm"), 36),
        Column(_("Hạn"), 14, "date"),
        Column(_("Còn, chậm"), 26),
        Column(_("Đang ở"), 40),
        Column(_("Từ ngày"), 14, "date"),
        Column(_("Căn cứ"), 50),
    ]
    cells = []
    for one in found:
        line = line_of(one.deadline, day)
        cells.append(
            (
                one.person,
                one.organisation.name,
                DEADLINE.label(one.deadline.kind, lang()),
                one.deadline.last,
                line.when,
                one.desk_body,
                one.deadline.desk_since,
                line.basis,
            )
        )
    return list_workbook(title, where, columns, cells)
