"""Certificates for pre-printed paper: one page each, only the texts that change, each in a frame at its place in mm."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from tongket.core.dates import format_date, long_date_vi
from tongket.honours.commending.giving.handing import Called
from tongket.honours.commending.giving.layouts import KEYS, LayoutDraft, Place
from tongket.ui.word_paper import FONT, clean

_TWIPS = 1440 / 25.4
#: The lines of the test page are 10 mm apart, every fifth one is strong.
_STEP = 10


def texts_of(one: Called, layout: LayoutDraft) -> dict[str, str]:
    """What is printed for one commended, by the key of the place."""
    number = one.number
    return {
        "recipient": one.name,
        "address": one.proposal.address,
        "unit": one.unit if one.unit != one.name else "",
        "achievement": one.row.reason,
        "decision": f"Quyết định số {one.row.decision_number}, ngày {format_date(one.row.decided_on)}",
        "register": f"Số vào sổ: {number}" if number is not None else "",
        "place_date": ", ".join(part for part in (layout.place, long_date_vi(one.row.decided_on)) if part),
        "on_behalf": "\n".join(part for part in (layout.on_behalf, layout.signer_post) if part),
        "signer": layout.signer,
    }


def certificates(pages: Sequence[Mapping[str, str]], layout: LayoutDraft) -> bytes:
    """A Word file with one page for each of `pages` (texts by key). Raises ValueError for none."""
    if not pages:
        raise ValueError("at least one certificate is needed")
    document = _document(layout)
    for place, texts in enumerate(pages):
        _page(document, texts, layout, first=place == 0)
    return _saved(document)


def test_page(layout: LayoutDraft) -> bytes:
    """One page with a grid in millimetres and a boxed sample of each text, to be laid on the pre-printed paper."""
    document = _document(layout)
    _grid(document, layout)
    samples = {key: f"{name} ({one.x:g}; {one.y:g})" for one, (key, name) in _named(layout)}
    _page(document, samples, layout, first=True, boxed=True)
    return _saved(document)


def _named(layout: LayoutDraft) -> list[tuple[Place, tuple[str, str]]]:
    names = dict(KEYS)
    return [(one, (one.key, names[one.key])) for one in layout.places]


def _document(layout: LayoutDraft) -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(layout.page_width), Mm(layout.page_height)
    if layout.page_width > layout.page_height:
        section.orientation = WD_ORIENT.LANDSCAPE
    # The frames say where they stand; the margins only keep the empty line that holds them off the edge.
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(5))
    section.header_distance = section.footer_distance = Mm(3)
    normal = document.styles["Normal"]
    normal.font.name = FONT
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    document.core_properties.title, document.core_properties.author = "Giấy khen", ""
    return document


def _page(
    document: Any, texts: Mapping[str, str], layout: LayoutDraft, *, first: bool, boxed: bool = False
) -> None:
    # The line that holds the frames comes first: a frame stands on the page of the line before it in the file.
    holder = document.add_paragraph()
    holder.paragraph_format.page_break_before = not first
    holder.paragraph_format.line_spacing = Pt(1)
    holder.add_run("").font.size = Pt(1)
    for one in layout.places:
        text = texts.get(one.key, "")
        if one.shown and text:
            _frame(document, one, text, layout, boxed)
    tail = document.add_paragraph()
    tail.paragraph_format.line_spacing = Pt(1)


def _frame(document: Any, one: Place, text: str, layout: LayoutDraft, boxed: bool) -> None:
    x, y = one.x + layout.shift_x, one.y + layout.shift_y
    for line_number, line in enumerate(text.split("\n")):
        paragraph = document.add_paragraph()
        _put(paragraph, one, float(x), float(y) + line_number * one.size * 0.45)
        run = paragraph.add_run(clean(line))
        run.font.size = Pt(one.size)
        run.bold, run.italic = one.bold, one.italic
        if boxed:
            _box(paragraph)


def _put(paragraph: Any, one: Place, x: float, y: float) -> None:
    own = paragraph._p.get_or_add_pPr()
    frame = OxmlElement("w:framePr")
    for name, value in (
        ("w", str(_twips(float(one.width)))),
        ("wrap", "around"),
        ("vAnchor", "page"),
        ("hAnchor", "page"),
        ("x", str(max(1, _twips(x)))),
        ("y", str(max(1, _twips(y)))),
    ):
        frame.set(qn(f"w:{name}"), value)
    own.insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    align = OxmlElement("w:jc")
    align.set(qn("w:val"), one.align)
    own.append(align)


def _box(paragraph: Any) -> None:
    sides = "".join(
        f'<w:{side} w:val="dashed" w:sz="4" w:space="0" w:color="B00020"/>'
        for side in ("top", "left", "bottom", "right")
    )
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>")
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _grid(document: Any, layout: LayoutDraft) -> None:
    """A ruled table over the whole page; the first row and column bear the millimetres."""
    columns, rows = layout.page_width // _STEP, layout.page_height // _STEP
    # The last row is left off: a table that reaches the edge would push the line after it to another page.
    table = document.add_table(rows=rows - 1, cols=columns)
    table.autofit = False
    own = table._tbl.tblPr
    own.append(
        parse_xml(
            f'<w:tblpPr {nsdecls("w")} w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" '
            'w:horzAnchor="page" w:tblpX="1" w:tblpY="1"/>'
        )
    )
    own.append(_lines())
    own.append(
        parse_xml(
            f'<w:tblCellMar {nsdecls("w")}><w:left w:w="10" w:type="dxa"/>'
            '<w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        )
    )
    for row_number, row in enumerate(table.rows):
        row.height = Mm(_STEP)
        row._tr.trPr.find(qn("w:trHeight")).set(qn("w:hRule"), "exact")
        for column_number, cell in enumerate(row.cells):
            cell.width = Mm(_STEP)
            if row_number == 0 or column_number == 0:
                millimetres = (column_number if row_number == 0 else row_number) * _STEP
                run = cell.paragraphs[0].add_run(str(millimetres))
                run.font.size = Pt(6)


def _lines() -> Any:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="2" w:space="0" w:color="9AA5B1"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)


def _saved(document: Any) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
