"""What happens to badges and commendations: recorded as decided, voided, corrected."""

from collections.abc import Sequence
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act
from tongket.core.periods import parse_period
from tongket.core.problems import Problem
from tongket.honours.badge_rules import badge_rules
from tongket.honours.badging.moving import follow, give_back
from tongket.honours.commendation_rules import commendation_rules
from tongket.honours.drafts import BadgeAwardDraft, CommendationDraft
from tongket.honours.models import BadgeAward, Commendation


def _badge_keys(row: BadgeAward) -> dict[str, Any]:
    return {"member": row.member.code, "organisation": row.organisation.code, "mark": row.mark}


def _commendation_columns(draft: CommendationDraft) -> dict[str, Any]:
    period = parse_period(draft.period)
    return {"period": period.code, "period_end": period.end, "decision_date": draft.decided_on}


def _commendation_keys(row: Commendation) -> dict[str, Any]:
    keys = {"organisation": row.organisation.code, "period": row.period, "form": row.form}
    return keys | ({"member": row.member.code} if row.member else {})


BADGE_AWARD = records.RecordKind(
    "badge_award", BadgeAward, badge_rules, _badge_keys, voided=give_back, carry=follow
)
COMMENDATION = records.RecordKind(
    "commendation", Commendation, commendation_rules, _commendation_keys, derived=_commendation_columns
)


def check_badge_awards(drafts: Sequence[BadgeAwardDraft]) -> list[Problem]:
    """Judge badges: marks in force, Party age reached or early within the limits, the cell on the day."""
    return records.check(BADGE_AWARD, drafts)


def add_badge_awards(
    drafts: Sequence[BadgeAwardDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[BadgeAward]:
    """Record badges inside an open act. Raises `Refused` with every error."""
    return records.add(BADGE_AWARD, drafts, act=act, origins=origins)


def add_badge_award(draft: BadgeAwardDraft, *, by: Any, origin: str = "form") -> BadgeAward:
    """Record that a badge was given. Raises `Refused`."""
    return records.add_one(BADGE_AWARD, draft, by=by, origin=origin)


def void_badge_award(record: BadgeAward, *, reason: str, by: Any) -> BadgeAward:
    """Void a badge; the proposal that it came of is decided and not given again. Raises `Refused`, `Conflict`."""
    return records.void(BADGE_AWARD, record, reason=reason, by=by)


def correct_badge_award(record: BadgeAward, draft: BadgeAwardDraft, *, reason: str, by: Any) -> BadgeAward:
    """Correct a badge. Raises `Refused`, `Conflict`."""
    return records.correct(BADGE_AWARD, record, draft, reason=reason, by=by)


def check_commendations(drafts: Sequence[CommendationDraft]) -> list[Problem]:
    """Judge commendations: one recipient, of that organisation, days in order, each once."""
    return records.check(COMMENDATION, drafts)


def add_commendations(
    drafts: Sequence[CommendationDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[Commendation]:
    """Record commendations inside an open act. Raises `Refused` with every error."""
    return records.add(COMMENDATION, drafts, act=act, origins=origins)


def add_commendation(draft: CommendationDraft, *, by: Any, origin: str = "form") -> Commendation:
    """Record a commendation. Raises `Refused`."""
    return records.add_one(COMMENDATION, draft, by=by, origin=origin)


def void_commendation(record: Commendation, *, reason: str, by: Any) -> Commendation:
    """Void a commendation. Raises `Refused`, `Conflict`."""
    return records.void(COMMENDATION, record, reason=reason, by=by)


def correct_commendation(
    record: Commendation, draft: CommendationDraft, *, reason: str, by: Any
) -> Commendation:
    """Correct a commendation. Raises `Refused`, `Conflict`."""
    return records.correct(COMMENDATION, record, draft, reason=reason, by=by)
