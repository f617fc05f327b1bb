"""What an edXML message says, and the one error of reading it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import IntEnum

from tongket.core.problems import Problem, Refused

#: Namespace of the standard; the one and only that is written.
NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
VIETNAM = timezone(timedelta(hours=7), "ICT")


class BadMessage(Refused):
    """The bytes are no edXML message that may be taken in; `problems` say everything found and what to do."""

    @classmethod
    def because(cls, message: str, field: str = "file") -> "BadMessage":
        """The error with one finding."""
        return cls([Problem(field, message)])


class Business(IntEnum):
    """What the sender wants done (BussinessDocType)."""

    NEW = 0
    REVOKE = 1
    UPDATE = 2
    REPLACE = 3


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or receiver: the body's identifier on the exchange, and how it calls itself."""

    organ_id: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: the authority signed with (TM., TL.), the post, the name."""

    competence: str = ""
    position: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper that the message answers or revokes: its number and symbol in one text, its day, its key."""

    organ_id: str = ""
    code: str = ""
    on: date | None = None
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """A system through which the message went, and when."""

    organ_id: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of the message, decoded. `description` is what the sender wrote about it."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    description: str = ""

    @property
    def sha256(self) -> str:
        """Hash of the decoded bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Message:
    """One edXML message. `sha256`, `signed`, `warnings` tell of the file and are not compared.

    `document_id` is opaque: it names the paper only together with the sender. `signed`: the file holds a digital
    signature, which is kept in the original and not judged.
    """

    sender: Party
    receivers: tuple[Party, ...]
    document_id: str
    number: str
    notation: str
    issued_on: date
    subject: str
    place: str = ""
    type_code: str = ""
    type_detail: str = ""
    type_name: str = ""
    content: str = ""
    signer: Signer = Signer()
    due_on: date | None = None
    priority: int | None = None
    response_for: tuple[Reference, ...] = ()
    to_places: tuple[str, ...] = ()
    trace: tuple[Hop, ...] = ()
    business: Business = Business.NEW
    reason: str = ""
    document_ids: tuple[str, ...] = ()
    attachments: tuple[Attached, ...] = ()
    sha256: str = field(default="", compare=False)
    signed: bool = field(default=False, compare=False)
    warnings: tuple[Problem, ...] = field(default=(), compare=False)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise `BadMessage` with all errors among the findings; do nothing when there is none."""
    found = [problem for problem in problems if problem.severity == "error"]
    if found:
        raise BadMessage(found)
