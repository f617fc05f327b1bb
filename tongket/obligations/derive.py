"""The state of an obligation, made from its steps in one place.

Fulfilled is what was reported and was not returned since; the day that counts is the report's. A report counts as
done only when it came on or before the deadline in force on its own day: an extension granted afterwards does not
make a late report timely. Late and wrong therefore count as not done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

_STATES = {"planned", "done", "reported", "accepted", "returned"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an obligation stands: state, deadline now, day of the standing report and the deadline of that day."""

    state: str
    deadline: date
    fulfilled_on: date | None
    deadline_then: date | None
    last_step_on: date | None

    def outcome(self, on: date) -> str:
        """A code of `core.worklists.OUTCOME` for a day."""
        if self.fulfilled_on is not None and self.deadline_then is not None:
            return "on_time" if self.fulfilled_on <= self.deadline_then else "late"
        return "overdue" if self.deadline < on else "waiting"


def standing(due_on: date, steps: Iterable[Any]) -> Standing:
    """Fold the standing steps of one obligation, given in the order in which they were recorded."""
    state, deadline, last = "received", due_on, None
    fulfilled: date | None = None
    then: date | None = None
    for step in steps:
        last = step.on if last is None else max(last, step.on)
        if step.kind == "extended":
            deadline = step.new_deadline
        elif step.kind in _STATES:
            state = step.kind
            if step.kind == "reported":
                fulfilled, then = step.on, deadline
            elif step.kind == "returned":
                fulfilled, then = None, None
    return Standing(state, deadline, fulfilled, then, last)


def outcome_of(obligation: Any, on: date) -> str:
    """The outcome by the derived columns alone.

    `deadline` cannot have moved after the standing report: an extension is refused once something is reported.
    """
    if obligation.fulfilled_on is not None:
        return "on_time" if obligation.fulfilled_on <= obligation.deadline else "late"
    return "overdue" if obligation.deadline < on else "waiting"


def fallen_due(due_on: date, on: date) -> bool:
    """Whether an obligation belongs to the whole of which shares are taken: its *first* deadline has come.

    One extended and still running belongs to it, one reported before its deadline came does not yet. Figures
    (`obligations.due`) and pages count alike.
    """
    return due_on <= on
