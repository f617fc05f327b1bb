"""Organisations × demands, one coloured cell each: who is full and on time ("đầy đủ, kịp thời").

The cells are written here and not in a template: ten thousand of them have to come in a tenth of a second. Each is
made by `format_html` from one of four fixed forms, so that nothing of a record gets in unescaped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.core.codelists import SECTOR
from tongket.core.dates import format_date, today
from tongket.core.worklists import OBLIGATION_KIND, OUTCOME
from tongket.obligations.derive import fallen_due
from tongket.obligations.models import Obligation
from tongket.obligations.queries import visible_demands
from tongket.organisations.models import OrganisationPath
from tongket.organisations.queries import visible_to
from tongket.ui.context import ViewContext, view_context
from tongket.ui.gate import gate
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import lang, percent
from tongket.web.work_pages.common import tabs

ROWS, COLUMNS = 60, 200
#: outcome -> what stands in its cell: never colour alone.
SIGNS = {"on_time": "✓", "late": "M", "overdue": "!", "waiting": "·"}


@dataclass(slots=True)
class Share:
    """What became of all that fell due by its first deadline: late and wrong count as not done.

    Counted as the figures `obligations.due` and `obligations.on_time_pct` count: what was extended and still has time
    belongs to the whole, what has yet to fall due does not, even when it was done beforehand.
    """

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    waiting: int = 0

    @property
    def fallen_due(self) -> int:
        """All whose first deadline has come."""
        return self.on_time + self.late + self.overdue + self.waiting

    @property
    def percent(self) -> Decimal | None:
        """On time of what fell due, in percent; None when nothing did."""
        return Decimal(100 * self.on_time) / self.fallen_due if self.fallen_due else None


@dataclass(slots=True)
class Matrix:
    """The organisations and demands shown, the cells between them, and both totals."""

    organisations: list[Any]
    demands: list[Any]
    cells: dict[int, dict[int, tuple[int, str]]]
    symbols: dict[int, str] = field(default_factory=dict)  # demand -> the paper it rests on
    by_row: dict[int, Share] = field(default_factory=dict)
    by_column: dict[int, Share] = field(default_factory=dict)
    whole: Share = field(default_factory=Share)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the matrix is looked at."""

    kind: str
    sector: str
    late: bool
    page: int

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """From the address; what is no choice is none."""
        kind, sector = request.GET.get("loai", ""), request.GET.get("khoi", "")
        page = request.GET.get("trang", "1")
        return cls(
            kind if kind in OBLIGATION_KIND.values else "",
            sector if sector in SECTOR.values else "",
            request.GET.get("muon") == "1",
            int(page) if page.isdecimal() and 0 < len(page) < 6 else 1,
        )


