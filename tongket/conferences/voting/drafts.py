"""The counts of a vote as they are entered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class VoteDraft:
    """The counts of one vote. Who is entitled is counted from the invitations, not entered."""

    question: str
    majority: str
    present: int
    agree: int
    disagree: int = 0
    abstain: int = 0
    secret: bool = False
    item: UUID | None = None
    taken_at: datetime | None = None  # None: now
