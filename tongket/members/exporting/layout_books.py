"""The workbooks of both layouts. Text is written as text whatever it begins with; nothing is a formula or a link."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils import timezone

from tongket.core.codelists import ETHNICITY, RELIGION
from tongket.core.identity import CCCD_PROVINCES
from tongket.members.exporting.people import Known, values_of
from tongket.members.layouts import (
    COUNTRY,
    FIRST_ROW,
    GROUP_ROW,
    HEADER_ROW,
    LISTS,
    MADE_ROW,
    NATIONAL,
    NATIONAL_SHEET,
    NOTE_ROW,
    SHORT,
    TITLE_ROW,
    LayoutColumn,
)
from tongket.ui.sheets import Column, list_workbook, write_cell

_NOTE = (
    "Ghi chú: cột có dấu * là bắt buộc. Số định danh cá nhân, số thẻ Đảng, số CMND cũ ở dạng văn bản (Text) để giữ "
    "số 0 ở đầu. Ngày viết dd/MM/yyyy; chỉ biết năm sinh thì ghi năm. Ô trống là chưa có thông tin."
)


def national_workbook(people: Iterable[Known], *, title: str, chosen: str) -> bytes:
    """The "file nhập liệu 4.0": two rows of headings, people from row 8, hidden lists of codes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": title[:255], "author": "", "comments": ""})
    sheet = book.add_worksheet(NATIONAL_SHEET)
    _head(book, sheet, title, chosen)
    _headings(book, sheet, NATIONAL)
    styles = [book.add_format({"num_format": _FORMAT[column.kind]}) for column in NATIONAL]
    for row, known in enumerate(people, start=FIRST_ROW - 1):
        values = values_of(known, row - FIRST_ROW + 2)
        for place, (column, style) in enumerate(zip(NATIONAL, styles, strict=True)):
            kind: Any = "int" if column.kind == "number" else column.kind
            write_cell(sheet, row, place, values.get(column.field), kind, style)
    sheet.freeze_panes(HEADER_ROW, 3)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3: thirty-one columns
    sheet.fit_to_pages(2, 0)  # two wide: thirty-one columns on one page nobody reads
    sheet.repeat_rows(GROUP_ROW - 1, HEADER_ROW - 1)
    sheet.repeat_columns(0, 2)
    _lists(book)
    book.close()
    return buffer.getvalue()


_FORMAT = {"text": "@", "date": "dd/mm/yyyy", "number": "0"}


def _head(book: Any, sheet: Any, title: str, chosen: str) -> None:
    last = len(NATIONAL) - 1
    big = book.add_format({"bold": True, "font_size": 14, "align": "center"})
    small = book.add_format({"italic": True, "align": "center"})
    note = book.add_format({"italic": True, "font_color": "#555555", "text_wrap": True, "valign": "vcenter"})
    made = timezone.localtime().strftime("%H:%M %d/%m/%Y")
    said = "; ".join(part for part in (f"Ngày xuất dữ liệu: {made}", chosen) if part)
    for first, until, text, style in (
        (TITLE_ROW, TITLE_ROW, title.upper(), big),
        (MADE_ROW, MADE_ROW, said, small),
        (NOTE_ROW, NOTE_ROW + 1, _NOTE, note),
    ):
        sheet.merge_range(first - 1, 0, until - 1, last, "", style)
        sheet.write_string(first - 1, 0, text, style)


def _headings(book: Any, sheet: Any, columns: Sequence[LayoutColumn]) -> None:
    look = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
    needed = book.add_format({**look, "bg_color": "#F1D3CE"})
    other = book.add_format({**look, "bg_color": "#F3EEEC"})
    groups: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        style = needed if column.required else other
        sheet.set_column(place, place, column.width)
        if column.group:
            groups.setdefault(column.group, []).append(place)
            sheet.write_string(HEADER_ROW - 1, place, column.header, style)
        else:
            sheet.merge_range(GROUP_ROW - 1, place, HEADER_ROW - 1, place, "", style)
            sheet.write_string(GROUP_ROW - 1, place, column.header, style)
    for text, places in groups.items():
        sheet.merge_range(GROUP_ROW - 1, places[0], GROUP_ROW - 1, places[-1], "", other)
        sheet.write_string(GROUP_ROW - 1, places[0], text, other)
    sheet.set_row(GROUP_ROW - 1, 26)
    sheet.set_row(HEADER_ROW - 1, 26)


def _lists(book: Any) -> None:
    """The hidden sheets from which the columns of codes choose."""
    rows = {
        "QUOCGIA": [("VN", COUNTRY)],
        "TINH": list(CCCD_PROVINCES.items()),
        "DANTOC": [(code.code, code.vi) for code in ETHNICITY.codes],
        "TONGIAO": [(code.code, code.vi) for code in RELIGION.codes],
    }
    for name in LISTS:
        sheet = book.add_worksheet(name)
        for number, pair in enumerate([("Mã", "Tên"), *rows[name]]):
            for place, text in enumerate(pair):
                sheet.write_string(number, place, text)
        sheet.hide()


def short_workbook(people: Iterable[Known], *, title: str, chosen: str) -> bytes:
    """The list of nine columns, under the heading that every list of ours has."""
    columns = [
        Column(column.header, column.width, "int" if column.kind == "number" else _KIND[column.kind])
        for column in SHORT
    ]
    rows = []
    for number, known in enumerate(people, start=1):
        values = values_of(known, number)
        rows.append([values.get(column.field) for column in SHORT])
    return list_workbook(title, chosen, columns, rows)


_KIND: dict[str, Any] = {"text": "text", "date": "date"}
