"""What a person enters about a round, before it is judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tongket.organisations.models import Organisation
from tongket.ratings.rounds.models import RatingCandidate, RatingRound


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """A round to be opened; `cap_base` None takes what the rule of the period says."""

    organisation: Organisation
    subject: str
    period: str
    opened_on: date
    self_by: date | None = None
    vote_by: date | None = None
    appraise_by: date | None = None
    decide_by: date | None = None
    cap_base: str | None = None
    note: str = ""
    parent: RatingRound | None = None


@dataclass(frozen=True, slots=True)
class StepDraft:
    """One link of a candidate's chain. Votes are counts only; `base` are all who were entitled (rule `vote.base`)."""

    candidate: RatingCandidate
    stage: str
    on: date
    level: str
    body: str = ""
    score: Decimal | None = None
    base: int | None = None
    excellent: int | None = None
    good: int | None = None
    completed: int | None = None
    failed: int | None = None
    remedied: bool = False

    @property
    def organisation(self) -> Organisation:
        """Whose books the step belongs to: the body rated, or the member's cell."""
        return self.candidate.organisation

    @property
    def counts(self) -> tuple[int | None, ...]:
        """The votes from excellent to failed."""
        return (self.excellent, self.good, self.completed, self.failed)


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """The decision that closes a round; `verdict` is what the caps say of its levels, as the page showed it.

    `over_reason` says why more are rated excellent than the cap allows (rule `rate.cap.percent`).
    """

    round: RatingRound
    decision_number: str
    decision_date: date | None
    decision_body: str
    verdict: Mapping[str, Any] = field(default_factory=dict)
    over_reason: str = ""