@gate("obligation.read")
def matrix(request: HttpRequest) -> HttpResponse:
    """The board of the organisation and period looked at; by filter only what is late, one kind, one sector."""
    view = view_context(request, "obligation.read")
    asked = Asked.of(request)
    made = build(request.user, view, asked, today())
    if request.GET.get(EXPORT) == "xlsx":
        return _workbook(made, view)
    pages = max(1, -(-len(made.organisations) // ROWS))
    page = min(max(asked.page, 1), pages)
    shown = {
        "title": _("Bảng theo dõi đầy đủ, kịp thời"),
        "view": view,
        "asked": asked,
        "matrix": made,
        "head": head_cells(made),
        "body": body_rows(made, made.organisations[(page - 1) * ROWS : page * ROWS]),
        "foot": foot_cells(made),
        "page": page,
        "pages": range(1, pages + 1) if pages > 1 else (),
        "legend": [(code, SIGNS[code], OUTCOME.label(code, lang())) for code in OUTCOME.values],
        "kinds": OBLIGATION_KIND.choices,
        "sectors": SECTOR.choices,
        "tabs": tabs(request, "obligations:matrix"),
        "cut": len(made.demands) == COLUMNS,
    }
    return render(request, "work/matrix.html", shown)


def build(user: Any, view: ViewContext, asked: Asked, on: date) -> Matrix:
    """Read the board in three queries: organisations, demands, cells."""
    below = OrganisationPath.objects.filter(
        ancestor=view.organisation, voided_at__isnull=True, valid_to=F("descendant__ends_on")
    )
    organisations = visible_to(user, "obligation.read").filter(pk__in=below.values("descendant"))
    if asked.sector:
        organisations = organisations.filter(sector=asked.sector)
    demands = visible_demands(user).filter(due_on__range=(view.period.start, view.period.end))
    if asked.kind:
        demands = demands.filter(kind=asked.kind)
    asked_for = list(
        demands.select_related(None)
        .order_by("due_on", "pk")
        .values_list("pk", "title", "due_on", "about_label")[:COLUMNS]
    )
    symbols = {pk: _symbol(label) for pk, _title, _due, label in asked_for}
    columns = [(pk, title, due) for pk, title, due, _label in asked_for]
    cells = _cells(list(symbols), on)
    names = {
        pk: (pk, code, name)
        for pk, code, name in organisations.order_by("position", "code").values_list("pk", "code", "name")
        if pk in cells
    }
    rows = list(names.values())
    if asked.late:
        rows = [row for row in rows if _any_late(cells[row[0]].values())]
        late = {d for pk, *_rest in rows for d, (_cell, outcome) in cells[pk].items() if _is_late(outcome)}
        columns = [column for column in columns if column[0] in late]
    return _totalled(Matrix(rows, columns, cells, symbols), on)


def _symbol(label: str) -> str:
    """The symbol alone of the paper that a demand cites: "23-CT/TW" of "23-CT/TW ngày 09/02/2023"."""
    first = label.split(" ", 1)[0]
    return first if "/" in first or "-" in first else ""


def _cells(demands: Sequence[int], on: date) -> dict[int, dict[int, tuple[int, str]]]:
    """organisation -> demand -> (obligation, outcome). The outcome is told by the database: it saves reading dates."""
    rows: QuerySet[Obligation] = current(Obligation.objects.filter(demand__in=list(demands))).order_by()
    outcome = Case(
        When(fulfilled_on__lte=F("deadline"), then=Value("on_time")),
        When(Q(fulfilled_on__isnull=False), then=Value("late")),
        When(deadline__lt=on, then=Value("overdue")),
        default=Value("waiting"),
        output_field=CharField(),
    )
    found: dict[int, dict[int, tuple[int, str]]] = {}
    for organisation, demand, pk, told in rows.values_list("organisation_id", "demand_id", "pk", outcome):
        found.setdefault(organisation, {})[demand] = (pk, told)
    return found


def _is_late(outcome: str) -> bool:
    return outcome in ("late", "overdue")


def _any_late(cells: Iterable[tuple[int, str]]) -> bool:
    return any(_is_late(outcome) for _pk, outcome in cells)


def _totalled(made: Matrix, on: date) -> Matrix:
    """Put the shares in: of each row, each column and the whole. All parts of a demand have its first deadline."""
    base = {pk for pk, _title, due in made.demands if fallen_due(due, on)}
    columns = {column[0]: dict.fromkeys(SIGNS, 0) for column in made.demands}
    whole = dict.fromkeys(SIGNS, 0)
    for row, *_names in made.organisations:
        counted = dict.fromkeys(SIGNS, 0)
        for demand, (_pk, outcome) in made.cells[row].items():
            if demand in base:
                counted[outcome] += 1
                columns[demand][outcome] += 1
                whole[outcome] += 1
        made.by_row[row] = Share(**counted)
    made.by_column = {pk: Share(**counted) for pk, counted in columns.items()}
    made.whole = Share(**whole)
    return made


def head_cells(made: Matrix) -> SafeString:
    """The headings: each demand with the symbol of its paper and its deadline, leading to its page.

    The symbol stands on a line of its own: a column is too narrow for the whole title, and a title cut short is often
    cut right before it.
    """
    return format_html_join(
        "",
        '<th scope="col" class="ask"><a href="{}" title="{}">{}<span>{}</span></a><small>{}</small></th>',
        (
            (
                reverse("obligations:demand", args=[pk]),
                title,
                format_html("<b>{}</b>", symbol) if (symbol := made.symbols.get(pk, "")) else "",
                title.partition(symbol)[0].rstrip() or title if symbol else title,  # it stands above
                format_date(due, lang()),
            )
            for pk, title, due in made.demands
        ),
    )


def body_rows(made: Matrix, organisations: Sequence[Any]) -> SafeString:
    """One line an organisation: its form is put together from the cells' fixed forms and filled by `format_html`."""
    forms, nothing = _cell_forms(), '<td class="m"></td>'
    order = [pk for pk, _title, _due in made.demands]
    due = reverse("obligations:due")
    lines = []
    for pk, code, name in organisations:
        cells = [made.cells[pk].get(demand) for demand in order]
        form = "".join([forms[cell[1]] if cell else nothing for cell in cells])
        lines.append(
            format_html(
                '<tr><th scope="row"><a href="{}?cua={}">{}</a></th><td class="num share">{}</td>'
                + form
                + "</tr>",
                due,
                quote(code, safe=""),
                name,
                _share(made.by_row[pk]),
                *[cell[0] for cell in cells if cell],
            )
        )
    return format_html_join("\n", "{}", ((line,) for line in lines))


def foot_cells(made: Matrix) -> SafeString:
    """The shares of the columns."""
    return format_html_join(
        "", '<td class="m">{}</td>', ((_share(made.by_column[pk]),) for pk, _title, _due in made.demands)
    )


def _cell_forms() -> dict[str, str]:
    """The four forms of a cell, with one place left for the obligation's number."""
    base = reverse("obligations:obligation", args=[0]).removesuffix("0/")
    return {
        code: f'<td class="m {code}"><a href="{base}{{}}/" aria-label="{OUTCOME.label(code, lang())}">{sign}</a></td>'
        for code, sign in SIGNS.items()
    }


def _share(share: Share) -> str:
    return percent(share.percent) if share.percent is not None else "–"


def _workbook(made: Matrix, view: ViewContext) -> HttpResponse:
    columns = [Column(_("Tổ chức"), 40), Column(_("Mã"), 14), Column(_("Đúng hạn (%)"), 12, "percent")]
    columns += [Column(f"{title} ({format_date(due)})", 22) for _pk, title, due in made.demands]
    labels = {code: OUTCOME.label(code, lang()) for code in OUTCOME.values}
    lines = [
        [name, code, made.by_row[pk].percent]
        + [
            labels[cell[1]] if (cell := made.cells[pk].get(demand)) else ""
            for demand, _title, _due in made.demands
        ]
        for pk, code, name in made.organisations
    ]
    lines.append([_("Cộng"), "", made.whole.percent] + [_share(made.by_column[d[0]]) for d in made.demands])
    title = _("Bảng theo dõi đầy đủ, kịp thời")
    said = f"{view.organisation.name}, {view.period.label()}"
    return workbook_response(list_workbook(title, said, columns, lines), title)
