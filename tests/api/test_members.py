"""Members as programs read them: by duty, restricted fields by name only, each reading in the ledger."""

from datetime import date
from typing import Any

import pytest

from tests.api.conftest import get, token_for
from tests.page_world import logged_in
from tongket.accounts.duties import RIGHTS
from tongket.api.acts import DUTIES_OF_PROGRAMS
from tongket.audit.models import LedgerEntry
from tongket.members.acts import transfer
from tongket.members.fields import RESTRICTED

VERB = "member.read"


def _codes(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return sorted(row["code"] for row in answer.json()["items"])


@pytest.mark.parametrize("duty", DUTIES_OF_PROGRAMS)
def test_members_are_read_with_the_duties_that_read_them_on_the_page(world: Any, duty: str) -> None:
    answer = get(token_for(world, "PA", duty), "members")
    assert answer.status_code == (200 if duty in RIGHTS[VERB] else 403)
    if duty in RIGHTS[VERB]:
        assert _codes(answer) == ["M1", "M2", "M3"]
        assert "no-store" in answer.headers["Cache-Control"] and "ETag" not in answer.headers


def test_a_list_holds_no_restricted_field_and_is_noted(world: Any) -> None:
    answer = get(token_for(world, "QS", "organisation"), "members", under="PB")
    assert _codes(answer) == ["M4", "M6"]
    assert not RESTRICTED & set(answer.json()["items"][0])
    entry = LedgerEntry.objects.filter(action="member.list").get()
    assert entry.actor.api_client.organisation == world["QS"]
    assert entry.data["rows"] == 2


def test_a_file_shows_restricted_fields_only_when_asked_and_with_the_duty(world: Any) -> None:
    uid = world["M1"].uid
    plain = get(token_for(world, "PA", "organisation"), f"members/{uid}").json()
    assert plain["restricted"] is None and not RESTRICTED & set(plain["profile"])
    asked = get(token_for(world, "PA", "organisation"), f"members/{uid}", sensitive="true").json()
    assert set(asked["restricted"]) == RESTRICTED
    assert get(token_for(world, "PA", "office"), f"members/{uid}", sensitive="true").status_code == 403
    actions = list(LedgerEntry.objects.values_list("action", flat=True))
    assert actions.count("member.open") == 1 and actions.count("member.sensitive") == 1


def test_somebody_elsewhere_is_not_found_like_nobody(world: Any) -> None:
    token = token_for(world, "PA", "organisation")
    foreign = get(token, f"members/{world['M4'].uid}")
    nobody = get(token, "members/00000000-0000-4000-8000-000000000000")
    assert foreign.status_code == nobody.status_code == 404
    assert foreign.json()["detail"] == nobody.json()["detail"]
    assert not LedgerEntry.objects.filter(action="member.open").exists()


def test_the_register_is_asked_as_at_a_day_and_as_known_at_a_moment(world: Any) -> None:
    token = token_for(world, "QS", "organisation")
    assert "M6" not in _codes(get(token, "members", as_at="2023-01-01"))
    assert "M6" in _codes(get(token, "members", as_at="2023-12-31"))
    before = LedgerEntry.objects.order_by("-id").first().at
    transfer(world["M1"], to=world["PB1"], on=date(2023, 6, 1), by=None)
    now = {row["code"]: row["cell"] for row in get(token, "members", as_at="2023-12-31").json()["items"]}
    then = get(token, "members", as_at="2023-12-31", as_known_at=before.isoformat()).json()["items"]
    assert now["M1"] == "PB1"
    assert {row["code"]: row["cell"] for row in then}["M1"] == "PA1"


def test_the_same_people_as_on_the_page(world: Any) -> None:
    page = logged_in(world.users["clerk_b"]).get("/dang-vien/").content.decode()
    said = get(token_for(world, "PB", "organisation"), "members").json()["items"]
    assert said and all(row["full_name"] in page for row in said)
    assert "Nguyễn Văn An" not in page and "Nguyễn Văn An" not in str(said)
