"""Members, the events of their lives, their cards and posts."""

from dataclasses import replace

from django.db.models import CharField

from tongket.core.codelists import ENDINGS
from tongket.figures.readings.base import (
    DOWN,
    DOWN_WHERE,
    IN_COMMITTEE,
    KIND_OF_PLACE,
    PROFILE,
    STOCK_JOINS,
    STOCK_PERSON,
    Column,
    Join,
    M,
    Reading,
    detail,
    fill,
    flow_head,
    flow_person,
    in_period,
    version,
)
from tongket.members.fields import REQUIRED
from tongket.members.models import MemberCard, MemberDetail, MemberEvent, MembershipSpell, PostHolding


def _gap(name: str) -> str:
    """That a required item of the profile is there (the items themselves are the register's own list)."""
    text = isinstance(MemberDetail._meta.get_field(name), CharField)
    return f"d.{name} <> ''" if text else f"d.{name} IS NOT NULL"


# --- members ----------------------------------------------------------------------------------------------

_MEMBERS = Reading(
    model=MembershipSpell,
    head=DOWN,
    tail="JOIN {spell} f ON f.organisation_id = p.descendant_id AND {now[f]}",
    where=DOWN_WHERE,
    joins=STOCK_JOINS | {"m": M},
    fields=STOCK_PERSON
    | {
        "standing": Column("f.standing"),
        "exempt": Column("f.exempt"),
        "suspended": Column("f.suspended"),
        "party_age": Column("f.party_age_from", years=True),
        "admitted_on": Column("f.admitted_on"),
        # No profile at all is the largest gap.
        "complete": Column("COALESCE(" + " AND ".join(_gap(name) for name in REQUIRED) + ", FALSE)", ("d",)),
        "committee_member": Column(f"f.member_id IN {IN_COMMITTEE}"),
    },
    shown_day="f.valid_from",
    member="f.member_id",
    title="m.full_name",
    subtitle="f.standing",
    subtitle_codes="STANDING",
    listing_joins=("m",),
)

_EVENT_DAY = 'f."on"'


def _was_in(organisation: str) -> str:
    """Whether the member was there the day before already: who came on the day itself, perhaps into a cell that was
    founded on it, leaves the place of that day."""
    return fill(
        "EXISTS (SELECT 1 FROM {spell} sb WHERE sb.member_id = f.member_id AND sb.organisation_id = $organisation "
        "AND sb.valid_from < $day AND sb.valid_to >= $day AND {known[sb]})",
        organisation=organisation,
        day=_EVENT_DAY,
    )


_EVENTS = Reading(
    model=MemberEvent,
    head=flow_head(when="placed"),
    where=in_period(_EVENT_DAY),
    day=_EVENT_DAY,
    ends=fill(
        "f.kind IN ($kinds) AND $was_there",
        kinds=", ".join(f"'{kind}'" for kind in sorted(ENDINGS)),
        was_there=_was_in("f.organisation_id"),
    ),
    joins={
        "v": version("f.organisation_id", "placed"),
        "d": detail("on"),
        "m": M,
        "s": Join("LEFT JOIN {spell} s ON s.member_id = f.member_id AND {before[s]}"),
        "t": Join("LEFT JOIN {spell} t ON t.member_id = f.member_id AND {on[t]}"),
    },
    fields=flow_person("f.organisation_id", "placed")
    | {
        "kind": Column("f.kind"),
        "elsewhere": Column("f.elsewhere"),
        "standing_before": Column("s.standing", ("s",)),
        "population_breach": Column("f.population_breach"),
        "foreign_spouse": Column("f.foreign_spouse"),
        "village_head": Column("f.village_head"),
        "party_age": Column("COALESCE(t.party_age_from, s.party_age_from)", ("s", "t"), years=True),
    },
    member="f.member_id",
    title="m.full_name",
    subtitle="f.kind",
    subtitle_codes="MEMBER_EVENT",
    listing_joins=("m",),
)

# Where a transferred member came from is judged by the tree of the day before: the cell may have ended on the day.
_ARRIVALS = Reading(
    model=MemberEvent,
    head=flow_head()
    + " LEFT JOIN {path} q ON q.ancestor_id = %(x)s AND q.descendant_id = f.from_organisation_id AND {placed[q]}"
    + " LEFT JOIN {path} c ON c.ancestor_id = p.via_id AND c.descendant_id = f.from_organisation_id"
    " AND {placed[c]}",
    where=in_period(_EVENT_DAY) + " AND f.kind = 'transferred'",
    day=_EVENT_DAY,
    ends=_was_in("f.from_organisation_id"),
    joins={"v": version("f.organisation_id", "on"), "d": detail("on"), "m": M},
    fields=flow_person("f.organisation_id", "on"),
    crossing=("q.id IS NULL", "c.id IS NULL"),
    member="f.member_id",
    title="m.full_name",
    subtitle="f.kind",
    subtitle_codes="MEMBER_EVENT",
    listing_joins=("m",),
)

