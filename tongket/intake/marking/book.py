"""Writing findings into a workbook: fill and comment of a cell, and a sheet in front that sums up. Plain openpyxl.

The former fills stand hidden in that sheet, so our marks come off when the corrected file is checked again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from tongket.core.text import fold
from tongket.intake.cells import ErrorCell
from tongket.intake.rows.findings import Finding, Weight
from tongket.intake.tables import SUMMARY

AUTHOR = "Tổng kết"
FILLS: dict[Weight, str] = {"error": "FFF4B6AE", "warning": "FFFCE4A8", "notice": "FFD5E5F5"}

_WORDS: dict[Weight, str] = {"error": "LỖI", "warning": "XEM LẠI", "notice": "GHI CHÚ"}
_ORDER: tuple[Weight, ...] = ("error", "warning", "notice")
_MARK = "── Tổng kết ──"
_NO_TITLE = re.compile(r"[\\/*?:\[\]]")
_HEAD = ("Mức", "Trang", "Ô", "Cột", "Giá trị", "Vì sao", "Gợi ý sửa")
_COUNTED = ("Trang", "Mới", "Thay đổi", "Đã có", "Không nhận", "Cần xem lại")
_WIDTHS = (10, 20, 9, 26, 26, 80, 26)
_HIDDEN_FROM = 9  # column I: sheet, cell and former fill of every cell that we coloured
_AGAIN = "Sửa ngay tại các ô tô màu rồi tải tệp này lên lại; trang này được bỏ qua khi đọc."


@dataclass(frozen=True, slots=True)
class Facts:
    """What is to be written: the lines on top, the counts by sheet, the findings."""

    file_name: str
    lines: Sequence[str]
    counts: Sequence[Sequence[Any]]
    findings: Sequence[Finding]


def write_marks(book: Any, facts: Facts) -> bytes:
    """The workbook with earlier marks taken off and these put on."""
    _take_marks_off(book)
    former = _mark(book, facts.findings)
    _sum_up(book, facts, former)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(address: str) -> int:
    """7 for 'B7', 0 for no address."""
    digits = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdecimal() else 0


def put(cell: Any, value: Any) -> None:
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


def title_of(name: str) -> str:
    """A name as Excel allows it for a sheet."""
    return _printable(_NO_TITLE.sub(" ", name)).strip(" '")[:31]


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)[:32_000]


def _sheet(book: Any, name: str) -> Worksheet | None:
    found = next((s for s in book.worksheets if fold(s.title) in (fold(name), fold(title_of(name)))), None)
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
        cell.fill = PatternFill("solid", fgColor=FILLS[worst])
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
    if fill.tagname != PatternFill.tagname or not fill.fill_type:  # a proxy, so its class says nothing
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
        if sheet is None or not row_of(address):
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


def _sum_up(book: Any, facts: Facts, former: Sequence[tuple[str, str, str]]) -> None:
    sheet = book.create_sheet(SUMMARY, 0)
    bold, wrap = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet["A1"] = f"{SUMMARY} tệp {_printable(facts.file_name)}"
    sheet["A1"].font = Font(bold=True, size=14)
    number = 1
    for text in (*facts.lines, _AGAIN, ""):
        number += 1
        sheet.cell(number, 1, text)
    for line in (_COUNTED, *facts.counts, (), _HEAD):
        number += 1
        for place, value in enumerate(line, start=1):
            cell = sheet.cell(number, place, value)
            if line in (_COUNTED, _HEAD):
                cell.font = bold
    for finding in sorted(facts.findings, key=lambda f: _ORDER.index(f.severity)):
        number += 1
        _finding_line(book, sheet, number, finding, wrap)
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFG"[place]].width = width
    for number, line in enumerate(former, start=1):
        for place, text in enumerate(line, start=_HIDDEN_FROM):
            put(sheet.cell(number, place), text)
    for letters in "IJK":
        sheet.column_dimensions[letters].hidden = True
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


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
        put(cell, text)
        cell.alignment = wrap
    sheet.cell(number, 1).fill = PatternFill("solid", fgColor=FILLS[finding.severity])
    target = _sheet(book, finding.sheet)
    if finding.cell and target is not None and target.title != sheet.title:
        quoted = target.title.replace("'", "''")
        link = sheet.cell(number, 3)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{finding.cell}")
        link.font = Font(underline="single", color="FF1F4E8C")
