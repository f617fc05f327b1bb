"""The official statistics forms on screen: rows, checks that they balance, and the workbook by organisation."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.figures.engine import compute
from tongket.figures.types import Figure, FigureSet
from tongket.indicators.catalogue import INDICATORS
from tongket.reports.tables import MOVEMENT
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.shell.errors import Missing
from tongket.ui.templatetags.ui import in_cell, period_name


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a form: its number and name as the form prints them, and the figure in it."""

    number: str
    text: str
    figure: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    """The sum of `plus` less `minus` must equal `total`; a sum that does not is named, never adjusted."""

    text: str | Promise
    plus: tuple[str, ...]
    total: str
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """An official form: its number, title, lines and what must balance in it."""

    number: str
    title: str | Promise
    lines: tuple[Line, ...]
    balances: tuple[Balance, ...]


def _of_form(number: str) -> tuple[str, ...]:
    """The figures that name the form as their place, in report order."""
    name = f"Biểu {number}"
    return tuple(
        id
        for id, entry in INDICATORS.items()
        if any(part.strip().partition(",")[0] == name for part in entry.form.split(";"))
    )


def _lines(ids: Iterable[str], main: frozenset[str]) -> tuple[Line, ...]:
    printed = (id for id in ids if not id.endswith((".age_sum", "_known")))  # those only help a mean
    return tuple(Line(str(n), INDICATORS[id].vi, id, id in main) for n, id in enumerate(printed, start=1))


def _bands(prefix: str) -> tuple[str, ...]:
    """The parts of a whole that stand one below a prefix, the unknown among them."""
    depth = prefix.count(".")
    return tuple(
        id
        for id in INDICATORS
        if id.startswith(prefix) and id.count(".") == depth and not id.endswith(".mean")
    )


def _split(text: Any, prefix: str, total: str) -> Balance:
    return Balance(text, _bands(prefix), total)


def _ratings(whose: str, text: Any) -> Balance:
    return Balance(
        text,
        tuple(f"ratings.{whose}.{level}" for level in ("excellent", "good", "completed", "failed")),
        f"ratings.{whose}.rated",
    )


FORMS: dict[str, Form] = {
    form.number: form
    for form in (
        Form(
            "1",
            gettext_lazy("Tăng, giảm đảng viên"),
            tuple(Line(number, text, id, main) for number, text, id, main in MOVEMENT if id in INDICATORS),
            (
                Balance(
                    gettext_lazy("Kỳ trước chuyển sang + tăng − giảm = cuối kỳ"),
                    ("members.opening", "members.increase"),
                    "members.total",
                    ("members.decrease",),
                ),
            ),
        ),
        Form(
            "2",
            gettext_lazy("Đảng viên mới kết nạp"),
            _lines(_of_form("2"), frozenset({"members.admitted"})),
            (
                _split(
                    gettext_lazy("Cộng các nhóm tuổi = số kết nạp"),
                    "members.admitted.age.",
                    "members.admitted",
                ),
                _split(
                    gettext_lazy("Cộng các trình độ chuyên môn = số kết nạp"),
                    "members.admitted.education.",
                    "members.admitted",
                ),
            ),
        ),
        Form(
            "3",
            gettext_lazy("Đội ngũ đảng viên"),
            _lines(_of_form("3"), frozenset({"members.total"})),
            (
                Balance(
                    gettext_lazy("Chính thức + dự bị = tổng số"),
                    ("members.official", "members.probationary"),
                    "members.total",
                ),
                _split(gettext_lazy("Cộng các nhóm tuổi đời = tổng số"), "members.age.", "members.total"),
                _split(
                    gettext_lazy("Cộng các nhóm tuổi Đảng = tổng số"), "members.party_age.", "members.total"
                ),
                _split(
                    gettext_lazy("Cộng trình độ chuyên môn = tổng số"), "members.education.", "members.total"
                ),
                _split(gettext_lazy("Cộng lý luận chính trị = tổng số"), "members.theory.", "members.total"),
            ),
        ),
        Form(
            "6",
            gettext_lazy("Đánh giá, xếp loại chất lượng"),
            _lines(
                _of_form("6"),
                frozenset({"ratings.organisations.rated", "ratings.cells.rated", "ratings.members.rated"}),
            ),
            (
                _ratings("organisations", gettext_lazy("Cộng các mức = tổ chức cơ sở đảng được xếp loại")),
                _ratings("cells", gettext_lazy("Cộng các mức = chi bộ được xếp loại")),
                _ratings("members", gettext_lazy("Cộng các mức = đảng viên được xếp loại")),
            ),
        ),
    )
}


@gate("figure.read")
def form_list(request: HttpRequest) -> HttpResponse:
    """The forms to choose from."""
    view = view_context(request)
    shown = [(form, reverse("web:form", args=[form.number]) + view.query()) for form in FORMS.values()]
    return render(request, "web/forms.html", {"view": view, "forms": shown})


@gate("figure.read")
def form_page(request: HttpRequest, number: str) -> HttpResponse:
    """One form of the organisation for the period; with ``xuat=xlsx`` every organisation below in a column."""
    view = view_context(request)
    form = FORMS.get(number)
    if form is None:
        raise Missing(
            _("Không có biểu số “%(number)s”. Hiện có các biểu 1, 2, 3 và 6.") % {"number": number[:20]}
        )
    export = request.GET.get(EXPORT) == "xlsx"
    figures = compute(
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        ids=_ids(form),
        children=export,
        viewer=view.user,
    )
    if export:
        return _workbook(view, form, figures)
    shown = {
        "view": view,
        "form": form,
        "forms": FORMS.values(),
        "lines": [(line, figures.own[line.figure]) for line in form.lines],
        "checks": [_checked(balance, figures.own) for balance in form.balances],
    }
    return render(request, "web/form.html", shown)


def _ids(form: Form) -> tuple[str, ...]:
    of_balances = (id for b in form.balances for id in (*b.plus, *b.minus, b.total))
    return tuple(dict.fromkeys((*(line.figure for line in form.lines), *of_balances)))


def _checked(balance: Balance, own: dict[str, Figure]) -> dict[str, Any]:
    found = sum(own[id].value or 0 for id in balance.plus) - sum(own[id].value or 0 for id in balance.minus)
    total = own[balance.total]
    return {"text": balance.text, "found": found, "total": total, "difference": found - (total.value or 0)}


def _workbook(view: ViewContext, form: Form, figures: FigureSet) -> HttpResponse:
    columns = [Column(_("TT"), 6), Column(_("Nội dung"), 52), Column(_("Đơn vị tính"), 14)]
    columns += [
        Column(view.organisation.name, 18, "number"),
        *(Column(c.name, 18, "number") for c in figures.children),
    ]
    rows = [
        [
            line.number,
            line.text,
            INDICATORS[line.figure].unit,
            in_cell(figures.own[line.figure]),
            *(in_cell(figures.by_child[child.id][line.figure]) for child in figures.children),
        ]
        for line in form.lines
    ]
    title = _("Biểu %(number)s. %(title)s, %(period)s") % {
        "number": form.number,
        "title": form.title,
        "period": period_name(view.period),
    }
    said = _("%(organisation)s; số liệu tính đến %(day)s") % {
        "organisation": view.organisation.name,
        "day": f"{view.as_at:%d/%m/%Y}",
    }
    return workbook_response(list_workbook(title, said, columns, rows), title)
