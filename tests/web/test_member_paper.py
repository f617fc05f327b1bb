"""The phiếu đảng viên: what is recorded, lines where nothing is, restricted fields only when asked for and logged."""

import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from tests.web.conftest import Visit
from tests.world import World, person
from tongket.audit.models import LedgerEntry
from tongket.members.acts import register
from tongket.members.exporting.profile_paper import LINE, WITHHELD

NUMBER = "049180001234"


@pytest.fixture
def someone(world: World) -> Any:
    """A person of commune A of whom restricted fields are recorded."""
    made = person(
        world,
        "M8",
        "Nguyễn Thị Ví Dụ",
        gender="female",
        birth_date=date(1980, 5, 17),
        national_id=NUMBER,
        ethnicity="02",
        home_town="Xã An Phú",
    )
    register(made, into=world["PA1"], on=date(2015, 1, 1), by=None, admitted_on=date(2005, 3, 3))
    return made


def text_of(content: bytes) -> str:
    """All text of a Word file, tables included."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def asked(visit: Visit, name: str, who: Any, page: str = "paper", kind: str = "docx") -> Any:
    client = visit(name)
    send = client.post if page == "full_paper" else client.get
    return send(reverse(f"members:{page}", args=[who.uid, kind]))


def test_the_paper_says_what_is_recorded_and_leaves_lines_for_the_rest(visit: Visit, someone: Any) -> None:
    text = text_of(asked(visit, "office", someone).content)
    assert "PHIẾU ĐẢNG VIÊN" in text and "NGUYỄN THỊ VÍ DỤ" in text
    assert "5. Ngày sinh: 17/05/1980" in text
    assert "Ngày quyết định kết nạp vào Đảng: 03/03/2005" in text
    assert "Quê quán: Xã An Phú" in text
    assert f"Ngày chính thức: {LINE}" in text
    assert "Đưa vào sổ ban đầu" in text and "Chi bộ thôn A1" in text


def test_restricted_fields_are_withheld_unless_asked_for(visit: Visit, someone: Any) -> None:
    text = text_of(asked(visit, "organisation", someone).content)
    assert NUMBER not in text and "Tày" not in text
    assert f"Số định danh cá nhân, CCCD: {WITHHELD}" in text
    assert f"Tôn giáo: {LINE}" in text  # nothing is recorded: that may be said
    full = text_of(asked(visit, "organisation", someone, "full_paper").content)
    assert NUMBER in full and "Dân tộc: Tày" in full
    entries = LedgerEntry.objects.filter(action="member.paper").order_by("id")
    assert [bool(entry.data.get("fields")) for entry in entries] == [False, True]
    assert "national_id" in entries.last().data["fields"]  # type: ignore[union-attr]


def test_only_who_may_read_hidden_fields_gets_the_full_paper(visit: Visit, someone: Any) -> None:
    assert asked(visit, "office", someone, "full_paper").status_code == 403
    assert (
        visit("organisation").get(reverse("members:full_paper", args=[someone.uid, "docx"])).status_code
        == 405
    )


def test_others_people_have_no_paper(visit: Visit, someone: Any) -> None:
    assert asked(visit, "b-organisation", someone).status_code == 404
    assert asked(visit, "b-organisation", someone, "full_paper").status_code == 404
    assert asked(visit, "propaganda", someone).status_code == 403
    assert not LedgerEntry.objects.filter(action="member.paper").exists()


def test_the_pdf_says_the_same(visit: Visit, someone: Any) -> None:
    answer = asked(visit, "office", someone, kind="pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="phieu-dang-vien-nguyen-thi-vi-du-m8.pdf"' in answer["Content-Disposition"]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "NGUYỄN THỊ VÍ DỤ" in text and NUMBER not in text


def test_another_kind_of_file_is_not_there(visit: Visit, someone: Any) -> None:
    assert asked(visit, "office", someone, kind="odt").status_code == 404


def test_discipline_stands_on_the_paper_only_of_who_reads_it(visit: Visit, someone: Any) -> None:
    assert "Kỷ luật" in text_of(asked(visit, "inspection", someone).content)
    assert "Kỷ luật" not in text_of(asked(visit, "office", someone).content)
