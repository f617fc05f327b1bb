"""What a token must not do: travel in addresses, be told in logs, outlive its program, count what is sealed."""

import logging
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.api.conftest import get, token_for
from tongket.accounts.models import Assignment, User
from tongket.api.endpoints import figures
from tongket.api.models import ApiClient
from tongket.audit.models import LedgerEntry
from tongket.cases.queries import may_be_named
from tongket.core.dates import today
from tongket.indicators.catalogue import INDICATORS
from tongket.inspections.models import MemberDiscipline

ASKED = {"organisation": "QS", "period": "2023"}


def test_a_token_in_an_address_opens_nothing(world: Any) -> None:
    token = token_for(world, "QS", "office")
    for name in ("access_token", "api_key", "Authorization"):
        assert Client().get("/api/v1/organisations", {name: token}).status_code == 401
        assert get(token, "organisations", **{name: token}).status_code == 422


def test_no_page_of_another_site_is_let_in_by_the_browser(world: Any) -> None:
    token = token_for(world, "QS", "office")
    for method in ("get", "options"):
        answer = getattr(Client(), method)(
            "/api/v1/organisations",
            headers={
                "Authorization": f"Bearer {token}",
                "Origin": "https://elsewhere.example",
                "Access-Control-Request-Method": "GET",
            },
        )
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("openapi.json", True),
        ("organisations", True),
        ("popolo/organizations", True),
        ("members", False),
        ("popolo/posts", False),
        ("org", False),
        ("directives", False),
        ("organisations/nowhere", False),
    ],
)
def test_only_what_names_no_person_may_be_kept_and_never_by_a_shared_cache(
    world: Any, address: str, kept: bool
) -> None:
    answer = get(token_for(world, "QS", "organisation", "office"), address)
    assert answer.headers["Cache-Control"] == ("private, no-cache" if kept else "private, no-store")
    assert "Authorization" in answer.headers["Vary"] and ("ETag" in answer.headers) is kept
    assert not answer.cookies


def test_no_log_is_told_a_token(
    world: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("broken")

    token = token_for(world, "QS", "office")
    monkeypatch.setattr(figures, "compute", broken)
    with caplog.at_level(logging.DEBUG):
        assert get(token, "figures", ids="members.total", **ASKED).status_code == 500
        assert get(token, "nowhere").status_code == 404
        assert get(token + "x", "members").status_code == 401
    assert "broken" in caplog.text and token not in caplog.text
    assert token not in str(list(LedgerEntry.objects.values_list("data", flat=True)))


def test_a_closed_account_or_an_ended_duty_shuts_the_program_out_at_once(world: Any) -> None:
    token = token_for(world, "QS", "office")
    user = ApiClient.objects.get().user
    Assignment.objects.filter(user=user).update(until=today() - timedelta(days=1))
    assert get(token, "organisations").status_code == 403
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert get(token, "organisations").status_code == 401


def test_no_program_is_offered_to_be_named_for_a_sealed_case(world: Any) -> None:
    token_for(world, "QS", "inspection")

    class OfCase:
        organisation, identity = world["PB1"], uuid.uuid4()

    offered: Any = may_be_named(OfCase())  # type: ignore[arg-type]
    assert world.users["inspector"] in offered
    assert not ApiClient.objects.filter(user__in=offered).exists()


def _told(token: str) -> dict[str, Any]:
    """Everything that a program is told about people and cases, but the counts of the whole year."""
    cases = [id for id in INDICATORS if id.startswith(("discipline.", "inspection."))]
    ids = ",".join(cases[:60])
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "children": ("figures", {**ASKED, "ids": ids, "children": "true"}),
        **{f"{n}": ("figures", {**ASKED, "period": f"2023-{n:02}", "ids": ids}) for n in (5, 6)},
        "day": ("figures", {**ASKED, "as_at": "2023-06-30", "ids": ids}),
        "cell": ("figures", {**ASKED, "organisation": "VP", "ids": ids}),
        **{
            f"branch {b}": ("figures/discipline.members/records", {**ASKED, "branch": b})
            for b in ("VP", "PA")
        },
        "month": ("figures/discipline.members/records", {**ASKED, "period": "2023-06"}),
        **{name: (name, {}) for name in ("members", "directives", "popolo/posts", "org")},
    }
    found = {name: get(token, address, **more) for name, (address, more) in asked.items()}
    said = {name: answer.json() | {"status": answer.status_code} for name, answer in found.items()}
    said["children"].pop("figures", None)
    return said


@pytest.mark.parametrize("duty", ["inspection", "organisation", "leader"])
def test_a_sealed_case_changes_no_answer_finer_than_the_count_of_a_whole_year(world: Any, duty: str) -> None:
    MemberDiscipline.objects.create(member=world["M1"], organisation=world["PA1"], **_decision())
    token = token_for(world, "QS", duty)
    without = _told(token)
    with transaction.atomic():
        sealed = {"sealed": True, "case_identity": uuid.uuid4()}
        MemberDiscipline.objects.create(member=world["M5"], organisation=world["VP"], **_decision(), **sealed)
        assert _told(token) == without
        transaction.set_rollback(True)


def _decision() -> dict[str, Any]:
    return {
        "form": "warning",
        "ground": "duty",
        "decided_on": date(2023, 6, 1),
        "recorded_at": timezone.now(),
    }
