"""What happens to a conference as a whole: planned, called, opened, closed; voided and corrected.

A correction keeps the conference's identity: the old row is voided, a new one added, and all that hangs on the
conference (moments, agenda, invitations, attendance, floor, votes, conclusions) is pointed at the new row. What those
rows themselves say does not change, so they keep their own record times.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import current
from tongket.conferences import rules
from tongket.conferences.door.closing import mark_the_rest, take_back_marks
from tongket.conferences.drafts import ConferenceDraft
from tongket.conferences.hall.acts import close_hall_in
from tongket.conferences.hall.queries import floor_of
from tongket.conferences.hall.times import time_of
from tongket.conferences.models import Conference, Moment
from tongket.conferences.queries import standing_of
from tongket.core.problems import Problem, Refused, refuse_if_any
from tongket.core.text import tidy


def _carry(old: Conference, new: Conference, _act: Act, _reason: str) -> None:
    refuse_if_any(rules.may_move_conference(old, new))
    for relation in Conference._meta.related_objects:
        model: Any = relation.related_model
        model._default_manager.filter(**{relation.field.name: old}).update(**{relation.field.name: new})
    new.state = old.state
    new.save(update_fields=["state"])


def _keys(row: Conference) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "kind": row.kind, "on": row.on}


CONFERENCE = records.RecordKind(
    "conference",
    Conference,
    rules.conference_rules,
    _keys,
    may_void=rules.may_void_conference,
    carry=_carry,
)


def check_conferences(drafts: Sequence[ConferenceDraft]) -> list[Problem]:
    """Judge conferences: times in order, a living organisation, each once."""
    return records.check(CONFERENCE, drafts)


def add_conference(draft: ConferenceDraft, *, by: Any, origin: str = "form") -> Conference:
    """Record that a conference is planned. Raises `Refused`."""
    return records.add_one(CONFERENCE, draft, by=by, origin=origin)


def correct_conference(record: Conference, draft: ConferenceDraft, *, reason: str, by: Any) -> Conference:
    """Correct a conference; all that hangs on it follows to the new row. Raises `Refused`, `Conflict`."""
    return records.correct(CONFERENCE, record, draft, reason=reason, by=by)


def void_conference(record: Conference, *, reason: str, by: Any) -> Conference:
    """Void a conference that has not been opened. Raises `Refused`, `Conflict`."""
    return records.void(CONFERENCE, record, reason=reason, by=by)


# --- called, opened, closed ---------------------------------------------------------------------------------


def call(conference: Conference, *, by: Any, at: datetime | None = None) -> Moment:
    """Call the conference: from now on replies and check-in are taken. Raises `Refused`, `Conflict`."""
    return _step("conference.call", conference, "called", by, at)


def open_conference(conference: Conference, *, by: Any, at: datetime | None = None) -> Moment:
    """Open the conference. Raises `Refused` (also without a time on a day on which it does not meet), `Conflict`."""
    return _step("conference.begin", conference, "running", by, at)


def close(conference: Conference, *, by: Any, at: datetime | None = None) -> Moment:
    """Close the conference and mark everybody of whom nothing is recorded.

    Who asked to be excused with a reason is away with that reason; all others are away without one.
    Raises `Refused`, `Conflict`.
    """
    return _step("conference.finish", conference, "closed", by, at)


def _step(action: str, conference: Conference, kind: str, by: Any, at: datetime | None) -> Moment:
    with act(action, by=by, organisation=conference.organisation) as current_act:
        row = standing_of(conference)
        current_act.about(row)
        if at is None:
            # Opened or closed on another day, it is entered afterwards and needs its time; a call does not.
            at = current_act.at if kind == "called" else time_of(row, None, current_act.at)
        return move_on(row, kind, at=at, act=current_act)


def move_on(conference: Conference, kind: str, *, at: datetime, act: Act) -> Moment:
    """The inner part of a step (`called`, `running`, `closed`) in an open act. Raises `Refused`."""
    refuse_if_any(rules.moment_rules(conference, kind, at))
    if kind == "closed":
        close_hall_in(conference, at, act)
    moment = Moment.objects.create(conference=conference, kind=kind, at=at, **act.stamp())
    conference.state = kind
    conference.save(update_fields=["state"])
    if kind == "closed":
        mark_the_rest(conference, moment, act=act)
    return moment


def undo_step(conference: Conference, *, reason: str, by: Any) -> Conference:
    """Take back the last step, with the reason; undoing the closing also takes back the marks that it made.

    Raises `Refused` (no reason, nothing to take back, somebody is already checked in), `Conflict`.
    """
    said = tidy(reason or "")[:300]
    if not said:
        raise Refused([Problem("reason", "Chưa nêu lý do hoàn tác. Hãy ghi vì sao.")])
    with act("conference.undo", by=by, organisation=conference.organisation) as current_act:
        row = standing_of(conference)
        current_act.about(row)
        last = current(row.moments.all()).last()
        if last is None:
            raise Refused([Problem("reason", "Hội nghị chưa triệu tập, không có bước nào để hoàn tác.")])
        if last.kind == "running" and (floor_of(row) or current(row.votes.all()).exists()):
            raise Refused(
                [
                    Problem(
                        "reason",
                        "Đã có diễn biến hoặc biểu quyết sau khai mạc. Hãy hoàn tác các việc ấy trước.",
                    )
                ]
            )
        take_back_marks(row, last, said, act=current_act)
        current_act.void(last, said)
        row.state = rules.ORDER[rules.ORDER.index(last.kind) - 1]
        row.save(update_fields=["state"])
        current_act.note(kind=last.kind)
    return row


def states_that_differ() -> list[Conference]:
    """Conferences whose stored state is not that of their last moment: none, unless the data was changed by hand."""
    last: dict[int, str] = {}
    for conference_id, kind in current(Moment.objects.order_by("id")).values_list("conference_id", "kind"):
        last[conference_id] = kind
    return [row for row in current(Conference.objects.all()) if row.state != last.get(row.pk, "draft")]
