"""What has become of the figures of a Word report: each as printed, edited by hand, or gone."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tongket.reports.layer.model import LayerFact
from tongket.reports.layer.word.find import Span, locate
from tongket.reports.layer.word.read import ReadFile, read_word
from tongket.reports.layer.word.stream import Mark

#: same: as printed. edited: something else stands there. missing: it is not found any more.
STATES = ("same", "edited", "missing")
#: By what it was found: its control, its bookmark (control lost), its position and value (both lost), not at all.
WAYS = ("control", "bookmark", "position", "")
_SHOWN = 60
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")
_AROUND = 36


@dataclass(frozen=True, slots=True)
class Checked:
    """One place of the report. `printed` was computed, `found` is what stands there now.

    `stored` is what Word would show there instead, because the embedded part says so; "" when that is no other text.
    `is_copy`: a further place to which the control was copied.
    """

    number: int
    fact: LayerFact
    printed: str
    found: str
    state: str
    way: str
    before: str
    after: str
    stored: str = ""
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Verified:
    """A file checked against itself. `foreign` are texts in controls that are of none of its facts."""

    file: ReadFile
    rows: tuple[Checked, ...]
    foreign: tuple[str, ...]

    def count(self, state: str) -> int:
        """How many places are in a state."""
        return sum(row.state == state for row in self.rows)

    def lost_control(self) -> int:
        """How many were found though their control was gone."""
        return sum(row.way in ("bookmark", "position") for row in self.rows)

    def is_clean(self) -> bool:
        """Whether every figure is as computed and the facts are as they were put in."""
        return (
            self.file.trust == "sealed" and not self.foreign and all(row.state == "same" for row in self.rows)
        )


def verify_word(content: bytes) -> Verified:
    """Check a .docx against the facts in it. Raises `opening.Unreadable` and `read.NotOurs`."""
    return verify(read_word(content))


def verify(file: ReadFile) -> Verified:
    """Check a file that has been read."""
    places = file.embedded.places
    facts = file.embedded.sheet.facts
    controls: dict[int, list[Mark]] = defaultdict(list)
    bookmarks: dict[int, Mark] = {}
    emptied: dict[int, Mark] = {}
    foreign: list[Mark] = []
    for mark in file.stream.marks:
        known = 0 < mark.number <= len(places)
        if not mark.is_control:
            if known:
                (bookmarks if mark.end > mark.start else emptied).setdefault(mark.number, mark)
        elif known and mark.tag in ("", facts[places[mark.number - 1].fact].key):
            controls[mark.number].append(mark)
        elif mark.tag or mark.number:
            foreign.append(mark)
    spots = {
        number: list(_spots(controls.get(number, []), bookmarks.get(number)))
        for number in range(1, len(places) + 1)
    }
    by_position = _by_position(file, spots, foreign)
    rows = [row for number in spots for row in _rows(file, number, spots[number], by_position, emptied)]
    rows.sort(key=lambda row: (places[row.number - 1].order, row.number, row.is_copy))
    text = file.stream.text
    return Verified(file, tuple(rows), tuple(_short(text[m.start : m.end]) for m in foreign))


def _spots(controls: list[Mark], bookmark: Mark | None) -> Iterator[Mark]:
    """Where a place stands, the place itself first and then copies of it.

    A copied control takes no bookmark with it, so the one within the bookmark is the first.
    """
    if bookmark is None:
        yield from controls
        return
    own = [mark for mark in controls if mark.start < bookmark.end and bookmark.start < mark.end]
    if not own:
        # A control may have been emptied, which no text overlaps.
        own = [mark for mark in controls if bookmark.start <= mark.start == mark.end <= bookmark.end]
    yield own[0] if own else bookmark
    yield from (mark for mark in controls if not own or mark is not own[0])


def _by_position(file: ReadFile, spots: Mapping[int, list[Mark]], foreign: list[Mark]) -> dict[int, Span]:
    places = file.embedded.places
    lost = {places[n - 1].order: places[n - 1] for n, found in spots.items() if not found}
    if not lost:
        return {}
    known = {places[n - 1].order: (found[0].start, found[0].end) for n, found in spots.items() if found}
    taken = [(mark.start, mark.end) for found in spots.values() for mark in found]
    taken += [(mark.start, mark.end) for mark in foreign]
    return locate(file.stream.text, known, taken, lost)


def _rows(
    file: ReadFile,
    number: int,
    spots: list[Mark],
    by_position: Mapping[int, Span],
    emptied: Mapping[int, Mark],
) -> Iterator[Checked]:
    place = file.embedded.places[number - 1]
    if spots:
        for at, mark in enumerate(spots):
            way = "control" if mark.is_control else "bookmark"
            yield _checked(file, number, (mark.start, mark.end), way, is_copy=at > 0)
    elif place.order in by_position:
        yield _checked(file, number, by_position[place.order], "position")
    else:
        fact, gap = file.embedded.sheet.facts[place.fact], emptied.get(number)
        before, after = place.before, place.after
        if gap is not None:  # the bookmark outlived what stood in it
            before, after = _around(file.stream.text, gap.start, gap.end)
        yield Checked(number, fact, place.text, "", "missing", "", _line(before), _line(after))


def _checked(file: ReadFile, number: int, span: Span, way: str, is_copy: bool = False) -> Checked:
    place, text = file.embedded.places[number - 1], file.stream.text
    start, end = span
    found = _plain(text[start:end])
    is_bound = way == "control" and file.has_part
    stored = place.stored if is_bound and _plain(place.stored) not in (found, _plain(place.text)) else ""
    is_same = found == _plain(place.text) and not stored
    if is_bound and found and not _plain(place.stored):
        is_same = False  # Word would show nothing there
    before, after = _around(text, start, end)
    return Checked(
        number=number,
        fact=file.embedded.sheet.facts[place.fact],
        printed=place.text,
        found=_short(found),
        state="same" if is_same else "edited",
        way=way,
        before=_line(before),
        after=_line(after),
        stored=_short(_plain(stored)),
        is_copy=is_copy,
    )


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", _CONTROL.sub(" ", text)).split())


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
