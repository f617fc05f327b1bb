"""What the rehearsal says of every row, and lists of other systems brought onto the register."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.intake.books import named
from tests.intake.lists.layouts import nine, thirty_one
from tests.intake.lists.test_headers import AN
from tests.intake.test_front_door import EVENTS, MEMBERS, ORGANISATIONS
from tests.page_world import logged_in, make_page_world
from tests.world import World, add_user, make_world
from tongket.core.problems import Refused
from tongket.intake.command import import_file
from tongket.intake.headers.mapping import remember, remembered
from tongket.intake.kinds import KINDS
from tongket.intake.models import ColumnMapping, ImportBatch
from tongket.intake.rehearse import commit, rehearse
from tongket.intake.tables import read_tables
from tongket.intake.workbook import open_workbook
from tongket.members.models import Member, MemberEvent

pytestmark = pytest.mark.django_db
SHEET = KINDS["members"].sheets[0]


def _register() -> None:
    commit("organisations", named({"Tổ chức": ORGANISATIONS}), by=None, file_name="a.xlsx")
    commit("members", named({"Đảng viên": MEMBERS}), by=None, file_name="b.xlsx")
    commit("events", named({"Biến động": EVENTS}), by=None, file_name="c.xlsx")


def test_every_row_is_new_changed_same_doubtful_or_refused_and_changes_are_told_field_by_field() -> None:
    _register()
    rows = [
        ["Mã đảng viên", "Có hiệu lực từ ngày", "Họ và tên", "Giới tính", "Số CCCD", "Nơi sinh"],
        ["A1", "01/09/2021", "Nguyễn Văn An", "Nam", None, "Quế Sơn"],
        ["A2", None, "Trần Thị Bình", "Nữ", None, None],
        ["B1", None, "Phạm Văn Đông", "Nam", None, None],
        ["B2", None, "Hồ Thị Ất", "Nữ", 49190000002, None],
        ["B3", None, "Vũ Văn Giáp", "Namm", None, None],
    ]
    told = rehearse("members", named({"Đảng viên": rows}), by=None)
    assert [o.verdict for o in told.outcomes] == ["changed", "same", "new", "doubtful", "refused"]
    changed, *_, refused = told.outcomes
    assert [(c.header, c.before, c.after) for c in changed.changes] == [("Nơi sinh", "", "Quế Sơn")]
    assert told.outcomes[3].would_be == "new"
    (error,) = told.errors
    assert (error.cell, error.fix) == ("D6", "Nam")
    assert refused.row == 6


def test_the_national_lists_find_people_by_number_and_cells_by_name_and_give_new_people_codes() -> None:
    _register()
    rows = [
        [1, "Nguyễn Văn An", "00123456", "049070000001", "03/02/1970", "", "Chi bộ thôn 2", "", ""],
        [2, "Đỗ Thị Mới", "", "049190000009", "05/06/1990", "", "", "", ""],
    ]
    told = rehearse("members", named({"x": nine(rows)}), by=None)
    assert told.ok, told.errors
    assert [o.would_be for o in told.outcomes] == ["same", "new"]
    commit("members", named({"x": nine(rows)}), by=None, file_name="ds.xlsx")
    assert Member.objects.get(full_name="Đỗ Thị Mới").code == "ĐV000001"
    assert Member.objects.filter(details__national_id="049070000001").values("pk").distinct().count() == 1


def test_a_known_person_whom_the_list_sees_elsewhere_is_doubtful_and_not_moved() -> None:
    _register()
    rows = [[1, "Nguyễn Văn An", "", "049070000001", "03/02/1970", "", "Chi bộ thôn 1", "", ""]]
    told = rehearse("members", named({"x": nine(rows)}), by=None)
    (outcome,) = told.outcomes
    assert (outcome.verdict, outcome.would_be) == ("doubtful", "same")
    assert [f.cell for f in told.warnings] == ["G4"]
    assert Member.objects.get(code="A1").organisation.code == "T.1.2"


def test_what_a_list_says_otherwise_of_a_known_person_is_taken_only_from_a_day() -> None:
    _register()
    rows = nine([[1, "Nguyễn Vân An", "", "049070000001", "03/02/1970", "", "", "", ""]])
    told = rehearse("members", named({"x": rows}), by=None)
    (outcome,) = told.outcomes
    assert [(c.before, c.after) for c in outcome.changes] == [("Nguyễn Văn An", "Nguyễn Vân An")]
    (error,) = told.errors
    assert (error.cell, "Có hiệu lực từ ngày" in error.message) == ("D4", True)


def test_a_new_person_needs_the_day_of_entry_which_only_the_user_can_say() -> None:
    _register()
    content = thirty_one([AN | {"I": "049070000077", "J": "00999999"}])
    told = rehearse("members", content, by=None)
    assert [f.severity for f in told.errors] == ["error"]
    assert "ngày vào sổ" in told.errors[0].message
    (table,) = read_tables(KINDS["members"], open_workbook(content))
    assert table.heading is not None
    remember(KINDS["members"], SHEET, table.heading.signature, {}, {"entered_on": "01/01/2014"}, by=None)
    told = rehearse("members", content, by=None)
    assert told.ok, told.errors
    commit("members", content, by=None, file_name="4.0.xlsx")
    event = MemberEvent.objects.get(member__details__national_id="049070000077")
    assert (event.member.full_name, event.organisation.code) == ("Nguyễn Văn An", "T.1.1")


def test_a_name_that_two_cells_bear_is_asked_back_with_their_codes() -> None:
    rows = [*ORGANISATIONS, ["Thành lập", "02/04/2020", "T.2.1", "Chi bộ thôn 1", "cell", "T.2", None]]
    commit("organisations", named({"Tổ chức": rows}), by=None, file_name="a.xlsx")
    people = nine([[1, "Đỗ Thị Mới", "", "049190000009", "05/06/1990", "", "Chi bộ thôn 1", "", ""]])
    told = rehearse("members", named({"x": people}), by=None)
    assert any("T.1.1" in f.message and "T.2.1" in f.message for f in told.errors)


def test_a_badge_list_without_our_codes_finds_its_members_by_card() -> None:
    _register()
    rows = [
        ["Số thẻ đảng viên", "Mã chi bộ", "Mức Huy hiệu (năm)", "Đợt", "Ngày trao"],
        ["00123456", "T.1.2", 30, "Đợt 3/2", "03/02/2025"],
        ["00999999", "T.1.2", 30, "Đợt 3/2", "03/02/2025"],
    ]
    told = rehearse("badges", named({"x": rows}), by=None)
    assert ("A3", "00999999") in {(f.cell, f.value) for f in told.errors}
    assert not any(f.cell == "A2" for f in told.errors)


def test_an_importer_finds_no_person_outside_the_own_subtree_by_number() -> None:
    world = make_world()
    clerk = add_user(world, "thu-ky", "PA", "organisation")
    stranger = Member.objects.get(code="M4")
    stranger.details.filter(voided_at=None).update(national_id="049070000044")
    rows = nine([[1, stranger.full_name, "", "049070000044", "", "", "", "", ""]])
    told = rehearse("members", named({"x": rows}), by=clerk)
    assert "M4" not in {f.value for f in told.findings}
    assert all(not outcome.changes for outcome in told.outcomes)


def test_mergers_of_one_day_by_different_decisions_are_not_put_under_one_of_them() -> None:
    make_world()
    rows = [
        ["Việc", "Có hiệu lực từ ngày", "Mã tổ chức", "Mã tổ chức kế tục", "Số quyết định"],
        ["Sáp nhập", "01/03/2024", "PA1", "PA2", "1-QĐ/ĐU"],
        ["Sáp nhập", "01/03/2024", "PB1", "PA2", "2-QĐ/ĐU"],
    ]
    told = rehearse("organisations", named({"x": rows}), by=None)
    assert [f.cell for f in told.errors] == ["E3"]


# --- what was said of headers -----------------------------------------------------------------------------


def test_a_mapping_is_kept_for_its_user_and_said_again_the_former_is_voided() -> None:
    world = make_world()
    clerk, other = add_user(world, "a", "PA", "organisation"), add_user(world, "b", "PB", "organisation")
    kind = KINDS["members"]
    remember(kind, SHEET, "s" * 64, {"nhan su": "full_name"}, {}, by=clerk)
    remember(kind, SHEET, "s" * 64, {"nhan su": "birth_name"}, {}, by=clerk)
    assert remembered(kind, other) == {}
    assert remembered(kind, clerk)["Đảng viên"]["s" * 64].fields == {"nhan su": "birth_name"}
    assert ColumnMapping.objects.filter(voided_at=None).count() == 1
    assert ColumnMapping.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        ({"a": "khong co"}, {}),
        ({"a": "full_name", "b": "full_name"}, {}),
        ({}, {"entered_on": "31/02/2023"}),
        ({}, {"khong co": "x"}),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(fields: dict[str, str], values: dict[str, str]) -> None:
    with pytest.raises(Refused):
        remember(KINDS["members"], SHEET, "s" * 64, fields, values, by=None)
    assert not ColumnMapping.objects.exists()


def test_the_command_line_maps_columns_marks_the_file_and_answers_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, marked = tmp_path / "ns.xlsx", tmp_path / "dau.xlsx"
    file.write_bytes(named({"x": [["Nhân sự", "Phái"], ["Lê Văn Cường", "Namm"]]}))
    columns = {"Nhân sự": "Họ và tên", "Phái": "gender"}
    assert import_file("members", file, commit=False, as_json=True, marked=marked, columns=columns) == 2
    told = json.loads(capsys.readouterr().out)
    assert [(f["cell"], f["fix"], f["severity"]) for f in told["findings"]] == [("B2", "Nam", "error")]
    assert told["outcomes"][0]["verdict"] == "refused"
    assert marked.read_bytes()[:2] == b"PK"


@pytest.fixture
def page_world() -> World:
    return make_page_world()


def test_an_unknown_list_leads_to_the_mapping_page_and_from_there_to_its_rehearsal(page_world: World) -> None:
    client = logged_in(page_world.users["clerk"])
    content = named({"x": [["Nhân sự", "Cỡ giày"], ["Lê Văn Cường", "42"]]})
    answer = client.post(
        reverse("intake:upload"), {"kind": "members", "file": SimpleUploadedFile("ns.xlsx", content)}
    )
    batch = ImportBatch.objects.get()
    page = reverse("intake:columns", args=[batch.pk])
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert "Lê Văn Cường" in client.get(page).content.decode()
    bad = client.post(page, {"c0-0": "full_name", "c0-1": "full_name"})
    assert bad.status_code == 422
    assert client.post(page, {"c0-0": "full_name", "c0-1": ""}).status_code == 302
    told = client.get(reverse("intake:detail", args=[batch.pk])).context["told"]
    assert [(o.verdict, o.would_be) for o in told.outcomes] == [("doubtful", "new")]  # only a name
    other = logged_in(page_world.users["office"])
    assert other.get(page).status_code == 404
    assert other.get(reverse("intake:returned", args=[batch.pk])).status_code == 404


def test_the_marked_workbook_is_a_download_of_its_owner(page_world: World) -> None:
    client = logged_in(page_world.users["clerk"])
    content = named({"Đảng viên": [["Mã đảng viên", "Họ và tên", "Giới tính"], ["X1", "An", "nom"]]})
    client.post(reverse("intake:upload"), {"kind": "members", "file": SimpleUploadedFile("ns.xlsx", content)})
    answer = client.get(reverse("intake:returned", args=[ImportBatch.objects.get().pk]))
    assert answer.content[:2] == b"PK"
    assert "ns-da-kiem-tra" in answer["Content-Disposition"]


def test_a_row_whose_dates_are_refused_after_its_person_is_made_is_counted_once() -> None:
    commit("organisations", named({"Tổ chức": ORGANISATIONS}), by=None, file_name="a.xlsx")
    head, first = MEMBERS[0], dict(zip(MEMBERS[0], MEMBERS[1], strict=False))
    wanted = {"Ngày quyết định kết nạp": "03/02/2005", "Ngày chính thức": "03/02/2004"}
    columns = [*head, *(name for name in wanted if name not in head)]
    row = [(first | wanted).get(name) for name in columns]
    told = rehearse("members", named({"Đảng viên": [columns, row]}), by=None)
    counts = told.counts["Đảng viên"]
    assert (told.rows, counts.new, counts.refused) == (1, 0, 1)
