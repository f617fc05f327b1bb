"""The facts as a Word file carries them: the sheet, each place at which a fact is printed, and the seal over both."""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr  # nosec B406  # writes, never parses

from tongket.reports.layer.model import FORMAT, BadFacts, FactSheet, LayerFact, from_data
from tongket.reports.word.places import NAMESPACE

#: A report has some 800 places.
MAX_PLACES = 20_000
MAX_JSON = 20 * 2**20
#: So much of what stands before and after a figure is looked at.
AROUND = 40
#: Word cuts a longer custom property; reference managers cut theirs into pieces of the same length.
PIECE = 255
PROPERTY = "tongket_so_lieu_"
_HEAD = ("organisation", "organisation_name", "period", "as_at", "as_known_at", "book_digest", "made_at")


@dataclass(frozen=True, slots=True)
class Printed:
    """A fact as printed at one place: which fact of the sheet, its text, the place's position in reading order.

    Not sealed: what stood before and after it, which only helps to find it again ("" in the packed copy), and `stored`,
    what the embedded part holds for it now: Word writes there what is typed into the control.
    """

    fact: int
    text: str
    order: int
    before: str = ""
    after: str = ""
    stored: str = ""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What was put into the file. `seal` is the digest signed with the installation's key."""

    sheet: FactSheet
    places: tuple[Printed, ...]
    seal: str = ""

    def sealed_text(self) -> str:
        """Canonical JSON of everything that the seal covers."""
        places = [[p.fact, p.text, p.order] for p in self.places]
        data = {**self.sheet.as_data(), "places": places}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def digest(self) -> str:
        """SHA-256 of that text; the book's digest is part of it."""
        return digest_of(self.sealed_text())


def digest_of(said: str) -> str:
    """The digest of a sealed text."""
    return hashlib.sha256(said.encode()).hexdigest()


_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")


def as_xml(embedded: Embedded, digest: str) -> str:
    """The embedded part: facts, then places in the order of their numbers; controls are bound to `place/text`.

    The bound elements carry no attributes: LibreOffice drops those when it saves.
    """
    return "".join(_xml(embedded, digest))


def _xml(embedded: Embedded, digest: str) -> Iterator[str]:
    sheet = embedded.sheet
    head = "".join(f" {name}={quoteattr(getattr(sheet, name))}" for name in _HEAD)
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    yield f'<facts xmlns="{NAMESPACE}" format="{FORMAT}"{head} digest="{digest}" seal="{embedded.seal}">'
    for fact in sheet.facts:
        yield f"<fact{''.join(f' {n}={quoteattr(str(getattr(fact, n)))}' for n in LayerFact.__slots__)}/>"
    for place in embedded.places:
        yield (
            f'<place fact="{place.fact}" printed={quoteattr(place.text)} order="{place.order}" '
            f"before={_kept(place.before)} after={_kept(place.after)}><text>{escape(place.text)}</text></place>"
        )
    yield "</facts>"


def _kept(text: str) -> str:
    """An attribute whose tabs and line ends outlive the reading."""
    return quoteattr(text, {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


def from_xml(root: Any) -> Embedded:
    """Read the embedded part. Raises `BadFacts`; that the seal fits is for the verification to say."""
    facts, places = [], []
    names = set(LayerFact.__slots__)
    for element in root:
        name = element.tag
        if name == f"{{{NAMESPACE}}}fact":
            data = {key: value for key, value in element.attrib.items() if key in names}
            facts.append({**data, "decimals": _whole(data.get("decimals", ""))})
        elif name == f"{{{NAMESPACE}}}place":
            text = element.find(f"{{{NAMESPACE}}}text")
            stored = "" if text is None else "".join(text.itertext())
            raw = element.attrib
            row = [raw.get("fact"), raw.get("printed"), raw.get("order")]
            around = (raw.get("before", "")[-AROUND:], raw.get("after", "")[:AROUND])
            places.append((row, *around, stored))
        if len(facts) > MAX_PLACES or len(places) > MAX_PLACES:
            raise BadFacts(f"Phần số liệu trong tệp có quá {MAX_PLACES} mục.")
    data = {"format": root.get("format"), **{name: root.get(name) for name in _HEAD}, "facts": facts}
    sheet = _sheet(data)
    return Embedded(sheet, tuple(_place(len(facts), *place) for place in places), root.get("seal", ""))


def _sheet(data: Any) -> FactSheet:
    sheet = from_data(data)
    _safe(*(getattr(sheet, name) for name in _HEAD))
    for fact in sheet.facts:
        _safe(*(str(getattr(fact, name)) for name in LayerFact.__slots__))
    return sheet


def _place(facts: int, row: Any, before: str = "", after: str = "", stored: str | None = None) -> Printed:
    if not isinstance(row, list) or len(row) != 3 or not isinstance(row[1], str):
        raise BadFacts("Phần số liệu trong tệp bị thiếu hoặc thừa trường.")
    fact, order = _whole(row[0]), _whole(row[2])
    _safe(row[1])
    if fact >= facts:
        raise BadFacts("Phần số liệu trong tệp trỏ đến một số liệu không có.")
    return Printed(fact, row[1], order, before, after, row[1] if stored is None else stored)


def _safe(*texts: str) -> None:
    """What a file says is printed on terminals and pages: no control characters, nothing that turns the writing."""
    if any(_CONTROL.search(text) for text in texts):
        raise BadFacts("Phần số liệu trong tệp có ký tự điều khiển.")


def _whole(value: Any) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadFacts("Phần số liệu trong tệp có trường không phải là số.")
    return int(text)


def as_pieces(said: str, seal: str) -> list[str]:
    """The sealed text and its seal, packed, in pieces short enough for custom properties of a document: these outlive
    ODT."""
    packed = zlib.compress(json.dumps([said, seal], ensure_ascii=False).encode(), 9)
    text = base64.b64encode(packed).decode()
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


def from_pieces(pieces: list[str]) -> Embedded:
    """Read the packed facts. Raises `BadFacts`."""
    try:
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(base64.b64decode("".join(pieces), validate=True), MAX_JSON)
        if not unpacking.eof:
            raise ValueError
        said, seal = json.loads(text)
        data = json.loads(said)
        rows = data.pop("places")
        sheet = _sheet(data)
        if not isinstance(rows, list) or len(rows) > MAX_PLACES or not isinstance(seal, str):
            raise ValueError
    except BadFacts:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, zlib.error, RecursionError) as wrong:
        raise BadFacts("Phần số liệu ghi trong thuộc tính của tệp không đọc được.") from wrong
    return Embedded(sheet, tuple(_place(len(sheet.facts), row) for row in rows), seal)
