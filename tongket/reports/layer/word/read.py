"""Reading the facts back from a Word file that may have been through anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tongket.reports.layer.model import BadFacts
from tongket.reports.layer.word.embedded import PROPERTY, Embedded, from_pieces, from_xml
from tongket.reports.layer.word.opening import Unreadable, opened, safe_xml, text_parts
from tongket.reports.layer.word.seal import is_ours
from tongket.reports.layer.word.stream import Stream, TooMany, stream_of
from tongket.reports.word.places import CUSTOM, NAMESPACE

_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"

#: sealed: made by this installation, unchanged. changed: one of the two copies was changed, the other bears our
#: seal and is gone by. unsealed: whole, but the seal is not ours. broken: changed, and nothing in it bears our seal.
TRUST = ("sealed", "changed", "unsealed", "broken")


class NotOurs(Unreadable):
    """A Word file that carries no facts of this software."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: the facts that it was given, how far they can be trusted, its text now."""

    embedded: Embedded
    trust: str
    has_part: bool  # the part that the controls are bound to is there
    stream: Stream


def read_word(content: bytes) -> ReadFile:
    """Read a .docx. Raises `Unreadable` for a file that cannot be read, `NotOurs` for one without our facts."""
    entries = opened(content)
    parts = _parts(entries)
    packed = _packed(entries)
    if not parts and packed is None:
        raise NotOurs(
            "Tệp không mang số liệu của Tổng kết: không phải báo cáo do phần mềm làm ra, hoặc phần số liệu đã bị bỏ "
            "(chép chữ sang tệp khác, lưu qua chương trình khác). Hãy chọn đúng tệp Word tải từ trang Báo cáo."
        )
    embedded, trust = _chosen(parts, packed)
    try:
        stream = stream_of(safe_xml(part) for part in text_parts(entries))
    except TooMany:
        raise Unreadable("Tệp có quá nhiều ô nội dung và dấu trang nên không đọc.") from None
    return ReadFile(embedded, trust, bool(parts), stream)


def _parts(entries: Mapping[str, bytes]) -> list[tuple[Embedded | None, str]]:
    """Each embedded part: the facts (None: it cannot be read) and the digest that it says it has."""
    found: list[tuple[Embedded | None, str]] = []
    for name in sorted(entries):
        if not name.startswith("customXml/") or NAMESPACE.encode() not in entries[name]:
            continue
        root = safe_xml(entries[name])
        if root.tag != f"{{{NAMESPACE}}}facts":
            continue
        try:
            found.append((from_xml(root), root.get("digest") or ""))
        except BadFacts:
            found.append((None, ""))
    return found


def _packed(entries: Mapping[str, bytes]) -> Embedded | None:
    """The copy among the properties; None when there is none or it was cut."""
    content = entries.get(CUSTOM.lstrip("/"))
    if content is None:
        return None
    pieces: dict[int, str] = {}
    for entry in safe_xml(content):
        match = re.fullmatch(rf"{PROPERTY}(\d{{1,5}})", entry.get("name") or "")
        if match:
            pieces[int(match[1])] = entry.findtext(_VALUE) or ""
    try:
        return from_pieces([pieces[number] for number in sorted(pieces)]) if pieces else None
    except BadFacts:
        return None


def _chosen(parts: list[tuple[Embedded | None, str]], packed: Embedded | None) -> tuple[Embedded, str]:
    """The facts to go by and how far they can be trusted: what bears our seal before what does not."""
    whole = [(part, digest) for part, digest in parts if part is not None]
    digests = [part.digest() for part, _ in whole]
    for (part, _), digest in zip(whole, digests, strict=True):
        if is_ours(digest, part.seal):
            return part, "sealed" if _agree(packed, digest) else "changed"
    if packed is not None and is_ours(packed.digest(), packed.seal):
        return _with_stored(packed, whole), "changed" if parts else "sealed"
    for (part, said), digest in zip(whole, digests, strict=True):
        if said == digest:
            return part, "unsealed" if _agree(packed, digest) else "broken"
    chosen: Any = whole[0][0] if whole else packed
    if chosen is None:
        raise Unreadable(
            "Phần số liệu gắn trong tệp đã hỏng nên không đối chiếu được. Hãy tải lại báo cáo từ trang Báo cáo."
        )
    return chosen, "broken" if whole else "unsealed"


def _agree(packed: Embedded | None, digest: str) -> bool:
    return packed is None or packed.digest() == digest


def _with_stored(packed: Embedded, parts: list[tuple[Embedded, str]]) -> Embedded:
    """The packed copy with what the part (changed otherwise) still says of each place."""
    for part, _ in parts:
        if len(part.places) == len(packed.places):
            both = zip(packed.places, part.places, strict=True)
            places = (replace(p, before=q.before, after=q.after, stored=q.stored) for p, q in both)
            return replace(packed, places=tuple(places))
    return packed
