"""An inspection, its steps and findings as they are entered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tongket.members.models import Member
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class InspectionDraft:
    """Who inspects what and when; whom and with which team comes beside it."""

    organisation: Organisation
    subject: str
    kind: str
    content: str
    starts_on: date
    ends_on: date
    body: str = ""
    item: UUID | None = None
    unplanned_reason: str = ""
    period_from: date | None = None
    period_to: date | None = None
    limit_days: int | None = None
    decision_number: str = ""
    decision_date: date | None = None


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """Whom: an organisation, or a member (whose cell follows from the first planned day)."""

    organisation: Organisation | None = None
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """One of the team: a member of the register or a name."""

    role: str
    member: Member | None = None
    name: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What was done on a day; `reason` and `until` only of an extension."""

    kind: str
    on: date
    decision_number: str = ""
    decision_date: date | None = None
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """What has to be put right and by when."""

    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What was found about an organisation (in words) or a member (by code); with `remedy` it is handed out."""

    organisation: Organisation
    kind: str
    on: date
    member: Member | None = None
    ground: str = ""
    text: str = ""
    remedy: Remedy | None = None
