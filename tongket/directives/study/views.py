"""Pages of study across the tree: a paper's study at each level, the register's numbers of a day, talks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.core.dates import BadDate, format_date, parse_date, today
from tongket.directives.models import Directive
from tongket.directives.queries import visible_directives
from tongket.directives.study.levels import Row, levels_of, study_rows
from tongket.directives.study.queries import members_on
from tongket.indicators.fields import ORGANISATION_KIND
from tongket.organisations.queries import visible_to
from tongket.ui.context import view_context
from tongket.ui.forms import SEPARATOR
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import lang

STATES: dict[str, tuple[Any, str]] = {
    "held": (gettext_lazy("đã tổ chức"), "good"),
    "late": (gettext_lazy("tổ chức chậm"), "warn"),
    "reported": (gettext_lazy("đã báo cáo, chưa ghi lớp"), "warn"),
    "planned": (gettext_lazy("chưa tổ chức, đã có kế hoạch"), ""),
    "overdue": (gettext_lazy("chưa tổ chức, quá hạn"), "bad"),
    "none": (gettext_lazy("chưa tổ chức"), ""),
}


@gate("study.read")
def levels(request: HttpRequest, pk: int) -> HttpResponse:
    """The study of one paper, organisation by organisation, with the sums of each level; all rows to Excel."""
    directive = get_for_user(visible_directives(request.user), pk=pk)
    view = view_context(request, "study.read")
    on = _day(directive, view.as_at)
    rows = study_rows(request.user, directive, on)
    if request.GET.get(EXPORT) == "xlsx":
        title = _("Học tập %(symbol)s ở các cấp") % {"symbol": directive.symbol}
        return workbook_response(_workbook(title, directive, rows, on), title)
    only = request.GET.get("chi", "")
    shown = {
        "view": view,
        "directive": directive,
        "on": on,
        "title": _("Học tập, quán triệt %(symbol)s ở các cấp") % {"symbol": directive.symbol},
        "levels": [
            (level, ", ".join(sorted(ORGANISATION_KIND.label(k, lang()) for k in level.kinds)))
            for level in levels_of(rows)
        ],
        "rows": [(row, *STATES[row.state]) for row in rows if only != "chua" or not row.held],
        "only": only,
        "held": sum(bool(row.held) for row in rows),
        "all": len(rows),
        "crumbs": [
            (_("Văn bản"), reverse("directives:list")),
            (directive.symbol, reverse("directives:detail", args=[directive.pk])),
            (_("Học tập ở các cấp"), ""),
        ],
    }
    return render(request, "directives/study_levels.html", shown)


def _day(directive: Directive, as_at: date) -> date:
    """The day looked at: the period's as-at date, not after today, not before the paper."""
    return max(min(as_at, today()), directive.issued_on)


def _workbook(title: str, directive: Directive, rows: Sequence[Row], on: date) -> bytes:
    columns = [
        Column(_("Tổ chức"), 44),
        Column(_("Cấp"), 8, "int"),
        Column(_("Loại hình"), 24),
        Column(_("Dự kiến"), 12, "date"),
        Column(_("Ngày tổ chức"), 12, "date"),
        Column(_("Hạn"), 12, "date"),
        Column(_("Hình thức"), 22),
        Column(_("Điểm cầu"), 10, "int"),
        Column(_("Phải tham gia"), 12, "int"),
        Column(_("Tham gia"), 12, "int"),
        Column(_("Tỷ lệ"), 10, "percent"),
        Column(_("Tài liệu"), 10, "int"),
        Column(_("Tình trạng"), 28),
    ]
    cells = (
        (
            row.place.name,
            row.place.depth + 1,
            ORGANISATION_KIND.label(row.place.kind, lang()),
            row.planned_on,
            row.held_on,
            row.deadline,
            row.forms,
            row.sites if row.held else None,
            row.entitled if row.held else None,
            row.attended if row.held else None,
            row.share,
            row.papers or None,
            str(STATES[row.state][0]),
        )
        for row in rows
    )
    said = _("Tính đến ngày %(on)s, theo %(paper)s ngày %(issued)s") % {
        "on": format_date(on),
        "paper": directive.symbol,
        "issued": format_date(directive.issued_on),
    }
    return list_workbook(title, said, columns, cells)


@gate("study.write", methods=("GET", "HEAD"))
def suggest(request: HttpRequest) -> HttpResponse:
    """What the register says of an organisation on a day, with a button that fills it in; nothing fills itself."""
    text = request.GET.get("organisation", "").partition(SEPARATOR)[0].strip()
    organisation = visible_to(request.user, "study.write").filter(code=text).first()
    day = _asked_day(request.GET.get("held_on", ""))
    counted = members_on(organisation, day) if organisation is not None and day is not None else None
    shown = {"organisation": organisation, "day": day, "counted": counted}
    return render(request, "directives/study_suggest.html", shown)


def _asked_day(text: str) -> date | None:
    try:
        return parse_date(text)
    except BadDate:
        return None


@gate("study.read")
def talks(_request: HttpRequest) -> HttpResponse:
    """The current-affairs talks: the list of sessions, filtered."""
    return redirect(reverse("directives:study_list") + "?kind=talk")
