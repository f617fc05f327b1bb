"""Workbooks of Excel since 2007 (.xlsx; .xlsm for its cells only), read by calamine from parts that were measured."""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import (  # nosec B405  # types only; defusedxml parses
    Element,
    ParseError,
)

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from tongket.intake.cells import ErrorCell
from tongket.intake.door.package import pack, unpack
from tongket.intake.door.page import (
    MAX_CELLS,
    MAX_COLUMN,
    MAX_ROW,
    Area,
    BadWorkbook,
    Page,
    letter,
    place_of,
    too_far,
)

UNREADABLE = "Không đọc được nội dung tệp Excel. Hãy mở tệp trong Excel, lưu lại thành .xlsx rồi thử lại."
NOT_COMPUTED = "(công thức chưa được tính)"

_PARTS = re.compile(
    r"^(\[Content_Types\]\.xml|_rels/\.rels|xl/(workbook|sharedStrings|styles)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/[^/]+\.xml)$",
    re.IGNORECASE,
)
# XML allows either quote and spaces around the sign; a sign written as a reference is refused in `_check_extent`.
# The sign first, then whether it begins a word: so the engine leaps from sign to sign.
_REFERENCE = re.compile(rb"""r(?<=\br)\s*=\s*["']([A-Z]{1,7})([0-9]{1,9})["']""")
# Where no cell lies beyond column CB and row 99,999, or beyond AN and 199,999, there are fewer than MAX_CELLS: of most
# files this is seen at a leap, and no address has to be taken apart.
_BEYOND = tuple(
    re.compile(rb"""r\s*=\s*["'](?:[A-Z]{3}|%b[A-Z]{1,2}%b)""" % (columns, rows))
    for columns, rows in (
        (rb"C[C-Z]|[D-Z][A-Z]|", rb"[0-9]{6}"),
        (rb"A[O-Z]|[B-Z][A-Z]|", rb"(?:[2-9][0-9]{5}|[0-9]{7})"),
    )
)
_ESCAPED = re.compile(rb"""\b(?:r|ref|hidden|t)\s*=\s*(?:"[^"<]*&|'[^'<]*&)""")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v[^>]*>([^<]*)<", re.DOTALL)
_FORMULA = re.compile(rb"<c\b([^>]*[^/>])><f\b[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>")
_ROW_NUMBER = re.compile(rb"""row(?<=[<:]row)\b[^>]*?\br\s*=\s*["']([0-9]{6,9})["'][^>]*(?<!/)>""")
_HIDDEN_ROW = re.compile(
    rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden\s*=\s*["'](?:1|true)["'])[^>]*?\br\s*=\s*["']([0-9]{1,7})["']"""
)
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)
_SLICE = 8 * 1024 * 1024
_EPOCH = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true)["']""")
_ROWS, _CELLS = re.compile(rb"<(?:\w+:)?row[\s>/]"), re.compile(rb"<(?:\w+:)?c[\s>/]")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_xlsx(content: bytes) -> list[Page]:
    """The visible and hidden sheets of a workbook. Raises `BadWorkbook`."""
    parts = unpack(content, lambda name: _PARTS.match(name) is not None)
    if "xl/workbook.xml" not in parts:
        raise BadWorkbook("Tệp không phải là bảng tính Excel (.xlsx). Hãy chọn đúng tệp.")
    for name in parts:
        if name.lower().startswith("xl/worksheets/"):
            _check_extent(parts[name])
    try:
        return list(_pages(parts))
    except BadWorkbook:
        raise
    except (
        CalamineError,
        ParseError,
        DefusedXmlException,
        ArithmeticError,
        LookupError,
        ValueError,
    ) as error:
        raise BadWorkbook(UNREADABLE) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the parser's own name for a fault of its own
            raise
        raise BadWorkbook(UNREADABLE) from error


def _pages(parts: dict[str, bytes]) -> list[Page]:
    paths = _sheet_paths(parts)
    epoch = _EPOCH.search(parts["xl/workbook.xml"]) is not None
    packed = pack(parts)
    # What the parser does not tell is read first and the parts let go, as it makes a copy of its own.
    beside = {path: _Beside.of(parts.pop(path, b"")) for path in set(paths.values())}
    parts.clear()
    book = CalamineWorkbook.from_filelike(packed)
    del packed
    visible = {meta.name: meta.visible == SheetVisibleEnum.Visible for meta in book.sheets_metadata}
    pages, cells = [], 0
    for name in book.sheet_names:
        seen = beside.get(paths.get(name, ""), _Beside())
        rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        cells += sum(map(len, rows))
        if cells > MAX_CELLS:
            raise BadWorkbook(
                "Bảng tính có quá nhiều ô. Hãy xóa các dòng, cột thừa hoặc chia thành nhiều tệp."
            )
        for (row, column), text in seen.errors.items():
            put(rows, row, column, ErrorCell(text))
        pages.append(Page(name, rows, not visible.get(name, True), seen.hidden, seen.merged, epoch))
    return pages


