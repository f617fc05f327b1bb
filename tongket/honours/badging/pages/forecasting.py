"""The forecast of badges for ten years: table, chart, and the names behind a number."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core.dates import format_date, parse_date, today
from tongket.honours.badging.forecast import YEARS, Forecast, coming_days, forecast, names
from tongket.honours.badging.pages.views import tabs
from tongket.members.queries import visible_to as visible_members
from tongket.rules.badges import money
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate, held_verbs
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.shell.errors import BadInput
from tongket.ui.templatetags.ui import lang

MOST_NAMES = 500


@gate("honour.read")
def forecast_page(request: HttpRequest) -> HttpResponse:
    """Badges of the coming ten years by year, award day and mark; `?dot=…&muc=…` lists who they are."""
    view = view_context(request, "honour.read")
    start = today()
    if request.GET.get("dot"):
        return _names(request, view, start)
    made = forecast(view.organisation, start)
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(view, made)
    shown = {
        "view": view,
        "title": _("Dự báo Huy hiệu Đảng"),
        "tabs": tabs(request, "honours:forecast"),
        "forecast": made,
        "years": YEARS,
        "start": start,
        "rows": _rows(made, view),
        "totals": [sum(n for (_day, m), n in made.own.items() if m == mark) for mark in made.marks],
        "total": sum(made.own.values()),
        "child_rows": _child_rows(made, view),
        "chart": reverse("honours:forecast_chart") + view.query(),
    }
    return render(request, "honours/forecast.html", shown)


def _href(view: ViewContext, day: date, mark: int) -> str:
    return reverse("honours:forecast") + view.query(dot=f"{day:%Y-%m-%d}", muc=mark)


def _rows(made: Forecast, view: ViewContext) -> list[dict[str, Any]]:
    """One row an award day, years marked where they begin."""
    rows, year = [], 0
    for day in made.days:
        cells = [(n := made.own[day, mark], _href(view, day, mark) if n else "") for mark in made.marks]
        rows.append(
            {
                "day": day,
                "new_year": day.year != year,
                "year_total": sum(n for (d, _mark), n in made.own.items() if d.year == day.year),
                "cells": cells,
                "total": sum(number for number, _address in cells),
            }
        )
        year = day.year
    return rows


def _child_rows(made: Forecast, view: ViewContext) -> list[dict[str, Any]]:
    """One row a child, one column a year; the name leads to the child's own forecast."""
    rows = []
    for pk, code, name in made.children:
        by_year = [
            sum(n for (day, _mark), n in made.by_child[pk].items() if day.year == year) for year in made.years
        ]
        own = pk == made.organisation.pk
        address = "" if own else reverse("honours:forecast") + view.query(organisation=code)
        rows.append({"name": name, "href": address, "cells": by_year, "total": sum(by_year)})
    return rows


def _names(request: HttpRequest, view: ViewContext, start: date) -> HttpResponse:
    day = parse_date(request.GET["dot"])
    mark = request.GET.get("muc", "")
    if day not in coming_days(start) or not mark.isdecimal() or len(mark) > 3:
        raise BadInput(
            _("Đợt hoặc mức này không có trong dự báo. Hãy mở lại trang dự báo và bấm vào một số.")
        )
    rows = names(view.organisation, start, day, int(mark))
    log_reading(
        "badge_proposal.records",
        by=request.user,
        subject=view.organisation,
        organisation=view.organisation,
        rows=len(rows),
        on=day,
    )
    linked: set[int] = set()
    if "member.read" in held_verbs(request):
        ids = [row.member_id for row in rows[:MOST_NAMES]]
        linked = set(visible_members(request.user).filter(pk__in=ids).values_list("pk", flat=True))
    shown = {
        "view": view,
        "title": _("Dự kiến Huy hiệu %(mark)s năm, đợt %(day)s")
        % {"mark": mark, "day": format_date(day, lang())},
        "crumbs": [(_("Dự báo"), reverse("honours:forecast") + view.query()), (format_date(day), "")],
        "rows": [(row, row.member_id in linked) for row in rows[:MOST_NAMES]],
        "count": len(rows),
        "cut": max(0, len(rows) - MOST_NAMES),
    }
    return render(request, "honours/forecast_names.html", shown)


@gate("honour.read")
def forecast_chart(request: HttpRequest) -> HttpResponse:
    """The forecast as a chart: badges by year, the marks in bands."""
    view = view_context(request, "honour.read")
    made = forecast(view.organisation, today())
    rows = [
        {"nam": str(r["nam"]), "muc": _band(r["muc"]), "thu_tu": r["muc"], "so": r["so"]}
        for r in made.chart_rows()
    ]
    if not rows:
        return JsonResponse({})
    year = {"field": "nam", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    spec = {
        "description": _("Số Huy hiệu dự kiến theo năm và mức"),
        "data": {"values": rows},
        "width": "container",
        "height": 260,
        "mark": {"type": "bar"},
        "encoding": {
            "x": year,
            "y": {"field": "so", "type": "quantitative", "aggregate": "sum", "title": None},
            "color": {
                "field": "muc",
                "type": "nominal",
                "title": _("Mức"),
                "sort": [_band(30), _band(40), _band(50), _band(60)],
            },
            "tooltip": [
                {"field": "nam", "title": _("Năm")},
                {"field": "muc", "title": _("Mức")},
                {"field": "so", "aggregate": "sum", "title": _("Số Huy hiệu")},
            ],
        },
    }
    return JsonResponse(spec)


def _band(mark: int) -> str:
    """Four bands, as many as the page has colours that print apart."""
    if mark < 40:
        return _("30 năm")
    if mark < 50:
        return _("40, 45 năm")
    return _("50, 55 năm") if mark < 60 else _("từ 60 năm")


def _workbook(view: ViewContext, made: Forecast) -> HttpResponse:
    columns = [
        Column("Đợt", 12, "date"),
        Column("Tổ chức", 36),
        Column("Mức (năm)", 10, "int"),
        Column("Số Huy hiệu", 12, "int"),
        Column("Tiền thưởng theo mức hiện hành (đồng)", 24, "number"),
        Column("Ghi chú", 30),
    ]
    rows = []
    for pk, _code, name in made.children:
        for (day, mark), number in sorted(made.by_child[pk].items()):
            if number > 0:
                sums = money([mark] * number, made.start)
                unknown = "chưa có mức trong quy định đã biết" if sums.unknown else ""
                rows.append([day, name, mark, number, None if sums.unknown else sums.known, unknown])
    title = "Dự báo Huy hiệu Đảng"
    said = f"{view.organisation.name}; giả định không ai từ trần, ra khỏi Đảng, chuyển đi hoặc bị kỷ luật"
    return workbook_response(list_workbook(title, said, columns, rows), f"{title} {view.organisation.code}")
