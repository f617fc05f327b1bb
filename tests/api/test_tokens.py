"""A token opens the interface and nothing else; a login opens no part of it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.conftest import get, token_for
from tests.page_world import logged_in
from tongket.accounts.models import Assignment
from tongket.api import acts, gate
from tongket.api.models import ApiClient, ApiToken
from tongket.audit.models import LedgerEntry
from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused

SOON = today() + timedelta(days=30)


def _let_in(world: Any, *duties: str, code: str = "PA") -> tuple[ApiClient, str]:
    return acts.let_in(
        "Cổng số liệu", purpose="thử", organisation=world[code], duties=duties, expires_on=SOON, by=None
    )


def test_only_the_hash_of_a_token_is_kept(world: Any) -> None:
    client, token = _let_in(world, "office")
    kept = str(list(ApiToken.objects.values_list())) + str(list(LedgerEntry.objects.values_list("data")))
    assert token not in kept
    assert client.tokens.get().token_hash == acts.hashed(token)


def test_a_token_taken_back_or_run_out_or_of_a_closed_program_opens_nothing(world: Any) -> None:
    client, token = _let_in(world, "office")
    assert get(token, "organisations").status_code == 200
    ApiToken.objects.update(expires_on=today() - timedelta(days=1))
    assert get(token, "organisations").status_code == 401
    ApiToken.objects.update(expires_on=SOON)
    _made, second = acts.give_token(client, expires_on=SOON, by=None)
    acts.revoke_token(client.tokens.get(token_hash=acts.hashed(token)), by=None)
    assert (get(token, "organisations").status_code, get(second, "organisations").status_code) == (401, 200)
    acts.close(client, by=None)
    assert get(second, "organisations").status_code == 401
    assert not Assignment.objects.filter(user=client.user).exists()
    with pytest.raises(Conflict):
        acts.give_token(client, expires_on=SOON, by=None)


@pytest.mark.parametrize(
    "said", ["", "Bearer", "Bearer x", "Basic abc", "Bearer tk_" + "x" * 43, "Bearer tk_é"]
)
def test_without_a_good_token_the_answer_says_what_to_send(world: Any, said: str) -> None:
    headers = {"Authorization": said} if said else {}
    answer = Client().get("/api/v1/members", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401


def test_a_login_opens_no_part_of_the_interface_and_a_token_no_page(world: Any) -> None:
    assert logged_in(world.users["clerk"]).get("/api/v1/members").status_code == 401
    _client, token = _let_in(world, "organisation", code="QS")
    page = Client().get("/dang-vien/", headers={"Authorization": f"Bearer {token}"})
    assert page.status_code == 302


def test_the_account_of_a_program_has_no_password(world: Any) -> None:
    client, _token = _let_in(world, "office")
    assert not client.user.has_usable_password()
    page = logged_in(world.users["admin"]).post(f"/nguoi-dung/{client.user.pk}/mat-khau/")
    assert page.status_code == 404


def test_what_is_wrong_with_a_program_is_said_at_its_fields(world: Any) -> None:
    with pytest.raises(Refused) as refused:
        acts.let_in(
            " ",
            purpose="",
            organisation=world["PA"],
            duties=["administrator"],
            expires_on=today() + timedelta(days=1000),
            by=None,
        )
    assert {problem.field for problem in refused.value.problems} == {
        "name",
        "purpose",
        "duties",
        "expires_on",
    }
    assert not ApiClient.objects.exists()


def test_last_use_is_noted_once_a_minute(world: Any) -> None:
    _client, token = _let_in(world, "office")
    get(token, "organisations")
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    get(token, "organisations")
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=timezone.now() - timedelta(minutes=2))
    get(token, "organisations")
    assert ApiToken.objects.filter(last_used_at__gt=timezone.now() - timedelta(minutes=1)).exists()


def test_who_asks_too_fast_is_told_how_long_to_wait(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "PER_MINUTE", 3)
    monkeypatch.setattr(gate, "time", SimpleNamespace(time=lambda: 1_700_000_010.0))
    _client, token = _let_in(world, "office")
    answers = [get(token, "organisations") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "remaining=0" in answers[2].headers["RateLimit"]


def test_other_methods_are_refused_as_a_problem(world: Any) -> None:
    token = token_for(world, "PA", "office")
    for method in ("post", "put", "patch", "delete", "options"):
        answer = getattr(Client(enforce_csrf_checks=True), method)(
            "/api/v1/organisations", headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.status_code == 405, method
        assert answer.headers["Allow"] == "GET, HEAD"
        assert answer.headers["Content-Type"] == "application/problem+json"
    head = Client().head("/api/v1/organisations", headers={"Authorization": f"Bearer {token}"})
    assert head.status_code == 200 and head.content == b""
