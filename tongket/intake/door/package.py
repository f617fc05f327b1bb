"""Office files are ZIP archives. They are unpacked here with limits on entries, sizes and ratio.

Only the parts that hold cells are unpacked at all, so sizes that lie, doubled names and overlapping entries never reach
a parser (F4), nor do macros, external links or embedded files; document types and entities are refused (F6).
"""

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tongket.intake.door.page import BadWorkbook

#: A hundred thousand people in forty filled columns are 254 MB of cells.
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
_MUCH = 64 * 1024 * 1024
MAX_ENTRIES = 2_000

_FORBIDDEN = tuple(
    word.encode(coding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for coding in ("utf-8", "utf-16-le", "utf-16-be")
)
_XML = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)


def unpack(content: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The parts of an archive whose name is wanted, each as large as it says it is. Raises `BadWorkbook`."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            _check_directory(infos, len(content))
            parts = {info.filename: _inflate(content, info) for info in infos if wanted(info.filename)}
    except (BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, EOFError) as error:
        if isinstance(error, BadWorkbook):
            raise
        raise BadWorkbook(
            "Tệp bị hỏng hoặc chưa được lưu, tải trọn vẹn. Hãy lưu lại trong Excel rồi tải lên lại."
        ) from error
    for name, data in parts.items():
        if _XML.search(name) and any(word in data for word in _FORBIDDEN):
            raise BadWorkbook("Tệp chứa khai báo XML không có trong bảng tính thường, nên không mở.")
    return parts


def check_archive(content: bytes) -> None:
    """Refuse an archive that would not be unpacked, by its directory; other files pass. Raises `BadWorkbook`."""
    if content.startswith(b"PK"):
        unpack(content, lambda _name: False)


def pack(parts: dict[str, bytes]) -> BytesIO:
    """The parts as a plain archive for a parser; compressed only where it would hold too much beside the cells."""
    buffer = BytesIO()
    how = ZIP_DEFLATED if sum(map(len, parts.values())) > _MUCH else ZIP_STORED
    with ZipFile(buffer, "w", how, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    buffer.seek(0)
    return buffer


def sizes(content: bytes) -> dict[str, int]:
    """The names in an archive's directory, each with its size unpacked; empty when it has none that can be read."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return {info.filename: info.file_size for info in archive.infolist()}
    # What zipfile raises of a broken directory: NotImplementedError for a version of zip that it does not know.
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return {}


def _check_directory(infos: list[ZipInfo], size: int) -> None:
    total = sum(info.file_size for info in infos)
    if len(infos) > MAX_ENTRIES or total > MAX_UNPACKED or total > MAX_RATIO * max(size, 10_000):
        raise BadWorkbook("Tệp giải nén ra quá lớn so với một bảng tính thường, nên không mở.")
    listed = [info.filename for info in infos]
    if len(set(listed)) != len(listed) or any(n.startswith("/") or ".." in n.split("/") for n in listed):
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
