"""One figure over the years, as it was and carried across to today's structure."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tongket.core.dates import format_date, today
from tongket.core.periods import Period
from tongket.figures.queries import last_periods
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Indicator
from tongket.organisations.queries import visible_to
from tongket.reforms.series.across import Across, Then, as_it_was, carriable, carried_across
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, Part, lists_workbook
from tongket.ui.shell.errors import Missing
from tongket.ui.templatetags.ui import in_cell, indicator_name

FIGURE, YEARS = "so", "so_ky"
_DEFAULT, _MOST, _USUAL = "members.total", 10, 4


@gate("figure.read")
def series(request: HttpRequest) -> HttpResponse:
    """The table of a figure: rows are the units of then and of today, columns the periods."""
    view = view_context(request)
    indicator = _indicator(request)
    periods = last_periods(view.period, _count(request))
    on = min(view.as_at, today())
    across = carried_across(
        view.organisation, [indicator.id], periods, on=on, as_at=view.as_at, as_known_at=view.as_known_at
    )
    then = as_it_was(
        across.structure,
        [indicator.id],
        periods,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        readable=visible_to(request.user, "figure.read"),
    )
    carried = _carried_rows(across, indicator)
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(view, indicator, periods, carried, _then_rows(then, periods, indicator))
    shown = {
        "view": view,
        "title": _("Số liệu qua các lần sắp xếp"),
        "indicator": indicator,
        "indicators": _choices(),
        "periods": periods,
        "count": len(periods),
        "counts": range(2, _MOST + 1),
        "day": on,
        "carried": carried,
        "then": _then_rows(then, periods, indicator),
    }
    return render(request, "reforms/series.html", shown)


def _indicator(request: HttpRequest) -> Indicator:
    found = INDICATORS.get(request.GET.get(FIGURE, "") or _DEFAULT)
    if found is None or not carriable(found):
        raise Missing(_("Không có số liệu này, hoặc số liệu này không đưa được về cơ cấu khác."))
    return found


def _count(request: HttpRequest) -> int:
    text = request.GET.get(YEARS, "")
    return min(max(int(text), 2), _MOST) if text.isascii() and text.isdigit() and len(text) < 4 else _USUAL


def _choices() -> list[tuple[str, str]]:
    return [(one.id, indicator_name(one)) for one in INDICATORS.values() if carriable(one)]


def _carried_rows(across: Across, indicator: Indicator) -> list[dict[str, Any]]:
    """Today's units, then the organisation itself and what cannot be divided (where there is any), then the whole."""
    rows: list[dict[str, Any]] = [
        {
            "name": unit.name,
            "code": unit.code,
            "cells": [one.units[unit.id][indicator.id] for one in across.periods],
        }
        for unit in across.structure.units
    ]
    for name, cells in (
        (_("Tại chính tổ chức này"), [one.own[indicator.id] for one in across.periods]),
        (
            _("Chưa chia được (tổ chức đã tách về nhiều nơi)"),
            [one.undivided[indicator.id] for one in across.periods],
        ),
    ):
        if any(figure.records for figure in cells):
            rows.append({"name": name, "code": "", "cells": cells})
    rows.append(
        {
            "name": _("Toàn %(name)s") % {"name": across.structure.organisation.name},
            "code": across.structure.organisation.code,
            "cells": [one.total[indicator.id] for one in across.periods],
            "total": True,
        }
    )
    return rows


def _then_rows(then: list[Then], periods: list[Period], indicator: Indicator) -> list[dict[str, Any]]:
    """Each organisation that was asked's own, with its children of then; an empty cell where it was not there."""
    groups: dict[int, dict[str, Any]] = {}
    for one in then:
        group = groups.setdefault(
            one.organisation.pk, {"organisation": one.organisation, "by": {}, "names": {}}
        )
        group["by"][one.period.code] = one
        group["names"].update({pk: one.names.get(pk, "") for pk in one.children})
    found = []
    for group in groups.values():
        by: dict[str, Then] = group["by"]
        rows = [
            {"name": name, "cells": [_cell(by.get(p.code), pk, indicator) for p in periods]}
            for pk, name in sorted(group["names"].items(), key=lambda item: item[1])
        ]
        rows = [row for row in rows if any(cell is not None and cell.records for cell in row["cells"])]
        total = [by[p.code].total[indicator.id] if p.code in by else None for p in periods]
        found.append({"organisation": group["organisation"], "rows": rows, "total": total})
    return found


def _cell(then: Then | None, child: int, indicator: Indicator) -> Any:
    return then.children[child][indicator.id] if then is not None and child in then.children else None


def _workbook(
    view: ViewContext,
    indicator: Indicator,
    periods: list[Period],
    carried: list[dict[str, Any]],
    then: list[dict[str, Any]],
) -> HttpResponse:
    """A sheet for the figure on today's structure, and one for each organisation as it was."""
    columns = [Column(_("Tổ chức"), 44), *(Column(period.code, 14, "number") for period in periods)]
    name = indicator_name(indicator)
    day = format_date(min(view.as_at, today()))
    said = _("%(name)s, theo cơ cấu ngày %(day)s") % {"name": name, "day": day}
    sheets = [Part(_("Trên cơ cấu hiện nay"), said, columns, [_line(row) for row in carried])]
    for group in then:
        said = _("%(name)s, như lúc ấy: %(who)s") % {"name": name, "who": group["organisation"].name}
        whole = {"name": _("Toàn tổ chức"), "cells": group["total"]}
        lines = [_line(row) for row in (*group["rows"], whole)]
        sheets.append(
            Part(_("Như lúc ấy, %(code)s") % {"code": group["organisation"].code}, said, columns, lines)
        )
    title = _("Số liệu qua các lần sắp xếp")
    return workbook_response(lists_workbook(title, sheets), title)


def _line(row: dict[str, Any]) -> list[Any]:
    return [row["name"], *(in_cell(figure) if figure else None for figure in row["cells"])]
