"""The user's own workbook, given back with every finding in its cell.

Only fill and comment of a cell are touched, on a copy; a sheet in front sums up and lists every finding with a link.
The former fills stand hidden in that sheet, so our marks come off when the corrected file is checked again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import PurePath
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from tongket.core.text import fold
from tongket.intake.cells import ErrorCell
from tongket.intake.door.package import names, pack, unpack
from tongket.intake.door.page import BadWorkbook, Page
from tongket.intake.rehearse import Rehearsal
from tongket.intake.rows.findings import Finding, Weight
from tongket.intake.tables import SUMMARY
from tongket.intake.workbook import open_workbook

#: Beyond this many cells a full copy would take a minute and a gigabyte: only the summary is given.
MAX_COPIED = 1_200_000
AUTHOR = "Tổng kết"

_FILLS: dict[Weight, str] = {"error": "FFF4B6AE", "warning": "FFFCE4A8", "notice": "FFD5E5F5"}
_WORDS: dict[Weight, str] = {"error": "LỖI", "warning": "XEM LẠI", "notice": "GHI CHÚ"}
_ORDER: tuple[Weight, ...] = ("error", "warning", "notice")
_MARK = "── Tổng kết ──"
_NO_TITLE = re.compile(r"[\\/*?:\[\]]")
_HEAD = ("Mức", "Trang", "Ô", "Cột", "Giá trị", "Vì sao", "Gợi ý sửa")
_WIDTHS = (10, 20, 9, 26, 26, 80, 26)
_HIDDEN_FROM = 9  # column I: sheet, cell and former fill of every cell that we coloured
_UNREADABLE = "Định dạng của tệp gốc không đọc được nên không giữ được; nội dung các ô giữ nguyên."
_NOT_COPIED = ("vbaproject", "externallinks/", "activex/", "embeddings/", "ctrlprops/")


def returned(content: bytes, file_name: str, told: Rehearsal) -> bytes:
    """The workbook (.xlsx) with the findings in place. Raises `BadWorkbook` for what is no workbook."""
    pages = open_workbook(content, file_name)
    book, note = _copy(content, pages, told)
    try:
        return _written(book, told, file_name, note)
    except Exception:  # openpyxl reads some workbooks that it cannot write again
        return _written(_rebuilt(pages, None), told, file_name, _UNREADABLE)


def _written(book: Any, told: Rehearsal, file_name: str, note: str) -> bytes:
    _take_marks_off(book)
    former = _mark(book, told.findings)
    _sum_up(book, told, former, PurePath(file_name).name, note)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _copy(content: bytes, pages: Sequence[Page], told: Rehearsal) -> tuple[Any, str]:
    """The user's workbook to be written into, and what to tell when it is not the very one."""
    if sum(len(row) for page in pages for row in page.rows) > MAX_COPIED:
        return _rebuilt(pages, {(f.sheet, _row_of(f.cell)) for f in told.findings}), (
            "Tệp rất lớn: dưới đây chỉ có các dòng cần sửa, mỗi dòng đứng đúng số hàng của nó."
        )
    if not content.startswith(b"PK") or "xl/workbook.xml" not in (inside := names(content)):
        return _rebuilt(
            pages, None
        ), "Tệp gốc không phải .xlsx nên định dạng không giữ được; nội dung các ô giữ nguyên."
    try:
        # Parts that could act or point elsewhere stay out; the rest passed the same checks as at the door.
        parts = unpack(content, lambda name: not any(word in name.lower() for word in _NOT_COPIED))
        book = load_workbook(BytesIO(pack(parts)), keep_vba=False, keep_links=False)
    except BadWorkbook:
        raise
    except Exception:  # openpyxl fails in many ways on parts that we do not need
        return _rebuilt(pages, None), _UNREADABLE
    lost = "vbaproject" in " ".join(inside).lower()
    return book, "Macro trong tệp không được giữ lại." if lost else ""


