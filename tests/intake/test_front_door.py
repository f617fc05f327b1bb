"""What comes in by workbook: rehearsed whole, named cell by cell, written wholly or not at all, harmless twice."""

from datetime import date

import pytest

from tests.intake.books import named
from tests.world import add_user, make_world
from tongket.audit.models import LedgerEntry
from tongket.intake.models import ImportBatch
from tongket.intake.rehearse import ImportRefused, commit, rehearse
from tongket.members.models import Member, MemberDetail, MemberEvent, MembershipSpell
from tongket.organisations.models import Organisation, OrganisationAct, SuccessorLink

pytestmark = pytest.mark.django_db

ORGANISATIONS = [
    [
        "Việc",
        "Có hiệu lực từ ngày",
        "Mã tổ chức",
        "Tên tổ chức",
        "Loại hình",
        "Mã tổ chức cấp trên",
        "Mã tổ chức kế tục",
    ],
    ["Thành lập", date(2014, 1, 1), "T.1", "Đảng bộ xã Một", "Đảng bộ cơ sở", "T", None],
    ["thanh lap", "01/01/2014", "T", "Đảng bộ huyện Thử", "district_committee", None, None],
    ["Thành lập", "2014-01-01", "T.1.1", "Chi bộ thôn 1", "Chi bộ trực thuộc", "T.1", None],
    ["Thành lập", "1.1.2014", "T.1.2", "Chi bộ thôn 2", "cell", "T.1", None],
    ["Thành lập", "ngày 01 tháng 3 năm 2020", "T.2", "Đảng bộ xã Hai", "Đảng bộ cơ sở", "T", None],
    ["Sáp nhập", date(2020, 3, 1), "T.1", None, None, None, "T.2"],
]
MEMBERS = [
    [
        "MÃ ĐẢNG VIÊN *",
        "ho va ten",
        "Giới tính",
        "Ngày sinh",
        "Số định danh cá nhân, CCCD",
        "Chi bộ",
        "Ngày vào sổ",
        "Ngày quyết định kết nạp",
        "Ngày chính thức",
        "Số thẻ đảng viên",
    ],
    [
        "A1",
        "Nguyễn  Văn An",
        "Nam",
        date(1970, 2, 3),
        "049070000001",
        "T.1.1",
        "01/01/2014",
        "03/02/1995",
        "3/2/1996",
        "00123456",
    ],
    [
        "A2",
        "Trần Thị Bình",
        "nữ",
        1985,
        49185000002,
        "T.1.2",
        date(2014, 1, 1),
        date(2010, 5, 19),
        date(2011, 5, 19),
        None,
    ],
    ["A3", "Lê Văn Cường", "male", "12/12/1999", None, None, None, None, None, None],
]
EVENTS = [
    ["Mã đảng viên", "Việc", "Ngày", "Chi bộ", "Ngày lễ kết nạp", "Ngày quyết định", "Số quyết định"],
    ["A3", "Kết nạp", None, "T.1.1", "10/05/2022", "20/04/2022", "12-QĐ/HU"],
    ["A3", "Công nhận chính thức", "10/05/2023", None, None, None, None],
    ["A1", "Chuyển sinh hoạt trong đảng bộ", "01/06/2021", "T.1.2", None, None, None],
]


def _fill() -> None:
    commit("organisations", named({"Tổ chức": ORGANISATIONS}), by=None, file_name="to-chuc.xlsx")
    commit("members", named({"Đảng viên": MEMBERS}), by=None, file_name="dang-vien.xlsx")
    commit("events", named({"Biến động": EVENTS}), by=None, file_name="bien-dong.xlsx")


