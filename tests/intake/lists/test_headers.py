"""Headers in the names and forms in use elsewhere, and lines as a reader sees them."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from tests.intake.books import named
from tests.intake.lists.layouts import nine, thirty_one
from tongket.core.text import fold
from tongket.intake.door.old_fonts import old_font
from tongket.intake.headers.aliases import BY_SHEET
from tongket.intake.headers.keys import bare, signature
from tongket.intake.headers.recognise import Said, columns_of, recognise
from tongket.intake.kinds import KINDS
from tongket.intake.tables import NoHeader, read_tables
from tongket.intake.workbook import BadWorkbook, Page, open_workbook

MEMBERS = KINDS["members"]
AN = {
    "A": 1, "C": "NGUYỄN VĂN AN", "E": "Nam", "F": "03/02/1970", "G": "Kinh", "H": "Không", "I": "049070000001",
    "J": "00123456", "N": "Chi bộ thôn 1", "O": "Việt Nam", "P": "Quảng Nam", "Q": "Xã An Phú, Quế Sơn",
    "S": "Quảng Nam", "T": "Xã An Phú", "U": "Lào", "V": "Viêng Chăn", "X": "03/02/1995", "Y": "03/02/1996",
    "AA": "Đang sinh hoạt Đảng", "AC": "Không", "AD": "HỢP LỆ",
}  # fmt: skip


def test_the_two_row_header_of_the_national_list_is_read_and_places_become_one_text() -> None:
    (table,) = read_tables(MEMBERS, open_workbook(thirty_one([AN])))
    (row,) = table.rows
    assert (row.number, row.sound) == (8, True)
    assert row.values["full_name"] == "Nguyễn Văn An"
    assert row.values["national_id"] == "049070000001"
    assert row.values["card_number"] == "00123456"
    assert row.values["organisation"] == "Chi bộ thôn 1"
    assert row.values["birthplace"] == "Xã An Phú, Quế Sơn, Quảng Nam"
    assert row.values["home_town"] == "Xã An Phú, Quảng Nam"
    assert row.values["permanent_address"] == "Viêng Chăn, Lào"
    assert row.values["first_admitted_on"] == date(1995, 2, 3)
    assert "code" not in row.values
    assert [f for f in table.findings if f.severity == "error"] == []


def test_of_a_place_only_what_is_said_twice_is_left_out() -> None:
    rows = [
        ["Họ và tên", "Quê quán Chi tiết", "Quê quán Xã/Phường", "Quê quán Tỉnh/Thành"],
        ["An", "Thôn An Hòa", "An Hòa", "Quảng Nam"],
        ["Ba", "Thôn 1, xã A, tỉnh Quảng Nam", "Xã A", "Quảng Nam"],
    ]
    (table,) = read_tables(MEMBERS, open_workbook(named({"x": rows})))
    assert [row.values["home_town"] for row in table.rows] == [
        "Thôn An Hòa, An Hòa, Quảng Nam",
        "Thôn 1, xã A, tỉnh Quảng Nam",
    ]


def test_a_family_name_that_reads_like_a_sum_is_none() -> None:
    rows = [["Mã đảng viên", "Họ và tên"], ["Tống", "Sơn"], ["TỔNG CỘNG:", 2]]
    (table,) = read_tables(MEMBERS, open_workbook(named({"x": rows})))
    assert [row.number for row in table.rows] == [2]


def test_what_the_national_list_has_and_we_do_not_keep_is_told() -> None:
    (table,) = read_tables(MEMBERS, open_workbook(thirty_one([AN | {"M": "123", "B": "f3a0"}])))
    told = {(f.cell, f.severity) for f in table.findings}
    assert {("B6", "notice"), ("M6", "notice"), ("X6", "notice")} <= told


@pytest.mark.parametrize(("letters", "value"), [("AA", "Từ trần"), ("AA", "Đã chuyển đi"), ("AC", "Có")])
def test_who_is_no_longer_a_member_there_is_left_out_and_said_at_the_cell(letters: str, value: str) -> None:
    (table,) = read_tables(MEMBERS, open_workbook(thirty_one([AN, AN | {letters: value}])))
    assert [row.sound for row in table.rows] == [True, False]
    (warning,) = [f for f in table.findings if f.severity == "warning"]
    assert warning.cell == f"{letters}9"


def test_the_nine_columns_are_read() -> None:
    rows = [[1, "Trần Thị Bình", "00123457", "049185000002", 1985, "19/05/2010", "Chi bộ thôn 2", "", ""]]
    (table,) = read_tables(MEMBERS, open_workbook(named({"Sheet1": nine(rows)})))
    (row,) = table.rows
    assert row.values["birth_date"] == (date(1985, 1, 1), True)
    assert row.values["organisation"] == "Chi bộ thôn 2"
    assert row.sound


@pytest.mark.parametrize("change", [str.upper, str.lower, fold, lambda s: f"  {s} * "])
def test_case_diacritics_stars_and_spaces_of_a_header_do_not_matter(change: object) -> None:
    assert callable(change)
    for kind in KINDS.values():
        for sheet in kind.sheets:
            rows = [[change(column.header) for column in reversed(sheet.columns)]]
            (page,) = open_workbook(named({"x": [*rows, ["v"] * len(rows[0])]}))
            heading = recognise(sheet, page)
            assert heading is not None
            assert set(heading.places) == {column.field for column in sheet.columns}


def test_every_other_name_leads_to_a_column_of_its_sheet_and_to_one_only() -> None:
    titles = {sheet.title: sheet for kind in KINDS.values() for sheet in kind.sheets}
    for title, names in BY_SHEET.items():
        fields = {column.field for column in titles[title].columns}
        assert set(names) <= fields, title
        own = {bare(column.header): column.field for column in titles[title].columns}
        seen: dict[str, str] = {}
        for field, headers in names.items():
            for header in headers:
                key = bare(header)
                assert own.get(key, field) == field, f"{title}: “{header}” is the header of {own[key]}"
                assert seen.setdefault(key, field) == field, f"{title}: “{header}” names two fields"


def test_a_unknown_source_is_read_as_its_user_said_and_knows_itself_again_in_any_order() -> None:
    rows = [["Nhân sự", "Ngày chào đời", "Cỡ giày"], ["Lê Văn Cường", "12/12/1999", 42]]
    content = named({"Tháng 5": rows})
    with pytest.raises(NoHeader):
        read_tables(MEMBERS, open_workbook(content))
    fields = {"nhan su": "full_name", "ngay chao doi": "birth_date", "co giay": ""}
    key = signature(reversed(rows[0]))
    said = {"Đảng viên": {key: Said(fields, {"organisation": "T.1", "entered_on": "01/01/2024"})}}
    (table,) = read_tables(MEMBERS, open_workbook(content), said)
    assert table.findings == []
    assert table.rows[0].values == {
        "full_name": "Lê Văn Cường",
        "birth_date": (date(1999, 12, 12), False),
        "organisation": "T.1",
        "entered_on": date(2024, 1, 1),
    }


def test_a_value_for_all_rows_that_cannot_be_read_is_an_error_of_the_sheet() -> None:
    rows = [["Họ và tên", "Giới tính"], ["An", "Nam"]]
    key = signature(rows[0])
    said = {"Đảng viên": {key: Said({}, {"entered_on": "hôm qua"})}}
    (table,) = read_tables(MEMBERS, open_workbook(named({"x": rows})), said)
    assert any(f.severity == "error" and "Giá trị chung" in f.message for f in table.findings)


def _drawn() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Mã đảng viên", "Họ và tên", "Chi bộ", "Giới tính"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["Chi bộ thôn 1"],
        ["A1", "An", "T.1", "Nam"],
        ["A2", "Bình", None, "Nữ"],
        ["A3", "Cường", None, "Nam"],
        ["Mã đảng viên", "Họ và tên", "Chi bộ", "Giới tính"],
        ["A4", "Dung", "T.2", "Nữ"],
        ["Tổng cộng: 4", None, None, None],
    ):
        sheet.append(row)
    sheet.merge_cells("A3:D3")
    sheet.merge_cells("C4:C6")
    sheet.row_dimensions[5].hidden = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_merged_cells_hold_for_their_rows_and_groups_sums_numbers_and_repeats_are_no_rows() -> None:
    (table,) = read_tables(MEMBERS, open_workbook(_drawn()))
    assert [(r.number, r.values["code"], r.values["organisation"]) for r in table.rows] == [
        (4, "A1", "T.1"),
        (5, "A2", "T.1"),
        (6, "A3", "T.1"),
        (8, "A4", "T.2"),
    ]
    told = {f.cell: f.severity for f in table.findings}
    assert told == {"A3": "notice", "C5": "notice", "C6": "notice", "A9": "notice", "A5": "notice"}


def test_columns_of_other_systems_never_take_the_place_of_our_own() -> None:
    for kind in KINDS.values():
        for sheet in kind.sheets:
            columns = columns_of(sheet)
            assert all(columns[column.field] is column for column in sheet.columns)


@pytest.mark.parametrize(
    ("rows", "font"),
    [
        (
            [["STT", "Hä vµ tªn", "Ngµy sinh"], [1, "NguyÔn V¨n §øc", "x"], [2, "TrÇn ThÞ B×nh", "®¶ng"]],
            "TCVN3",
        ),
        (
            [
                ["STT", "Hoï vaø teân", "Ngaøy sinh"],
                [1, "Nguyeãn Vaên Ñöùc", "x"],
                [2, "Traàn Thò Bình", "x"],
            ],
            "VNI",
        ),
    ],
)
def test_text_in_fonts_from_before_unicode_is_told_with_the_remedy(
    rows: list[list[object]], font: str
) -> None:
    with pytest.raises(BadWorkbook, match=font):
        read_tables(MEMBERS, open_workbook(named({"x": rows})))


def test_vietnamese_of_today_is_never_taken_for_an_old_font() -> None:
    words = [
        "Hoà",
        "Thuý",
        "Khoẻ",
        "quả",
        "Nguyễn",
        "xuân",
        "oán",
        "uể oải",
        "ÂU",
        "Eo",
        "Aó",
        "®",
        "Công ty ©",
    ]
    assert old_font([Page("x", [[word] for word in words * 3])]) == ""


def test_a_text_table_needs_no_name_of_a_sheet() -> None:
    content = "Họ tên;CCCD;Giới\r\nAn;049070000001;Nam\r\n".encode("utf-8-sig")
    (table,) = read_tables(MEMBERS, open_workbook(content, "thang5.csv"))
    assert table.rows[0].values == {"full_name": "An", "national_id": "049070000001", "gender": "male"}
