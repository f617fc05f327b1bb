"""What the screen in the hall and the secretary's control page show, made ready from the records."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from tongket.conferences.agenda.tree import Entry, agenda_of
from tongket.conferences.hall.queries import moments_of, state_of
from tongket.conferences.hall.state import HallState, Speaking
from tongket.conferences.models import Conference
from tongket.core.votes import Outcome, outcome_of


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the agenda with how it stands: waiting, open or done, since when and until when."""

    numbered: Entry
    state: str
    since: datetime | None
    until: datetime | None
    speakers: tuple[Speaking, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything that the projector shows."""

    conference: Any
    lines: list[Line]
    hall: HallState
    now: datetime
    vote: Outcome | None
    question: str

    @property
    def current(self) -> Line | None:
        """The open item."""
        return next((line for line in self.lines if line.state == "open"), None)

    @property
    def following(self) -> Line | None:
        """The next item that was not opened yet, after the last one that was."""
        opened = [place for place, line in enumerate(self.lines) if line.state != "waiting"]
        rest = self.lines[max(opened) + 1 :] if opened else self.lines
        return next((line for line in rest if line.state == "waiting"), None)


def lines_of(agenda: list[Entry], hall: HallState) -> list[Line]:
    """The agenda with the state of each item. One opened twice counts from its first opening to its last end."""
    lines = []
    for row in agenda:
        runs = [run for run in hall.items if run.item == row.item.identity]
        speakers = tuple(turn for turn in hall.speakers if turn.item == row.item.identity)
        state = "waiting" if not runs else "open" if runs[-1].until is None else "done"
        # The timer of an item that is open again counts from its last opening.
        since = (runs[-1] if state == "open" else runs[0]).since if runs else None
        lines.append(Line(row, state, since, runs[-1].until if runs else None, speakers))
    return lines


def screen_of(conference: Any) -> Screen:
    """The screen of a conference that was read with `with_stamp`; two queries."""
    hall = state_of(conference)
    vote, question = _vote(conference.last_vote, hall)
    return Screen(conference, lines_of(agenda_of(conference), hall), hall, timezone.now(), vote, question)


def _vote(said: Any, hall: HallState) -> tuple[Outcome | None, str]:
    """The last vote, as long as the item under which it was taken is open."""
    if not said or hall.open_item is None or not said["item"]:
        return None, ""
    if UUID(said["item"]) != hall.open_item.item or not said["entitled"]:
        return None, ""
    return outcome_of(said["majority"], said["entitled"], said["agree"]), said["question"]


def control_of(conference: Conference) -> dict[str, Any]:
    """What the control page shows beside its forms; three queries."""
    hall = state_of(conference)
    return {
        "hall": hall,
        "lines": lines_of(agenda_of(conference), hall),
        "moments": moments_of(conference),
        "now": timezone.now(),
    }
