"""What a secretary enters during a conference, before it is judged."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tongket.organisations.models import Organisation


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


@dataclass(frozen=True, slots=True)
class Task:
    """Who has to do what a conclusion asks for, and by when. Kind: task, plan, report (or study)."""

    kind: str
    due_on: date
    owners: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class ConclusionDraft:
    """What the conference concluded; with `task` it becomes an obligation in the same act."""

    text: str
    item: UUID | None = None
    task: Task | None = None
