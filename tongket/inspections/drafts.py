"""What a person enters about discipline, before it is judged. The decision's date is the record's own day."""

from dataclasses import dataclass
from datetime import date

from tongket.members.models import Member
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class MemberDisciplineDraft:
    """A form of discipline decided against a member of a cell; `decided_on` is also the decision's date."""

    member: Member
    organisation: Organisation
    form: str
    decided_on: date
    ground: str
    committee_member: bool = False
    decision_number: str = ""
    decision_body: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationDisciplineDraft:
    """A form of discipline decided against an organisation; `decided_on` is also the decision's date."""

    organisation: Organisation
    form: str
    decided_on: date
    ground: str
    decision_number: str = ""
    decision_body: str = ""
