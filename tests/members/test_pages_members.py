"""Pages of the register: list, file, profile, events; who may see and change what."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.page_world import logged_in, make_page_world
from tests.world import World, person
from tongket.accounts.duties import RIGHTS
from tongket.audit.models import LedgerEntry
from tongket.core.dates import format_date
from tongket.members.acts import register
from tongket.members.models import Member, MemberEvent
from tongket.members.pages.fields import CHOOSING
from tongket.members.profile_acts import amend_details

MAX_QUERIES = 15
NUMBER = "001080012345"


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


def _address(world: World, page: str, code: str = "M1") -> str:
    return reverse(f"members:{page}", args=[world[code].uid])


def _names(answer: object) -> list[str]:
    return [row.full_name for row in answer.context["table"].data]  # type: ignore[attr-defined]


def _edit(world: World, code: str = "M1", **more: str) -> dict[str, str]:
    member = Member.objects.get(pk=world[code].pk)
    detail = member.details.get(voided_at=None)
    return {
        "row_version": str(member.row_version),
        "mode": "change",
        "since": "01/06/2023",
        "full_name": detail.full_name,
        "gender": detail.gender,
        "birth_date": format_date(detail.birth_date),
        **more,
    }


def test_the_list_is_in_vietnamese_name_order(world: World) -> None:
    answer = logged_in(world.users["clerk"]).get(reverse("members:list"))
    assert [name.split()[-1] for name in _names(answer)] == ["An", "Bình", "Cường", "Dung", "Em", "Gấm"]


def test_search_without_diacritics_finds_do_duc(world: World) -> None:
    answer = logged_in(world.users["clerk"]).get(reverse("members:list"), {"q": "do duc"})
    assert _names(answer) == ["Đỗ Đức Em"]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"gender": "female"}, {"M2", "M4", "M6"}),
        ({"tu_cach": "probationary"}, {"M6"}),
        ({"tu_cach": "ended"}, set()),
        ({"tuoi": "30"}, {"M6"}),
        ({"tuoi_dang": "0", "don_vi": "PA"}, {"M1", "M2", "M3"}),
        ({"don_vi": "VP"}, {"M5"}),
        ({"education": "blank", "don_vi": "PB"}, {"M4", "M6"}),
        ({"ho_so": "du"}, set()),
    ],
)
def test_a_filter_leaves_those_it_says(world: World, chosen: dict[str, str], found: set[str]) -> None:
    answer = logged_in(world.users["clerk"]).get(reverse("members:list"), chosen)
    assert {row.code for row in answer.context["table"].data} == found


def test_the_export_has_all_rows_of_a_list_longer_than_a_page_and_is_logged(world: World) -> None:
    for n in range(60):
        member = person(world, f"X{n:02d}", f"Nguyễn Văn {n:02d}")
        register(member, into=world["PB1"], on=date(2015, 1, 1), by=None, admitted_on=date(2005, 3, 3))
    client = logged_in(world.users["clerk"])
    page = client.get(reverse("members:list"))
    assert len(page.context["table"].page.object_list) == 50
    answer = client.get(reverse("members:list"), {"xuat": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    codes = {row[1] for row in sheet if len(row) > 1}
    assert codes >= set(Member.objects.values_list("code", flat=True))
    entry = LedgerEntry.objects.get(action="member.export")
    assert (entry.actor, entry.data["rows"]) == (world.users["clerk"], 66)


def test_opening_a_file_is_logged(world: World) -> None:
    logged_in(world.users["clerk"]).get(_address(world, "detail"))
    entry = LedgerEntry.objects.get(action="member.open")
    assert (entry.actor, entry.subject_id) == (world.users["clerk"], str(world["M1"].pk))


def test_a_restricted_field_is_not_sent_until_asked_for_and_its_reading_is_logged(world: World) -> None:
    amend_details(world["M1"], {"national_id": NUMBER}, since=None, reason="bổ sung", by=None)
    client = logged_in(world.users["clerk"])
    assert NUMBER not in client.get(_address(world, "detail")).content.decode()
    assert not LedgerEntry.objects.filter(action="member.sensitive").exists()
    shown = client.post(_address(world, "reveal"), headers={"HX-Request": "true"})
    assert NUMBER in shown.content.decode()
    entry = LedgerEntry.objects.get(action="member.sensitive")
    assert entry.subject_id == str(world["M1"].pk)
    assert "national_id" in entry.data["fields"]
    assert NUMBER not in str(entry.data)


def test_restricted_fields_are_shown_only_with_the_duty_for_them(world: World) -> None:
    for name in ("office", "leader"):
        client = logged_in(world.users[name])
        assert client.get(_address(world, "detail")).context["may_reveal"] is False
        assert client.post(_address(world, "reveal")).status_code == 403
    assert logged_in(world.users["clerk"]).get(_address(world, "reveal")).status_code == 405


def test_a_user_of_another_commune_finds_no_such_member(world: World) -> None:
    client = logged_in(world.users["clerk_b"])
    for page in ("detail", "edit", "card", "event"):
        assert client.get(_address(world, page)).status_code == 404
    assert client.post(_address(world, "reveal")).status_code == 404
    assert world["M1"].full_name not in client.get(reverse("members:list")).content.decode()
    offered = client.get(reverse("members:options"), {"verb": "member.read", "member": "nguyen van an"})
    assert world["M1"].full_name not in offered.content.decode()


def test_without_the_duty_the_register_is_closed(world: World) -> None:
    for name in ("admin", "propaganda"):
        client = logged_in(world.users[name])
        assert client.get(reverse("members:list")).status_code == 403
        assert client.get(_address(world, "detail")).status_code == 403
    leader = logged_in(world.users["leader"])
    assert leader.get(_address(world, "detail")).status_code == 200
    assert leader.get(_address(world, "edit")).status_code == 403
    assert leader.post(_address(world, "event") + "?viec=died", {}).status_code == 403


def test_names_are_offered_only_for_work_on_people(world: World) -> None:
    assert all(RIGHTS[verb] <= RIGHTS["member.read"] for verb in CHOOSING)
    ask = {"verb": "organisation.read", "member": "nguyen"}
    assert logged_in(world.users["admin"]).get(reverse("members:options"), ask).status_code == 400
    offered = logged_in(world.users["admin"]).get(reverse("members:options"), {**ask, "verb": "member.read"})
    assert "Nguyễn" not in offered.content.decode()


def test_discipline_is_on_the_file_only_with_its_own_duty(world: World) -> None:
    assert "disciplines" not in logged_in(world.users["clerk"]).get(_address(world, "detail")).context
    assert logged_in(world.users["inspector"]).get(_address(world, "detail")).context["disciplines"] == []


def test_a_change_holds_from_its_day_and_what_was_before_stays(world: World) -> None:
    client = logged_in(world.users["clerk"])
    assert (
        client.post(_address(world, "edit"), _edit(world, workplace="Trường Tiểu học số 1")).status_code
        == 302
    )
    rows = world["M1"].details.filter(voided_at=None).order_by("valid_from")
    assert [(row.workplace, row.valid_from) for row in rows] == [
        ("", date(1900, 1, 1)),
        ("Trường Tiểu học số 1", date(2023, 6, 1)),
    ]


def test_a_correction_needs_its_reason_and_a_change_its_day(world: World) -> None:
    client = logged_in(world.users["clerk"])
    answer = client.post(_address(world, "edit"), _edit(world, mode="correct", workplace="X"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    answer = client.post(_address(world, "edit"), _edit(world, since="", workplace="X"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["since"])
    assert world["M1"].details.count() == 1


def test_a_birth_date_does_not_change_in_a_life(world: World) -> None:
    client = logged_in(world.users["clerk"])
    answer = client.post(_address(world, "edit"), _edit(world, birth_date="18/05/1980"))
    assert "sửa sai từ đầu" in answer.context["form"].errors["birth_date"][0]


def test_of_two_clerks_editing_one_member_the_second_is_told_and_overwrites_nothing(world: World) -> None:
    opened_by_both = _edit(world)
    first, second = logged_in(world.users["clerk"]), logged_in(world.users["clerk_a"])
    assert first.post(_address(world, "edit"), {**opened_by_both, "workplace": "Bưu điện"}).status_code == 302
    told = second.post(_address(world, "edit"), {**opened_by_both, "workplace": "Kho bạc"})
    assert told.status_code == 409
    assert ("Bưu điện", "Kho bạc") in [(now, yours) for _l, now, yours in told.context["differences"]]
    assert not world["M1"].details.filter(workplace="Kho bạc").exists()
    late = second.post(
        _address(world, "event") + "?viec=died",
        {"row_version": opened_by_both["row_version"], "on": "01/07/2023"},
    )
    assert late.status_code == 409
    assert not MemberEvent.objects.filter(kind="died").exists()


def test_only_what_can_come_next_is_offered(world: World) -> None:
    client = logged_in(world.users["clerk"])
    offered = {href for _t, _h, href in client.get(_address(world, "event", "M6")).context["kinds"]}
    assert "?viec=recognised" in offered
    assert "?viec=admitted" not in offered
    offered = {href for _t, _h, href in client.get(_address(world, "event", "M1")).context["kinds"]}
    assert "?viec=recognised" not in offered


@pytest.mark.parametrize(
    ("kind", "entry", "field"),
    [
        ("recognised", {"on": "01/05/2023"}, "on"),  # before the ceremony
        ("moved_out", {"on": "31/02/2023"}, "on"),
        ("died", {"on": "01/01/2020"}, "on"),  # before the admission
        ("transferred", {"on": "01/08/2023", "organisation": "PB"}, "organisation"),  # no cell
        ("transferred", {"on": "01/08/2023", "organisation": "PB2"}, "organisation"),  # where she is
    ],
)
def test_an_impossible_event_is_told_at_its_field_and_nothing_is_saved(
    world: World, kind: str, entry: dict[str, str], field: str
) -> None:
    before = MemberEvent.objects.count()
    data = {"row_version": str(world["M6"].row_version), **entry}
    answer = logged_in(world.users["clerk"]).post(_address(world, "event", "M6") + f"?viec={kind}", data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert MemberEvent.objects.count() == before


def test_a_day_in_the_future_is_refused(world: World) -> None:
    data = {
        "row_version": str(world["M1"].row_version),
        "on": format_date(date.today() + timedelta(days=400)),
    }
    answer = logged_in(world.users["clerk"]).post(_address(world, "event") + "?viec=died", data)
    assert "tương lai" in answer.context["form"].errors["on"][0]


def test_a_voided_event_stays_on_the_timeline_with_who_and_why(world: World) -> None:
    client = logged_in(world.users["clerk"])
    data = {"row_version": str(world["M1"].row_version), "on": "01/07/2023", "organisation": "PA2"}
    assert client.post(_address(world, "event") + "?viec=transferred", data).status_code == 302
    event = MemberEvent.objects.get(kind="transferred")
    address = reverse("members:event_void", args=[world["M1"].uid, event.pk])
    assert client.post(address, {"reason": "ghi nhầm người"}).status_code == 302
    page = client.get(_address(world, "detail")).content.decode()
    assert "ghi nhầm người" in page
    assert str(world.users["clerk"]) in page
    assert client.post(address, {"reason": "lần nữa"}).status_code == 409
    world["M1"].refresh_from_db()
    assert Member.objects.get(code="M1").organisation == world["PA1"]


def test_an_event_is_corrected_with_a_reason(world: World) -> None:
    event = world["M6"].events.get(kind="admitted")
    address = reverse("members:event_correct", args=[world["M6"].uid, event.pk])
    entry = {
        "organisation": "PB2",
        "decision_date": "20/04/2023",
        "ceremony_on": "20/05/2023",
        "why": "sai ngày lễ",
    }
    assert logged_in(world.users["clerk"]).post(address, entry).status_code == 302
    assert world["M6"].events.get(voided_at=None).ceremony_on == date(2023, 5, 20)


def test_a_new_member_is_entered_with_the_admission_or_not_at_all(world: World) -> None:
    client = logged_in(world.users["clerk"])
    address = reverse("members:new") + "?viec=admitted"
    entry = {
        "code": "ĐV000777",
        "full_name": "Vũ Thị Hạnh",
        "birth_date": "03/03/1995",
        "viec-organisation": "PA",
        "viec-decision_date": "10/05/2023",
        "viec-ceremony_on": "19/05/2023",
    }
    answer = client.post(address, entry)
    assert answer.status_code == 422
    assert "organisation" in answer.context["event"].errors
    assert not Member.objects.filter(code="ĐV000777").exists()
    assert client.post(address, {**entry, "viec-organisation": "PA1"}).status_code == 302
    assert Member.objects.get(code="ĐV000777").organisation == world["PA1"]


def test_a_child_is_not_admitted(world: World) -> None:
    entry = {
        "code": "ĐV000778",
        "full_name": "Vũ Thị Hạnh",
        "birth_date": "03/03/2010",
        "viec-organisation": "PA1",
        "viec-decision_date": "10/05/2023",
    }
    answer = logged_in(world.users["clerk"]).post(reverse("members:new") + "?viec=admitted", entry)
    assert answer.status_code == 422
    assert "chưa đủ 18 tuổi" in answer.content.decode()


def test_gaps_are_listed_by_cell_with_the_missing_fields(world: World) -> None:
    answer = logged_in(world.users["clerk"]).get(reverse("members:incomplete"), {"chi_bo": "PA1"})
    assert {cell["code"]: cell["people"] for cell in answer.context["cells"]} == {
        "PA1": 2,
        "PA2": 1,
        "PB1": 1,
        "PB2": 1,
        "VP": 1,
    }
    assert [member.code for member, _missing in answer.context["rows"]] == ["M1", "M2"]
    assert "trình độ chuyên môn" in answer.context["rows"][0][1]


def test_an_unknown_member_is_a_404_in_vietnamese(world: World) -> None:
    answer = logged_in(world.users["clerk"]).get("/dang-vien/00000000-0000-4000-8000-000000000000/")
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/dang-vien/", "/dang-vien/?tuoi=31&education=university", "/dang-vien/thieu-thong-tin/"]
)
def test_a_list_asks_few_questions(world: World, address: str) -> None:
    client = logged_in(world.users["clerk"])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= MAX_QUERIES


def test_the_file_asks_few_questions(world: World) -> None:
    client = logged_in(world.users["leader"])
    client.get(reverse("members:list"))  # the first page of a login also writes the session
    with CaptureQueriesContext(connection) as asked:
        assert client.get(_address(world, "detail")).status_code == 200
    assert len(asked) <= MAX_QUERIES


def test_a_list_does_not_ask_more_for_more_people(world: World) -> None:
    client = logged_in(world.users["clerk"])
    client.get(reverse("members:list"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("members:list"))
    for n in range(20):
        member = person(world, f"X{n:02d}", f"Nguyễn Văn {n:02d}")
        register(member, into=world["PB1"], on=date(2015, 1, 1), by=None, admitted_on=date(2005, 3, 3))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("members:list"))
    assert len(many) == len(few)
