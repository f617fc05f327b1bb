"""Members as the register and their files show them. Restricted fields leave only one by one, asked for by name."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from tongket.api.asking import keys_below, known_at, on_day
from tongket.api.endpoints.organisations import ended
from tongket.api.gate import need
from tongket.api.moved import refuse_merged
from tongket.api.paging import next_cursor, one_page, read_cursor
from tongket.api.parameters import Paged, Times, Within, begin, organisation_of
from tongket.api.problems import missing
from tongket.audit.acts import log_reading
from tongket.core.dates import today
from tongket.members.fields import FIELDS, RESTRICTED
from tongket.members.models import Member, MemberDetail, MembershipSpell
from tongket.members.queries import visible_to
from tongket.organisations.queries import visible_to as visible_organisations

router = Router(tags=["members"])
VERB, SENSITIVE = "member.read", "member.sensitive"
_ORDINARY = [field.name for field in FIELDS if field.name not in RESTRICTED]


class MembersAsked(Times, Paged, Within):
    """Whose members, when."""


class MemberAsked(Times):
    """One member's file."""

    sensitive: bool = Field(
        False,
        description="Cả trường hạn chế; cần nhiệm vụ Tổ chức, mỗi lần đọc được ghi nhật ký / restricted fields",
    )


class MemberOut(Schema):
    """A member on a day: who, in which cell, with which standing."""

    id: UUID
    code: str
    full_name: str
    gender: str
    birth_date: date | None
    birth_year_only: bool
    cell: str | None
    standing: str
    exempt: bool
    suspended: bool
    admitted_on: date | None
    official_on: date | None
    party_age_from: date | None
    since: date | None
    until: date | None


class FileOut(MemberOut):
    """A member's file. `restricted` is null unless it was asked for."""

    card_number: str
    profile: dict[str, str | bool | None]
    restricted: dict[str, str | bool | None] | None


class MembersOut(Schema):
    """A page of members; `next` is the cursor of the following page, null at the end."""

    as_at: date
    items: list[MemberOut]
    next: str | None


@router.get("/members", response=MembersOut, url_name="members", summary="Đảng viên / members")
def members(request: HttpRequest, params: Query[MembersAsked]) -> Any:
    """The members in the cells of the program's scope on a day. Each page read is written in the ledger."""
    begin(request, VERB, params)
    day = params.as_at or today()
    rows = MembershipSpell.objects.filter(
        known_at(params.as_known_at),
        on_day(day),
        member__in=visible_to(request.user, VERB).values("pk"),
        organisation__in=visible_organisations(request.user, VERB).values("pk"),
    )
    if params.under:
        top = organisation_of(request, VERB, params.under, "under")
        rows = rows.filter(organisation__in=keys_below(top, day, params.as_known_at))
    after = read_cursor(request, params.cursor)
    if after is not None:
        rows = rows.filter(member__gt=after)
    ordered = rows.select_related("member", "organisation").order_by("member_id", "-id")
    found, more = one_page(ordered, params.limit)
    if found:
        _log_list(request, params.under, day, len(found))
    details = _details({spell.member_id for spell in found}, day, params.as_known_at)
    return {
        "as_at": day,
        "items": [_member(spell.member, spell, details.get(spell.member_id)) for spell in found],
        "next": next_cursor(request, found[-1].member_id) if more else None,
    }


@router.get("/members/{uuid:id}", response=FileOut, url_name="member", summary="Một đảng viên / one member")
def member(request: HttpRequest, id: UUID, params: Query[MemberAsked]) -> Any:
    """The file of one member. The reading is written in the ledger, that of restricted fields by itself.

    An entry that was merged into another answers with the way there (307).
    """
    begin(request, VERB, params)
    verb = SENSITIVE if params.sensitive else VERB
    if params.sensitive:
        need(request, SENSITIVE)
    refuse_merged(request, id, verb, params.as_known_at)
    found = visible_to(request.user, verb).select_related("organisation").filter(uid=id).first()
    if found is None:
        raise missing("id")
    day, moment = params.as_at or today(), params.as_known_at
    spells = MembershipSpell.objects.filter(known_at(moment), on_day(day), member=found)
    spell = spells.select_related("organisation").order_by("-id").first()
    detail = _details({found.pk}, day, moment).get(found.pk)
    facts: dict[str, Any] = {"fields": sorted(RESTRICTED)} if params.sensitive else {}
    log_reading(
        "member.sensitive" if params.sensitive else "member.open",
        by=request.user,
        subject=found,
        organisation=found.organisation,
        **facts,
    )
    return {
        **_member(found, spell, detail),
        "card_number": found.card_number if moment is None else "",
        "profile": {name: _plain(detail, name) for name in _ORDINARY},
        "restricted": {name: _plain(detail, name) for name in sorted(RESTRICTED)}
        if params.sensitive
        else None,
    }


def _log_list(request: HttpRequest, under: str | None, day: date, count: int) -> None:
    subject: Any = request.user
    log_reading("member.list", by=request.user, subject=subject, under=under or "", on=day, rows=count)


def _details(members: set[int], day: date, moment: Any) -> dict[int, MemberDetail]:
    rows = MemberDetail.objects.filter(known_at(moment), on_day(day), member__in=members)
    return {row.member_id: row for row in rows.order_by("id")}


def _member(who: Member, spell: MembershipSpell | None, detail: MemberDetail | None) -> dict[str, Any]:
    return {
        "id": who.uid,
        "code": who.code,
        "full_name": detail.full_name if detail else who.full_name,
        "gender": detail.gender if detail else who.gender,
        "birth_date": detail.birth_date if detail else who.birth_date,
        "birth_year_only": detail.birth_year_only if detail else False,
        "cell": spell.organisation.code if spell else None,
        "standing": spell.standing if spell else "",
        "exempt": spell.exempt if spell else False,
        "suspended": spell.suspended if spell else False,
        "admitted_on": spell.admitted_on if spell else None,
        "official_on": spell.official_on if spell else None,
        "party_age_from": spell.party_age_from if spell else None,
        "since": spell.valid_from if spell else None,
        "until": ended(spell.valid_to) if spell else None,
    }


def _plain(detail: MemberDetail | None, name: str) -> str | bool | None:
    value = getattr(detail, name) if detail else None
    return value.isoformat() if isinstance(value, date) else value
