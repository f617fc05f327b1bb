"""The official statistics forms on screen, as workbooks in the official layout, and by organisation."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.citations import MARKS
from tongket.core.dates import format_date
from tongket.core.problems import NotFound
from tongket.figures.engine import compute
from tongket.figures.types import Figure, FigureSet
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.forms import FORMS, Form, Row, form
from tongket.reports.facts import ReportFacts
from tongket.reports.statistics.balances import balances
from tongket.reports.statistics.workbook import figures_of, form_facts, form_workbook
from tongket.reports.statistics.writing import row_text
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.shell.errors import Missing
from tongket.ui.templatetags.ui import in_cell, lang, period_name

#: What ``?xuat=`` may ask for: the official layout, or every organisation below in a column.
OFFICIAL, BY_ORGANISATION = "bieu", "xlsx"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a form with its figures; None where it is a heading or no source answers it."""

    row: Row
    text: str
    figure: Figure | None
    before: Figure | None
    ratio: Decimal | None


@gate("figure.read")
def form_list(request: HttpRequest) -> HttpResponse:
    """The forms to choose from; with ``xuat=bieu`` all of them in one workbook."""
    view = view_context(request)
    if request.GET.get(EXPORT) == OFFICIAL:
        every = tuple(FORMS.values())
        title = _("Biểu thống kê %(period)s") % {"period": period_name(view.period)}
        return workbook_response(form_workbook(_facts(view, *every), every), title)
    shown = [
        (one, reverse("web:form", args=[one.code]) + view.query(), mark_text(one)) for one in FORMS.values()
    ]
    return render(request, "web/forms.html", {"view": view, "forms": shown})


@gate("figure.read")
def form_page(request: HttpRequest, number: str) -> HttpResponse:
    """One form of the organisation for the period; ``xuat`` says in which layout it leaves as a workbook."""
    view = view_context(request)
    asked = form_of(number)
    layout = request.GET.get(EXPORT)
    if layout == BY_ORGANISATION:
        return _by_organisation(view, asked)
    if layout == OFFICIAL:
        return workbook_response(form_workbook(_facts(view, asked), [asked]), form_title(view, asked))
    # Form 1 rests on many sources: on screen last year's figures come when they are asked for.
    compared = asked.carried is None or request.GET.get("so_sanh") == "1"
    before_ids = None if compared else (asked.row(asked.carried[1]).indicator or "",)  # type: ignore[index]
    facts = _facts(view, asked, before_ids=before_ids)
    columns = [column for column in asked.columns if compared or column.key in ("text", "value")]
    shown = {
        "view": view,
        "form": asked,
        "doubt": mark_text(asked),
        "forms": FORMS.values(),
        "keys": {column.key for column in columns},
        "columns": columns,
        "may_compare": not compared,
        "lines": [_line(row, facts) for row in asked.rows],
        "checks": balances(asked, facts),
        "compared": facts.compared,
        "differences": asked.carried is not None and facts.before is not None,
    }
    return render(request, "web/form.html", shown)


def mark_text(asked: Form) -> str:
    """How sure the layout of a form is, in words; "" where it is confirmed."""
    return "" if asked.mark == "C" else MARKS[asked.mark][1 if lang() == "en" else 0]


def form_of(number: str) -> Form:
    """The form of a number in the address. Raises `Missing` with the numbers there are."""
    try:
        return form(number)
    except NotFound:
        raise Missing(
            _("Không có biểu số “%(number)s”. Hiện có các biểu 1, 2, 3 và 6.") % {"number": number[:20]}
        ) from None


def form_title(view: ViewContext, asked: Form) -> str:
    """What the workbook of a form is called."""
    return _("Biểu %(number)s. %(title)s, %(period)s") % {
        "number": asked.code,
        "title": asked.title_vi,
        "period": period_name(view.period),
    }


def _facts(view: ViewContext, *forms: Form, before_ids: tuple[str, ...] | None = None) -> ReportFacts:
    return form_facts(
        view.organisation,
        view.period,
        forms,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        viewer=view.user,
        before_ids=before_ids,
    )


def _line(row: Row, facts: ReportFacts) -> Line:
    text = row_text(row, facts.as_at)
    if row.indicator is None:
        return Line(row, text, None, None, None)
    figure = facts.now.own[row.indicator]
    before = facts.before.own.get(row.indicator) if facts.before is not None else None
    ratio = None
    if before is not None and before.value and figure.value is not None:
        ratio = Decimal(figure.value) * 100 / Decimal(before.value)
    return Line(row, text, figure, before, ratio)


def _by_organisation(view: ViewContext, asked: Form) -> HttpResponse:
    figures = compute(
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        ids=figures_of([asked]),
        viewer=view.user,
    )
    columns = [Column(_("TT"), 8), Column(_("Nội dung"), 52), Column(_("Đơn vị tính"), 14)]
    columns += [
        Column(view.organisation.name, 18, "number"),
        *(Column(c.name, 18, "number") for c in figures.children),
    ]
    title = form_title(view, asked)
    said = _("%(organisation)s; số liệu tính đến %(day)s") % {
        "organisation": view.organisation.name,
        "day": format_date(view.as_at),
    }
    rows = [_cells(row, figures) for row in asked.rows]
    return workbook_response(list_workbook(title, said, columns, rows), title)


def _cells(row: Row, figures: FigureSet) -> list[Any]:
    if row.indicator is None:
        return [row.number, row.text, row.note, None, *(None for _child in figures.children)]
    return [
        row.number,
        row_text(row, figures.as_at),
        INDICATORS[row.indicator].unit,
        in_cell(figures.own[row.indicator]),
        *(in_cell(figures.by_child[child.id][row.indicator]) for child in figures.children),
    ]
