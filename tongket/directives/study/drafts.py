"""A study session that is to be held, as it is entered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class PlannedSessionDraft:
    """What is planned; `directive` is the identity of the paper to be studied (None: not about one of the book)."""

    organisation: Organisation
    title: str
    planned_on: date
    directive: UUID | None = None
    kind: str = "study"
    form: str = "direct"
    place: str = ""
    sites: int = 1
    audience: str = ""
