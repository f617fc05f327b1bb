"""Reading the register: who may be seen, who holds which post, what is missing, how a life went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Q, QuerySet

from tongket.core.text import fold
from tongket.members.fields import BY_NAME, REQUIRED
from tongket.members.models import Member, MemberDetail, MemberEvent, PostHolding
from tongket.members.successors import successors
from tongket.organisations.models import Organisation
from tongket.organisations.queries import assignments_of
from tongket.organisations.queries import visible_to as visible_organisations
from tongket.rules.membership import party_age_years


def visible_to(user: Any, verb: str = "member.read") -> QuerySet[Member]:
    """The members whose present (or last) cell lies where the user holds `verb`: the gate of every list of people.

    A person entered without any event yet is in no cell: whoever entered the details sees him, to finish or correct.
    """
    in_scope = Q(organisation__in=visible_organisations(user, verb))
    duty = assignments_of(user, verb)
    entered = MemberDetail.objects.filter(Exists(duty), recorded_by=user.pk, voided_at__isnull=True)
    return Member.objects.filter(in_scope | Q(organisation__isnull=True, pk__in=entered.values("member")))


def search(members: QuerySet[Member], text: str) -> QuerySet[Member]:
    """Members whose name holds every word of `text`, without regard to diacritics, or whose code or card begins so.

    The code of an entry that was merged into another finds the person kept.
    """
    bare = text.strip()
    if not bare:
        return members
    by_name = Q()
    for word in fold(bare).split():
        by_name &= Q(folded_name__contains=word)
    return members.filter(
        by_name
        | Q(code__istartswith=bare)
        | Q(card_number__startswith=bare.replace(" ", ""))
        | Q(pk__in=successors(bare))
    )


def detail_on(member: Member, on: date) -> MemberDetail | None:
    """The member's details as they held on a day, as known now."""
    return member.details.filter(voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on).first()


def gaps_of(detail: MemberDetail | None) -> list[str]:
    """Names of the required profile fields that are blank."""
    if detail is None:
        return list(REQUIRED)
    return [name for name in REQUIRED if getattr(detail, name) in ("", None)]


def incomplete(members: QuerySet[Member], on: date) -> QuerySet[MemberDetail]:
    """Details in force on a day of these members that have a gap among the required fields."""
    blank = Q()
    for name in REQUIRED:
        nullable = MemberDetail._meta.get_field(name).null
        blank |= Q(**{f"{name}__isnull": True}) if nullable else Q(**{name: ""})
    return MemberDetail.objects.filter(
        blank, member__in=members, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    ).select_related("member")


def field_label(name: str) -> str:
    """What the screen calls a profile field."""
    column = MemberDetail._meta.get_field(BY_NAME[name].name)
    return str(getattr(column, "verbose_name", name))


def party_age(member: Member, on: date) -> int | None:
    """Full years of Party age on a day; None when not a member that day or the admission day is unknown."""
    spell = member.spells.filter(voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on).first()
    if spell is None or spell.party_age_from is None:
        return None
    return party_age_years(spell.party_age_from, on)


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of a member's life, for the timeline: an event, and whether it was voided later."""

    event: MemberEvent
    voided: bool


def timeline(member: Member) -> list[Moment]:
    """All events of a life in order of day, voided ones included and marked."""
    events = member.events.select_related("organisation", "from_organisation", "recorded_by", "voided_by")
    return [Moment(event, event.voided_at is not None) for event in events.order_by("on", "id")]


_POST_ORDER = {
    "secretary": 0,
    "deputy_secretary": 1,
    "standing_member": 2,
    "committee_member": 3,
    "inspection_head": 4,
    "inspection_member": 5,
}


def committee_on(organisation: Organisation, on: date) -> Sequence[PostHolding]:
    """Who held which post in the organisation's committee on a day, the secretary first."""
    rows = PostHolding.objects.filter(
        organisation=organisation, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    ).select_related("member", "term")
    return sorted(rows, key=lambda row: (_POST_ORDER.get(row.post, 9), row.member.sort_key))