_DEPARTURES = replace(
    _ARRIVALS,
    head=flow_head("f.from_organisation_id", "placed")
    + " LEFT JOIN {path} q ON q.ancestor_id = %(x)s AND q.descendant_id = f.organisation_id AND {on[q]}"
    + " LEFT JOIN {path} c ON c.ancestor_id = p.via_id AND c.descendant_id = f.organisation_id AND {on[c]}",
    joins={"v": version("f.from_organisation_id", "placed"), "d": detail("on"), "m": M},
    fields=flow_person("f.from_organisation_id", "placed"),
    organisation="f.from_organisation_id",
)

# A path begins in the period although cell and member were there the day before: the cell was moved, not founded.
_CARRIED_IN = Reading(
    model=MembershipSpell,
    head=DOWN
    + " JOIN {spell} f ON f.organisation_id = p.descendant_id AND {on[f]}"
    + " JOIN {spell} b ON b.member_id = f.member_id AND b.organisation_id = f.organisation_id AND {before[b]}"
    + " LEFT JOIN {path} q ON q.ancestor_id = p.ancestor_id AND q.descendant_id = p.descendant_id AND {before[q]}"
    + " LEFT JOIN {path} c ON c.ancestor_id = p.via_id AND c.descendant_id = p.descendant_id AND {before[c]}",
    where="p.ancestor_id = %(x)s AND p.valid_from BETWEEN %(start)s AND %(end)s AND {known[p]}",
    day="p.valid_from",
    joins={"m": M},
    fields={},
    crossing=("q.id IS NULL", "c.id IS NULL"),
    member="f.member_id",
    title="m.full_name",
    subtitle="f.standing",
    subtitle_codes="STANDING",
    listing_joins=("m",),
)

_CARRIED_OUT = replace(
    _CARRIED_IN,
    head=DOWN
    + " JOIN {spell} f ON f.organisation_id = p.descendant_id AND {before[f]}"
    + " JOIN {spell} b ON b.member_id = f.member_id AND b.organisation_id = f.organisation_id AND {on[b]}"
    + " LEFT JOIN {path} q ON q.ancestor_id = p.ancestor_id AND q.descendant_id = p.descendant_id AND {on[q]}"
    + " LEFT JOIN {path} c ON c.ancestor_id = p.via_id AND c.descendant_id = p.descendant_id AND {on[c]}",
    where="p.ancestor_id = %(x)s AND p.valid_to BETWEEN %(start)s AND %(end)s AND {known[p]}",
    day="p.valid_to",
)

_CARDS = Reading(
    model=MemberCard,
    head=flow_head(),
    where=in_period("f.issued_on"),
    day="f.issued_on",
    joins={"m": M},
    fields={"kind": Column("f.kind")},
    member="f.member_id",
    title="m.full_name",
    subtitle="f.kind",
    subtitle_codes="CARD_KIND",
    listing_joins=("m",),
)

_POSTS = Reading(
    model=PostHolding,
    head=DOWN,
    tail="JOIN {post} f ON f.organisation_id = p.descendant_id AND {now[f]}",
    where=DOWN_WHERE,
    joins=STOCK_JOINS | {"m": M},
    fields={"post": Column("f.post"), "gender": PROFILE["gender"], "age": PROFILE["age"]} | KIND_OF_PLACE,
    shown_day="f.valid_from",
    member="f.member_id",
    title="m.full_name",
    subtitle="f.post",
    subtitle_codes="POST",
    listing_joins=("m",),
)

_COMMITTEE_PEOPLE = replace(
    _POSTS,
    # Of several posts of one person the first recorded stands for the person.
    where=fill(
        "$down AND f.post IN (%(committee)s) AND NOT EXISTS (SELECT 1 FROM {post} h "
        "WHERE h.organisation_id = f.organisation_id AND h.member_id = f.member_id AND h.id < f.id "
        "AND h.post IN (%(committee)s) AND {now[h]})",
        down=DOWN_WHERE,
    ),
    fields={"gender": PROFILE["gender"], "age": PROFILE["age"]} | KIND_OF_PLACE,
)

READINGS: dict[str, Reading] = {
    "members": _MEMBERS,
    "events": _EVENTS,
    "arrivals": _ARRIVALS,
    "departures": _DEPARTURES,
    "carried_in": _CARRIED_IN,
    "carried_out": _CARRIED_OUT,
    "cards": _CARDS,
    "posts": _POSTS,
    "committee_people": _COMMITTEE_PEOPLE,
}
