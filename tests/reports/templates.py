"""Small templates and data for tests of the Word part; no database."""

import io
import zipfile
from typing import Any

from docx import Document
from docx.oxml.ns import qn

VALUES = {
    "members.admitted": "88",
    "members.admitted.target": "85",
    "members.admitted.vs_target_pct": "3.5",
    "members.total": "3724",
    "members.age.18_30": "511",
    "honours.badges": "158",
    "honours.badges.30": "60",
    "study.attendance_pct": None,
}
UNITS = {"members.admitted.vs_target_pct": ("%", 1), "study.attendance_pct": ("%", 2)}


def docx(*paragraphs: str, header: str = "") -> bytes:
    """A .docx of these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def data(values: dict[str, str | None] | None = None, **names: Any) -> dict[str, Any]:
    """What the parent process would send: this year and last year of organisation QS."""
    column = {
        "organisation": "QS",
        "period": "2023",
        "as_at": "2023-12-31",
        "values": {**VALUES, **(values or {})},
    }
    before = {
        "organisation": "QS",
        "period": "2022",
        "as_at": "2022-12-31",
        "values": {"members.admitted": "80"},
    }
    return {
        "columns": [column, before],
        "indicators": {id: (f"Chỉ số {id}", *UNITS.get(id, ("đảng viên", 0))) for id in VALUES},
        "names": {
            "so": {"column": 0},
            "truoc": {"column": 1},
            "to_chuc": {"ten": "Huyện ủy Quế Sơn", "la_cap_tren": True},
            "noi_nhan": [{"ten": ""}, {"ten": "Tỉnh ủy"}, {"ten": "Lưu"}],
            **names,
        },
        "charts": {},
        "tables": {
            "nho": {
                "title": "Bảng nhỏ",
                "widths": [50, 30],
                "size": 12,
                "align": ["left", "right"],
                "rows": [
                    {"kind": "heading", "cells": [{"text": "Nội dung"}, {"text": "2023"}]},
                    {"kind": "row", "cells": [{"text": "Kết nạp"}, {"figure": [0, "members.admitted"]}]},
                ],
            }
        },
    }


def text_of(content: bytes) -> str:
    """All text of a .docx's body, headers and footers, one line a paragraph."""
    document = Document(io.BytesIO(content))
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]
    return "\n".join(
        "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
        for root in roots
        for paragraph in root.iter(qn("w:p"))
    )


def controls(content: bytes) -> list[tuple[str, str]]:
    """(tag, text) of every content control of a .docx's body, in order."""
    body = Document(io.BytesIO(content)).element.body
    return [
        (
            sdt.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")),
            "".join(t.text or "" for t in sdt.iter(qn("w:t"))),
        )
        for sdt in body.iter(qn("w:sdt"))
        if sdt.find(f"{qn('w:sdtPr')}/{qn('w:tag')}") is not None
    ]


def changed(content: bytes, **parts: bytes | None) -> bytes:
    """A package with entries replaced, added or (None) left out; names with `__` for `/` and `_dot_` for `.`."""
    wanted = {name.replace("__", "/").replace("_dot_", "."): new for name, new in parts.items()}
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, entry in wanted.items():
            if entry is not None:
                new.writestr(name, entry)
    return saved.getvalue()
