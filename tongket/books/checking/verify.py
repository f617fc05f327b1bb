"""Is a book still what the records say? Each figure is same, changed, or not verifiable, with its reason.

The book itself is checked first (digests, signatures, chain). Then every figure is computed twice: as known when the
book was locked, which must give the book's own numbers (else history was changed, for rows are never overwritten), and
as known now, which tells what was recorded, corrected or voided since. Two figures are the same when value, numerator,
denominator, number of records and the fingerprint of the records are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.utils import timezone

from tongket.audit.models import LedgerEntry
from tongket.books import content as contents
from tongket.books.content import Content, Entries, Entry
from tongket.books.models import FigureBook
from tongket.books.queries import SeenBook, chain_faults, closed_rows, faults_of
from tongket.core.periods import parse_period
from tongket.figures.engine import compute
from tongket.figures.sets import RecordSets, record_sets
from tongket.figures.types import FigureSet
from tongket.indicators.catalogue import INDICATORS

Status = Literal["same", "changed", "unverifiable"]

#: Why a figure has its status: code -> what is said of it.
REASONS: Mapping[str, str] = {
    "same": "Như khi chốt.",
    "value": "Số đã khác: từ khi chốt có bản ghi được thêm, đính chính hoặc hủy.",
    "parts": "Làm tròn vẫn ra số ấy, nhưng tử số hoặc mẫu số đã khác.",
    "records": "Số vẫn vậy, nhưng hồ sơ đứng sau đã khác.",
    "place": "Theo sổ sách nay, tổ chức này không trực thuộc trong kỳ.",
    "gone": "Không còn khai báo số liệu này: không tính lại được.",
    "definition": "Cách tính đã đổi từ khi chốt: số nay không so được với số trong sổ.",
    "rule": "Quy định mà số này dựa vào đã được sửa trong danh mục từ khi chốt: tính lại ra số khác.",
    "reading": "Phiên bản chương trình nay đọc nguồn này khác khi chốt: tính lại ra số khác.",
    "history": "Tính lại theo đúng sổ sách lúc chốt mà ra số khác: bản ghi cũ đã bị sửa hoặc xóa ngoài chương trình.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of one place. `then` is what the book says, `now` what the records say today (None: unknown)."""

    id: str
    place: str
    status: Status
    reason: str
    then: Entry
    now: Entry | None

    @property
    def said(self) -> str:
        """The reason in words."""
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a book. `faults` are those of the book itself and of its chain; `added` are organisations that
    today's records put under this one in the period, and the book's did not; `rules` those changed since."""

    book: FigureBook
    content: Content
    at: datetime
    faults: tuple[str, ...]
    lines: tuple[Line, ...]
    added: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def counts(self) -> dict[Status, int]:
        """How many lines have each status."""
        found = Counter(line.status for line in self.lines)
        return {"same": found["same"], "changed": found["changed"], "unverifiable": found["unverifiable"]}

    @property
    def holds(self) -> bool:
        """Whether the book is whole and every figure still the same."""
        return not self.faults and not self.added and all(line.status == "same" for line in self.lines)


def verify(book: FigureBook, *, viewer: Any = None) -> Verification:
    """Check a book (with its contents) against itself and against the records.

    For a `viewer`, figures that he or she may not know are left out, those of sealed cases reduced as on the live
    pages. Raises ValueError when the content cannot be read at all.
    """
    content = contents.read(bytes(book.content))
    faults = (*faults_of(book), *chain_faults(book.organisation))
    kept = {place: {**row} for place, row in content.figures.items()}
    for place, row in contents.read_guarded(bytes(book.guarded)).items():
        kept.setdefault(place, {}).update(row)
    ids = [id for id in content.definitions if _why_not(content, id) == ""]
    then, now = _at(book, ids, book.known_at), _at(book, ids, None)
    then_entries, now_entries = (contents.entries_of(*one) if ids else {} for one in (then, now))
    lines = tuple(_lines(content, kept, then_entries, now_entries))
    added = tuple(c.name for c in now[0].children if c.code not in kept) if ids else ()
    found = Verification(
        book,
        content,
        timezone.now(),
        faults,
        lines,
        added,
        tuple(id for id, said in content.rules.items() if contents.rule_digest(id) != said["digest"]),
    )
    return found if viewer is None else seen_by(found, viewer)


def _at(
    book: FigureBook, ids: Iterable[str], moment: datetime | None, viewer: Any = None
) -> tuple[FigureSet, RecordSets]:
    figures = compute(
        book.organisation,
        parse_period(book.period),
        as_at=book.as_at,
        as_known_at=moment,
        ids=ids,
        viewer=viewer,
    )
    return figures, record_sets(figures)


def _why_not(content: Content, id: str) -> str:
    """Why a figure cannot be computed any more as it was; "" when it can."""
    declared = INDICATORS.get(id)
    if declared is None:
        return "gone"
    if contents.definition_digest(INDICATORS, declared) != content.definitions[id].digest:
        return "definition"
    return ""


def _lines(content: Content, kept: Entries, then: Entries, now: Entries) -> Iterator[Line]:
    for id in content.definitions:
        why_not = _why_not(content, id)
        for place, row in kept.items():
            if id not in row:
                continue
            entry = row[id]
            if why_not:
                yield Line(id, place, "unverifiable", why_not, entry, None)
                continue
            yield _judged(content, id, place, entry, then.get(place, {}).get(id), now.get(place, {}).get(id))


def _judged(
    content: Content, id: str, place: str, entry: Entry, then: Entry | None, now: Entry | None
) -> Line:
    if then != entry:
        return Line(id, place, "unverifiable", _cause(content, id), entry, now)
    if now == entry:
        return Line(id, place, "same", "same", entry, now)
    if now is None:
        return Line(id, place, "changed", "place", entry, None)
    reason = "value" if now.value != entry.value else "parts" if now[:3] != entry[:3] else "records"
    return Line(id, place, "changed", reason, entry, now)


def _cause(content: Content, id: str) -> str:
    """Why computing as known at the lock does not give the book's number: a rule, the program, or the records."""
    sources = content.definitions[id].sources
    rules = frozenset[str]().union(*(contents.rules_of_source(source) for source in sources))
    known = content.rules
    if any(rule not in known or contents.rule_digest(rule) != known[rule]["digest"] for rule in rules):
        return "rule"
    if any(contents.reading_digest(source) != content.readings.get(source) for source in sources):
        return "reading"
    return "history"


