"""What is entered in a campaign of commendations, before it is judged."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from tongket.honours.commending.models import CommendationRound, CommendationTitle
from tongket.members.models import Member
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class TitleDraft:
    """A title of a regulation, for the years from `year_from` to `year_to` (None: until it is ended)."""

    organisation: Organisation
    code: str
    name: str
    year_from: int
    kind: str
    recipient_kind: str
    form: str
    giver: str
    gate: str
    year_to: int | None = None
    gate_years: int | None = 1
    no_discipline: bool = False
    cap_number: int | None = None
    cap_share: Decimal | None = None
    cap_base: str = ""
    bonus: Decimal | None = None
    fund: str = ""
    criteria: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """A campaign; `titles` are identities of titles, as text."""

    organisation: Organisation
    name: str
    period: str
    opened_on: date
    titles: tuple[str, ...] = ()
    propose_by: date | None = None
    council_by: date | None = None
    decide_by: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """One proposed for one title; `proposal_draft` makes it and fills in what follows from campaign and title."""

    round: UUID
    asked_by: Organisation
    title: UUID
    title_code: str
    recipient_kind: str
    period: str
    period_end: date
    proposed_by: Organisation
    organisation: Organisation
    proposed_on: date
    member: Member | None = None
    recipient_name: str = ""
    address: str = ""
    achievement: str = ""


def proposal_draft(
    round_: CommendationRound,
    title: CommendationTitle,
    *,
    proposed_by: Organisation,
    organisation: Organisation,
    proposed_on: date,
    member: Member | None = None,
    recipient_name: str = "",
    address: str = "",
    achievement: str = "",
) -> ProposalDraft:
    """A proposal in this campaign for this title: the body itself, a member, or a name (an office, a non-member)."""
    return ProposalDraft(
        round_.identity,
        round_.organisation,
        title.identity,
        title.code,
        title.recipient_kind,
        round_.period,
        round_.period_end,
        proposed_by,
        organisation,
        proposed_on,
        member,
        recipient_name,
        address,
        achievement,
    )


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """The council's view of one proposal (its identity), as counts; `row`: its number on the page, for messages."""

    proposal: UUID
    recommended: bool
    base: int | None = None
    agree: int | None = None
    reason: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What a decision says of one proposal (its identity): commended, or not with the reason.

    `aside`: why it is commended although a check failed; `row`: its number on the page, for messages.
    """

    proposal: UUID
    commended: bool
    reason: str = ""
    aside: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision of a campaign; `cap_reason`: why there are more of a title than its cap."""

    number: str
    on: date
    body: str
    choices: tuple[Choice, ...]
    cap_reason: str = ""
