"""Pages of the reconciliation: who may open them, what they hide, what they decide, how many questions they ask."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.intake.books import named
from tests.intake.reconcile.made import NUMBERS, PEOPLE, everybody, export, make_reconcile_world, new_person
from tests.once import once
from tests.page_world import logged_in
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.intake.models import ImportBatch
from tongket.intake.reconcile.acts import decide, start
from tongket.intake.reconcile.command import reconcile_file
from tongket.intake.reconcile.models import DecisionBatch, Difference, Reconciliation
from tongket.members.models import Member, MemberDetail

pytestmark = pytest.mark.django_db
district, world = once(make_reconcile_world)
SECRET = "049080555555"


def _content() -> bytes:
    rows = everybody()
    rows["M1"] |= {"home_town": "Xã Khác", "national_id": SECRET}
    rows["M2"] |= {"organisation": "PA2"}
    rows["M4"] |= {"home_town": "Xã Khác"}
    del rows["M5"]
    rows["N"] = new_person(0)
    return export(rows)


def _start(world: World, code: str = "QS", by: str = "clerk") -> Reconciliation:
    return start(_content(), "a.xlsx", world[code], by=world.users[by])


def _page(made: Reconciliation, page: str = "detail", *more: str) -> str:
    return reverse(f"intake:reconcile_{page}", args=[made.pk, *more])


def test_an_export_is_compared_and_the_file_not_kept(world: World) -> None:
    client = logged_in(world.users["clerk"])
    sent = {
        "organisation": "QS",
        "source": "CSDL",
        "file": SimpleUploadedFile("bản xuất.xlsx", _content()),
    }
    answer = client.post(reverse("intake:reconcile_start"), sent, follow=True)
    text = answer.content.decode()
    assert "Nguyễn Văn An" in text
    assert "Xã Khác" in text
    assert not ImportBatch.objects.exists()
    assert Reconciliation.objects.get().counts["differing"] == 3
    bad = client.post(
        reverse("intake:reconcile_start"),
        {"organisation": "QS", "source": "x", "file": SimpleUploadedFile("a.xlsx", b"x")},
    )
    assert bad.status_code == 422
    assert "file" in bad.context["form"].errors


def test_only_who_writes_the_register_of_that_organisation_opens_it(world: World) -> None:
    made = _start(world)
    of_a = _start(world, "PA", "clerk_a")
    statuses = {
        name: [logged_in(user).get(_page(one)).status_code for one in (made, of_a)]
        for name, user in world.users.items()
    }
    assert statuses["clerk"] == [200, 200]
    assert statuses["clerk_a"] == [404, 200]
    assert statuses["clerk_b"] == [404, 404]
    assert {tuple(statuses[name]) for name in ("office", "leader", "inspector", "admin", "propaganda")} == {
        (403, 403)
    }


def test_people_of_others_are_not_told_of(world: World) -> None:
    held = _start(world, "PA", "clerk_a")
    told = {(line.kind, line.name) for line in held.lines.filter(field="")}
    # M4 stands in PB: for who keeps PA's register nobody of that number is known.
    assert ("theirs_only", "Phạm Thị Dung") in told
    assert not {name for kind, name in told if kind == "ours_only"}
    outside = Difference.objects.create(
        reconciliation=held,
        kind="differs",
        member=world["M4"],
        name="Phạm Thị Dung",
        folded="x",
        field="home_town",
        theirs="zqzq",
        theirs_mark="t",
        ours_mark="o",
    )
    client = logged_in(world.users["clerk_a"])
    assert "zqzq" not in client.get(_page(held)).content.decode()
    client.post(_page(held, "decide"), {"dong": outside.pk, "choice": "ours"})
    outside.refresh_from_db()
    assert outside.choice == ""


def test_hidden_fields_are_shown_when_asked_for_and_the_reading_is_logged(world: World) -> None:
    made = _start(world)
    client = logged_in(world.users["clerk"])
    text = client.get(_page(made)).content.decode()
    assert SECRET not in text
    assert NUMBERS["M1"] not in text
    assert client.get(_page(made, "reveal")).status_code == 405
    shown = client.post(_page(made, "reveal")).content.decode()
    assert SECRET in shown
    entry = LedgerEntry.objects.get(action="reconcile.sensitive")
    assert entry.data == {"fields": ["national_id"], "members": ["M1"]}


def test_lines_are_filtered_and_decided_by_hand_and_in_bulk(world: World) -> None:
    made = _start(world)
    client = logged_in(world.users["clerk"])
    town = client.get(_page(made) + "?muc=home_town&q=van+an")
    assert [row.line.name for row in town.context["rows"]] == ["Nguyễn Văn An"]
    branch = client.get(_page(made) + f"?nhanh={world['PB'].pk}")
    assert [row.line.name for row in branch.context["rows"]] == ["Phạm Thị Dung"]
    none = client.post(_page(made, "decide"), {"choice": "ours"})
    assert none.status_code == 422
    assert "Đánh dấu" in none.content.decode()
    wrong = client.post(_page(made, "decide"), {"choice": "theirs", "tat_ca": "1", "since": "31/02/2024"})
    assert wrong.status_code == 422
    done = client.post(
        _page(made, "decide"),
        {"choice": "theirs", "tat_ca": "1", "muc": "home_town", "phan": "khac"},
        follow=True,
    )
    assert "Đã ghi 2 quyết định" in done.content.decode()
    towns = MemberDetail.objects.filter(voided_at=None, home_town="Xã Khác").values_list(
        "member__code", flat=True
    )
    assert sorted(towns) == ["M1", "M4"]
    assert made.lines.exclude(choice="").count() == 2
    later = client.post(
        _page(made, "decide"),
        {"dong": made.lines.get(field="organisation").pk, "choice": "theirs"},
        follow=True,
    )
    assert "cần ngày" in later.content.decode()


def test_a_decision_is_taken_back_on_its_page_with_a_reason(world: World) -> None:
    made = _start(world)
    done = decide(made, made.lines.filter(field="home_town"), "theirs", by=world.users["clerk"])
    address = reverse("intake:reconcile_take_back", args=[done.batch.pk])
    assert logged_in(world.users["clerk_a"]).get(address).status_code == 404
    client = logged_in(world.users["clerk"])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "nhầm tệp"}).status_code == 302
    assert not MemberDetail.objects.filter(voided_at=None, home_town="Xã Khác").exists()
    assert client.get(address).status_code == 404


def test_a_decision_about_people_of_others_is_neither_read_nor_taken_back(world: World) -> None:
    made = _start(world, "PA")
    done = decide(made, made.lines.filter(field="home_town"), "theirs", by=world.users["clerk"])
    client = logged_in(world.users["clerk_a"])
    answer = client.post(
        reverse("intake:reconcile_take_back", args=[done.batch.pk]), {"reason": "không phải của tôi"}
    )
    assert answer.status_code == 422
    assert "ngoài phạm vi" in answer.content.decode()
    assert MemberDetail.objects.filter(voided_at=None, home_town="Xã Khác").count() == 2
    rows = [["Mã đảng viên", "Họ và tên", "Ngày sinh"], ["M4", "Võ Thị Lạ", "01/01/1990"]]
    other = start(named({"Đảng viên": rows}), "b.xlsx", world["PA"], by=world.users["clerk"])
    page = client.get(_page(other) + "?phan=chua-chac&nhanh=" + "9" * 30)
    assert page.status_code == 200
    page = client.get(_page(other) + "?phan=chua-chac").content.decode()
    assert "của người khác tên" in page
    assert "Phạm Thị Dung" not in page


def test_what_is_kept_goes_out_as_a_request_to_mend_the_other_system(world: World) -> None:
    made = _start(world)
    decide(made, made.lines.all(), "ours", note="theo lý lịch", by=world.users["clerk"])
    answer = logged_in(world.users["clerk"]).get(_page(made, "sheet", "de-nghi"))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    said = {(row[1], row[3]): (row[4], row[5]) for row in rows}
    assert said["Nguyễn Văn An", "Quê quán"] == ("Xã Khác", "Xã A")
    assert said["Nguyễn Văn An", "Số định danh cá nhân, CCCD"] == (SECRET, NUMBERS["M1"])
    assert said["Đỗ Đức Em", "Bổ sung người này"][0] == "chưa có"
    assert LedgerEntry.objects.get(action="reconcile.export").data["fields"] == ["national_id"]


def test_new_people_go_to_a_rehearsal_and_nowhere_else(world: World) -> None:
    made = _start(world)
    client = logged_in(world.users["clerk"])
    line = made.lines.get(kind="theirs_only")
    sent = {"dong": line.pk, "phan": "chi-trong-ban-xuat", "entered_on": "01/03/2024"}
    before = Member.objects.count()
    answer = client.post(_page(made, "newcomers"), sent, follow=True)
    [counts] = answer.context["told"].counts.values()
    assert (counts.new, counts.refused) == (1, 0), answer.context["told"].findings
    assert Member.objects.count() == before
    empty = client.post(_page(made, "newcomers"), {"phan": "chi-trong-ban-xuat"})
    assert empty.status_code == 422


def test_a_page_asks_few_questions_whatever_it_lists(
    world: World, django_assert_max_num_queries: Any
) -> None:
    made = _start(world)
    client = logged_in(world.users["clerk"])
    client.get(_page(made))
    counts = []
    for times in (0, 4):
        for line in [*made.lines.filter(field="home_town")[:1]] * times:
            line.pk = None
            line.save()
        for query in ("", "?phan=chua-chac", "?phan=chi-trong-so", "?muc=organisation"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(_page(made) + query).status_code == 200
            assert len(asked) <= 15, [q["sql"][:100] for q in asked]
            counts.append(len(asked))
    assert counts[:4] == counts[4:]
    decide(made, made.lines.all(), "ours", by=None)
    with django_assert_max_num_queries(15):
        client.get(_page(made) + "?trang_thai=giu")
    with django_assert_max_num_queries(15):
        client.get(reverse("intake:reconcile"))


def test_the_command_reports_and_writes_nothing(world: World, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(_content())
    assert reconcile_file(file, org="QS", as_json=True) == 1
    told = capsys.readouterr().out
    counts = json.loads(told)["counts"]
    assert (counts["rows"], counts["differing"], counts["ours_only"], counts["theirs_only"]) == (5, 3, 1, 1)
    assert SECRET not in told
    assert not Reconciliation.objects.exists()
    file.write_bytes(export({code: everybody()[code] for code in PEOPLE}))
    assert reconcile_file(file, org="QS", as_json=False) == 0
    assert not DecisionBatch.objects.exists()
