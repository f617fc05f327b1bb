"""What became of a decided round: its ratings as they read now, and which of them were corrected since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tongket.core.codelists import RATING_LEVEL
from tongket.ratings.rounds.deciding.acts import ratings_of
from tongket.ratings.rounds.models import RoundDecision


@dataclass(frozen=True, slots=True)
class Correction:
    """A rating of the decision that reads otherwise now: whose, which level before and after, when and why."""

    name: str
    old: str
    new: str
    at: datetime
    reason: str
    pk: int

    @property
    def old_name(self) -> str:
        """The level of the decision in Vietnamese."""
        return RATING_LEVEL.label(self.old)

    @property
    def new_name(self) -> str:
        """The level that stands now in Vietnamese; "hủy" when none does."""
        return RATING_LEVEL.label(self.new) if self.new else "Đã hủy kết quả"


def corrections_of(decision: RoundDecision) -> list[Correction]:
    """Every rating of this decision that was corrected or voided since, oldest correction first, in one query."""
    written = ratings_of(decision.round).filter(recorded_at__gte=decision.recorded_at)
    members = decision.round.subject == "members"
    subject = "member" if members else "organisation"
    touched = written.filter(voided_at__isnull=False).order_by().values(subject)
    rows = written.filter(**{f"{subject}__in": touched})
    rows = rows.select_related(subject).order_by("recorded_at", "pk")
    found: list[Correction] = []
    by_subject: dict[int, list[Any]] = {}
    for row in rows:
        by_subject.setdefault(row.member_id if members else row.organisation_id, []).append(row)
    for chain in by_subject.values():
        for place, old in enumerate(chain):
            if old.voided_at is None:
                continue
            new = chain[place + 1] if place + 1 < len(chain) else None
            who = old.member.full_name if members else old.organisation.name
            found.append(
                Correction(
                    who, old.level, new.level if new else "", old.voided_at, old.void_reason, (new or old).pk
                )
            )
    return sorted(found, key=lambda one: one.at)
