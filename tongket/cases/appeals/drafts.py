"""An appeal and its answer as entered."""

from dataclasses import dataclass
from datetime import date

from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class AppealDraft:
    """An appeal received by the body that will answer it."""

    received_on: date
    level: str
    body: str


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What an appeal ended in. `cell`: where a person whose expulsion is undone comes back to; None: the last cell."""

    on: date
    outcome: str
    form: str = ""
    decision_number: str = ""
    decision_body: str = ""
    cell: Organisation | None = None
