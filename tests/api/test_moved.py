"""Old names lead to what took their place, as far as the program may see it."""

from datetime import date
from typing import Any

import pytest

from tests.api.conftest import get, token_for
from tests.api.described import described
from tongket.api.acts import DUTIES_OF_PROGRAMS
from tongket.api.models import ApiClient
from tongket.api.queries import manageable_clients
from tongket.audit.acts import act
from tongket.matching.merging.acts import MergeDraft, merge_people
from tongket.matching.merging.apart import part_people
from tongket.members.acts import transfer
from tongket.organisations.acts import add_organisations, change, change_organisations
from tongket.organisations.drafts import ChangeDraft, FoundingDraft
from tongket.organisations.models import Organisation
from tongket.reforms.rights import carry_rights


@pytest.fixture
def merged(world: Any) -> Any:
    """M5 was M1 entered a second time."""
    draft = MergeDraft(world["M1"], world["M5"], "kept", reason="Đã đối chiếu lý lịch gốc")
    return merge_people(draft, by=None)


@pytest.fixture
def joined(world: Any) -> Organisation:
    """PA2 went into PA1 on 1/6/2024, with its people."""
    transfer(world["M3"], to=world["PA1"], on=date(2024, 6, 1), by=None)
    change(
        ChangeDraft(
            world["PA2"],
            "merge",
            date(2024, 6, 1),
            ends=True,
            successors=(world["PA1"],),
            decision_number="01-QĐ/HU",
            decision_date=date(2024, 5, 20),
            decision_body="Huyện ủy",
        ),
        by=None,
    )
    return world["PA2"]


def test_a_merged_entry_leads_to_the_person_kept_until_it_is_taken_apart(world: Any, merged: Any) -> None:
    token = token_for(world, "QS", "organisation")
    old, kept = f"members/{world['M5'].uid}", str(world["M1"].uid)
    answer = get(token, old, as_at="2023-12-31")
    assert answer.status_code == 307 and described(old, answer) is None
    assert answer.headers["Location"] == f"/api/v1/members/{kept}?as_at=2023-12-31"
    assert "no-store" in answer.headers["Cache-Control"]
    assert (answer.json()["id"], answer.json()["type"]) == (kept, "urn:tongket:problem:merged")
    assert kept in [row["id"] for row in get(token, "members").json()["items"]]
    assert str(world["M5"].uid) not in get(token, "members", limit=500).content.decode()
    part_people(merged, reason="Hai người cùng tên", by=None)
    assert get(token, old).json()["id"] == str(world["M5"].uid)


@pytest.mark.parametrize("duty", DUTIES_OF_PROGRAMS)
def test_who_may_not_see_the_person_kept_is_not_led_there(world: Any, merged: Any, duty: str) -> None:
    answer = get(token_for(world, "PB", duty), f"members/{world['M5'].uid}")
    assert answer.status_code in (403, 404)
    assert str(world["M1"].uid) not in answer.content.decode()


def test_an_organisation_that_ended_names_those_that_carry_on(world: Any, joined: Organisation) -> None:
    token = token_for(world, "PA", "office")
    answer = get(token, "organisations/PA2")
    assert answer.status_code == 410 and described("organisations/PA2", answer) is None
    heir = {"code": "PA1", "id": str(world["PA1"].uid)}
    assert answer.json()["successors"] == [heir] and "01/06/2024" in answer.json()["detail"]
    then = get(token, "organisations/PA2", as_at="2024-05-31").json()
    assert (then["successors"], then["ended_on"]) == (["PA1"], "2024-06-01")
    listed = get(token, "organisations", as_at="2024-05-31").json()["items"]
    assert {row["code"]: row["successors"] for row in listed} == {"PA": [], "PA1": [], "PA2": ["PA1"]}


def test_a_program_of_an_organisation_that_ended_reads_its_past_and_nothing_of_its_heir(
    world: Any, joined: Organisation
) -> None:
    token = token_for(world, "PA2", "organisation", "office")
    answer = get(token, "organisations/PA2")
    assert (answer.status_code, answer.json()["successors"]) == (410, [])
    assert get(token, "organisations").json()["items"] == get(token, "members").json()["items"] == []
    past = get(token, "organisations", as_at="2024-05-31").json()["items"]
    assert [row["code"] for row in past] == ["PA2"] and past[0]["successors"] == []
    asked = {"ids": "members.total", "organisation": "PA2"}
    assert get(token, "figures", period="2023", **asked).json()["figures"][0]["value"] == 1
    assert get(token, "figures", period="2025", **{**asked, "organisation": "PA1"}).status_code == 404


def test_when_the_root_ends_its_programs_do_not_go_on_reading_what_follows(world: Any) -> None:
    token, day = token_for(world, "QS", "organisation"), date(2025, 7, 1)
    root = FoundingDraft("NQS", "Đảng bộ tỉnh Thử", "province_committee", day, decision_number="02")
    with act("test.reform", by=None, origin="test") as current:
        (new,) = add_organisations([root], act=current)
        heirs = [ChangeDraft(world[code], "move", day, parent=new) for code in ("PA", "PB", "VP")]
        end = ChangeDraft(world["QS"], "merge", day, ends=True, successors=(new,))
        change_organisations([*heirs, end], act=current)
        carried = carry_rights(current.at)
    assert {one.user for one in carried} >= {world.users["admin"]}
    assert not [one for one in carried if ApiClient.objects.filter(user=one.user)]
    assert get(token, "organisations").json()["items"] == get(token, "members").json()["items"] == []
    assert get(token, "organisations/QS").json()["successors"] == []
    assert [client.organisation.code for client in manageable_clients(world.users["admin"])] == ["QS"]
