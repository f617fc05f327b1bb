"""Ratings of members, badges, commendations, directives, study, discipline."""

from tongket.directives.models import Directive, Plan, PlannedSession, StudySession
from tongket.figures.readings.base import (
    DOWN,
    FO,
    GRASSROOTS,
    M_OR_NONE,
    PROFILE,
    Column,
    M,
    Reading,
    detail,
    fill,
    flow_head,
    in_period,
    version,
)
from tongket.honours.models import BadgeAward, Commendation
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.ratings.models import MemberRating

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
    head=DOWN,
    tail="JOIN {member_rating} f ON f.organisation_id = p.descendant_id AND {rated_end[f]} AND {on[p]}",
    where="p.ancestor_id = %(x)s AND " + in_period("f.period_end") + " AND {rated[f]}",
    day="f.period_end",
    joins={"m": M},
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
    head=flow_head(),
    where=in_period("f.awarded_on"),
    day="f.awarded_on",
    joins={"d": detail("on"), "m": M},
    fields={
        "mark": Column("f.mark"),
        "round": Column('f."round"'),
        "early": Column("f.early"),
        "posthumous": Column("f.posthumous"),
        "gender": PROFILE["gender"],
    },
    member="f.member_id",
    title="m.full_name",
    subtitle="f.mark",
    listing_joins=("m",),
)

_COMMENDATIONS = Reading(
    model=Commendation,
    # A commendation adorns the period of its achievements, even when it is decided after its end.
    head=flow_head(),
    where=in_period("f.period_end"),
    day="f.period_end",
    shown_day="f.decided_on",
    joins={"m": M_OR_NONE, "fo": FO},
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


# The plan with which an organisation below answers is that one's own: the receiver has not issued his by it.
_PLANNED = (
    "EXISTS (SELECT 1 FROM {plan} pl WHERE pl.directive_id = f.id AND pl.issued_on <= $limit AND {known[pl]} "
    "AND (pl.organisation_id = f.organisation_id OR NOT EXISTS (SELECT 1 FROM {obligation} po "
    "JOIN {demand} pd ON pd.id = po.demand_id WHERE pd.about = f.identity "
    "AND po.organisation_id = pl.organisation_id AND {known[po]})))"
)


def _plan(limit: str) -> str:
    """Whether a plan for the directive was issued by then."""
    return fill(_PLANNED, limit=limit)


_DIRECTIVES = Reading(
    model=Directive,
    head=flow_head(),
    where=in_period("f.received_on") + " AND f.book = 'received'",
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
            "EXISTS (SELECT 1 FROM {study} st WHERE st.directive_id = f.id "
            "AND st.organisation_id = f.organisation_id AND st.held_on <= %(at)s AND {known[st]})"
        ),
    },
    title="f.symbol",
    subtitle="f.subject",
)

_PLANS = Reading(
    model=Plan,
    head=flow_head(),
    where=in_period("f.issued_on"),
    day="f.issued_on",
    joins={},
    fields={"kind": Column("f.kind")},
    title="f.symbol",
    subtitle="f.subject",
)

_PAPERS = Reading(
    model=Directive,
    head=flow_head(),
    where=in_period("f.issued_on") + " AND f.book = 'issued'",
    day="f.issued_on",
    joins={},
    fields={
        "kind": Column("f.kind"),
        "ended": Column(
            'EXISTS (SELECT 1 FROM {paper_change} pc WHERE pc.directive = f.identity AND pc."on" <= %(at)s '
            "AND pc.kind IN ('replaced', 'revoked') AND {known[pc]})"
        ),
    },
    title="f.symbol",
    subtitle="f.subject",
)

_PLANNED_SESSIONS = Reading(
    model=PlannedSession,
    head=flow_head(),
    where=in_period("f.planned_on"),
    day="f.planned_on",
    joins={},
    fields={
        "kind": Column("f.kind"),
        "form": Column("f.form"),
        "sites": Column("f.sites"),
        "held": Column(
            "EXISTS (SELECT 1 FROM {study} st WHERE st.planned = f.identity AND st.held_on <= %(at)s AND {known[st]})"
        ),
    },
    title="f.title",
    subtitle="f.form",
    subtitle_codes="STUDY_FORM",
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
    head=flow_head(),
    where=in_period("f.held_on"),
    day="f.held_on",
    joins={},
    fields={"kind": Column("f.kind"), "form": Column("f.form")}
    | {name: Column(f"f.{name}") for name in _STUDY_NUMBERS}
    | {"members_due": Column("(f.members_total - f.members_exempt)")},
    title="f.title",
    subtitle="f.form",
    subtitle_codes="STUDY_FORM",
)

# A decision annulled on appeal counts as if it had never been, whatever the day asked for.
_STANDS = (
    "AND NOT EXISTS (SELECT 1 FROM {discipline_end} de WHERE de.$column = f.id "
    "AND de.kind = 'annulled' AND {known[de]})"
)

_MEMBER_DISCIPLINE = Reading(
    model=MemberDiscipline,
    head=flow_head(),
    where=in_period("f.decided_on") + " " + fill(_STANDS, column="member_discipline_id"),
    day="f.decided_on",
    joins={"d": detail("on"), "m": M},
    fields={
        "form": Column("f.form"),
        "ground": Column("f.ground"),
        "committee_member": Column("f.committee_member"),
        "gender": PROFILE["gender"],
    },
    member="f.member_id",
    title="m.full_name",
    subtitle="f.form",
    subtitle_codes="DISCIPLINE_FORM",
    listing_joins=("m",),
)

_ORGANISATION_DISCIPLINE = Reading(
    model=OrganisationDiscipline,
    head=flow_head(),
    where=in_period("f.decided_on") + " " + fill(_STANDS, column="organisation_discipline_id"),
    day="f.decided_on",
    joins={"v": version("f.organisation_id", "on"), "fo": FO},
    fields={
        "form": Column("f.form"),
        "ground": Column("f.ground"),
        "grassroots": Column(f"v.kind {GRASSROOTS}", ("v",)),
    },
    title="fo.name",
    subtitle="f.form",
    subtitle_codes="DISCIPLINE_FORM",
    listing_joins=("fo",),
)

READINGS: dict[str, Reading] = {
    "member_ratings": _MEMBER_RATINGS,
    "badges": _BADGES,
    "commendations": _COMMENDATIONS,
    "directives": _DIRECTIVES,
    "plans": _PLANS,
    "papers": _PAPERS,
    "planned_sessions": _PLANNED_SESSIONS,
    "study": _STUDY_READING,
    "member_discipline": _MEMBER_DISCIPLINE,
    "organisation_discipline": _ORGANISATION_DISCIPLINE,
}
