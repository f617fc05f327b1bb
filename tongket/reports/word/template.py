"""Filling an office's template: docxtpl for the places in the text, our own language, then the pass over the marks."""

import io
from collections.abc import Mapping
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from lxml import etree

from tongket.reports.word.context import Scope, build
from tongket.reports.word.controls import Finisher
from tongket.reports.word.language import Language, TemplateRefused, problems_in
from tongket.reports.word.places import add_parts

_TEXT_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")


def render(template: bytes, data: Mapping[str, Any]) -> bytes:
    """The finished .docx. Raises `TemplateRefused` with every problem of every part of the template."""
    facts, names = build(data)
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.init_docx()
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise TemplateRefused(["Tệp không phải là tài liệu Word (.docx) hoặc đã hỏng."]) from error
    _check_all(document, names)
    document.render({**names.entries}, Language(names), autoescape=True)
    finisher = Finisher(facts, data)
    finisher.finish(document.docx.element.body, document.docx.part)
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            finisher.finish(part.element, None)
    _finish_notes(document, finisher)
    finisher.numbering.add_styles(document.docx.styles.element)
    add_parts(document.docx.part, finisher.numbering.places)
    saved = io.BytesIO()
    document.docx.save(saved)
    return saved.getvalue()


def _check_all(document: Any, names: Scope) -> None:
    """Look through every part before rendering any, so that one answer names everything."""
    sources = [document.get_xml()]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        sources += [document.get_part_xml(part) for _, part in document.get_headers_footers(uri)]
    sources += [part.blob.decode() for part in _notes(document)]
    properties = document.docx.core_properties
    problems: dict[str, None] = {}
    for source in sources:
        problems.update(dict.fromkeys(problems_in(document.patch_xml(source), names)))
    for name in _TEXT_PROPERTIES:
        problems.update(dict.fromkeys(problems_in(getattr(properties, name) or "", names)))
    if problems:
        raise TemplateRefused(list(problems))


def _notes(document: Any) -> list[Any]:
    return [
        p
        for p in document.docx.part.package.parts
        if p.content_type.endswith("wordprocessingml.footnotes+xml")
    ]


def _finish_notes(document: Any, finisher: Finisher) -> None:
    for part in _notes(document):
        root = parse_xml(part.blob)
        finisher.finish(root, None)
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    properties = document.docx.core_properties
    for name in _TEXT_PROPERTIES:
        text = getattr(properties, name) or ""
        setattr(properties, name, finisher.plain_text(text))
