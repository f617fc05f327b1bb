"""How each source of facts is read from the database: tables, joins, and fields as SQL expressions.

Text here is fixed: every value is a named parameter, and nothing a user types comes near it. Words in braces are
filled in by `sql.py`:

    {known[f]}   row f is known at the asked moment (record time)
    {now[f]}     ... and holds at the asked date %(at)s (valid time)
    {on[f]}      ... and holds on the fact's own day
    {before[f]}  ... and held on the day before the fact's own day
    {placed[f]}  {before[f]} for facts that end something (`Reading.ends`), {on[f]} for all others

A fact belongs to the place its organisation had on the fact's own day. Only what *ends* a membership, or changes an
organisation, belongs to the place of the day before: on its own day the cell may already hang elsewhere or be gone,
and the balance "end = opening + increase - decrease" of form 1 would break.

Aliases: f the fact; p the path from the asked organisation %(x)s down to the fact's organisation; v the version and
d the profile that hold for the fact; m the member.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from string import Template

from django.db.models import CharField, Model

from tongket.core.codelists import ENDINGS
from tongket.directives.models import Directive, Plan, StudySession
from tongket.honours.models import BadgeAward, Commendation
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.members.fields import REQUIRED
from tongket.members.models import (
    Member,
    MemberCard,
    MemberDetail,
    MemberEvent,
    MembershipSpell,
    PostHolding,
)
from tongket.organisations.models import (
    Organisation,
    OrganisationAct,
    OrganisationPath,
    OrganisationVersion,
)
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.rules.organisations import all_kinds
from tongket.targets.models import Target

# Tables by the word that stands for them in a template; {fact} is the table of the reading's own model.
TABLES: dict[str, str] = {
    name: model._meta.db_table
    for name, model in {
        "path": OrganisationPath,
        "version": OrganisationVersion,
        "organisation": Organisation,
        "member": Member,
        "detail": MemberDetail,
        "spell": MembershipSpell,
        "event": MemberEvent,
        "post": PostHolding,
        "plan": Plan,
        "study": StudySession,
        "member_rating": MemberRating,
    }.items()
}

# Posts that make their holder a member of the committee (cấp ủy viên); those of the inspection commission do not.
COMMITTEE_POSTS = ("secretary", "deputy_secretary", "standing_member", "committee_member")
# Both put a person on the list as newly admitted (form 2 counts re-admissions in).
ADMISSIONS = ("admitted", "readmitted")


@cache
def grassroots_kinds() -> tuple[str, ...]:
    """Codes of the kinds of organisation that are grassroots organisations (TCCS đảng)."""
    return tuple(kind.code for kind in all_kinds() if kind.is_grassroots)


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a source as SQL.

    `years`: `sql` is the day from which full years are counted (age, Party age). `scale`: whole numbers only are
    summed, so that sums are exact: `sql` is multiplied by it before and divided after. `joins` it needs, by name.
    `places`: a condition on it picks organisations, worked out once a query: the fact is at one of those of this
    common table (columns organisation_id and what `sql` names) that meet the condition.
    """

    sql: str
    joins: tuple[str, ...] = ()
    years: bool = False
    scale: int = 1
    places: str = ""


