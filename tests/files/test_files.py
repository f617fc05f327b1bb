"""Files by hash: kinds known by content, names made harmless, text taken out, bytes kept once and checked."""

import io
import uuid
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.world import World, make_world
from tongket.core.problems import Conflict, Refused
from tongket.directives.acts import issue_directive
from tongket.directives.models import Directive
from tongket.directives.papers.issuing import issued_draft
from tongket.directives.papers.search import matching
from tongket.figures.check_data import check_all
from tongket.files import store
from tongket.files.acts import attach, detach
from tongket.files.drafts import Upload
from tongket.files.kinds import MAX_BYTES, kind_of, unpacks_safely
from tongket.files.models import Attachment, StoredFile
from tongket.files.queries import attachments_by, attachments_of, lost, orphans
from tongket.files.rules import file_name, secret_mark, upload_rules


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def word(*paragraphs: str) -> bytes:
    paper = docx.Document()
    for paragraph in paragraphs:
        paper.add_paragraph(paragraph)
    box = io.BytesIO()
    paper.save(box)
    return box.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"\x89PNG\r\n\x1a\n..", "png"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
        ("Văn bản".encode(), "txt"),
        (b"\xef\xbb\xbfBOM", "txt"),
        (b"MZ\0\0", None),
        (b"\xfe\xff\0\0", None),
    ],
)
def test_a_kind_is_known_by_its_content(content, kind):
    found = kind_of(content)
    assert (found.name if found else None) == kind


def test_a_word_file_is_known_by_what_it_packs():
    assert kind_of(word("a")).name == "docx"
    assert unpacks_safely(word("a"))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\a\\Chỉ thị.pdf", "Chỉ thị.pdf"),
        ('a<b>:"c|?*.pdf', "abc.pdf"),
        ("ho\u202efdp.exe", "hofdp.exe"),
        ("", "tep"),
        ("...", "tep"),
        ("<i>/>.docx", "tep.docx"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless(name, clean):
    assert file_name(name) == clean


@given(st.text(max_size=300) | st.text("a. /\\\r\u0301\U00018d09", max_size=300))
@example("0 \U00018d09\r0")
def test_any_name_becomes_a_short_one_without_folders_and_tricks(name):
    clean = file_name(name)
    assert 0 < len(clean) <= 120
    assert clean.isprintable() and not set(clean) & set('/\\<>:"|?*')
    assert file_name(clean) == clean


@given(st.binary(max_size=200))
def test_any_content_is_judged_without_falling_over(content):
    kind_of(content)
    unpacks_safely(content)
    unpacks_safely(b"PK\x03\x04" + content)


def test_a_file_above_the_limit_is_told():
    [problem] = upload_rules(Upload("a.pdf", b"%PDF-" + b"0" * MAX_BYTES))
    assert "25 MB" in problem.message


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("ĐẢNG BỘ\n  MẬT  \nSố 1", "MẬT"),
        ("«TUYỆT MẬT»", "TUYỆT MẬT"),
        ("Bí mật của thành công", ""),
        ("\n" * 30 + "MẬT", ""),
    ],
)
def test_a_mark_of_secrecy_stands_in_the_head(text, mark):
    assert secret_mark(text) == mark


def test_an_archive_with_too_many_or_doubled_entries_is_no_office_file():
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for n in range(5001):
            archive.writestr(f"{n}", b"")
    assert not unpacks_safely(box.getvalue())


def test_the_text_of_a_word_file_is_taken_out_and_found(world):
    paper = issue_directive(issued_draft(world["QS"], "KH", "", date(2023, 3, 1), "Kế hoạch"), by=None)
    content = word("Về tăng cường", "xây dựng nông thôn mới")
    attach([Upload("a.docx", content)], about=paper.identity, organisation=world["QS"], by=None)
    stored = StoredFile.objects.get()
    assert (stored.kind, stored.text_state) == ("docx", "read")
    assert "nông thôn mới" in stored.text
    assert list(matching(Directive.objects.all(), "nong thon moi")) == [paper]


def test_a_secret_word_file_is_refused_and_leaves_no_row(world):
    with pytest.raises(Refused, match="TỐI MẬT"):
        attach(
            [Upload("a.docx", word("TỐI MẬT", "x"))], about=uuid.uuid4(), organisation=world["QS"], by=None
        )
    assert not StoredFile.objects.exists() and not Attachment.objects.exists()


def test_the_same_bytes_are_kept_once_and_stay_when_taken_off(world):
    first, second = uuid.uuid4(), uuid.uuid4()
    for about in (first, second):
        attach([Upload("a.txt", b"Noi dung")], about=about, organisation=world["QS"], by=None)
    assert StoredFile.objects.count() == 1 and len(list(store.kept())) == 1
    assert {about: len(rows) for about, rows in attachments_by([first, second]).items()} == {
        first: 1,
        second: 1,
    }
    row = attachments_of(first).get()
    with pytest.raises(Refused):
        detach(row, reason=" ", by=None)
    detach(row, reason="Nhầm", by=None)
    with pytest.raises(Conflict):
        detach(row, reason="Nhầm", by=None)
    assert not attachments_of(first).exists() and attachments_of(second).count() == 1
    assert store.read(row.stored.sha256) == b"Noi dung"


def test_bytes_changed_on_disk_are_never_read_as_what_was_handed_in(world):
    attach([Upload("a.txt", b"Noi dung")], about=uuid.uuid4(), organisation=world["QS"], by=None)
    digest = StoredFile.objects.get().sha256
    assert (lost(), orphans()) == ([], [])
    store.path_of(digest).write_bytes(b"Sua doi!")
    loose = store.keep(b"Khong ai biet")
    with pytest.raises(ValueError, match="changed"):
        store.read(digest)
    assert (lost(), orphans()) == ([digest], [loose])
    [check] = [one for one in check_all() if one.name == "files"]
    assert check.checked == 1 and digest[:12] in check.faults[0] and "1 tệp trên đĩa" in check.title
