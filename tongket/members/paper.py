"""A short Word paper in the Party's document form (36-HD/VPTW, from 27/5/2026 05-HD/VPTW), built by code.

For programmes, bulletins, letters; the year-end report has its own template.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tongket.members.heading import Heading
from tongket.rules.catalogue import NoRuleInForce, rule

FONT = "Times New Roman"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LEFT, _CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def _in_force(id: str, on: date) -> Mapping[str, Any]:
    """The rule on a day; for days before the oldest version that is known, the oldest."""
    try:
        value = rule(id).in_force(on).value
    except NoRuleInForce:
        value = rule(id).versions[0].value
    if not isinstance(value, Mapping):
        raise TypeError(f"{id}: a table is wanted")
    return value


def clean(text: str) -> str:
    """Text without the control characters that XML does not know."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t")


class Paper:
    """A paper being written: head, title, paragraphs, tables, signature; `content` gives the file."""

    def __init__(self, heading: Heading, on: date, title: str) -> None:
        self.heading, self.on = heading, on
        self.sizes = {name: int(size[0]) for name, size in _in_force("doc.font-sizes", on).items()}
        text = _in_force("doc.body", on)
        self.line, self.indent = int(text["line_pt"][0]), int(text["first_line_mm"])
        self.document = Document()
        self.document.core_properties.title = clean(title)
        self.document.core_properties.author = clean(heading.issuer)
        self.document.core_properties.comments = ""
        self.document.core_properties.language = "vi-VN"
        self._page(_in_force("doc.margins", on))

    def _page(self, margins: Mapping[str, Any]) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])
        section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(self.sizes["body"])
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)

    def _cell(self, cell: Any, lines: Sequence[tuple[str, int, str]], align: Any = _CENTRE) -> None:
        """Lines of (text, size, marks); marks: b bold, i italic, u underlined."""
        for number, (text, size, marks) in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = align
            run = paragraph.add_run(clean(text))
            run.font.size = Pt(size)
            run.bold, run.italic, run.underline = "b" in marks, "i" in marks, "u" in marks

    def _columns(self, *widths: int) -> Any:
        table = self.document.add_table(rows=1, cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for place, width in enumerate(widths):
            table.columns[place].width = table.rows[0].cells[place].width = Mm(width)
        return table

    def head(self, symbol: str) -> None:
        """The head: bodies and number to the left, the Party's name, place and date to the right."""
        sizes, top = self.sizes, self.heading
        left, right = self._columns(80, 90).rows[0].cells
        above = [(top.parent.upper(), sizes["parent_body"], "")] if top.parent else []
        self._cell(
            left,
            [
                *above,
                (top.issuer.upper(), sizes["issuing_body"], "b"),
                ("*", sizes["issuing_body"], ""),
                (f"Số        -{symbol}", sizes["number"], ""),
            ],
        )
        self._cell(
            right,
            [
                ("ĐẢNG CỘNG SẢN VIỆT NAM", sizes["party_heading"], "bu"),
                ("", sizes["issuing_body"], ""),
                (top.place_date, sizes["place_date"], "i"),
            ],
        )

    def title(self, kind: str, *subject: str) -> None:
        """The kind of paper in capitals and what it is about."""
        for number, (text, size) in enumerate(
            [(kind.upper(), self.sizes["kind"]), *((s, self.sizes["subject"]) for s in subject if s)]
        ):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = _CENTRE
            paragraph.paragraph_format.space_before = Pt(0 if number else 18)
            run = paragraph.add_run(clean(text))
            run.font.size, run.bold = Pt(size), True
        rule_line = self.document.add_paragraph("-----")
        rule_line.alignment = _CENTRE
        rule_line.paragraph_format.space_after = Pt(12)

    def text(self, text: str, *, bold: bool = False, lead: str = "") -> None:
        """A paragraph of the text; `lead` are its first words in bold."""
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        paragraph.alignment = _JUSTIFY
        form.first_line_indent = Mm(self.indent)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(self.line)
        form.space_before = form.space_after = Pt(4)
        form.widow_control, form.keep_with_next = True, bold
        if lead:
            paragraph.add_run(clean(lead)).bold = True
        paragraph.add_run(clean(text)).bold = bold

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """A table with borders; its heading row repeats on every page."""
        table = self._columns(*widths)
        table.style = "Table Grid"
        self._row(table.rows[0], heads, heading=True)
        for row in rows:
            self._row(table.add_row(), row)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)

    def _row(self, row: Any, texts: Sequence[str], *, heading: bool = False) -> None:
        own = row._tr.get_or_add_trPr()
        own.append(OxmlElement("w:cantSplit"))
        if heading:
            own.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(row.cells, texts, strict=True):
            self._cell(cell, [(text, 13, "b" if heading else "")], _CENTRE if heading else _LEFT)

    def closing(self, recipients: Sequence[str]) -> None:
        """Recipients to the left, who signs to the right; the signature never stands alone on a page."""
        self.document.add_paragraph().paragraph_format.keep_with_next = True
        row = self._columns(82, 88).rows[0]
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        size = self.sizes["recipients"]
        last = len(recipients) - 1
        lines = [(f"- {one}{'.' if n == last else ';'}", size, "") for n, one in enumerate(recipients)]
        self._cell(row.cells[0], [("Nơi nhận:", size, "u"), *lines], _LEFT)
        self._cell(
            row.cells[1],
            [
                (self.heading.on_behalf, 14, "b"),
                (self.heading.post, 14, ""),
                *[("", 14, "")] * 4,
                (self.heading.signer, 14, "b"),
            ],
        )

    def content(self) -> bytes:
        """The .docx file."""
        saved = io.BytesIO()
        self.document.save(saved)
        return saved.getvalue()
