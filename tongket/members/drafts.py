"""What a person enters about a member, before it is judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongket.members.models import Member
from tongket.organisations.models import CommitteeTerm, Organisation


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A new person on the register, or a later state of one already there (same `code`, with `since`).

    `details` holds the fields of `MemberDetail` by name; a missing or blank one is a gap. `since` is the day from
    which the details hold; None: as far back as the register goes. `card_number` is the first known card.
    """

    code: str
    details: Mapping[str, Any] = field(default_factory=dict)
    since: date | None = None
    card_number: str = ""
    card_issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """Changes of one person's profile: what was `wrong` all along, and what has `changed` since a day."""

    member: Member
    wrong: Mapping[str, Any] = field(default_factory=dict)
    changed: Mapping[str, Any] = field(default_factory=dict)
    since: date | None = None


@dataclass(frozen=True, slots=True)
class EventDraft:
    """One event of a member's life. For admissions `on` may stay None: the rule `new.count` says which day counts."""

    member: Member
    kind: str
    on: date | None = None
    organisation: Organisation | None = None  # the cell; may stay None for events in the present cell
    ceremony_on: date | None = None
    elsewhere: str = ""
    other_body: str = ""
    first_admitted_on: date | None = None
    official_on: date | None = None
    outside_days: int = 0
    arrives_standing: str = ""
    population_breach: bool = False
    foreign_spouse: bool = False
    village_head: bool = False
    reason: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A Party card given, exchanged or replaced."""

    member: Member
    number: str
    kind: str = "first"
    issued_on: date | None = None
    issued_by: str = ""


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A member takes a post in a committee, from a day, perhaps to a day."""

    member: Member
    organisation: Organisation
    post: str
    valid_from: date
    valid_to: date | None = None
    term: CommitteeTerm | None = None
    title: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""
