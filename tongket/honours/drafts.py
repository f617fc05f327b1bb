"""What a person enters about badges and commendations, before it is judged."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tongket.members.models import Member
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class BadgeAwardDraft:
    """A Party badge given; `organisation` is the member's cell on the award day (posthumous: the last cell)."""

    member: Member
    organisation: Organisation
    mark: int
    round: str
    awarded_on: date
    number: str = ""
    early: bool = False
    posthumous: bool = False
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""


@dataclass(frozen=True, slots=True)
class CommendationDraft:
    """A commendation; `decided_on` is also the decision's date.

    The recipient is exactly one of: a member (individual), the organisation itself (collective, no name), or
    a name (an office within the organisation, or a person who is not on the register).
    """

    organisation: Organisation
    recipient_kind: str
    form: str
    giver: str
    period: str
    decided_on: date
    member: Member | None = None
    recipient_name: str = ""
    reason: str = ""
    decision_number: str = ""
    decision_body: str = ""
    title: UUID | None = None
