"""Making the first user on the command line."""

import re

import pytest

from tests.world import make_tree
from tongket.accounts.models import Assignment, User
from tongket.audit.models import LedgerEntry
from tongket.cli import main

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


def make(*more: str, org: str = "QS", duty: str = "administrator") -> int:
    return main(["create-user", "quantri", "--name", "Nguyễn Quản Trị", "--org", org, "--duty", duty, *more])


def test_a_user_is_made_with_a_one_time_password_that_is_shown_once(capsys: Captured) -> None:
    make_tree()
    assert make("--duty", "auditor") == 0
    password = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", capsys.readouterr().out)
    user = User.objects.get()
    assert password is not None and user.check_password(password.group())
    assert user.must_change_password
    assert {(a.organisation.code, a.duty) for a in Assignment.objects.all()} == {
        ("QS", "administrator"),
        ("QS", "auditor"),
    }


@pytest.mark.parametrize(
    ("values", "named"),
    [({"org": "KHONG-CO"}, "KHONG-CO"), ({"duty": "boss"}, "boss")],
    ids=["place", "duty"],
)
def test_a_user_for_nowhere_or_nothing_is_not_made_by_halves(
    capsys: Captured, values: dict[str, str], named: str
) -> None:
    make_tree()
    before = LedgerEntry.objects.count()
    assert make(**values) == 2
    assert named in capsys.readouterr().err
    assert (User.objects.count(), LedgerEntry.objects.count()) == (0, before)


def test_a_duty_said_twice_is_given_once(capsys: Captured) -> None:
    make_tree()
    assert make("--duty", "administrator") == 0
    assert Assignment.objects.count() == 1
