"""The page of one figure: what it says, what it means, where it comes from, and every record behind it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core.dates import format_date
from tongket.figures.engine import compute, last_year
from tongket.figures.queries import last_periods, trend
from tongket.figures.types import Child, FigureSet, Record
from tongket.indicators.catalogue import INDICATORS, depends_on, domain, indicator
from tongket.indicators.model import Indicator, Ratio, Total
from tongket.members.queries import visible_to as visible_members
from tongket.rules.catalogue import NoRuleInForce, UnknownRule, in_force, rule
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, PER_PAGE, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.shell.errors import Forbidden, Missing
from tongket.ui.tables import PAGE
from tongket.ui.templatetags.ui import indicator_name, lang, period_name
from tongket.web.figure_pages.behind import Access, access_to, open_records
from tongket.web.figure_pages.charts import YEARS
from tongket.web.figure_pages.children import child_table, order_of
from tongket.web.figure_pages.links import links_of

#: Limits the records to those that fell under one child (its code), or hung on the organisation itself ("-").
BRANCH = "nhanh"
_FEW_PARTS = 3


@gate("figure.read")
def figure_page(request: HttpRequest, id: str) -> HttpResponse:
    """One figure of an organisation for a period, as at a day, as known at a moment."""
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
    access = access_to(view, declared)
    branch = _branch(request, figures)
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(view, declared, branch, access)
    shown: dict[str, Any] = {
        "view": view,
        "indicator": declared,
        "domain": domain(declared.domain),
        "figure": figures.own[id],
        "before": _before(view, figures, id),
        "parts": _parts(declared),
        "basis": _basis(view, declared),
        "table": child_table(figures, (id,), order_of(request, (id,)) or f"-{id}"),
        "access": access,
        "masked": any(row[id].mask for row in (figures.own, *figures.by_child.values())),
        "branch": branch,
        "branches": [child for child in figures.children if figures.by_child[child.id][id].records],
    }
    if access.granted and _many_parts(id) and branch is None:
        address = reverse("web:figure_records", args=[id]) + view.query(**{PAGE: request.GET.get(PAGE, "")})
        shown.update({"later": address, "count": figures.own[id].records})
    elif access.granted:
        shown.update(_page_of_records(request, view, declared, branch))
    return render(request, "web/figure.html", shown)


@gate("figure.read")
def figure_records(request: HttpRequest, id: str) -> HttpResponse:
    """The records alone, for figures of so many parts that the page fetches them in a second request (htmx)."""
    view = view_context(request)
    declared = indicator(id)
    access = access_to(view, declared)
    if not access.granted:
        raise Forbidden(access.reason)
    return render(
        request, "web/_records.html", {"view": view, **_page_of_records(request, view, declared, None)}
    )


def _many_parts(id: str) -> bool:
    return len(depends_on(id)) > _FEW_PARTS


@gate("figure.read")
def figure_years(request: HttpRequest, id: str) -> HttpResponse:
    """The figure over the last years, as a table (htmx)."""
    view = view_context(request)
    declared = indicator(id)
    found = trend(
        id,
        view.organisation,
        last_periods(view.period, YEARS),
        as_known_at=view.as_known_at,
        viewer=view.user,
    )
    rows = [(period, figure) for period, figure in found if figure is not None]
    return render(request, "web/_figure_years.html", {"view": view, "indicator": declared, "rows": rows})


def _before(view: ViewContext, figures: FigureSet, id: str) -> dict[str, Any] | None:
    """The same figure for the period that reports set beside this one, and the change."""
    period = view.period.comparison()
    # A figure of many parts would ask too much for one page; its table of years, which follows, says it too.
    if period.end < view.organisation.founded_on or _many_parts(id):
        return None
    figure = last_year(figures, children=False).own[id]
    now = figures.own[id].value
    change = None if now is None or figure.value is None else now - figure.value
    tone = (
        ""
        if not change or not figure.indicator.good
        else "up"
        if (change > 0) == (figure.indicator.good == "up")
        else "down"
    )
    return {"figure": figure, "period": period, "change": change, "tone": tone}


def _parts(declared: Indicator) -> list[tuple[str, Indicator]]:
    """The declared figures that this one is made of, with what each is for."""
    formula = declared.formula
    if isinstance(formula, Ratio):
        return [
            (_("Tử số"), INDICATORS[formula.numerator]),
            (_("Mẫu số"), INDICATORS[formula.denominator]),
        ]
    if isinstance(formula, Total):
        added = [(_("Cộng"), INDICATORS[id]) for id in formula.plus]
        return added + [(_("Trừ"), INDICATORS[id]) for id in formula.minus]
    return []


def _basis(view: ViewContext, declared: Indicator) -> str:
    """The rule that defines the figure, with the document and article in force at the as-at date."""
    try:
        named = rule(declared.basis)
        version = in_force(declared.basis, view.as_at)
    except (UnknownRule, NoRuleInForce):
        return declared.basis
    said = named.name_en if lang() == "en" else named.name_vi
    return f"{said} ({', '.join(part for part in (version.document, version.article) if part)})"


def _branch(request: HttpRequest, figures: FigureSet) -> Child | None:
    asked = request.GET.get(BRANCH, "").strip()
    if not asked:
        return None
    own = figures.organisation
    if asked == "-":
        return Child(own.pk, "-", _("Chính tổ chức này"), own.kind)
    for child in figures.children:
        if child.code == asked:
            return child
    raise Missing(_("Trong kỳ này không có tổ chức trực thuộc mã “%(code)s”.") % {"code": asked[:40]})


def _page_of_records(
    request: HttpRequest, view: ViewContext, declared: Indicator, branch: Child | None
) -> dict[str, Any]:
    asked = request.GET.get(PAGE, "1")
    number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 8 else 1
    found, sealed = open_records(view, declared, branch, (number - 1) * PER_PAGE, PER_PAGE)
    pages = Paginator(range(found.count - sealed), PER_PAGE)
    links = links_of(view.user, found.rows, visible_members(view.user))
    return {
        "records": found,
        "count": found.count,
        "sealed": sealed,
        "rows": [(row, links.get((row.source, row.pk), "")) for row in found.rows],
        "pages": pages.get_page(number),
        "with_amount": any(row.amount is not None for row in found.rows),
    }


def _workbook(view: ViewContext, declared: Indicator, branch: Child | None, access: Access) -> HttpResponse:
    if not access.granted:
        raise Forbidden(access.reason)
    found, sealed = open_records(view, declared, branch)
    log_reading(
        "figure.export",
        by=view.user,
        subject=view.organisation,
        organisation=view.organisation,
        indicator=declared.id,
        period=view.period.code,
        rows=found.count,
    )
    columns = [
        Column(_("TT"), 6, "int"),
        Column(_("Hồ sơ"), 36),
        Column(_("Nội dung"), 36),
        Column(_("Ngày"), 12, "date"),
        Column(_("Tổ chức"), 40),
        Column(_("Số lượng"), 12, "number"),
    ]
    rows = [_row(n, row) for n, row in enumerate(found.rows, start=1)]
    if sealed:
        said_sealed = _("%(count)s bản ghi niêm phong không hiển thị") % {"count": sealed}
        rows.append(["", said_sealed, *[None] * (len(columns) - 2)])
    title = indicator_name(declared)
    said = _("%(organisation)s, %(period)s, tính đến %(day)s: %(count)s hồ sơ") % {
        "organisation": branch.name if branch else view.organisation.name,
        "period": period_name(view.period),
        "day": format_date(view.as_at),
        "count": found.count,
    }
    return workbook_response(list_workbook(title, said, columns, rows), title)


def _row(number: int, row: Record) -> list[Any]:
    return [number, row.title, row.subtitle, row.on, row.organisation_name, row.amount]
