"""One step of a case as entered."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What happened in a case on a day; which fields are needed follows from `kind` (see `steps.rules`).

    `posts`: the keys of the posts that a removal takes; empty: all Party posts held on the day.
    """

    kind: str
    on: date
    form: str = ""
    level: str = ""
    entitled: int | None = None
    agree: int | None = None
    disagree: int | None = None
    secret: bool = False
    reason: str = ""
    decision_number: str = ""
    decision_body: str = ""
    posts: tuple[int, ...] = ()