@dataclass(frozen=True, slots=True)
class Join:
    """A join that is made only when a field in use needs it. `place`: depends on the organisation alone, so it is
    made before the facts are joined. `cte`: a common table that it (or a column's `places`) reads; `lead`: a table
    put before all others, joined by `where`."""

    sql: str = ""
    place: bool = False
    cte: str = ""
    lead: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one source is read.

    `head`, place joins, `tail`, the other joins and `where` make the FROM and WHERE. `day` is the fact's own day.
    `crossing`: the pair of conditions under which a fact crosses the border of the asked organisation, and of its
    child on the way down; such facts do not add up from children to the whole.
    """

    model: type[Model]
    head: str
    where: str
    fields: Mapping[str, Column]
    joins: Mapping[str, Join]
    tail: str = ""
    day: str = "%(at)s"
    shown_day: str = ""
    ends: str = ""
    crossing: tuple[str, str] | None = None
    key: str = "f.id"
    organisation: str = "f.organisation_id"
    member: str = ""
    title: str = ""
    subtitle: str = ""
    subtitle_codes: str = ""
    listing_joins: tuple[str, ...] = field(default=())


# --- pieces that several sources share --------------------------------------------------------------------

_GRASSROOTS = "IN (%(grassroots)s)"  # sql.py opens it into one parameter a kind


def fill(template: str, **words: str) -> str:
    """Put words (of this file's own text, never of a user) in place of `$word` in a template."""
    return Template(template).substitute(words)


def _detail(when: str) -> Join:
    return Join(fill("LEFT JOIN {detail} d ON d.member_id = f.member_id AND {$when[d]}", when=when))


def _version(organisation: str, when: str, place: bool = False) -> Join:
    join = "LEFT JOIN {version} v ON v.organisation_id = $organisation AND {$when[v]}"
    return Join(fill(join, organisation=organisation, when=when), place=place)


_SECTOR_ABOVE = (
    "(SELECT gv.sector FROM {path} gp JOIN {version} gv ON gv.organisation_id = gp.ancestor_id AND {$when[gv]} "
    "WHERE gp.descendant_id = $organisation AND {$when[gp]} AND gv.kind IN (%(grassroots)s) "
    "ORDER BY gp.depth LIMIT 1)"
)


def _sector_above(organisation: str, when: str) -> str:
    """Sector of the nearest grassroots organisation, itself included."""
    return fill(_SECTOR_ABOVE, organisation=organisation, when=when)


_SECTORS = Join(
    # Once per organisation, not once per member: its own sector, else that of the nearest grassroots organisation.
    cte=(
        "sectors AS MATERIALIZED (SELECT organisation_id, sector FROM ("
        "SELECT gp.descendant_id AS organisation_id, gv.sector, ROW_NUMBER() OVER (PARTITION BY gp.descendant_id "
        "ORDER BY CASE WHEN gv.id IS NULL THEN 1 ELSE 0 END, gp.depth) AS place "
        "FROM {path} sp JOIN {path} gp ON gp.descendant_id = sp.descendant_id AND {now[gp]} "
        "LEFT JOIN {version} gv ON gv.organisation_id = gp.ancestor_id AND {now[gv]} "
        "AND (gp.depth = 0 AND gv.sector <> '' OR gv.kind IN (%(grassroots)s)) "
        "WHERE sp.ancestor_id = %(x)s AND {now[sp]}) nearest WHERE place = 1)"
    ),
)

_PROFILE = {
    name: Column(f"d.{name}", ("d",))
    for name in (
        "gender",
        "ethnicity",
        "religion",
        "schooling",
        "education",
        "academic_title",
        "theory",
        "occupation",
        "youth_union",
    )
} | {"age": Column("d.birth_date", ("d",), years=True)}

_STOCK_PERSON = _PROFILE | {
    "sector": Column("g.sector", ("g",), places="sectors g"),
    "organisation_kind": Column("v.kind", ("v",)),
}


def _flow_person(organisation: str, when: str) -> dict[str, Column]:
    return _PROFILE | {
        "sector": Column(
            fill("COALESCE(NULLIF(v.sector, ''), $above)", above=_sector_above(organisation, when)), ("v",)
        ),
        "organisation_kind": Column("v.kind", ("v",)),
    }


_KIND_OF_PLACE = {
    "organisation_kind": Column("v.kind", ("v",)),
    "grassroots": Column(f"v.kind {_GRASSROOTS}", ("v",)),
}

_M = Join("JOIN {member} m ON m.id = f.member_id")
_M_OR_NONE = Join("LEFT JOIN {member} m ON m.id = f.member_id")
_FO = Join("JOIN {organisation} fo ON fo.id = f.organisation_id")
_IN_COMMITTEE = "(SELECT h.member_id FROM {post} h WHERE {now[h]} AND h.post IN (%(committee)s))"
_WITH_COMMITTEE = "(SELECT h.organisation_id FROM {post} h WHERE {now[h]} AND h.post IN (%(committee)s))"

_DOWN = "{path} p"
_DOWN_WHERE = "p.ancestor_id = %(x)s AND {now[p]}"
_STOCK_JOINS = {"v": _version("p.descendant_id", "now", place=True), "g": _SECTORS, "d": _detail("now")}


_FLOW_HEAD = (
    "{fact} f JOIN {path} p ON p.descendant_id = $organisation AND p.ancestor_id = %(x)s AND {$when[p]}"
)


def _flow_head(organisation: str = "f.organisation_id", when: str = "on") -> str:
    return fill(_FLOW_HEAD, organisation=organisation, when=when)


def _in_period(day: str) -> str:
    return fill("$day BETWEEN %(start)s AND %(end)s AND {known[f]}", day=day)


def _gap(name: str) -> str:
    """That a required item of the profile is there (the items themselves are the register's own list)."""
    text = isinstance(MemberDetail._meta.get_field(name), CharField)
    return f"d.{name} <> ''" if text else f"d.{name} IS NOT NULL"


# --- members ----------------------------------------------------------------------------------------------

_MEMBERS = Reading(
    model=MembershipSpell,
    head=_DOWN,
    tail="JOIN {spell} f ON f.organisation_id = p.descendant_id AND {now[f]}",
    where=_DOWN_WHERE,
    joins=_STOCK_JOINS | {"m": _M},
    fields=_STOCK_PERSON
    | {
        "standing": Column("f.standing"),
        "exempt": Column("f.exempt"),
        "suspended": Column("f.suspended"),
        "party_age": Column("f.party_age_from", years=True),
        "admitted_on": Column("f.admitted_on"),
        # No profile at all is the largest gap.
        "complete": Column("COALESCE(" + " AND ".join(_gap(name) for name in REQUIRED) + ", FALSE)", ("d",)),
        "committee_member": Column(f"f.member_id IN {_IN_COMMITTEE}"),
    },
    shown_day="f.valid_from",
    member="f.member_id",
    title="m.full_name",
    subtitle="f.standing",
    subtitle_codes="STANDING",
    listing_joins=("m",),
)

_EVENT_DAY = 'f."on"'

_EVENTS = Reading(
    model=MemberEvent,
    head=_flow_head(when="placed"),
    where=_in_period(_EVENT_DAY),
    day=_EVENT_DAY,
    ends="f.kind IN (" + ", ".join(f"'{kind}'" for kind in sorted(ENDINGS)) + ")",
    joins={
        "v": _version("f.organisation_id", "placed"),
        "d": _detail("on"),
        "m": _M,
        "s": Join("LEFT JOIN {spell} s ON s.member_id = f.member_id AND {before[s]}"),
        "t": Join("LEFT JOIN {spell} t ON t.member_id = f.member_id AND {on[t]}"),
    },
    fields=_flow_person("f.organisation_id", "placed")
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
    head=_flow_head()
    + " LEFT JOIN {path} q ON q.ancestor_id = %(x)s AND q.descendant_id = f.from_organisation_id AND {before[q]}"
    + " LEFT JOIN {path} c ON c.ancestor_id = p.via_id AND c.descendant_id = f.from_organisation_id"
    " AND {before[c]}",
    where=_in_period(_EVENT_DAY) + " AND f.kind = 'transferred'",
    day=_EVENT_DAY,
    joins={"v": _version("f.organisation_id", "on"), "d": _detail("on"), "m": _M},
    fields=_flow_person("f.organisation_id", "on"),
    crossing=("q.id IS NULL", "c.id IS NULL"),
    member="f.member_id",
    title="m.full_name",
    subtitle="f.kind",
    subtitle_codes="MEMBER_EVENT",
    listing_joins=("m",),
)

_DEPARTURES = replace(
    _ARRIVALS,
    head=_flow_head("f.from_organisation_id", "before")
    + " LEFT JOIN {path} q ON q.ancestor_id = %(x)s AND q.descendant_id = f.organisation_id AND {on[q]}"
    + " LEFT JOIN {path} c ON c.ancestor_id = p.via_id AND c.descendant_id = f.organisation_id AND {on[c]}",
    joins={"v": _version("f.from_organisation_id", "before"), "d": _detail("on"), "m": _M},
    fields=_flow_person("f.from_organisation_id", "before"),
    organisation="f.from_organisation_id",
)

# A path begins in the period although cell and member were there the day before: the cell was moved, not founded.
_CARRIED_IN = Reading(
    model=MembershipSpell,
    head=_DOWN
    + " JOIN {spell} f ON f.organisation_id = p.descendant_id AND {on[f]}"
    + " JOIN {spell} b ON b.member_id = f.member_id AND b.organisation_id = f.organisation_id AND {before[b]}"
    + " LEFT JOIN {path} q ON q.ancestor_id = p.ancestor_id AND q.descendant_id = p.descendant_id AND {before[q]}"
    + " LEFT JOIN {path} c ON c.ancestor_id = p.via_id AND c.descendant_id = p.descendant_id AND {before[c]}",
    where="p.ancestor_id = %(x)s AND p.valid_from BETWEEN %(start)s AND %(end)s AND {known[p]}",
    day="p.valid_from",
    joins={"m": _M},
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
    head=_DOWN
    + " JOIN {spell} f ON f.organisation_id = p.descendant_id AND {before[f]}"
    + " JOIN {spell} b ON b.member_id = f.member_id AND b.organisation_id = f.organisation_id AND {on[b]}"
    + " LEFT JOIN {path} q ON q.ancestor_id = p.ancestor_id AND q.descendant_id = p.descendant_id AND {on[q]}"
    + " LEFT JOIN {path} c ON c.ancestor_id = p.via_id AND c.descendant_id = p.descendant_id AND {on[c]}",
    where="p.ancestor_id = %(x)s AND p.valid_to BETWEEN %(start)s AND %(end)s AND {known[p]}",
    day="p.valid_to",
)

_CARDS = Reading(
    model=MemberCard,
    head=_flow_head(),
    where=_in_period("f.issued_on"),
    day="f.issued_on",
    joins={"m": _M},
    fields={"kind": Column("f.kind")},
    member="f.member_id",
    title="m.full_name",
    subtitle="f.kind",
    subtitle_codes="CARD_KIND",
    listing_joins=("m",),
)

# --- organisations ----------------------------------------------------------------------------------------

# Members and admissions of every organisation of the subtree, itself with all below. It leads the join, so that each
# of its rows finds its path by index (the other way round it would be searched through for every path).
_COUNTS = Join(
    lead="counts k CROSS JOIN",
    where="p.descendant_id = k.organisation_id",
    cte=(
        "counts AS MATERIALIZED (SELECT organisation_id, SUM(members) AS members, SUM(admitted) AS admitted FROM ("
        "SELECT zp.descendant_id AS organisation_id, 0 AS members, 0 AS admitted "
        "FROM {path} zp WHERE zp.ancestor_id = %(x)s AND {now[zp]} "
        "UNION ALL SELECT up.ancestor_id, cell.members, 0 FROM ("
        "SELECT cp.descendant_id, COUNT(*) AS members FROM {path} cp "
        "JOIN {spell} cs ON cs.organisation_id = cp.descendant_id AND {now[cs]} "
        "WHERE cp.ancestor_id = %(x)s AND {now[cp]} GROUP BY cp.descendant_id) cell "
        "JOIN {path} up ON up.descendant_id = cell.descendant_id AND {now[up]} "
        "UNION ALL SELECT ap.ancestor_id, 0, 1 FROM {event} e JOIN {path} ap ON ap.descendant_id = e.organisation_id "
        'AND ap.valid_from <= e."on" AND ap.valid_to > e."on" AND {known[ap]} '
        'WHERE e."on" BETWEEN %(start)s AND %(end)s AND e.kind IN (%(admissions)s) AND {known[e]}) every_one '
        "GROUP BY organisation_id)"
    ),
)

_ORGANISATIONS = Reading(
    model=OrganisationVersion,
    head=_DOWN,
    tail="JOIN {version} f ON f.organisation_id = p.descendant_id AND {now[f]}",
    where=_DOWN_WHERE,
    joins={"k": _COUNTS},
    fields={
        "kind": Column("f.kind"),
        "sector": Column("f.sector"),
        "grassroots": Column(f"f.kind {_GRASSROOTS}"),
        "has_committee": Column(f"f.organisation_id IN {_WITH_COMMITTEE}"),
        "members": Column("k.members", ("k",)),
        "admitted": Column("k.admitted", ("k",)),
    },
    shown_day="f.valid_from",
    title="f.name",
    subtitle="f.kind",
    subtitle_codes="KIND",
)

_ORGANISATION_ACTS = Reading(
    model=OrganisationAct,
    # An act belongs to the books of the subtree in which the organisation hung.
    head=_flow_head("f.parent_id", "placed"),
    where=_in_period('f."on"'),
    day='f."on"',
    ends="f.kind <> 'found'",
    joins={"v": _version("f.organisation_id", "placed"), "fo": _FO},
    fields={"kind": Column("f.kind"), "ends": Column("f.ends")} | _KIND_OF_PLACE,
    title="fo.name",
    subtitle="f.kind",
    subtitle_codes="ORGANISATION_ACT",
    listing_joins=("fo",),
)

_POSTS = Reading(
    model=PostHolding,
    head=_DOWN,
    tail="JOIN {post} f ON f.organisation_id = p.descendant_id AND {now[f]}",
    where=_DOWN_WHERE,
    joins=_STOCK_JOINS | {"m": _M},
    fields={"post": Column("f.post"), "gender": _PROFILE["gender"], "age": _PROFILE["age"]} | _KIND_OF_PLACE,
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
        down=_DOWN_WHERE,
    ),
    fields={"gender": _PROFILE["gender"], "age": _PROFILE["age"]} | _KIND_OF_PLACE,
)

