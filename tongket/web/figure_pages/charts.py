"""Charts of the pages as Vega-Lite descriptions; each mark leads to the figure it draws."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from tongket.figures.engine import compute
from tongket.figures.queries import last_periods, trend
from tongket.figures.types import FigureSet
from tongket.indicators.catalogue import INDICATORS, indicator
from tongket.reports import charts as shared
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.shell.errors import Missing
from tongket.ui.templatetags.ui import figure_url, indicator_name, period_name

YEARS = 6
_ADMISSIONS = ("members.admitted", "members.admitted.target")
_LEVELS = tuple(
    f"ratings.{whose}.{level}" for whose in ("organisations", "members") for level in shared.LEVELS
)
_AGES = tuple(
    id for id in INDICATORS if id.startswith("members.age.") and not id.endswith((".mean", ".unknown"))
)


@gate("figure.read")
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """The description of one of the overview's charts; `{}` when there is nothing to draw."""
    view = view_context(request)
    make = _CHARTS.get(name)
    if make is None:
        raise Missing
    made = make(view)
    return _answer({**shared.for_page(made), "description": made.alt} if made else {})


def _answer(spec: dict[str, Any]) -> HttpResponse:
    # Without "$schema", a name on the Internet that nobody asks for: the page's script knows the language.
    return JsonResponse({name: part for name, part in spec.items() if name != "$schema"})


def _ask(view: ViewContext, ids: tuple[str, ...]) -> FigureSet:
    return compute(
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        ids=ids,
        children=False,
        viewer=view.user,
    )


def _admissions(view: ViewContext) -> shared.Chart | None:
    history = [
        compute(
            view.organisation,
            period,
            as_known_at=view.as_known_at,
            ids=_ADMISSIONS,
            children=False,
            viewer=view.user,
        )
        for period in last_periods(view.period, YEARS)[:-1]
        if period.end >= view.organisation.founded_on
    ]
    return shared.admissions([*history, _ask(view, _ADMISSIONS)])


_CHARTS: dict[str, Callable[[ViewContext], shared.Chart | None]] = {
    "ket-nap": _admissions,
    "xep-loai": lambda view: shared.ratings(_ask(view, _LEVELS)),
    "do-tuoi": lambda view: shared.ages(_ask(view, _AGES)),
}


@gate("figure.read")
def by_child(request: HttpRequest, id: str) -> HttpResponse:
    """One figure by child organisation, greatest first; each bar opens the child's own figure page."""
    view = view_context(request)
    declared = indicator(id)
    figures = compute(
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        ids=(id,),
        viewer=view.user,
    )
    rows: list[dict[str, Any]] = [
        {
            "to_chuc": child.name,
            "so": _number(figures.by_child[child.id][id].value),
            "den": figure_url(id, view, organisation=child.code),
        }
        for child in figures.children
        if figures.by_child[child.id][id].value is not None
    ]
    rows.sort(key=lambda row: -row["so"])
    return _answer(_bars(rows, indicator_name(declared), declared.decimals) if rows else {})


@gate("figure.read")
def over_years(request: HttpRequest, id: str) -> HttpResponse:
    """One figure over the last years; each point opens that year's figure page."""
    view = view_context(request)
    declared = indicator(id)
    rows = [
        {
            "ky": period_name(period).removeprefix("năm "),
            "so": _number(figure.value),
            "den": figure_url(id, view, period=period),
        }
        for period, figure in trend(
            id,
            view.organisation,
            last_periods(view.period, YEARS),
            as_known_at=view.as_known_at,
            viewer=view.user,
        )
        if figure is not None and figure.value is not None
    ]
    return _answer(_line(rows, indicator_name(declared), declared.decimals) if rows else {})


def _number(value: Any) -> float | int | None:
    return float(value) if isinstance(value, Decimal) else value


def _format(decimals: int) -> str:
    return f",.{decimals}~f" if decimals else ",d"


def _bars(rows: list[dict[str, Any]], title: str, decimals: int) -> dict[str, Any]:
    text = {"field": "so", "type": "quantitative", "format": _format(decimals)}
    return {
        "description": title,
        "width": "container",
        "height": 20 * len(rows),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": rows},
        "encoding": {
            "y": {
                "field": "to_chuc",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"labelLimit": 220},
            },
            "x": {
                "field": "so",
                "type": "quantitative",
                "title": None,
                "scale": {"padding": 26} if rows[-1]["so"] < 0 else {},  # room for labels on the left
                "axis": {"tickMinStep": 0 if decimals else 1, "format": _format(decimals)},
            },
            "href": {"field": "den"},
            "tooltip": [{"field": "to_chuc", "title": " "}, {**text, "title": title}],
        },
        "layer": [
            {"mark": {"type": "bar", "cursor": "pointer", "height": {"band": 0.7}, "cornerRadiusEnd": 2}},
            {
                # Beside the bar's end: to its left where the bar goes to the left.
                "mark": {
                    "type": "text",
                    "align": {"expr": "datum.so < 0 ? 'right' : 'left'"},
                    "dx": {"expr": "datum.so < 0 ? -4 : 4"},
                },
                "encoding": {"text": text},
            },
        ],
    }


def _line(rows: list[dict[str, Any]], title: str, decimals: int) -> dict[str, Any]:
    text = {"field": "so", "type": "quantitative", "format": _format(decimals)}
    return {
        "description": title,
        "width": "container",
        "height": 220,
        "data": {"values": rows},
        "encoding": {
            "x": {"field": "ky", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0}},
            "y": {
                "field": "so",
                "type": "quantitative",
                "title": None,
                "scale": {"zero": False, "padding": 26},
                "axis": {"tickMinStep": 0 if decimals else 1, "format": _format(decimals)},
            },
            "tooltip": [{"field": "ky", "title": " "}, {**text, "title": title}],
        },
        "layer": [
            {"mark": {"type": "line"}},
            {
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "cursor": "pointer"},
                "encoding": {"href": {"field": "den"}},
            },
            {"mark": {"type": "text", "dy": -12, "fontSize": 12}, "encoding": {"text": text}},
        ],
    }
