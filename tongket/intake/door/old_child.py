"""The process that parses an old workbook (.xls): bytes in, JSON out, with limits on memory and time.

Imports nothing of the product but `biff`: it starts quickly and holds nothing that could leak.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

MEMORY = 768 * 1024 * 1024
SECONDS = 30
MAX_ROWS, MAX_CELLS = 65_536, 3_000_000


def main() -> int:
    """Read from standard input, write to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_told(sys.stdin.buffer.read()), sys.stdout)
    return 0


def _told(content: bytes) -> dict[str, Any]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    from tongket.intake.door import biff

    if biff.is_encrypted(content):
        return {"refused": "password"}
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    beside = biff.beside(content)
    sheets, cells = [], 0
    for place, meta in enumerate(book.sheets_metadata):
        sheet = book.get_sheet_by_name(meta.name)
        cells += sheet.total_height * sheet.total_width
        if cells > MAX_CELLS:
            return {"refused": "large"}
        rows = [[_sent(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        also = beside[place] if place < len(beside) else biff.Beside()
        _put_errors(rows, also)
        merged = [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
        sheets.append(
            {
                "name": meta.name,
                "rows": rows,
                "hidden": meta.visible != SheetVisibleEnum.Visible,
                "hidden_rows": sorted(also.hidden_rows),
                "merged": merged,
            }
        )
    return {"sheets": sheets}


def _put_errors(rows: list[list[Any]], also: Any) -> None:
    for (row, column), text in also.errors.items():
        if column >= 256:
            continue
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = ["error", text]


def _sent(value: Any) -> Any:
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return ["time", _clock(value).isoformat()]
    return value


def _clock(value: timedelta) -> time:
    minutes, seconds = divmod(int(value.total_seconds()) % 86_400, 60)
    return time(*divmod(minutes, 60), seconds)
