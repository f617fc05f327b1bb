"""A file is looked at before it is opened: sizes, names, code, links. And the rendering has hard limits."""

import io
import time
import zipfile

import pytest

from tests.reports.templates import changed, data, docx
from tongket.core import process
from tongket.reports.word import render as rendering
from tongket.reports.word.language import TemplateRefused
from tongket.reports.word.package import MAX_ENTRIES, check_package


def packed(entries: dict[str, bytes]) -> bytes:
    """A zip of these entries."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return saved.getvalue()


def test_a_plain_document_passes() -> None:
    check_package(docx("x"))


def test_a_bomb_is_refused_quickly() -> None:
    bomb = changed(docx("x"), word__media__a_dot_png=b"\0" * (201 * 2**20))
    assert len(bomb) < 2**20
    start = time.monotonic()
    with pytest.raises(TemplateRefused, match="giải nén"):
        check_package(bomb)
    assert time.monotonic() - start < 2


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = changed(docx("x"), word__media__a_dot_png=b"\0" * (201 * 2**20))
    size = (201 * 2**20).to_bytes(4, "little")
    with pytest.raises(TemplateRefused):
        check_package(bomb.replace(size, (1000).to_bytes(4, "little")))


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(TemplateRefused, match="phần bên trong"):
        check_package(packed({f"x{i}": b"" for i in range(MAX_ENTRIES + 1)}))


@pytest.mark.parametrize(
    "name",
    [
        "../x.xml",
        "/etc/x.xml",
        "a/../../x.xml",
        "C:/x.xml",
        "word/vbaProject.bin",
        "word/activeX/activeX1.xml",
        "word/embeddings/oleObject1.bin",
        "word/x.exe",
    ],
)
def test_unsafe_names_and_code_are_refused(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(docx("x"))) as archive:
        entries = {n: archive.read(n) for n in archive.namelist()}
    with pytest.raises(TemplateRefused):
        check_package(packed({**entries, name: b"x"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_doubled_names_are_refused() -> None:
    saved = io.BytesIO(docx("x"))
    with zipfile.ZipFile(saved, "a") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    with pytest.raises(TemplateRefused):
        check_package(saved.getvalue())


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 broken", packed({"a.txt": b"x"})])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateRefused, match="Word"):
        check_package(content)


def test_external_entities_are_refused() -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    with pytest.raises(TemplateRefused, match="XML"):
        check_package(changed(docx("x"), word__settings_dot_xml=evil))


def test_links_to_the_outside_are_refused_except_hyperlinks() -> None:
    relation = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
        b'Target="http://example.invalid/x" TargetMode="External"/></Relationships>'
    )
    check_package(changed(docx("x"), word___rels__header9_dot_xml_dot_rels=relation % b"hyperlink"))
    for kind in (b"attachedTemplate", b"image", b"oleObject", b"frame"):
        with pytest.raises(TemplateRefused, match="ra ngoài"):
            check_package(changed(docx("x"), word__x_dot_rels=relation % kind))


@pytest.mark.parametrize(
    "field", ["DDEAUTO c:\\\\windows", "INCLUDETEXT file", "DDE x", "INCLUDEPICTURE http"]
)
def test_fields_that_fetch_are_refused(field: str) -> None:
    cut = len(field) // 3
    part = (
        "<w:hdr xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:p><w:r>"
        f"<w:instrText>{field[:cut]}</w:instrText></w:r><w:r><w:instrText>{field[cut:]}</w:instrText></w:r></w:p></w:hdr>"
    )
    with pytest.raises(TemplateRefused, match="trường"):
        check_package(changed(docx("x"), word__header9_dot_xml=part.encode()))


def test_a_template_that_never_ends_is_stopped_with_one_clear_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [{"ten": "x" * 50}] * 3000
    nested = (
        "{% for a in noi_nhan %}{% for b in noi_nhan %}{% for c in noi_nhan %}{{ c.ten }}"
        + "{% endfor %}" * 3
    )
    with pytest.raises(TemplateRefused, match="vượt giới hạn"):
        rendering.render(docx(nested), data(noi_nhan=rows))


def test_the_rendering_process_has_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}
    real = process.subprocess.run

    def watched(*args: object, **kwargs: object) -> object:
        seen.update(kwargs)
        return real(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setattr(process.subprocess, "run", watched)
    rendering.render(docx("x"), data())
    assert set(seen["env"]) == {"LANG", "PATH"}  # type: ignore[call-overload]
    assert b"secret" not in seen["input"]  # type: ignore[operator]