def _rebuilt(pages: Sequence[Page], only: set[tuple[str, int]] | None) -> Any:
    """A plain workbook of the values that the door read; with `only`, those rows and the first twenty."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, page in enumerate(pages, start=1):
        sheet = book.create_sheet(_title(page.name) or f"Trang {number}")
        for index, cells in enumerate(page.rows, start=1):
            if only is not None and index > 20 and (page.name, index) not in only:
                continue
            for place, value in enumerate(cells, start=1):
                if value is not None and value != "":
                    _put(sheet.cell(index, place), value)
        if page.hidden and number > 1:
            sheet.sheet_state = "hidden"
    return book


def _title(name: str) -> str:
    """A name as Excel allows it for a sheet."""
    return _printable(_NO_TITLE.sub(" ", name)).strip(" '")[:31]


def _put(cell: Any, value: Any) -> None:
    """Texts stay texts, also those that begin like a formula."""
    if isinstance(value, ErrorCell):
        cell.value, cell.data_type = value.text, "s"
    elif isinstance(value, str):
        cell.value, cell.data_type = _printable(value), "s"
        cell.number_format = "@"
    else:
        cell.value = value
        if hasattr(value, "year"):
            cell.number_format = "dd/mm/yyyy"


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)[:32_000]


def _row_of(address: str) -> int:
    digits = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else 0


def _sheet(book: Any, name: str) -> Worksheet | None:
    found = next((s for s in book.worksheets if fold(s.title) in (fold(name), fold(_title(name)))), None)
    if found is None and len(book.worksheets) == 1:
        found = book.worksheets[0]
    return found


def _cell(sheet: Worksheet, address: str) -> Cell | None:
    """The cell of an address; of a merged area its first, which is the one that is seen."""
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        area = next((a for a in sheet.merged_cells.ranges if address in a), None)
        cell = sheet.cell(area.min_row, area.min_col) if area is not None else cell
    return cell if isinstance(cell, Cell) else None


def _mark(book: Any, findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """Colour and comment the cells; what their fills were before."""
    by_cell: dict[tuple[str, str], tuple[Cell, list[Finding]]] = {}
    for finding in findings:
        sheet = _sheet(book, finding.sheet) if finding.cell else None
        cell = _cell(sheet, finding.cell) if sheet is not None else None
        if sheet is not None and cell is not None:
            by_cell.setdefault((sheet.title, cell.coordinate), (cell, []))[1].append(finding)
    former = []
    for (name, address), (cell, found) in by_cell.items():
        former.append((name, address, _kept(cell.fill)))
        worst = min((f.severity for f in found), key=_ORDER.index)
        cell.fill = PatternFill("solid", fgColor=_FILLS[worst])
        own = cell.comment.text.rstrip() if cell.comment else ""
        ours = "\n".join(f"{_WORDS[f.severity]}: {f.message}{_hint(f)}" for f in found)
        comment = Comment(_printable(f"{own}\n{_MARK}\n{ours}".lstrip()), AUTHOR)
        comment.width, comment.height = 340, min(60 + 36 * len(found) + len(own), 400)
        cell.comment = comment
    return former


def _hint(finding: Finding) -> str:
    return f" Gợi ý: {finding.fix}" if finding.fix else ""


def _kept(fill: Any) -> str:
    """A plain fill as text: pattern, then kind and value of its colour; "" for none."""
    if not isinstance(fill, PatternFill) or not fill.fill_type:
        return ""
    colour = fill.fgColor
    return f"{fill.fill_type}|{colour.type}|{colour.value}|{colour.tint or 0}"


def _fill(kept: str) -> PatternFill:
    parts = kept.split("|")
    if len(parts) != 4:
        return PatternFill()
    pattern, kind, value, tint = parts
    told: dict[str, Any] = {kind: int(value) if kind in ("theme", "indexed") else value}
    plain: Any = pattern
    return PatternFill(plain, fgColor=Color(tint=float(tint), **told))


def _take_marks_off(book: Any) -> None:
    """What an earlier check left: comments, fills, the summary sheet."""
    summary = next((s for s in book.worksheets if fold(s.title) == fold(SUMMARY)), None)
    if summary is None or len(book.worksheets) == 1 or not str(summary["A1"].value or "").startswith(SUMMARY):
        return
    for row in summary.iter_rows(min_row=1, min_col=_HIDDEN_FROM, max_col=_HIDDEN_FROM + 2, values_only=True):
        name, address, kept = ("" if value is None else str(value) for value in row)
        sheet = next((s for s in book.worksheets if s.title == name), None)
        if sheet is None or not _row_of(address):
            continue
        try:
            cell = _cell(sheet, address)
            if cell is not None:
                cell.fill = _fill(kept)
        except (ValueError, TypeError, AttributeError):  # somebody wrote into our hidden columns
            continue
        if cell is not None and cell.comment is not None and _MARK in cell.comment.text:
            own = cell.comment.text.split(_MARK)[0].rstrip()
            cell.comment = Comment(own, cell.comment.author or "") if own else None
    book.remove(summary)


def _sum_up(
    book: Any, told: Rehearsal, former: Sequence[tuple[str, str, str]], file_name: str, note: str
) -> None:
    sheet = book.create_sheet(SUMMARY, 0)
    bold, wrap = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet["A1"] = f"Kết quả kiểm tra tệp {_printable(file_name)}"
    sheet["A1"].font = Font(bold=True, size=14)
    lines = [
        _said(told),
        *([note] if note else []),
        "Sửa ngay tại các ô tô màu rồi tải tệp này lên lại; trang này được bỏ qua khi đọc.",
    ]
    for number, text in enumerate(lines, start=2):
        sheet.cell(number, 1, text)
    number = len(lines) + 3
    number = _table(
        sheet,
        number,
        ("Trang", "Mới", "Thay đổi", "Đã có", "Không nhận", "Cần xem lại"),
        _counted(told),
        bold,
    )
    number += 1
    for place, text in enumerate(_HEAD, start=1):
        sheet.cell(number, place, text).font = bold
    for finding in sorted(told.findings, key=lambda f: _ORDER.index(f.severity)):
        number += 1
        _finding_line(book, sheet, number, finding, wrap)
    for place, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions["ABCDEFG"[place - 1]].width = width
    for number, line in enumerate(former, start=1):
        for place, text in enumerate(line, start=_HIDDEN_FROM):
            _put(sheet.cell(number, place), text)
    for letters in "IJK":
        sheet.column_dimensions[letters].hidden = True
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _said(told: Rehearsal) -> str:
    if told.ok:
        return f"Đọc được {told.rows} dòng, không có lỗi, {len(told.warnings)} điều cần xem lại."
    return f"Đọc được {told.rows} dòng, có {len(told.errors)} lỗi, {len(told.warnings)} điều cần xem lại. Chưa ghi gì."


def _counted(told: Rehearsal) -> list[tuple[Any, ...]]:
    return [(s, c.new, c.changed, c.same, c.refused, c.doubtful) for s, c in told.counts.items()]


def _table(sheet: Any, number: int, head: Sequence[str], rows: Sequence[Sequence[Any]], bold: Font) -> int:
    for place, text in enumerate(head, start=1):
        sheet.cell(number, place, text).font = bold
    for line in rows:
        number += 1
        for place, value in enumerate(line, start=1):
            sheet.cell(number, place, value)
    return number + 1


def _finding_line(book: Any, sheet: Any, number: int, finding: Finding, wrap: Alignment) -> None:
    texts = (
        _WORDS[finding.severity],
        finding.sheet,
        finding.cell,
        finding.header,
        finding.value,
        finding.message,
        finding.fix,
    )
    for place, text in enumerate(texts, start=1):
        cell = sheet.cell(number, place)
        _put(cell, text)
        cell.alignment = wrap
    sheet.cell(number, 1).fill = PatternFill("solid", fgColor=_FILLS[finding.severity])
    target = _sheet(book, finding.sheet)
    if finding.cell and target is not None and target.title != sheet.title:
        quoted = target.title.replace("'", "''")
        link = sheet.cell(number, 3)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{finding.cell}")
        link.font = Font(underline="single", color="FF1F4E8C")


def fills() -> Mapping[Weight, str]:
    """The colours of the three weights, for the page and the tests."""
    return dict(_FILLS)