# --- targets and ratings ----------------------------------------------------------------------------------

_TARGETS = Reading(
    model=Target,
    # A target stands for the whole period, so its place is that of the as-at date.
    head=_flow_head(when="now"),
    where="f.period = %(period)s AND {now[f]}",
    shown_day="f.valid_from",
    joins={"fo": _FO},
    fields={
        "indicator": Column("f.indicator"),
        "giver": Column("f.giver"),
        "value": Column("f.value", scale=100),
    },
    title="fo.name",
    subtitle="f.giver_name",
    listing_joins=("fo",),
)

_RATING_DAY = "f.period_end"
_ORGANISATION_RATINGS = Reading(
    model=OrganisationRating,
    head=_flow_head(),
    where=_in_period(_RATING_DAY) + " AND {rated}",
    day=_RATING_DAY,
    joins={"v": _version("f.organisation_id", "on"), "fo": _FO},
    fields={
        "level": Column("f.level"),
        "reason": Column("f.reason"),
        "kind": Column("v.kind", ("v",)),
        "grassroots": Column(f"v.kind {_GRASSROOTS}", ("v",)),
        "sector": Column("v.sector", ("v",)),
    },
    title="fo.name",
    subtitle="f.level",
    subtitle_codes="RATING_LEVEL",
    listing_joins=("fo",),
)


