"""The state of an inspection, made from its steps in one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

#: The order in which steps are taken; an extension stands beside it. A later step may not skip one.
ORDER = ("announced", "started", "reported", "concluded", "notified", "followed")
#: Before these the inspection is still running: it can be late, and extended.
RUNNING = frozenset({"planned", "announced", "started"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How an inspection stands: state, end in force, whether extended, days of the steps."""

    state: str
    deadline: date
    extended: bool
    days: dict[str, date]
    last_on: date | None

    @property
    def next_step(self) -> str:
        """The step that comes next; "" after the last."""
        return next_after(self.state)


def next_after(state: str) -> str:
    """The step after a state; "" after the last."""
    if state == "planned":
        return ORDER[0]
    place = ORDER.index(state) + 1
    return ORDER[place] if place < len(ORDER) else ""


def standing(ends_on: date, steps: Iterable[Any]) -> Standing:
    """Fold the standing steps of one inspection, in the order in which they were recorded."""
    state, deadline, extended = "planned", ends_on, False
    days: dict[str, date] = {}
    last: date | None = None
    for step in steps:
        last = step.on if last is None else max(last, step.on)
        if step.kind == "extended":
            deadline, extended = step.until, True
        else:
            state = step.kind
            days[step.kind] = step.on
    return Standing(state, deadline, extended, days, last)


def derived(stands: Standing) -> dict[str, Any]:
    """The columns of an inspection that repeat how it stands."""
    return {
        "state": stands.state,
        "deadline": stands.deadline,
        "extended": stands.extended,
        "started_on": stands.days.get("started"),
        "concluded_on": stands.days.get("concluded"),
        "followed_on": stands.days.get("followed"),
    }


def limit_end(inspection: Any) -> date | None:
    """The last day of the limit in days, from the real beginning (before: the planned one); None without a limit.

    An extension moves the end to its own day.
    """
    if inspection.limit_days is None:
        return None
    if inspection.extended:
        end: date = inspection.deadline
        return end
    begun: date = inspection.started_on or inspection.starts_on
    return begun + timedelta(days=inspection.limit_days - 1)


def days_late(inspection: Any, on: date) -> int:
    """By how many days an inspection that is still running is past its end or its limit on a day; 0 when in time."""
    if inspection.state not in RUNNING:
        return 0
    ends = [day for day in (inspection.deadline, limit_end(inspection)) if day is not None]
    return max(0, (on - min(ends)).days)
