"""A conference of the small district, made directly through the models: called, with people, items and papers."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.world import World
from tongket.audit.acts import act
from tongket.conferences.models import AgendaItem, Attendance, Conference, Invitation, Moment

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2023, 12, 28, 13, 30, tzinfo=VIETNAM)


def at(clock: str) -> datetime:
    """A time of the conference's day."""
    hour, _mark, minute = clock.partition(":")
    return START.replace(hour=int(hour), minute=int(minute))


def make_conference(world: World, code: str = "QS", state: str = "called", **changes: Any) -> Conference:
    """One conference with three items (1, 1.1, 2) and the given state."""
    with act("test.conference", by=None, origin="test") as current:
        values = {
            "organisation": world[code],
            "kind": "year_end",
            "title": "Hội nghị tổng kết công tác xây dựng Đảng năm 2023",
            "starts_at": START,
            "place": "Hội trường Huyện ủy",
            "chairs": "Đồng chí Nguyễn Văn An, Bí thư Huyện ủy",
            "secretary": "Trần Thị Bình",
            "state": state,
        }
        conference = Conference.objects.create(**values | changes, **current.stamp())
        first = AgendaItem.objects.create(
            conference=conference,
            position=1,
            title="Báo cáo tổng kết",
            presenter="Thường trực",
            minutes=30,
            **current.stamp(),
        )
        AgendaItem.objects.create(
            conference=conference,
            parent=first.identity,
            position=1,
            title="Thảo luận",
            minutes=60,
            **current.stamp(),
        )
        AgendaItem.objects.create(
            conference=conference, position=2, title="Khen thưởng", minutes=15, **current.stamp()
        )
        kinds = {"called": 1, "running": 2, "closed": 3}
        for kind in ("called", "running", "closed")[: kinds.get(state, 0)]:
            offset = {"called": -timedelta(days=3), "running": timedelta(0), "closed": timedelta(hours=4)}[
                kind
            ]
            Moment.objects.create(conference=conference, kind=kind, at=START + offset, **current.stamp())
    return conference


def invite(
    conference: Conference,
    count: int,
    *,
    present: int = 0,
    excused: int = 0,
    absent: int = 0,
    voting: bool = True,
    first: int = 1,
) -> list[Invitation]:
    """People called, with the first ones marked present, then excused, then absent."""
    with act("test.invite", by=None, origin="test") as current:
        rows = Invitation.objects.bulk_create(
            Invitation(
                conference=conference,
                name=f"Nguyễn Văn {number}",
                post="Huyện ủy viên",
                voting=voting,
                number=number,
                code=f"c{conference.pk}-{number}",
                **current.stamp(),
            )
            for number in range(first, first + count)
        )
        states = ["present"] * present + ["excused"] * excused + ["absent"] * absent
        Attendance.objects.bulk_create(
            Attendance(
                invitation=row,
                conference=conference,
                state=state,
                at=START - timedelta(minutes=10),
                reason="Đi công tác" if state == "excused" else "",
                **current.stamp(),
            )
            for row, state in zip(rows, states, strict=False)
        )
    return rows


def items(conference: Conference) -> list[AgendaItem]:
    """Its items in the order in which they were made: 1, 1.1, 2."""
    return list(AgendaItem.objects.filter(conference=conference).order_by("id"))
