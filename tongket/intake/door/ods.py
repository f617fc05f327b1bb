"""Workbooks of LibreOffice (.ods). Read here and not by a library: a repeat can say a billion cells in one line, and
each is measured before it is written out.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # nosec B405  # types only; defusedxml parses

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from tongket.intake.cells import ErrorCell
from tongket.intake.door.package import unpack
from tongket.intake.door.page import MAX_CELLS, MAX_COLUMN, MAX_ROW, Area, BadWorkbook, Page, letter, too_far

UNREADABLE = "Không đọc được nội dung tệp .ods. Hãy mở tệp, lưu lại thành .xlsx rồi thử lại."

_PARTS = frozenset({"content.xml", "META-INF/manifest.xml"})
_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_URN}{n}:1.0}}" for n in ("table", "office", "text", "style"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ROW, _SHEET, _PARAGRAPH = f"{_TABLE}table-row", f"{_TABLE}table", f"{_TEXT}p"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_TIME = re.compile(r"PT(\d+)H(\d+)M(\d+)")
_NUMBERS = frozenset({"float", "percentage", "currency"})


def read_ods(content: bytes) -> list[Page]:
    """The visible and hidden sheets of a workbook. Raises `BadWorkbook`."""
    parts = unpack(content, _PARTS.__contains__)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise BadWorkbook("Tệp đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.")
    if "content.xml" not in parts:
        raise BadWorkbook("Tệp không phải là bảng tính (.ods). Hãy chọn đúng tệp.")
    try:
        return _Reading().pages(parts["content.xml"])
    except BadWorkbook:
        raise
    except (ParseError, DefusedXmlException, ArithmeticError, LookupError, ValueError) as error:
        raise BadWorkbook(UNREADABLE) from error


class _Reading:
    """One pass over the content, each row thrown away once it is read."""

    def __init__(self) -> None:
        self.cells = 0
        self.hidden_styles: set[str] = set()

    def pages(self, data: bytes) -> list[Page]:
        found: list[Page] = []
        lines, depth = _Lines(), 0
        for event, node in iterparse(BytesIO(data), events=("start", "end")):
            if event == "start" and node.tag == _SHEET:
                depth += 1
                if depth == 1:
                    found.append(Page("", [], merged=()))
                    lines = _Lines()
            elif event == "end" and node.tag == f"{_STYLE}style":
                self._style(node)
            elif event == "end" and node.tag == _ROW and depth == 1:
                self._row(node, lines)
                node.clear()
            elif event == "end" and node.tag == _SHEET:
                depth -= 1
                if depth == 0:
                    found[-1] = self._page(node, lines)
                    node.clear()
        return found

    def _style(self, node: Element) -> None:
        if any(part.get(f"{_TABLE}display") == "false" for part in node):
            self.hidden_styles.add(node.get(f"{_STYLE}name", ""))

    def _page(self, node: Element, lines: "_Lines") -> Page:
        return Page(
            node.get(f"{_TABLE}name", ""),
            lines.rows,
            node.get(f"{_TABLE}style-name") in self.hidden_styles,
            frozenset(number for number in lines.hidden if number < len(lines.rows)),
            tuple(lines.merged),
        )

    def _row(self, node: Element, lines: "_Lines") -> None:
        repeats = _count(node, "number-rows-repeated")
        values = self._values(node, lines)
        hidden = node.get(f"{_TABLE}visibility") in ("collapse", "filter")
        if not values and not hidden:
            lines.place += repeats
            return
        if values:
            if lines.place + repeats > MAX_ROW:
                raise too_far(f"A{lines.place + repeats}")
            self.cells += len(values) * repeats + (lines.place - len(lines.rows))
            if self.cells > MAX_CELLS:
                raise BadWorkbook("Bảng tính có quá nhiều ô. Hãy xóa các dòng, cột thừa.")
            lines.rows.extend([] for _ in range(lines.place - len(lines.rows)))
            lines.rows.extend(list(values) for _ in range(repeats))
        if hidden:
            lines.hidden.update(range(lines.place, min(lines.place + repeats, MAX_ROW)))
        lines.place += repeats

    def _values(self, node: Element, lines: "_Lines") -> list[Any]:
        values: list[Any] = []
        place = 0
        for cell in node:
            if cell.tag not in _CELLS:
                continue
            repeats = _count(cell, "number-columns-repeated")
            value = _value(cell)
            if value != "":
                if place + repeats > MAX_COLUMN:
                    raise too_far(f"{letter(place + repeats - 1)}{lines.place + 1}")
                values.extend([""] * (place - len(values)))
                values.extend([value] * repeats)
            lines.span(cell, place)
            place += repeats
        return values


class _Lines:
    """The rows of one sheet as they gather; blank ones are written only when something follows."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self.hidden: set[int] = set()
        self.merged: list[Area] = []
        self.place = 0

    def span(self, cell: Element, column: int) -> None:
        wide = _count(cell, "number-columns-spanned")
        high = _count(cell, "number-rows-spanned")
        if (wide, high) != (1, 1):
            self.merged.append((self.place, column, self.place + high - 1, column + wide - 1))


def _count(node: Element, name: str) -> int:
    text = node.get(f"{_TABLE}{name}", "1")
    if not text.isdigit() or len(text) > 8:
        raise BadWorkbook(UNREADABLE)
    return max(int(text), 1)


def _value(cell: Element) -> Any:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if cell.get(f"{_CALC}value-type") == "error":
        return ErrorCell(_text(cell))
    if kind in _NUMBERS:
        number = float(cell.get(f"{_OFFICE}value", ""))
        return int(number) if number.is_integer() else number
    if kind == "date":
        return _day(cell.get(f"{_OFFICE}date-value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "time":
        match = _TIME.match(cell.get(f"{_OFFICE}time-value", ""))
        return time(int(match[1]) % 24, int(match[2]) % 60, int(match[3]) % 60) if match else _text(cell)
    return _text(cell)


def _day(written: str) -> date:
    found = datetime.fromisoformat(written.split(".")[0])
    return found if found.time() != time() else found.date()


def _text(cell: Element) -> str:
    return "\n".join("".join(_pieces(paragraph)) for paragraph in cell if paragraph.tag == _PARAGRAPH)


def _pieces(node: Element) -> Iterator[str]:
    if node.tag == f"{_TEXT}s":
        yield " " * min(int(node.get(f"{_TEXT}c", "1")), 100)
    elif node.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
        yield " "
    yield node.text or ""
    for part in node:
        if part.tag != f"{_OFFICE}annotation":
            yield from _pieces(part)
        yield part.tail or ""
