"""Papers of the books that the program may read, and those handed down to its organisations."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from tongket.api.asking import keys_below, known_at
from tongket.api.endpoints.organisations import codes_of
from tongket.api.gate import language_of
from tongket.api.paging import next_cursor, one_page, read_cursor
from tongket.api.parameters import Day, Moment, Paged, Times, Within, begin, organisation_of
from tongket.api.problems import missing
from tongket.core.codelists import DOCUMENT_KIND, GIVER
from tongket.directives.models import Directive
from tongket.directives.queries import readable_directives

router = Router(tags=["directives"])
VERB = "directive.read"


class DirectivesAsked(Times, Paged, Within):
    """Which papers. `as_at`: entered in the book up to that day."""

    book: Literal["received", "issued"] | None = Field(None, description="Sổ văn bản đến / đi")
    since: Day | None = Field(None, description="Vào sổ từ ngày")


class DirectiveAsked(Schema):
    """One paper, perhaps as it was known earlier."""

    as_known_at: Moment | None = Field(
        None, description="Như đã biết đến lúc này; ISO 8601 / as known at this moment"
    )


class DirectiveOut(Schema):
    """A paper as it stands in the book. `id` stays the same when the paper is corrected."""

    id: UUID
    book: str
    organisation: str | None
    kind: str
    kind_name: str
    symbol: str
    issuer: str
    issuer_level: str
    issuer_level_name: str
    issued_on: date
    received_on: date
    subject: str
    signer: str
    needs_plan: bool
    plan_due_on: date | None
    effective_until: date | None
    recorded_at: datetime


class DirectivesOut(Schema):
    """A page of papers; `next` is the cursor of the following page, null at the end."""

    items: list[DirectiveOut]
    next: str | None


@router.get("/directives", response=DirectivesOut, url_name="directives", summary="Văn bản / directives")
def directives(request: HttpRequest, params: Query[DirectivesAsked]) -> Any:
    """The papers that the program may read, in a steady order that corrections do not change."""
    begin(request, VERB, params)
    rows = readable_directives(request.user, with_voided=True).filter(known_at(params.as_known_at))
    if params.under:
        top = organisation_of(request, VERB, params.under, "under")
        rows = rows.filter(organisation__in=keys_below(top, None, None))
    if params.book:
        rows = rows.filter(book=params.book)
    if params.since:
        rows = rows.filter(received_on__gte=params.since)
    if params.as_at:
        rows = rows.filter(received_on__lte=params.as_at)
    after = read_cursor(request, params.cursor)
    if after is not None:
        rows = rows.filter(identity__gt=UUID(after))
    found, more = one_page(rows.order_by("identity"), params.limit)
    return {
        "items": _written(request, found),
        "next": next_cursor(request, str(found[-1].identity)) if more else None,
    }


@router.get(
    "/directives/{uuid:id}",
    response=DirectiveOut,
    url_name="directive",
    summary="Một văn bản / one directive",
)
def directive(request: HttpRequest, id: UUID, params: Query[DirectiveAsked]) -> Any:
    """One paper, as it stands or as it was known at a moment."""
    begin(request, VERB, params)
    rows = readable_directives(request.user, with_voided=True).filter(known_at(params.as_known_at))
    found = rows.filter(identity=id).first()
    if found is None:
        raise missing("id")
    return _written(request, [found])[0]


def _written(request: HttpRequest, rows: list[Directive]) -> list[dict[str, Any]]:
    lang = language_of(request)
    codes = codes_of(request, {row.organisation_id for row in rows})
    return [
        {
            "id": row.identity,
            "book": row.book,
            "organisation": codes.get(row.organisation_id, ("", ""))[0] or None,
            "kind": row.kind,
            "kind_name": DOCUMENT_KIND.label(row.kind, lang),
            "symbol": row.symbol,
            "issuer": row.issuer,
            "issuer_level": row.issuer_level,
            "issuer_level_name": GIVER.label(row.issuer_level, lang),
            "issued_on": row.issued_on,
            "received_on": row.received_on,
            "subject": row.subject,
            "signer": row.signer,
            "needs_plan": row.needs_plan,
            "plan_due_on": row.plan_due_on,
            "effective_until": row.effective_until,
            "recorded_at": row.recorded_at,
        }
        for row in rows
    ]
