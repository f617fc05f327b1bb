"""The built-in Word template, in the Party's document form in force on the report's day."""

import io
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from tongket.reports.word.prose import body
from tongket.reports.word.prose.targets import annex
from tongket.rules.catalogue import NoRuleInForce, rule

FONT = "Times New Roman"
_LEFT, _CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def default_template(on: date) -> bytes:
    """The .docx template for a report dated `on` (36-HD/VPTW, from 27/5/2026 05-HD/VPTW)."""
    sizes, margins, text = (_in_force(id, on) for id in ("doc.font-sizes", "doc.margins", "doc.body"))
    return _made(
        tuple(sorted((name, int(size[0])) for name, size in sizes.items())),
        tuple(sorted(margins.items())),
        (int(text["line_pt"][0]), int(text["first_line_mm"])),
    )


def _in_force(id: str, on: date) -> Mapping[str, Any]:
    """The rule on a day; for days before the oldest version that is known, the oldest."""
    try:
        value = rule(id).in_force(on).value
    except NoRuleInForce:
        value = rule(id).versions[0].value
    if not isinstance(value, Mapping):
        raise TypeError(f"{id}: a table is wanted")
    return value


@cache
def _made(
    sizes: tuple[tuple[str, int], ...], margins: tuple[tuple[str, int], ...], text: tuple[int, int]
) -> bytes:
    maker = _Maker(dict(sizes), dict(margins), *text)
    return maker.make()


