"""From the steps of a member's probation to where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongket.admissions.deadlines.limits import (
    Deadline,
    decide_official_by,
    probation_end,
    review_by,
)
from tongket.admissions.joining.derive import passed


@dataclass
class Probation:
    """Where a probation stands. `at` holds the step that counts of each kind; `ceremony` None: day not known."""

    ceremony: date | None
    at: dict[str, Any] = field(default_factory=dict)
    failed: int = 0

    @property
    def ends_on(self) -> date | None:
        """The official day: when the 12 months end, whatever the delay."""
        return probation_end(self.ceremony) if self.ceremony else None

    @property
    def resolved_on(self) -> date | None:
        """The day from which the time for the decision runs."""
        step = self.at.get("resolution") or self.at.get("reported_up")
        return step.on if step is not None else None

    @property
    def reviewed_on(self) -> date | None:
        """The day on which the cell considered official status, whatever came of it."""
        days = [self.at[kind].on for kind in ("failed", "resolution", "removal") if kind in self.at]
        return min(days, default=None)

    def on(self, kind: str) -> date | None:
        """The day of the step of a kind, None when there is none."""
        step = self.at.get(kind)
        return step.on if step is not None else None

    def stage(self, day: date) -> str:
        """Where it stands on a day, as a code of `PROBATION_STAGE`."""
        if "decision" in self.at:
            return "decision"
        if "removal" in self.at:
            return "removal"
        if self.resolved_on is not None:
            return "resolution"
        if self.ends_on is None:
            return "unknown"
        return "running" if day < self.ends_on else "due"


def fold(ceremony: date | None, steps: Iterable[Any]) -> Probation:
    """Where the steps, in the order in which they were recorded, lead."""
    now = Probation(ceremony)
    for step in steps:
        take(now, step)
    return now


def take(now: Probation, step: Any) -> None:
    """Let one more step count."""
    if step.kind == "resolution" and not passed(step):
        now.failed += 1
        now.at.setdefault("failed", step)
        return
    if step.kind in ("resolution", "reported_up"):
        now.failed = 0
    now.at[step.kind] = step


def desk_of(now: Probation, *, in_body: bool) -> tuple[str, date | None]:
    """On whose desk the papers lie, and since when."""
    for kind, desk in (("decision", ""), ("appraised", "standing"), ("forwarded", "board")):
        if kind in now.at:
            return desk, now.on(kind)
    asked = now.on("removal") or now.resolved_on
    if asked is not None and in_body:
        return "committee", asked
    return "cell", asked or now.ends_on


def deadlines(now: Probation, *, in_body: bool) -> list[Deadline]:
    """The deadlines of one probation; none while the day of the ceremony is not known."""
    if now.ceremony is None or now.ends_on is None:
        return []
    desk, since = desk_of(now, in_body=in_body)
    ends, decided, removal = now.ends_on, now.on("decision"), now.on("removal")
    done = decided or removal or now.resolved_on
    found = [
        Deadline("probation", "prob.months", now.ceremony, ends, desk, now.ceremony, done, binding=False)
    ]
    last = review_by(now.ceremony)
    if last is not None:
        reviewed = now.reviewed_on or now.on("reported_up") or decided
        found.append(Deadline("review", "prob.review", ends, last, "cell", ends, reviewed, working=True))
    if now.resolved_on is not None:
        extension = (now.at["extended"].days or 0) if "extended" in now.at else 0
        last = decide_official_by(now.resolved_on, extension)
        if last is not None:
            found.append(
                Deadline(
                    "recognise",
                    "adm.decide-by",
                    now.resolved_on,
                    last,
                    desk,
                    since,
                    decided or removal,
                    working=True,
                )
            )
    return found
