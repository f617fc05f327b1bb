"""The workbooks that an office fills: one a kind, with lists to choose from, notes on every column and an example row.

The same writer fills them with rows, so that whatever it writes, the import reads.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from tongket.intake.columns import Column, Kind, Sheet
from tongket.intake.kinds import KINDS
from tongket.intake.tables import NUMBER_HEADER

GUIDE = "Hướng dẫn"
_LISTS = "Danh mục"
HEADER_ROW = 3  # counted from 0: title, note, blank, headers
_FIRST = HEADER_ROW + 1
_VALIDATED = 20_000

Filled = Mapping[str, Sequence[Mapping[str, Any]]]


def write_templates(out: Path) -> list[Path]:
    """Write an empty workbook for every kind into a folder; returns the files."""
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for number, kind in enumerate(KINDS.values(), start=1):
        path = out / f"{number:02d}-{kind.name}.xlsx"
        path.write_bytes(template(kind))
        files.append(path)
    return files


def template(kind: Kind) -> bytes:
    """The empty workbook of a kind, with an example row that the import passes over."""
    return _workbook(kind, {})


def filled(kind: Kind, rows: Filled) -> bytes:
    """The workbook of a kind with rows: by sheet title, each row a mapping of draft fields to values."""
    return _workbook(kind, rows)


def _workbook(kind: Kind, rows: Filled) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # The same rows give the same bytes on any day.
    book.set_properties({"title": kind.title, "author": "", "created": datetime(2024, 1, 1)})  # noqa: DTZ001
    styles = _styles(book)
    lists = _Lists()
    for sheet in kind.sheets:
        _write_sheet(book, kind, sheet, rows.get(sheet.title), styles, lists)
    _write_guide(book, kind, styles)
    lists.write(book)
    book.close()
    return buffer.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#B9B2AF"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"italic": True, "font_color": "#555555"}),
        "required": book.add_format({**head, "bg_color": "#F1D3CE"}),
        "optional": book.add_format({**head, "bg_color": "#F3EEEC"}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "number": book.add_format({"num_format": "General"}),
        "example": book.add_format({"italic": True, "font_color": "#777777", "num_format": "@"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


class _Lists:
    """The code lists that the columns choose from, on one hidden sheet."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], int] = {}

    def source(self, texts: tuple[str, ...]) -> str:
        place = self.columns.setdefault(texts, len(self.columns))
        name = xlsxwriter.utility.xl_col_to_name(place)
        return f"='{_LISTS}'!${name}$1:${name}${len(texts)}"

    def write(self, book: Any) -> None:
        if not self.columns:
            return
        sheet = book.add_worksheet(_LISTS)
        for texts, place in self.columns.items():
            for row, text in enumerate(texts):
                sheet.write_string(row, place, text)
        sheet.hide()


def _write_sheet(
    book: Any,
    kind: Kind,
    sheet: Sheet,
    rows: Sequence[Mapping[str, Any]] | None,
    styles: dict[str, Any],
    lists: _Lists,
) -> None:
    page = book.add_worksheet(sheet.title)
    page.write_string(0, 0, f"{kind.title}: {sheet.title}", styles["title"])
    page.write_string(1, 0, f"Cột có dấu * bắt buộc. {sheet.help}".strip(), styles["note"])
    page.write_string(HEADER_ROW, 0, NUMBER_HEADER, styles["optional"])
    page.set_column(0, 0, 6)
    for place, column in enumerate(sheet.columns, start=1):
        head = column.header + (" *" if column.required else "")
        page.write_string(HEADER_ROW, place, head, styles["required" if column.required else "optional"])
        page.set_column(place, place, column.width, styles[_style(column)])
        if column.help:
            page.write_comment(HEADER_ROW, place, column.help)
        if column.codes is not None:
            texts = tuple(code.vi for code in column.codes.codes)
            page.data_validation(
                _FIRST,
                place,
                _VALIDATED,
                place,
                {
                    "validate": "list",
                    "source": lists.source(texts),
                    "error_type": "warning",
                    "error_message": "Hãy chọn một mục trong danh sách.",
                },
            )
    page.freeze_panes(_FIRST, 3)
    if rows is None:
        page.write_string(_FIRST, 0, "VD", styles["example"])
        for place, column in enumerate(sheet.columns, start=1):
            if column.example:
                page.write_string(_FIRST, place, column.example, styles["example"])
        page.write_comment(_FIRST, 0, "Dòng ví dụ: không được nhập. Có thể xóa.")
        return
    _write_rows(page, sheet, rows, styles)


def _style(column: Column) -> str:
    return {"date": "date", "birth": "date", "int": "number", "decimal": "number"}.get(column.type, "text")


def _write_rows(page: Any, sheet: Sheet, rows: Sequence[Mapping[str, Any]], styles: dict[str, Any]) -> None:
    columns = [
        (
            place,
            column.field,
            styles[_style(column)],
            {c.code: c.vi for c in column.codes.codes} if column.codes else {},
        )
        for place, column in enumerate(sheet.columns, start=1)
    ]
    for number, row in enumerate(rows, start=1):
        line = HEADER_ROW + number
        page.write_number(line, 0, number)
        for place, name, style, labels in columns:
            value = row.get(name)
            if value is not None and value != "":
                _write_cell(page, line, place, labels.get(value, value) if labels else value, style)


def _write_cell(page: Any, line: int, place: int, value: Any, style: Any) -> None:
    if isinstance(value, bool):
        page.write_string(line, place, "Có" if value else "Không", style)
    elif isinstance(value, int | Decimal):
        page.write_number(line, place, value, style)
    elif isinstance(value, date):
        page.write_datetime(line, place, datetime.combine(value, time.min), style)
    else:
        page.write_string(line, place, str(value), style)


def _write_guide(book: Any, kind: Kind, styles: dict[str, Any]) -> None:
    page = book.add_worksheet(GUIDE)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 34)
    page.set_column(2, 2, 90)
    lines = [
        ("Thứ tự nhập", "", "; ".join(f"{n}. {k.title}" for n, k in enumerate(KINDS.values(), start=1))),
        ("Cách nhập", "", f"./run import {kind.name} TỆP.xlsx để xem trước; thêm --commit để ghi."),
        ("Ngày", "", "Viết ngày/tháng/năm, ví dụ 28/12/2023."),
        ("Số hiệu", "", "Số CCCD, số thẻ để ở dạng văn bản (Text) để không mất số 0 ở đầu."),
        ("Ô trống", "", "Được giữ là chưa biết; hệ thống không tự điền."),
    ]
    for sheet in kind.sheets:
        for column in sheet.columns:
            need = "bắt buộc. " if column.required else ""
            choices = f"Chọn: {'; '.join(c.vi for c in column.codes.codes)}." if column.codes else ""
            lines.append((sheet.title, column.header, f"{need}{column.help} {choices}".strip()))
    page.write_string(0, 0, kind.title, styles["title"])
    for number, line in enumerate(lines, start=2):
        for place, text in enumerate(line):
            page.write_string(number, place, text, styles["wrap"])
