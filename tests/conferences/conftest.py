"""The small district with people in posts, and a conference of it."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from tests.page_world import make_page_world
from tests.world import World
from tongket.audit.acts import act
from tongket.conferences.acts import add_conference, call
from tongket.conferences.agenda.acts import add_item
from tongket.conferences.calling.acts import invite_by_roles
from tongket.conferences.calling.roles import USUAL
from tongket.conferences.drafts import AgendaItemDraft, ConferenceDraft
from tongket.conferences.models import Conference
from tongket.members.drafts import PostDraft
from tongket.members.post_acts import add_posts

DAY = date(2023, 12, 28)
#: (member, organisation, post, from, to)
POSTS = (
    ("M1", "QS", "secretary", date(2020, 1, 1), None),
    ("M1", "QS", "committee_member", date(2020, 1, 1), None),
    ("M2", "QS", "committee_member", date(2020, 1, 1), None),
    ("M2", "PA", "secretary", date(2020, 1, 1), None),
    ("M3", "PA", "deputy_secretary", date(2020, 1, 1), date(2023, 12, 1)),
    ("M3", "PA", "propaganda_clerk", date(2020, 1, 1), None),
    ("M4", "PB", "office_clerk", date(2020, 1, 1), None),
    ("M5", "QS", "advisory_head", date(2020, 1, 1), None),
)


def moment(hour: int = 14, day: date = DAY) -> datetime:
    """An hour of the conference's day."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def draft(world: World, **changes: Any) -> ConferenceDraft:
    """A sound conference of the district."""
    fields = {
        "organisation": world["QS"],
        "kind": "year_end",
        "title": "Hội nghị tổng kết công tác xây dựng Đảng năm 2023",
        "starts_at": moment(),
        "place": "Hội trường Huyện ủy",
        "chairs": "Bí thư Huyện ủy",
    }
    return ConferenceDraft(**fields | changes)


def appoint_all(world: World) -> None:
    """Give the people of the district their posts."""
    drafts = [PostDraft(world[m], world[o], p, start, end) for m, o, p, start, end in POSTS]
    with act("test.posts", by=None, origin="test") as current:
        add_posts(drafts, act=current)


@pytest.fixture
def world(db: None) -> World:
    """The district with its users and posts."""
    made = make_page_world()
    appoint_all(made)
    return made


@pytest.fixture
def office(world: World) -> Any:
    """The clerk of the district's office."""
    return world.users["office"]


@pytest.fixture
def planned(world: World, office: Any) -> Conference:
    """A conference with an agenda, nobody called."""
    conference = add_conference(draft(world), by=office)
    add_item(AgendaItemDraft(conference, "Báo cáo tổng kết"), by=office)
    return conference


@pytest.fixture
def called(planned: Conference, office: Any) -> Conference:
    """The conference called, with everybody whom the rules call."""
    invite_by_roles(planned, USUAL["year_end"], by=office)
    call(planned, by=office)
    planned.refresh_from_db()
    return planned
