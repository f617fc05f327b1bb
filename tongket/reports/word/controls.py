"""The pass over the finished document: marks become content controls, charts and tables."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from tongket.reports.word.blocks import Numbering, control, picture, run, table
from tongket.reports.word.context import CLOSE, OPEN, Facts
from tongket.reports.word.language import TemplateRefused
from tongket.reports.word.places import Place, forget
from tongket.reports.word.printing import Tag

_MARK = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NAMESPACE = re.compile(r'\sxmlns:\w+="[^"]*"')


class Finisher:
    """Finishes the parts of one document."""

    def __init__(self, facts: Facts, data: Mapping[str, Any]) -> None:
        self.facts, self.data = facts, data
        self.numbering = Numbering()
        self.pictures = 0

    def finish(self, root: Any, part: Any | None) -> None:
        """Replace every mark below `root`. `part` takes the pictures; None in headers and footers, which have none."""
        forget(root)
        for paragraph in list(root.iter(qn("w:p"))):
            block = self._block_of(paragraph)
            if block:
                self._place(paragraph, block, part)
        for text in list(root.iter(qn("w:t"))):
            if text.text and OPEN in text.text:
                self._split(text)
        for element in root.iter():
            for name, value in element.attrib.items():
                if OPEN in value:
                    element.set(name, self.plain_text(value))
        self._refuse_leftovers(root)

    def _block_of(self, paragraph: Any) -> str:
        """The chart or table that a paragraph holds; the paragraph may hold nothing beside it."""
        own = [t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph]
        text = "".join(t.text or "" for t in own)
        blocks = [b for b in _MARK.findall(text) if b.startswith(("bieu_do|", "bang|"))]
        if not blocks:
            return ""
        if len(blocks) > 1 or _MARK.sub("", text).strip() or _MARK.findall(text) != blocks:
            raise TemplateRefused(["Biểu đồ hoặc bảng phải đứng một mình trong đoạn văn của nó."])
        return blocks[0]

    def _place(self, paragraph: Any, block: str, part: Any | None) -> None:
        kind, _, name = block.partition("|")
        if part is None:
            raise TemplateRefused(["Biểu đồ và bảng chỉ đặt được trong phần thân văn bản."])
        if kind == "bang":
            self._place_table(paragraph, name)
            return
        chart = self.data["charts"][name]
        for child in list(paragraph):
            if child.tag != qn("w:pPr"):
                paragraph.remove(child)
        if chart.get("png"):
            self.pictures += 1
            paragraph.append(picture(part, chart, self.pictures))

    def _place_table(self, paragraph: Any, name: str) -> None:
        parent = paragraph.getparent()
        at = parent.index(paragraph)
        parent.remove(paragraph)
        parent.insert(at, table(self.data["tables"][name], self.facts, self.numbering))
        following = parent[at + 1] if at + 1 < len(parent) else None
        if following is None or following.tag in (qn("w:tbl"), qn("w:sectPr")):
            # A cell must end in a paragraph, and two tables with nothing between become one.
            parent.insert(at + 1, parse_xml(f"<w:p {nsdecls('w')}/>"))

    def _split(self, text: Any) -> None:
        """Cut the run that holds `text` at its marks."""
        holder = text.getparent()
        # The second copy of a text box, for old programs, is written anew by Word: it holds no facts of its own.
        if holder.tag != qn("w:r") or next(text.iterancestors(_FALLBACK), None) is not None:
            text.text = self.plain_text(text.text)
            return
        properties = holder.find(qn("w:rPr"))
        written = (
            "" if properties is None else _NAMESPACE.sub("", etree.tostring(properties, encoding="unicode"))
        )
        pieces = []
        last = 0
        for match in _MARK.finditer(text.text):
            if match.start() > last:
                pieces.append(run(text.text[last : match.start()], written))
            pieces.append(self._control(match[1], written))
            last = match.end()
        if last < len(text.text):
            pieces.append(run(text.text[last:], written))
        self._replace(holder, text, pieces, properties)

    def _replace(self, holder: Any, text: Any, pieces: list[str], properties: Any) -> None:
        # What else the run holds (breaks, tabs) keeps its place before and after the new pieces.
        before = [child for child in holder if child.tag != qn("w:rPr")]
        at = before.index(text)
        new = list(parse_xml(f"<w:p {_NAMESPACES}>{''.join(pieces)}</w:p>"))
        rest = before[at + 1 :]
        holder.remove(text)
        if rest:
            tail = parse_xml(f"<w:r {nsdecls('w')}/>")
            if properties is not None:
                tail.append(deepcopy(properties))
            tail.extend(rest)
            new.append(tail)
        for element in reversed(new):
            holder.addnext(element)
        if not at:
            holder.getparent().remove(holder)

    def _control(self, mark: str, properties: str) -> str:
        place, tag, name = self._fact(mark)
        return control(place, tag, name, properties, self.numbering)

    def _plain(self, match: re.Match[str]) -> str:
        return self._fact(match[1])[0].text

    def plain_text(self, text: str) -> str:
        """`text` with its marks as plain printed figures, for places that hold no content control."""
        return _MARK.sub(self._plain, text)

    def _fact(self, mark: str) -> tuple[Place, Tag, str]:
        kind, *rest = mark.split("|")
        if kind != "so" or len(rest) != 3:
            raise TemplateRefused(["Biểu đồ hoặc bảng phải đứng một mình trong đoạn văn của nó."])
        column, indicator, form = rest
        text, tag, name = self.facts.fact(int(column), indicator, form)
        return Place(int(column), indicator, text), tag, name

    def _refuse_leftovers(self, root: Any) -> None:
        for text in root.iter(qn("w:t")):
            if text.text and (OPEN in text.text or CLOSE in text.text):
                raise TemplateRefused(["Có số liệu nằm ở chỗ không in được trong mẫu."])


_NAMESPACES = nsdecls("w")
