"""Zip files: written so that the same content gives the same bytes, read so that none can harm the reader."""

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from datetime import datetime

MAX_FILE = 100 * 2**20
MAX_UNPACKED = 200 * 2**20
MAX_ENTRIES = 200
_CHUNK = 2**18


class BadArchive(ValueError):
    """A file that is no zip of ours or breaks a limit; the message says what is wrong, in Vietnamese."""


def archive(files: Mapping[str, bytes], made_at: str, folder: str = "") -> bytes:
    """A zip of `files` in their order, all dated `made_at` (ISO), below `folder`."""
    moment = datetime.fromisoformat(made_at)
    stamp = (max(moment.year, 1980), *moment.timetuple()[1:6])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}" if folder else name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.create_system = 3
            made.writestr(entry, content)
    return buffer.getvalue()


def redated(content: bytes, made_at: str) -> bytes:
    """A zip of our own making with its entries dated `made_at`: what a library wrote now reads the same tomorrow."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return archive({entry.filename: source.read(entry) for entry in source.infolist()}, made_at)


def unpack(content: bytes) -> dict[str, bytes]:
    """Name → content of every file in a zip. Raises `BadArchive`.

    Sizes are those really read, not those that the zip claims; reading stops at the limit. Names that lead out of the
    folder, links, doubled names and encrypted entries are refused.
    """
    if len(content) > MAX_FILE:
        raise BadArchive(f"Tệp lớn quá {MAX_FILE // 2**20} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            return _read(source)
    # What zipfile raises: NotImplementedError for an unknown packing, RuntimeError for a password.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as wrong:
        if isinstance(wrong, BadArchive):
            raise
        raise BadArchive(
            "Tệp không phải là gói .zip hoặc đã hỏng. Hãy tải lại gói từ nơi phát hành."
        ) from wrong
    except zlib.error as wrong:
        raise BadArchive("Tệp .zip đã hỏng, không giải nén được.") from wrong


def _read(source: zipfile.ZipFile) -> dict[str, bytes]:
    entries = source.infolist()
    if len(entries) > MAX_ENTRIES:
        raise BadArchive(f"Gói có quá {MAX_ENTRIES} tệp.")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise BadArchive(f"Nội dung gói khi giải nén lớn quá {MAX_UNPACKED // 2**20} MB.")
    found: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for entry in entries:
        name = _safe_name(entry)
        if entry.is_dir():
            continue
        if name in found:
            raise BadArchive(f"Gói có hai tệp cùng tên “{name}”.")
        kept = bytearray()
        with source.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise BadArchive(f"Nội dung gói khi giải nén lớn quá {MAX_UNPACKED // 2**20} MB.")
                kept += chunk
        found[name] = bytes(kept)
    return found


def _safe_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    parts = name.rstrip("/").split("/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    hostile = (
        any(part in ("", ".", "..") for part in parts)
        or "\\" in name
        or ":" in name
        or not name.isprintable()
    )
    if hostile or is_link or len(name) > 200:
        raise BadArchive(f"Gói có tên tệp không an toàn: {name[:80]!r}.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # We write nothing else, and the others unpack without a bound.
        raise BadArchive("Gói được nén theo kiểu lạ. Hãy tải lại gói từ nơi phát hành.")
    if entry.flag_bits & 0x1:
        raise BadArchive("Gói có tệp đặt mật khẩu, không kiểm tra được.")
    return name
