"""Marks of secrecy in a message: a secret paper is not kept in this system (law 117/2025/QH15)."""

import re
from collections.abc import Iterable, Iterator

from tongket.core.problems import Problem
from tongket.core.text import fold, tidy
from tongket.files.rules import file_name
from tongket.intake.edxml.message import Attached
from tongket.intake.edxml.xml import Node

_LEVELS = "TUYỆT MẬT|TỐI MẬT|MẬT"
_BRACKETED = re.compile(rf"[(\[{{<«“\"]\s*({_LEVELS})\s*[)\]}}>»”\"]", re.IGNORECASE)
_DECLARED = re.compile(rf"độ\s+(?:bảo\s+)?mật\s*[:\-–]\s*({_LEVELS})", re.IGNORECASE)
_AHEAD = re.compile(rf"^\W*({_LEVELS})\s*(?:[:.\-–—/|]|$)", re.IGNORECASE)
_BEHIND = re.compile(rf"[:.;\-–—/|]\s*({_LEVELS})\W*$", re.IGNORECASE)
# In capitals amid small letters: a stamp. "BÍ MẬT", "BẢO MẬT" are words of a title.
_STAMPED = re.compile(rf"(?<!BÍ )(?<!BẢO )(?<!CƠ )(?<![\w])({_LEVELS})(?![\w])")
_FIELDS = re.compile(r"secret(?!ar)|secrecy|securitylevel|securityclass|confidential|domat|baomat")
_OPEN = {
    "",
    "0",
    "no",
    "none",
    "false",
    "normal",
    "open",
    "public",
    "thuong",
    "binh thuong",
    "khong",
    "khong mat",
}
_SIGNATURES = {"signature", "digitalsignature"}


def mark_in(text: str) -> str:
    """The level of secrecy that a line of text bears as a stamp, "" when it merely speaks of secrets."""
    line = tidy(text)
    for pattern in (_BRACKETED, _DECLARED, _AHEAD, _BEHIND):
        if found := pattern.search(line):
            return found.group(1).upper()
    if line != line.upper() and (found := _STAMPED.search(line)):
        return found.group(1)
    return ""


def secret_problems(root: Node, subject: str, content: str, files: Iterable[Attached]) -> Iterator[Problem]:
    """Everything in the message that says it is secret."""
    for text, field, what in ((subject, "subject", "Trích yếu"), (content, "content", "Nội dung")):
        if mark := mark_in(text):
            yield _refusal(field, f"{what} mang dấu {mark}")
    for index, file in enumerate(files):
        for text in (file.name, file.description):
            if mark := mark_in(text.rpartition(".")[0] or text) or mark_in(text):
                yield _refusal("attachments", f"Tệp “{file_name(file.name)[:80]}” mang dấu {mark}", index)
                break
    yield from _secret_fields(root)


def _secret_fields(root: Node) -> Iterator[Problem]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.name in _SIGNATURES:
            continue
        stack.extend(node.children)
        said = [*node.attributes.items()]
        if _FIELDS.search(node.name) and not node.children:
            said.append((node.name, node.line))
        for name, value in said:
            if _FIELDS.search(name) and fold(value[:100]) not in _OPEN:
                yield _refusal("secrecy", f"Mục “{name[:40]}” ghi độ mật “{tidy(value[:100])[:40]}”")
                return


def _refusal(field: str, what: str, index: int = 0) -> Problem:
    return Problem(
        field,
        f"{what}: văn bản mật không được lưu trên hệ thống này. Hãy xóa tệp khỏi máy nối mạng; "
        "chỉ ghi số, ngày và cơ quan ban hành vào sổ.",
        index=index,
    )