@dataclass(frozen=True, slots=True)
class _Beside:
    """What of a sheet the parser does not tell: cells with errors, hidden rows, merged areas."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()

    @classmethod
    def of(cls, data: bytes) -> "_Beside":
        told = _HIDDEN_ROW.findall(data) if b"hidden" in data else ()
        return cls(_error_cells(data), frozenset(int(number) - 1 for number in told), _merged(data))


def put(rows: list[list[Any]], row: int, column: int, value: Any) -> None:
    """Set a cell that may lie beyond the rows read so far."""
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([""] * (column + 1 - len(rows[row])))
    rows[row][column] = value


def _check_extent(data: bytes) -> None:
    """The parser makes a full table up to the last cell, so its size is known before it is made."""
    if b"&" in data and _ESCAPED.search(data):
        raise BadWorkbook(
            "Cấu trúc tệp không bình thường, nên không mở. Hãy lưu lại trong Excel rồi thử lại."
        )
    last_row, last_column = (0, 0) if _is_near(data) else _last_cell(data)
    # Cells may leave their address out and count on from where the row stands.
    unnamed = max((int(row) for row in _ROW_NUMBER.findall(data)), default=0)
    rows_said, cells = _number_of(data, b"row", _ROWS, MAX_ROW), _number_of(data, b"c", _CELLS, MAX_CELLS)
    if unnamed > MAX_ROW or rows_said > MAX_ROW:
        raise too_far(f"A{max(unnamed, rows_said)}")
    if last_row * last_column > MAX_CELLS or cells > MAX_CELLS:
        raise too_far(address(last_row - 1, last_column - 1))


def _is_near(data: bytes) -> bool:
    return any(beyond.search(data) is None for beyond in _BEYOND)


def _last_cell(data: bytes) -> tuple[int, int]:
    """The last row and the last column that hold a cell, counted from 1. Raises `BadWorkbook` for one too far away."""
    last_row = last_column = start = 0
    while start < len(data):
        # Cut before a tag, so that none is cut through: no value of an attribute holds this sign.
        end = data.find(b"<", start + _SLICE)
        end = len(data) if end < 0 else end
        found = set(_REFERENCE.findall(data, start, end))
        start = end
        columns = {letters: place_of(letters.decode()) + 1 for letters in {letters for letters, _ in found}}
        rows = {number: int(number) for number in {number for _, number in found}}
        last_row = max(last_row, max(rows.values(), default=0))
        last_column = max(last_column, max(columns.values(), default=0))
        if last_row > MAX_ROW or last_column > MAX_COLUMN:
            far = next(w for w in found if rows[w[1]] > MAX_ROW or columns[w[0]] > MAX_COLUMN)
            raise too_far(b"".join(far).decode())
    return last_row, last_column


def _number_of(data: bytes, name: bytes, exactly: re.Pattern[bytes], most: int) -> int:
    """How many elements of a name there are; counted exactly only where a quick count, never too low, is too high."""
    if len(data) // (len(name) + 3) <= most:
        return 0  # the shortest, "<c/>", would not have room
    quick = data.count(b"<" + name) + data.count(b":" + name)
    return quick if quick <= most else len(exactly.findall(data))


def _merged(data: bytes) -> tuple[Area, ...]:
    found = []
    for left, top, right, bottom in _MERGED.findall(data) if b"mergeCell" in data else ():
        area = (int(top) - 1, place_of(left.decode()), int(bottom) - 1, place_of(right.decode()))
        if area[0] <= area[2] and area[1] <= area[3]:
            found.append(area)
    return tuple(found)


def _error_cells(data: bytes) -> dict[tuple[int, int], str]:
    """Cells with formula errors, or never computed: the parser gives both as blank, and a blank must not hide them."""
    cells = {}
    if b't="e"' in data:
        for attributes, value in _CELL.findall(data):
            where = _REFERENCE.search(attributes)
            if b't="e"' in attributes and where:
                cells[int(where[2]) - 1, place_of(where[1].decode())] = value.decode("utf-8", "replace")
    if b"<f" in data:
        for attributes in _FORMULA.findall(data):
            where = _REFERENCE.search(attributes)
            if where and b't="str"' not in attributes:
                cells[int(where[2]) - 1, place_of(where[1].decode())] = NOT_COMPUTED
    return cells


def _sheet_paths(parts: dict[str, bytes]) -> dict[str, str]:
    relations: dict[str, str] = {}
    for node in _children(parts.get("xl/_rels/workbook.xml.rels", b"")):
        relations[node.get("Id", "")] = node.get("Target", "")
    paths = {}
    for node in fromstring(parts["xl/workbook.xml"]).iter():
        if node.tag.endswith("}sheet"):
            target = relations.get(node.get(_RELATION, ""), "")
            paths[node.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return paths


def _children(data: bytes) -> list[Element]:
    return list(fromstring(data)) if data else []


def address(row: int, column: int) -> str:
    """'B7' for row 6, column 1."""
    return f"{letter(column)}{row + 1}"
