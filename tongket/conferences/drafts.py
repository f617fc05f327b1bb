"""What a person enters about a conference, its agenda, its guests and their answers, before it is judged."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from tongket.conferences.models import Conference, Invitation
from tongket.members.models import Member
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class ConferenceDraft:
    """A conference to be called. `ends_at` None: no end was planned."""

    organisation: Organisation
    kind: str
    title: str
    starts_at: datetime
    place: str
    chairs: str
    ends_at: datetime | None = None
    secretary: str = ""
    note: str = ""
    majority: str = "over_half"


@dataclass(frozen=True, slots=True)
class AgendaItemDraft:
    """One item of the agenda, put last below `parent` (identity of the item above; None: at the top)."""

    conference: Conference
    title: str
    presenter: str = ""
    minutes: int | None = None
    parent: uuid.UUID | None = None
    directive: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class InvitationDraft:
    """A person called to a conference. `rule` "": by hand. `member` None: a guest from outside the register."""

    conference: Conference
    name: str
    post: str
    organisation: Organisation | None = None
    member: Member | None = None
    rule: str = ""
    voting: bool = False


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """An answer to an invitation. `on` is the day on which it came."""

    invitation: Invitation
    answer: str
    on: date
    reason: str = ""
    substitute: str = ""
