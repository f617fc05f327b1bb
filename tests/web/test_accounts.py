"""Login, lock-out, own password; what an administrator may and may not do to accounts."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import Visit
from tests.world import PASSWORD, World
from tongket.accounts.models import Assignment, User
from tongket.audit.models import LedgerEntry

LOGIN = {"login": "office", "password": PASSWORD}


def _log_in(client: Client, **more: str) -> object:
    return client.post(reverse("account_login"), {**LOGIN, **more})


def test_login_leads_to_the_page_that_was_asked_for_and_is_noted(world: World, client: Client) -> None:
    answer = _log_in(client, next="/so-lieu/")
    assert answer["Location"] == "/so-lieu/"
    assert LedgerEntry.objects.filter(action="account.login", actor=world.users["office"]).count() == 1


def test_login_never_leads_away_from_here(world: World, client: Client) -> None:
    assert _log_in(client, next="//example.org/")["Location"] == "/"


def test_a_wrong_password_is_answered_in_vietnamese_without_saying_which_part_was_wrong(
    world: World, client: Client
) -> None:
    known = _log_in(client, password="khong-phai-mat-khau").content.decode()
    unknown = _log_in(client, login="khong-co", password="khong-phai-mat-khau").content.decode()
    said = re.search(r"alert[^>]*>(.*?)</div>", known, re.S)
    assert said is not None
    assert said.group(1) in unknown
    assert "không" in said.group(1)


def test_too_many_failures_lock_the_account_for_a_while_and_say_so(world: World, client: Client) -> None:
    for _ in range(10):
        answer = _log_in(client, password="sai")
    assert answer.status_code == 429
    assert "Tạm khóa đăng nhập" in answer.content.decode()
    assert _log_in(client).status_code == 429


def test_logging_out_tells_the_browser_to_forget(visit: Visit) -> None:
    browser = visit("office")
    answer = browser.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.get("/so-lieu/").status_code == 302


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_reset_password", "account_set_password"]
)
def test_what_an_office_network_has_not_is_closed(world: World, client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "account_change_password",
        "account_logout",
    ],
)
def test_pages_about_the_own_account_are_in_vietnamese_and_without_inline_code(
    world: World, client: Client, name: str
) -> None:
    _log_in(client)
    page = client.get(reverse(name)).content.decode()
    assert " style=" not in page
    for english in ("Authenticator", "Security Key", "Password:", "Sign Out", "Activate"):
        assert english not in page


def test_a_one_time_password_must_be_changed_before_anything_else(world: World, client: Client) -> None:
    User.objects.filter(username="office").update(must_change_password=True)
    _log_in(client)
    assert client.get("/so-lieu/")["Location"] == reverse("account_change_password")
    new = "mot-cau-dai-de-nho-2026"
    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert not User.objects.get(username="office").must_change_password
    _log_in(client, password=new)
    assert client.get("/so-lieu/").status_code == 200


def _new(**more: str) -> dict[str, str]:
    return {
        "username": "moi",
        "full_name": "Nguyễn Thị Mới",
        "organisation": "PB",
        "duty": "office",
        "since": "01/01/2023",
        **more,
    }


def test_the_administrator_makes_a_user_whose_password_is_shown_once(visit: Visit) -> None:
    browser = visit("administrator")
    page = browser.post("/nguoi-dung/moi/", _new()).content.decode()
    password = re.search(r"<code>([a-z0-9-]{19})</code>", page)
    assert password is not None
    made = User.objects.get(username="moi")
    assert made.check_password(password.group(1))
    assert made.must_change_password
    assert password.group(1) not in browser.get(f"/nguoi-dung/{made.pk}/").content.decode()


def test_a_mistake_in_the_form_is_shown_at_its_field_and_nothing_is_made(visit: Visit) -> None:
    page = visit("administrator").post(
        "/nguoi-dung/moi/", _new(username="office", since="31/02/2023", organisation="ZZ")
    )
    errors = page.context["form"].errors
    assert set(errors) == {"since", "organisation"}
    assert not User.objects.filter(full_name="Nguyễn Thị Mới").exists()
    taken = visit("administrator").post("/nguoi-dung/moi/", _new(username="office"))
    assert set(taken.context["form"].errors) == {"username"}


def test_a_lower_administrator_gives_duties_only_below_himself(visit: Visit) -> None:
    page = visit("b-administrator").post("/nguoi-dung/moi/", _new(organisation="QS"))
    assert "organisation" in page.context["form"].errors
    assert not User.objects.filter(username="moi").exists()


@pytest.mark.parametrize("address", ["", "mat-khau/", "khoa/"])
def test_a_lower_administrator_cannot_take_over_a_higher_account(
    visit: Visit, world: World, address: str
) -> None:
    leader = world.users["leader"]
    browser = visit("b-administrator")
    path = f"/nguoi-dung/{leader.pk}/{address}"
    assert (browser.post(path) if address else browser.get(path)).status_code == 404
    leader.refresh_from_db()
    assert leader.check_password(PASSWORD)
    assert leader.is_active


def test_a_duty_taken_away_is_gone_at_the_next_request(visit: Visit, world: World) -> None:
    row = Assignment.objects.get(user=world.users["office"])
    office = visit("office")
    assert office.get("/so-lieu/").status_code == 200
    visit("administrator").post(f"/nguoi-dung/{row.user_id}/thoi-giao/{row.pk}/")
    assert office.get("/so-lieu/").status_code == 403


def test_a_closed_account_is_out_at_once(visit: Visit, world: World) -> None:
    office = visit("office")
    visit("administrator").post(f"/nguoi-dung/{world.users['office'].pk}/khoa/")
    assert office.get("/so-lieu/").status_code == 302


def test_nobody_takes_his_own_administration_away(visit: Visit, world: World) -> None:
    me = world.users["administrator"]
    row = Assignment.objects.get(user=me)
    assert visit("administrator").post(f"/nguoi-dung/{me.pk}/thoi-giao/{row.pk}/").status_code == 403
    assert visit("administrator").post(f"/nguoi-dung/{me.pk}/khoa/").status_code == 403


def test_the_auditor_of_a_part_sees_only_that_part_of_the_ledger(visit: Visit) -> None:
    whole = visit("auditor").get("/nhat-ky/").context["table"].rows
    part = visit("b-auditor").get("/nhat-ky/").context["table"].rows
    assert len(part) < len(whole)
    assert {row.record.organisation_code for row in part} <= {"PB", "PB1", "PB2"}


def test_the_chain_is_checked_on_demand_and_a_changed_entry_is_named(visit: Visit) -> None:
    assert "Chuỗi nguyên vẹn" in visit("auditor").get("/nhat-ky/chuoi/").content.decode()