_YEAR_BEFORE = (
    "EXISTS (SELECT 1 FROM {member_rating} r$n WHERE r$n.member_id = f.member_id AND r$n.level = 'excellent' "
    "AND r$n.period = CAST(CAST(f.period AS INTEGER) - $n AS VARCHAR(4)) AND {known[r$n]})"
)


def _year_before(years: int) -> str:
    """Whether the yearly rating so many years before this one was 'excellent' too."""
    return fill(_YEAR_BEFORE, n=str(years))


_YEARS_EXCELLENT = (
    # Only ratings of a whole year (their code has four signs) make a row of years.
    "CASE WHEN f.level <> 'excellent' OR LENGTH(f.period) <> 4 THEN 0 "
    + " ".join(f"WHEN NOT {_year_before(years)} THEN {years}" for years in range(1, 5))
    + " ELSE 5 END"
)

_MEMBER_RATINGS = Reading(
    model=MemberRating,
    head=_DOWN,
    tail="JOIN {member_rating} f ON f.organisation_id = p.descendant_id AND {rated_end} AND {on[p]}",
    where="p.ancestor_id = %(x)s AND " + _in_period(_RATING_DAY) + " AND {rated}",
    day=_RATING_DAY,
    joins={"m": _M},
    fields={
        "level": Column("f.level"),
        "reason": Column("f.reason"),
        # Asked of the few with one level only: looking them up is cheaper than joining everybody's profile.
        "gender": Column("(SELECT d.gender FROM {detail} d WHERE d.member_id = f.member_id AND {on[d]})"),
        "years_excellent": Column(_YEARS_EXCELLENT),
    },
    member="f.member_id",
    title="m.full_name",
    subtitle="f.level",
    subtitle_codes="RATING_LEVEL",
    listing_joins=("m",),
)

