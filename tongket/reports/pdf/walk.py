"""Walking a Word document from top to bottom and writing it in Typst."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Emu

from tongket.reports.pdf.lists import Numbers
from tongket.reports.pdf.markup import leading, literal, paragraph, pt, styled
from tongket.reports.pdf.styles import Lines, Styles, Text
from tongket.reports.pdf.tables import table
from tongket.reports.word.printing import Tag

#: No text can hold it: control characters are written as escapes.
_PAGE_BREAK = "\f"
_TAB = 36.0  # Word's own tab distance, in points
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".svg"}
_FIELD = {"begin": "instruction", "separate": "result"}
_SAFE_LINK = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


class Walker:
    """Writes the parts of one document. `link` gives the address of a figure's page, or ''."""

    def __init__(self, document: Any, link: Callable[[Tag], str]) -> None:
        self.document, self.link = document, link
        self.styles = Styles(document)
        self.numbers = Numbers(document)
        self.files: dict[str, bytes] = {}
        self.part = document.part

    def blocks(self, container: Any, part: Any) -> str:
        """The paragraphs and tables of a body, cell, header or footer."""
        self.part = part
        written = []
        after = 0.0
        for element in self._children(container):
            if element.tag == qn("w:tbl"):
                written.append(table(element, self.styles, lambda cell: self._cell(cell, part), after))
                after = 0.0
            else:
                lines, text = self.styles.of_paragraph(element)
                written.append(self._paragraph(element, lines, text, after + lines.before))
                after = lines.after
        return "".join(written)

    def _cell(self, cell: Any, part: Any) -> str:
        """A cell keeps the space above its first and below its last paragraph, which a box would drop."""
        inner = self.blocks(cell, part)
        paragraphs = [e for e in self._children(cell) if e.tag == qn("w:p")]
        if not paragraphs:
            return inner
        first, _ = self.styles.of_paragraph(paragraphs[0])
        last, text = self.styles.of_paragraph(paragraphs[-1])
        half = leading(last, max(self._sizes(paragraphs[-1], text), default=text.size)) / 2
        return (
            f"#pad(top: {pt(max(first.before + half, 0))}, bottom: {pt(max(last.after + half, 0))})[{inner}]"
        )

    def _children(self, container: Any) -> Iterator[Any]:
        for element in container:
            if element.tag in (qn("w:p"), qn("w:tbl")):
                yield element
            elif element.tag == qn("w:sdt"):
                content = element.find(qn("w:sdtContent"))
                yield from self._children(content if content is not None else ())
            elif element.tag in (qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
                yield from self._children(element)

    def _paragraph(self, element: Any, lines: Lines, text: Text, gap: float) -> str:
        content = "".join(self._inline(element, text, lines))
        number = self.numbers.next(lines.number) if lines.number else ""
        if number:
            content = styled(f"{number} ", text) + content
        own = element.find(qn("w:pPr"))
        mark = None if own is None else own.find(qn("w:rPr"))
        size = max(self._sizes(element, text), default=_mark_size(mark, text))
        if "#image(" in content:  # a picture is as high as it is, whatever the line
            lines = Lines(align=lines.align, keep_next=lines.keep_next)
        first, *others = content.split(_PAGE_BREAK)
        made = paragraph(first, lines, size, gap)
        for other in others:
            made += "#pagebreak()\n" + (paragraph(other, lines, size, 0) if other else "")
        if lines.outline is not None and content:
            plain = "".join(t.text or "" for t in element.iter(qn("w:t")))
            made = f"#place(hide(heading(level: {lines.outline + 1}, {literal(plain)})))\n{made}"
        return f"#pagebreak(weak: true)\n{made}" if lines.page_break else made

    def _sizes(self, element: Any, base: Text) -> Iterator[float]:
        for run in element.iter(qn("w:r")):
            if any((t.text or "").strip() for t in run.iter(qn("w:t"))):
                yield self.styles.of_run(base, run).size

    def _inline(self, element: Any, base: Text, lines: Lines) -> Iterator[str]:
        field = ""  # where in a field we are: its instruction, or its last printed result
        is_page = False
        for child in element:
            tag = child.tag
            if tag == qn("w:r"):
                mark, instruction = child.find(qn("w:fldChar")), child.find(qn("w:instrText"))
                if mark is not None:
                    field = _FIELD.get(mark.get(qn("w:fldCharType")) or "", "")
                    is_page = is_page and bool(field)
                elif instruction is not None:
                    if re.match(r"\s*PAGE\b", instruction.text or ""):
                        is_page = True
                        yield self._page_number(self.styles.of_run(base, child))
                elif field != "instruction" and not is_page:
                    yield from self._run(child, self.styles.of_run(base, child), lines)
            elif tag == qn("w:sdt"):
                yield self._control(child, base, lines)
            elif tag == qn("w:hyperlink"):
                yield self._hyperlink(child, base, lines)
            elif tag in (
                qn("w:ins"),
                qn("w:smartTag"),
                qn("w:fldSimple"),
                qn("w:customXml"),
                qn("w:dir"),
                qn("w:bdo"),
            ):
                yield from self._inline(child, base, lines)

    def _run(self, run: Any, style: Text, lines: Lines) -> Iterator[str]:
        for child in run:
            name = child.tag.rpartition("}")[2]
            if name == "t":
                yield styled(child.text or "", style)
            elif name in ("br", "cr"):
                yield _PAGE_BREAK if child.get(qn("w:type")) == "page" else "#linebreak()"
            elif name == "tab":
                yield "#h(1fr)" if lines.right_tab else f"#h({pt(_TAB)})"
            elif name == "noBreakHyphen":
                yield styled("\u2011", style)
            elif name == "sym":
                yield styled("•", style)
            elif name == "drawing":
                yield from self._picture(child)

    def _control(self, control: Any, base: Text, lines: Lines) -> str:
        content = control.find(qn("w:sdtContent"))
        inner = "" if content is None else "".join(self._inline(content, base, lines))
        found = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        tag = None if found is None else Tag.read(found.get(qn("w:val")) or "")
        address = self.link(tag) if tag else ""
        return f"#link({literal(address)})[{inner}]" if address and inner else inner

    def _hyperlink(self, element: Any, base: Text, lines: Lines) -> str:
        inner = "".join(self._inline(element, base, lines))
        relation = self.part.rels.get(element.get(qn("r:id")) or "")
        address = relation.target_ref if relation is not None and relation.is_external else ""
        return f"#link({literal(address)})[{inner}]" if _SAFE_LINK.match(address) and inner else inner

    def _picture(self, drawing: Any) -> Iterator[str]:
        blip = next(drawing.iter(qn("a:blip")), None)
        extent = next(drawing.iter(qn("wp:extent")), None)
        relation = None if blip is None else self.part.rels.get(blip.get(qn("r:embed")) or "")
        if relation is None or relation.is_external or extent is None:
            return
        picture = relation.target_part
        suffix = PurePosixPath(str(picture.partname)).suffix.lower()
        if suffix not in _PICTURES:
            return
        name = f"hinh{len(self.files) + 1}{suffix}"
        self.files[name] = picture.blob
        described = next(drawing.iter(qn("wp:docPr")), None)
        words = "" if described is None else described.get("descr") or ""
        width = Emu(int(extent.get("cx"))).pt
        yield f"#box(image({literal(name)}, width: {pt(width)}, alt: {literal(words)}))"

    @staticmethod
    def _page_number(style: Text) -> str:
        return f"#text(size: {pt(style.size)}, context counter(page).display())"


def _mark_size(mark: Any, text: Text) -> float:
    size = None if mark is None else mark.find(qn("w:sz"))
    return text.size if size is None else float(size.get(qn("w:val"))) / 2
