"""The user's own workbook comes back with the errors in place; corrected and sent again, only differences remain."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from tests.intake.books import named
from tests.intake.test_front_door import EVENTS, MEMBERS, ORGANISATIONS
from tongket.intake.rehearse import commit, rehearse
from tongket.intake.returned import fills, returned
from tongket.intake.tables import SUMMARY

pytestmark = pytest.mark.django_db


def _register() -> None:
    commit("organisations", named({"Tổ chức": ORGANISATIONS}), by=None, file_name="a.xlsx")
    commit("members", named({"Đảng viên": MEMBERS}), by=None, file_name="b.xlsx")


def _dressed() -> bytes:
    """Events with two bad cells, in a workbook that its user has formatted."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biến động"
    for row in [*EVENTS, ["A9", "Từ trần", "01/02/2023"], ["A1", "Từ trần", "31/02/2023"]]:
        sheet.append(row)
    sheet["A5"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["A5"].font = Font(bold=True, name="Times New Roman")
    sheet["A5"].comment = Comment("Hỏi lại chi bộ", "Lan")
    sheet.column_dimensions["A"].width = 33
    sheet.freeze_panes = "B2"
    sheet["H1"] = "=1+1"
    notes = book.create_sheet("Ghi chép")
    notes["B2"] = "giữ nguyên"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _back(content: bytes) -> Any:
    told = rehearse("events", content, by=None, file_name="bien-dong.xlsx")
    return openpyxl.load_workbook(BytesIO(returned(content, "bien-dong.xlsx", told)))


def test_every_finding_stands_in_its_cell_and_the_formatting_is_kept() -> None:
    _register()
    book = _back(_dressed())
    sheet = book["Biến động"]
    assert book.sheetnames[0] == SUMMARY
    assert sheet["A5"].fill.fgColor.rgb == fills()["error"]
    assert sheet["A5"].comment.text.startswith("Hỏi lại chi bộ")
    assert "mã A9" in sheet["A5"].comment.text
    assert "31/02/2023" in sheet["C6"].comment.text
    assert (sheet["A5"].font.name, sheet["A5"].font.bold) == ("Times New Roman", True)
    assert (sheet.column_dimensions["A"].width, sheet.freeze_panes) == (33, "B2")
    assert sheet["H1"].value == "=1+1"
    assert book["Ghi chép"]["B2"].value == "giữ nguyên"
    assert sheet["A2"].comment is None


def test_the_summary_lists_every_finding_with_a_link_to_its_cell() -> None:
    _register()
    sheet = _back(_dressed())[SUMMARY]
    lines = {row[2].value: row for row in sheet.iter_rows(min_row=1, max_col=7) if row[0].value == "LỖI"}
    assert set(lines) == {"A5", "C6"}
    assert lines["A5"][2].hyperlink.location == "'Biến động'!A5"
    assert lines["C6"][4].value == "31/02/2023"


def test_corrected_and_sent_again_the_marks_are_off_and_the_rows_are_brought_in() -> None:
    _register()
    book = _back(_dressed())
    sheet = book["Biến động"]
    sheet["A5"], sheet["C6"], sheet["B5"] = "A2", "28/02/2023", "Từ trần"
    out = BytesIO()
    book.save(out)
    again = out.getvalue()
    told = rehearse("events", again, by=None, file_name="bien-dong.xlsx")
    assert told.ok, told.errors
    clean = openpyxl.load_workbook(BytesIO(returned(again, "bien-dong.xlsx", told)))["Biến động"]
    assert clean["A5"].fill.fgColor.rgb == "FF00FF00"
    assert clean["A5"].comment.text == "Hỏi lại chi bộ"
    assert clean["C6"].comment is None
    assert clean["C6"].fill.fill_type is None
    commit("events", again, by=None, file_name="bien-dong.xlsx")
    told = rehearse("events", again, by=None, file_name="bien-dong.xlsx")
    assert {o.verdict for o in told.outcomes} == {"same"}


def test_a_text_table_comes_back_as_a_workbook_in_which_texts_stay_texts() -> None:
    _register()
    content = "Mã đảng viên;Việc;Ngày;Lý do, ghi chú\r\nA9;Từ trần;01/02/2023;=1+1\r\n".encode("utf-8-sig")
    told = rehearse("events", content, by=None, file_name="bd.csv")
    book = openpyxl.load_workbook(BytesIO(returned(content, "bd.csv", told)))
    sheet = book["bd"]
    assert sheet["A2"].fill.fgColor.rgb == fills()["error"]
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=1+1", "s")


def test_a_finding_in_a_merged_cell_is_put_where_it_is_seen() -> None:
    _register()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biến động"
    sheet.append(EVENTS[0])
    sheet.append(["A1", "Từ trần", "31/02/2023"])
    sheet.append(["A2", "Từ trần", None])
    sheet.merge_cells("C2:C3")
    out = BytesIO()
    book.save(out)
    marked = _back(out.getvalue())["Biến động"]
    assert marked["C2"].fill.fgColor.rgb == fills()["error"]
