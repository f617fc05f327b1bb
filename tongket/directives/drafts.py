"""What a person enters about directives, plans and study sessions, before it is judged."""

from dataclasses import dataclass
from datetime import date

from tongket.directives.models import Directive
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class DirectiveDraft:
    """A paper of a book: one of a higher body as it came in, or one that the organisation itself issued.

    `plan_due_on` None: no deadline was set. What of an issued paper follows from its organisation is filled in by
    `issuing.issued_draft`.
    """

    organisation: Organisation
    kind: str
    symbol: str
    issuer: str
    issuer_level: str
    issued_on: date
    subject: str
    received_on: date
    needs_plan: bool = True
    plan_due_on: date | None = None
    book: str = "received"
    signer: str = ""
    effective_until: date | None = None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A paper issued to carry out a directive. `organisation` None: the one that received the directive."""

    directive: Directive
    kind: str
    symbol: str
    issued_on: date
    subject: str = ""
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class StudySessionDraft:
    """A class, briefing or course with its numbers; `directive` None: not about one paper of the book."""

    organisation: Organisation
    title: str
    held_on: date
    members_total: int
    members_attended: int
    directive: Directive | None = None
    kind: str = "study"
    form: str = "direct"
    place: str = ""
    sites: int = 1
    members_exempt: int = 0
    members_excused: int = 0
    others_attended: int = 0
