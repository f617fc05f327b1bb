"""Is a file a plain .docx that may be opened? Asked before any parser sees it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from tongket.reports.word.language import TemplateRefused

MAX_FILE = 25 * 2**20
MAX_UNPACKED = 200 * 2**20
MAX_ENTRIES = 2_000
_CHUNK = 2**16
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)

_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CODE = re.compile(
    r"vbaProject|vbaData|activeX|embeddings/|customUI|\.(exe|dll|js|vbs|ps1|bin|com|scr)$", re.IGNORECASE
)
_MACROS = re.compile(r"vbaProject|vbaData|activeX|customUI|\.(exe|dll|js|vbs|ps1|com|scr)$", re.IGNORECASE)
_RELATIONSHIP = re.compile(rb"<Relationship\b[^>]*>")
_HYPERLINK = re.compile(rb"Type=[\"'][^\"']*/hyperlink[\"']")
_INSTRUCTION = re.compile(rb"<w:instrText[^>]*>([^<]*)|w:instr=\"([^\"]*)\"")
# Fields that fetch, link or run something when the document is opened or printed.
_ACTIVE_FIELD = re.compile(
    rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|DATABASE|MACROBUTTON|IMPORT|AUTOTEXT|PRINT|EMBED)\b",
    re.IGNORECASE,
)


def check_package(content: bytes, *, only_read: bool = False) -> None:
    """Raise `TemplateRefused` unless `content` is a .docx within the limits, without code and outside links.

    Sizes are those really read, not those that the file claims; reading stops at the limit. `only_read`: the file is
    read for its text and never handed on, so that objects (an Excel chart, say), links and fields in it do no harm.
    """
    if len(content) > MAX_FILE:
        raise TemplateRefused([f"Tệp lớn quá {MAX_FILE // 2**20} MB."])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive, _MACROS if only_read else _CODE)
            _check_entries(archive, only_read)
    except (*_BROKEN, ValueError, OSError) as error:
        raise TemplateRefused(
            ["Tệp không phải là tài liệu Word (.docx) hoặc đã hỏng. Hãy lưu lại bằng Word với kiểu .docx."]
        ) from error


def _check_directory(archive: zipfile.ZipFile, code: re.Pattern[str]) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise TemplateRefused([f"Tệp có quá {MAX_ENTRIES} phần bên trong."])
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _too_big()
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise TemplateRefused(["Tệp có hai phần bên trong trùng tên."])
    for entry in entries:
        name = entry.filename
        is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name or is_link:
            raise TemplateRefused(["Tệp có phần bên trong mang tên không an toàn."])
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Word writes nothing else, and the others unpack without a bound.
            raise TemplateRefused(["Tệp được nén theo kiểu lạ. Hãy lưu lại bằng Word với kiểu .docx."])
        if code.search(name):
            raise TemplateRefused(
                [f"Tệp chứa mã lệnh hoặc đối tượng nhúng ({name[:60]}). Hãy bỏ ra rồi lưu lại."]
            )
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise TemplateRefused(["Tệp không phải là tài liệu Word (.docx)."])


def _check_entries(archive: zipfile.ZipFile, only_read: bool) -> None:
    total = 0
    for entry in archive.infolist():
        kept = bytearray()
        keep = entry.filename.endswith((".xml", ".rels"))
        for chunk in _chunks(archive, entry):
            total += len(chunk)
            if total > MAX_UNPACKED:
                raise _too_big()
            if keep:
                kept += chunk
        if keep:
            _check_declared(entry.filename, bytes(kept))
            if not only_read:
                _check_xml(entry.filename, bytes(kept))


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _check_declared(name: str, content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise TemplateRefused(["Tệp có khai báo XML không được phép."])
    if name == "[Content_Types].xml" and (_MAIN not in content or b"macroEnabled" in content):
        raise TemplateRefused(
            ["Tệp không phải là .docx thường (có thể là .docm hoặc .dotx). Hãy lưu lại kiểu .docx."]
        )


def _check_xml(name: str, content: bytes) -> None:
    if name.endswith(".rels"):
        for relationship in _RELATIONSHIP.findall(content):
            if b"External" in relationship and not _HYPERLINK.search(relationship):
                raise TemplateRefused(
                    [
                        "Tệp liên kết ra ngoài (mẫu gốc, ảnh, đối tượng để ngoài). Hãy ngắt liên kết rồi lưu lại."
                    ]
                )
            if b"aFChunk" in relationship:
                raise TemplateRefused(
                    ["Tệp nhúng một tài liệu khác bên trong. Hãy chép nội dung vào rồi lưu lại."]
                )
    else:
        # Word may cut a field's text into pieces; joined, the pieces show what it says.
        said = b"".join(a or b for a, b in _INSTRUCTION.findall(content))
        if _ACTIVE_FIELD.search(said):
            raise TemplateRefused(
                ["Tệp có trường tự động lấy dữ liệu từ ngoài (DDE, INCLUDE, LINK …). Hãy bỏ ra."]
            )


def _too_big() -> TemplateRefused:
    return TemplateRefused([f"Nội dung tệp khi giải nén lớn quá {MAX_UNPACKED // 2**20} MB."])
