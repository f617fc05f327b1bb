"""What happens in the hall: item by item, speaker by speaker; the last thing undone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from tongket.audit.acts import Act, act
from tongket.audit.records import current
from tongket.conferences.hall.queries import floor_of, moments_of
from tongket.conferences.hall.state import (
    ITEM_END,
    QUEUED,
    SPEAK_END,
    SPEAK_START,
    HallState,
    fold_floor,
    refusal,
)
from tongket.conferences.hall.times import check_between, time_of
from tongket.conferences.models import AgendaItem, Conference, Floor
from tongket.conferences.queries import standing_of
from tongket.core.problems import Problem, Refused, refuse_if_any
from tongket.core.text import tidy

RUNNING, CLOSED = "running", "closed"
_LENGTH = 200
NOT_OPEN = {
    "draft": "Hội nghị chưa triệu tập. Hãy triệu tập, rồi khai mạc.",
    "called": "Hội nghị chưa khai mạc. Hãy bấm “Khai mạc” trước.",
    "closed": "Hội nghị đã bế mạc. Nếu bế mạc nhầm, hãy bấm “Mở lại”.",
}


def record_floor(
    conference: Conference,
    kind: str,
    *,
    by: Any,
    item: UUID | None = None,
    speaker: str = "",
    topic: str = "",
    at: datetime | None = None,
) -> Floor:
    """Record one thing that went on: an item opened or ended, a speaker queued, called or ended.

    Ending an item ends a turn still open. Raises `Refused` (not opened, an item of another conference, a second item
    or speaker, a name twice in the list, a time out of order) and `Conflict`.
    """
    with act(
        f"conference.{kind}", by=by, organisation=conference.organisation, subject=conference
    ) as current_act:
        row = standing_of(conference)
        refuse_if_any(_running(row))
        refuse_if_any(_sound(row, item, speaker, topic))
        happened = at or time_of(row, None, current_act.at)
        refuse_if_any(check_between(happened, latest_in(row), None, current_act.at))
        state = fold_floor(floor_of(row))
        if kind == ITEM_END and state.speaking is not None:
            state = _end_turn(row, state, happened, current_act)
        why = refusal(state, kind, item=item, speaker=speaker)
        if why:
            raise Refused([Problem("speaker" if kind in (QUEUED, SPEAK_START) else "", why)])
        under = item or (state.open_item.item if state.open_item else None)
        if kind == SPEAK_START and not topic:
            topic = next((one.topic for one in state.queue if one.name == tidy(speaker)), "")
        return _write(row, kind, happened, current_act, item=under, speaker=tidy(speaker), topic=tidy(topic))


def _sound(row: Conference, item: UUID | None, speaker: str, topic: str) -> list[Problem]:
    found = check_item(row, item)
    for name, text, label in (("speaker", speaker, "Tên người phát biểu"), ("topic", topic, "Chủ đề")):
        if len(tidy(text)) > _LENGTH:
            found.append(Problem(name, f"{label} dài quá {_LENGTH} ký tự. Hãy viết ngắn lại."))
    return found


def check_item(conference: Conference, item: UUID | None) -> list[Problem]:
    """An item that is named has to stand in the agenda of this very conference."""
    if item is None or current(AgendaItem.objects.filter(conference=conference, identity=item)).exists():
        return []
    return [
        Problem(
            "item", "Nội dung này không có trong chương trình của hội nghị. Hãy chọn lại từ chương trình."
        )
    ]


def withdraw_speaker(conference: Conference, waiting: int, *, by: Any) -> Floor:
    """Take somebody off the list of speakers (`waiting`: the key that the list shows). Raises `Refused`, `Conflict`."""
    with act(
        "conference.withdrawn", by=by, organisation=conference.organisation, subject=conference
    ) as current_act:
        row = standing_of(conference)
        refuse_if_any(_running(row))
        rows = floor_of(row)
        if not any(one.pk == waiting for one in fold_floor(rows).queue):
            raise Refused([Problem("", "Người này không còn trong danh sách chờ. Hãy mở lại trang.")])
        found = next(one for one in rows if one.pk == waiting)
        current_act.void(found, "rút khỏi danh sách phát biểu")
    return found


def undo_last(conference: Conference, *, by: Any) -> list[Floor]:
    """Undo the last thing that was recorded in the hall, with all that it brought about. Raises `Refused`."""
    with act(
        "conference.undone", by=by, organisation=conference.organisation, subject=conference
    ) as current_act:
        row = standing_of(conference)
        refuse_if_any(_running(row))
        rows = floor_of(row)
        if not rows:
            raise Refused([Problem("", "Chưa ghi việc nào để hoàn tác. Hãy mở lại trang.")])
        # One act may have written two rows (an item ended together with its speaker): they share their moment.
        undone = [one for one in rows if one.recorded_at == rows[-1].recorded_at]
        for one in undone:
            current_act.void(one, "hoàn tác")
        current_act.note(kind=rows[-1].kind)
    return undone


def reason_of(reason: str) -> str:
    """A reason as it is kept. Raises `Refused` when there is none."""
    said = tidy(reason or "")
    if not said:
        raise Refused([Problem("reason", "Chưa nêu lý do. Hãy ghi vì sao.")])
    return said[:300]


def _running(row: Conference) -> list[Problem]:
    return [] if row.state == RUNNING else [Problem("", NOT_OPEN[row.state])]


def latest_in(row: Conference) -> datetime | None:
    """The time of the last thing in the hall, or of the opening."""
    opened = moments_of(row).get(RUNNING)
    times = [one.at for one in floor_of(row)]
    return max([*times, *([opened] if opened else [])], default=None)


def _end_turn(row: Conference, state: HallState, at: datetime, act: Act) -> HallState:
    speaking = state.speaking
    assert speaking is not None  # noqa: S101  # nosec B101  # asked by the callers
    _write(row, SPEAK_END, at, act, item=speaking.item, speaker=speaking.name)
    return fold_floor(floor_of(row))


def close_hall_in(row: Conference, at: datetime, act: Act) -> None:
    """What closing a conference at `at` does in the hall, inside an open act: the turn and item still open end.

    Raises `Refused` when something in the hall, or a vote, is recorded later than that.
    """
    latest = latest_in(row)
    voted = current(row.votes.all()).aggregate(last=Max("at"))["last"]
    times = [time for time in (latest, voted) if time is not None]
    refuse_if_any(check_between(at, max(times, default=None), None, act.at))
    state = fold_floor(floor_of(row))
    if state.speaking is not None:
        state = _end_turn(row, state, at, act)
    if state.open_item is not None:
        _write(row, ITEM_END, at, act, item=state.open_item.item)


def _write(
    row: Conference,
    kind: str,
    at: datetime,
    act: Act,
    *,
    item: UUID | None,
    speaker: str = "",
    topic: str = "",
) -> Floor:
    return Floor.objects.create(
        conference=row, kind=kind, item=item, speaker=speaker, topic=topic, at=at, **act.stamp()
    )
