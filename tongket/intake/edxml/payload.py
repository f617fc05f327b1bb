"""The files inside a message: found by name, decoded, and taken out of the ZIP that some senders put around them."""

import base64
import binascii
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from tongket.core.problems import Problem
from tongket.files.rules import file_name
from tongket.intake.edxml.message import Attached
from tongket.intake.edxml.xml import MAX_BYTES, Node

MAX_FILES = 200
MAX_RATIO = 200
_FLOOR = 2**20  # below this, no ratio is suspicious
# Where the bytes stand: the standard's name first, then those of the other envelope.
_DATA = ("contenttransferencoded", "content", "attachmentcontent", "contentdata", "data", "binarycontent")
_PREFIX = re.compile(r"\s*(?:data:[^,<>]{0,120},|base64\s*[,;:]\s*)", re.IGNORECASE)
_WHITE = b" \t\r\n\v\f"
_ZIP_TYPES = {
    "application/zip",
    "application/x-zip",
    "application/x-zip-compressed",
    "application/x-compressed",
}
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
}
_SEND_AGAIN = "Hãy đề nghị nơi gửi gửi lại tệp này."
_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the manifest says about a file."""

    name: str
    content_type: str
    description: str


def attachments_in(root: Node) -> tuple[tuple[Attached, ...], list[Problem]]:
    """The decoded files in the order of the message, and what is wrong with some of them."""
    listed = _manifest(root)
    found: list[Attached] = []
    problems: list[Problem] = []
    budget = _Budget()
    seen: set[str] = set()
    nodes = [node for node in root.walk() if _holds_file(node)]
    if len(nodes) > MAX_FILES:
        return (), [Problem("attachments", f"Có quá {MAX_FILES} tệp kèm theo. Hãy đề nghị nơi gửi tách nhỏ.")]
    for index, node in enumerate(nodes):
        key = _key(node.line_of("contentid"))
        seen.add(key)
        attached = _attached(node, listed.get(key), index, problems, budget)
        if attached is not None:
            found.append(attached)
    for key, entry in listed.items():
        if key not in seen:
            problems.append(_absent(entry.name or key))
    return tuple(found), problems


def _holds_file(node: Node) -> bool:
    if node.name == "attachment":
        return True
    # The other envelope may put the bytes into the manifest's own lines.
    return node.name == "reference" and node.one(*_DATA[:1], *_DATA[2:]) is not None


def _manifest(root: Node) -> dict[str, _Listed]:
    listed = {}
    for node in root.walk():
        if node.name == "reference" and (key := _key(node.line_of("contentid"))):
            listed[key] = _Listed(
                node.line_of("attachmentname"), node.line_of("contenttype"), node.line_of("description")
            )
    return listed


def _key(content_id: str) -> str:
    return content_id[4:] if content_id[:4].lower() == "cid:" else content_id


def _attached(
    node: Node, listed: _Listed | None, index: int, problems: list[Problem], budget: "_Budget"
) -> Attached | None:
    entry = listed or _Listed("", "", "")
    kind = node.line_of("contenttype", "mimetype") or entry.content_type
    name = node.line_of("attachmentname", "filename", "name") or entry.name or _made_up(index, kind)
    data = _data(node)
    if not data.strip():
        problems.append(_absent(name))
        return None
    content = _decoded(data)
    if content is None:
        problems.append(
            Problem(
                "attachments",
                f"Nội dung tệp “{_shown(name)}” bị hỏng (mã base64 sai). {_SEND_AGAIN}",
                index=index,
            )
        )
        return None
    try:
        content = _out_of_zip(name, kind, content, budget)
    except _BadPack as error:
        said = f"Tệp “{_shown(name)}” là gói nén {error}. {_SEND_AGAIN}"
        problems.append(Problem("attachments", said, index=index))
    return Attached(name, kind, content, node.line_of("description") or entry.description)


def _data(node: Node) -> str:
    for name in _DATA:
        for child in node.all(name):
            text = child.text
            # Some write the word where others write the bytes.
            if text.strip() and text.strip().lower() not in ("base64", "binary"):
                return text
    return node.text if not node.children else ""


def _decoded(data: str) -> bytes | None:
    """The bytes behind base64 with or without a prefix, line breaks and padding; None when it is not base64."""
    prefix = _PREFIX.match(data[:200])
    try:
        letters = data[prefix.end() if prefix else 0 :].encode("ascii").translate(None, _WHITE).rstrip(b"=")
        return base64.b64decode(letters + b"=" * (-len(letters) % 4), validate=True)
    except (UnicodeError, binascii.Error, ValueError):
        return None


class _BadPack(Exception):
    """Why a ZIP around a file is not opened."""


@dataclass(slots=True)
class _Budget:
    """How much all ZIPs of one message may still give together."""

    left: int = 2 * MAX_BYTES


def _out_of_zip(name: str, kind: str, content: bytes, budget: _Budget) -> bytes:
    """The one file in a ZIP that bears another file's name; anything else as it is (a .docx is a ZIP, too).

    Raises `_BadPack`.
    """
    ending = PurePath(name).suffix.lower()
    if kind.partition(";")[0].strip().lower() not in _ZIP_TYPES or ending in ("", ".zip"):
        return content
    if not content.startswith(b"PK"):
        return content
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if {entry.filename for entry in entries} & {"[Content_Types].xml", "mimetype"}:
                return content
            if len(entries) != 1:
                raise _BadPack(f"chứa {len(entries)} tệp, không phải một tệp")
            return _bounded(archive, entries[0], len(content), budget)
    except _UNREADABLE:
        raise _BadPack("bị hỏng hoặc đặt mật khẩu") from None


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, packed: int, budget: _Budget) -> bytes:
    """The entry's bytes, read no further than the limits allow. Its path is never used. Raises `_BadPack`."""
    limit = min(MAX_BYTES, budget.left, max(packed * MAX_RATIO, _FLOOR))
    pieces, total = [], 0
    with archive.open(entry) as stream:
        while chunk := stream.read(2**16):
            total += len(chunk)
            if max(total, entry.file_size) > limit:
                raise _BadPack("phình to bất thường khi mở, nên không mở")
            pieces.append(chunk)
    budget.left -= total
    return b"".join(pieces)


def _absent(name: str) -> Problem:
    return Problem(
        "attachments",
        f"Tệp “{_shown(name)}” có tên trong danh sách nhưng không kèm nội dung. Hãy đề nghị nơi gửi gửi bổ sung.",
        "warning",
    )


def _made_up(index: int, kind: str) -> str:
    return f"tep-{index + 1}{_ENDINGS.get(kind.partition(';')[0].strip().lower(), '')}"


def _shown(name: str) -> str:
    return file_name(name)[:80]
