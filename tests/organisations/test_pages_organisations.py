"""Pages of organisations: the tree by date, acts with their decisions, committees; who may see and do what."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.members.models import Member, PostHolding
from tongket.organisations.acts import rename
from tongket.organisations.models import Organisation, OrganisationAct
from tongket.organisations.queries import name_on

MAX_QUERIES = 15
PAPER = {
    "decision_number": "123-QĐ/HU",
    "decision_date": "20/06/2023",
    "decision_body": "Ban Thường vụ Huyện ủy",
}


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


def _address(page: str, code: str = "PA") -> str:
    return reverse(f"organisations:{page}", args=[code])


def test_the_page_reads_as_the_tree_stood_on_the_chosen_day(world: World) -> None:
    rename(world["PA"], name="Đảng bộ xã A mới", on=date(2022, 7, 1), by=None)
    client = logged_in(world.users["clerk"])
    assert client.get(_address("detail"), {"ngay": "30/06/2022"}).context["title"] == "Đảng bộ xã A"
    assert client.get(_address("detail"), {"ngay": "01/07/2022"}).context["title"] == "Đảng bộ xã A mới"


def test_the_tree_lists_parents_before_children_and_leaves_as_a_workbook(world: World) -> None:
    client = logged_in(world.users["clerk"])
    rows = [row.code for row, _kind, _sector in client.get(reverse("organisations:list")).context["rows"]]
    assert rows == ["QS", "PA", "PA1", "PA2", "PB", "PB1", "PB2", "VP"]
    content = client.get(reverse("organisations:list"), {"xuat": "xlsx"}).content
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet if row[0] in rows] == rows


def test_the_tree_is_searched_without_diacritics(world: World) -> None:
    found = logged_in(world.users["clerk"]).get(reverse("organisations:list"), {"q": "chi bo van phong"})
    assert [row.code for row, _kind, _sector in found.context["rows"]] == ["VP"]


def test_a_new_name_is_recorded_with_its_decision(world: World) -> None:
    entry = {"row_version": "1", "name": "Đảng bộ xã An", "kind": "grassroots_body", "sector": "commune"}
    client = logged_in(world.users["clerk"])
    assert client.post(_address("rename"), {**entry, "on": "01/07/2023", **PAPER}).status_code == 302
    assert name_on(world["PA"], date(2023, 6, 30)) == "Đảng bộ xã A"
    assert name_on(world["PA"], date(2023, 7, 1)) == "Đảng bộ xã An"
    page = client.get(_address("detail")).content.decode()
    assert "123-QĐ/HU" in page


def test_of_two_clerks_changing_one_organisation_the_second_is_told(world: World) -> None:
    entry = {"row_version": "1", "kind": "grassroots_body", "sector": "commune", "on": "01/07/2023"}
    first, second = logged_in(world.users["clerk"]), logged_in(world.users["clerk_a"])
    assert first.post(_address("rename"), {**entry, "name": "Tên một"}).status_code == 302
    assert second.post(_address("rename"), {**entry, "name": "Tên hai"}).status_code == 409
    assert Organisation.objects.get(code="PA").name == "Tên một"


def test_a_cell_under_a_cell_is_refused_at_the_field(world: World) -> None:
    entry = {"parent": "PA1", "code": "PA1X", "name": "Chi bộ con", "kind": "cell", "on": "01/07/2023"}
    answer = logged_in(world.users["clerk"]).post(reverse("organisations:new"), entry)
    assert answer.status_code == 422
    assert "kind" in answer.context["form"].errors
    assert not Organisation.objects.filter(code="PA1X").exists()


def test_a_new_cell_is_founded_under_its_body(world: World) -> None:
    entry = {"parent": "PA", "code": "PA3", "name": "Chi bộ thôn A3", "kind": "cell", "on": "01/07/2023"}
    assert logged_in(world.users["clerk"]).post(reverse("organisations:new"), entry).status_code == 302
    assert Organisation.objects.get(code="PA3").parent == world["PA"]


def test_a_merger_shows_who_goes_along_before_it_is_done(world: World) -> None:
    client = logged_in(world.users["clerk"])
    entry = {"into": "PB", "on": "01/07/2023", **PAPER}
    shown = client.post(_address("merge"), entry)
    assert shown.status_code == 422
    assert [child.code for child in shown.context["preview"][0]["children"]] == ["PA1", "PA2"]
    assert Organisation.objects.get(code="PA").is_alive
    assert client.post(_address("merge"), {**entry, "da_kiem_tra": "1"}).status_code == 302
    assert not Organisation.objects.get(code="PA").is_alive
    assert Organisation.objects.get(code="PA1").parent == world["PB"]
    page = client.get(_address("detail"))
    assert [o.code for o in page.context["acts"][0]["successors"]] == ["PB"]


def test_members_of_a_dissolved_cell_go_where_the_decision_says(world: World) -> None:
    client = logged_in(world.users["clerk"])
    entry = {"on": "01/07/2023", "da_kiem_tra": "1"}
    refused = client.post(_address("dissolve", "PA1"), entry)
    assert refused.status_code == 422
    assert "2 đảng viên" in refused.context["form"].errors["members_to"][0]
    assert client.post(_address("dissolve", "PA1"), {**entry, "members_to": "PA2"}).status_code == 302
    assert Member.objects.get(code="M1").organisation == world["PA2"]


def test_a_cell_is_split_with_everybody_named(world: World) -> None:
    client = logged_in(world.users["clerk"])
    entry = {
        "on": "01/07/2023",
        "code_1": "PA11",
        "name_1": "Chi bộ A1 một",
        "code_2": "PA12",
        "name_2": "Chi bộ A1 hai",
        f"member_{world['M1'].pk}": "1",
    }
    assert client.post(_address("split", "PA1"), entry).status_code == 422
    assert (
        client.post(_address("split", "PA1"), {**entry, f"member_{world['M2'].pk}": "2"}).status_code == 302
    )
    assert Member.objects.get(code="M1").organisation.code == "PA11"
    assert Member.objects.get(code="M2").organisation.code == "PA12"


def test_a_wrong_act_is_voided_with_its_reason_and_stays_in_the_history(world: World) -> None:
    rename(world["PA"], name="Tên sai", on=date(2022, 7, 1), by=None)
    row = OrganisationAct.objects.get(kind="rename")
    client = logged_in(world.users["clerk"])
    address = reverse("organisations:act_void", args=["PA", row.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "không có quyết định này"}).status_code == 302
    assert Organisation.objects.get(code="PA").name == "Đảng bộ xã A"
    assert "không có quyết định này" in client.get(_address("detail")).content.decode()


def test_a_post_is_taken_and_left(world: World) -> None:
    client = logged_in(world.users["clerk"])
    entry = {"member": "M1", "post": "secretary", "valid_from": "01/06/2020"}
    assert client.post(_address("post"), entry).status_code == 302
    second = client.post(_address("post"), {**entry, "member": "M2"})
    assert (second.status_code, list(second.context["form"].errors)) == (422, ["post"])
    row = PostHolding.objects.get()
    end = reverse("organisations:post_end", args=["PA", row.pk])
    assert client.post(end, {"on": "01/01/2020"}).status_code == 422
    assert client.post(end, {"on": "01/01/2023"}).status_code == 302
    assert PostHolding.objects.get(voided_at=None).valid_to == date(2023, 1, 1)
    assert [
        p.member.code for p in client.get(_address("detail"), {"ngay": "31/12/2022"}).context["committee"]
    ] == ["M1"]
    assert client.get(_address("detail"), {"ngay": "01/01/2023"}).context["committee"] == []


def test_another_commune_is_not_found(world: World) -> None:
    client = logged_in(world.users["clerk_b"])
    for page in ("detail", "rename", "move", "merge", "split", "dissolve", "term", "post"):
        assert client.get(_address(page)).status_code == 404
    assert world["PA"].name not in client.get(reverse("organisations:list")).content.decode()


def test_an_organisation_cannot_be_merged_into_one_outside_the_scope(world: World) -> None:
    answer = logged_in(world.users["clerk_a"]).post(_address("merge"), {"into": "PB", "on": "01/07/2023"})
    assert answer.status_code == 422
    assert "into" in answer.context["form"].errors


def test_acts_need_the_duty(world: World) -> None:
    client = logged_in(world.users["leader"])
    assert client.get(_address("detail")).status_code == 200
    for page in ("rename", "move", "merge", "split", "dissolve", "term", "post"):
        assert client.get(_address(page)).status_code == 403
    assert client.get(reverse("organisations:new")).status_code == 403


def test_the_administrator_sees_no_figures_and_no_links_to_people(world: World) -> None:
    logged_in(world.users["clerk"]).post(
        _address("post"), {"member": "M1", "post": "secretary", "valid_from": "01/06/2020"}
    )
    shown = logged_in(world.users["admin"]).get(_address("detail")).context
    assert (shown["figures"], shown["files"]) == ([], set())


def test_an_unknown_code_is_a_404_in_vietnamese(world: World) -> None:
    answer = logged_in(world.users["clerk"]).get("/to-chuc/KHONG-CO/")
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.content.decode()


def test_a_day_that_is_none_is_a_400_in_vietnamese(world: World) -> None:
    answer = logged_in(world.users["clerk"]).get(_address("detail"), {"ngay": "31/02/2023"})
    assert answer.status_code == 400
    assert "không có trong lịch" in answer.content.decode()


@pytest.mark.parametrize("code", ["QS", "PA", "PA1"])
def test_the_page_asks_few_questions(world: World, code: str) -> None:
    client = logged_in(world.users["clerk"])
    client.post(_address("post"), {"member": "M1", "post": "secretary", "valid_from": "01/06/2020"})
    client.get(reverse("organisations:list"))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(_address("detail", code)).status_code == 200
    assert len(asked) <= MAX_QUERIES
