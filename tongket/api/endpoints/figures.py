"""Figures, masked as on the pages, and the records behind them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import StringConstraints

from tongket.api.gate import forbidden, language_of, may_be_kept
from tongket.api.paging import next_cursor, read_cursor
from tongket.api.parameters import Code, Paged, Times, begin, organisation_of
from tongket.api.problems import missing, wrong
from tongket.audit.acts import log_reading
from tongket.audit.models import LedgerEntry
from tongket.core.masks import mask_text
from tongket.core.periods import parse_period
from tongket.figures.engine import compute
from tongket.figures.types import Child, Figure, FigureSet, Record
from tongket.indicators.catalogue import INDICATORS, indicator
from tongket.indicators.model import Indicator
from tongket.members.queries import visible_to as visible_members
from tongket.ui.context import ViewContext
from tongket.web.figure_pages.behind import access_to, open_records

router = Router(tags=["figures"])
VERB = "figure.read"
_MOST_IDS = 60
#: How long a list stays as its first page was: what is corrected meanwhile must not be handed out for ever.
_HELD = timedelta(hours=6)

Ids = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[a-z0-9_.,]*$")]


class Question(Times):
    """Of which organisation and period."""

    organisation: Code = Field(..., description="Mã tổ chức")
    period: Code = Field(..., description="Kỳ: 2023, 2023-Q1, 2023-H1, 2023-05 …")


class FiguresAsked(Question):
    """Which figures."""

    ids: Ids = Field(..., description="Mã chỉ số (/indicators), cách nhau bằng dấu phẩy, nhiều nhất 60")
    children: bool = Field(False, description="Cả của từng tổ chức trực thuộc")


class RecordsAsked(Question, Paged):
    """The records of a figure, of one branch or all."""

    branch: Code | None = Field(None, description="Mã tổ chức trực thuộc, hoặc - cho chính tổ chức")


class IndicatorOut(Schema):
    """What a figure is."""

    id: str
    name: str
    unit: str
    domain: str
    decimals: int
    form: str
    basis: str
    sensitive: bool


class FigureOut(Schema):
    """A figure. Where `mask` is not empty the number may not be known to the program: the rest is null, never 0."""

    id: str
    value: int | float | None
    numerator: int | float | None
    denominator: int | float | None
    records: int | None
    mask: str
    mask_text: str


class ChildOut(Schema):
    """The figures of one organisation below."""

    code: str
    name: str
    kind: str
    figures: list[FigureOut]


class FiguresOut(Schema):
    """The figures of an organisation for a period, as at a day."""

    organisation: str
    period: str
    as_at: date
    as_known_at: datetime | None
    figures: list[FigureOut]
    children: list[ChildOut]


class RecordOut(Schema):
    """One record behind a figure. `member` is null where the person's file is not the program's to open."""

    id: str
    source: str
    title: str
    subtitle: str
    on: date
    organisation: str
    member: str | None
    amount: int | float | None


class RecordsOut(Schema):
    """A page of the records behind a figure. `sealed` are counted by the figure but not shown."""

    organisation: str
    period: str
    as_at: date
    count: int
    sealed: int
    items: list[RecordOut]
    next: str | None


@router.get(
    "/indicators", response=list[IndicatorOut], url_name="indicators", summary="Danh mục chỉ số / catalogue"
)
def indicators(request: HttpRequest) -> Any:
    """Every figure that can be asked for."""
    begin(request, VERB)
    may_be_kept(request)
    english = language_of(request) == "en"
    return [
        {
            "id": one.id,
            "name": one.en if english else one.vi,
            "unit": (one.units_en or one.unit) if english else one.unit,
            "domain": one.domain,
            "decimals": one.decimals,
            "form": one.form,
            "basis": one.basis,
            "sensitive": one.sensitive,
        }
        for one in INDICATORS.values()
    ]


@router.get("/figures", response=FiguresOut, url_name="figures", summary="Số liệu / figures")
def figures(request: HttpRequest, params: Query[FiguresAsked]) -> Any:
    """Figures with numerators and denominators, as the pages show them to somebody with the same duties."""
    begin(request, VERB, params)
    may_be_kept(request)
    view = _view(request, params)
    ids = tuple(dict.fromkeys(part for part in params.ids.split(",") if part))
    if not ids or len(ids) > _MOST_IDS:
        raise wrong("ids", _("Hãy ghi từ 1 đến %(most)s mã chỉ số.") % {"most": _MOST_IDS})
    for id in ids:
        if id not in INDICATORS:
            raise wrong("ids", _("Không có chỉ số “%(id)s”.") % {"id": id[:60]})
    found = compute(
        view.organisation,
        view.period,
        as_at=view.as_at,
        as_known_at=view.as_known_at,
        ids=ids,
        children=params.children,
        viewer=view.user,
    )
    lang = language_of(request)
    below = found.children if params.children else ()
    return {
        "organisation": view.organisation.code,
        "period": view.period.code,
        "as_at": view.as_at,
        "as_known_at": view.as_known_at,
        "figures": _figures(found.own, ids, lang),
        "children": [
            {
                "code": child.code,
                "name": child.name,
                "kind": child.kind,
                "figures": _figures(found.by_child[child.id], ids, lang),
            }
            for child in below
        ],
    }


@router.get(
    "/figures/{id}/records", response=RecordsOut, url_name="records", summary="Hồ sơ của số liệu / records"
)
def records(request: HttpRequest, id: str, params: Query[RecordsAsked]) -> Any:
    """The records behind one figure, to whoever may list them on its page.

    The list is held as it stood when its first page was read, so that the pages fit together.
    """
    begin(request, VERB, params)
    if id not in INDICATORS:
        raise missing("id", _("Không có chỉ số “%(id)s”.") % {"id": id[:60]})
    declared, view = indicator(id), _view(request, params)
    access = access_to(view, declared)
    if not access.granted:
        raise forbidden(access.reason)
    branch = _branch(view, declared, params.branch)
    offset, held = 0, _now()
    if (after := read_cursor(request, params.cursor)) is not None:
        offset, held = int(after[0]), datetime.fromisoformat(after[1])
        if _now() - held > _HELD:
            raise wrong("cursor", _("Danh sách này đã đọc quá lâu. Hãy đọc lại từ trang đầu."))
    found, sealed = open_records(view, declared, branch, offset, params.limit, listed_at=held)
    rows = found.rows
    if not declared.sensitive and any(row.member_id for row in rows):
        _log(view, declared, len(rows))
    left = offset + len(rows) < found.count - sealed
    return {
        "organisation": view.organisation.code,
        "period": view.period.code,
        "as_at": view.as_at,
        "count": found.count,
        "sealed": sealed,
        "items": _written(request, rows),
        "next": next_cursor(request, [offset + len(rows), held.isoformat()]) if left and rows else None,
    }


def _view(request: HttpRequest, params: Any) -> ViewContext:
    """What is asked, by the rules of the pages' own header (`ui.context`)."""
    organisation = organisation_of(request, VERB, params.organisation)
    period = parse_period(params.period)
    as_at = params.as_at or period.end
    if not period.start <= as_at <= period.end:
        raise wrong("as_at", _("Ngày tính số liệu phải nằm trong kỳ."))
    if as_at < organisation.founded_on:
        raise wrong("as_at" if params.as_at else "period", _("Tổ chức chưa thành lập vào ngày này."))
    return ViewContext(request.user, organisation, period, as_at, params.as_known_at)


