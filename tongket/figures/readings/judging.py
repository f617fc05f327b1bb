"""The year's judging before it is a rating, a badge or a commendation: rounds, proposals, councils, certificates.

All of it belongs to the period that is judged, as ratings and commendations do: what a meeting said of 2023 in January
2024 is of 2023. So the steps count as far as they are known, whatever their own day.
"""

from tongket.figures.readings.base import (
    FO,
    M_OR_NONE,
    PROFILE,
    Column,
    Join,
    M,
    Reading,
    detail,
    fill,
    flow_head,
    in_period,
)
from tongket.honours.models import BadgeProposal, CommendationProposal
from tongket.ratings.models import RatingCandidate

# What hangs on a round stands at one of its rows, perhaps a corrected one: it is found by identity.
_ROUND = (
    "{rating_round} r JOIN {rating_round} r0 ON r0.identity = r.identity JOIN {fact} f ON f.round_id = r0.id"
)

# The stages that each candidate has, once a query; only of the rounds of the period.
_CHAINS = Join(
    "LEFT JOIN chains k ON k.candidate_id = f.id",
    cte=(
        "chains AS MATERIALIZED (SELECT s.candidate_id, MAX(CASE WHEN s.stage = 'self' THEN 1 ELSE 0 END) AS n_self, "
        "MAX(CASE WHEN s.stage = 'vote' THEN 1 ELSE 0 END) AS n_vote, "
        "MAX(CASE WHEN s.stage = 'appraisal' THEN 1 ELSE 0 END) AS n_appraisal "
        "FROM {rating_round} cr JOIN {rating_round} c0 ON c0.identity = cr.identity "
        "JOIN {rating_candidate} cc ON cc.round_id = c0.id "
        "JOIN {path} cp ON cp.descendant_id = cc.organisation_id AND cp.ancestor_id = %(x)s AND {known[cp]} "
        "JOIN {rating_step} s ON s.candidate_id = cc.id AND {known[s]} "
        "WHERE {rated_end[cr]} AND {rated[cr]} AND {known[cr]} GROUP BY s.candidate_id)"
    ),
)
_DECIDED = Join(
    "LEFT JOIN decided dc ON dc.identity = r.identity",
    cte=(
        "decided AS MATERIALIZED (SELECT d0.identity, MAX(dd.recorded_at) AS at FROM {round_decision} dd "
        "JOIN {rating_round} d0 ON d0.id = dd.round_id WHERE {known[dd]} GROUP BY d0.identity)"
    ),
)


def _stage(name: str) -> Column:
    return Column(f"(k.n_{name} IS NOT NULL AND k.n_{name} = 1)", ("k",))


def _marked(table: str) -> Column:
    return Column(fill("f.id IN (SELECT mk.candidate_id FROM {$table} mk WHERE {known[mk]})", table=table))


def _later(table: str, subject: str) -> str:
    """Whether the rating of a candidate was recorded after the decision of the round: corrected, that is."""
    return fill(
        "EXISTS (SELECT 1 FROM {$table} lr WHERE lr.$subject = f.$subject AND lr.period = r.period "
        "AND {known[lr]} AND lr.recorded_at > dc.at)",
        table=table,
        subject=subject,
    )


_ROUNDS = Reading(
    model=RatingCandidate,
    head=f"{_ROUND} JOIN {{path}} p ON p.descendant_id = f.organisation_id AND p.ancestor_id = %(x)s AND {{on[p]}}",
    where=in_period("r.period_end") + " AND {rated_end[r]} AND {rated[r]} AND {known[r]}",
    day="r.period_end",
    joins={"k": _CHAINS, "dc": _DECIDED, "m": M_OR_NONE, "fo": FO},
    fields={
        "subject": Column("r.subject"),
        "reason": Column("f.reason"),
        "self_rated": _stage("self"),
        "voted": _stage("vote"),
        "appraised": _stage("appraisal"),
        "decided": Column("dc.identity IS NOT NULL", ("dc",)),
        "special": _marked("rating_special"),
        "set_aside": _marked("rating_override"),
        "corrected": Column(
            "CASE WHEN f.member_id IS NULL THEN "
            + _later("organisation_rating", "organisation_id")
            + " ELSE "
            + _later("member_rating", "member_id")
            + " END",
            ("dc",),
        ),
    },
    member="f.member_id",
    title="COALESCE(m.full_name, fo.name)",
    subtitle="f.reason",
    subtitle_codes="NOT_RATED_REASON",
    listing_joins=("m", "fo"),
)

# Each state of a proposal is a row of its own, so the row known says it, but for what is dated after the as-at date.
_BADGE_STATE = (
    "CASE WHEN f.state = 'awarded' AND f.awarded_on > %(at)s AND {sure} THEN 'approved' "
    "WHEN f.state IN ('approved', 'refused', 'awarded') AND NOT {sure} THEN 'sent' ELSE f.state END"
).replace("{sure}", "(bd.decision_date IS NULL OR bd.decision_date <= %(at)s)")

_BADGE_PROPOSALS = Reading(
    model=BadgeProposal,
    head=flow_head(),
    where=in_period("f.award_day"),
    day="f.award_day",
    joins={
        "bd": Join("LEFT JOIN {badge_decision} bd ON bd.id = f.decision_id"),
        "d": detail("on"),
        "m": M,
    },
    fields={
        "state": Column(_BADGE_STATE, ("bd",)),
        "mark": Column("f.mark"),
        "ground": Column("f.ground"),
        "gender": PROFILE["gender"],
    },
    member="f.member_id",
    title="m.full_name",
    subtitle="f.mark",
    listing_joins=("m",),
)

_COMMENDATION_PROPOSALS = Reading(
    model=CommendationProposal,
    head=flow_head(),
    where=in_period("f.period_end"),
    day="f.period_end",
    shown_day="f.proposed_on",
    # At any moment one view, one outcome and one number of a proposal is known at most.
    joins={
        "cv": Join("LEFT JOIN {council_view} cv ON cv.proposal = f.identity AND {known[cv]}"),
        "po": Join("LEFT JOIN {proposal_outcome} po ON po.proposal = f.identity AND {known[po]}"),
        "cn": Join("LEFT JOIN {certificate} cn ON cn.proposal = f.identity AND {known[cn]}"),
        "m": M_OR_NONE,
        "fo": FO,
    },
    fields={
        "recipient_kind": Column("f.recipient_kind"),
        "recommended": Column("cv.recommended", ("cv",)),
        "commended": Column("po.commended", ("po",)),
        "numbered": Column("cn.id IS NOT NULL", ("cn",)),
    },
    member="f.member_id",
    title="COALESCE(m.full_name, NULLIF(f.recipient_name, ''), fo.name)",
    subtitle="f.title_code",
    listing_joins=("m", "fo"),
)

READINGS: dict[str, Reading] = {
    "rating_candidates": _ROUNDS,
    "badge_proposals": _BADGE_PROPOSALS,
    "commendation_proposals": _COMMENDATION_PROPOSALS,
}