# --- honours, directives, study, discipline ---------------------------------------------------------------

_BADGES = Reading(
    model=BadgeAward,
    head=_flow_head(),
    where=_in_period("f.awarded_on"),
    day="f.awarded_on",
    joins={"d": _detail("on"), "m": _M},
    fields={
        "mark": Column("f.mark"),
        "round": Column('f."round"'),
        "early": Column("f.early"),
        "posthumous": Column("f.posthumous"),
        "gender": _PROFILE["gender"],
    },
    member="f.member_id",
    title="m.full_name",
    subtitle="f.mark",
    listing_joins=("m",),
)

_COMMENDATIONS = Reading(
    model=Commendation,
    # A commendation adorns the period of its achievements, even when it is decided after its end.
    head=_flow_head(),
    where=_in_period("f.period_end"),
    day="f.period_end",
    shown_day="f.decided_on",
    joins={"m": _M_OR_NONE, "fo": _FO},
    fields={
        "recipient_kind": Column("f.recipient_kind"),
        "form": Column("f.form"),
        "giver": Column("f.giver"),
    },
    member="f.member_id",
    title="COALESCE(m.full_name, NULLIF(f.recipient_name, ''), fo.name)",
    subtitle="f.form",
    subtitle_codes="COMMENDATION_FORM",
    listing_joins=("m", "fo"),
)


