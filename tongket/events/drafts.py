"""Events, twinnings, programme lines and what follows, as they are entered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class TwinningDraft:
    """A twinning; `since_on` None: only the year is known."""

    organisation: Organisation
    name: str
    partner: str
    since_year: int
    since_on: date | None = None
    place: str = ""
    agreement_symbol: str = ""
    agreement_date: date | None = None


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event; `ends_on` is its last day. `marks_year`, `marks_on`: what it commemorates, if anything."""

    organisation: Organisation
    kind: str
    title: str
    starts_on: date
    ends_on: date
    occasion: str = ""
    place: str = ""
    partners: str = ""
    twinning: UUID | None = None
    marks_year: int | None = None
    marks_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a programme: when (as it is printed), what, by whom."""

    time_text: str
    content: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpDraft:
    """What an event led to: a note, or a demand handed out on another ground (`demand`, its identity)."""

    organisation: Organisation
    event: UUID
    text: str
    demand: UUID | None = None
    done_on: date | None = None
