"""What a person enters about obligations, before it is judged."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from tongket.files.drafts import Upload
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class DemandDraft:
    """What `organisation` asks of others. `about` None: asked on its own."""

    organisation: Organisation
    kind: str
    title: str
    asked_on: date
    due_on: date
    text: str = ""
    about: UUID | None = None
    about_label: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What happened to an obligation on a day; `new_deadline` only of an extension."""

    kind: str
    on: date
    text: str = ""
    numbers: dict[str, Decimal] | None = None
    new_deadline: date | None = None
    on_behalf: bool = False
    files: tuple[Upload, ...] = ()