_PLANNED = (
    "EXISTS (SELECT 1 FROM {plan} pl WHERE pl.directive_id = f.id AND pl.issued_on <= $limit AND {known[pl]})"
)


def _plan(limit: str) -> str:
    """Whether a plan for the directive was issued by then."""
    return fill(_PLANNED, limit=limit)


_DIRECTIVES = Reading(
    model=Directive,
    head=_flow_head(),
    where=_in_period("f.received_on"),
    day="f.received_on",
    joins={},
    fields={
        "kind": Column("f.kind"),
        "issuer_level": Column("f.issuer_level"),
        "needs_plan": Column("f.needs_plan"),
        "planned": Column(_plan("%(at)s")),
        "due": Column("(f.needs_plan AND f.plan_due_on IS NOT NULL AND f.plan_due_on <= %(at)s)"),
        # The first plan is in time when any is; without a deadline there is nothing to say.
        "on_time": Column(
            "CASE WHEN f.plan_due_on IS NULL THEN NULL ELSE "
            + _plan("f.plan_due_on AND pl.issued_on <= %(at)s")
            + " END"
        ),
        "studied": Column(
            "EXISTS (SELECT 1 FROM {study} st WHERE st.directive_id = f.id AND st.held_on <= %(at)s AND {known[st]})"
        ),
    },
    title="f.symbol",
    subtitle="f.subject",
)

_PLANS = Reading(
    model=Plan,
    head=_flow_head(),
    where=_in_period("f.issued_on"),
    day="f.issued_on",
    joins={},
    fields={"kind": Column("f.kind")},
    title="f.symbol",
    subtitle="f.subject",
)

_STUDY_NUMBERS = (
    "members_total",
    "members_exempt",
    "members_excused",
    "members_attended",
    "others_attended",
    "sites",
)
_STUDY_READING = Reading(
    model=StudySession,
    head=_flow_head(),
    where=_in_period("f.held_on"),
    day="f.held_on",
    joins={},
    fields={"kind": Column("f.kind"), "form": Column("f.form")}
    | {name: Column(f"f.{name}") for name in _STUDY_NUMBERS}
    | {"members_due": Column("(f.members_total - f.members_exempt)")},
    title="f.title",
    subtitle="f.form",
    subtitle_codes="STUDY_FORM",
)

_MEMBER_DISCIPLINE = Reading(
    model=MemberDiscipline,
    head=_flow_head(),
    where=_in_period("f.decided_on"),
    day="f.decided_on",
    joins={"d": _detail("on"), "m": _M},
    fields={
        "form": Column("f.form"),
        "ground": Column("f.ground"),
        "committee_member": Column("f.committee_member"),
        "gender": _PROFILE["gender"],
    },
    member="f.member_id",
    title="m.full_name",
    subtitle="f.form",
    subtitle_codes="DISCIPLINE_FORM",
    listing_joins=("m",),
)

_ORGANISATION_DISCIPLINE = Reading(
    model=OrganisationDiscipline,
    head=_flow_head(),
    where=_in_period("f.decided_on"),
    day="f.decided_on",
    joins={"v": _version("f.organisation_id", "on"), "fo": _FO},
    fields={
        "form": Column("f.form"),
        "ground": Column("f.ground"),
        "grassroots": Column(f"v.kind {_GRASSROOTS}", ("v",)),
    },
    title="fo.name",
    subtitle="f.form",
    subtitle_codes="DISCIPLINE_FORM",
    listing_joins=("fo",),
)

READINGS: dict[str, Reading] = {
    "members": _MEMBERS,
    "events": _EVENTS,
    "arrivals": _ARRIVALS,
    "departures": _DEPARTURES,
    "carried_in": _CARRIED_IN,
    "carried_out": _CARRIED_OUT,
    "cards": _CARDS,
    "organisations": _ORGANISATIONS,
    "organisation_acts": _ORGANISATION_ACTS,
    "posts": _POSTS,
    "committee_people": _COMMITTEE_PEOPLE,
    "targets": _TARGETS,
    "organisation_ratings": _ORGANISATION_RATINGS,
    "member_ratings": _MEMBER_RATINGS,
    "badges": _BADGES,
    "commendations": _COMMENDATIONS,
    "directives": _DIRECTIVES,
    "plans": _PLANS,
    "study": _STUDY_READING,
    "member_discipline": _MEMBER_DISCIPLINE,
    "organisation_discipline": _ORGANISATION_DISCIPLINE,
}
