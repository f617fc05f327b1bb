"""The administrator's pages: let a program in, give and take back its tokens."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.api.conftest import get
from tests.page_world import USERS, logged_in
from tests.world import add_user
from tongket.api.models import ApiClient
from tongket.core.dates import format_date, today


def _form(**more: Any) -> dict[str, Any]:
    return {
        "name": "Cổng số liệu",
        "purpose": "thử; Văn phòng phụ trách",
        "organisation": "PA",
        "duties": ["office"],
        "expires_on": format_date(today() + timedelta(days=30)),
        **more,
    }


def _token_in(answer: Any) -> str:
    found = re.search(r"tk_[\w-]{43}", answer.content.decode())
    assert found, answer.content.decode()[:500]
    return found.group()


def test_a_token_is_shown_once_and_opens_what_it_was_given_for(world: Any) -> None:
    admin = logged_in(world.users["admin"])
    made = admin.post("/ket-noi/moi/", _form())
    token = _token_in(made)
    assert "no-store" in made.headers["Cache-Control"]
    client = ApiClient.objects.get()
    page = admin.get(f"/ket-noi/{client.pk}/").content.decode()
    assert token not in page and token[:8] in page
    assert [row["code"] for row in get(token, "organisations").json()["items"]] == ["PA", "PA1", "PA2"]
    second = _token_in(
        admin.post(f"/ket-noi/{client.pk}/ma/", {"expires_on": format_date(today() + timedelta(days=9))})
    )
    first = client.tokens.order_by("id").first()
    assert first is not None
    assert admin.post(f"/ket-noi/{client.pk}/ma/{first.pk}/thu-hoi/").status_code == 302
    assert (get(token, "organisations").status_code, get(second, "organisations").status_code) == (401, 200)
    assert admin.post(f"/ket-noi/{client.pk}/dong/").status_code == 302
    assert get(second, "organisations").status_code == 401
    assert "Đã đóng" in admin.get("/ket-noi/").content.decode()


@pytest.mark.parametrize("name", [name for name in USERS if name != "admin"])
def test_only_the_administrator_opens_these_pages(world: Any, name: str) -> None:
    client = logged_in(world.users[name])
    assert client.get("/ket-noi/").status_code == 403
    assert client.post("/ket-noi/moi/", _form()).status_code == 403
    assert not ApiClient.objects.exists()


def test_an_administrator_of_one_commune_neither_sees_nor_gives_what_is_anothers(world: Any) -> None:
    logged_in(world.users["admin"]).post("/ket-noi/moi/", _form(organisation="QS"))
    client = ApiClient.objects.get()
    lower = logged_in(add_user(world, "admin_a", "PA", "administrator"))
    assert "Cổng số liệu" not in lower.get("/ket-noi/").content.decode()
    for path in ("", "ma/", "dong/", f"ma/{client.tokens.get().pk}/thu-hoi/"):
        answer = (lower.get if not path else lower.post)(f"/ket-noi/{client.pk}/{path}")
        assert answer.status_code == 404
    refused = lower.post("/ket-noi/moi/", _form(organisation="PB"))
    assert refused.status_code == 422 and ApiClient.objects.count() == 1


def test_what_is_wrong_is_shown_at_its_field(world: Any) -> None:
    admin = logged_in(world.users["admin"])
    past = admin.post("/ket-noi/moi/", _form(expires_on="01/01/2020"))
    assert past.status_code == 422 and "đã qua" in past.content.decode()
    duty = admin.post("/ket-noi/moi/", _form(duties=["administrator"]))
    assert duty.status_code == 422
    assert not ApiClient.objects.exists()
