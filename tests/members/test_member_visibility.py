"""Whose file a user may see: members whose present or last cell lies where the user holds the verb."""

from datetime import date

import pytest

from tests.world import World, add_user, details, make_world
from tongket.accounts.duties import DUTIES, RIGHTS
from tongket.accounts.models import User
from tongket.members.acts import record_event, transfer
from tongket.members.drafts import EventDraft, MemberDraft
from tongket.members.profile_acts import enter_member
from tongket.members.queries import visible_to
from tongket.members.reorganise import merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def seen(user: User, verb: str = "member.read") -> set[str]:
    return set(visible_to(user, verb).values_list("code", flat=True))


def test_a_user_sees_the_members_of_the_own_subtree_only(world: World) -> None:
    assert seen(add_user(world, "a", "PA", "organisation")) == {"M1", "M2", "M3"}
    assert seen(add_user(world, "a1", "PA1", "office")) == {"M1", "M2"}
    assert seen(add_user(world, "qs", "QS", "leader")) == {"M1", "M2", "M3", "M4", "M5", "M6"}


@pytest.mark.parametrize("duty", DUTIES.values)
def test_a_duty_that_does_not_read_files_sees_nobody(world: World, duty: str) -> None:
    expected = {"M1", "M2", "M3"} if duty in RIGHTS["member.read"] else set()
    assert seen(add_user(world, "mot", "PA", duty)) == expected


def test_a_member_who_moved_is_seen_at_the_new_place_only(world: World) -> None:
    before, after = add_user(world, "a", "PA", "office"), add_user(world, "b", "PB", "office")
    transfer(world["M1"], to=world["PB1"], on=date(2023, 1, 1), by=None)
    assert "M1" not in seen(before) and "M1" in seen(after)


def test_a_member_who_left_is_seen_where_the_last_cell_is(world: World) -> None:
    user, other = add_user(world, "a", "PA", "office"), add_user(world, "b", "PB", "office")
    record_event(EventDraft(world["M1"], "died", on=date(2023, 1, 1)), by=None)
    assert "M1" in seen(user) and "M1" not in seen(other)


def test_after_a_merger_the_successor_sees_everybody(world: World) -> None:
    former, successor = add_user(world, "a", "PA", "office"), add_user(world, "b", "PB", "office")
    merge([world["PA"]], into=world["PB"], on=date(2024, 1, 1), by=None)
    assert seen(successor) == {"M1", "M2", "M3", "M4", "M6"}
    assert seen(former) == set()


def test_a_person_without_any_event_is_seen_by_who_entered_him_and_nobody_else(world: World) -> None:
    clerk, other = add_user(world, "a", "PA", "organisation"), add_user(world, "b", "QS", "organisation")
    enter_member(MemberDraft(code="N1", details=details("Người Mới")), by=clerk)
    assert "N1" in seen(clerk) and "N1" not in seen(other)
    assert "N1" not in seen(clerk, "discipline.read")
