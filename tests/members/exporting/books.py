"""Reading what was exported as another system would: headings found by name, two rows of them joined."""

import io
from datetime import datetime
from typing import Any

import openpyxl

from tongket.members.layouts import FIRST_ROW, GROUP_ROW, HEADER_ROW, NATIONAL, LayoutColumn


def opened(content: bytes) -> Any:
    """The workbook."""
    return openpyxl.load_workbook(io.BytesIO(content))


def headings(sheet: Any) -> list[tuple[str, str]]:
    """(group, heading) of each column of the two-row header; a merged cell speaks for all it covers."""
    covered = {}
    for span in sheet.merged_cells.ranges:
        first = sheet.cell(span.min_row, span.min_col).value
        for row in range(span.min_row, span.max_row + 1):
            for column in range(span.min_col, span.max_col + 1):
                covered[row, column] = first
    found = []
    for place in range(1, sheet.max_column + 1):
        upper, lower = (
            covered.get((row, place), sheet.cell(row, place).value) for row in (GROUP_ROW, HEADER_ROW)
        )
        found.append(("" if upper == lower else upper, lower))
    return found


def column_of(group: str, header: str) -> LayoutColumn:
    """The declared column that bears these headings."""
    return next(one for one in NATIONAL if (one.group, one.header) == (group, header))


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The people of the layout 4.0 by field, dates as dates, blanks missing."""
    fields = [column_of(*pair).field for pair in headings(sheet)]
    rows = []
    for cells in sheet.iter_rows(min_row=FIRST_ROW, values_only=True):
        said = {
            name: value.date() if isinstance(value, datetime) else value
            for name, value in zip(fields, cells, strict=True)
            if value is not None
        }
        if said:
            rows.append(said)
    return rows
