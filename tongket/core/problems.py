"""Findings as values: every check collects what is wrong with a place and a remedy, instead of raising the first.

A form shows a problem at its field, an import at its cell, the command line as one line each.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about one field of one record.

    `field` is the name of the draft's field ("" for the record as a whole), `message` a Vietnamese sentence that says
    what is wrong and what to do, `index` the position of the draft in its batch (0 for a single record).
    An error refuses the act; a warning is shown and kept.
    """

    field: str
    message: str
    severity: Severity = "error"
    index: int = 0

    def at(self, index: int) -> "Problem":
        """The same finding about the draft at position `index` of a batch."""
        return replace(self, index=index)


class Refused(Exception):
    """An act was refused whole; nothing was written. `problems` holds every error found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The findings that refuse an act."""
    return [problem for problem in problems if problem.severity == "error"]


def refuse_if_any(problems: Iterable[Problem]) -> None:
    """Raise `Refused` with all errors among `problems`; do nothing when there is none."""
    found = errors(problems)
    if found:
        raise Refused(found)


class Conflict(Exception):
    """Someone else changed the same record since it was opened; nothing was written."""


class NotFound(Exception):
    """An organisation, period, indicator or record that does not exist (or is not the asker's to see)."""