def _branch(view: ViewContext, declared: Indicator, code: str | None) -> Child | None:
    if code is None:
        return None
    own = view.organisation
    if code == "-":
        return Child(own.pk, "-", own.name, own.kind)
    found: FigureSet = compute(
        own, view.period, as_at=view.as_at, as_known_at=view.as_known_at, ids=(declared.id,), viewer=view.user
    )
    for child in found.children:
        if child.code == code:
            return child
    raise missing(
        "branch", _("Trong kỳ này không có tổ chức trực thuộc mã “%(code)s”.") % {"code": code[:40]}
    )


def _now() -> datetime:
    # Acts are ordered by number, not by the clock (audit.acts): the last of them has happened, whatever the clock says.
    last = LedgerEntry.objects.aggregate(last=Max("at"))["last"]
    now = timezone.now()
    return max(now, last) if last else now


def _log(view: ViewContext, declared: Indicator, rows: int) -> None:
    where = view.organisation
    facts = {"indicator": declared.id, "period": view.period.code, "rows": rows}
    log_reading("figure.records", by=view.user, subject=where, organisation=where, **facts)


def _figures(found: dict[str, Figure], ids: tuple[str, ...], lang: str) -> list[dict[str, Any]]:
    return [
        {
            "id": id,
            "value": _number(found[id].value),
            "numerator": _number(found[id].numerator),
            "denominator": _number(found[id].denominator),
            "records": None if found[id].mask else found[id].records,
            "mask": found[id].mask,
            "mask_text": mask_text(found[id].mask, lang) if found[id].mask else "",
        }
        for id in ids
    ]


def _number(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def record_id(row: Record) -> str:
    """What a record is called outside: lasting, but not a number in a row, whose gaps would tell of sealed records."""
    seal = salted_hmac("tongket.api.record", f"{row.source}:{row.pk}", algorithm="sha256")
    return f"{row.source}:{seal.hexdigest()[:24]}"


def _written(request: HttpRequest, rows: tuple[Record, ...]) -> list[dict[str, Any]]:
    keys = {row.member_id for row in rows if row.member_id}
    files = dict(visible_members(request.user).filter(pk__in=keys).values_list("pk", "uid")) if keys else {}
    return [
        {
            "id": record_id(row),
            "source": row.source,
            "title": row.title,
            "subtitle": row.subtitle,
            "on": row.on,
            "organisation": row.organisation_name,
            "member": str(files[row.member_id]) if row.member_id in files else None,
            "amount": _number(row.amount),
        }
        for row in rows
    ]