def test_three_workbooks_make_a_register_whatever_the_order_of_rows_and_the_writing_of_dates() -> None:
    _fill()
    an = Member.objects.get(code="A1")
    assert an.full_name == "Nguyễn Văn An"
    assert (an.organisation.code, an.card_number) == ("T.1.2", "00123456")
    merged = Organisation.objects.get(code="T.1")
    assert merged.ends_on == date(2020, 3, 1)
    assert Organisation.objects.get(code="T.1.1").parent.code == "T.2"
    assert SuccessorLink.objects.get().successor.code == "T.2"
    cuong = Member.objects.get(code="A3")
    assert cuong.standing == "official"
    assert list(cuong.spells.values_list("valid_from", "standing")) == [
        (date(2022, 4, 20), "probationary"),
        (date(2023, 5, 10), "official"),
    ]


def test_each_record_says_the_file_and_row_it_came_from_and_a_file_is_one_entry_of_the_ledger() -> None:
    _fill()
    batch = ImportBatch.objects.get(kind="events")
    event = MemberEvent.objects.get(member__code="A3", kind="recognised")
    assert event.origin == f"import {batch.pk} · Biến động!3"
    detail = MemberDetail.objects.get(member__code="A2")
    assert detail.origin.endswith("Đảng viên!3")
    act = OrganisationAct.objects.get(organisation__code="T", kind="found")
    assert act.origin.endswith("Tổ chức!3")
    assert list(LedgerEntry.objects.values_list("action", flat=True)) == [
        "intake.organisations",
        "intake.members",
        "intake.events",
    ]


def test_a_birth_year_alone_is_kept_as_a_year_and_a_number_cell_is_restored_with_a_warning() -> None:
    commit("organisations", named({"Tổ chức": ORGANISATIONS}), by=None, file_name="a.xlsx")
    told = rehearse("members", named({"Đảng viên": MEMBERS}), by=None)
    assert told.ok
    (warning,) = [f for f in told.warnings if f.cell == "E3"]
    assert (warning.value, "049185000002" in warning.message) == ("49185000002", True)
    commit("members", named({"Đảng viên": MEMBERS}), by=None, file_name="b.xlsx")
    detail = MemberDetail.objects.get(member__code="A2")
    assert (detail.birth_date, detail.birth_year_only, detail.national_id) == (
        date(1985, 1, 1),
        True,
        "049185000002",
    )


def test_a_rehearsal_counts_and_writes_nothing() -> None:
    told = rehearse("organisations", named({"Tổ chức": ORGANISATIONS}), by=None)
    assert told.ok
    assert (told.counts["Tổ chức"].new, told.counts["Tổ chức"].changed, told.rows) == (5, 1, 6)
    assert not Organisation.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_the_same_workbook_again_changes_nothing() -> None:
    _fill()
    before = (Member.objects.count(), MemberEvent.objects.count(), MembershipSpell.objects.count())
    for kind, title, rows in (
        ("organisations", "Tổ chức", ORGANISATIONS),
        ("members", "Đảng viên", MEMBERS),
        ("events", "Biến động", EVENTS),
    ):
        content = named({title: rows})
        told = rehearse(kind, content, by=None)
        assert told.ok, told.errors
        assert (told.counts[title].same, told.counts[title].new) == (len(rows) - 1, 0)
        commit(kind, content, by=None, file_name="again.xlsx")
    assert (Member.objects.count(), MemberEvent.objects.count(), MembershipSpell.objects.count()) == before


