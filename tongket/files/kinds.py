"""The kinds of file that may be attached, and how each is known by its content. `docs/files.md` says the same."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

MAX_BYTES = 25 * 2**20
MAX_MESSAGE_BYTES = 50 * 2**20  # an edXML file holds its attachments, a third larger than they are
MAX_UNPACKED = 200 * 2**20
MAX_ENTRIES = 5_000
MAX_RATIO = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: the endings of its names, how the browser is told of it, and whether content is of it."""

    name: str
    vi: str
    endings: tuple[str, ...]
    mime: str
    fits: Callable[[bytes], bool]
    max_bytes: int = MAX_BYTES


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _office(part: str) -> Callable[[bytes], bool]:
    def fits(content: bytes) -> bool:
        if not content.startswith(b"PK"):
            return False
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                return part in archive.namelist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
            return False

    return fits


def _plain(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


_EDXML_ROOT = re.compile(
    r"^[^<]*(?:(?:<\?[^>]*>|<!--(?:(?!-->).)*-->)\s*)*<(?:[\w.-]+:)?edxml(?:envelope)?[\s/>]",
    re.IGNORECASE | re.DOTALL,
)


def _edxml(content: bytes) -> bool:
    """XML whose root is edXML; other bytes may come before the declaration. Only the head is looked at."""
    head = content[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        coding = "utf-16"
    elif b"\0" in head:
        coding = "utf-16-le" if b"<\0" in head else "utf-16-be"
    else:
        coding = "utf-8"
    return _EDXML_ROOT.match(head.decode(coding, errors="ignore")) is not None


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("pdf", "PDF", (".pdf",), "application/pdf", _starts(b"%PDF-")),
        Kind(
            "docx",
            "Word",
            (".docx",),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            _office("word/document.xml"),
        ),
        Kind(
            "xlsx",
            "Excel",
            (".xlsx",),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _office("xl/workbook.xml"),
        ),
        Kind(
            "doc",
            "Word 97–2003",
            (".doc",),
            "application/msword",
            _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ),
        Kind("jpg", "Ảnh JPEG", (".jpg", ".jpeg"), "image/jpeg", _starts(b"\xff\xd8\xff")),
        Kind("png", "Ảnh PNG", (".png",), "image/png", _starts(b"\x89PNG\r\n\x1a\n")),
        Kind("edxml", "edXML", (".edxml", ".xml"), "application/xml", _edxml, MAX_MESSAGE_BYTES),
        Kind("txt", "Văn bản thô", (".txt",), "text/plain; charset=utf-8", _plain),
    )
}
ENDINGS: dict[str, Kind] = {ending: kind for kind in KINDS.values() for ending in kind.endings}
ACCEPT = ",".join(ENDINGS)


def kind_of(content: bytes) -> Kind | None:
    """The kind that the content itself shows; None when it is none of those that may be attached."""
    return next((kind for kind in KINDS.values() if kind.fits(content)), None)


def unpacks_safely(content: bytes) -> bool:
    """Whether an Office file stays within the limits on entries, sizes and ratio when it is opened (F4).

    The sizes are those really read, not those that the file claims; reading stops at the limit.
    """
    if not content.startswith(b"PK"):
        return True
    limit = min(MAX_UNPACKED, max(len(content) * MAX_RATIO, 2**20))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len(entries) > MAX_ENTRIES or len(set(names)) != len(names):
                return False
            if sum(entry.file_size for entry in entries) > limit:
                return False
            return _really_within(archive, entries, limit)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return False


def _really_within(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limit: int) -> bool:
    total = 0
    for entry in entries:
        with archive.open(entry) as stream:
            while chunk := stream.read(2**16):
                total += len(chunk)
                if total > limit:
                    return False
    return True
