"""Opening a Word package as its pieces, and from pieces back to runs. Runs in a child process only."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from lxml import etree

from tongket.drafts.readers.word import Piece, pieces_of

_NOTES = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes": "footnotes",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes": "endnotes",
}
_FRAMES = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header": "header",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer": "footer",
}
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def opened(content: bytes) -> Any:
    """The document. Raises what the library raises for a damaged one."""
    return Document(io.BytesIO(content))


def all_pieces(document: Any) -> list[Piece]:
    """Body, notes, headers and footers, in the order in which the text is read."""
    found = list(pieces_of(document.element.body))
    for part, root in _parts(document):
        found.extend(pieces_of(root, part))
    return found


def _parts(document: Any) -> Iterator[tuple[str, Any]]:
    for kinds in (_NOTES, _FRAMES):
        for relation in sorted(document.part.rels.values(), key=lambda one: one.rId):
            part = kinds.get(relation.reltype)
            if part is None or relation.is_external:
                continue
            target = relation.target_part
            root = getattr(target, "element", None)
            yield part, root if root is not None else etree.fromstring(target.blob, _SAFE)