def test_every_bad_cell_is_named_at_once_and_the_whole_file_is_refused() -> None:
    commit("organisations", named({"Tổ chức": ORGANISATIONS}), by=None, file_name="a.xlsx")
    commit("members", named({"Đảng viên": MEMBERS}), by=None, file_name="b.xlsx")
    bad = [
        *EVENTS,
        ["A9", "Từ trần", "01/02/2023", None, None, None, None],
        ["A1", "Bay lên", "01/02/2023", None, None, None, None],
        ["A1", "Từ trần", "31/02/2023", None, None, None, None],
        ["A2", "Chuyển sinh hoạt trong đảng bộ", "01/06/2021", "T.9", None, None, None],
        ["A2", "Công nhận chính thức", "01/06/2021", None, None, None, None],
        [None, "Từ trần", "01/02/2023", None, None, None, None],
    ]
    content = named({"Biến động": bad})
    with pytest.raises(ImportRefused) as refused:
        commit("events", content, by=None, file_name="c.xlsx")
    found = {(f.cell, f.value) for f in refused.value.rehearsal.errors}
    assert found == {
        ("A5", "A9"),
        ("B6", "Bay lên"),
        ("C7", "31/02/2023"),
        ("D8", "T.9"),
        ("B9", "Công nhận chính thức"),
        ("A10", ""),
    }
    assert all(f.sheet == "Biến động" and f.message for f in refused.value.rehearsal.errors)
    assert rehearse("events", content, by=None).errors == refused.value.rehearsal.errors
    assert refused.value.rehearsal.counts["Biến động"].refused == 6
    assert not MemberEvent.objects.exclude(kind="registered").exists()


def test_an_impossible_life_is_named_at_the_row_that_makes_it_so() -> None:
    _fill()
    rows = [EVENTS[0], ["A1", "Từ trần", "05/05/2020", None, None, None, None]]
    (error,) = rehearse("events", named({"Biến động": rows}), by=None).errors
    assert error.cell == "C2"
    assert "Chuyển sinh hoạt trong đảng bộ" in error.message


def test_a_later_state_of_a_known_person_holds_from_its_day_and_the_earlier_one_stays() -> None:
    _fill()
    rows = [
        ["Mã đảng viên", "Có hiệu lực từ ngày", "Họ và tên", "Trình độ chuyên môn"],
        ["A1", "01/09/2018", "Nguyễn Văn An", "Đại học"],
        ["A1", "01/09/2021", "Nguyễn Văn An", "Thạc sĩ"],
    ]
    told = rehearse("members", named({"Đảng viên": rows}), by=None)
    assert (told.ok, told.counts["Đảng viên"].changed) == (True, 2)
    commit("members", named({"Đảng viên": rows}), by=None, file_name="hoc.xlsx")
    states = MemberDetail.objects.filter(member__code="A1", voided_at__isnull=True).order_by("valid_from")
    assert list(states.values_list("education", "valid_from")) == [
        ("", date(1900, 1, 1)),
        ("university", date(2018, 9, 1)),
        ("master", date(2021, 9, 1)),
    ]
    assert {s.national_id for s in states} == {"049070000001"}


def test_an_importer_reaches_no_organisation_and_no_person_outside_the_own_subtree() -> None:
    world = make_world()
    clerk = add_user(world, "thu-ky", "PA", "organisation")
    rows = [
        EVENTS[0],
        ["M4", "Từ trần", "01/02/2023", None, None, None, None],
        ["M1", "Chuyển sinh hoạt trong đảng bộ", "01/02/2023", "PB1", None, None, None],
        ["M1", "Chuyển sinh hoạt trong đảng bộ", "01/03/2023", "PA2", None, None, None],
    ]
    told = rehearse("events", named({"Biến động": rows}), by=clerk)
    assert {(f.cell, f.value) for f in told.errors} == {("A2", "M4"), ("D3", "PB1")}
    foundings = [
        ORGANISATIONS[0],
        ["Thành lập", "01/01/2020", "X", "Chi bộ X", "cell", "PB", None],
        ["Thành lập", "01/01/2020", "Y", "Chi bộ Y", "cell", "PA", None],
    ]
    told = rehearse("organisations", named({"Tổ chức": foundings}), by=clerk)
    assert [(f.cell, f.value) for f in told.errors] == [("F2", "PB")]


def test_a_duty_that_may_not_write_the_records_is_told_so() -> None:
    world = make_world()
    clerk = add_user(world, "van-phong", "QS", "office")
    told = rehearse("events", named({"Biến động": EVENTS}), by=clerk)
    assert not told.ok
    assert "nhiệm vụ" in told.errors[0].message
