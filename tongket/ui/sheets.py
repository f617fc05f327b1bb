"""The one way in which a list leaves as an Excel workbook: all rows, text as text, never a formula.

``write()`` of XlsxWriter would turn a text that starts with "=" into a live formula; only ``write_string``,
``write_number`` and ``write_datetime`` are used here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any, Literal

import xlsxwriter
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import XlsxWriterException

from tongket.core.dates import format_date
from tongket.core.numbers import format_number
from tongket.core.text import fold

Kind = Literal["text", "int", "number", "percent", "date", "moment"]

#: Number formats as Excel keeps them; Excel shows them with the separators of the user's own Windows.
FORMATS: dict[Kind, str] = {
    "text": "@",
    "int": "#,##0",
    "number": "#,##0.00",
    "percent": '#,##0.00"%"',
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
}
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_576 - 4  # what a sheet of Excel holds under our four heading rows
_MAX_TEXT = 32_767  # letters that a cell of Excel holds
_MAX_NAME = 120  # of a file, with room for the folder that it is put in
_MAX_SHEET = 31  # letters in the name of a sheet, as Excel has it
_RESERVED = "history"  # a sheet of this name Excel takes for its own, and calls the file damaged


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
    formats = [_format(book, column.kind) for column in columns]
    whole = _format(book, "int")
    last = 3
    for last, row in enumerate(part.rows, start=4):
        if last - 4 >= MAX_ROWS:
            said = _("Danh sách dài hơn %(rows)s dòng của một trang Excel; hãy lọc bớt.")
            raise TooManyRows(said % {"rows": format_number(MAX_ROWS)})
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            style = whole if column.kind == "number" and _is_whole(value) else formats[place]
            if value is None or value == "":
                sheet.write_blank(last, place, None, style)
            else:
                write_cell(sheet, last, place, value, column.kind, style)
    if columns:
        sheet.autofilter(3, 0, max(last, 3), len(columns) - 1)


#: Around every cell, so that columns stay apart on paper.
_LINES = {"border": 1, "border_color": "#D9D4D2"}


def _format(book: Any, kind: Kind) -> Any:
    """The look of a column's cells: long texts go on below, so that no neighbour hides them."""
    look = {"num_format": FORMATS[kind], "valign": "top", "text_wrap": kind == "text", **_LINES}
    return book.add_format(look | {"align": "center"} if kind in ("date", "moment") else look)


def _is_whole(value: Any) -> bool:
    """Whether a number has no decimals to show; Excel would write a format with room for them as `3.724,`."""
    return isinstance(value, int | float | Decimal) and value == value // 1


def file_name(title: str, ending: str = "xlsx") -> str:
    """What a download is called: its title without diacritics, which reaches every office's machine unharmed."""
    return f"{slugify(fold(title))[:_MAX_NAME].strip('-') or 'danh-sach'}.{ending}"


def _new_name(title: str, names: set[str]) -> str:
    """A sheet's name that none before it has; Excel tells no capitals apart."""
    name = plain = sheet_name(title)
    number = 1
    while name.casefold() in names:
        number += 1
        ending = f" ({number})"
        name = plain[: 31 - len(ending)] + ending
    names.add(name.casefold())
    return name


def write_cell(sheet: Any, row: int, place: int, value: Any, kind: Kind, style: Any = None) -> None:
    """Write one value by its own type; text stays text whatever its first letter."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, place, _("Có") if value else _("Không"), style)
    elif isinstance(value, int | float | Decimal) and kind != "text":
        sheet.write_number(row, place, value, style)
    elif kind == "text" and isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_string(row, place, format_date(value), style)
    elif isinstance(value, datetime):
        local = timezone.make_naive(value) if timezone.is_aware(value) else value
        sheet.write_datetime(row, place, local.replace(microsecond=0), style)
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, place, datetime.combine(value, time.min), style)
    else:
        sheet.write_string(row, place, _text(value), style)


def _text(value: Any) -> str:
    """A text as far as a cell holds it; what is left out is said."""
    text = str(value)
    if len(text) <= _MAX_TEXT:
        return text
    said = _("… (còn %(count)s chữ, quá sức chứa của một ô)") % {
        "count": format_number(len(text) - _MAX_TEXT)
    }
    return text[: _MAX_TEXT - len(said)] + said


def sheet_name(title: str) -> str:
    """`title` without the characters that a sheet's name may not hold, at most 31 long."""
    name = "".join(letter if letter.isprintable() and letter not in "[]:*?/\\" else " " for letter in title)
    plain = name.strip("' ")
    if len(plain) > _MAX_SHEET:  # cut between words where there is a space to cut at
        whole = plain[: _MAX_SHEET + 1].rpartition(" ")[0]
        plain = whole if len(whole) > _MAX_SHEET // 2 else plain[:_MAX_SHEET]
    plain = plain.strip("' ")
    return _("Danh sách") if not plain else f"{plain}_" if plain.casefold() == _RESERVED else plain


def _write_heading(book: Any, sheet: Any, title: str, filter_text: str, columns: Sequence[Column]) -> None:
    big = book.add_format({"bold": True, "font_size": 14})
    small = book.add_format(
        {"italic": True, "font_color": "#555555", "text_wrap": len(columns) > 1, "valign": "top"}
    )
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
    made = _("lập lúc %(when)s") % {"when": timezone.localtime().strftime("%H:%M %d/%m/%Y")}
    said = " · ".join(part for part in (filter_text, made) if part)
    if len(columns) > 1:  # as wide as the table, so that a long choice is printed whole
        sheet.merge_range(1, 0, 1, len(columns) - 1, "", small)
        lines = ceil(len(said) * 1.05 / sum(column.width for column in columns))
        sheet.set_row(1, 15 * min(max(lines, 1), 20))
    sheet.write_string(1, 0, said, small)
    for place, column in enumerate(columns):
        sheet.write_string(3, place, column.header, head)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.set_footer("&C&9&P/&N")
