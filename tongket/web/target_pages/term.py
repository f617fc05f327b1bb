"""The review of a term: targets of its years and of the term, done, met, and how far the term has come."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tongket.core.codelists import TARGET_GIVER
from tongket.core.dates import format_date
from tongket.core.pace import Status
from tongket.core.periods import Kind, Period, half_term
from tongket.figures.targets import Progress
from tongket.figures.terms import Cell, TermReview, TermRow, term_of, term_review
from tongket.organisations.models import Organisation
from tongket.targets.queries import visible_targets
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import figure_url, indicator_name, lang, period_name
from tongket.web.target_pages.progress import tabs
from tongket.web.target_pages.words import percent_words, status_words, value_words


@gate("figure.read")
def term_page(request: HttpRequest) -> HttpResponse:
    """The term that the period looked at belongs to, for the organisation looked at, as at the asked day."""
    view = view_context(request)
    term = term_of(view.period, view.as_at)
    targets = visible_targets(request.user, with_voided=True)
    review = term_review(
        view.organisation,
        term,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        targets=targets,
        viewer=request.user,
    )
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(view, review)
    shown = {
        "view": view,
        "title": _("Chỉ tiêu nhiệm kỳ %(code)s") % {"code": term.code},
        "tabs": tabs(request, view, "targets:term"),
        "review": review,
        "elapsed": percent_words(review.over.share * 100),
        "moments": _moments(view, term),
        "columns": [_head(period, term) for period in review.columns],
        "rows": [_row(view, row) for row in review.rows],
        "organisations": _choices(view, review, targets),
    }
    return render(request, "targets/term.html", shown)


def _moments(view: ViewContext, term: Period) -> list[tuple[str, str, bool]]:
    """The usual days of a review: half of the term, all of it."""
    half = half_term(term.start.year, 1)
    offered = [
        (_("Sơ kết giữa nhiệm kỳ (đến %(day)s)") % {"day": format_date(half.end, lang())}, half),
        (_("Tổng kết nhiệm kỳ (đến %(day)s)") % {"day": format_date(term.end, lang())}, term),
    ]
    return [(text, view.query(period=period), view.as_at == period.end) for text, period in offered]


def _choices(view: ViewContext, review: TermReview, targets: Any) -> list[Organisation]:
    """The organisation and those directly below that have targets for the term's periods."""
    codes = [period.code for period in review.columns]
    given = targets.filter(period__in=codes, voided_at__isnull=True).values("organisation")
    below = Organisation.objects.filter(parent=view.organisation, pk__in=given).order_by("position", "code")
    return [view.organisation, *below]


def _head(period: Period, term: Period) -> dict[str, Any]:
    note = ""
    if period.kind is Kind.YEAR and not (term.contains(period.start) and term.contains(period.end)):
        note = _("cả năm")
    text = period_name(period) if period.kind is not Kind.YEAR else period.code
    return {"text": _("Lũy kế nhiệm kỳ") if period is term or period == term else text, "note": note}


def _row(view: ViewContext, row: TermRow) -> dict[str, Any]:
    years = row.years
    return {
        "name": indicator_name(row.indicator) if row.indicator else row.name,
        "unit": row.indicator.unit if row.indicator else "",
        "giver": TARGET_GIVER.label(row.giver, lang()),
        "cells": [_cell(view, row, cell) for cell in row.cells],
        "years": years,
        "years_words": _years_words(row),
    }


def _years_words(row: TermRow) -> str:
    years = row.years
    if not years.count:
        return ""
    said = _("đạt %(met)s/%(count)s năm đã hết") % {"met": years.met, "count": years.count}
    if years.target is None:
        return said
    return _("%(said)s; cộng %(done)s/%(target)s (%(percent)s)") % {
        "said": said,
        "done": value_words(years.done, row.indicator),
        "target": value_words(years.target, row.indicator),
        "percent": percent_words(years.percent),
    }


def _cell(view: ViewContext, row: TermRow, cell: Cell) -> dict[str, Any]:
    held: Progress | None = cell.progress
    status, css = status_words(held) if held is not None and cell.figure is not None else ("", "")
    value = cell.figure.value if cell.figure is not None else None
    by_now = held.standing.expected if held is not None else None
    # A year that is over is judged by its target; what was expected by the day matters only while the period runs.
    running = held is not None and held.standing.status not in (Status.REACHED, Status.MISSED)
    return {
        "asked": value_words(held.target.value, row.indicator) if held is not None else "",
        "target": held.target if held is not None else None,
        "done": value_words(value, row.indicator) if cell.figure is not None else "",
        "href": _href(view, row, cell),
        "percent": percent_words(held.standing.percent) if held is not None and held.standing.percent else "",
        "expected": value_words(by_now, row.indicator) if running and by_now is not None else "",
        "status": status,
        "css": css,
        "whole": cell.period.kind is Kind.TERM,
    }


def _href(view: ViewContext, row: TermRow, cell: Cell) -> str:
    if row.indicator is None or cell.figure is None:
        return ""
    day = min(max(view.as_at, cell.period.start), cell.period.end)
    return figure_url(
        row.indicator.id, ViewContext(view.user, view.organisation, cell.period, day, view.as_known_at)
    )


def _workbook(view: ViewContext, review: TermReview) -> HttpResponse:
    columns = [Column(_("Chỉ tiêu"), 48), Column(_("Bên giao"), 22), Column(_("Đơn vị tính"), 14)]
    for period in review.columns:
        name = _head(period, review.term)["text"]
        columns += [
            Column(f"{name}: {_('mức giao')}", 12, "number"),
            Column(f"{name}: {_('thực hiện')}", 12, "number"),
            Column(f"{name}: {_('tình trạng')}", 16),
        ]
    columns.append(Column(_("Các năm đã hết"), 40))
    rows = []
    for row in review.rows:
        line: list[Any] = [
            indicator_name(row.indicator) if row.indicator else row.name,
            TARGET_GIVER.label(row.giver, lang()),
            row.indicator.unit if row.indicator else "",
        ]
        for cell in row.cells:
            held = cell.progress
            line += [
                held.target.value if held is not None else None,
                cell.figure.value if cell.figure is not None else None,
                status_words(held)[0] if held is not None and cell.figure is not None else "",
            ]
        rows.append([*line, _years_words(row)])
    title = _("Chỉ tiêu nhiệm kỳ %(code)s") % {"code": review.term.code}
    said = _("%(organisation)s; số liệu tính đến %(day)s") % {
        "organisation": view.organisation.name,
        "day": format_date(review.day, lang()),
    }
    return workbook_response(list_workbook(title, said, columns, rows), title)
