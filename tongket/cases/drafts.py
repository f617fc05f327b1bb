"""What a person enters about a case, before it is judged."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tongket.members.models import Member
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case as opened. `organisation` is the member's cell on the opening day, or the organisation itself.

    `act_days` are the days of the acts, dd/mm/yyyy, separated by semicolons.
    """

    organisation: Organisation
    ground: str
    act_days: str
    opened_on: date
    body: str
    body_level: str
    source: str
    member: Member | None = None
    summary: str = ""
    harm: bool = False
    concluded_on: date | None = None
    source_identity: UUID | None = None
    state_decided_on: date | None = None
    state_told_on: date | None = None
    committee_member: bool = False
    task_from_above: bool = False
