"""A Word paper in the Party's document form in force on a day, built by code: page, fonts, head, title, signatures.

36-HD/VPTW, from 27/5/2026 05-HD/VPTW. Papers of their own kind (letters, minutes, programmes) say only what they hold.
"""

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
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: The five hyphens below a title.
_HYPHENS = "-----"

#: One line of a cell: text, size, marks (b bold, i italic, u underlined).
CellLine = tuple[str, int, str]


def form_in_force(id: str, on: date) -> Mapping[str, Any]:
    """A rule of the document form on a day; for days before the oldest version that is known, the oldest."""
    try:
        value = rule(id).in_force(on).value
    except NoRuleInForce:
        value = rule(id).versions[0].value
    if not isinstance(value, Mapping):
        raise TypeError(f"{id}: a table is wanted")
    return value


def clean(text: str) -> str:
    """Composed letters and no control characters: XML refuses them, and one would make the whole paper unreadable."""
    return "".join(letter for letter in nfc(text) if unicodedata.category(letter) not in ("Cc", "Cs"))


class WordPaper:
    """One paper under way; `numbered`: its pages bear numbers from the second on."""

    def __init__(self, on: date, title: str, author: str, *, numbered: bool = False) -> None:
        sizes, body = form_in_force("doc.font-sizes", on), form_in_force("doc.body", on)
        self.sizes = {name: int(size[0]) for name, size in sizes.items()}
        self.line, self.indent = int(body["line_pt"][0]), int(body["first_line_mm"])
        self.document = Document()
        self._page(form_in_force("doc.margins", on))
        self._style()
        if numbered:
            self._page_numbers()
        properties = self.document.core_properties
        properties.title, properties.author = clean(title)[:250], clean(author)[:250]
        properties.comments, properties.language = "", "vi-VN"

    def content(self) -> bytes:
        """The .docx file."""
        saved = io.BytesIO()
        self.document.save(saved)
        return saved.getvalue()

    def _page(self, margins: Mapping[str, Any]) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(int(margins["top"])), Mm(int(margins["bottom"]))
        section.left_margin, section.right_margin = Mm(int(margins["left"])), Mm(int(margins["right"]))

    def _page_numbers(self) -> None:
        section = self.document.sections[0]
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

    # --- parts ------------------------------------------------------------------------------------------------

    def head(self, parent: str, issuer: str, symbol: str, place_date: str, number: str = "") -> None:
        """Who stands above and who writes on the left, the Party's name and the date on the right.

        `symbol` "": a paper without a number. `number`: the whole number and symbol, where it was given already.
        """
        sizes = self.sizes
        left, right = self.columns(80, 90).rows[0].cells
        above = [(parent.upper(), sizes["parent_body"], "")] if parent else []
        said = number or f"       -{symbol}"
        numbered = [(f"Số {said}", sizes["number"], "")] if symbol or number else []
        star = ("*", sizes["issuing_body"], "")
        self.cell(left, [*above, (issuer.upper(), sizes["issuing_body"], "b"), star, *numbered])
        # The date stands level with the number, whether or not a body above is named.
        gap = [("", sizes["issuing_body"], "")] * (len(above) + len(numbered))
        party = ("ĐẢNG CỘNG SẢN VIỆT NAM", sizes["party_heading"], "bu")
        self.cell(right, [party, *gap, (place_date, sizes["place_date"], "i")])

    def title(self, kind: str, *subject: str) -> None:
        """The kind of paper in capitals, what it is about, and the five hyphens below."""
        parts = [(kind.upper(), self.sizes["kind"], True, 18)]
        parts += [(line, self.sizes["subject"], True, 0) for line in subject if line]
        parts.append((_HYPHENS, self.sizes["subject"], False, 0))
        for text, size, bold, before in parts:
            paragraph = self.document.add_paragraph()
            paragraph.alignment = CENTRE
            paragraph.paragraph_format.space_before = Pt(before)
            paragraph.paragraph_format.space_after = Pt(12 if text == _HYPHENS else 0)
            run = paragraph.add_run(clean(text))
            run.font.size, run.bold = Pt(size), bold

    def text(self, *pieces: str | tuple[str, str]) -> Any:
        """A paragraph of the text; a piece is plain, or (text, marks)."""
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        paragraph.alignment = JUSTIFY
        form.first_line_indent = Mm(self.indent)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(self.line)
        form.space_before = form.space_after = Pt(3)
        form.widow_control = True
        for piece in pieces:
            text, marks = (piece, "") if isinstance(piece, str) else piece
            run = paragraph.add_run(clean(text))
            run.bold, run.italic = "b" in marks or None, "i" in marks or None
        return paragraph

    def heading(self, text: str) -> None:
        """A heading of the text, kept with what follows."""
        form = self.text((text, "b")).paragraph_format
        form.keep_with_next = True
        form.space_before = Pt(8)

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        *,
        left: Sequence[int] = (),
    ) -> None:
        """A ruled table; its heading is repeated on every page, a row is never broken.

        Short cells stand in the middle, but for those of the columns `left` (names, which vary in length).
        """
        table = self.columns(*widths, rows=len(rows) + 1, grid=True)
        lines = list(table.rows)
        repeat_heading(lines[0])
        for line, texts in zip(lines, (heads, *rows), strict=True):
            keep_whole(line)
            for place, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
                short = (place > 0 and len(text) < 12) or (place == 0 and len(text) < 4)
                short = line is lines[0] or (short and place not in left)
                self.cell(
                    cell, [(text, 12, "b" if line is lines[0] else "")], CENTRE if short else LEFT, space=2
                )
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def signatures(self, left: Sequence[CellLine], right: Sequence[CellLine]) -> None:
        """Two columns that never stand alone on a page; the left one begins at the margin when it lists recipients."""
        self.document.add_paragraph()
        row = self.columns(82, 88).rows[0]
        keep_whole(row)
        self.cell(row.cells[0], left, LEFT if left and "u" in left[0][2] else CENTRE)
        self.cell(row.cells[1], right)
        for paragraph in self.document.paragraphs[-3:]:
            paragraph.paragraph_format.keep_with_next = True

    def closing(self, recipients: Sequence[str], on_behalf: str, post: str, signer: str) -> None:
        """Recipients to the left; on whose behalf, post and name of the signer to the right."""
        size = self.sizes["recipients"]
        last = len(recipients) - 1
        lines = [(f"- {one}{'.' if n == last else ';'}", size, "") for n, one in enumerate(recipients)]
        self.signatures(
            [("Nơi nhận:", size, "u"), *lines],
            [(on_behalf, 14, "b"), (post, 14, ""), *[("", 14, "")] * 4, (signer, 14, "b")],
        )

    # --- what parts are made of -------------------------------------------------------------------------------

    def columns(self, *widths: int, rows: int = 1, grid: bool = False) -> Any:
        """A table with columns of these widths in mm, with or without lines."""
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        if grid:
            table.style = "Table Grid"
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        return table

    def cell(self, cell: Any, lines: Sequence[CellLine], align: Any = CENTRE, *, space: int = 0) -> None:
        """Write lines into a cell, `space` points apart."""
        for number, (text, size, marks) in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = align
            if space:
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(space)
            run = paragraph.add_run(clean(text))
            run.font.size = Pt(size)
            run.bold, run.italic, run.underline = "b" in marks, "i" in marks, "u" in marks


def keep_whole(row: Any) -> None:
    """A row of a table that is not broken across pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat_heading(row: Any) -> None:
    """A row that stands again at the top of every page of its table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
