"""The verdict on "excellent" of a round, or of the ratings decided for a period: as objects and as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from tongket.core.periods import Period
from tongket.organisations.models import Organisation
from tongket.ratings.quota.rows import Rows, rows_of_decided, rows_of_round
from tongket.ratings.quota.words import POOL_KINDS, outcome_of, pool_name, said
from tongket.ratings.rounds.models import RatingRound
from tongket.ratings.rounds.queries import CandidateState, standing_of
from tongket.rules.catalogue import NoRuleInForce, in_force
from tongket.rules.quota import BASES, Pool, Reading, Verdict, cap_rule, verdict

#: The rules on which a verdict rests, in the order in which a page cites them.
RULES = ("rate.cap.percent", "rate.cap.base", "rate.cap.pools", "rate.cap.special", "rate.cap.outstanding")


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the rows it is about; `verdict` None when no cap was in force on the period's last day."""

    rows: Rows
    verdict: Verdict | None
    missing: str = ""


def judge(rows: Rows, base: str = "") -> Judged:
    """The verdict on some rows; `base` is the reading that decides, the rule's default when none is set."""
    try:
        rule = cap_rule(rows.subject, rows.on, base)
    except NoRuleInForce as missing:
        return Judged(rows, None, str(missing))
    return Judged(rows, verdict(rows.rated, rule))


def judge_round(round: RatingRound, states: Sequence[CandidateState] | None = None) -> Judged:
    """The verdict on a round as its list stands now; `states` if they were read already."""
    listed = standing_of(round) if states is None else states
    return judge(rows_of_round(round, listed), round.cap_base)


def judge_decided(organisation: Organisation, period: Period, subject: str) -> Judged:
    """The verdict on ratings already decided: works for past years that had no round."""
    return judge(rows_of_decided(organisation, period, subject))


def verdict_of(round: RatingRound, states: Sequence[CandidateState] | None = None) -> dict[str, Any]:
    """What the caps say of a round now, as JSON: kept with the decision of the round. Codes, no names of persons."""
    return verdict_json(judge_round(round, states))


def verdict_json(judged: Judged) -> dict[str, Any]:
    """A verdict as JSON: deciding base, each pool with both readings in numbers and in words, the rules behind it."""
    if judged.verdict is None:
        return {"base": "", "pools": [], "missing": judged.missing}
    rule = judged.verdict.rule
    with translation.override("vi"):  # it is kept: the language of whoever decides does not matter
        pools = [_pool(pool, judged.rows) for pool in judged.verdict.pools]
    return {
        "base": rule.base,
        "percent": str(rule.percent),
        "rounding": rule.rounding,
        "pools_over": {code: len(judged.verdict.over(code)) for code in BASES},
        "pools": pools,
        "rules": _rules(judged),
    }


def _pool(pool: Pool, rows: Rows) -> dict[str, Any]:
    counts = ("listed", "rated", "not_rated", "open", "excellent", "good", "completed", "failed", "specials")
    return {
        "kind": pool.kind,
        "kind_name": str(POOL_KINDS[pool.kind]),
        "key": pool.key,
        "name": pool_name(pool, rows.pool_names),
        **{name: getattr(pool, name) for name in counts},
        "readings": {code: _reading(reading, rows) for code, reading in pool.readings.items()},
        "outstanding": {code: _reading(reading, rows) for code, reading in pool.outstanding.items()},
    }


def _reading(reading: Reading, rows: Rows) -> dict[str, Any]:
    return {
        "base": reading.base,
        "percent": str(reading.percent),
        "exact": str(reading.exact),
        "cap": reading.cap,
        "counted": reading.counted,
        "over": reading.over,
        "room": reading.room,
        "outcome": outcome_of(reading),
        "words": said(reading),
        "line": [rows.named[key].code for key in reading.line],
        "by_score": reading.by_score,
    }


def _rules(judged: Judged) -> list[dict[str, str]]:
    found = []
    for rule in RULES:
        try:
            version = in_force(rule, judged.rows.on)
        except NoRuleInForce:
            continue
        found.append(
            {"id": rule, "mark": version.mark, "text": version.citation().document_and_article("vi")}
        )
    return found
