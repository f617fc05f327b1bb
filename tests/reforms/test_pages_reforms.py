"""The pages of a plan from its first line to the act, and what others see of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.reforms.test_plan import DAY, MERGER, plan_of, split_of
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.organisations.models import Organisation
from tongket.reforms.acts import execute
from tongket.reforms.due import due_items
from tongket.reforms.models import ReformPlan, ReformPreview
from tongket.reforms.steps import ShareRule, Step

pytestmark = pytest.mark.django_db

district, world = once(make_page_world)
NEW = MERGER[0]
HEAD = {"organisation": "QS", "title": "Sắp xếp cấp xã", "on": "01/01/2024", "decision_number": "7-QĐ/HU"}


def page(client: Client, name: str, /, *args: Any, **query: str) -> str:
    answer = client.get(reverse(f"reforms:{name}", args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def sent(client: Client, name: str, /, *args: Any, **data: Any) -> None:
    answer = client.post(reverse(f"reforms:{name}", args=args), data)
    assert answer.status_code == 302, answer.content.decode()[:3000]


def test_a_clerk_goes_from_the_first_line_to_the_act_and_back(world: World) -> None:
    client = logged_in(world.users["clerk"])
    sent(client, "new", **HEAD)
    plan = ReformPlan.objects.get()
    merged = {"codes": ["PA", "PB"], "code": "PC", "name": "Đảng bộ xã C", "body": "grassroots_body", "sector": "commune", "parent": "QS"}  # fmt: skip  # noqa: E501
    sent(client, "add", plan.pk, "sap-nhap", **merged)
    sent(client, "add", plan.pk, "chuyen", codes=["VP"], to="PC")
    shown = page(client, "detail", plan.pk)
    assert "Đảng bộ xã C (PC)" in shown and "Đảng bộ xã A (PA); Đảng bộ xã B (PB)" in shown
    assert "Tính tác động" in page(client, "effects", plan.pk)
    sent(client, "effects", plan.pk)
    seen = page(client, "effects", plan.pk)
    assert "Thực hiện phương án" in seen and "6 → 6" in seen and "Tài khoản được giao nhiệm vụ" in seen
    assert not Organisation.objects.filter(code="PC").exists()
    file = client.get(reverse("reforms:effects", args=[plan.pk]), {"xuat": "xlsx"})
    assert file.status_code == 200 and file.content[:2] == b"PK"
    sent(client, "execute", plan.pk)
    plan.refresh_from_db()
    assert plan.state == "done" and Organisation.objects.filter(code="PC").exists()
    assert "Hoàn tác" in page(client, "detail", plan.pk)
    sent(client, "undo", plan.pk, reason="Chờ quyết định của Tỉnh ủy")
    plan.refresh_from_db()
    assert plan.state == "undone" and Organisation.objects.get(code="PA").is_alive


def test_what_cannot_be_read_comes_back_at_its_field(world: World) -> None:
    client = logged_in(world.users["clerk"])
    answer = client.post(reverse("reforms:new"), {**HEAD, "on": "31/02/2024"})
    assert answer.status_code == 422
    plan = plan_of(world, by=world.users["clerk"])
    both = {"codes": ["PA"], "to": "PB", "code": "X"}
    answer = client.post(reverse("reforms:add", args=[plan.pk, "sap-nhap"]), both)
    assert answer.status_code == 422 and "chỉ một trong hai" in answer.content.decode()
    assert client.get(reverse("reforms:add", args=[plan.pk, "dot"])).status_code == 404


def test_a_step_is_moved_up_and_taken_out(world: World) -> None:
    client = logged_in(world.users["clerk"])
    plan = plan_of(world, *MERGER, by=world.users["clerk"])
    sent(client, "raise", plan.pk, 2, row_version=1)
    plan.refresh_from_db()
    assert [step["kind"] for step in plan.steps] == ["found", "move", "merge"]
    sent(client, "remove", plan.pk, 1, row_version=2)
    plan.refresh_from_db()
    assert [step["kind"] for step in plan.steps] == ["found", "merge"]
    answer = client.post(reverse("reforms:remove", args=[plan.pk, 1]), {"row_version": 2})
    assert answer.status_code == 409


def test_who_goes_where_is_chosen_and_the_rest_is_named(world: World) -> None:
    client = logged_in(world.users["clerk"])
    plan = plan_of(world, *split_of(), by=world.users["clerk"])
    assert "Còn 2 chưa chia được" in page(client, "share", plan.pk, 2)
    sent(client, "share", plan.pk, 2, row_version=1, **{"nguoi.M1": "PA8"})
    assert "Còn 1 chưa chia được" in page(client, "share", plan.pk, 2)
    sent(client, "effects", plan.pk)
    seen = page(client, "effects", plan.pk)
    assert "Trần Thị Bình (M2)" in seen and "Thực hiện phương án" not in seen
    sent(client, "share", plan.pk, 2, row_version=2, **{"nguoi.M2": "PA9"})
    assert "đã có nơi tiếp nhận" in page(client, "share", plan.pk, 2)
    answer = client.post(reverse("reforms:share", args=[plan.pk, 2]), {"row_version": 3, "nguoi.M2": "PB1"})
    assert answer.status_code == 422


def test_effects_that_tell_who_fits_a_rule_on_addresses_are_a_logged_reading(world: World) -> None:
    client = logged_in(world.users["clerk"])
    readings = LedgerEntry.objects.filter(action="reform.sensitive")
    for rules, logged in (((), 0), ((ShareRule("people", "address", "thôn 1", "PA8"),), 1)):
        plan = plan_of(world, *split_of(*rules), by=world.users["clerk"])
        sent(client, "effects", plan.pk)
        assert readings.count() == logged


def test_nothing_is_carried_out_unseen(world: World) -> None:
    client = logged_in(world.users["clerk"])
    plan = plan_of(world, *MERGER, by=world.users["clerk"])
    sent(client, "execute", plan.pk)
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_a_preview_is_its_users_own_and_stale_when_the_books_change(world: World) -> None:
    client = logged_in(world.users["clerk"])
    plan = plan_of(world, *MERGER, by=world.users["clerk"])
    sent(client, "effects", plan.pk)
    assert "từ đó phương án hoặc sổ sách đã có thay đổi" not in page(client, "effects", plan.pk)
    plan_of(world)  # any act of the ledger
    assert "từ đó phương án hoặc sổ sách đã có thay đổi" in page(client, "effects", plan.pk)
    assert ReformPreview.objects.get().user == world.users["clerk"]


@pytest.mark.parametrize("name", ["detail", "edit", "effects", "undo"])
def test_a_plan_of_the_district_is_nobodys_below_and_nobodys_without_the_duty(
    world: World, name: str
) -> None:
    plan = plan_of(world, *MERGER, by=world.users["clerk"])
    address = reverse(f"reforms:{name}", args=[plan.pk])
    assert logged_in(world.users["clerk_a"]).get(address).status_code == 404
    assert logged_in(world.users["office"]).get(address).status_code == 403
    assert logged_in(world.users["admin"]).get(address).status_code == 403


def test_one_who_holds_the_duty_below_sees_no_names_of_people_elsewhere(world: World) -> None:
    plan = plan_of(world, *split_of(), by=world.users["clerk"])
    ReformPlan.objects.filter(pk=plan.pk).update(organisation=world["PB"], made_by=None)
    client = logged_in(world.users["clerk_b"])
    for name, args in (("detail", ()), ("share", (2,))):
        assert client.get(reverse(f"reforms:{name}", args=[plan.pk, *args])).status_code == 404


def test_the_pages_ask_few_questions_however_much_is_planned(world: World) -> None:
    client = logged_in(world.users["clerk"])
    small = plan_of(world, Step("move", codes=("PA1",), to="PB"), by=world.users["clerk"])
    large = plan_of(world, *split_of()[:2], *MERGER, by=world.users["clerk"])
    shares = [
        plan_of(world, NEW, Step("split", code=code, into=("PC",)), by=world.users["clerk"])
        for code in ("VP", "PA1")
    ]
    for name in ("detail", "effects", "share"):
        asked = []
        for plan in shares if name == "share" else (small, large):
            args = (plan.pk, 1) if name == "share" else (plan.pk,)
            if name == "effects":
                sent(client, "effects", plan.pk)
            page(client, name, *args)
            with CaptureQueriesContext(connection) as queries:
                page(client, name, *args)
            asked.append(len(queries))
        assert max(asked) <= 15 and abs(asked[0] - asked[1]) <= 1, (name, asked)


def test_a_plan_carried_out_shows_what_it_did(world: World) -> None:
    plan = execute(plan_of(world, *MERGER, by=world.users["clerk"]), by=world.users["clerk"])
    client = logged_in(world.users["clerk"])
    shown = page(client, "detail", plan.pk)
    assert "kế tục: PC" in shown and "Đã thực hiện lúc" in shown
    for name in ("detail", "undo", "list"):
        args = () if name == "list" else (plan.pk,)
        with CaptureQueriesContext(connection) as queries:
            page(client, name, *args)
        assert len(queries) <= 15, name


def test_the_series_shows_the_past_on_todays_units_and_as_it_was(world: World) -> None:
    execute(plan_of(world, *MERGER, by=None), by=None)
    client = logged_in(world.users["office"])
    shown = page(client, "series", to_chuc="QS", ky="2024", so="members.total")
    with CaptureQueriesContext(connection) as queries:
        page(client, "series", to_chuc="QS", ky="2024", so="members.women_pct", so_ky="10")
    assert "Đảng bộ xã C" in shown and "Như lúc ấy: Đảng bộ huyện Thử" in shown
    assert "Đảng bộ xã A" in shown  # as it was
    assert len(queries) <= 15
    answer = client.get(reverse("reforms:series"), {"to_chuc": "QS", "ky": "2024", "xuat": "xlsx"})
    assert answer.status_code == 200 and answer.content[:2] == b"PK"
    for bad in ("discipline.members", "members.moved_in", "khong-co"):
        answer = client.get(reverse("reforms:series"), {"to_chuc": "QS", "ky": "2024", "so": bad})
        assert answer.status_code == 404, bad


def test_a_draft_whose_day_is_near_is_due_for_whoever_holds_the_duty(world: World) -> None:
    plan_of(world, *MERGER)
    near = DAY + timedelta(days=10)
    (item,) = due_items(world.users["clerk"], near)
    assert item.late and "Sắp xếp xã" in item.text
    assert due_items(world.users["clerk_a"], near) == due_items(world.users["office"], near) == []
    assert due_items(world.users["clerk"], DAY + timedelta(days=400)) == []
