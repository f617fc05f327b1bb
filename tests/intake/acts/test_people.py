"""Whose person a row is: sure ones joined, doubtful ones asked about, nobody named beyond the importer's scope."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.intake.acts.register import bring, fill
from tests.intake.books import named
from tests.page_world import logged_in, make_page_world
from tongket.audit.models import LedgerEntry
from tongket.intake.command import import_file
from tongket.intake.models import ImportBatch
from tongket.intake.rehearse import rehearse
from tongket.intake.rows.doubts import NEW
from tongket.intake.undoing.acts import undo
from tongket.matching.models import PairDecision, SuspectedPair
from tongket.members.acts import register
from tongket.members.drafts import MemberDraft
from tongket.members.models import Member, MemberDetail
from tongket.members.profile_acts import amend_details, enter_member

pytestmark = pytest.mark.django_db

#: Of a list without our codes: the same name and birth as A1, and nothing else.
LIST = [["Họ và tên", "Ngày sinh", "Giới tính"], ["Nguyễn Văn An", "03/02/1970", "Nam"]]
RATINGS = [
    ["Họ và tên", "Ngày sinh", "Mã chi bộ", "Kỳ", "Mức xếp loại"],
    ["NGUYỄN VĂN AN", "03/02/1970", "T.1.2", "2022", "Hoàn thành tốt nhiệm vụ"],
]


def test_a_likely_person_is_never_joined_in_silence_and_waits_among_the_suspected_after_the_commit() -> None:
    fill()
    told = rehearse("members", named({"x": LIST}), by=None)
    (outcome,) = told.outcomes
    assert (outcome.verdict, outcome.would_be) == ("doubtful", "new")
    assert "A1 Nguyễn Văn An" in told.warnings[0].message
    bring("members", LIST)
    new = Member.objects.get(code="ĐV000001")
    pair = SuspectedPair.objects.get()
    assert {pair.one.code, pair.other.code} == {"A1", "ĐV000001"}
    again = rehearse("members", named({"x": LIST}), by=None)
    assert [o.would_be for o in again.outcomes] == ["same"]
    undo(ImportBatch.objects.latest("pk"), reason="nhầm", by=None)
    assert not SuspectedPair.objects.exists()
    assert not MemberDetail.objects.filter(member=new, voided_at__isnull=True).exists()


@pytest.mark.parametrize(("choice", "would_be", "decided"), [("A1", "same", 0), (NEW, "new", 1)])
def test_the_choice_of_the_user_holds_and_is_remembered_for_the_next_file(
    choice: str, would_be: str, decided: int
) -> None:
    fill()
    (doubt,) = rehearse("members", named({"x": LIST}), by=None).doubts
    chosen = {doubt.sign: choice}
    told = rehearse("members", named({"x": LIST}), by=None, people=chosen)
    assert [(o.verdict, o.would_be) for o in told.outcomes] == [(would_be, would_be)]
    bring("members", LIST, people=chosen)
    assert PairDecision.objects.filter(same=False).count() == decided
    assert not SuspectedPair.objects.exists()
    again = rehearse("members", named({"x": LIST}), by=None)
    assert [o.would_be for o in again.outcomes] == ["same"]


def test_other_lists_wait_for_the_choice_and_take_nobody_by_likeness(tmp_path: Any, capsys: Any) -> None:
    fill()
    told = rehearse("ratings", named({"x": RATINGS}), by=None)
    assert not told.ok
    assert [(o.verdict, o.would_be) for o in told.outcomes] == [("doubtful", "refused")]
    (doubt,) = told.doubts
    assert (doubt.plain, doubt.may_be_new) == ("A1", False)
    file = tmp_path / "x.xlsx"
    file.write_bytes(named({"x": RATINGS}))
    assert import_file("ratings", file, commit=True, as_json=False) == 2
    assert "--person 'x!2=A1'" in capsys.readouterr().out
    assert import_file("ratings", file, commit=True, as_json=False, people={"x!2": "A1"}) == 0
    assert import_file("ratings", file, commit=False, as_json=True) == 0
    assert '"same": 1' in capsys.readouterr().out


def test_a_number_with_another_name_is_doubtful_and_two_rows_with_one_number_are_refused() -> None:
    fill()
    rows = [
        ["Họ và tên", "Ngày sinh", "Số CCCD"],
        ["Trần Văn Khác", "01/01/1980", "049070000001"],
        ["Lê Thị Hai", "01/01/1981", "049181000009"],
        ["Lê Thị Hại", "02/01/1981", "049181000009"],
    ]
    told = rehearse("members", named({"x": rows}), by=None)
    assert [doubt.likely[0].member.code for doubt in told.doubts] == ["A1"]
    assert [o.would_be for o in told.outcomes] == ["refused", "new", "refused"]
    assert any("hàng 3" in f.message and f.cell == "C4" for f in told.errors)


def test_nobody_beyond_the_scope_is_named_but_for_that_the_number_exists() -> None:
    world = make_page_world()
    stranger = enter_member(
        MemberDraft("KIN", {"full_name": "Nguyễn Thị Kín", "birth_date": date(1980, 5, 6), "gender": "female",
                            "national_id": "049180123456"}), by=None,
    )  # fmt: skip
    register(stranger, into=world["PB1"], on=date(2015, 1, 1), by=None)
    rows = [
        ["Họ và tên", "Ngày sinh", "Số CCCD"],
        ["Nguyễn Thị Kín", "06/05/1980", "049180123456"],
        ["Nguyễn Thị Kín", "06/05/1980", None],
    ]
    for kind, sheet in (("members", rows), ("members", [["Mã đảng viên", *rows[0]], ["M9", *rows[1]]])):
        told = rehearse(kind, named({"x": sheet}), by=world.users["clerk_a"])
        said = " ".join(f.message for f in told.findings)
        assert "ngoài phạm vi" in said
        assert "KIN" not in said
        assert not told.doubts
    ratings = [
        [*rows[0], "Mã chi bộ", "Kỳ", "Mức xếp loại"],
        [*rows[1], "PA1", "2022", "Hoàn thành tốt nhiệm vụ"],
    ]
    told = rehearse("ratings", named({"x": ratings}), by=world.users["clerk_a"])
    assert not told.ok
    assert "KIN" not in " ".join(f.message for f in told.findings)


def test_of_somebody_who_stands_nowhere_yet_only_whoever_entered_him_is_told() -> None:
    world = make_page_world()
    said = {"full_name": "Nguyễn Thị Chờ", "birth_date": date(1990, 5, 6), "gender": "female",
            "national_id": "049190123456", "home_town": "Quê kín"}  # fmt: skip
    enter_member(MemberDraft("CHO", said), by=world.users["clerk_b"])
    rows = [
        ["Mã đảng viên", "Có hiệu lực từ ngày", "Họ và tên", "Ngày sinh", "Số CCCD", "Quê quán"],
        ["CHO", "01/01/2022", "Nguyễn Thị Chờ", "06/05/1990", "049190123456", "Xã A"],
        [None, None, "Nguyễn Thị Chờ", "06/05/1990", None, "Xã A"],
    ]
    told = rehearse("members", named({"x": rows}), by=world.users["clerk_a"])
    assert not any(outcome.changes for outcome in told.outcomes)
    assert not told.doubts
    assert any(f.cell == "A2" and "ngoài phạm vi" in f.message for f in told.errors)
    own = rehearse("members", named({"x": rows}), by=world.users["clerk_b"])
    assert [change.before for change in own.outcomes[0].changes] == ["Quê kín"]
    assert own.doubts


def test_a_code_that_nobody_has_makes_nobody_new_in_silence_and_is_given_to_no_other_row() -> None:
    fill()
    rows = [
        ["Mã đảng viên", "Họ và tên", "Ngày sinh"],
        ["ĐV000001", "Nguyễn Văn An", "03/02/1970"],
        [None, "Lê Thị Lạ", "01/01/1981"],
        ["ĐV000003", "Lê Thị Quen", "01/01/1982"],
        [None, "Lê Thị Xa", "01/01/1983"],
    ]
    told = rehearse("members", named({"x": rows}), by=None)
    assert told.ok, told.errors
    assert [o.would_be for o in told.outcomes] == ["new"] * 4
    [warning] = [f for f in told.warnings if f.cell == "A2"]
    assert "A1 Nguyễn Văn An" in warning.message
    bring("members", rows)
    assert Member.objects.get(full_name="Lê Thị Xa").code == "ĐV000004"


def _page(rows: list[list[Any]], kind: str) -> tuple[Any, ImportBatch, str]:
    world = make_page_world()
    person = enter_member(
        MemberDraft("AN", {"full_name": "Nguyễn Văn An", "birth_date": date(1970, 2, 3), "gender": "male",
                           "birthplace": "Nơi sinh kín"}), by=None,
    )  # fmt: skip
    register(person, into=world["PA1"], on=date(2015, 1, 1), by=None)
    client = logged_in(world.users["clerk"])
    file = SimpleUploadedFile("x.xlsx", named({"x": rows}))
    answer = client.post(reverse("intake:upload"), {"kind": kind, "file": file})
    return client, ImportBatch.objects.get(), answer.content.decode()


def test_the_page_shows_who_it_may_be_and_keeps_what_is_chosen() -> None:
    client, batch, page = _page(LIST, "members")
    assert "Cần xác định là ai" in page
    assert "AN Nguyễn Văn An" in page
    address = reverse("intake:detail", args=[batch.pk])
    assert client.post(reverse("intake:people", args=[batch.pk]), {"plain": "1"}).status_code == 302
    told = client.get(address).context["told"]
    assert [o.would_be for o in told.outcomes] == ["same"]
    sign = told.doubts[0].sign
    for value, would_be in ((NEW, "new"), ("KHONG", "new"), ("", "new"), ("AN", "same")):
        client.post(reverse("intake:people", args=[batch.pk]), {f"p-{sign}": value})
        assert [o.would_be for o in client.get(address).context["told"].outcomes] == [would_be], value


def test_restricted_values_on_record_are_hidden_until_asked_for_and_that_is_logged() -> None:
    rows = [
        ["Mã đảng viên", "Có hiệu lực từ ngày", "Họ và tên", "Nơi sinh", "Điện thoại"],
        ["AN", "01/01/2022", "Nguyễn Văn An", "Quế Sơn", "0900000000"],
    ]
    client, batch, page = _page(rows, "members")
    assert "Nơi sinh kín" not in page
    assert "Quế Sơn" in page
    logged = LedgerEntry.objects.filter(action="intake.sensitive")
    assert not logged.exists()
    assert "Nơi sinh kín" in client.post(reverse("intake:reveal", args=[batch.pk])).content.decode()
    assert logged.get().subject_id == str(batch.pk)


def test_a_code_merged_into_another_means_the_person_kept() -> None:
    fill()
    bring("members", LIST, people={})
    from tongket.matching.merging.acts import MergeDraft, merge_people

    kept, gone = Member.objects.get(code="A1"), Member.objects.get(code="ĐV000001")
    merge_people(MergeDraft(kept, gone, reason="một người"), by=None)
    rows = [
        ["Mã đảng viên", "Mã chi bộ", "Kỳ", "Mức xếp loại"],
        ["ĐV000001", "T.1.2", "2022", "Hoàn thành tốt nhiệm vụ"],
    ]
    told = rehearse("ratings", named({"x": rows}), by=None)
    assert told.ok, told.errors
    amend_details(kept, {"phone": "0901"}, since=date(2022, 1, 1), reason="", by=None)
    people = [["Mã đảng viên", "Họ và tên"], ["ĐV000001", "Nguyễn Văn An"]]
    assert [o.would_be for o in rehearse("members", named({"x": people}), by=None).outcomes] == ["same"]
