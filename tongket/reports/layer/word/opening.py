"""Opening a Word file that anybody may have made: sizes first, then XML without entities, document types or the net."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from tongket.reports.word.language import TemplateRefused
from tongket.reports.word.package import check_package

#: A report of 100 pages has some 8 MB of text and 3 MB of facts. The worst XML takes 24 times its size of memory.
MAX_PART = 14 * 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_READ = re.compile(r"customXml/item\d+\.xml|docProps/custom\.xml")


class Unreadable(ValueError):
    """The file cannot be read; the message says why and what to do."""


def opened(content: bytes) -> dict[str, bytes]:
    """The parts of a .docx that carry text or facts. Raises `Unreadable`."""
    if not content:
        raise Unreadable("Tệp rỗng. Hãy chọn tệp báo cáo Word (.docx).")
    if content.startswith(_OLE):
        raise Unreadable(
            "Tệp Word có đặt mật khẩu, hoặc là kiểu .doc cũ. Hãy bỏ mật khẩu rồi lưu lại kiểu .docx."
        )
    try:
        check_package(content, only_read=True)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [
                e for e in archive.infolist() if _TEXT.fullmatch(e.filename) or _READ.fullmatch(e.filename)
            ]
            if sum(entry.file_size for entry in wanted) > MAX_PART:
                raise Unreadable(f"Phần chữ của tệp lớn quá {MAX_PART // 2**20} MB.")
            return {entry.filename: archive.read(entry) for entry in wanted}
    except TemplateRefused as refused:
        raise Unreadable(" ".join(refused.problems)) from refused


def safe_xml(content: bytes) -> Any:
    """The root of an XML part. Raises `Unreadable`."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise Unreadable("Nội dung XML bên trong tệp đã hỏng. Hãy mở bằng Word rồi lưu lại.") from wrong
    if root.getroottree().docinfo.doctype:
        raise Unreadable("Tệp có khai báo XML không được phép.")
    return root


def text_parts(entries: Mapping[str, bytes]) -> Iterator[bytes]:
    """The parts that hold the document's text, the body first."""
    names = sorted(name for name in entries if _TEXT.fullmatch(name))
    for name in sorted(names, key=lambda name: name != "word/document.xml"):
        yield entries[name]
