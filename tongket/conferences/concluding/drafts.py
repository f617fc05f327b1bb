"""Conclusions and the tasks made from them as they are entered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tongket.organisations.models import Organisation


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
