"""All targets of an organisation for a period on one page: done, expected by now, status, forecast."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.codelists import TARGET_GIVER
from tongket.core.dates import format_date, today
from tongket.core.pace import Way, span
from tongket.core.periods import Kind, Period, year
from tongket.figures.targets import Below, Progress, ProgressSet, progress, progress_below, summary_of
from tongket.indicators.catalogue import indicator
from tongket.targets.queries import visible_targets
from tongket.targets.views import TABS
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate, held_verbs
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import figure_url, indicator_name, lang, period_name
from tongket.web.target_pages.words import (
    beyond_words,
    forecast_words,
    name_of,
    percent_words,
    status_words,
    value_words,
)

FIGURE = "chi_so"
#: The figure every office has targets for.
DEFAULT_FIGURE = "members.admitted"


@gate("figure.read")
def progress_page(request: HttpRequest) -> HttpResponse:
    """The targets of the organisation and period looked at, as at the asked day, at latest today."""
    view = view_context(request)
    found = progress(
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        targets=visible_targets(request.user, with_voided=True),
        viewer=request.user,
    )
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(view, found)
    counted = summary_of(found.rows)
    shared = _shared_below(view)
    shown = {
        "view": view,
        "title": _("Tiến độ chỉ tiêu"),
        "tabs": tabs(request, view, "targets:progress"),
        "day": found.day,
        "over": span(view.period.start, view.period.end, found.day),
        "elapsed": percent_words(span(view.period.start, view.period.end, found.day).share * 100),
        "summary": counted,
        "rows": [_row(view, row, shared) for row in found.rows],
        "empty": _empty(view),
        "year_href": "" if view.period.kind is Kind.YEAR else view.query(period=_year_of(view)),
        "may_write": "target.write" in held_verbs(request),
        "new": reverse("targets:new") + view.query(),
    }
    return render(request, "targets/progress.html", shown)


def _year_of(view: ViewContext) -> Period:
    return year(min(view.as_at, view.period.end).year)


def _empty(view: ViewContext) -> str:
    return _(
        "Chưa ghi chỉ tiêu nào đúng cho %(period)s của %(organisation)s. Thử chọn kỳ hoặc tổ chức khác ở đầu trang."
    ) % {"period": period_name(view.period), "organisation": view.organisation.name}


def tabs(request: HttpRequest, view: ViewContext, here: str) -> list[tuple[Any, str, bool]]:
    """The sister pages, for the same organisation and period."""
    held = held_verbs(request)
    return [(text, reverse(name) + view.query(), name == here) for text, name, verb in TABS if verb in held]


@gate("figure.read")
def below_page(request: HttpRequest) -> HttpResponse:
    """One target as shared out: how each organisation directly below stands, those furthest behind first."""
    view = view_context(request)
    asked = request.GET.get(FIGURE, "").strip() or DEFAULT_FIGURE
    declared = indicator(asked)
    rows = progress_below(
        view.organisation,
        view.period,
        asked,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        targets=visible_targets(request.user, with_voided=True),
        viewer=request.user,
    )
    held = [row.progress for row in rows if row.progress is not None]
    shown = {
        "view": view,
        "title": indicator_name(declared),
        "crumbs": [(_("Tiến độ chỉ tiêu"), reverse("targets:progress") + view.query()), (_("Đơn vị"), "")],
        "day": min(view.as_at, today()),
        "summary": summary_of(held),
        "over": span(view.period.start, view.period.end, min(view.as_at, today())),
        "rows": [_below_row(view, row, row.progress) for row in rows if row.progress is not None],
        "without": [row.child for row in rows if row.progress is None],
    }
    return render(request, "targets/below.html", shown)


def _below_row(view: ViewContext, row: Below, held: Progress) -> dict[str, Any]:
    return {
        **_row(view, held, frozenset()),
        "child": row.child,
        "figure_href": figure_url(row.figure.indicator.id, _clamped(view), organisation=row.child.code),
        "child_href": reverse("targets:progress") + view.query(organisation=row.child.code),
    }


def _shared_below(view: ViewContext) -> frozenset[str]:
    """The figures whose targets organisations directly below have a part of."""
    parts = visible_targets(view.user).filter(
        organisation__parent=view.organisation, period=view.period.code, giver="above"
    )
    return frozenset(parts.order_by().values_list("indicator", flat=True).distinct())


def _row(view: ViewContext, row: Progress, shared: frozenset[str]) -> dict[str, Any]:
    status, css = status_words(row)
    told, basis = forecast_words(row)
    return {
        "name": name_of(row),
        "indicator": row.indicator,
        "target": row.target,
        "below_href": reverse("targets:below") + view.query(**{FIGURE: row.target.indicator})
        if row.target.indicator in shared
        else "",
        "giver": TARGET_GIVER.label(row.target.giver, lang()),
        "asked": value_words(row.target.value, row.indicator),
        "done": value_words(row.done, row.indicator),
        "figure_href": _figure_href(view, row),
        "value": row.done,
        "percent": percent_words(row.standing.percent),
        "beyond": beyond_words(row.standing.percent) if _compared(row) else "",
        "expected": value_words(row.standing.expected, row.indicator)
        if row.standing.expected is not None
        else "",
        "status": status,
        "css": css,
        "reached": css == "good",
        "forecast": told,
        "basis": basis,
        "forecast_css": {True: "good", False: "warn", None: ""}[row.forecast_met],
    }


def _compared(row: Progress) -> bool:
    """Whether 'so much above or below the target' says something: at the end, or once it is passed."""
    percent = row.standing.percent
    return row.way is Way.PACED and percent is not None and (row.forecast.method == "final" or percent > 100)


def _figure_href(view: ViewContext, row: Progress) -> str:
    if row.indicator is None or row.figure is None:
        return ""
    return figure_url(row.indicator.id, _clamped(view))


def _clamped(view: ViewContext) -> ViewContext:
    """The same question as at today at the latest, as the page answers it."""
    return ViewContext(view.user, view.organisation, view.period, min(view.as_at, today()), view.as_known_at)


def _workbook(view: ViewContext, found: ProgressSet) -> HttpResponse:
    columns = [
        Column(_("Chỉ tiêu"), 48),
        Column(_("Bên giao"), 22),
        Column(_("Đơn vị tính"), 14),
        Column(_("Mức giao"), 12, "number"),
        Column(_("Đã thực hiện"), 12, "number"),
        Column(_("Tỷ lệ (%)"), 12, "percent"),
        Column(_("Cần đạt đến ngày"), 14, "number"),
        Column(_("Tình trạng"), 18),
        Column(_("Dự báo cuối kỳ"), 14, "number"),
        Column(_("Cơ sở dự báo"), 40),
    ]
    rows = [
        [
            name_of(row),
            TARGET_GIVER.label(row.target.giver, lang()),
            row.indicator.unit if row.indicator else "",
            row.target.value,
            row.done,
            float(row.standing.percent) if row.standing.percent is not None else None,
            float(row.standing.expected) if row.standing.expected is not None else None,
            status_words(row)[0],
            float(row.forecast.value) if forecast_words(row)[0] and row.forecast.value is not None else None,
            forecast_words(row)[1],
        ]
        for row in found.rows
    ]
    title = _("Tiến độ chỉ tiêu %(period)s") % {"period": period_name(view.period)}
    said = _("%(organisation)s; số liệu tính đến %(day)s") % {
        "organisation": view.organisation.name,
        "day": format_date(found.day, lang()),
    }
    return workbook_response(list_workbook(title, said, columns, rows), title)
