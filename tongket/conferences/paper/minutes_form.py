"""A Party paper in Word, built by code: page, fonts, head, title, body, signatures, as the form in force asks."""

import io
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from tongket.core.text import nfc
from tongket.rules.catalogue import NoRuleInForce, rule

FONT = "Times New Roman"
LEFT, CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def _in_force(id: str, on: date) -> Mapping[str, Any]:
    """The rule on a day; for days before the oldest version that is known, the oldest."""
    try:
        value = rule(id).in_force(on).value
    except NoRuleInForce:
        value = rule(id).versions[0].value
    if not isinstance(value, Mapping):
        raise TypeError(f"{id}: a table is wanted")
    return value


def _clean(text: str) -> str:
    """Composed letters and no control characters: XML refuses them, and one would make the whole paper unreadable."""
    return "".join(letter for letter in nfc(text) if unicodedata.category(letter) not in ("Cc", "Cs"))


class Paper:
    """One paper under way. Lines of a cell are (text, size, marks); marks: b bold, i italic, u underlined."""

    def __init__(self, on: date, title: str, author: str) -> None:
        sizes, margins, text = (_in_force(id, on) for id in ("doc.font-sizes", "doc.margins", "doc.body"))
        self.sizes = {name: int(size[0]) for name, size in sizes.items()}
        self.line, self.indent = int(text["line_pt"][0]), int(text["first_line_mm"])
        self.document = Document()
        self._page(margins)
        self._style()
        properties = self.document.core_properties
        properties.title, properties.author = _clean(title)[:250], _clean(author)[:250]
        properties.comments, properties.language = "", "vi-VN"

    def bytes(self) -> bytes:
        """The .docx."""
        saved = io.BytesIO()
        self.document.save(saved)
        return saved.getvalue()

    def _page(self, margins: Mapping[str, Any]) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])
        section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = CENTRE
        for kind in ("begin", None, "separate", "text", "end"):
            run = number.add_run("2" if kind == "text" else "")
            run.font.size = Pt(13)
            if kind is None:
                run._r.append(
                    parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>')
                )
            elif kind != "text":
                run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))

    def _style(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(self.sizes["body"])
        own = normal.element.get_or_add_rPr()
        fonts = own.get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        own.append(language)
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)

    def head(self, parent: str, issuer: str, symbol: str, place_date: str) -> None:
        """Who stands above and who writes on the left, the Party's name and the date on the right."""
        sizes = self.sizes
        left, right = self._table(78, 92).rows[0].cells
        above = [(parent.upper(), sizes["parent_body"], "")] if parent else []
        self._cell(
            left,
            [
                *above,
                (issuer.upper(), sizes["issuing_body"], "b"),
                ("*", sizes["issuing_body"], ""),
                (f"Số        -{symbol}", sizes["number"], ""),
            ],
        )
        # The date stands level with the number, whether or not a body above is named.
        gap = [("", sizes["issuing_body"], "")] * (len(above) + 1)
        self._cell(
            right,
            [
                ("ĐẢNG CỘNG SẢN VIỆT NAM", sizes["party_heading"], "bu"),
                *gap,
                (place_date, sizes["place_date"], "i"),
            ],
        )

    def title(self, kind: str, lines: Sequence[str]) -> None:
        """The kind of paper in capitals, what it is about, and the five hyphens below."""
        parts = [(kind.upper(), self.sizes["kind"], True, 18)]
        parts += [(line, self.sizes["subject"], True, 0) for line in lines]
        parts.append(("-----", self.sizes["subject"], False, 0))
        for text, size, bold, before in parts:
            paragraph = self.document.add_paragraph()
            paragraph.alignment = CENTRE
            paragraph.paragraph_format.space_before = Pt(before)
            paragraph.paragraph_format.space_after = Pt(12 if text == "-----" else 0)
            run = paragraph.add_run(_clean(text))
            run.font.size, run.bold = Pt(size), bold

    def heading(self, text: str) -> None:
        """A heading of the text, kept with what follows."""
        paragraph = self.body(text, bold=True)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(8)

    def body(self, text: str, *, bold: bool = False, italic: bool = False) -> Any:
        """A paragraph of the text."""
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        paragraph.alignment = JUSTIFY
        form.first_line_indent = Mm(self.indent)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(self.line)
        form.space_before, form.space_after = Pt(3), Pt(3)
        form.widow_control = True
        run = paragraph.add_run(_clean(text))
        run.bold, run.italic = bold or None, italic or None
        return paragraph

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """A ruled table; its heading is repeated on every page, a row is never broken."""
        table = self._table(*widths)
        table.style = "Table Grid"
        self._row(table.rows[0], heads, bold=True)
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        for row in rows:
            self._row(table.add_row(), row, widths=widths)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _row(self, row: Any, texts: Sequence[str], *, bold: bool = False, widths: Sequence[int] = ()) -> None:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            if widths:
                cell.width = Mm(widths[place])
            paragraph = cell.paragraphs[0]
            short = bold or (place > 0 and len(text) < 12) or (place == 0 and len(text) < 4)
            paragraph.alignment = CENTRE if short else LEFT
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(_clean(text))
            run.font.size, run.bold = Pt(12), bold

    def signatures(self, left: Sequence[tuple[str, int, str]], right: Sequence[tuple[str, int, str]]) -> None:
        """Two columns that never stand alone on a page; the left one begins at the margin when it lists recipients."""
        spacer = self.document.add_paragraph()
        spacer.paragraph_format.keep_with_next = True
        table = self._table(82, 88)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        align = LEFT if left and "u" in left[0][2] else CENTRE
        self._cell(table.rows[0].cells[0], left, align)
        self._cell(table.rows[0].cells[1], right)
        for paragraph in self.document.paragraphs[-3:]:
            paragraph.paragraph_format.keep_with_next = True

    def _table(self, *widths: int) -> Any:
        table = self.document.add_table(rows=1, cols=len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for cell, width in zip(table.rows[0].cells, widths, strict=True):
            cell.width = Mm(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def _cell(self, cell: Any, lines: Sequence[tuple[str, int, str]], align: Any = CENTRE) -> None:
        for number, (text, size, marks) in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = align
            run = paragraph.add_run(_clean(text))
            run.font.size = Pt(size)
            run.bold, run.italic, run.underline = "b" in marks, "i" in marks, "u" in marks
