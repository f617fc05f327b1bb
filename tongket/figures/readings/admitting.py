"""Candidates for admission, what happened to them, and probations, as they stand by the steps known and past.

Where somebody stands is folded as `admissions.*.derive` does, in the order in which the steps were recorded. Limits in
working days come from the rules in force on the day from which they run (`admissions.deadlines.limits`).
"""

from tongket.admissions.models import Candidate, CandidateStep, ProbationStep
from tongket.core.codelists import BEGINNINGS
from tongket.figures.readings.base import (
    DOWN,
    DOWN_WHERE,
    Column,
    Join,
    M,
    Reading,
    fill,
    flow_head,
    in_period,
)
from tongket.figures.readings.words import working_days
from tongket.members.models import MembershipSpell


def _past(alias: str) -> str:
    return fill('$step."on" <= %(at)s AND {known[$step]}', step=alias)


def _passed(alias: str) -> str:
    """Whether a step is a vote that two thirds of all official members carried."""
    return fill(
        "($step.kind = 'resolution' AND COALESCE($step.base, 0) > 0 AND $step.agree IS NOT NULL "
        "AND $step.agree * 3 >= $step.base * 2)",
        step=alias,
    )


_HOLIDAYS = Join(cte="{holidays}")

# --- candidates -------------------------------------------------------------------------------------------

_RANKS = (
    "class",
    "file",
    "resolution",
    "committee",
    "forwarded",
    "appraised",
    "decision",
    "admitted",
    "closed",
)
_RANK = (
    f"CASE WHEN {_passed('s')} OR s.kind = 'reported_up' THEN 3 "
    + " ".join(
        f"WHEN s.kind = '{'ceremony' if stage == 'admitted' else stage}' THEN {rank}"
        for rank, stage in enumerate(_RANKS, start=1)
        if stage != "resolution"
    )
    + " ELSE 0 END"
)
# The last steps that count of each candidate or probation, and the days they say.
_FOLD = fill(
    "CASE WHEN MAX(CASE WHEN $passed THEN s.id END) IS NULL "
    "THEN MAX(CASE WHEN s.kind = 'reported_up' THEN s.id END) "
    "ELSE MAX(CASE WHEN $passed THEN s.id END) END AS resolved, "
    "MAX(CASE WHEN s.kind = 'extended' THEN s.id END) AS extended, "
    "MAX(CASE WHEN s.kind = 'decision' THEN s.id END) AS decision",
    passed=_passed("s"),
)
_LINES = fill(
    "lines AS MATERIALIZED (SELECT s.candidate, MAX($rank) AS place, $fold, "
    "MAX(CASE WHEN s.kind = 'received' THEN s.id END) AS received "
    "FROM {candidate_step} s WHERE $past GROUP BY s.candidate), "
    'limits AS MATERIALIZED (SELECT l.candidate, l.place, l.decision, a."on" AS resolved_on, '
    'COALESCE(b.days, 0) AS more, c."on" AS decided_on, '
    'CASE WHEN {rule[adm.ceremony|counted_from|c."on"]} = \'received\' THEN d."on" ELSE c."on" END AS runs_from '
    "FROM lines l LEFT JOIN {candidate_step} a ON a.id = l.resolved LEFT JOIN {candidate_step} b ON b.id = l.extended "
    "LEFT JOIN {candidate_step} c ON c.id = l.decision LEFT JOIN {candidate_step} d ON d.id = l.received)",
    rank=_RANK,
    fold=_FOLD,
    past=_past("s"),
)


def _limits(key: str) -> Join:
    return Join(f"LEFT JOIN limits k ON k.candidate = {key}", cte=_LINES)


def _late_decision(day: str) -> str:
    return (
        f"({working_days('k.resolved_on', day)} >= {{rule[adm.decide-by|admission|k.resolved_on]}} + k.more)"
    )


def _late_ceremony(day: str) -> str:
    return f"({working_days('k.runs_from', day)} >= {{rule[adm.ceremony|days|k.decided_on]}})"


