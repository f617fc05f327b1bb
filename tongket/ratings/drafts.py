"""What a person enters about ratings, before it is judged."""

from dataclasses import dataclass
from datetime import date

from tongket.members.models import Member
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class OrganisationRatingDraft:
    """The decided rating of an organisation; `reason` only when it was not rated."""

    organisation: Organisation
    period: str
    level: str
    reason: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""


@dataclass(frozen=True, slots=True)
class MemberRatingDraft:
    """The decided rating of a member in the cell that rated him or her; `reason` only when not rated."""

    member: Member
    organisation: Organisation
    period: str
    level: str
    reason: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""
