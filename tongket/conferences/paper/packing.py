"""The whole file of a conference as one zip that needs no program of ours: pages, lists, papers, minutes, checksums."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import timezone

from tongket.audit.records import current
from tongket.conferences.models import Attendance, Conference, Invitation, Reply
from tongket.conferences.paper.minutes import Minutes, collect, head_of
from tongket.conferences.paper.minutes_word import minutes_paper, notice_paper
from tongket.conferences.paper.packing_names import Names, slug
from tongket.core.dates import format_date
from tongket.core.problems import Problem, Refused
from tongket.core.worklists import ATTENDANCE, REPLY
from tongket.files import store
from tongket.files.models import Attachment
from tongket.files.queries import attachments_by
from tongket.ui.sheets import Column, list_workbook

#: What one zip holds at most: a conference's papers are tens of megabytes; a disk must not be filled by one click.
MOST_BYTES = 600 * 1024 * 1024
MOST_FILES = 2_000
_CHUNK = 1024 * 1024
_IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PackedPaper:
    """A paper of the file: its place in the zip, or "" when its bytes are lost."""

    name: str
    path: str
    size: int

    @property
    def href(self) -> str:
        """The relative address in a page."""
        return quote(self.path)


@dataclass(frozen=True, slots=True)
class Packed:
    """A finished zip: its file name, the open stream at its beginning, how many bytes and files."""

    name: str
    stream: IO[bytes]
    size: int
    files: int


@dataclass(slots=True)
class _Zip:
    """A zip under way that remembers the checksum of everything put into it."""

    book: zipfile.ZipFile
    folder: str
    sums: list[tuple[str, str]] = field(default_factory=list)

    def put(self, path: str, pieces: Iterable[bytes]) -> None:
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(f"{self.folder}/{path}", timezone.localtime().timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self.book.open(info, "w", force_zip64=True) as out:
            for piece in pieces:
                digest.update(piece)
                out.write(piece)
        self.sums.append((digest.hexdigest(), path))


def pack(conference: Conference) -> Packed:
    """Put everything that belongs to a conference into one zip. Raises `Refused` when it would be too big."""
    minutes = collect(conference)
    found = _attachments(conference, minutes)
    _check_size(found)
    names = Names()
    papers = _places(found, minutes, names)
    people = attendance_rows(conference)
    lists = list(_lists(conference, minutes, people))
    stream: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed by the answer
    folder = f"ho-so-{slug(conference.title)}-{conference.on:%Y-%m-%d}"
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as book:
        out = _Zip(book, folder)
        out.put("index.html", [_index(conference, minutes, people, papers).encode()])
        out.put("style.css", [render_to_string("conferences/hall_packed.css").encode()])
        for name, content in lists:
            out.put(name, [content])
        out.put("bien-ban.docx", [minutes_paper(minutes)])
        out.put("thong-bao-ket-luan.docx", [notice_paper(minutes)])
        for attachment, paper in papers.values():
            if paper.path:
                out.put(paper.path, _bytes_of(attachment))
        out.put("checksums.txt", [_checksums(out.sums)])
    size = stream.tell()
    stream.seek(0)
    return Packed(f"{folder}.zip", stream, size, len(out.sums))


def _attachments(conference: Conference, minutes: Minutes) -> list[Attachment]:
    owners = [conference.identity, *(line.numbered.item.identity for line in minutes.lines)]
    by_owner = attachments_by(owners)
    return [attachment for owner in owners for attachment in by_owner.get(owner, [])]


def _check_size(found: Sequence[Attachment]) -> None:
    size = sum(one.stored.size for one in found)
    if size > MOST_BYTES or len(found) > MOST_FILES:
        raise Refused(
            [
                Problem(
                    "",
                    f"Tài liệu của hội nghị có {len(found)} tệp, {size // 1024 // 1024} MB; một tệp nén chứa tối đa "
                    f"{MOST_FILES} tệp, {MOST_BYTES // 1024 // 1024} MB. Hãy tải từng tài liệu ở trang hội nghị.",
                )
            ]
        )


def _places(
    found: Sequence[Attachment], minutes: Minutes, names: Names
) -> dict[int, tuple[Attachment, PackedPaper]]:
    folders = {
        line.numbered.item.identity: (
            f"tai-lieu/{line.numbered.number.replace('.', '-')}-{slug(line.numbered.item.title, 40)}"
        )
        for line in minutes.lines
    }
    placed = {}
    for one in found:
        kept = store.path_of(one.stored.sha256).is_file()
        path = names.path(folders.get(one.about, "tai-lieu/chung"), one.name) if kept else ""
        placed[one.pk] = (one, PackedPaper(one.name, path, one.stored.size))
    return placed


def _bytes_of(attachment: Attachment) -> Iterator[bytes]:
    with store.path_of(attachment.stored.sha256).open("rb") as kept:
        while piece := kept.read(_CHUNK):
            yield piece


def _checksums(sums: Sequence[tuple[str, str]]) -> bytes:
    # The format of `sha256sum -c`; two spaces say that files are read as they are.
    return "".join(f"{digest}  {path}\n" for digest, path in sums).encode()


def _index(
    conference: Conference,
    minutes: Minutes,
    people: Sequence[dict[str, Any]],
    papers: dict[int, tuple[Attachment, PackedPaper]],
) -> str:
    by_owner: dict[Any, list[PackedPaper]] = {}
    for attachment, paper in papers.values():
        by_owner.setdefault(attachment.about, []).append(paper)
    return render_to_string(
        "conferences/hall_packed.html",
        {
            "conference": conference,
            "minutes": minutes,
            "head": head_of(conference),
            "lines": [(line, by_owner.get(line.numbered.item.identity, [])) for line in minutes.lines],
            "common": by_owner.get(conference.identity, []),
            "attendance": people,
            "made": timezone.now(),
        },
    )


def attendance_rows(conference: Conference) -> list[dict[str, Any]]:
    """Everybody called, by number, with the answer given and whether he came; three queries."""
    invited = current(Invitation.objects.filter(conference=conference)).select_related("organisation")
    marks = {row.invitation_id: row for row in current(Attendance.objects.filter(conference=conference))}
    # The last answer holds.
    replies = {
        row.invitation_id: row
        for row in current(Reply.objects.filter(invitation__conference=conference)).order_by("id")
    }
    return [
        {
            "invitation": one,
            "reply": _reply(replies.get(one.pk)),
            "state": ATTENDANCE.label(marks[one.pk].state) if one.pk in marks else "",
            "at": marks[one.pk].at if one.pk in marks and marks[one.pk].state == "present" else None,
            "reason": marks[one.pk].reason if one.pk in marks else "",
        }
        for one in invited.order_by("number")
    ]


def _reply(reply: Reply | None) -> str:
    if reply is None:
        return ""
    parts = [REPLY.label(reply.answer), reply.reason]
    parts.append(f"đi thay: {reply.substitute}" if reply.substitute else "")
    return "; ".join(part for part in parts if part)


def _lists(
    conference: Conference, minutes: Minutes, people: Sequence[dict[str, Any]]
) -> Iterator[tuple[str, bytes]]:
    said = f"{conference.title}, ngày {format_date(conference.on)}"
    who = [Column("Số", 6, "int"), Column("Họ và tên", 26), Column("Chức vụ", 40), Column("Đơn vị", 32)]
    yield (
        "danh-sach-moi.xlsx",
        list_workbook(
            "Danh sách mời",
            said,
            [*who, Column("Có quyền biểu quyết", 12), Column("Trả lời", 34)],
            [(*_who(row), row["invitation"].voting, row["reply"]) for row in people],
        ),
    )
    yield (
        "diem-danh.xlsx",
        list_workbook(
            "Điểm danh",
            said,
            [*who, Column("Có mặt, vắng", 18), Column("Lúc", 17, "moment"), Column("Lý do", 30)],
            [(*_who(row), row["state"], row["at"], row["reason"]) for row in people],
        ),
    )
    yield "chuong-trinh.xlsx", list_workbook("Chương trình", said, _AGENDA, _agenda_rows(minutes))
    yield "bieu-quyet.xlsx", list_workbook("Biểu quyết", said, _VOTES, _vote_rows(minutes))
    yield (
        "ket-luan.xlsx",
        list_workbook(
            "Kết luận và nhiệm vụ",
            said,
            [Column("Kết luận", 70), Column("Giao thực hiện", 50)],
            [(line.text, "\n".join(line.tasks)) for line in minutes.conclusions],
        ),
    )


def _who(row: dict[str, Any]) -> tuple[Any, ...]:
    one = row["invitation"]
    return one.number, one.name, one.post, one.organisation.name if one.organisation else ""


_AGENDA = [
    Column("Mục", 8),
    Column("Nội dung", 60),
    Column("Người trình bày", 36),
    Column("Số phút", 10, "int"),
    Column("Từ", 17, "moment"),
    Column("Đến", 17, "moment"),
    Column("Người phát biểu", 50),
]
_VOTES = [
    Column("Nội dung", 50),
    Column("Bỏ phiếu kín", 12),
    Column("Có quyền", 10, "int"),
    Column("Có mặt", 10, "int"),
    Column("Tán thành", 10, "int"),
    Column("Không tán thành", 12, "int"),
    Column("Không có ý kiến", 12, "int"),
    Column("Cách tính và kết quả", 70),
]


def _agenda_rows(minutes: Minutes) -> Iterator[Sequence[Any]]:
    for line in minutes.lines:
        item = line.numbered.item
        names = "; ".join(turn.name for turn in line.speakers)
        yield line.numbered.number, item.title, item.presenter, item.minutes, line.since, line.until, names


def _vote_rows(minutes: Minutes) -> Iterator[Sequence[Any]]:
    for vote in minutes.votes:
        counts = (vote.outcome.entitled, vote.present, vote.agree, vote.disagree, vote.abstain)
        yield vote.question, vote.secret, *counts, vote.outcome.words()