_STAGE = (
    "CASE COALESCE(k.place, 0) "
    + " ".join(f"WHEN {rank} THEN '{stage}'" for rank, stage in enumerate(_RANKS, start=1))
    + " ELSE 'nominated' END"
)

_CANDIDATES = Reading(
    model=Candidate,
    head="{path} p JOIN {fact} f ON f.organisation_id = p.descendant_id",
    where=fill(
        "$down AND f.nominated_on <= %(at)s AND {known[f]} AND NOT EXISTS (SELECT 1 FROM {candidate_step} e "
        "WHERE e.candidate = f.identity AND e.kind IN ('ceremony', 'closed') AND $past)",
        down=DOWN_WHERE,
        past=_past("e"),
    ),
    shown_day="f.nominated_on",
    joins={"k": _limits("f.identity"), "h": _HOLIDAYS},
    fields={
        "stage": Column(_STAGE, ("k",)),
        # Undone at the as-at date although its last day has passed.
        "decision_late": Column(
            f"(k.decision IS NULL AND COALESCE({_late_decision('%(at)s')}, 1 = 0))", ("h", "k")
        ),
        "ceremony_late": Column(f"COALESCE({_late_ceremony('%(at)s')}, 1 = 0)", ("h", "k")),
    },
    title="f.full_name",
    subtitle=_STAGE,
    subtitle_codes="CANDIDATE_STAGE",
    listing_joins=("k",),
)

_NOMINATIONS = Reading(
    model=Candidate,
    head=flow_head(),
    where=in_period("f.nominated_on"),
    day="f.nominated_on",
    joins={},
    fields={
        "gender": Column("f.gender"),
        "occupation": Column("f.occupation"),
        "youth_union": Column("f.youth_union"),
        "age": Column("f.birth_date", years=True),
    },
    title="f.full_name",
    subtitle="f.occupation",
    subtitle_codes="OCCUPATION",
)

_CANDIDATE_STEPS = Reading(
    model=CandidateStep,
    head=flow_head() + " JOIN {candidate} cd ON cd.identity = f.candidate AND {known[cd]}",
    where=in_period('f."on"'),
    day='f."on"',
    joins={"k": _limits("f.candidate"), "h": _HOLIDAYS},
    fields={
        "kind": Column("f.kind"),
        "passed": Column(_passed("f")),
        # Of a decision and of a ceremony: after the last day for it. Blank where no limit is known.
        "late": Column(
            "CASE f.kind WHEN 'decision' THEN "
            + _late_decision('f."on"')
            + " WHEN 'ceremony' THEN "
            + _late_ceremony('f."on"')
            + " END",
            ("h", "k"),
        ),
    },
    title="cd.full_name",
    subtitle="f.kind",
    subtitle_codes="CANDIDATE_STEP",
)

# --- probation --------------------------------------------------------------------------------------------

_PROBATIONS_CTE = fill(
    "probation AS MATERIALIZED (SELECT s.member_id, s.ceremony_on, "
    "MAX(CASE WHEN s.kind IN ('resolution', 'reported_up', 'removal', 'decision') THEN 1 END) AS reviewed, "
    "MAX(CASE WHEN s.kind = 'removal' THEN 1 END) AS removal, $fold FROM {probation_step} s "
    "WHERE $past GROUP BY s.member_id, s.ceremony_on), "
    "ends AS MATERIALIZED (SELECT l.member_id, l.ceremony_on, l.reviewed, l.removal, l.decision, "
    'a."on" AS resolved_on, COALESCE(b.days, 0) AS more FROM probation l '
    "LEFT JOIN {probation_step} a ON a.id = l.resolved LEFT JOIN {probation_step} b ON b.id = l.extended)",
    fold=_FOLD,
    past=_past("s"),
)
# The day from which the last probation of each runs (`admissions.probation.queries.BEGAN`).
_BEGUN = fill(
    "begun AS MATERIALIZED (SELECT sp.id, (SELECT COALESCE(e.ceremony_on, "
    "CASE WHEN e.kind IN ('admitted', 'readmitted') "
    'THEN e."on" ELSE e.first_admitted_on END) FROM {event} e WHERE e.member_id = sp.member_id AND e.kind IN ($begin) '
    'AND e."on" <= %(at)s AND {known[e]} ORDER BY e."on" DESC, e.id DESC LIMIT 1) AS began '
    "FROM {path} bp JOIN {spell} sp ON sp.organisation_id = bp.descendant_id AND {now[sp]} "
    "AND sp.standing = 'probationary' WHERE bp.ancestor_id = %(x)s AND {now[bp]})",
    begin=", ".join(f"'{kind}'" for kind in sorted(BEGINNINGS)),
)
_OWN_STEPS = "LEFT JOIN ends k ON k.member_id = f.member_id AND k.ceremony_on = "


