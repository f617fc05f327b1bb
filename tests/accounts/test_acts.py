"""Making users, giving and taking duties, closing accounts."""

import re
from datetime import date

import pytest

from tests.world import World, add_user, make_tree
from tongket.accounts.acts import assign, create_user, one_time_password, reset_password, revoke, set_active
from tongket.accounts.models import Assignment, User
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Refused

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)


@pytest.fixture
def world() -> World:
    return make_tree()


def test_a_new_user_gets_a_one_time_password_that_must_be_changed() -> None:
    user, password = create_user("thu", full_name="Nguyễn Thử", by=None)
    assert user.check_password(password) and user.must_change_password
    assert re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", password)
    assert not (user.is_staff or user.is_superuser)


def test_one_time_passwords_differ() -> None:
    assert len({one_time_password() for _ in range(200)}) == 200


def test_the_ledger_names_the_user_and_never_the_password() -> None:
    user, password = create_user("thu", full_name="Nguyễn Thử", by=None)
    second = reset_password(user, by=None)
    entries = list(LedgerEntry.objects.order_by("id"))
    assert [e.action for e in entries] == ["account.create", "account.reset"]
    assert all(e.data == {"username": "thu"} for e in entries)
    assert password not in str([vars(e) for e in entries]) and second not in str([vars(e) for e in entries])


@pytest.mark.parametrize("name", ["thu", "THU", " thu ", "", "   ", "a b", "x" * 151, "<script>"])
def test_a_username_is_of_plain_signs_and_used_once_whatever_the_case(name: str) -> None:
    create_user("thu", full_name="Nguyễn Thử", by=None)
    with pytest.raises(Refused) as refused:
        create_user(name, full_name="Người khác", by=None)
    assert [p.field for p in refused.value.problems] == ["username"]
    assert (User.objects.count(), LedgerEntry.objects.count()) == (1, 1)


def test_a_duty_is_given_for_an_organisation_from_a_day(world: World) -> None:
    user, _ = create_user("thu", full_name="Thử", by=None)
    row = assign(user, world["PA"], "office", since=DAY, by=None)
    assert (row.duty, row.since, row.until) == ("office", DAY, None)
    entry = LedgerEntry.objects.latest("id")
    assert (entry.action, entry.organisation_code, entry.data["duty"]) == ("account.assign", "PA", "office")


@pytest.mark.parametrize("duty", ["", "boss", "Office"])
def test_a_duty_that_is_none_is_refused(world: World, duty: str) -> None:
    user, _ = create_user("thu", full_name="Thử", by=None)
    with pytest.raises(Refused) as refused:
        assign(user, world["PA"], duty, since=DAY, by=None)
    assert refused.value.problems[0].field == "duty"
    assert not Assignment.objects.exists()


def test_the_same_duty_is_not_given_twice_but_again_after_it_was_taken(world: World) -> None:
    user = add_user(world, "thu", "PA", "office")
    with pytest.raises(Refused):
        assign(user, world["PA"], "office", since=DAY, by=None)
    revoke(user.assignments.get(), by=None)
    assign(user, world["PA"], "office", since=DAY, by=None)
    assert user.assignments.count() == 1


def test_taking_a_duty_away_stays_in_the_ledger(world: World) -> None:
    user = add_user(world, "thu", "PA", "office")
    revoke(user.assignments.get(), by=None)
    entry = LedgerEntry.objects.latest("id")
    assert (entry.action, entry.subject_id, entry.data) == (
        "account.revoke",
        str(user.pk),
        {"username": "thu", "duty": "office"},
    )


def test_an_account_is_closed_and_opened_again() -> None:
    user, _ = create_user("thu", full_name="Thử", by=None)
    for active, action in ((False, "account.close"), (True, "account.open")):
        set_active(user, active, by=None)
        assert User.objects.get().is_active is active
        assert LedgerEntry.objects.latest("id").action == action


def test_a_new_password_ends_the_sessions_of_the_old_one() -> None:
    user, first = create_user("thu", full_name="Thử", by=None, password="mat-khau-thu-nghiem-42")
    before = user.get_session_auth_hash()
    second = reset_password(user, by=None)
    assert user.get_session_auth_hash() != before
    assert user.must_change_password and user.check_password(second) and not user.check_password(first)
