"""Whose file a user may see: members whose present or last cell lies where the user holds the verb."""

from datetime import date

import pytest

from tests.world import World, add_user, make_world, person
from tongket.accounts.acts import revoke
from tongket.accounts.duties import DUTIES, RIGHTS
from tongket.accounts.models import User
from tongket.members.acts import record_event, transfer
from tongket.members.drafts import EventDraft
from tongket.members.queries import search, visible_to
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


def test_a_person_without_any_event_is_seen_by_nobody_through_a_subtree(world: World) -> None:
    person(world, "M9", "Chưa Vào Đảng")
    assert "M9" not in seen(add_user(world, "qs", "QS", "organisation"))


def test_a_revoked_assignment_acts_no_longer_at_once(world: World) -> None:
    user = add_user(world, "a", "PA", "organisation")
    revoke(user.assignments.get(), by=None)
    assert seen(user) == set()


def test_a_search_stays_within_what_may_be_seen(world: World) -> None:
    user = add_user(world, "b", "PB", "office")
    assert [m.code for m in search(visible_to(user), "dung")] == ["M4"]
    assert not search(visible_to(user), "an").filter(code="M1").exists()
    assert search(visible_to(user), "  ").count() == 2
