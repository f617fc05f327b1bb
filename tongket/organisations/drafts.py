"""What a person enters about an organisation, before it is judged."""

from dataclasses import dataclass
from datetime import date

from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class FoundingDraft:
    """A new organisation. `parent_code` may name one founded earlier in the same batch; "" for the root."""

    code: str
    name: str
    kind: str
    on: date
    parent_code: str = ""
    sector: str = ""
    position: int = 0
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """A rename (name, kind or sector), a move (parent) or an end of an organisation, from a day on.

    `kind_of_act` is a code of `ORGANISATION_ACT`; fields left None stay as they are.
    """

    organisation: Organisation
    kind_of_act: str
    on: date
    name: str | None = None
    kind: str | None = None
    sector: str | None = None
    parent: Organisation | None = None
    position: int | None = None
    ends: bool = False
    successors: tuple[Organisation, ...] = ()
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A committee's term, e.g. 'khóa XXV' from the congress to the next."""

    organisation: Organisation
    name: str
    valid_from: date
    valid_to: date | None = None
    decision_number: str = ""
    decision_date: date | None = None
    decision_body: str = ""
