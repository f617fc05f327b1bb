"""How each source of facts is read from the database: tables, joins, and fields as SQL expressions.

Text here is fixed: every value is a named parameter, and nothing a user types comes near it. Words in braces are
filled in by `words.py`:

    {known[f]}   row f is known at the asked moment (record time)
    {now[f]}     ... and holds at the asked date %(at)s (valid time)
    {on[f]}      ... and holds on the fact's own day
    {before[f]}  ... and held on the day before the fact's own day
    {placed[f]}  {before[f]} for facts that end something (`Reading.ends`), {on[f]} for all others
    {local_day[f.at]}  the calendar day of a moment in the office's own time

A fact belongs to the place its organisation had on the fact's own day. Only what *ends* a membership, or changes an
organisation, belongs to the place of the day before: on its own day the cell may already hang elsewhere or be gone,
and the balance "end = opening + increase - decrease" of form 1 would break. Whoever came only on
the day of leaving leaves the place of that day.

Aliases: f the fact; p the path from the asked organisation %(x)s down to the fact's organisation; v the version and
d the profile that hold for the fact; m the member.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from string import Template

from django.db.models import Model

from tongket.admissions.models import Candidate, CandidateStep, ProbationStep
from tongket.cases.models import AppealAnswer, Case, CaseStep
from tongket.conferences.models import Attendance, Conclusion, Conference, Moment, Reply
from tongket.directives.models import Directive, DirectiveChange, Plan, StudySession
from tongket.honours.models import (
    BadgeDecision,
    CertificateNumber,
    CouncilView,
    ProposalOutcome,
)
from tongket.inspections.models import DisciplineEnd, Finding, Inspection, InspectionStep, Programme
from tongket.members.models import Member, MemberDetail, MemberEvent, MembershipSpell, PostHolding
from tongket.obligations.models import Demand, Obligation, Step
from tongket.organisations.models import Organisation, OrganisationPath, OrganisationVersion
from tongket.ratings.models import (
    MemberRating,
    OrganisationRating,
    RatingCandidate,
    RatingOverride,
    RatingRound,
    RatingSpecial,
    RatingStep,
    RoundDecision,
)
from tongket.rules.organisations import all_kinds

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
        "directive": Directive,
        "paper_change": DirectiveChange,
        "demand": Demand,
        "obligation": Obligation,
        "step": Step,
        "conference": Conference,
        "moment": Moment,
        "attendance": Attendance,
        "reply": Reply,
        "discipline_end": DisciplineEnd,
        "conclusion": Conclusion,
        "organisation_rating": OrganisationRating,
        "rating_round": RatingRound,
        "rating_candidate": RatingCandidate,
        "rating_step": RatingStep,
        "rating_special": RatingSpecial,
        "rating_override": RatingOverride,
        "round_decision": RoundDecision,
        "badge_decision": BadgeDecision,
        "council_view": CouncilView,
        "proposal_outcome": ProposalOutcome,
        "certificate": CertificateNumber,
        "programme": Programme,
        "inspection": Inspection,
        "inspection_step": InspectionStep,
        "finding": Finding,
        "case": Case,
        "case_step": CaseStep,
        "appeal_answer": AppealAnswer,
        "candidate": Candidate,
        "candidate_step": CandidateStep,
        "probation_step": ProbationStep,
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

GRASSROOTS = "IN (%(grassroots)s)"  # sql.py opens it into one parameter a kind


def fill(template: str, **words: str) -> str:
    """Put words (of this file's own text, never of a user) in place of `$word` in a template."""
    return Template(template).substitute(words)


def detail(when: str) -> Join:
    return Join(fill("LEFT JOIN {detail} d ON d.member_id = f.member_id AND {$when[d]}", when=when))


def version(organisation: str, when: str, place: bool = False) -> Join:
    join = "LEFT JOIN {version} v ON v.organisation_id = $organisation AND {$when[v]}"
    return Join(fill(join, organisation=organisation, when=when), place=place)


SECTOR_ABOVE = (
    "(SELECT gv.sector FROM {path} gp JOIN {version} gv ON gv.organisation_id = gp.ancestor_id AND {$when[gv]} "
    "WHERE gp.descendant_id = $organisation AND {$when[gp]} AND gv.kind IN (%(grassroots)s) "
    "ORDER BY gp.depth LIMIT 1)"
)


def sector_above(organisation: str, when: str) -> str:
    """Sector of the nearest grassroots organisation, itself included."""
    return fill(SECTOR_ABOVE, organisation=organisation, when=when)


SECTORS = Join(
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

PROFILE = {
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

STOCK_PERSON = PROFILE | {
    "sector": Column("g.sector", ("g",), places="sectors g"),
    "organisation_kind": Column("v.kind", ("v",)),
}


def flow_person(organisation: str, when: str) -> dict[str, Column]:
    return PROFILE | {
        "sector": Column(
            fill("COALESCE(NULLIF(v.sector, ''), $above)", above=sector_above(organisation, when)), ("v",)
        ),
        "organisation_kind": Column("v.kind", ("v",)),
    }


KIND_OF_PLACE = {
    "organisation_kind": Column("v.kind", ("v",)),
    "grassroots": Column(f"v.kind {GRASSROOTS}", ("v",)),
}

M = Join("JOIN {member} m ON m.id = f.member_id")
M_OR_NONE = Join("LEFT JOIN {member} m ON m.id = f.member_id")
FO = Join("JOIN {organisation} fo ON fo.id = f.organisation_id")
IN_COMMITTEE = "(SELECT h.member_id FROM {post} h WHERE {now[h]} AND h.post IN (%(committee)s))"
WITH_COMMITTEE = "(SELECT h.organisation_id FROM {post} h WHERE {now[h]} AND h.post IN (%(committee)s))"

DOWN = "{path} p"
DOWN_WHERE = "p.ancestor_id = %(x)s AND {now[p]}"
STOCK_JOINS = {"v": version("p.descendant_id", "now", place=True), "g": SECTORS, "d": detail("now")}


FLOW_HEAD = (
    "{fact} f JOIN {path} p ON p.descendant_id = $organisation AND p.ancestor_id = %(x)s AND {$when[p]}"
)


def flow_head(organisation: str = "f.organisation_id", when: str = "on") -> str:
    return fill(FLOW_HEAD, organisation=organisation, when=when)


def in_period(day: str) -> str:
    return fill("$day BETWEEN %(start)s AND %(end)s AND {known[f]}", day=day)
