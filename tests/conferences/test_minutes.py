"""The minutes gathered from the record, and the Word drafts made of them."""

import io
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests import needs
from tests.conferences.hall_world import at, invite, items, make_conference
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.conferences.acts import close
from tongket.conferences.concluding.acts import add_conclusions
from tongket.conferences.concluding.drafts import ConclusionDraft, Task
from tongket.conferences.hall.acts import record_floor
from tongket.conferences.models import Conference
from tongket.conferences.paper.minutes import collect, head_of
from tongket.conferences.paper.minutes_word import first_name_of, minutes_paper, notice_paper
from tongket.conferences.voting.acts import record_vote
from tongket.conferences.voting.drafts import VoteDraft


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


def held(world: World, **changes: Any) -> Conference:
    """A conference as it was held, from opening to closing."""
    conference = make_conference(world, state="running", **changes)
    invite(conference, 35, present=32, excused=2, absent=1)
    first, second, third = items(conference)
    record_floor(conference, "item_start", by=None, item=first.identity, at=at("13:40"))
    record_floor(conference, "item_end", by=None, at=at("14:10"))
    record_floor(conference, "item_start", by=None, item=second.identity, at=at("14:10"))
    record_floor(
        conference, "speak_start", by=None, speaker="Lê Văn Cường", topic="Kết nạp đảng viên", at=at("14:15")
    )
    record_floor(conference, "item_end", by=None, at=at("15:10"))
    record_floor(conference, "item_start", by=None, item=third.identity, at=at("15:10"))
    vote = VoteDraft(
        "Thông qua Nghị quyết năm 2024", "over_half", 32, 30, 1, item=third.identity, taken_at=at("15:20")
    )
    record_vote(conference, vote, by=None)
    task = Task("task", date(2024, 3, 31), (world["PA"], world["PB"]))
    drafts = [
        ConclusionDraft("Tăng cường phát triển đảng viên", task=task),
        ConclusionDraft("Ghi nhận kết quả"),
    ]
    add_conclusions(conference, drafts, by=None)
    close(conference, by=None, at=at("16:30"))
    return conference


def text_of(content: bytes) -> str:
    """All text of a Word file, tables included, line by line."""
    document = Document(io.BytesIO(content))
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter() if node.tag.endswith("}t"))
        for paragraph in document.element.body.iter()
        if paragraph.tag.endswith("}p")
    )


def test_the_minutes_say_what_the_record_holds(world: World) -> None:
    said = text_of(minutes_paper(collect(held(world))))
    for expected in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "-BB/HU",
        "BIÊN BẢN",
        "Hội nghị tổng kết công tác xây dựng Đảng năm 2023",
        "Hội nghị khai mạc lúc 13 giờ 30 phút ngày 28/12/2023, tại Hội trường Huyện ủy",
        "triệu tập: 35; có mặt: 32; vắng có lý do: 2; vắng không lý do: 1.",
        "Có mặt 32/35 người có quyền biểu quyết, đủ số lượng theo quy định (cần ít nhất 18).",
        "Nguyễn Văn 33, Huyện ủy viên (lý do: Đi công tác)",
        "1.1. Thảo luận.",
        "Từ 14 giờ 10 đến 15 giờ 10.",
        "Phát biểu: Lê Văn Cường (Kết nạp đảng viên), lúc 14 giờ 15.",
        "cần quá nửa của 35 người có quyền biểu quyết là 18; tán thành 30, kết quả: thông qua. Có 1 người",
        "1. Tăng cường phát triển đảng viên.",
        "Giao thực hiện: Đảng bộ xã A, Đảng bộ xã B; hạn 31/03/2024.",
        "Hội nghị kết thúc lúc 16 giờ 30 phút ngày 28/12/2023",
        "THƯ KÝ",
        "Nguyễn Văn An",
    ):
        assert expected in said, expected
    assert "Nguyễn Văn 1," not in said  # those who came are counted, not listed
    assert "./." not in said


def test_minutes_before_the_session_leave_the_times_to_fill_in(world: World) -> None:
    conference = make_conference(world, secretary="")
    minutes = collect(conference)
    assert not minutes.is_complete
    said = text_of(minutes_paper(minutes))
    assert "kết thúc lúc ….. giờ ….. phút" in said
    assert "II. Nội dung và diễn biến" in said
    assert "III. Kết luận" in said  # no empty section about votes


def test_the_notice_says_conclusions_and_what_was_carried(world: World) -> None:
    said = text_of(notice_paper(collect(held(world))))
    for expected in (
        "-TB/HU",
        "THÔNG BÁO",
        "kết luận hội nghị tổng kết công tác xây dựng Đảng năm 2023",
        "1. Tăng cường phát triển đảng viên.",
        "- Thông qua Nghị quyết năm 2024.",
        "T/M BAN THƯỜNG VỤ",
        "- Lưu Văn phòng Huyện ủy.",
    ):
        assert expected in said, expected
    assert "Huyện ủy viên (lý do" not in said


def test_a_commune_writes_as_its_committee_under_the_district(world: World) -> None:
    head = head_of(make_conference(world, "PA"))
    assert (head.issuer, head.symbol, head.parent) == ("Đảng ủy xã A", "ĐU", "Đảng bộ huyện Thử")
    cell = head_of(make_conference(world, "PA1"))
    assert (cell.issuer, cell.symbol) == ("Chi bộ thôn A1", "CB")


@pytest.mark.parametrize(
    ("chairs", "name"),
    [
        ("Đồng chí Đinh Nguyên Vũ – Tỉnh ủy viên, Bí thư Huyện ủy và đồng chí B", "Đinh Nguyên Vũ"),
        ("đ/c Nguyễn Phước Sơn, Phó Bí thư", "Nguyễn Phước Sơn"),
        ("", ""),
    ],
)
def test_the_first_chair_signs_without_titles(chairs: str, name: str) -> None:
    assert first_name_of(chairs) == name


def test_hostile_text_stays_text_in_word(world: World) -> None:
    conference = make_conference(world, title="<w:p>& ‹script›\x0b", place="]]>")
    assert "<w:p>& ‹script›" in text_of(minutes_paper(collect(conference)))


def test_drafts_are_handed_out_as_word_files_and_it_is_kept_who_took_them(world: World) -> None:
    conference = held(world)
    client = logged_in(world.users["office"])
    for page in ("bien-ban.docx", "thong-bao-ket-luan.docx"):
        answer = client.get(f"/hoi-nghi/{conference.pk}/bien-ban/{page}")
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        Document(io.BytesIO(answer.content))
    assert LedgerEntry.objects.filter(action="conference.download").count() == 2
    shown = client.get(f"/hoi-nghi/{conference.pk}/bien-ban/").content.decode()
    assert "Nguyễn Văn 35" in shown  # absent without reason


@needs.office
def test_libreoffice_opens_and_saves_the_minutes_unchanged(world: World, tmp_path: Path) -> None:
    made = minutes_paper(collect(held(world)))
    (tmp_path / "a.docx").write_bytes(made)
    run = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    run += [
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path / "out"),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(run, check=True, capture_output=True, timeout=120)
    again = (tmp_path / "out" / "a.docx").read_bytes()
    assert text_of(again).split() == text_of(made).split()
