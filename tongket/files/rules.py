"""What must hold of a file that is handed in."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from tongket.core.problems import Problem
from tongket.core.text import tidy
from tongket.files.drafts import Upload
from tongket.files.kinds import ENDINGS, MAX_BYTES, kind_of, unpacks_safely

_SECRET = re.compile(r"^\W*(TUYỆT MẬT|TỐI MẬT|MẬT)\W*$")
_LINES_LOOKED_AT = 25
_LONGEST_NAME = 120
_LONGEST_ENDING = 10


def file_name(name: str) -> str:
    """The sender's name of a file without folders, control characters and tricks of direction; at most 120 signs."""
    plain = PurePath(tidy(name).replace("\\", "/")).name
    # Tidied once more: a sign taken out between two spaces leaves them side by side.
    clean = tidy("".join(c for c in plain if c.isprintable() and c not in '<>:"|?*'))
    if clean.startswith(".") and clean.count(".") == 1:
        clean = f"tep{clean}"  # nothing was left but the ending, which says what the file is
    clean = clean.strip(". ")
    stem, dot, ending = clean.rpartition(".")
    if not (dot and stem and len(ending) <= _LONGEST_ENDING):
        return clean[:_LONGEST_NAME].rstrip(". ") or "tep"
    return f"{stem[: _LONGEST_NAME - 1 - len(ending)]}.{ending}"


def upload_rules(upload: Upload, index: int = 0) -> Iterator[Problem]:
    """A kind that may be attached, content that is what the name says, within the limits."""
    name = file_name(upload.name)
    if not upload.content:
        yield Problem("file", f"Tệp “{name}” trống. Hãy chọn lại tệp.", index=index)
        return
    named = ENDINGS.get(PurePath(name).suffix.lower())
    limit = named.max_bytes if named else MAX_BYTES
    if len(upload.content) > limit:
        yield Problem(
            "file", f"Tệp “{name}” lớn hơn {limit // 2**20} MB. Hãy nén ảnh hoặc chia nhỏ.", index=index
        )
        return
    if named is None:
        endings = ", ".join(ENDINGS)
        yield Problem("file", f"Không nhận tệp “{name}”. Chỉ nhận: {endings}.", index=index)
        return
    shown = kind_of(upload.content)
    if shown is None or shown.name != named.name:
        what = shown.vi if shown else "một kiểu tệp khác"
        yield Problem(
            "file",
            f"Nội dung tệp “{name}” không phải là {named.vi} mà là {what}. Hãy mở tệp, lưu lại đúng kiểu rồi gửi.",
            index=index,
        )
    elif not unpacks_safely(upload.content):
        yield Problem(
            "file", f"Tệp “{name}” hỏng hoặc phình to bất thường khi mở. Hãy lưu lại rồi gửi.", index=index
        )


def secret_mark(text: str) -> str:
    """The mark of secrecy that a paper bears in its head, "" when it bears none (law 117/2025/QH15)."""
    for line in text.splitlines()[:_LINES_LOOKED_AT]:
        found = _SECRET.match(tidy(line))
        if found:
            return found.group(1)
    return ""


def secret_rules(name: str, text: str, index: int = 0) -> Iterator[Problem]:
    """A paper marked secret is not kept here: only its number and date are registered."""
    mark = secret_mark(text)
    if mark:
        yield Problem(
            "file",
            f"Tệp “{file_name(name)}” đóng dấu {mark}: không được lưu trên hệ thống này. "
            "Chỉ ghi số, ngày và cơ quan ban hành.",
            index=index,
        )
