"""The built-in Word template, in the Party's document form in force on the report's day."""

from datetime import date

from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tongket.reports.word.prose import body, judging
from tongket.reports.word.prose.targets import annex
from tongket.ui.word_paper import CENTRE, FONT, JUSTIFY, LEFT, WordPaper, form_in_force, keep_whole


def default_template(on: date) -> bytes:
    """The .docx template for a report dated `on` (36-HD/VPTW, from 27/5/2026 05-HD/VPTW)."""
    form = (form_in_force(id, on) for id in ("doc.font-sizes", "doc.margins", "doc.body"))
    return _made(
        tuple(tuple(sorted((name, str(value)) for name, value in part.items())) for part in form), on
    )


#: Form in force -> template: reports of all days under one form share it.
_MADE: dict[tuple[tuple[tuple[str, str], ...], ...], bytes] = {}


def _made(form: tuple[tuple[tuple[str, str], ...], ...], on: date) -> bytes:
    if form not in _MADE:
        _MADE[form] = _Maker(on).made()
    return _MADE[form]


class _Maker(WordPaper):
    def __init__(self, on: date) -> None:
        super().__init__(on, "Báo cáo {{ ky.ten }}", "{{ dau.co_quan_ban_hanh }}", numbered=True)

    def made(self) -> bytes:
        self._heading_styles()
        self._footer()
        self._heading()
        self._title()
        for style, text in body():
            self._paragraph(style, text)
        self._closing()
        self._annex()
        return self.content()

    def _heading_styles(self) -> None:
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

    def _footer(self) -> None:
        """On every page of a report made from a locked book: which book, its digest, who signed it."""
        section = self.document.sections[0]
        for footer in (section.footer, section.first_page_footer):
            said = footer.paragraphs[0]
            for paragraph, text in (
                (
                    said,
                    "{% if so_chot.co %}Số liệu theo sổ đã chốt số {{ so_chot.so }}, lần {{ so_chot.lan }} của kỳ, "
                    "lúc {{ so_chot.luc }}. {{ so_chot.chu_ky }}.{% endif %}",
                ),
                (footer.add_paragraph(), "{% if so_chot.co %}Mã sổ: {{ so_chot.ma }}{% endif %}"),
            ):
                paragraph.alignment = CENTRE
                paragraph.add_run(text).font.size = Pt(8)

    def _heading(self) -> None:
        sizes = self.sizes
        left, right = self.columns(80, 90).rows[0].cells
        self.cell(
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
        self.cell(
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
            paragraph.alignment = CENTRE
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
            paragraph.alignment = CENTRE
            form.keep_with_next = style == "block"
            form.space_before = Pt(6)
            return
        if style == "cap":
            paragraph.alignment = CENTRE
            form.keep_with_next = text.startswith("Bảng")
            form.space_before, form.space_after = Pt(8), Pt(4)
            run.bold, run.font.size = True, Pt(13)
            return
        paragraph.alignment = JUSTIFY
        form.first_line_indent = Mm(self.indent)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(self.line)
        form.space_before = Pt(8 if style == "h1" else 4)
        form.space_after = Pt(4)
        form.widow_control = True
        run.italic = True if style == "note" else None

    def _closing(self) -> None:
        spacer = self.document.add_paragraph()
        spacer.paragraph_format.keep_with_next = True
        table = self.columns(82, 88)
        row = table.rows[0]
        keep_whole(row)
        left, right = row.cells
        size = self.sizes["recipients"]
        self.cell(left, [("Nơi nhận:", size, "u")], LEFT)
        for text in (
            "{%p for n in noi_nhan %}",
            "- {{ n.ten }}{% if loop.last %}.{% else %};{% endif %}",
            "{%p endfor %}",
        ):
            run = left.add_paragraph().add_run(text)
            run.font.size = Pt(size)
        self.cell(
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
        """What follows the signature, each on a page of its own: all targets, the year's judging."""
        for style, text in (*annex(), *judging.annex()):
            self._paragraph("if" if style == "annex" else style, text)
            paragraph = self.document.paragraphs[-1]
            paragraph.paragraph_format.keep_with_next = style == "annex" or style == "cap"
            if style == "annex":
                paragraph.paragraph_format.page_break_before = True
                paragraph.runs[0].bold = True
