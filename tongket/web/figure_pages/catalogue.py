"""The catalogue of all figures with their values, a domain at a time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongket.core.text import fold
from tongket.figures.engine import compute
from tongket.indicators.catalogue import DOMAINS, INDICATORS, domain, of_domain
from tongket.indicators.model import Indicator
from tongket.ui.context import view_context
from tongket.ui.gate import gate

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
    first = sections[0] if sections else None
    values = {}
    if first:
        ids = tuple(i.id for i in first[1])
        values = compute(
            view.organisation,
            view.period,
            as_at=view.as_at,
            as_known_at=view.as_known_at,
            ids=ids,
            children=False,
            viewer=view.user,
        ).own
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


@gate("figure.read")
def catalogue_domain(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of one domain with their values, for the catalogue page (htmx)."""
    view = view_context(request)
    words = request.GET.get("q", "").strip()[:100]
    domain(code)
    ids = tuple(i.id for i in of_domain(code) if _holds(i, words))
    values = compute(
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        ids=ids,
        children=False,
        viewer=view.user,
    ).own
    return render(request, "web/_catalogue_rows.html", {"view": view, "values": list(values.values())})


def _holds(entry: Indicator, words: str) -> bool:
    text = fold(f"{entry.vi} {entry.en} {entry.id} {entry.form}")
    return all(word in text for word in fold(words).split())
