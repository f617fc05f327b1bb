"""Workbooks for the tests of the front door, written by hand so that no part of the import writes its own exam."""

from io import BytesIO
from typing import Any

import xlsxwriter


def book(**sheets: list[list[Any]]) -> bytes:
    """A workbook; each sheet a list of rows from A1 on. Texts, numbers, dates as given; None leaves a cell blank."""
    return named({name.replace("_", " "): rows for name, rows in sheets.items()})


def named(sheets: dict[str, list[list[Any]]]) -> bytes:
    """The same with any sheet names."""
    buffer = BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        page = made.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None and value != "":
                    page.write(r, c, value, *([day] if hasattr(value, "year") else []))
    made.close()
    return buffer.getvalue()
