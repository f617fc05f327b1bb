"""Posts in committees: held by members, one secretary at a time, never overwritten."""

from datetime import date
from typing import Any

import pytest

from tests.world import World, make_world
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.core.dates import FOREVER
from tongket.core.problems import Conflict, Refused
from tongket.members.drafts import PostDraft
from tongket.members.models import PostHolding
from tongket.members.post_acts import add_posts, appoint, end_post, void_post
from tongket.members.queries import committee_on

pytestmark = pytest.mark.django_db
DAY = date(2020, 8, 1)


@pytest.fixture
def world() -> World:
    return make_world()


def draft(world: World, member: str, post: str = "secretary", **more: Any) -> PostDraft:
    values: dict[str, Any] = {"organisation": "PA", "valid_from": DAY} | more
    organisation = world[values.pop("organisation")]
    return PostDraft(world[member], organisation, post, **values)


def fields_refused(one: PostDraft) -> list[str]:
    before = PostHolding.objects.count(), LedgerEntry.objects.count()
    with pytest.raises(Refused) as refused:
        appoint(one, by=None)
    assert (PostHolding.objects.count(), LedgerEntry.objects.count()) == before
    return [problem.field for problem in refused.value.problems]


def test_the_committee_on_a_day_lists_the_secretary_first(world: World) -> None:
    appoint(draft(world, "M1", "committee_member"), by=None)
    appoint(draft(world, "M3", "secretary"), by=None)
    appoint(draft(world, "M2", "deputy_secretary", valid_to=date(2021, 1, 1)), by=None)
    assert [h.member.code for h in committee_on(world["PA"], DAY)] == ["M3", "M2", "M1"]
    assert [h.member.code for h in committee_on(world["PA"], date(2021, 1, 1))] == ["M3", "M1"]


def test_there_is_one_secretary_at_a_time(world: World) -> None:
    appoint(draft(world, "M1", valid_to=date(2021, 1, 1)), by=None)
    assert fields_refused(draft(world, "M2", valid_from=date(2020, 12, 31))) == ["post"]
    appoint(draft(world, "M2", valid_from=date(2021, 1, 1)), by=None)
    assert PostHolding.objects.count() == 2


def test_a_post_is_held_once_by_the_same_person(world: World) -> None:
    appoint(draft(world, "M1", "committee_member"), by=None)
    assert fields_refused(draft(world, "M1", "committee_member", valid_from=date(2022, 1, 1))) == ["post"]
    appoint(draft(world, "M2", "committee_member"), by=None)
    assert len(committee_on(world["PA"], DAY)) == 2


def test_posts_of_one_batch_are_judged_against_each_other(world: World) -> None:
    drafts = [draft(world, "M1"), draft(world, "M2")]
    with pytest.raises(Refused) as refused, act("test.posts", by=None) as current:
        add_posts(drafts, act=current)
    assert [(p.index, p.field) for p in refused.value.problems] == [(1, "post")]


def test_only_a_member_holds_a_post_in_an_organisation_that_is_there(world: World) -> None:
    assert fields_refused(draft(world, "M6")) == ["member"]
    assert fields_refused(draft(world, "M1", valid_from=date(2009, 1, 1))) == ["member", "organisation"]


def test_a_post_ends_after_it_began(world: World) -> None:
    assert fields_refused(draft(world, "M1", valid_to=DAY)) == ["valid_to"]
    row = appoint(draft(world, "M1"), by=None)
    with pytest.raises(Refused) as refused:
        end_post(row, on=DAY, reason="", by=None)
    assert refused.value.problems[0].field == "on"


def test_the_end_of_a_post_is_a_new_row_beside_the_voided_one(world: World) -> None:
    row = appoint(draft(world, "M1"), by=None)
    ended = end_post(row, on=date(2022, 1, 1), reason="chuyển công tác", by=None)
    first = PostHolding.objects.get(pk=row.pk)
    moment = LedgerEntry.objects.latest("id").at
    assert (first.valid_to, first.voided_at, first.void_reason) == (FOREVER, moment, "chuyển công tác")
    assert (ended.valid_to, ended.recorded_at, ended.voided_at) == (date(2022, 1, 1), moment, None)
    assert [h.pk for h in committee_on(world["PA"], DAY)] == [ended.pk]


def test_a_post_is_ended_or_voided_once(world: World) -> None:
    row = appoint(draft(world, "M1"), by=None)
    stale = PostHolding.objects.get(pk=row.pk)
    end_post(row, on=date(2022, 1, 1), reason="", by=None)
    with pytest.raises(Conflict):
        end_post(stale, on=date(2023, 1, 1), reason="", by=None)
    with pytest.raises(Conflict):
        void_post(stale, reason="nhầm", by=None)
    assert PostHolding.objects.filter(voided_at__isnull=True).count() == 1
