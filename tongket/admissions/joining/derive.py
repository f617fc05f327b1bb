"""From the steps of a candidate to where he or she stands: the one place where that is said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongket.admissions.deadlines.limits import (
    Deadline,
    ceremony_by,
    ceremony_start,
    class_valid_until,
    decide_by,
)
from tongket.core.judging import CANDIDATE_STAGE
from tongket.core.votes import TWO_THIRDS, Outcome, outcome_of

STAGES = tuple(code for code, _ in CANDIDATE_STAGE.choices)
#: Steps that bring a candidate to a stage of their own, in their order.
_BRINGS = {
    "class": "class",
    "file": "file",
    "committee": "committee",
    "forwarded": "forwarded",
    "appraised": "appraised",
    "decision": "decision",
    "ceremony": "admitted",
}
#: On whose desk a candidate's papers lie at a stage.
_DESKS = {"forwarded": "board", "appraised": "standing", "admitted": "", "closed": ""}
OPEN = frozenset(STAGES) - {"admitted", "closed"}


@dataclass
class Standing:
    """Where a candidate stands after some steps. `at` holds the step that counts of each kind."""

    stage: str = "nominated"
    stage_since: date | None = None
    at: dict[str, Any] = field(default_factory=dict)
    failed: int = 0  # votes of the cell without the needed share, since the last that had it

    @property
    def is_open(self) -> bool:
        """Whether the candidate is still on the way."""
        return self.stage in OPEN

    @property
    def resolved_on(self) -> date | None:
        """The day from which the time for the decision runs: the cell's resolution, or its report upward instead."""
        step = self.at.get("resolution") or self.at.get("reported_up")
        return step.on if step is not None else None

    def on(self, kind: str) -> date | None:
        """The day of the step of a kind, None when there is none."""
        step = self.at.get(kind)
        return step.on if step is not None else None


def outcome(step: Any) -> Outcome | None:
    """What a vote came to; None for a step without one."""
    if not step.base or step.agree is None:
        return None
    return outcome_of(TWO_THIRDS, step.base, step.agree)


def passed(step: Any) -> bool:
    """Whether the vote of a step reached two thirds of all official members."""
    found = outcome(step)
    return found is not None and found.passed


def fold(steps: Iterable[Any], nominated_on: date | None = None) -> Standing:
    """Where the steps, in the order in which they were recorded, lead."""
    now = Standing(stage_since=nominated_on)
    for step in steps:
        take(now, step)
    return now


def take(now: Standing, step: Any) -> None:
    """Let one more step count."""
    if step.kind == "closed":
        stage = "closed"
    elif step.kind in ("resolution", "reported_up"):
        if step.kind == "resolution" and not passed(step):
            now.failed += 1
            now.at["failed"] = step
            return
        now.failed = 0
        stage = "resolution"
    else:
        stage = _BRINGS.get(step.kind, now.stage)
    now.at[step.kind] = step
    if STAGES.index(stage) > STAGES.index(now.stage):
        now.stage, now.stage_since = stage, step.on


def desk_of(now: Standing, *, in_body: bool) -> tuple[str, date | None]:
    """On whose desk the papers lie, and since when. `in_body`: the cell lies in a grassroots organisation.

    A cell hands its resolution to the committee of its grassroots organisation; a cell directly below the district
    forwards it itself. Once considered, the committee's paper waits there to be forwarded.
    """
    if now.stage in _DESKS:
        return _DESKS[now.stage], now.stage_since
    if now.stage in ("resolution", "committee") and in_body:
        return "committee", now.resolved_on if now.stage == "resolution" else now.stage_since
    return "cell", now.stage_since


def deadlines(now: Standing, *, in_body: bool) -> list[Deadline]:
    """The deadlines of one candidate: certificate, decision, ceremony; those already met with their day."""
    found: list[Deadline] = []
    desk, since = desk_of(now, in_body=in_body)
    finished, resolved = now.on("class"), now.resolved_on
    closed, decided = now.on("closed"), now.on("decision")
    if finished is not None:
        until = class_valid_until(finished)
        done = min((d for d in (resolved, closed) if d), default=None)
        found.append(Deadline("class", "adm.class", finished, until, desk, since, done))
    if resolved is not None:
        extension = (now.at["extended"].days or 0) if "extended" in now.at else 0
        last = decide_by(resolved, "admission", extension)
        if last is not None:
            done = decided or closed
            found.append(Deadline("admit", "adm.decide-by", resolved, last, desk, since, done, working=True))
    if decided is not None:
        start = ceremony_start(decided, now.on("received"))
        last = ceremony_by(decided, now.on("received"))
        if start is not None and last is not None:
            done = now.on("ceremony") or closed
            found.append(Deadline("ceremony", "adm.ceremony", start, last, desk, since, done, working=True))
    return found
