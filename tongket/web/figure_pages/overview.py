"""The overview of a year: headline figures, progress, gaps, the organisations below."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.figures.engine import compute, last_year
from tongket.figures.types import Child, Figure, FigureSet
from tongket.indicators.catalogue import DOMAINS, of_domain
from tongket.indicators.headlines import TABLE_COLUMNS
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate, held_verbs, signed_in
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.shell.navigation import menu_for
from tongket.ui.templatetags.ui import in_cell, indicator_name, period_name
from tongket.web.figure_pages import due_lists
from tongket.web.figure_pages.children import (
    COLUMN,
    MAX_COLUMNS,
    child_table,
    chosen_columns,
    order_of,
    unmasked,
)
from tongket.web.figure_pages.due_panel import wanted


@dataclass(frozen=True, slots=True)
class Card:
    """A headline figure, with the figures that are said in the line below it."""

    figure: str
    notes: tuple[str, ...] = ()
    key: bool = False
    short: str | Promise = ""
    target: str = ""


CARDS: tuple[Card, ...] = (
    Card(
        "members.admitted",
        ("members.admitted.target", "members.admitted.vs_target_pct"),
        key=True,
        target="members.admitted.target",
    ),
    Card("members.total", ("members.official", "members.probationary"), key=True),
    Card(
        "ratings.organisations.good_or_better_pct",
        (
            "ratings.organisations.good_or_better",
            "ratings.organisations.rated",
            "ratings.organisations.excellent",
        ),
        key=True,
        short=gettext_lazy("Tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên"),
    ),
    Card(
        "ratings.members.good_or_better_pct",
        ("ratings.members.rated", "ratings.members.excellent_pct"),
        key=True,
        short=gettext_lazy("Đảng viên hoàn thành tốt nhiệm vụ trở lên"),
    ),
    Card("organisations.grassroots", ("organisations.cells",), short=gettext_lazy("Tổ chức cơ sở đảng")),
    Card("honours.badges"),
    Card("honours.commended_collectives"),
    Card("honours.commended_individuals"),
    Card("directives.received", ("directives.plans_issued_pct",)),
    Card("directives.plans_on_time_pct", short=gettext_lazy("Văn bản triển khai đúng hạn")),
    Card("study.sessions", ("study.attendance_pct",)),
    Card("discipline.members"),
)

#: What the line below a card calls its figures.
NOTE_WORDS: dict[str, str | Promise] = {
    "members.admitted.target": gettext_lazy("chỉ tiêu"),
    "members.admitted.vs_target_pct": gettext_lazy("so với chỉ tiêu"),
    "members.official": gettext_lazy("chính thức"),
    "members.probationary": gettext_lazy("dự bị"),
    "ratings.organisations.good_or_better": gettext_lazy("tốt trở lên"),
    "ratings.organisations.rated": gettext_lazy("được xếp loại"),
    "ratings.organisations.excellent": gettext_lazy("xuất sắc"),
    "ratings.members.rated": gettext_lazy("được xếp loại"),
    "ratings.members.excellent_pct": gettext_lazy("xuất sắc"),
    "organisations.cells": gettext_lazy("chi bộ"),
    "directives.plans_issued_pct": gettext_lazy("có văn bản triển khai"),
    "study.attendance_pct": gettext_lazy("đảng viên dự"),
}

#: Figures that should be 0: what is still missing or late. Computed from sources that the cards read anyway.
GAPS = (
    "members.profile_gaps",
    "ratings.organisations.missing",
    "ratings.members.missing",
    "directives.plans_overdue",
)
#: Cards that also say last year's value: six sources, asked twice.
COMPARED = (
    "members.admitted",
    "members.total",
    "ratings.organisations.good_or_better_pct",
    "ratings.members.good_or_better_pct",
    "honours.badges",
    "honours.commended_collectives",
    "honours.commended_individuals",
)
CHARTS = ("ket-nap", "xep-loai", "do-tuoi")
PROGRESS_SHOWN = 8


def _card_ids(cards: Sequence[Card]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for card in cards for id in (card.figure, *card.notes)))


@signed_in()
def home(request: HttpRequest) -> HttpResponse:
    """The first page: the overview; for duties without figures (the administrator's) the first page of their menu."""
    if "figure.read" in held_verbs(request):
        return overview(request)
    menu = menu_for(request)
    if menu:
        return redirect(menu[0][1][0].href)
    return render(request, "web/no_duty.html")


def overview(request: HttpRequest) -> HttpResponse:
    """The year of an organisation on one page. `home` has asked for the verb; the context asks for the organisation."""
    view = view_context(request, "figure.read")
    held = held_verbs(request)
    cards = [card for card in CARDS if unmasked(card.figure, held)]
    columns = tuple(id for id in TABLE_COLUMNS if unmasked(id, held))
    ids = dict.fromkeys((*_card_ids(cards), *GAPS, *columns))
    figures = _figures(view, tuple(ids))
    shown = {
        "view": view,
        "cards": [_shown_card(card, figures) for card in cards],
        "gaps": [figure for id in GAPS if (figure := figures.own[id]).value],
        "progress": _progress(figures),
        "table": child_table(figures, columns, order_of(request, columns)),
        "charts": [reverse("web:chart", args=[name]) + view.query() for name in CHARTS]
        if figures.own
        else [],
        "panels": _panels(held),
    }
    return render(request, "web/overview.html", shown)


@gate("figure.read")
def compared(request: HttpRequest) -> HttpResponse:
    """Last year's values for the cards, fetched after the page so that the page itself stays quick (htmx)."""
    view = view_context(request)
    now = _figures(view, COMPARED, children=False)
    if view.period.comparison().start < view.organisation.founded_on:
        return render(request, "web/_compared.html", {"view": view, "pairs": []})
    before = last_year(now, children=False)
    pairs = [(id, now.own[id], before.own[id], _change(now.own[id], before.own[id])) for id in COMPARED]
    return render(request, "web/_compared.html", {"view": view, "pairs": pairs, "before": before})


@gate("figure.read")
def compare(request: HttpRequest) -> HttpResponse:
    """The organisations below beside each other, by columns that the user chooses; as a workbook with ``xuat=xlsx``."""
    view = view_context(request)
    columns = chosen_columns(request)
    table = child_table(_figures(view, columns), columns, order_of(request, columns))
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(view, table)
    shown = {
        "view": view,
        "table": table,
        "chosen": columns,
        "column_name": COLUMN,
        "max_columns": MAX_COLUMNS,
        "domains": [(domain, of_domain(domain.code)) for domain in DOMAINS],
    }
    return render(request, "web/compare.html", shown)


def _figures(view: ViewContext, ids: tuple[str, ...], *, children: bool = True) -> FigureSet:
    return compute(
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        ids=ids,
        children=children,
        viewer=view.user,
    )


def _panels(verbs: Collection[str]) -> list[str]:
    """Addresses of what is due for a user with these verbs, fetched after the page."""
    lists = [reverse(one.url) for one in due_lists.LISTS if one.wanted(verbs)]
    return [reverse("web:due_panel"), *lists] if wanted(verbs) else lists


def _shown_card(card: Card, figures: FigureSet) -> dict[str, Any]:
    figure = figures.own[card.figure]
    target = figures.own[card.target].value if card.target else None
    return {
        "figure": figure,
        "name": card.short or indicator_name(figure.indicator),
        "key": card.key,
        "notes": [
            (figures.own[id], NOTE_WORDS[id]) for id in card.notes if figures.own[id].value is not None
        ],
        "target": target,
    }


def _progress(figures: FigureSet) -> dict[str, Any]:
    """How the children stand against their targets of admissions: those furthest behind first."""
    rows: list[tuple[Child, Figure, Figure, Figure]] = []
    for child in figures.children:
        own = figures.by_child[child.id]
        if own["members.admitted.target"].value:
            rows.append(
                (
                    child,
                    own["members.admitted"],
                    own["members.admitted.target"],
                    own["members.admitted.of_target_pct"],
                )
            )
    reached = sum(1 for _child, done, target, _share in rows if (done.value or 0) >= (target.value or 0))
    rows.sort(key=lambda row: row[3].value or 0)
    return {"rows": rows[:PROGRESS_SHOWN], "reached": reached, "all": len(rows)}


def _change(now: Figure, before: Figure) -> dict[str, Any] | None:
    if now.value is None or before.value is None:
        return None
    change = now.value - before.value
    good = now.indicator.good
    tone = "" if not change or not good else "up" if (change > 0) == (good == "up") else "down"
    return {"value": change, "tone": tone}


def _workbook(view: ViewContext, table: Any) -> HttpResponse:
    columns = [Column(_("Tổ chức"), 40), Column(_("Mã"), 14)]
    for indicator in table.columns:
        unit = f" ({indicator.unit})" if indicator.unit else ""
        columns.append(
            Column(indicator_name(indicator) + unit, 18, "number" if indicator.decimals else "int")
        )
    rows = [
        [row.child.name, row.child.code, *(in_cell(c.figure) if c.figure else None for c in row.cells)]
        for row in table.rows
    ]
    rows.append(
        [view.organisation.name, view.organisation.code, *(in_cell(figure) for figure in table.total)]
    )
    title = _("So sánh các tổ chức, %(period)s") % {"period": period_name(view.period)}
    said = _("%(organisation)s; số liệu tính đến %(day)s") % {
        "organisation": view.organisation.name,
        "day": f"{view.as_at:%d/%m/%Y}",
    }
    return workbook_response(list_workbook(title, said, columns, rows), title)
