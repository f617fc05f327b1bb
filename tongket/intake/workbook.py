"""Opening a workbook that a stranger may have made: measured before it is parsed, and only what was measured is parsed.

The archive is unpacked here with limits on entries, sizes and ratio; the parts that hold cells are packed again,
uncompressed, for the parser. So sizes that lie, doubled names and overlapping entries never reach it (F4), nor do
macros, external links or embedded files; document types and entities are refused (F6).
"""

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any
from xml.etree.ElementTree import Element  # nosec B405  # the type only; defusedxml parses
from zipfile import BadZipFile, ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook

from tongket.intake.cells import ErrorCell

MAX_FILE = 25 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_ENTRIES = 2_000
MAX_ROW, MAX_COLUMN = 200_000, 500

_PARTS = re.compile(
    r"^(\[Content_Types\]\.xml|_rels/\.rels|xl/(workbook|sharedStrings|styles)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/[^/]+\.xml)$",
    re.IGNORECASE,
)
_FORBIDDEN = tuple(
    word.encode(coding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for coding in ("utf-8", "utf-16-le", "utf-16-be")
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,7})([0-9]{1,9})"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v[^>]*>([^<]*)<", re.DOTALL)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class BadWorkbook(ValueError):
    """The file cannot be read as a workbook; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet as it stands: rows of cell values from A1 on; a cell with a formula error is an `ErrorCell`."""

    name: str
    rows: list[list[Any]]


def check_name(file_name: str) -> None:
    """Refuse other files than .xlsx by their name. Raises `BadWorkbook`."""
    ending = PurePath(file_name).suffix.lower()
    if ending not in (".xlsx", ".xlsm"):
        raise BadWorkbook(
            f"Tệp “{PurePath(file_name).name[:80]}” không phải là tệp .xlsx. Trong Excel hãy chọn Lưu thành → "
            "Excel Workbook (.xlsx) rồi tải lên lại."
        )


def open_workbook(content: bytes) -> list[Page]:
    """The visible and hidden sheets of a workbook. Raises `BadWorkbook`."""
    parts = _unpack(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(_repacked(parts)))
        errors = _error_cells(parts)
        return [Page(name, _rows(book, name, errors.get(name, {}))) for name in book.sheet_names]
    except (CalamineError, KeyError, ValueError, IndexError) as error:
        raise BadWorkbook(
            "Không đọc được nội dung tệp Excel. Hãy mở tệp trong Excel, lưu lại thành .xlsx rồi thử lại."
        ) from error


def _rows(book: Any, name: str, errors: dict[tuple[int, int], str]) -> list[list[Any]]:
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    for (row, column), text in errors.items():
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = ErrorCell(text)
    return rows


def _unpack(content: bytes) -> dict[str, bytes]:
    _check_outside(content)
    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            _check_directory(infos, len(content))
            parts = {}
            for info in infos:
                if _PARTS.match(info.filename):
                    parts[info.filename] = _inflate(content, info)
    except (BadZipFile, zlib.error, NotImplementedError, OSError) as error:
        raise BadWorkbook(
            "Tệp bị hỏng hoặc chưa được lưu, tải trọn vẹn. Hãy lưu lại trong Excel rồi tải lên lại."
        ) from error
    if "xl/workbook.xml" not in parts:
        raise BadWorkbook("Tệp không phải là bảng tính Excel (.xlsx). Hãy chọn đúng tệp.")
    for name, data in parts.items():
        _check_part(name, data)
    return parts


def _check_outside(content: bytes) -> None:
    if not content:
        raise BadWorkbook("Tệp trống.")
    if len(content) > MAX_FILE:
        raise BadWorkbook(f"Tệp lớn hơn {MAX_FILE // 1024**2} MB. Hãy chia thành nhiều tệp.")
    if content.startswith(_OLE):
        raise BadWorkbook(
            "Tệp đặt mật khẩu hoặc là tệp .xls kiểu cũ. Hãy bỏ mật khẩu, lưu thành .xlsx rồi tải lên lại."
        )
    if not content.startswith(b"PK"):
        raise BadWorkbook("Tệp không phải là bảng tính Excel (.xlsx). Hãy chọn đúng tệp.")


def _check_directory(infos: list[ZipInfo], size: int) -> None:
    total = sum(info.file_size for info in infos)
    if len(infos) > MAX_ENTRIES or total > MAX_UNPACKED or total > MAX_RATIO * max(size, 10_000):
        raise BadWorkbook("Tệp giải nén ra quá lớn so với một bảng tính thường, nên không mở.")
    names = [info.filename for info in infos]
    if len(set(names)) != len(names) or any(n.startswith("/") or ".." in n.split("/") for n in names):
        raise BadWorkbook(
            "Cấu trúc tệp không bình thường, nên không mở. Hãy lưu lại trong Excel rồi thử lại."
        )
    if any(info.flag_bits & 0x1 for info in infos):
        raise BadWorkbook("Tệp đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.")


def _inflate(content: bytes, info: ZipInfo) -> bytes:
    """Unpack one entry, never beyond the size that the directory declares: sizes that lie are refused."""
    header = content[info.header_offset : info.header_offset + 30]
    if len(header) < 30:
        raise BadZipFile("header")
    start = (
        info.header_offset
        + 30
        + int.from_bytes(header[26:28], "little")
        + int.from_bytes(header[28:30], "little")
    )
    raw = content[start : start + info.compress_size]
    if info.compress_type == 0:
        data, more = raw, b""
    elif info.compress_type == 8:
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        data = engine.decompress(raw, info.file_size + 1)
        more = b"" if engine.eof or len(data) > info.file_size else engine.flush()
    else:
        raise BadZipFile("method")
    if len(data) + len(more) != info.file_size or zlib.crc32(data) != info.CRC:
        raise BadZipFile("size")
    return data


def _check_part(name: str, data: bytes) -> None:
    if any(word in data for word in _FORBIDDEN):
        raise BadWorkbook("Tệp chứa khai báo XML không có trong bảng tính thường, nên không mở.")
    if name.lower().startswith("xl/worksheets/"):
        for column, row in set(_REFERENCE.findall(data)):
            if int(row) > MAX_ROW or _column(column) >= MAX_COLUMN:
                raise BadWorkbook(
                    f"Có ô {(column + row).decode()} nằm quá xa (nhiều nhất {MAX_ROW} dòng, {MAX_COLUMN} cột). "
                    "Hãy xóa các ô thừa rồi lưu lại."
                )


def _column(letters: bytes | str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    text = letters.decode() if isinstance(letters, bytes) else letters
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _repacked(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _error_cells(parts: dict[str, bytes]) -> dict[str, dict[tuple[int, int], str]]:
    """Cells with formula errors by sheet: the parser gives them as blank, and a blank must not hide them."""
    found = {}
    for name, path in _sheet_paths(parts).items():
        data = parts.get(path, b"")
        if b't="e"' not in data:
            continue
        cells = {}
        for attributes, value in _CELL.findall(data):
            where = _REFERENCE.search(attributes)
            if b't="e"' in attributes and where:
                cells[int(where[2]) - 1, _column(where[1])] = value.decode("utf-8", "replace")
        found[name] = cells
    return found


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