class _Maker:
    def __init__(self, sizes: dict[str, int], margins: dict[str, int], line: int, indent: int) -> None:
        self.sizes, self.margins, self.line, self.indent = sizes, margins, line, indent
        self.document = Document()

    def make(self) -> bytes:
        self._page()
        self._styles()
        self._heading()
        self._title()
        for style, text in body():
            self._paragraph(style, text)
        self._closing()
        self._annex()
        saved = io.BytesIO()
        self.document.core_properties.title = "Báo cáo {{ ky.ten }}"
        self.document.core_properties.author = "{{ dau.co_quan_ban_hanh }}"
        self.document.core_properties.comments = ""
        self.document.core_properties.language = "vi-VN"
        self.document.save(saved)
        return saved.getvalue()

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(self.margins["top"]), Mm(self.margins["bottom"])
        section.left_margin, section.right_margin = Mm(self.margins["left"]), Mm(self.margins["right"])
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = _CENTRE
        for kind in ("begin", None, "separate", "text", "end"):
            run = number.add_run("2" if kind == "text" else "")
            run.font.size = Pt(13)
            if kind is None:
                run._r.append(
                    parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>')
                )
            elif kind != "text":
                run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))

    def _styles(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(self.sizes["body"])
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        normal.element.get_or_add_rPr().append(language)
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
        for level in (1, 2, 3):
            style = self.document.styles[f"Heading {level}"]
            style.font.name, style.font.size, style.font.bold = FONT, Pt(self.sizes["body"]), True
            style.font.italic = level == 3
            style.font.color.rgb = None
            own = style.element.get_or_add_rPr()
            for colour in own.findall(qn("w:color")):
                own.remove(colour)
            theme = own.find(qn("w:rFonts"))
            for name in list(theme.attrib):
                theme.set(name, FONT) if not name.endswith("Theme") else theme.attrib.pop(name)
            style.paragraph_format.keep_with_next = True

    def _cell(self, cell: Any, lines: list[tuple[str, int, str]], align: Any = _CENTRE) -> None:
        """Lines of (text, size, marks); marks: b bold, i italic, u underlined."""
        for number, (text, size, marks) in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = align
            run = paragraph.add_run(text)
            run.font.size = Pt(size)
            run.bold, run.italic, run.underline = "b" in marks, "i" in marks, "u" in marks

    def _table(self, *widths: int) -> Any:
        table = self.document.add_table(rows=1, cols=len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for cell, width in zip(table.rows[0].cells, widths, strict=True):
            cell.width = Mm(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def _heading(self) -> None:
        sizes = self.sizes
        left, right = self._table(80, 90).rows[0].cells
        self._cell(
            left,
            [
                ("{%p if dau.co_quan_cap_tren %}", sizes["parent_body"], ""),
                ("{{ dau.co_quan_cap_tren|chu_hoa }}", sizes["parent_body"], ""),
                ("{%p endif %}", sizes["parent_body"], ""),
                ("{{ dau.co_quan_ban_hanh|chu_hoa }}", sizes["issuing_body"], "b"),
                ("*", sizes["issuing_body"], ""),
                ("Số        -{{ dau.ky_hieu }}", sizes["number"], ""),
            ],
        )
        self._cell(
            right,
            [
                ("ĐẢNG CỘNG SẢN VIỆT NAM", sizes["party_heading"], "bu"),
                ("", sizes["issuing_body"], ""),
                ("{{ dau.dia_danh_ngay }}", sizes["place_date"], "i"),
            ],
        )

    def _title(self) -> None:
        subject = (
            "{% if ky.la_nam %}tổng kết{% else %}kết quả{% endif %} công tác xây dựng Đảng {{ ky.ten }};"
        )
        for text, size, bold, before in (
            ("BÁO CÁO", self.sizes["kind"], True, 18),
            (subject, self.sizes["subject"], True, 0),
            ("phương hướng, nhiệm vụ {{ ky_sau.ten }}", self.sizes["subject"], True, 0),
            ("-----", self.sizes["subject"], False, 0),
        ):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = _CENTRE
            paragraph.paragraph_format.space_before = Pt(before)
            paragraph.paragraph_format.space_after = Pt(12 if text == "-----" else 0)
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(size), bold

    def _paragraph(self, style: str, text: str) -> None:
        if style in ("h1", "h2", "h3"):
            paragraph = self.document.add_paragraph(style=f"Heading {style[1]}")
        else:
            paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        run = paragraph.add_run(text)
        if style in ("block", "if"):
            paragraph.alignment = _CENTRE
            form.keep_with_next = style == "block"
            form.space_before = Pt(6)
            return
        if style == "cap":
            paragraph.alignment = _CENTRE
            form.keep_with_next = text.startswith("Bảng")
            form.space_before, form.space_after = Pt(8), Pt(4)
            run.bold, run.font.size = True, Pt(13)
            return
        paragraph.alignment = _JUSTIFY
        form.first_line_indent = Mm(self.indent)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(self.line)
        form.space_before = Pt(8 if style == "h1" else 4)
        form.space_after = Pt(4)
        form.widow_control = True
        run.italic = True if style == "note" else None

    def _closing(self) -> None:
        spacer = self.document.add_paragraph()
        spacer.paragraph_format.keep_with_next = True
        table = self._table(82, 88)
        row = table.rows[0]
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        left, right = row.cells
        size = self.sizes["recipients"]
        self._cell(left, [("Nơi nhận:", size, "u")], _LEFT)
        for text in (
            "{%p for n in noi_nhan %}",
            "- {{ n.ten }}{% if loop.last %}.{% else %};{% endif %}",
            "{%p endfor %}",
        ):
            run = left.add_paragraph().add_run(text)
            run.font.size = Pt(size)
        self._cell(
            right,
            [
                ("{{ ky_ten.thay_mat }}", 14, "b"),
                ("{{ ky_ten.chuc_vu }}", 14, ""),
                *[("", 14, "")] * 4,
                ("{{ ky_ten.ho_ten }}", 14, "b"),
            ],
        )
        # The signature never stands alone on a page: it stays with the last lines of the text.
        for paragraph in self.document.paragraphs[-3:]:
            paragraph.paragraph_format.keep_with_next = True

    def _annex(self) -> None:
        """What follows the signature, from a page of its own: the table of all targets."""
        for style, text in annex():
            self._paragraph("if" if style == "annex" else style, text)
            paragraph = self.document.paragraphs[-1]
            paragraph.paragraph_format.keep_with_next = style == "annex" or style == "cap"
            if style == "annex":
                paragraph.paragraph_format.page_break_before = True
                paragraph.runs[0].bold = True
