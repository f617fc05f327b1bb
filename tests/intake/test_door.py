"""The one door: every table file that an office has gives the same plain rows; what is hostile is refused in words."""

import io
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tongket.core.text import tidy
from tongket.intake.cells import ErrorCell
from tongket.intake.door import page as pages
from tongket.intake.door.opening import open_workbook
from tongket.intake.door.xlsx import NOT_COMPUTED
from tongket.intake.workbook import BadWorkbook

FILES = Path(__file__).parent / "files"
TABLE = [
    ["Mã", "Họ và tên", "Số CCCD"],
    ["A1", "Nguyễn Văn Đức", "049070000001"],
    ["A2", "Lê, Bình; Hai", ""],
]
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="T">'
)
_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"


def _ods(rows: str, **more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _HEAD + rows + _FOOT)
        for name, text in more.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_files_of_old_excel_and_of_libreoffice_give_types_errors_hidden_rows_and_merges(ending: str) -> None:
    sheet, hidden = open_workbook((FILES / f"mau.{ending}").read_bytes(), f"mau.{ending}")
    assert (sheet.name, sheet.hidden, hidden.name, hidden.hidden) == ("Đảng viên", False, "Ẩn", True)
    assert sheet.rows[1] == [1, "A1", "Nguyễn Văn An", date(1970, 2, 3), "049070000001", 1234.5, True]
    assert sheet.rows[2][3] == 1985
    assert sheet.rows[4][:2] == [3, "A3"]
    assert sheet.rows[4][2] == ErrorCell("#DIV/0!")
    assert sheet.hidden_rows == {2}
    assert sheet.merged == ((4, 5, 5, 6),)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_a_text_table_is_read_whatever_its_letters_and_separator(separator: str, coding: str) -> None:
    lines = [separator.join(f'"{cell}"' for cell in row) for row in TABLE]
    text = "\r\n".join(lines) + "\r\n"
    content = _windows_1258(text) if coding == "cp1258" else text.encode(coding)
    (sheet,) = open_workbook(content, "Đảng viên.csv")
    assert sheet.name == "Đảng viên"
    assert [[tidy(cell) for cell in row] for row in sheet.rows] == TABLE


def _windows_1258(text: str) -> bytes:
    """As Windows writes it: letters with their marks as one sign, tones as signs of their own."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            tones = [c for c in unicodedata.normalize("NFD", letter) if c in _TONES]
            bare = [c for c in unicodedata.normalize("NFD", letter) if c not in _TONES]
            out += unicodedata.normalize("NFC", "".join(bare)).encode("cp1258")
            out += "".join(tones).encode("cp1258")
    return out


def test_the_line_that_tells_excel_the_separator_is_no_row_but_keeps_the_addresses() -> None:
    (sheet,) = open_workbook(b"sep=|\r\nMa|Ten\r\nA1|B;C\r\n", "a.csv")
    assert sheet.rows == [[], ["Ma", "Ten"], ["A1", "B;C"]]


def test_text_under_the_name_of_old_excel_is_read_and_a_page_of_the_web_is_not() -> None:
    assert open_workbook(b"Ma\tTen\nA1\tB\n", "xuat.xls")[0].rows[1] == ["A1", "B"]
    with pytest.raises(BadWorkbook):
        open_workbook(b"<html>\t<table><tr><td>1</td></tr></table></html>", "xuat.xls")
    with pytest.raises(BadWorkbook):
        open_workbook(bytes(range(256)) * 4, "a.csv")


def test_hidden_rows_merges_and_formulas_that_were_never_computed_are_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Mã", "Tổng"])
    sheet.append(["A1", "=1+1"])
    sheet.append(["A2", 3])
    sheet.row_dimensions[3].hidden = True
    sheet.merge_cells("A2:A3")
    book.create_sheet("QUOCGIA").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    first, second = open_workbook(out.getvalue())
    assert first.rows[1][1] == ErrorCell(NOT_COMPUTED)
    assert (first.hidden_rows, first.merged, second.hidden) == ({2}, ((1, 0, 2, 0),), True)


def test_sixty_columns_of_nothing_and_a_thousand_blank_rows_cost_nothing() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("T")
    style = book.add_format({"bg_color": "#EEEEEE"})
    for row in range(1000):
        for column in range(60):
            sheet.write_blank(row, column, None, style)
    sheet.write_string(0, 0, "Mã")
    book.close()
    (found,) = open_workbook(out.getvalue())
    assert found.rows[0][0] == "Mã"


def test_a_workbook_with_macros_is_read_for_its_cells_only() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("T").write_string(0, 0, "Mã")
    book.close()
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xcc\x61" * 100)
    assert open_workbook(out.getvalue(), "a.xlsm")[0].rows == [["Mã"]]


def test_what_is_encrypted_is_refused_with_the_remedy() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    manifest = '<manifest xmlns="m"><encryption-data/></manifest>'
    for content in (ole, _ods("", **{"META-INF__manifest_xml": manifest})):
        with pytest.raises(BadWorkbook, match="mật khẩu"):
            open_workbook(content)


_CELL = "<table:table-cell{more}><text:p>x</text:p></table:table-cell>"


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1048576">{_CELL.format(more="")}</table:table-row>',
        "<table:table-row>"
        + _CELL.format(more=' table:number-columns-repeated="16384"')
        + "</table:table-row>",
        f'<table:table-row table:number-rows-repeated="200000">{_CELL.format(more="") * 100}</table:table-row>',
        f'<table:table-row table:number-rows-repeated="99999999999">{_CELL.format(more="")}</table:table-row>',
    ],
)
def test_repeats_that_say_a_billion_cells_are_measured_before_they_are_written(rows: str) -> None:
    with pytest.raises(BadWorkbook):
        open_workbook(_ods(rows))


def test_blank_repeats_to_the_end_of_the_sheet_are_nothing() -> None:
    blank = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    (sheet,) = open_workbook(_ods(f"<table:table-row>{_CELL.format(more='')}</table:table-row>{blank}"))
    assert sheet.rows == [["x"]]


def test_two_cells_in_opposite_corners_are_refused_and_not_spread_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("T")
    sheet.write_string(0, 0, "Mã")
    sheet.write_string(pages.MAX_ROW - 1, pages.MAX_COLUMN - 1, "x")
    book.close()
    with pytest.raises(BadWorkbook, match="SF200000"):
        open_workbook(out.getvalue())


def test_an_entity_in_a_libreoffice_file_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(BadWorkbook, match="XML"):
        open_workbook(out.getvalue())
