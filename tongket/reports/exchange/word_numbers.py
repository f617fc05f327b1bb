"""The numbers of a Word file that carry the name of their fact, held against the facts: digits, not signs or units."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from tongket.reports.layer.model import BadFacts, FactSheet
from tongket.reports.word.language import TemplateRefused
from tongket.reports.word.package import check_package

_NUMBER = re.compile(r"[\d.,]*\d")


def changed_numbers(content: bytes, sheet: FactSheet) -> Iterator[tuple[str, str, str]]:
    """(key of the fact, what the file prints, what the fact prints) of every number that differs. Raises `BadFacts`.

    A control without a digit (a level by its name) and one whose fact the sheet does not hold (a difference) say
    nothing here.
    """
    try:
        check_package(content)
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            root = parse_xml(source.read("word/document.xml"))
    except (TemplateRefused, KeyError, XMLSyntaxError, zlib.error) as wrong:
        raise BadFacts("Tệp Word không đọc được.") from wrong
    known = {fact.key: fact for fact in sheet.facts}
    for control in root.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        fact = None if tag is None else known.get(tag.get(qn("w:val")) or "")
        text = "".join(t.text or "" for t in control.iter(qn("w:t")))
        printed = _NUMBER.findall(text)
        if fact is not None and printed and printed != _NUMBER.findall(fact.text):
            yield fact.key, text, fact.text
