"""What is drawn on one slide: text at a measured size, boxes, a picture, a table, the number of the slide."""

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from tongket.reports.slides.drawing.base import GREY, INK, PALE, RED, WHITE
from tongket.reports.slides.drawing.measure import Fitted, fit, fit_all

#: The least size of a slide's text; only its footer and number are smaller.
LEAST = 20
FOOTER = 14
_GAP = 10.0
_HANG = 24

Box = tuple[float, float, float, float]  # left, top, width, height in points


class Canvas:
    """One slide. `cut` gathers the whole of each text of which only the beginning fits."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.cut: list[str] = []

    def background(self, colour: str) -> None:
        """The colour behind everything."""
        fill = self.page.background.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(colour)

    def title(self, box: Box, text: str, largest: int, smallest: int, colour: str) -> None:
        """The slide's title, a real one: outlines and screen readers find it."""
        shape = self.page.shapes.title
        self._place(shape, box)
        self._write(shape.text_frame, box, [text], largest, smallest, colour, bold=True, middle=True)

    def text(
        self,
        box: Box,
        text: str,
        largest: int,
        smallest: int,
        colour: str = INK,
        *,
        bold: bool = False,
        most: int = 99,
        middle: bool = False,
        align: Any = PP_ALIGN.LEFT,
    ) -> None:
        """A text in a box, at the largest size at which it fits; nothing for an empty one."""
        if not text:
            return
        shape = self.page.shapes.add_textbox(*(Pt(side) for side in box))
        self._write(
            shape.text_frame,
            box,
            [text],
            largest,
            smallest,
            colour,
            bold=bold,
            most=most,
            middle=middle,
            align=align,
        )

    def list(self, box: Box, texts: Sequence[str], largest: int, smallest: int) -> None:
        """Paragraphs, each begun by a dash."""
        shape = self.page.shapes.add_textbox(*(Pt(side) for side in box))
        left, top, width, height = box
        self._write(
            shape.text_frame, (left, top, width - _HANG, height), texts, largest, smallest, INK, dashes=True
        )

    def box(self, box: Box, colour: str) -> None:
        """A plain rectangle, an ornament that is not read out."""
        shape = self.page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Pt(side) for side in box))
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(colour)
        shape.line.fill.background()
        shape.shadow.inherit = False
        shape._element.nvSpPr.cNvPr.set("descr", "")

    def picture(self, box: Box, image: bytes, alt: str) -> None:
        """A picture as large as the box allows, in its middle, with its words."""
        left, top, width, height = box
        with Image.open(io.BytesIO(image)) as opened:
            across, down = opened.size
        scale = min(width / across, height / down)
        shown = across * scale, down * scale
        shape = self.page.shapes.add_picture(
            io.BytesIO(image),
            Pt(left + (width - shown[0]) / 2),
            Pt(top + (height - shown[1]) / 2),
            Pt(shown[0]),
            Pt(shown[1]),
        )
        shape.name = "Biểu đồ"
        shape._element.nvPicPr.cNvPr.set("descr", alt)

    def table(
        self,
        box: Box,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        shares: Sequence[float],
        row_height: float,
    ) -> None:
        """A table whose cells fit their measure; numbers stand at the right."""
        left, top, width, _height = box
        frame = self.page.shapes.add_table(
            len(rows) + 1, len(heads), Pt(left), Pt(top), Pt(width), Pt(row_height * (len(rows) + 1))
        )
        table = frame.table
        table.horz_banding = False
        for place, share in enumerate(shares):
            table.columns[place].width = Pt(width * share)
        for number, texts in enumerate((heads, *rows)):
            table.rows[number].height = Pt(row_height)
            for place, text in enumerate(texts):
                cell = table.cell(number, place)
                cell.margin_left = cell.margin_right = Pt(6)
                cell.margin_top = cell.margin_bottom = Pt(2)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.fill.solid()
                cell.fill.fore_color.rgb = RGBColor.from_string(
                    RED if number == 0 else PALE if number % 2 == 0 else WHITE
                )
                room: Box = (0, 0, width * shares[place] - 12, row_height - 4)
                middle = PP_ALIGN.LEFT if place == 0 else PP_ALIGN.CENTER
                colour, bold = (WHITE, True) if number == 0 else (INK, False)
                self._write(
                    cell.text_frame, room, [text], 26, LEAST, colour, bold=bold, align=middle, framed=False
                )

    def slide_number(self, box: Box) -> None:
        """The number, as a field that follows the slide when it is moved."""
        shape = self.page.shapes.add_textbox(*(Pt(side) for side in box))
        _bare(shape.text_frame)
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        number = self.page.part.package.presentation_part.presentation.slides.index(self.page) + 1
        paragraph._p.append(
            parse_xml(
                f'<a:fld {nsdecls("a")} id="{{7B1C2D3E-4F50-4A6B-8C7D-9E0F1A2B3C4D}}" type="slidenum">'
                f'<a:rPr lang="vi-VN" sz="{FOOTER * 100}"><a:solidFill><a:srgbClr val="{GREY}"/></a:solidFill></a:rPr>'
                f"<a:t>{number}</a:t></a:fld>"
            )
        )

    # --- inside -------------------------------------------------------------------------------------------

    @staticmethod
    def _place(shape: Any, box: Box) -> None:
        shape.left, shape.top, shape.width, shape.height = (Pt(side) for side in box)

    def _write(
        self,
        frame: Any,
        box: Box,
        texts: Sequence[str],
        largest: int,
        smallest: int,
        colour: str,
        *,
        bold: bool = False,
        most: int = 99,
        middle: bool = False,
        align: Any = PP_ALIGN.LEFT,
        dashes: bool = False,
        framed: bool = True,
    ) -> None:
        _left, _top, width, height = box
        if len(texts) == 1:
            shown = [fit(texts[0], width, height, largest=largest, smallest=smallest, bold=bold, most=most)]
        else:
            shown = fit_all(texts, width, height, largest=largest, smallest=smallest, gap=_GAP)
        self.cut += [text for text, piece in zip(texts, shown, strict=True) if piece.cut]
        if framed:
            _bare(frame)
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        for number, piece in enumerate(shown):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = align
            if number:
                paragraph.space_before = Pt(_GAP)
            if dashes:
                _dash(paragraph)
            _run(paragraph, piece, colour, bold)


def _run(paragraph: Any, piece: Fitted, colour: str, bold: bool) -> None:
    run = paragraph.add_run()
    run.text = piece.text
    run.font.size, run.font.bold = Pt(piece.size), bold
    run.font.color.rgb = RGBColor.from_string(colour)
    run.font.language_id = MSO_LANGUAGE_ID.VIETNAMESE


def _bare(frame: Any) -> None:
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _dash(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Pt(_HANG)))
    properties.set("indent", str(-Pt(_HANG)))
    properties.append(parse_xml(f'<a:buFont {nsdecls("a")} typeface="Times New Roman"/>'))
    properties.append(parse_xml(f'<a:buChar {nsdecls("a")} char="–"/>'))


__all__ = ["FOOTER", "LEAST", "Box", "Canvas"]