def _late_recognition(day: str) -> str:
    return (
        f"({working_days('k.resolved_on', day)} >= {{rule[adm.decide-by|official|k.resolved_on]}} + k.more)"
    )


_LATE_REVIEW = f"({working_days('b.ends_on', '%(at)s')} >= {{rule[prob.review||b.ends_on]}})"
_PROBATION_STAGE = (
    "CASE WHEN b.began IS NULL THEN 'unknown' WHEN k.decision IS NOT NULL THEN 'decision' "
    "WHEN k.removal IS NOT NULL THEN 'removal' WHEN k.resolved_on IS NOT NULL THEN 'resolution' "
    "WHEN b.ends_on > %(at)s THEN 'running' ELSE 'due' END"
)
_PROBATIONS = Reading(
    model=MembershipSpell,
    head=DOWN,
    tail="JOIN {fact} f ON f.organisation_id = p.descendant_id AND {now[f]} AND f.standing = 'probationary'",
    where=DOWN_WHERE,
    joins={
        "b": Join(
            "LEFT JOIN (SELECT b.id, b.began, {year_after[b.began]} AS ends_on FROM begun b) b ON b.id = f.id",
            cte=_BEGUN,
        ),
        "k": Join(_OWN_STEPS + "b.began", cte=_PROBATIONS_CTE),
        "h": _HOLIDAYS,
        "m": M,
    },
    fields={
        "stage": Column(_PROBATION_STAGE, ("b", "k")),
        # The review by the cell or the decision is undone although its last day has passed.
        "late": Column(
            f"(k.reviewed IS NULL AND COALESCE({_LATE_REVIEW}, 1 = 0) OR k.decision IS NULL AND k.removal IS NULL "
            f"AND COALESCE({_late_recognition('%(at)s')}, 1 = 0))",
            ("h", "b", "k"),
        ),
    },
    member="f.member_id",
    title="m.full_name",
    subtitle=_PROBATION_STAGE,
    subtitle_codes="PROBATION_STAGE",
    listing_joins=("m", "b", "k"),
)

_PROBATION_STEPS = Reading(
    model=ProbationStep,
    head=flow_head(),
    where=in_period('f."on"'),
    day='f."on"',
    joins={"k": Join(_OWN_STEPS + "f.ceremony_on", cte=_PROBATIONS_CTE), "h": _HOLIDAYS, "m": M},
    fields={
        "kind": Column("f.kind"),
        "passed": Column(_passed("f")),
        "late": Column(
            "CASE WHEN f.kind = 'decision' THEN " + _late_recognition('f."on"') + " END", ("h", "k")
        ),
    },
    member="f.member_id",
    title="m.full_name",
    subtitle="f.kind",
    subtitle_codes="PROBATION_STEP",
    listing_joins=("m",),
)

READINGS: dict[str, Reading] = {
    "candidates": _CANDIDATES,
    "nominations": _NOMINATIONS,
    "candidate_steps": _CANDIDATE_STEPS,
    "probations": _PROBATIONS,
    "probation_steps": _PROBATION_STEPS,
}
