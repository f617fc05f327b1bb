"""Which text is in force when, by subject (``data/texts.yaml``): the table that stands before all rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from tongket.core.citations import Citation
from tongket.core.dates import FOREVER, format_date

from .model import BadRules
from .reading import (
    DATA,
    check_keys,
    mapping_of,
    mark_of,
    optional_date,
    read_sources,
    read_yaml,
    sources_of,
    text_of,
)

__all__ = ["FILE", "Subject", "Text", "all_texts", "load_texts"]

FILE = "texts.yaml"


@dataclass(frozen=True)
class Text:
    """A regulation or guidance on a subject; ``effective_from`` is None when the day was not found."""

    effective_from: date | None
    effective_until: date | None
    citation: Citation
    accompanied_by: tuple[str, ...] = ()
    note: str = ""

    def in_force(self, on: date) -> bool:
        """Whether it is known to be in force on a day."""
        return self.effective_from is not None and (
            self.effective_from <= on <= (self.effective_until or FOREVER)
        )


@dataclass(frozen=True)
class Subject:
    """A subject with its texts from the oldest to the newest."""

    id: str
    name_vi: str
    name_en: str
    texts: tuple[Text, ...]

    def name(self, lang: str = "vi") -> str:
        """The subject in the reader's language."""
        return self.name_en if lang.startswith("en") else self.name_vi

    def in_force(self, on: date) -> Text | None:
        """The text in force on a day, or None where none is known."""
        return next((text for text in self.texts if text.in_force(on)), None)


@cache
def all_texts() -> tuple[Subject, ...]:
    """Every subject in the order of the file. Raises :class:`BadRules`."""
    return load_texts(DATA)


def load_texts(folder: Path) -> tuple[Subject, ...]:
    """Read and check the table. Raises :class:`BadRules` naming file, subject and row."""
    path = folder / FILE
    if not path.exists():
        raise BadRules(f"{FILE}: thiếu tệp; chép lại tệp này vào thư mục quy định")
    raw = read_yaml(path)
    check_keys(raw, {"texts"}, FILE)
    sources = read_sources(folder)
    entries = mapping_of(raw.get("texts"), f"{FILE}: texts")
    return tuple(
        _subject(str(id), mapping_of(entry, f"{FILE}: {id}"), sources) for id, entry in entries.items()
    )


_KEYS = {
    "effective_from",
    "effective_until",
    "document",
    "document_date",
    "with",
    "mark",
    "source",
    "note",
}


def _subject(id: str, raw: Mapping[str, Any], sources: Mapping[str, str]) -> Subject:
    where = f"{FILE}: {id}"
    check_keys(raw, {"name_vi", "name_en", "versions"}, where)
    listed = raw.get("versions")
    if not isinstance(listed, list) or not listed:
        raise BadRules(f"{where}: versions: chưa có văn bản nào; ghi ít nhất một văn bản")
    rows = (f"{where}: phiên bản {number}" for number in range(1, len(listed) + 1))
    texts = tuple(
        _text(mapping_of(entry, row), row, sources) for row, entry in zip(rows, listed, strict=True)
    )
    _check_order(texts, where)
    return Subject(id, text_of(raw, "name_vi", where), text_of(raw, "name_en", where), texts)


def _text(raw: Mapping[str, Any], where: str, sources: Mapping[str, str]) -> Text:
    check_keys(raw, _KEYS, where)
    start, until = optional_date(raw, "effective_from", where), optional_date(raw, "effective_until", where)
    mark = mark_of(raw, where)
    if start is None and mark != "U":
        raise BadRules(f"{where}: effective_from: thiếu ngày; ghi ngày, hoặc ghi mark: U khi chưa tìm thấy")
    if start is not None and until is not None and until < start:
        raise BadRules(f"{where}: effective_until trước effective_from; sửa một trong hai ngày")
    others = raw.get("with") or []
    if not isinstance(others, list):
        raise BadRules(f"{where}: with: cần một danh sách văn bản kèm theo")
    citation = Citation(
        text_of(raw, "document", where),
        optional_date(raw, "document_date", where),
        "",
        mark,
        sources_of(raw, where, sources),
    )
    return Text(start, until, citation, tuple(str(x) for x in others), str(raw.get("note") or ""))


def _check_order(texts: Sequence[Text], where: str) -> None:
    dated = [(n, text) for n, text in enumerate(texts, start=1) if text.effective_from is not None]
    for (before, earlier), (number, later) in pairwise(dated):
        if later.effective_from <= (earlier.effective_until or FOREVER):  # type: ignore[operator]  # dated only
            raise BadRules(
                f"{where}: phiên bản {number}: trùng ngày với phiên bản {before}, ngày"
                f" {format_date(later.effective_from)} có hai văn bản; sửa một trong hai"  # type: ignore[arg-type]
            )
