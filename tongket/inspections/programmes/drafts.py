"""A programme of inspection as it is entered."""

from dataclasses import dataclass
from datetime import date

from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class ProgrammeDraft:
    """Whose programme, of which year; the paper once there is one."""

    organisation: Organisation
    subject: str
    year: int
    body: str = ""
    decision_number: str = ""
    decision_date: date | None = None


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One inspection that is to be carried out."""

    kind: str
    content: str
    objects_text: str
    planned_on: date
    objects_count: int = 1


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """The paper that changed a programme in mid-year."""

    on: date
    number: str
    reason: str
