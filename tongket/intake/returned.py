"""The user's own workbook, given back with every finding in its cell (`marking/`).

Only fill and comment of a cell are touched, on a copy. Where the file is no .xlsx, or openpyxl cannot write it again,
the values that the door read come back in a plain workbook.
"""

import subprocess  # nosec B404  # only the exception of core.process
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from openpyxl import Workbook

from tongket.core import process
from tongket.intake.door.package import pack, sizes, unpack
from tongket.intake.door.page import BadWorkbook, Page
from tongket.intake.marking.book import FILLS, Facts, put, row_of, title_of, write_marks
from tongket.intake.marking.child import packed
from tongket.intake.rehearse import Rehearsal
from tongket.intake.rows.findings import Weight
from tongket.intake.workbook import open_workbook

#: Beyond so many cells a full copy takes a minute and a gigabyte, in the process of its own and in ours.
MAX_COPIED, MAX_REBUILT = 1_200_000, 300_000

_CHILD = "tongket.intake.marking.child"
_NOT_XLSX = "Tệp gốc không phải .xlsx nên định dạng không giữ được; nội dung các ô giữ nguyên."
_UNREADABLE = "Định dạng của tệp gốc không đọc được nên không giữ được; nội dung các ô giữ nguyên."
_LARGE = "Tệp rất lớn: dưới đây chỉ có các dòng cần sửa, mỗi dòng đứng đúng số hàng của nó."
_NO_MACROS = "Macro trong tệp không được giữ lại."
_NOT_COPIED = ("vbaproject", "externallinks/", "activex/", "embeddings/", "ctrlprops/")
_KEPT_ROWS = 20  # of a large file, so that the header is there


def returned(content: bytes, file_name: str, told: Rehearsal) -> bytes:
    """The workbook (.xlsx) with the findings in place. Raises `BadWorkbook` for what is no workbook."""
    pages = open_workbook(content, file_name)
    cells = sum(len(row) for page in pages for row in page.rows)
    note = _NOT_XLSX
    inside = sizes(content)
    if "xl/workbook.xml" in inside and cells <= MAX_COPIED:
        macros = any("vbaproject" in name.lower() for name in inside)
        marked = _copied(content, _facts(told, file_name, _NO_MACROS if macros else ""))
        if marked:
            return marked
        note = _UNREADABLE
    only = None
    if cells > MAX_REBUILT:
        note, only = _LARGE, {(f.sheet, row_of(f.cell)) for f in told.findings}
    return write_marks(_rebuilt(pages, only), _facts(told, file_name, note))


def fills() -> Mapping[Weight, str]:
    """The colours of the three weights."""
    return dict(FILLS)


def _facts(told: Rehearsal, file_name: str, note: str) -> Facts:
    said = f"Đọc được {told.rows} dòng, có {len(told.errors)} lỗi, {len(told.warnings)} điều cần xem lại."
    lines = [said + ("" if told.ok else " Chưa ghi gì."), *([note] if note else [])]
    counts = [(s, c.new, c.changed, c.same, c.refused, c.doubtful) for s, c in told.counts.items()]
    return Facts(PurePath(file_name).name, lines, counts, told.findings)


def _copied(content: bytes, facts: Facts) -> bytes:
    """The user's own file, marked; nothing when that cannot be done."""
    # Parts that could act or point elsewhere stay out; the rest passes the same checks as at the door.
    try:
        parts = unpack(content, lambda name: not any(word in name.lower() for word in _NOT_COPIED))
        ended = process.run(_CHILD, packed(facts, pack(parts).getvalue()))
    except (BadWorkbook, subprocess.TimeoutExpired):
        return b""
    return ended.stdout if ended.returncode == 0 and ended.stdout.startswith(b"PK") else b""


def _rebuilt(pages: Sequence[Page], only: set[tuple[str, int]] | None) -> Any:
    """A plain workbook of the values that the door read; with `only`, those rows and the first ones."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, page in enumerate(pages, start=1):
        sheet = book.create_sheet(title_of(page.name) or f"Trang {number}")
        for index, cells in enumerate(page.rows, start=1):
            if only is not None and index > _KEPT_ROWS and (page.name, index) not in only:
                continue
            for place, value in enumerate(cells, start=1):
                if value is not None and value != "":
                    put(sheet.cell(index, place), value)
        if page.hidden and number > 1:
            sheet.sheet_state = "hidden"
    return book
