"""Files that are too big, of the wrong kind, or made to burst: refused with a clear message, at once, nothing kept."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.walk.conftest import browser
from tests.walk.kit.world import Walk
from tongket.intake.kinds import KINDS
from tongket.intake.templates import template as empty_workbook
from tongket.reports.word.default_template import default_template

IMPORT, TEMPLATE = "/nhap-lieu/tai-len/", "/bao-cao/mau/tai-len/?ky=2023"
SECONDS = 2.0


def _packed(name: str, content: bytes, *, nested: bool = False) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
        if nested:
            archive.writestr("inner.zip", _packed(name, content))
    return saved.getvalue()


def _many(count: int) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.xml", "")
    return saved.getvalue()


def _entities(name: str) -> bytes:
    laugh = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laugh}]><x>&a8;</x>'
    return _packed(name, text.encode())


BAD: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "empty": lambda end: (f"a{end}", b" "),
    "text": lambda end: (f"a{end}", b"=1+1\n"),
    "another office's format": lambda end: (f"a{end}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "wrong ending": lambda end: ("a.exe", b"MZ" + b"\0" * 600),
    "wrong ending, right content": lambda end: (
        "a.pdf",
        empty_workbook(KINDS["directives"]) if end == ".xlsx" else b"%PDF-1.4",
    ),
    "bomb": lambda end: (f"a{end}", _packed(_MAIN[end], b"\0" * 300_000_000)),
    "bomb in a bomb": lambda end: (f"a{end}", _packed(_MAIN[end], b" " * 50_000_000, nested=True)),
    "many parts": lambda end: (f"a{end}", _many(20_000)),
    "entities": lambda end: (f"a{end}", _entities(_MAIN[end])),
    "way out": lambda end: (f"a{end}", _packed("../../../../tmp/x", b"x")),
    "name of another place": lambda end: (f"../../etc/passwd\0{end}", b"x"),
}
_MAIN = {".xlsx": "xl/worksheets/sheet1.xml", ".docx": "word/document.xml"}


@pytest.fixture(scope="module")
def files() -> dict[tuple[str, str], tuple[str, bytes]]:
    """All bad files, made before any clock runs."""
    return {(name, end): make(end) for name, make in BAD.items() for end in _MAIN}


def _send(client: Client, path: str, name: str, content: bytes) -> tuple[Any, float]:
    file = SimpleUploadedFile(name, content)
    sent = {"kind": "directives", "file": file} if path == IMPORT else {"name": "Mẫu", "content": file}
    start = time.monotonic()
    return client.post(path, sent), time.monotonic() - start


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize(("path", "end"), [(IMPORT, ".xlsx"), (TEMPLATE, ".docx")])
def test_a_bad_file_is_refused_at_its_field_at_once_and_not_kept(
    walk: Walk, db: Any, files: Any, unchanged: Callable[[], None], path: str, end: str, what: str
) -> None:
    client = browser(walk.users["b-all"])
    unchanged()
    answer, seconds = _send(client, path, *files[what, end])
    page = answer.content.decode()
    assert answer.status_code == 422, page[:500]
    assert "invalid-feedback" in page or "alert" in page
    assert "Traceback" not in page
    assert seconds < SECONDS


@pytest.mark.parametrize("path", [IMPORT, TEMPLATE])
def test_a_file_past_the_limit_is_refused_with_the_limit_named(
    walk: Walk, db: Any, path: str, unchanged: Callable[[], None]
) -> None:
    client = browser(walk.users["b-all"])
    unchanged()
    answer, seconds = _send(client, path, "a.xlsx", b"\0" * (settings.MAX_UPLOAD_BYTES + 1))
    assert answer.status_code in (400, 413)
    assert "25 MB" in answer.content.decode()
    assert seconds < SECONDS


def test_a_good_template_passes_the_same_door(walk: Walk, db: Any) -> None:
    answer, _seconds = _send(
        browser(walk.users["b-all"]), TEMPLATE, "mau.docx", default_template(date(2023, 12, 31))
    )
    assert answer.status_code == 302
