"""What comes in at the door: every form of text, and hostile files with one clear sentence each."""

import io
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfWriter

from tests.drafts.files import repacked, rich_word, word
from tongket.core.problems import Refused
from tongket.drafts.readers import pasted, read_file
from tongket.drafts.readers.marking import Edit, Remark, marked
from tongket.reports.process.typeset import typeset

TEXT = "Năm 2023, Đảng bộ huyện kết nạp 88 đảng viên mới.\nTrao Huy hiệu Đảng cho 158 đảng viên."


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_file(name, content)
    assert [problem.field for problem in refused.value.problems] == ["file"]
    return refused.value.problems[0].message


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_is_read_in_any_coding_of_unicode_and_with_any_line_ends(coding: str) -> None:
    assert read_file("a.txt", TEXT.replace("\n", "\r\n").encode(coding)).text == TEXT


def test_windows_1258_is_read() -> None:
    # In this coding tone marks are signs of their own, put together again at the door.
    apart = "".join(
        unicodedata.normalize("NFC", base) + tone for base, tone in (_tone_apart(c) for c in TEXT)
    )
    assert read_file("a.txt", apart.encode("cp1258")).text == TEXT


def _tone_apart(sign: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", sign)
    tones = "".join(c for c in marks if c in "\u0300\u0301\u0303\u0309\u0323")
    return "".join(c for c in marks if c not in tones), tones


def test_decomposed_unicode_control_and_invisible_signs_are_put_right() -> None:
    source = pasted(unicodedata.normalize("NFD", TEXT).replace("88", "8\u200b8\x07"))
    assert source.text == TEXT


def test_a_file_in_an_old_coding_is_named_as_such() -> None:
    assert "bảng mã" in refusal("a.txt", bytes([0xB8, 0xD0, 0xA9, 0xF7, 0xD7, 0xFE, 0xA7]) * 40 + b"\xff\xd2")


def test_word_is_read_with_tables_controls_notes_and_headers_but_not_what_was_deleted() -> None:
    text = read_file("a.docx", rich_word()).text
    assert "kết nạp 89 đảng viên mới." in text
    assert "Tổng số đảng viên\n3.724\n" in text
    assert "Trao Huy hiệu Đảng cho 158 đảng viên." in text
    assert "Trong đó kết nạp lại 1 đảng viên." in text
    assert text.rstrip().endswith("Số 12-BC/HU")
    assert "77" not in text


def test_pdf_with_text_is_read_and_lines_of_one_sentence_are_put_together() -> None:
    made = typeset("#set page(width: 9cm)\n" + TEXT.replace("\n", "\n\n"), {})
    assert "kết nạp 88 đảng viên mới." in read_file("a.pdf", made).text.replace("\n", " ")


def test_hostile_and_wrong_files_get_one_sentence_that_says_what_to_do() -> None:
    good = word(TEXT)
    assert "đặt mật khẩu" in refusal("a.docx", _encrypted_word())
    assert "Word 97–2003" in refusal("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "macro" in refusal("a.docx", repacked(good, add={"word/vbaProject.bin": b"x"}))
    assert "macro" in refusal("a.docm", good)
    assert "hỏng" in refusal("a.docx", good[: len(good) // 2])
    assert "hỏng" in refusal(
        "a.docx", repacked(good, drop="word/document.xml", add={"word/document.xml": b"<w"})
    )
    assert "phình to" in refusal("a.docx", repacked(good, add={"word/big.xml": b"0" * (60 * 2**20)}))
    assert "không đúng với đuôi" in refusal("a.docx", b"%PDF-1.7")
    assert "không đúng với đuôi" in refusal("a.txt", good)
    assert "Không nhận tệp" in refusal("a.xlsx", good)
    assert "trống" in refusal("a.txt", b"")
    assert "hỏng" in refusal("a.pdf", b"%PDF-1.7\n" + b"junk" * 50)
    assert "MẬT" in refusal("a.txt", f"MẬT\n{TEXT}".encode())


def _encrypted_word() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600
    )


def test_pdf_with_a_password_without_text_or_with_too_many_pages_is_refused_clearly() -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    assert "không có chữ" in refusal("a.pdf", _pdf(writer))
    writer.encrypt("secret")
    assert "mật khẩu" in refusal("a.pdf", _pdf(writer))
    many = PdfWriter()
    for _ in range(501):
        many.add_blank_page(200, 200)
    assert "500 trang" in refusal("a.pdf", _pdf(many))


def _pdf(writer: PdfWriter) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_an_entity_bomb_in_a_word_file_is_refused_or_read_as_nothing() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY c SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
        b"&b;&c;</w:t></w:r></w:p></w:body></w:document>"
    )
    hostile = repacked(word(TEXT), drop="word/document.xml", add={"word/document.xml": bomb})
    message = refusal("a.docx", hostile)
    assert "hỏng" in message or "không có chữ" in message


def test_corrections_and_comments_stand_at_their_places_and_the_look_of_runs_stays() -> None:
    content = rich_word()
    text = read_file("a.docx", content).text
    at = text.index("89")
    note = text.index("kết nạp lại 1") + len("kết nạp lại ")
    corrected = text[:at] + "88" + text[at + 2 :]
    made = marked(
        content,
        corrected,
        [Edit(at, at + 2, "88")],
        [
            Remark(at, at + 2, "Sổ ghi 88"),
            Remark(note, note + 1, "Ở ghi chú"),
            Remark(at + 3, at + 12, "Đơn vị"),
        ],
        "Soát số liệu",
    )
    document = Document(io.BytesIO(made))
    assert document.paragraphs[0].text == "Năm 2023, Đảng bộ huyện kết nạp 88 đảng viên mới."
    assert sorted(comment.text for comment in document.comments) == ["Sổ ghi 88", "Đơn vị", "Ở ghi chú"]
    assert read_file("a.docx", made).text == corrected
    assert commented(made)["Đơn vị"] == "đảng viên"
    assert [run.bold for run in document.paragraphs[0].runs if run.text == "88"] == [True]


def commented(content: bytes) -> dict[str, str]:
    """Each comment of a Word file, with the text between its two marks."""
    document = Document(io.BytesIO(content))
    said = {str(comment.comment_id): comment.text for comment in document.comments}
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    inside: dict[str, str] = {}
    open_now: set[str] = set()
    for node in document.element.body.iter():
        if node.tag == f"{w}commentRangeStart":
            open_now.add(node.get(f"{w}id"))
        elif node.tag == f"{w}commentRangeEnd":
            open_now.discard(node.get(f"{w}id"))
        elif node.tag == f"{w}t":
            for one in open_now:
                inside[one] = inside.get(one, "") + (node.text or "")
    return {said[one]: text for one, text in inside.items()}


def test_comments_survive_libreoffice(tmp_path: Path) -> None:
    at = TEXT.index("88")
    made = marked(None, TEXT, [], [Remark(at, at + 2, "Sổ ghi 87")], "Soát số liệu")
    (tmp_path / "draft.docx").write_bytes(made)
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    convert = [
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path / "out"),
        str(tmp_path / "draft.docx"),
    ]
    subprocess.run([*office, *convert], check=True, capture_output=True, timeout=300)
    assert commented((tmp_path / "out" / "draft.docx").read_bytes()) == {"Sổ ghi 87": "88"}


def test_a_word_file_whose_sizes_lie_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "x")
        archive.writestr("word/document.xml", "y")
    assert "phình to" in refusal("a.docx", made.getvalue())
