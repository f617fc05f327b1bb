"""Who may see which organisation: the subtree of an assignment in force, at the latest place."""

from datetime import date, timedelta

import pytest

from tests.world import World, add_user, make_tree
from tongket.accounts.acts import assign, create_user, revoke, set_active
from tongket.accounts.duties import DUTIES, RIGHTS
from tongket.accounts.models import User
from tongket.core.dates import today
from tongket.core.problems import NotFound
from tongket.members.reorganise import dissolve, merge
from tongket.organisations.acts import move
from tongket.organisations.queries import by_code, home_of, may, verbs_of, visible_to

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 1)


@pytest.fixture
def world() -> World:
    return make_tree()


def seen(user: User, verb: str = "organisation.read") -> set[str]:
    return set(visible_to(user, verb).values_list("code", flat=True))


def test_a_user_sees_the_own_organisation_and_all_below_not_the_parent_nor_the_siblings(world: World) -> None:
    assert seen(add_user(world, "a", "PA", "organisation")) == {"PA", "PA1", "PA2"}
    assert seen(add_user(world, "a1", "PA1", "office")) == {"PA1"}
    assert seen(add_user(world, "qs", "QS", "leader")) == set(world.organisations)


def test_two_assignments_are_seen_together(world: World) -> None:
    user = add_user(world, "hai", "PA1", "office")
    assign(user, world["PB"], "leader", since=DAY, by=None)
    assert seen(user) == {"PA1", "PB", "PB1", "PB2"}


def test_an_organisation_that_moved_away_is_seen_at_its_new_place_only(world: World) -> None:
    before, after = add_user(world, "a", "PA", "office"), add_user(world, "b", "PB", "office")
    move(world["PA1"], to=world["PB"], on=DAY, by=None)
    assert "PA1" not in seen(before)
    assert "PA1" in seen(after)


def test_an_organisation_that_ended_is_still_seen_where_it_last_was(world: World) -> None:
    user, own = add_user(world, "a", "PA", "office"), add_user(world, "a2", "PA2", "office")
    dissolve(world["PA2"], on=DAY, by=None)
    assert "PA2" in seen(user) and seen(own) == {"PA2"}
    assert "PA2" not in seen(add_user(world, "b", "PB", "office"))


def test_a_merged_commune_is_seen_from_above_and_its_cells_from_the_successor(world: World) -> None:
    above, successor = add_user(world, "qs", "QS", "office"), add_user(world, "b", "PB", "office")
    former = add_user(world, "a", "PA", "office")
    merge([world["PA"]], into=world["PB"], on=DAY, by=None)
    assert "PA" in seen(above)
    assert seen(successor) == {"PB", "PB1", "PB2", "PA1", "PA2"}
    assert seen(former) == {"PA"}


def test_a_revoked_assignment_acts_no_longer_at_once(world: World) -> None:
    user = add_user(world, "a", "PA", "organisation")
    revoke(user.assignments.get(), by=None)
    assert seen(user) == set() and not may(user, "organisation.read") and verbs_of(user) == frozenset()


def test_a_closed_account_sees_nothing(world: World) -> None:
    user = add_user(world, "a", "PA", "organisation")
    set_active(user, False, by=None)
    assert seen(user) == set()


def test_an_assignment_holds_from_its_first_to_its_last_day(world: World) -> None:
    user, _ = create_user("thu", full_name="Thử", by=None)
    row = assign(user, world["PA"], "office", since=today() + timedelta(days=1), by=None)
    assert seen(user) == set()
    row.since, row.until = today() - timedelta(days=5), today()
    row.save()
    assert "PA" in seen(user)
    row.until = today() - timedelta(days=1)
    row.save()
    assert seen(user) == set()


@pytest.mark.parametrize("duty", DUTIES.values)
def test_a_duty_gives_its_verbs_and_no_other(world: World, duty: str) -> None:
    user = add_user(world, "mot", "PA", duty)
    for verb, duties in RIGHTS.items():
        expected = {"PA", "PA1", "PA2"} if duty in duties else set()
        assert seen(user, verb) == expected, verb
        assert may(user, verb, world["PA1"]) == (duty in duties)
        assert not may(user, verb, world["PB"])
    assert verbs_of(user) == {verb for verb, duties in RIGHTS.items() if duty in duties}


def test_a_verb_that_is_not_declared_is_an_error_not_a_refusal(world: World) -> None:
    user = add_user(world, "a", "PA", "organisation")
    with pytest.raises(KeyError):
        visible_to(user, "organisation.raed")


def test_an_anonymous_visitor_sees_nothing() -> None:
    from django.contrib.auth.models import AnonymousUser

    make_tree()
    assert not visible_to(AnonymousUser()).exists()


def test_home_is_the_highest_of_the_assignments(world: World) -> None:
    user = add_user(world, "hai", "PA1", "office")
    assign(user, world["PB"], "office", since=DAY, by=None)
    home = home_of(user)
    assert home is not None and home.code == "PB"
    nobody, _ = create_user("khong", full_name="Không", by=None)
    assert home_of(nobody) is None


def test_an_unknown_code_is_answered_with_what_to_do() -> None:
    with pytest.raises(NotFound, match="organisations"):
        by_code("KHONG-CO")
