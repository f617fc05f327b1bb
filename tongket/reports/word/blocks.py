"""Word XML of tables and of charts, made from plain descriptions."""

import base64
import io
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr  # nosec B406  # writes, never parses

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from tongket.reports.word.context import Facts, clean
from tongket.reports.word.printing import TAG_LIMIT, Tag

_TWIPS = 56.6929  # twentieths of a point in a millimetre
_SHADE = "EDEDED"
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'


class Numbering:
    """Ids of content controls: unique in the document, the same on every run."""

    def __init__(self) -> None:
        self.last = 1_000_000
        self.styles: dict[str, tuple[int, bool]] = {}

    def next(self) -> int:
        """The next id."""
        self.last += 1
        return self.last

    def style(self, size: int, is_bold: bool) -> str:
        """The paragraph style of table cells in half-point `size`.

        The look stands in a style as well as on the run: LibreOffice takes the text of a content control from there.
        """
        name = f"SoLieu{size}{'Dam' if is_bold else ''}"
        self.styles[name] = (size, is_bold)
        return name

    def add_styles(self, styles: Any) -> None:
        """Put the styles that were used into a document's styles, unless they are there."""
        known = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
        for name, (size, is_bold) in self.styles.items():
            if name not in known:
                styles.append(
                    parse_xml(
                        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{name}">'
                        f'<w:name w:val="{name}"/><w:uiPriority w:val="99"/><w:rPr>{_FONT}{"<w:b/>" if is_bold else ""}'
                        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
                    )
                )


def control(text: str, tag: Tag, name: str, properties: str, numbering: Numbering) -> str:
    """XML of a run-level content control around a printed figure; it can be deleted but not typed over."""
    alias = name if not tag.against else f"{name} (so với {tag.against})"
    return (
        f"<w:sdt><w:sdtPr>{properties}<w:alias w:val={quoteattr(alias[:TAG_LIMIT])}/>"
        f'<w:tag w:val={quoteattr(tag.text())}/><w:id w:val="{numbering.next()}"/>'
        f'<w:lock w:val="contentLocked"/><w:text/></w:sdtPr><w:sdtContent>'
        f"{run(text, properties)}</w:sdtContent></w:sdt>"
    )


def run(text: str, properties: str) -> str:
    """XML of a run of text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table(spec: Mapping[str, Any], facts: Facts, numbering: Numbering) -> Any:
    """A Word table from its description (see `tables.Table`): heading rows repeat on every page, rows stay whole."""
    widths = [round(mm * _TWIPS) for mm in spec["widths"]]
    size = round(spec["size"] * 2)
    parts = [
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>',
        _borders(),
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar>',
        f"<w:tblCaption w:val={quoteattr(clean(spec['title']))}/></w:tblPr><w:tblGrid>",
        *(f'<w:gridCol w:w="{w}"/>' for w in widths),
        "</w:tblGrid>",
    ]
    for row in spec["rows"]:
        parts.append(_row(row, spec, widths, size, facts, numbering))
    parts.append("</w:tbl>")
    return parse_xml("".join(parts))


def _borders() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tblBorders>{sides}</w:tblBorders>"


def _row(
    row: Mapping[str, Any],
    spec: Mapping[str, Any],
    widths: list[int],
    size: int,
    facts: Facts,
    numbering: Numbering,
) -> str:
    is_heading = row["kind"] == "heading"
    parts = ["<w:tr><w:trPr><w:cantSplit/>", "<w:tblHeader/>" if is_heading else "", "</w:trPr>"]
    column = 0
    for cell in row["cells"]:
        span = cell.get("span", 1)
        align = "center" if is_heading else cell.get("align") or spec["align"][column]
        is_bold = is_heading or row["kind"] in ("total", "group")
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>' if is_heading else ""
        properties = (
            f"<w:rPr>{_FONT}"
            f"{'<w:b/>' if is_bold else ''}{'<w:i/>' if cell.get('italic') else ''}"
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        )
        parts.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths[column : column + span])}" w:type="dxa"/>'
            + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
            + (f'<w:vMerge w:val="{cell["vmerge"]}"/>' if cell.get("vmerge") else "")
            + f'{shade}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
            + f'<w:pStyle w:val="{numbering.style(size, is_bold)}"/>'
            + ("<w:keepNext/>" if is_heading or row.get("keep") else "")
            + '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
            + f'<w:ind w:firstLine="0"/><w:jc w:val="{align}"/>{properties}</w:pPr>'
            + _cell(cell, properties, facts, numbering)
            + "</w:p></w:tc>"
        )
        column += span
    parts.append("</w:tr>")
    return "".join(parts)


def _cell(cell: Mapping[str, Any], properties: str, facts: Facts, numbering: Numbering) -> str:
    if "figure" not in cell:
        return run(clean(cell["text"]), properties) if cell.get("text") else ""
    column, indicator = cell["figure"]
    text, tag, name = facts.fact(column, indicator, cell.get("form", "bare"))
    after = run(clean(cell["after"]), properties) if cell.get("after") else ""
    return control(clean(cell.get("text") or text), tag, name, properties, numbering) + after


def picture(part: Any, spec: Mapping[str, Any], number: int) -> Any:
    """A run with a chart as an inline picture and its description in words for those who do not see it."""
    inline = part.new_pic_inline(io.BytesIO(base64.b64decode(spec["png"])), width=Mm(spec["width_mm"]))
    properties = inline.find(qn("wp:docPr"))
    properties.set("id", str(number))
    properties.set("name", f"Biểu đồ {number}")
    properties.set("title", clean(spec["title"]))
    properties.set("descr", clean(spec["alt"]))
    drawing = parse_xml(f"<w:r {nsdecls('w')}><w:drawing/></w:r>")
    drawing[0].append(inline)
    return drawing
