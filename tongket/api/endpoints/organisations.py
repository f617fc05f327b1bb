"""Organisations as they read on a day: what the tree and its page show."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from tongket.api.asking import keys_below, known_at, on_day
from tongket.api.gate import language_of, may_be_kept
from tongket.api.moved import refuse_ended, successors_of
from tongket.api.paging import next_cursor, one_page, read_cursor
from tongket.api.parameters import Paged, Times, Within, begin, organisation_of
from tongket.api.problems import missing
from tongket.core.codelists import SECTOR
from tongket.core.dates import FOREVER, today
from tongket.organisations.models import OrganisationVersion
from tongket.organisations.queries import visible_to
from tongket.rules.organisations import UnknownKind
from tongket.rules.organisations import kind as kind_of

router = Router(tags=["organisations"])
VERB = "organisation.read"


class OrganisationsAsked(Times, Paged, Within):
    """Which organisations, when."""


class OrganisationOut(Schema):
    """An organisation as it read on a day. `parent` is empty where the one above is not the program's to see.

    `successors`: codes of those that carry on for it since it ended, as far as the program sees them.
    """

    id: str
    code: str
    name: str
    kind: str
    kind_name: str
    sector: str
    sector_name: str
    parent: str | None
    parent_id: str | None
    founded_on: date
    ended_on: date | None
    valid_from: date
    valid_to: date | None
    successors: list[str]


class OrganisationsOut(Schema):
    """A page of organisations; `next` is the cursor of the following page, null at the end."""

    as_at: date
    items: list[OrganisationOut]
    next: str | None


@router.get(
    "/organisations",
    response=OrganisationsOut,
    url_name="organisations",
    summary="Tổ chức đảng / organisations",
)
def organisations(request: HttpRequest, params: Query[OrganisationsAsked]) -> Any:
    """The organisations of the program's scope that stood on a day, in a steady order."""
    begin(request, VERB, params)
    may_be_kept(request)
    day, found, more = page_of(request, params)
    return {"as_at": day, "items": written(request, found), "next": more}


@router.get(
    "/organisations/{code}",
    response=OrganisationOut,
    url_name="organisation",
    summary="Một tổ chức / one organisation",
)
def organisation(request: HttpRequest, code: str, params: Query[Times]) -> Any:
    """One organisation by its code; 410 with its successors when it had ended by that day, 404 before its founding."""
    begin(request, VERB, params)
    may_be_kept(request)
    asked = organisation_of(request, VERB, code, "code")
    day = params.as_at or today()
    rows = list(_standing(day, params.as_known_at).filter(organisation=asked))
    if not rows:
        refuse_ended(request, asked, day)
        raise missing(
            "as_at", _("Tổ chức này không hoạt động vào ngày được hỏi. Hãy ghi as_at là một ngày khác.")
        )
    return written(request, rows)[0]


def page_of(request: HttpRequest, params: Any) -> tuple[date, list[OrganisationVersion], str | None]:
    """The day asked for, a page of versions in force on it, and the cursor of the next page."""
    day = params.as_at or today()
    seen = visible_to(request.user, VERB)
    if params.under:
        top = organisation_of(request, VERB, params.under, "under")
        seen = seen.filter(pk__in=keys_below(top, day, params.as_known_at))
    after = read_cursor(request, params.cursor)
    rows = _standing(day, params.as_known_at).filter(organisation__in=seen.values("pk"))
    if after is not None:
        rows = rows.filter(organisation__gt=after)
    found, more = one_page(rows.order_by("organisation_id"), params.limit)
    return day, found, next_cursor(request, found[-1].organisation_id) if more else None


def written(request: HttpRequest, rows: Sequence[OrganisationVersion]) -> list[dict[str, Any]]:
    """Versions as the answer has them; one query for the codes of those above."""
    lang = language_of(request)
    above = codes_of(request, {row.parent_id for row in rows if row.parent_id})
    after = successors_of(request, {row.organisation_id for row in rows})
    return [
        {
            "id": str(row.organisation.uid),
            "code": row.organisation.code,
            "name": row.name,
            "kind": row.kind,
            "kind_name": kind_name(row.kind, lang),
            "sector": row.sector,
            "sector_name": SECTOR.label(row.sector, lang) if row.sector else "",
            "parent": above.get(row.parent_id or 0, ("", ""))[0] or None,
            "parent_id": above.get(row.parent_id or 0, ("", ""))[1] or None,
            "founded_on": row.organisation.founded_on,
            "ended_on": ended(row.organisation.ends_on),
            "valid_from": row.valid_from,
            "valid_to": ended(row.valid_to),
            "successors": [one.code for one in after.get(row.organisation_id, ())],
        }
        for row in rows
    ]


def codes_of(request: HttpRequest, keys: set[int]) -> dict[int, tuple[str, str]]:
    """(code, id) of those organisations that the program may see."""
    if not keys:
        return {}
    seen = visible_to(request.user, VERB).filter(pk__in=keys)
    return {pk: (code, str(uid)) for pk, code, uid in seen.values_list("pk", "code", "uid")}


def kind_name(code: str, lang: str) -> str:
    """What a kind of organisation is called."""
    try:
        return kind_of(code).name(lang)
    except UnknownKind:
        return code


def ended(day: date) -> date | None:
    """A day after which something no longer holds; None while it is open."""
    return None if day == FOREVER else day


def _standing(day: date, moment: datetime | None) -> QuerySet[OrganisationVersion]:
    return OrganisationVersion.objects.filter(known_at(moment), on_day(day)).select_related("organisation")
