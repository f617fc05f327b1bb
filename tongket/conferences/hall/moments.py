"""Opened, closed, taken back: the steps of a conference that are taken from the control page of the hall."""

from datetime import datetime
from typing import Any

from tongket.audit.acts import act
from tongket.audit.records import current
from tongket.conferences.door.closing import mark_the_rest, take_back_marks
from tongket.conferences.hall.acts import (
    CLOSED,
    NOT_OPEN,
    RUNNING,
    close_hall_in,
    latest_in,
    reason_of,
    standing_conference,
)
from tongket.conferences.hall.queries import floor_of
from tongket.conferences.hall.times import check_between, time_of
from tongket.conferences.models import Conference, Moment
from tongket.core.problems import Problem, Refused, refuse_if_any


def open_conference(conference: Conference, *, by: Any, at: datetime | None = None) -> Moment:
    """Record that a called conference was opened. Raises `Refused`, `Conflict`."""
    return _move("conference.begin", conference, RUNNING, by=by, at=at)


def close(conference: Conference, *, by: Any, at: datetime | None = None) -> Moment:
    """Record that it was closed; an open turn and item end with it. Raises `Refused`, `Conflict`."""
    return _move("conference.finish", conference, CLOSED, by=by, at=at)


def _move(action: str, conference: Conference, kind: str, *, by: Any, at: datetime | None) -> Moment:
    with act(action, by=by, organisation=conference.organisation, subject=conference) as current_act:
        row = standing_conference(conference)
        refuse_if_any(_may_move(row, kind))
        moment_at = at or time_of(row, None, current_act.at)
        refuse_if_any(check_between(moment_at, latest_in(row), None, current_act.at))
        if kind == CLOSED:
            close_hall_in(row, moment_at, current_act)
        moment = Moment.objects.create(conference=row, kind=kind, at=moment_at, **current_act.stamp())
        row.state = kind
        row.save(update_fields=["state"])
        if kind == CLOSED:
            mark_the_rest(row, moment, act=current_act)
    return moment


def _may_move(row: Conference, kind: str) -> list[Problem]:
    if kind == RUNNING and row.state in (RUNNING, CLOSED):
        return [Problem("", "Hội nghị đã khai mạc rồi. Hãy mở lại trang để xem diễn biến.")]
    if kind == RUNNING and row.state != "called":
        return [Problem("", NOT_OPEN["draft"])]
    if kind == CLOSED and row.state != RUNNING:
        said = "Hội nghị đã bế mạc rồi. Hãy mở lại trang." if row.state == CLOSED else NOT_OPEN[row.state]
        return [Problem("", said)]
    return []


def undo_step(conference: Conference, *, reason: str, by: Any) -> Conference:
    """Take back an opening or a closing recorded by mistake. Raises `Refused`, `Conflict`.

    An opening goes only while nothing was recorded in the hall and no vote was taken.
    """
    said = reason_of(reason)
    with act(
        "conference.undo", by=by, organisation=conference.organisation, subject=conference
    ) as current_act:
        row = standing_conference(conference)
        past = list(current(row.moments.order_by("id")))
        if not past or past[-1].kind not in (RUNNING, CLOSED):
            raise Refused([Problem("", "Hội nghị chưa khai mạc nên không có gì để mở lại.")])
        if past[-1].kind == RUNNING and (floor_of(row) or current(row.votes.all()).exists()):
            raise Refused(
                [Problem("", "Đã có diễn biến hoặc biểu quyết sau khai mạc. Hãy hoàn tác các việc ấy trước.")]
            )
        take_back_marks(row, past[-1], said, act=current_act)
        current_act.void(past[-1], said)
        current_act.note(kind=past[-1].kind)
        row.state = past[-2].kind if len(past) > 1 else "called"
        row.save(update_fields=["state"])
    return row
