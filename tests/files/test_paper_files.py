"""Files of papers on their pages: attached whole or not at all, downloaded by who may read the paper, taken off."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.directives.test_directive import directive
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.directives.acts import add_directive, correct_directive
from tongket.directives.models import Directive
from tongket.files.models import Attachment
from tongket.obligations.acts import hand_out
from tongket.obligations.drafts import DemandDraft

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


@pytest.fixture
def paper(world: World) -> Directive:
    return add_directive(directive(world), by=world.users["office"])


def url(name: str, *args: object) -> str:
    return reverse(f"directives:{name}", args=args)


def send(world: World, paper: Directive, *files: tuple[str, bytes], user: str = "office", role: str = "main"):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return logged_in(world.users[user]).post(url("attach", paper.pk), {"file": sent, "role": role})


def zipped(**parts: bytes) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return box.getvalue()


def test_several_files_are_attached_at_once_listed_and_downloaded(world, paper):
    answer = send(world, paper, ("Chỉ thị 26.pdf", PDF), ("phụ lục.txt", b"Phu luc"), role="annex")
    assert answer.status_code == 302
    rows = list(Attachment.objects.order_by("pk"))
    assert [(row.name, row.role, row.about) for row in rows] == [
        ("Chỉ thị 26.pdf", "annex", paper.identity),
        ("phụ lục.txt", "annex", paper.identity),
    ]
    client = logged_in(world.users["leader"])
    page = client.get(url("detail", paper.pk)).content.decode()
    assert "Chỉ thị 26.pdf" in page and rows[0].stored.sha256[:12] in page
    got = client.get(url("file", paper.pk, rows[0].pk))
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"].startswith("attachment") and got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"MZ this is a program", "không phải là PDF"),
        ("a.exe", b"MZ", "Chỉ nhận"),
        ("a.docx", zipped(xl__workbook_xml=b"x") + b"", "không phải là Word"),
        ("a.pdf", b"", "trống"),
        ("mat.txt", "ĐẢNG BỘ\nTỐI MẬT\nBáo cáo".encode(), "TỐI MẬT"),
    ],
)
def test_one_bad_file_is_told_at_its_field_and_none_is_kept(world, paper, name, content, said):
    before = LedgerEntry.objects.count()
    answer = send(world, paper, ("tot.txt", b"Noi dung"), (name, content))
    assert answer.status_code == 422
    assert any(said in error for error in answer.context["form"].errors["file"]), answer.context[
        "form"
    ].errors
    assert not Attachment.objects.exists() and LedgerEntry.objects.count() == before


def test_a_zip_bomb_in_the_dress_of_a_word_file_is_refused(world, paper):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 60_000_000)
    answer = send(world, paper, ("bom.docx", bomb.getvalue()))
    assert answer.status_code == 422 and "phình to" in answer.context["form"].errors["file"][0]
    assert not Attachment.objects.exists()


def test_300_megabytes_are_stopped_with_a_clear_page_before_they_are_read(world, paper):
    client = logged_in(world.users["office"])
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-\r\n--x--\r\n'
    answer = client.generic(
        "POST", url("attach", paper.pk), body, content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=300 * 2**20,
    )  # fmt: skip
    assert answer.status_code == 400
    assert "25 MB" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_nothing_chosen_is_told(world, paper):
    assert logged_in(world.users["office"]).post(url("attach", paper.pk), {"role": "main"}).status_code == 422
    answer = send(world, paper, ("a.txt", b"a"), role="evidence")
    assert answer.status_code == 422 and "role" in answer.context["form"].errors


def test_a_file_is_taken_off_with_its_reason_and_its_bytes_stay(world, paper, media):
    send(world, paper, ("a.txt", b"a"))
    row = Attachment.objects.get()
    client = logged_in(world.users["office"])
    assert client.post(url("detach", paper.pk, row.pk), {"reason": ""}).status_code == 422
    assert client.post(url("detach", paper.pk, row.pk), {"reason": "Nhầm tệp"}).status_code == 302
    row.refresh_from_db()
    assert row.void_reason == "Nhầm tệp"
    assert client.get(url("file", paper.pk, row.pk)).status_code == 404
    assert client.post(url("detach", paper.pk, row.pk), {"reason": "Nhầm tệp"}).status_code == 409
    assert (media / row.stored.sha256[:2] / row.stored.sha256).read_bytes() == b"a"


def test_files_follow_a_corrected_paper(world, paper):
    send(world, paper, ("a.txt", b"a"))
    fresh = correct_directive(paper, directive(world, subject="Trích yếu đúng"), reason="Sai", by=None)
    assert "a.txt" in logged_in(world.users["office"]).get(url("detail", fresh.pk)).content.decode()


def test_a_stranger_to_the_book_neither_downloads_nor_attaches_nor_detaches(world, paper):
    send(world, paper, ("a.txt", b"a"))
    row = Attachment.objects.get()
    client = logged_in(world.users["clerk_a"])
    assert client.get(url("file", paper.pk, row.pk)).status_code == 404
    assert client.get(url("attach", paper.pk)).status_code == 404
    assert client.post(url("detach", paper.pk, row.pk), {"reason": "x"}).status_code == 404
    assert send(world, paper, ("b.txt", b"b"), user="clerk_a").status_code == 404
    assert logged_in(world.users["admin"]).get(url("file", paper.pk, row.pk)).status_code == 403
    assert (
        logged_in(world.users["leader"]).post(url("detach", paper.pk, row.pk), {"reason": "x"}).status_code
        == 403
    )
    assert Attachment.objects.filter(voided_at=None).count() == 1


def test_a_file_of_another_paper_is_not_had_through_this_one(world, paper):
    own = add_directive(directive(world, organisation=world["PA"]), by=None)
    send(world, paper, ("a.txt", b"a"))
    row = Attachment.objects.get()
    assert logged_in(world.users["clerk_a"]).get(url("file", own.pk, row.pk)).status_code == 404


def test_who_was_handed_the_paper_downloads_its_files_and_changes_none(world, paper):
    send(world, paper, ("a.txt", b"a"))
    row = Attachment.objects.get()
    asked = DemandDraft(
        world["QS"], "plan", "Kế hoạch", date(2023, 5, 1), date(2023, 6, 1), about=paper.identity
    )
    hand_out(asked, [world["PA"]], by=world.users["office"])
    client = logged_in(world.users["clerk_a"])
    assert b"".join(client.get(url("file", paper.pk, row.pk)).streaming_content) == b"a"
    assert client.post(url("detach", paper.pk, row.pk), {"reason": "x"}).status_code == 404


def test_bytes_lost_on_disk_are_told_as_such(world, paper, media):
    send(world, paper, ("a.txt", b"a"))
    row = Attachment.objects.get()
    (media / row.stored.sha256[:2] / row.stored.sha256).unlink()
    answer = logged_in(world.users["office"]).get(url("file", paper.pk, row.pk))
    assert answer.status_code == 404 and "sao lưu" in answer.content.decode()
