"""From a .docx to a PDF: pages, headers and body for Typst, then its compiler with the bundled fonts only."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from tongket.core.dates import format_date
from tongket.reports.pdf.markup import literal, pt
from tongket.reports.pdf.walk import Walker
from tongket.reports.process.typeset import typeset
from tongket.reports.reckoned import PREFIX
from tongket.reports.word.printing import Tag
from tongket.ui.context import AS_AT, ORGANISATION, PERIOD
from tongket.ui.fonts import DOCUMENT_FONT


def figure_address(base_url: str) -> Callable[[Tag], str]:
    """What gives the address of a printed figure's page; always '' without a base address."""

    def address(tag: Tag) -> str:
        if not base_url or tag.indicator.startswith(PREFIX):
            return ""
        asked = {ORGANISATION: tag.organisation, PERIOD: tag.period}
        if tag.as_at:
            asked[AS_AT] = format_date(date.fromisoformat(tag.as_at))
        return f"{base_url.rstrip('/')}{reverse('web:figure', args=[tag.indicator])}?{urlencode(asked)}"

    return address


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the PDF carries inside it."""

    name: str
    content: bytes
    kind: str
    described: str


def make_pdf(docx: bytes, *, base_url: str = "", attached: Sequence[Attachment] = ()) -> bytes:
    """The PDF of a Word file; with `base_url` each figure links to its page there."""
    source, files = docx_to_typst(docx, base_url=base_url)
    for n, attachment in enumerate(attached):
        files[f"kem{n}"] = attachment.content
        source = _attaching(attachment, f"kem{n}") + source
    return typeset(source, files)


def _attaching(attachment: Attachment, stored: str) -> str:
    return (
        f'#pdf.attach({literal(attachment.name)}, read({literal(stored)}, encoding: none), relationship: "data", '
        f"mime-type: {literal(attachment.kind)}, description: {literal(attachment.described)})\n"
    )


def docx_to_typst(docx: bytes, *, base_url: str = "") -> tuple[str, dict[str, bytes]]:
    """The Typst source of a Word file, and the pictures that it names."""
    document = Document(io.BytesIO(docx))
    walker = Walker(document, figure_address(base_url))
    head = _settings(document, walker)
    body = walker.blocks(document.element.body, document.part)
    return f"{head}{body}", walker.files


def _settings(document: Any, walker: Walker) -> str:
    section = document.sections[0]
    properties = document.core_properties
    title, author = literal(properties.title or ""), literal(properties.author or "")
    width, height = section.page_width.pt, section.page_height.pt
    margins = {side: getattr(section, f"{side}_margin").pt for side in ("top", "bottom", "left", "right")}
    margin = ", ".join(f"{side}: {pt(max(value, 0))}" for side, value in margins.items())
    rise = max(margins["top"] - section.header_distance.pt, 0)
    return (
        f"#set document(title: {title}, author: {author}, date: none)\n"
        f"#set page(width: {pt(width)}, height: {pt(height)}, margin: ({margin}), "
        f"header: {_running(section, walker, 'header')}, footer: {_running(section, walker, 'footer')}, "
        f"header-ascent: {pt(rise * 0.4)})\n"
        f'#set text(font: {literal(DOCUMENT_FONT)}, fallback: true, lang: "vi", region: "VN", hyphenate: false, '
        "top-edge: 0.8em, bottom-edge: -0.2em, ligatures: false, overhang: false)\n"
        "#set par(spacing: 0pt)\n"
        "#show underline: set underline(stroke: 0.05em)\n"
    )


def _running(section: Any, walker: Walker, kind: str) -> str:
    """Content of the header or footer, with a first page of its own where the document has one."""
    other = _content(getattr(section, kind), walker)
    if not section.different_first_page_header_footer:
        return f"[{other}]" if other else "none"
    first = _content(getattr(section, f"first_page_{kind}"), walker)
    if not (first or other):
        return "none"
    return f"context if counter(page).get().first() == 1 [{first}] else [{other}]"


def _content(story: Any, walker: Walker) -> str:
    if story.is_linked_to_previous:
        return ""
    root = story._element
    if not any((t.text or "").strip() for t in root.iter(qn("w:t"), qn("w:instrText"))):
        return ""
    return walker.blocks(root, story.part)
