"""The places at which the finished document prints a fact, and what marks each of them in the file.

A place has three marks, each of which may be lost alone: a content control bound to the text of the place in the
embedded part (Word keeps it; LibreOffice keeps the binding, not the tag), a hidden bookmark around it (survives
LibreOffice and a detour through ODT), and, written by `layer.word`, what stands before and after it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr  # nosec B406  # writes, never parses

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from tongket.reports.word.printing import Tag

NAMESPACE = "urn:tongket:facts:1"
#: The part's id in Word's data store; content controls name it.
STORE = "{7E5B2C0A-4D1F-4C57-9B7E-2F6A1D3C8E90}"
BOOKMARK = "_tk"
CUSTOM = "/docProps/custom.xml"

_BOOKMARK = re.compile(rf"{BOOKMARK}[1-9][0-9]*")
_PATH = "/t:facts[1]/t:place[{}]/t:text[1]"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"
_ITEM_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    f'<ds:datastoreItem ds:itemID="{STORE}" xmlns:ds="{_PROPERTIES}/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_NO_PROPERTIES = (
    f'<Properties xmlns="{_PROPERTIES}/custom-properties" xmlns:vt="{_PROPERTIES}/docPropsVTypes"/>'
)


@dataclass(frozen=True, slots=True)
class Place:
    """One printed fact: where its value stands in the data (`column`, `indicator`) and what is printed."""

    column: int
    indicator: str
    text: str


def binding(number: int) -> str:
    """The XML that binds a content control to the text of place `number` (from 1) in the embedded part."""
    return (
        f"<w:dataBinding w:prefixMappings=\"xmlns:t='{NAMESPACE}'\" "
        f'w:xpath="{_PATH.format(number)}" w:storeItemID="{STORE}"/>'
    )


def bookmarked(number: int, id: int, inner: str) -> str:
    """`inner` within the bookmark of place `number`."""
    return f'<w:bookmarkStart w:id="{id}" w:name="{BOOKMARK}{number}"/>{inner}<w:bookmarkEnd w:id="{id}"/>'


def forget(root: Any) -> None:
    """Take the marks of an earlier report out of a template that was made from one; its figures stay as plain text.

    Left in, a control bound to place 7 of then would show what place 7 is now.
    """
    for control in list(root.iter(qn("w:sdt"))):
        if _is_ours(control):
            _unwrap(control)
    starts = [s for s in root.iter(qn("w:bookmarkStart")) if _BOOKMARK.fullmatch(s.get(qn("w:name")) or "")]
    ids = {start.get(qn("w:id")) for start in starts}
    for mark in [
        *starts,
        *(e for e in root.iter(qn("w:bookmarkEnd")) if starts and e.get(qn("w:id")) in ids),
    ]:
        mark.getparent().remove(mark)


def _is_ours(control: Any) -> bool:
    properties = control.find(qn("w:sdtPr"))
    if properties is None:
        return False
    bound, tag = properties.find(qn("w:dataBinding")), properties.find(qn("w:tag"))
    if bound is not None and (bound.get(qn("w:storeItemID")) or "").upper() == STORE:
        return True
    return tag is not None and Tag.read(tag.get(qn("w:val")) or "") is not None


def _unwrap(control: Any) -> None:
    parent, content = control.getparent(), control.find(qn("w:sdtContent"))
    at = parent.index(control)
    parent.remove(control)
    for element in reversed(list(content if content is not None else ())):
        parent.insert(at, element)


def add_parts(document: Any, places: list[Place]) -> None:
    """Put the embedded part with the places into the package of the document part `document`, and room for properties.

    `layer.word.embed` fills both; until then the part holds what the controls are bound to and no more.
    """
    package = document.package
    for key, relation in list(document.rels.items()):
        if relation.reltype == RT.CUSTOM_XML and NAMESPACE.encode() in relation.target_part.blob[:2000]:
            del document.rels[key]
    item = _part(package, package.next_partname("/customXml/item%d.xml"), CT.XML, written(places))
    name_of_its_own = str(item.partname).replace("/item", "/itemProps")
    properties = _part(package, PackURI(name_of_its_own), CT.OFC_CUSTOM_XML_PROPERTIES, _ITEM_PROPERTIES)
    item.relate_to(properties, RT.CUSTOM_XML_PROPS)
    document.relate_to(item, RT.CUSTOM_XML)
    own_properties = [r.target_part for r in package.rels.values() if r.reltype == RT.CUSTOM_PROPERTIES]
    if own_properties:
        own_properties[0].partname = PackURI(CUSTOM)  # what Word and LibreOffice call it
    else:
        custom = _part(package, PackURI(CUSTOM), CT.OFC_CUSTOM_PROPERTIES, _NO_PROPERTIES)
        package.relate_to(custom, RT.CUSTOM_PROPERTIES)


def _part(package: Any, name: Any, content_type: str, text: str) -> Any:
    return Part(name, content_type, text.encode(), package)


def written(places: list[Place]) -> str:
    """The XML of the embedded part as the rendering leaves it."""
    return "".join(_written(places))


def _written(places: list[Place]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><facts xmlns="{NAMESPACE}">'
    for place in places:
        yield f'<place column="{place.column}" indicator={quoteattr(place.indicator)}>'
        yield f"<text>{escape(place.text)}</text></place>"
    yield "</facts>"
