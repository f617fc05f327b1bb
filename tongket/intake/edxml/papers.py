"""The files of a message as they are attached to the directive, and what stands in the way of attaching them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from tongket.core.problems import Problem
from tongket.files.acts import read_text
from tongket.files.drafts import Upload
from tongket.files.kinds import ENDINGS, kind_of
from tongket.files.models import StoredFile
from tongket.files.rules import file_name, secret_rules, upload_rules
from tongket.intake.edxml.message import Attached

_READABLE = ("pdf", "docx", "txt")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of the message under the name it gets; `upload` None: it stays inside the original file only."""

    name: str
    size: int
    upload: Upload | None
    why: str = ""
    sha256: str = ""


def papers_of(files: Sequence[Attached]) -> tuple[list[Paper], list[Problem]]:
    """What becomes of each file, and the findings about them: errors refuse the message, warnings are shown."""
    papers: list[Paper] = []
    problems: list[Problem] = []
    for index, file in enumerate(files):
        paper, found = _paper(file, first=not papers, index=index)
        papers.append(paper)
        problems += found
    return papers, problems


def secret_papers(papers: Sequence[Paper]) -> Iterator[Problem]:
    """Files whose own text bears a mark of secrecy. Reading runs in child processes: never inside an act."""
    known = dict(
        StoredFile.objects.filter(sha256__in=[p.sha256 for p in papers]).values_list("sha256", "text")
    )
    for index, paper in enumerate(papers):
        if paper.upload is None:
            continue
        kind = kind_of(paper.upload.content)
        if kind is None or kind.name not in _READABLE:
            continue
        text = known.get(paper.sha256)
        if text is None:
            text, _state = read_text(kind.name, paper.upload.content)
        yield from secret_rules(paper.name, text, index)


def original_of(content: bytes, name: str) -> Upload:
    """The file of the message itself, as it came."""
    clean = file_name(name or "van-ban.edxml")
    if PurePath(clean).suffix.lower() not in (".edxml", ".xml"):
        clean = file_name(f"{clean}.edxml")
    return Upload(clean, content, "original")


def _paper(file: Attached, *, first: bool, index: int) -> tuple[Paper, list[Problem]]:
    name = file_name(file.name)
    size = len(file.content)
    if not file.content:
        return Paper(name, 0, None, "tệp trống"), [_left_inside(name, "trống", index)]
    ending = PurePath(name).suffix.lower()
    shown = kind_of(file.content)
    if ending and ending not in ENDINGS:
        why = f"kiểu {ending} không lưu riêng được"
        return Paper(name, size, None, why), [_left_inside(name, why, index)]
    problems: list[Problem] = []
    named = ENDINGS.get(ending)
    if shown is not None and shown.name not in ("txt", "edxml") and shown is not named:
        right = file_name(f"{PurePath(name).stem}{shown.endings[0]}")
        problems.append(
            Problem(
                "attachments",
                f"Tệp “{name}” thật ra là {shown.vi}; được lưu với tên “{right}”.",
                "warning",
                index,
            )
        )
        name = right
    upload = Upload(name, file.content, "main" if first else "annex")
    problems += [Problem("attachments", p.message, p.severity, index) for p in upload_rules(upload, index)]
    return Paper(name, size, upload, sha256=file.sha256), problems


def _left_inside(name: str, why: str, index: int) -> Problem:
    return Problem(
        "attachments",
        f"Tệp “{name}” không được tách ra ({why}); nó vẫn còn nguyên trong tệp edXML gốc được lưu kèm.",
        "warning",
        index,
    )
