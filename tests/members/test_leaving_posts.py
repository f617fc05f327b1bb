"""Who is no longer a member holds no post."""

from datetime import date

import pytest

from tests.world import World, make_world
from tongket.core.dates import FOREVER
from tongket.figures.engine import compute
from tongket.members.acts import record_event
from tongket.members.drafts import EventDraft, PostDraft
from tongket.members.models import PostHolding
from tongket.members.post_acts import appoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """The small district; M1 is secretary of his cell since 2020."""
    world = make_world()
    appoint(PostDraft(world["M1"], world["PA1"], "secretary", date(2020, 6, 1)), by=None)
    return world


def test_a_post_ends_on_the_day_its_holder_dies(world: World) -> None:
    record_event(EventDraft(world["M1"], "died", on=date(2023, 5, 5)), by=None)
    voided, kept = PostHolding.objects.order_by("id")
    assert (voided.valid_to, voided.void_reason) == (FOREVER, "từ trần")
    assert (kept.valid_from, kept.valid_to, kept.voided_at) == (date(2020, 6, 1), date(2023, 5, 5), None)
    figures = compute(world["PA1"], "2023", ids=("committees.members",)).own
    assert figures["committees.members"].value == 0


def test_a_post_given_up_before_keeps_its_own_end(world: World) -> None:
    row = PostHolding.objects.get()
    PostHolding.objects.filter(pk=row.pk).update(valid_to=date(2022, 1, 1))
    record_event(EventDraft(world["M1"], "left", on=date(2023, 5, 5)), by=None)
    assert PostHolding.objects.get().valid_to == date(2022, 1, 1)


def test_a_transfer_ends_no_post(world: World) -> None:
    record_event(
        EventDraft(world["M1"], "transferred", on=date(2023, 5, 5), organisation=world["PA2"]), by=None
    )
    assert PostHolding.objects.get().valid_to == FOREVER
