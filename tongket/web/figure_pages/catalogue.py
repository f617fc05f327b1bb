"""The catalogue of all figures with their values, a domain at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.core.dates import format_date
from tongket.core.text import fold
from tongket.figures.engine import compute
from tongket.figures.types import Figure
from tongket.indicators.catalogue import DOMAINS, INDICATORS, domain, of_domain
from tongket.indicators.model import Indicator
from tongket.indicators.words import definition
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import in_cell, indicator_name, period_name

#: The domain whose values come with the page; the others follow as one scrolls, each in a request of its own.
FIRST = DOMAINS[0].code


@gate("figure.read")
def catalogue(request: HttpRequest) -> HttpResponse:
    """All figures by domain, or those whose name, id or form holds the words sought."""
    view = view_context(request)
    words = request.GET.get("q", "").strip()[:100]
    chosen = request.GET.get("nhom", "")
    if chosen:
        domain(chosen)
    sections = []
    for entry in DOMAINS:
        found = [i for i in of_domain(entry.code) if _holds(i, words)]
        if found and chosen in ("", entry.code):
            address = reverse("web:catalogue_domain", args=[entry.code]) + view.query(q=words)
            sections.append((entry, found, address))
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(view, sections, words)
    first = sections[0] if sections else None
    values: Mapping[str, Figure] = {}
    if first:
        ids = tuple(i.id for i in first[1])
        values = _own(view, ids)
    shown = {
        "view": view,
        "sections": sections,
        "values": list(values.values()),
        "domains": DOMAINS,
        "chosen": chosen,
        "words": words,
        "found": sum(len(found) for _entry, found, _address in sections),
        "all": len(INDICATORS),
    }
    return render(request, "web/catalogue.html", shown)


def _own(view: ViewContext, ids: tuple[str, ...]) -> Mapping[str, Figure]:
    return compute(
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        ids=ids,
        children=False,
        viewer=view.user,
    ).own


def _workbook(view: ViewContext, sections: Sequence[Any], words: str) -> HttpResponse:
    """All figures found with their values and how they are counted."""
    ids = tuple(one.id for _entry, found, _address in sections for one in found)
    values = _own(view, ids)
    columns = [
        Column(_("Nhóm"), 26),
        Column(_("Số liệu"), 52),
        Column(_("Giá trị"), 16, "number"),
        Column(_("Đơn vị"), 16),
        Column(_("Biểu"), 22),
        Column(_("Cách tính"), 80),
        Column(_("Mã"), 36),
    ]
    rows = [
        [
            entry.vi,
            indicator_name(one),
            in_cell(values[one.id]),
            one.unit,
            _("báo cáo") if one.form == "report" else one.form,
            definition(one.id),
            one.id,
        ]
        for entry, found, _address in sections
        for one in found
    ]
    title = _("Danh mục số liệu")
    said = _("%(organisation)s, %(period)s, tính đến %(day)s: %(count)s số liệu") % {
        "organisation": view.organisation.name,
        "period": period_name(view.period),
        "day": format_date(view.as_at),
        "count": len(rows),
    }
    sought = _("Tìm: %(words)s") % {"words": words} if words else ""
    return workbook_response(
        list_workbook(title, "; ".join(part for part in (said, sought) if part), columns, rows), title
    )


@gate("figure.read")
def catalogue_domain(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of one domain with their values, for the catalogue page (htmx)."""
    view = view_context(request)
    words = request.GET.get("q", "").strip()[:100]
    domain(code)
    ids = tuple(i.id for i in of_domain(code) if _holds(i, words))
    values = _own(view, ids)
    return render(request, "web/_catalogue_rows.html", {"view": view, "values": list(values.values())})


def _holds(entry: Indicator, words: str) -> bool:
    text = fold(f"{entry.vi} {entry.en} {entry.id} {entry.form}")
    return all(word in text for word in fold(words).split())
