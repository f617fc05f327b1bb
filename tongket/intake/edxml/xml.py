"""XML from strangers as a small tree of names: no document types, no entities, bounded in size, depth and number.

Other systems put bytes before the declaration, write UTF-16, use any prefix or none: here all become one form.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError  # nosec B405  # the error only; defusedxml parses

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from tongket.core.text import tidy
from tongket.intake.edxml.message import BadMessage

MAX_BYTES = 50 * 2**20
MAX_DEPTH = 40
MAX_NODES = 20_000
MAX_ATTRIBUTES = 50
MAX_LINE = 20_000
_JUNK = 4096  # bytes that may precede the declaration
_STEP = 2**20

_ASK_AGAIN = "Hãy đề nghị nơi gửi xuất lại tệp, hoặc ghi văn bản bằng tay."
BROKEN = f"Tệp không phải là XML hoàn chỉnh (có thể bị cắt hoặc hỏng khi gửi). {_ASK_AGAIN}"
_NOT_XML = f"Tệp không phải là edXML: không có nội dung XML. Hãy chọn đúng tệp .edxml hoặc .xml. {_ASK_AGAIN}"
_DTD = (
    "Tệp khai báo DTD hoặc thực thể XML, thứ mà văn bản edXML thường không có và có thể gây hại, nên không mở. "
    f"{_ASK_AGAIN}"
)
_TOO_BIG = f"Tệp lớn hơn {MAX_BYTES // 2**20} MB nên không mở. Hãy đề nghị nơi gửi tách các tệp kèm theo."
_TOO_DEEP = f"Tệp có cấu trúc XML bất thường (lồng quá sâu hoặc quá nhiều phần tử) nên không mở. {_ASK_AGAIN}"
_CODING = f"Tệp viết bằng bảng mã lạ; chỉ đọc được UTF-8 và UTF-16. {_ASK_AGAIN}"

_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(rb"^<\?xml[^>]{0,300}\?>")
_UTF8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


@dataclass(slots=True)
class Node:
    """An element: its own name without prefix, in lower case; text directly in it; children in their order."""

    name: str
    namespace: str
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly in the element."""
        return "".join(self.pieces)

    @property
    def line(self) -> str:
        """The text directly in the element as one clean line; cut where no field of a paper is that long."""
        return tidy("".join(self.pieces)[:MAX_LINE])

    def line_of(self, *names: str) -> str:
        """The line of a child by one of its names, the first that says something; "" when none does."""
        for name in names:
            for child in self.all(name):
                if text := child.line:
                    return text
        return ""

    def all(self, name: str) -> list["Node"]:
        """The children of that name."""
        wanted = name.lower()
        return [child for child in self.children if child.name == wanted]

    def one(self, *names: str) -> "Node | None":
        """The first child that bears one of the names, in the names' order of preference."""
        for name in names:
            found = self.all(name)
            if found:
                return found[0]
        return None

    def walk(self) -> Iterator["Node"]:
        """The element and everything in it, parents first."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def anywhere(self, name: str) -> "Node | None":
        """The first element of that name in the whole tree."""
        wanted = name.lower()
        return next((node for node in self.walk() if node.name == wanted), None)


class _Builder:
    """Gathers the tree as the parser reports it, and stops where the limits are reached."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._nodes = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._nodes += 1
        if self._nodes > MAX_NODES or len(self._open) >= MAX_DEPTH or len(attributes) > MAX_ATTRIBUTES:
            raise BadMessage.because(_TOO_DEEP)
        namespace, _brace, name = tag.rpartition("}")
        plain = {key.rpartition("}")[2].lower(): value for key, value in attributes.items()}
        node = Node(name.lower(), namespace.lstrip("{"), plain)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def end(self, _tag: str) -> None:
        """An element ends."""
        self._open.pop()

    def data(self, text: str) -> None:
        """Text inside the open element."""
        if self._open:
            self._open[-1].pieces.append(text)

    def close(self) -> Node | None:
        """The whole tree."""
        return self.root


def parse(content: bytes) -> Node:
    """The tree of an XML file. Raises `BadMessage` for whatever is not plain, bounded XML; never anything else."""
    if not content:
        raise BadMessage.because("Tệp trống. Hãy chọn lại tệp.")
    if len(content) > MAX_BYTES:
        raise BadMessage.because(_TOO_BIG)
    plain = _from_declaration(_as_utf8(content))
    # What makes a parser read on is refused before one sees it; the parser refuses it a second time.
    if b"<!DOCTYPE" in plain[:_STEP] or b"<!ENTITY" in plain[:_STEP]:
        raise BadMessage.because(_DTD)
    try:
        return _parsed(plain)
    except DefusedXmlException as error:
        raise BadMessage.because(_DTD) from error
    except (ParseError, ValueError, LookupError, OverflowError, RecursionError) as error:
        raise BadMessage.because(BROKEN) from error


def _parsed(plain: bytes) -> Node:
    parser: Any = DefusedXMLParser(
        target=_Builder(), encoding="utf-8", forbid_dtd=True, forbid_entities=True, forbid_external=True
    )
    for start in range(0, len(plain), _STEP):
        parser.feed(plain[start : start + _STEP])
    root: Node | None = parser.close()
    if root is None:
        raise BadMessage.because(BROKEN)
    return root


def _as_utf8(content: bytes) -> bytes:
    """The bytes in UTF-8, whatever of the two codings they came in."""
    coding = _utf16(content)
    if coding is None:
        return content
    try:
        return content.decode(coding).encode()
    except UnicodeError as error:
        raise BadMessage.because(BROKEN) from error


def _utf16(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:_JUNK]
    for coding in ("utf-16-le", "utf-16-be"):
        # The letters of one order stand in the other one, too, half a letter further.
        if head.find("<?xml".encode(coding)) % 2 == 0:
            return coding
    return None


def _from_declaration(content: bytes) -> bytes:
    """The bytes from the root on, without declaration: its coding is checked here and said to the parser."""
    head = content[:_JUNK]
    start = head.find(b"<")
    if start < 0:
        raise BadMessage.because(_NOT_XML)
    plain = content[start:]
    declared = _DECLARED.match(plain[:400])
    if declared and declared[1].lower() not in _UTF8 and not declared[1].lower().startswith(b"utf-16"):
        raise BadMessage.because(_CODING)
    return _DECLARATION.sub(b"", plain, count=1)
