"""Putting the facts into the finished Word file: the embedded part that the controls are bound to, and a second copy
among the document's properties, which outlives what drops such parts (an ODT, for one)."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from lxml import etree

from tongket.reports.facts import ReportFacts
from tongket.reports.layer.model import FactSheet, LayerFact
from tongket.reports.layer.word.embedded import PROPERTY, Embedded, Printed, as_pieces, as_xml, digest_of
from tongket.reports.layer.word.opening import safe_xml, text_parts
from tongket.reports.layer.word.stream import Stream, stream_of
from tongket.reports.word.context import Facts, build
from tongket.reports.word.places import CUSTOM, NAMESPACE
from tongket.reports.word.printing import printed

#: So many characters before and after a figure are kept, to find it again when its marks are gone.
BEFORE, AFTER = 24, 12
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def embed(
    docx: bytes,
    report: ReportFacts,
    data: Mapping[str, Any],
    *,
    made_at: datetime,
    sign: Callable[[str], str],
    book_digest: str = "",
) -> bytes:
    """The rendered `docx` with every printed fact in it.

    `data` is the plain data it was rendered from (`payload`), `sign` seals the facts (`seal.sign`), `book_digest` names
    the locked book that the figures were taken from.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    name, rendered = _rendered(entries)
    sheet, places = _printed(rendered, entries, report, data, made_at, book_digest)
    said = Embedded(sheet, places).sealed_text()
    digest = digest_of(said)
    seal = sign(digest)
    entries[name] = as_xml(Embedded(sheet, places, seal), digest).encode()
    custom = CUSTOM.lstrip("/")
    entries[custom] = _properties(entries[custom], as_pieces(said, seal))
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return saved.getvalue()


def _rendered(entries: Mapping[str, bytes]) -> tuple[str, Any]:
    """The part that the rendering left: its name and its XML."""
    for name, content in entries.items():
        if name.startswith("customXml/item") and NAMESPACE.encode() in content[:400]:
            root = safe_xml(content)
            if root.tag == f"{{{NAMESPACE}}}facts":
                return name, root
    raise ValueError("the document was not rendered by word.render")


def _printed(
    rendered: Any,
    entries: Mapping[str, bytes],
    report: ReportFacts,
    data: Mapping[str, Any],
    made_at: datetime,
    book_digest: str,
) -> tuple[FactSheet, tuple[Printed, ...]]:
    facts, _ = build({**data, "names": {}, "charts": {}, "tables": {}})
    names = {report.organisation.code: report.organisation.name}
    names |= {child.code: child.name for child in report.now.children}
    known: dict[tuple[int, str], int] = {}
    found: dict[tuple[str, ...], int] = {}
    kept: list[LayerFact] = []
    around = contexts(stream_of(safe_xml(content) for content in text_parts(entries)))
    places = []
    for number, place in enumerate(rendered, start=1):
        asked = int(place.get("column")), place.get("indicator")
        if asked not in known:
            fact = _fact(facts, *asked, names)
            identity = (fact.indicator, fact.organisation, fact.period, fact.as_at, fact.against, fact.value)
            if identity not in found:
                found[identity] = len(kept)
                kept.append(fact)
            known[asked] = found[identity]
        text = place[0].text or ""
        before, after, order = around.get(number, ("", "", 0))
        places.append(Printed(known[asked], text, order, before, after, text))
    sheet = FactSheet(
        organisation=report.organisation.code,
        organisation_name=report.organisation.name,
        period=report.period.code,
        as_at=report.as_at.isoformat(),
        as_known_at="" if report.now.as_known_at is None else report.now.as_known_at.isoformat(),
        book_digest=book_digest,
        made_at=made_at.isoformat(timespec="seconds"),
        facts=tuple(kept),
    )
    return sheet, tuple(places)


def _fact(facts: Facts, column: int, indicator: str, names: Mapping[str, str]) -> LayerFact:
    found, meta = facts.columns[column], facts.indicators[indicator]
    value: Decimal | None = found.values.get(indicator)
    mask = found.masks.get(indicator, "")
    _, tag, name = facts.fact(column, indicator)
    form = "signed" if found.against else ""
    return LayerFact(
        key=tag.text(),
        indicator=indicator,
        name=name,
        organisation=found.organisation,
        organisation_name=names.get(found.organisation, ""),
        period=found.period,
        as_at=found.as_at,
        value="" if value is None else str(value),
        text=printed(value, unit=meta.unit, decimals=meta.decimals, form=form, mask=mask),
        unit=meta.unit,
        decimals=meta.decimals,
        mask=mask,
        against=found.against,
    )


def contexts(stream: Stream) -> dict[int, tuple[str, str, int]]:
    """Number of a place → what stands before it, after it, and its position in reading order."""
    marks = sorted((m for m in stream.marks if m.number and m.is_control), key=lambda m: (m.start, m.end))
    text = stream.text
    return {
        mark.number: (
            text[max(mark.start - BEFORE, 0) : mark.start],
            text[mark.end : mark.end + AFTER],
            order,
        )
        for order, mark in enumerate(marks)
    }


def _properties(content: bytes, pieces: Iterable[str]) -> bytes:
    """The document's own properties with the pieces; those of an earlier report go."""
    root = safe_xml(content)
    for old in list(root):
        if re.fullmatch(rf"{PROPERTY}\d+", old.get("name") or ""):
            root.remove(old)
    last = max((int(p.get("pid") or 1) for p in root), default=1)
    for number, piece in enumerate(pieces, start=1):
        added = etree.SubElement(
            root,
            f"{{{_CUSTOM}}}property",
            fmtid=_FORMAT_ID,
            pid=str(last + number),
            name=f"{PROPERTY}{number:03d}",
        )
        etree.SubElement(added, f"{{{_VT}}}lpwstr").text = piece
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


__all__ = ["Embedded", "contexts", "embed"]
