"""The zip of a conference: complete, readable without the system, its names safe, its checksums right."""

import hashlib
import io
import re
import zipfile
from urllib.parse import unquote

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conferences.hall_world import items, make_conference
from tests.conferences.test_minutes import held
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.audit.acts import act
from tongket.conferences.models import Conference
from tongket.conferences.paper import packing
from tongket.conferences.paper.packing_names import Names, safe_name
from tongket.core.problems import Refused
from tongket.files import store
from tongket.files.acts import attach
from tongket.files.drafts import Upload
from tongket.files.models import Attachment


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


@pytest.fixture
def conference(world: World) -> Conference:
    made = held(world)
    first = items(made)[0]
    for name in ("Báo cáo.txt", "báo cáo.txt", "=HYPERLINK().txt"):
        attach(
            [Upload(name, f"Nội dung {name}".encode(), "paper")],
            about=first.identity,
            organisation=made.organisation,
            by=None,
        )
    return made


def _opened(conference: Conference) -> dict[str, bytes]:
    with zipfile.ZipFile(packing.pack(conference).stream) as book:
        assert book.testzip() is None
        names = book.namelist()
        assert len({name.partition("/")[0] for name in names}) == 1  # unpacks into one folder
        return {name.partition("/")[2]: book.read(name) for name in names}


def test_the_file_holds_pages_lists_papers_minutes_and_checksums(conference: Conference) -> None:
    found = _opened(conference)
    assert {
        "index.html",
        "style.css",
        "danh-sach-moi.xlsx",
        "diem-danh.xlsx",
        "chuong-trinh.xlsx",
        "bieu-quyet.xlsx",
        "ket-luan.xlsx",
        "bien-ban.docx",
        "thong-bao-ket-luan.docx",
        "checksums.txt",
        "tai-lieu/1-bao-cao-tong-ket/Báo cáo.txt",
        "tai-lieu/1-bao-cao-tong-ket/báo cáo (2).txt",
        "tai-lieu/1-bao-cao-tong-ket/=HYPERLINK().txt",
    } == set(found)
    assert found["tai-lieu/1-bao-cao-tong-ket/Báo cáo.txt"] == "Nội dung Báo cáo.txt".encode()


def test_every_checksum_is_that_of_its_file(conference: Conference) -> None:
    found = _opened(conference)
    lines = found["checksums.txt"].decode().splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert set(listed) == set(found) - {"checksums.txt"}
    assert all(hashlib.sha256(found[name]).hexdigest() == digest for name, digest in listed.items())


def test_every_link_of_the_page_leads_to_an_entry_and_none_outside(conference: Conference) -> None:
    found = _opened(conference)
    page = found["index.html"].decode()
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert {unquote(link) for link in links} == set(found) - {"index.html"}
    assert "<script" not in page
    assert "http" not in page + found["style.css"].decode()
    for said in ("Có mặt 32/35", "Lê Văn Cường", "cần quá nửa của 35", "hạn 31/03/2024", "Nguyễn Văn 35"):
        assert said in page, said


def test_lists_are_workbooks_without_formulas(conference: Conference) -> None:
    with act("test.name", by=None) as _current:
        conference.invitations.filter(number=1).update(name="=cmd|' /C calc'!A0")
    book = openpyxl.load_workbook(io.BytesIO(_opened(conference)["danh-sach-moi.xlsx"]))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert any(cell.value == "=cmd|' /C calc'!A0" and cell.data_type == "s" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_hostile_names_are_text_in_the_page(world: World) -> None:
    conference = make_conference(world, title='"><script>alert(1)</script>')
    page = _opened(conference)["index.html"].decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_paper_whose_bytes_are_lost_is_named_and_the_rest_is_packed(conference: Conference) -> None:
    lost = Attachment.objects.get(name="Báo cáo.txt")
    store.path_of(lost.stored.sha256).unlink()
    found = _opened(conference)
    assert "tệp không còn trên máy chủ" in found["index.html"].decode()
    assert sum(name.startswith("tai-lieu/") for name in found) == 2


def test_more_than_a_zip_may_hold_is_refused_before_anything_is_written(
    conference: Conference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="Hãy tải từng tài liệu"):
        packing.pack(conference)


def test_the_page_hands_the_zip_out_and_refuses_in_words(
    world: World, conference: Conference, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = logged_in(world.users["leader"])
    answer = client.get(f"/hoi-nghi/{conference.pk}/bien-ban/ho-so.zip")
    assert answer["Content-Type"] == "application/zip"
    assert zipfile.is_zipfile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    monkeypatch.setattr(packing, "MOST_FILES", 1)
    refused = client.get(f"/hoi-nghi/{conference.pk}/bien-ban/ho-so.zip")
    assert refused.status_code == 400
    assert "Hãy tải từng tài liệu" in refused.content.decode()


@given(st.text(max_size=200))
def test_any_name_becomes_one_that_every_system_takes(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe) <= 100
    assert not set(safe) & set('<>:"/\\|?*\0\n')
    assert not safe.startswith((".", " "))
    assert not safe.endswith((".", " "))
    assert safe.partition(".")[0].casefold() not in {"con", "nul", "aux", "prn", "com1", "lpt9"}


@given(st.lists(st.sampled_from(["a.pdf", "A.PDF", "á.pdf", "a (2).pdf", "..", "con.pdf", ""]), max_size=12))
def test_no_two_files_get_one_place(wanted: list[str]) -> None:
    names = Names()
    given_out = [names.path("tai-lieu", name) for name in wanted]
    assert len({path.casefold() for path in given_out}) == len(wanted)
