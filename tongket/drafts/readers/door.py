"""What may come in, judged before any parser sees it; what is risky is then parsed in a limited child process."""

import json
import subprocess  # nosec B404  # only the exception of core.process
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from tongket.core.problems import Problem, Refused, refuse_if_any
from tongket.core.process import run
from tongket.drafts.readers.cleaning import clean
from tongket.files.kinds import unpacks_safely
from tongket.files.rules import file_name, secret_mark

#: The longest text that is read (a report of 100 pages has some 300,000 characters).
MAX_CHARACTERS = 10 * 2**20
MAX_BYTES = 25 * 2**20
ACCEPT = ".docx,.pdf,.txt"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MESSAGES = {
    "encrypted": "Tệp “{name}” đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu trong Word hoặc PDF rồi gửi lại.",
    "macro": "Tệp “{name}” có macro nên không nhận. Hãy lưu lại thành .docx (không macro) rồi gửi.",
    "doc": "Tệp “{name}” là Word 97–2003 (.doc). Hãy mở bằng Word, lưu lại thành .docx rồi gửi.",
    "damaged": "Tệp “{name}” bị hỏng, không đọc được. Hãy mở tệp, lưu lại hoặc dán nội dung vào ô văn bản.",
    "bomb": "Tệp “{name}” phình to bất thường khi mở nên không nhận. Hãy lưu lại rồi gửi.",
    "kind": "Không nhận tệp “{name}”. Chỉ nhận Word (.docx), PDF có chữ (.pdf), văn bản thô (.txt) hoặc dán nội dung.",
    "other": "Nội dung tệp “{name}” không đúng với đuôi tệp. Hãy mở tệp, lưu lại đúng kiểu rồi gửi.",
    "empty": "Tệp “{name}” trống. Hãy chọn lại tệp.",
    "big": "Tệp “{name}” lớn hơn 25 MB. Hãy bỏ ảnh hoặc chia nhỏ.",
    "slow": "Tệp “{name}” quá lớn hoặc quá phức tạp để đọc. Hãy chia nhỏ, hoặc dán phần cần soát vào ô văn bản.",
    "pages": "Tệp “{name}” có hơn 500 trang. Hãy chia nhỏ rồi soát từng phần.",
    "no_text": "Tệp “{name}” không có chữ đọc được (có thể là bản chụp). Hãy dùng tệp Word hoặc PDF có chữ.",
    "coding": "Không nhận ra bảng mã của “{name}” (có thể là TCVN3, VNI). Hãy lưu lại dạng Unicode (UTF-8) rồi gửi.",
    "secret": "“{name}” đóng dấu {mark}: không được đưa lên hệ thống này.",
    "long": "Văn bản dài quá 10 triệu ký tự. Hãy chia nhỏ rồi soát từng phần.",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A draft that was read. `content` are the bytes of a Word file, in which places are found again."""

    name: str
    kind: str  # docx, pdf, txt
    text: str
    content: bytes | None = None


def read_file(name: str, content: bytes) -> Source:
    """Read a draft from a file. Raises `Refused` (field `file`) with a sentence that says what to do."""
    shown = file_name(name)
    ending = PurePath(shown).suffix.lower()
    refuse_if_any(_before_reading(shown, ending, content))
    kind = ending[1:]
    text = _decoded(shown, content) if kind == "txt" else _parsed(shown, kind, content)
    if not text.strip():
        raise _refused("no_text" if kind != "txt" else "empty", shown)
    _limits(shown, text)
    return Source(shown, kind, text, content if kind == "docx" else None)


def pasted(text: str, name: str = "") -> Source:
    """A draft from pasted text. Raises `Refused` (field `text`)."""
    plain = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not plain.strip():
        raise Refused([Problem("text", "Chưa có nội dung. Hãy dán văn bản cần soát hoặc chọn một tệp.")])
    if len(plain) > MAX_CHARACTERS:
        raise Refused([Problem("text", _MESSAGES["long"])])
    first = next(line.strip() for line in plain.split("\n") if line.strip())
    _limits(name or first[:60], plain, field="text")
    return Source(name or first[:120], "txt", plain)


def _before_reading(name: str, ending: str, content: bytes) -> list[Problem]:
    why = ""
    if not content:
        why = "empty"
    elif len(content) > MAX_BYTES:
        why = "big"
    elif content.startswith(_OLE):
        why = "encrypted" if _ENCRYPTED_PACKAGE in content else "doc"
    elif ending in (".docm", ".dotm", ".doc"):
        why = "macro" if ending != ".doc" else "doc"
    elif ending not in (".docx", ".pdf", ".txt"):
        why = "kind"
    elif (ending == ".pdf") != (b"%PDF-" in content[:1024]) or (
        ending == ".txt" and content.startswith(b"PK\x03")
    ):
        why = "other"
    elif ending == ".docx":
        why = _package_fault(content)
    return [Problem("file", _MESSAGES[why].format(name=name))] if why else []


def _package_fault(content: bytes) -> str:
    """What is wrong with a Word package, from its directory and the sizes really unpacked."""
    if not content.startswith(b"PK"):
        return "other"
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return "damaged"
    if any(entry.flag_bits & 1 for entry in entries):
        return "encrypted"
    if "word/document.xml" not in names:
        return "other"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "macro"
    return "" if unpacks_safely(content) else "bomb"


def _parsed(name: str, kind: str, content: bytes) -> str:
    """The text of a Word or PDF file, taken out by a child process with limits on time and memory."""
    try:
        ended = run("tongket.drafts.readers.child", kind.encode() + b"\n" + content)
    except subprocess.TimeoutExpired:
        raise _refused("slow", name) from None
    if ended.returncode < 0 or b"MemoryError" in ended.stderr:
        raise _refused("slow", name)
    if ended.returncode != 0:
        raise _refused("damaged", name)
    answer = json.loads(ended.stdout)
    if answer.get("fault"):
        raise _refused(answer["fault"], name)
    return str(answer["text"])


def _decoded(name: str, content: bytes) -> str:
    """Plain text in UTF-8, UTF-16 or Windows-1258, with the line ends of any system."""
    text = _by_mark(content)
    if text is None:
        raise _refused("coding", name)
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def _by_mark(content: bytes) -> str | None:
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        if content[:4000].count(0) > len(content[:4000]) // 8:
            return content.decode(
                "utf-16-le" if content[1:2] == b"\0" or content[3:4] == b"\0" else "utf-16-be"
            )
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1258")
    except UnicodeDecodeError:
        return None
    return text if _reads_as_vietnamese(text) else None


def _reads_as_vietnamese(text: str) -> bool:
    """Whether letters beyond ASCII are Vietnamese ones: texts in older codings are full of signs instead."""
    letters = [c for c in unicodedata.normalize("NFC", text[:200_000]) if ord(c) > 127]
    good = sum(c.isalpha() or unicodedata.combining(c) > 0 or c in "“”‘’–—…«»·" for c in letters)
    return not letters or good / len(letters) > 0.9


def _limits(name: str, text: str, field: str = "file") -> None:
    if len(text) > MAX_CHARACTERS:
        raise Refused([Problem(field, _MESSAGES["long"])])
    mark = secret_mark(text)
    if mark:
        raise Refused([Problem(field, _MESSAGES["secret"].format(name=name, mark=mark))])


def _refused(why: str, name: str) -> Refused:
    return Refused([Problem("file", _MESSAGES[why].format(name=name))])
