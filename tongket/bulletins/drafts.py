"""A note on public mood as it is entered, before it is read for traces of a person."""

from dataclasses import dataclass
from datetime import date

from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class BulletinDraft:
    """A topic of a month in an organisation's area; the three fields of the answer come together or not at all."""

    organisation: Organisation
    month: date
    topic: str
    text: str
    answer: str = ""
    answered_on: date | None = None
    answering_body: str = ""
