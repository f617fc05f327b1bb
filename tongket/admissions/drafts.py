"""What a clerk enters about candidates and probations, before it is judged."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tongket.admissions.joining.models import Candidate
from tongket.members.models import Member
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class CandidateDraft:
    """A person nominated by a cell."""

    organisation: Organisation
    full_name: str
    birth_date: date
    gender: str
    nominated_on: date
    source_year: int
    occupation: str = ""
    youth_union: bool = False


@dataclass(frozen=True, slots=True)
class MentorDraft:
    """An official member (or a body) who introduces and helps; `candidate` is the identity."""

    candidate: UUID
    organisation: Organisation
    assigned_on: date
    member: Member | None = None
    body: str = ""
    together_since: date | None = None


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A paper of the file that has come in."""

    candidate: UUID
    organisation: Organisation
    paper: str
    on: date


@dataclass(frozen=True, slots=True)
class StepDraft:
    """One thing that happened to a candidate.

    A vote: `present`, `agree`, `disagree`, and `exempt_present`, how many exempted members came and so count in the
    base; the base itself is asked of the register. A ceremony writes the member; `member` names one who is already in
    the register with this admission (entered before the candidate was).
    """

    candidate: Candidate
    kind: str
    on: date
    present: int | None = None
    agree: int | None = None
    disagree: int | None = None
    exempt_present: int = 0
    days: int | None = None
    reason: str = ""
    note: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class ProbationStepDraft:
    """One thing that happened in or after a member's probation; `helper` only for the assignment of one."""

    member: Member
    kind: str
    on: date
    helper: Member | None = None
    present: int | None = None
    agree: int | None = None
    disagree: int | None = None
    exempt_present: int = 0
    days: int | None = None
    note: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""
