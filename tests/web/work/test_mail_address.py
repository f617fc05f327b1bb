"""Where a user's letters go is said by the administrator."""

import pytest

from tests.obligations.working import Work
from tests.page_world import logged_in
from tests.world import add_user
from tongket.audit.models import LedgerEntry


@pytest.fixture
def admin(work: Work) -> object:
    return add_user(work.world, "admin", "QS", "administrator")


def test_the_administrator_sets_an_address_and_only_a_real_one(work: Work, admin: object) -> None:
    user = work.user("clerk_a")
    address = f"/nguoi-dung/{user.pk}/thu-dien-tu/"
    client = logged_in(admin)  # type: ignore[arg-type]
    client.post(address, {"email": "khong-phai-thu"})
    user.refresh_from_db()
    assert user.email == ""
    client.post(address, {"email": " xa-a@huyen.example "})
    user.refresh_from_db()
    assert user.email == "xa-a@huyen.example"
    assert "xa-a" not in str(LedgerEntry.objects.latest("id").data)  # an address is personal data
    assert logged_in(work.user("office")).post(address, {"email": ""}).status_code == 403


def test_a_new_account_may_be_given_one(work: Work, admin: object) -> None:
    sent = {
        "username": "moi",
        "full_name": "Người mới",
        "email": "moi@huyen.example",
        "organisation": "PA",
        "duty": "office",
        "since": "01/01/2024",
    }
    logged_in(admin).post("/nguoi-dung/moi/", sent)  # type: ignore[arg-type]
    from tongket.accounts.models import User

    assert User.objects.get(username="moi").email == "moi@huyen.example"
