"""Records of tasks and conferences lead to their pages, where the reader may open them and the page is there."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import NoReverseMatch

from tests.web.conftest import Visit
from tests.world import World
from tongket.audit.acts import act
from tongket.conferences.models import Conference, Invitation, Moment
from tongket.figures.records import records
from tongket.members.models import Member
from tongket.obligations.models import Demand, Obligation, Step
from tongket.web.figure_pages import links


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of tasks and conferences as an installation with them has them."""
    known = {"obligations:obligation": "viec", "conferences:detail": "hoi-nghi", "members:detail": "nguoi"}

    def address(name: str, args: Any = ()) -> str:
        if name not in known:
            raise NoReverseMatch(name)
        return f"/{known[name]}/{args[0]}/"

    monkeypatch.setattr(links, "reverse", address)


def linked(world: World, who: str, indicator: str, place: str) -> list[str]:
    listed = records(indicator, world[place], "2023")
    found = links.links_of(world.users[who], listed.rows, Member.objects.none())
    return [found[(row.source, row.pk)] for row in listed.rows]


def test_a_task_and_a_reminder_lead_to_the_task(visit: Visit, world: World, addresses: None) -> None:
    with act("test.demand", by=None, origin="test") as current:
        stamp = current.stamp()
        demand = Demand.objects.create(
            organisation=world["QS"],
            kind="report",
            title="Báo cáo",
            asked_on=date(2023, 5, 1),
            due_on=date(2023, 6, 1),
            **stamp,
        )
        obligation = Obligation.objects.create(
            demand=demand, organisation=world["PA"], due_on=demand.due_on, deadline=demand.due_on, **stamp
        )
        Step.objects.create(obligation=obligation, kind="reminded", on=date(2023, 5, 20), **stamp)
    for indicator in ("obligations.handed", "obligations.due", "obligations.reminders"):
        assert linked(world, "office", indicator, "QS") == [f"/viec/{obligation.pk}/"], indicator
    # The page of what was asked is not there in this installation: no link, and no error.
    assert linked(world, "office", "obligations.demands", "QS") == [""]


def test_who_was_called_leads_to_the_conference_but_for_those_who_may_not_open_it(
    visit: Visit, world: World, addresses: None
) -> None:
    at = datetime(2023, 12, 20, 1, tzinfo=UTC)
    with act("test.conference", by=None, origin="test") as current:
        stamp = current.stamp()
        conference = Conference.objects.create(
            organisation=world["QS"],
            kind="year_end",
            title="Hội nghị tổng kết",
            starts_at=at,
            place="Hội trường",
            chairs="Bí thư",
            **stamp,
        )
        Moment.objects.create(conference=conference, kind="closed", at=at, **stamp)
        Invitation.objects.create(
            conference=conference,
            organisation=world["PB"],
            name="A",
            post="Bí thư",
            number=1,
            code="x",
            **stamp,
        )
    assert linked(world, "office", "conference.invited", "QS") == [f"/hoi-nghi/{conference.pk}/"]
    assert linked(world, "office", "conference.delegates", "QS") == [f"/hoi-nghi/{conference.pk}/"]
    assert linked(world, "b-office", "conference.delegates", "PB") == [""]
