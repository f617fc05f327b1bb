"""The one way in which a list leaves as an Excel workbook: all rows, text as text, never a formula.

``write()`` of XlsxWriter would turn a text that starts with "=" into a live formula; only ``write_string``,
``write_number`` and ``write_datetime`` are used here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Literal

import xlsxwriter
from django.utils import timezone
from xlsxwriter.exceptions import XlsxWriterException

Kind = Literal["text", "int", "number", "percent", "date", "moment"]

#: Number formats as Excel keeps them; Excel shows them with the separators of the user's own Windows.
FORMATS: dict[Kind, str] = {
    "text": "@",
    "int": "#,##0",
    "number": "#,##0.##",
    "percent": '#,##0.00"%"',
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
}
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_576 - 4  # what a sheet of Excel holds under our four heading rows
_MAX_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exported list: heading, width in characters, and how its cells are written."""

    header: str
    width: float = 18
    kind: Kind = "text"


class TooManyRows(ValueError):
    """The list is longer than a sheet of Excel; nothing is cut silently."""


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a workbook: its title, what was chosen in words, its columns and rows."""

    title: str
    filter_text: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def list_workbook(
    title: str, filter_text: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]
) -> bytes:
    """Return a workbook with all `rows` under a heading that says what was chosen and when.

    `filter_text` describes the choice in words ("" for all). A None or "" leaves its cell empty. Dates before
    1900, which Excel does not know, are written as text. Raises `TooManyRows` past the end of a sheet.
    """
    return lists_workbook(title, [Part(title, filter_text, columns, rows)])


def lists_workbook(title: str, parts: Iterable[Part]) -> bytes:
    """A workbook with a sheet for each of several lists; see `list_workbook`."""
    buffer = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": title[:255], "author": "", "comments": ""})
    names: set[str] = set()
    for part in parts:
        _write_part(book, part, names)
    try:
        book.close()
    except XlsxWriterException as error:  # pragma: no cover - a full disk
        raise OSError(str(error)) from error
    return buffer.getvalue()


def _write_part(book: Any, part: Part, names: set[str]) -> None:
    sheet = book.add_worksheet(_new_name(part.title, names))
    columns = part.columns
    _write_heading(book, sheet, part.title, part.filter_text, columns)
    formats = [book.add_format({"num_format": FORMATS[column.kind], "valign": "top"}) for column in columns]
    last = 3
    for last, row in enumerate(part.rows, start=4):
        if last - 4 >= MAX_ROWS:
            raise TooManyRows(f"Danh sách dài hơn {MAX_ROWS:,} dòng của một trang Excel; hãy lọc bớt.")
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            write_cell(sheet, last, place, value, column.kind, formats[place])
    if columns:
        sheet.autofilter(3, 0, max(last, 3), len(columns) - 1)


def _new_name(title: str, names: set[str]) -> str:
    """A sheet's name that none before it has; Excel tells no capitals apart."""
    name = plain = sheet_name(title)
    number = 1
    while name.casefold() in names:
        number += 1
        name = f"{plain[:27]} ({number})"
    names.add(name.casefold())
    return name


def write_cell(sheet: Any, row: int, place: int, value: Any, kind: Kind, style: Any = None) -> None:
    """Write one value by its own type; text stays text whatever its first letter."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, place, "Có" if value else "Không", style)
    elif isinstance(value, int | float | Decimal) and kind != "text":
        sheet.write_number(row, place, value, style)
    elif isinstance(value, datetime):
        local = timezone.make_naive(value) if timezone.is_aware(value) else value
        sheet.write_datetime(row, place, local.replace(microsecond=0), style)
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, place, datetime.combine(value, time.min), style)
    else:
        sheet.write_string(row, place, str(value)[:_MAX_TEXT], style)


def sheet_name(title: str) -> str:
    """`title` without the characters that a sheet's name may not hold, at most 31 long."""
    name = "".join(letter if letter.isprintable() and letter not in "[]:*?/\\" else " " for letter in title)
    return name.strip("' ")[:31].strip("' ") or "Danh sách"


def _write_heading(book: Any, sheet: Any, title: str, filter_text: str, columns: Sequence[Column]) -> None:
    big = book.add_format({"bold": True, "font_size": 14})
    small = book.add_format({"italic": True, "font_color": "#555555"})
    head = book.add_format(
        {
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "bg_color": "#F3E9E7",
            "bottom": 1,
            "border_color": "#B9B2AF",
        }
    )
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.write_string(0, 0, title, big)
    made = timezone.localtime().strftime("%H:%M %d/%m/%Y")
    sheet.write_string(1, 0, " · ".join(part for part in (filter_text, f"lập lúc {made}") if part), small)
    for place, column in enumerate(columns):
        sheet.write_string(3, place, column.header, head)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