# --- for a reader -----------------------------------------------------------------------------------------


def seen_by(found: Verification, viewer: Any) -> Verification:
    """A verification as a user may see it: without the figures whose duty is not his or hers.

    Somebody with the duty, but not named for a sealed case, gets both moments without it, so that neither a number nor
    a difference tells of it.
    """
    reader = SeenBook(found.book, found.content, viewer)
    lines = [line for line in found.lines if not reader.hidden(line.id)]
    ids = [id for id in found.content.guards if not reader.hidden(id) and id in INDICATORS]
    if not reader.sees_all and ids:
        lines = list(_reduced(found, lines, ids, viewer))
    return replace(found, lines=tuple(lines))


def _reduced(found: Verification, lines: Iterable[Line], ids: list[str], viewer: Any) -> Iterator[Line]:
    closed = closed_rows(viewer)
    # A moment, not "now": whole years as known now count sealed decisions that no earlier moment shows (`sealing`).
    last = LedgerEntry.objects.order_by("-id").values_list("at", flat=True).first()
    moment = max(found.at, last or found.at)
    entries = []
    for at in (found.book.known_at, moment):
        figures, sets = _at(found.book, ids, at, viewer)
        entries.append(contents.entries_of(figures, sets.without(closed)))
    then, now = entries
    for line in lines:
        if line.id not in found.content.guards:
            yield line
            continue
        entry = then.get(line.place, {}).get(line.id)
        if entry is not None and line.status == "unverifiable":
            yield replace(line, then=entry, now=None)  # the book's own number may count what is sealed
        elif entry is not None:
            yield _judged(
                found.content, line.id, line.place, entry, entry, now.get(line.place, {}).get(line.id)
            )
