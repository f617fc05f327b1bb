"""Reading single cells in the writings that offices use, and templates that the import itself reads."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from tests.intake.books import named
from tongket.core.codelists import DOCUMENT_KIND, GENDER
from tongket.intake.cells import BadCell, ErrorCell, read
from tongket.intake.columns import Column
from tongket.intake.kinds import KINDS
from tongket.intake.tables import letter, read_tables
from tongket.intake.templates import filled, template, write_templates
from tongket.intake.workbook import BadWorkbook, open_workbook

DAY = Column("Ngày", "on", "date")
NUMBER = Column("CCCD", "national_id", "id", digits=12)


@pytest.mark.parametrize(
    "written",
    [
        "20/11/2023",
        "20-11-2023",
        "20.11.2023",
        "2023-11-20",
        "2023-11-20 00:00:00",
        "20/11/2023 08:30",
        "ngày 20 tháng 11 năm 2023",
        " 20/11/2023\u00a0",
        date(2023, 11, 20),
        datetime(2023, 11, 20, 7, 0),
        45250,
        45250.5,
    ],
)
def test_a_day_is_read_in_all_usual_writings(written: object) -> None:
    assert read(DAY, written).value == date(2023, 11, 20)


@pytest.mark.parametrize(
    "written", ["31/02/2023", "20/11/23", "11/20/2023", "hôm qua", 60, 99999999, True, time(7, 0)]
)
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(BadCell):
        read(DAY, written)


def test_identity_numbers_stay_text_and_a_number_cell_is_restored_only_with_a_warning() -> None:
    assert read(NUMBER, "049 080 000 001").value == "049080000001"
    assert read(NUMBER, "049080000001").doubt == ""
    restored = read(NUMBER, 49080000001.0)
    assert (restored.value, bool(restored.doubt)) == ("049080000001", True)
    for bad in (1.5, True, 10**15):
        with pytest.raises(BadCell):
            read(NUMBER, bad)


def test_codes_are_taken_as_code_or_text_and_diacritics_tell_alike_codes_apart() -> None:
    gender = Column("Giới tính", "gender", "code", codes=GENDER)
    assert {read(gender, text).value for text in ("female", "Nữ", "nữ", "NU")} == {"female"}
    kind = Column("Loại", "kind", "code", codes=DOCUMENT_KIND)
    assert [read(kind, t).value for t in ("QĐ", "QyĐ", "Quy định", "Quyết định", "quyet dinh")] == [
        "QĐ", "QyĐ", "QyĐ", "QĐ", "QĐ",
    ]  # fmt: skip
    with pytest.raises(BadCell, match="danh mục"):
        read(gender, "khác")


def test_numbers_and_yes_or_no() -> None:
    whole, part, flag = Column("", "n", "int"), Column("", "n", "decimal"), Column("", "b", "bool")
    assert read(whole, "3.724").value == 3724
    assert read(part, "98,11").value == Decimal("98.11")
    assert [read(flag, t).value for t in ("Có", "x", "không", True, 0.0)] == [True, True, False, True, False]
    for column, bad in ((whole, 1.5), (whole, "ba"), (part, date(2023, 1, 1)), (flag, "có lẽ")):
        with pytest.raises(BadCell):
            read(column, bad)


def test_a_formula_error_is_named() -> None:
    with pytest.raises(BadCell, match="#REF!"):
        read(DAY, ErrorCell("#REF!"))


def test_columns_are_named_as_excel_names_them() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize("name", KINDS)
def test_a_template_is_read_back_with_every_column_and_without_its_example(name: str) -> None:
    tables = read_tables(KINDS[name], open_workbook(template(KINDS[name])))
    assert [t.sheet.title for t in tables] == [s.title for s in KINDS[name].sheets]
    assert all(t.rows == [] and t.findings == [] for t in tables)


@pytest.mark.parametrize("name", KINDS)
def test_the_example_of_each_column_can_be_read(name: str) -> None:
    for sheet in KINDS[name].sheets:
        for column in sheet.columns:
            if column.example:
                assert read(column, column.example).value not in (None, "")


def test_templates_are_written_one_a_kind(tmp_path: Path) -> None:
    assert [p.name for p in write_templates(tmp_path / "mau")] == [
        f"{n:02d}-{kind}.xlsx" for n, kind in enumerate(KINDS, start=1)
    ]


def test_a_text_that_begins_like_a_formula_stays_text() -> None:
    kind = KINDS["members"]
    content = filled(kind, {"Đảng viên": [{"code": "M1", "full_name": "=1+1", "home_town": "@SUM(A1)"}]})
    (table,) = read_tables(kind, open_workbook(content))
    assert table.rows[0].values == {"code": "M1", "full_name": "=1+1", "home_town": "@SUM(A1)"}


def test_headers_are_found_by_name_below_a_title_among_empty_columns_and_merged_cells() -> None:
    blanks = [None] * 60
    rows = [
        ["DANH SÁCH"],
        [],
        ["tt", *blanks, "MA  DANG VIEN*", "Họ và Tên (in hoa)"],
        [],
        [1, *blanks, "M1", "An"],
        [],
        [],
    ]
    (table,) = read_tables(KINDS["members"], open_workbook(named({"Sheet1": rows})))
    assert table.findings == []
    assert [(r.number, r.values) for r in table.rows] == [(5, {"code": "M1", "full_name": "An"})]
    assert table.rows[0].cell("code") == "BJ5"


def test_a_missing_column_a_foreign_column_and_a_foreign_file_are_named() -> None:
    rows = [["Mã đảng viên", "Số giày", "Giới tính"], ["M1", 42, "Nam"]]
    (table,) = read_tables(KINDS["members"], open_workbook(named({"Đảng viên": rows})))
    assert [(f.severity, f.cell, f.header) for f in table.findings] == [
        ("error", "", "Họ và tên"),
        ("warning", "B1", "Số giày"),
    ]
    with pytest.raises(BadWorkbook, match="Biến động"):
        read_tables(KINDS["events"], open_workbook(named({"Thu chi": [["Khoản", "Tiền"], ["Điện", 5]]})))
