"""A Word paper in the Party's document form in force on a day: page, heading, title, lines, signature."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tongket.core.codelists import POST
from tongket.core.dates import long_date_vi
from tongket.members.models import PostHolding
from tongket.organisations.models import Organisation
from tongket.organisations.paper_names import COMMITTEES, SYMBOLS, above_of, issuer_of, party_body, place_of
from tongket.organisations.queries import name_on
from tongket.rules.catalogue import NoRuleInForce, rule

FONT = "Times New Roman"
LEFT, CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def form_in_force(id: str, on: date) -> Mapping[str, Any]:
    """A rule of the document form on a day; before the oldest version that is known, the oldest."""
    try:
        value = rule(id).in_force(on).value
    except NoRuleInForce:
        value = rule(id).versions[0].value
    if not isinstance(value, Mapping):
        raise TypeError(f"{id}: a table is wanted")
    return value


class Paper:
    """One Word file of an organisation, dated `on`."""

    def __init__(self, organisation: Organisation, on: date, title: str) -> None:
        self.organisation, self.on = organisation, on
        self.sizes = {name: int(size[0]) for name, size in form_in_force("doc.font-sizes", on).items()}
        body = form_in_force("doc.body", on)
        self.line, self.indent = int(body["line_pt"][0]), int(body["first_line_mm"])
        self.name = name_on(organisation, on)
        self.issuer, self.committee = issuer_of(self.name, organisation.kind)
        self.above = above_of(organisation, on)[0]
        self.document = Document()
        self.document.core_properties.title = title[:250]
        self.document.core_properties.author = self.issuer
        self.document.core_properties.comments = ""
        self.document.core_properties.language = "vi-VN"
        self._page()
        self._font()

    def _page(self) -> None:
        margins = form_in_force("doc.margins", self.on)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(int(margins["top"])), Mm(int(margins["bottom"]))
        section.left_margin, section.right_margin = Mm(int(margins["left"])), Mm(int(margins["right"]))

    def _font(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(self.sizes["body"])
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        normal.element.get_or_add_rPr().append(language)
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)

    def cell(self, cell: Any, lines: Sequence[tuple[str, int, str]], align: Any = CENTRE) -> None:
        """Lines of (text, size, marks) in a cell; marks: b bold, i italic, u underlined."""
        for number, (text, size, marks) in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = align
            run = paragraph.add_run(text)
            run.font.size = Pt(size)
            run.bold, run.italic, run.underline = "b" in marks, "i" in marks, "u" in marks

    def table(self, *widths: int, rows: int = 1, grid: bool = False) -> Any:
        """A table with columns of these widths in mm."""
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        if grid:
            table.style = "Table Grid"
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        return table

    def heading(self, symbol: str, signed_on: date | None = None) -> None:
        """Parent body, body, number; name of the Party, place and date. `symbol` "": a paper without number."""
        sizes = self.sizes
        left, right = self.table(80, 85).rows[0].cells
        parent = [(party_body(self.above).upper(), sizes["parent_body"], "")] if self.above else []
        number = [(f"Số        -{symbol}/{self._short()}", sizes["number"], "")] if symbol else []
        self.cell(
            left,
            [
                *parent,
                (self.issuer.upper(), sizes["issuing_body"], "b"),
                ("*", sizes["issuing_body"], ""),
                *number,
            ],
        )
        place = place_of(self.issuer, self.committee, self.above)
        when = long_date_vi(signed_on) if signed_on else f"ngày      tháng      năm {self.on.year}"
        self.cell(
            right,
            [
                ("ĐẢNG CỘNG SẢN VIỆT NAM", sizes["party_heading"], "bu"),
                ("", sizes["issuing_body"], ""),
                (f"{place}, {when}", sizes["place_date"], "i"),
            ],
        )

    def _short(self) -> str:
        return SYMBOLS.get(self.committee, "ĐU")

    def title(self, kind: str, *subject: str) -> None:
        """Kind and subject in bold, the five hyphens below."""
        rows = [(kind, self.sizes["kind"], True, 18), *((s, self.sizes["subject"], True, 0) for s in subject)]
        for text, size, bold, before in (*rows, ("-----", self.sizes["subject"], False, 0)):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = CENTRE
            paragraph.paragraph_format.space_before = Pt(before)
            paragraph.paragraph_format.space_after = Pt(10 if text == "-----" else 0)
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(size), bold

    def line_of(self, *runs: tuple[str, str], align: Any = JUSTIFY, indent: bool = True) -> Any:
        """One paragraph of the text: (text, marks) pieces."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        form = paragraph.paragraph_format
        if indent:
            form.first_line_indent = Mm(self.indent)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(self.line)
        form.space_before = form.space_after = Pt(3)
        for text, marks in runs:
            run = paragraph.add_run(text)
            run.bold, run.italic = "b" in marks, "i" in marks
        return paragraph

    def closing(self, recipients: Sequence[str]) -> None:
        """Recipients to the left; on whose behalf, post and name of the signer to the right. Never alone on a page."""
        self.document.add_paragraph()
        for paragraph in self.document.paragraphs[-3:]:
            paragraph.paragraph_format.keep_with_next = True
        table = self.table(80, 85)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        left, right = table.rows[0].cells
        size = self.sizes["recipients"]
        said = [f"- {text}{'.' if text == recipients[-1] else ';'}" for text in recipients]
        self.cell(left, [("Nơi nhận:", size, "u"), *((text, size, "") for text in said)], LEFT)
        post, name = self._signer()
        wide = self.committee in COMMITTEES.values()
        on_behalf = "T/M BAN THƯỜNG VỤ" if wide else f"T/M {self.committee.upper()}"
        self.cell(right, [(on_behalf, 14, "b"), (post, 14, ""), *[("", 14, "")] * 4, (name, 14, "b")])

    def _signer(self) -> tuple[str, str]:
        held = PostHolding.objects.filter(
            organisation=self.organisation,
            post="secretary",
            voided_at__isnull=True,
            valid_from__lte=self.on,
            valid_to__gt=self.on,
        ).select_related("member")
        first = held.first()
        return (POST.label("secretary").upper(), first.member.full_name if first else "")

    def saved(self) -> bytes:
        """The file."""
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()
