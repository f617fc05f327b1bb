"""Where a rule or a form is written: the document, its day, the article, and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .dates import format_date

__all__ = ["MARKS", "Citation", "Mark"]

#: C: a page quotes or sums up the official text. R: seen only in unofficial
#: material, to be checked against the text. U: unconfirmed.
Mark = Literal["C", "R", "U"]

MARKS: dict[Mark, tuple[str, str]] = {
    "C": ("có trang dẫn văn bản chính thức", "quoted from the official text"),
    "R": (
        "mới thấy ở tài liệu không chính thức, cần đối chiếu",
        "seen in unofficial material only, to be checked",
    ),
    "U": ("chưa xác nhận", "unconfirmed"),
}


@dataclass(frozen=True)
class Citation:
    """A place in a document. ``date`` is the day of issue, ``source`` the address where it was read."""

    document: str
    date: date | None = None
    article: str = ""
    mark: Mark = "U"
    source: str = ""

    def document_and_article(self, lang: str = "vi") -> str:
        """``Quy định 24-QĐ/TW, ngày 30/7/2021, điểm 1.1``."""
        parts = [self.document]
        if self.date:
            parts.append(f"{'of' if lang.startswith('en') else 'ngày'} {format_date(self.date, lang)}")
        if self.article:
            parts.append(self.article)
        return ", ".join(parts)

    def label(self, lang: str = "vi") -> str:
        """:meth:`document_and_article` and, unless confirmed, how sure it is."""
        text = self.document_and_article(lang)
        return text if self.mark == "C" else f"{text} ({MARKS[self.mark][1 if lang.startswith('en') else 0]})"
