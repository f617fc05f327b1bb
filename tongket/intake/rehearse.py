"""Bringing a workbook in: rehearsed first, then wholly or not at all.

Both ways run the same code, a commit inside one act. A rehearsal writes only what other rows rest on and undoes it at
the end; where no row rests on another it writes nothing and holds nobody up. What a commit would refuse it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.db import connection
from django.utils import timezone

from tongket.accounts.duties import RIGHTS
from tongket.audit.acts import Act, act
from tongket.audit.room import room_for_many
from tongket.core.problems import Conflict, NotFound
from tongket.intake.headers.mapping import remembered
from tongket.intake.kinds import KINDS
from tongket.intake.large.collecting import no_collecting
from tongket.intake.large.telling import tell
from tongket.intake.models import ImportBatch
from tongket.intake.rows.doubts import Doubt, Doubts, choices_of
from tongket.intake.rows.outcomes import Outcome, outcomes
from tongket.intake.session import Counts, Session
from tongket.intake.tables import Finding, Table, read_tables
from tongket.intake.workbook import check_name, open_workbook
from tongket.organisations.queries import assignments_of

__all__ = ["Finding", "ImportRefused", "Rehearsal", "commit", "kind_of", "rehearse"]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What bringing a workbook in does: counts by sheet, findings by cell, rows read."""

    kind: str
    counts: dict[str, Counts]
    findings: tuple[Finding, ...]
    rows: int
    outcomes: tuple[Outcome, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    people: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse the file."""
        return tuple(f for f in self.findings if f.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings to be looked at."""
        return tuple(f for f in self.findings if f.severity == "warning")

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What was done with something unusual."""
        return tuple(f for f in self.findings if f.severity == "notice")

    @property
    def ok(self) -> bool:
        """Whether a commit would go through."""
        return not self.errors


class ImportRefused(Exception):
    """The workbook was refused whole; nothing was written."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        super().__init__(f"{len(rehearsal.errors)} lỗi; chưa có gì được ghi.")


class _Undo(Exception):
    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal


def kind_of(name: str) -> Any:
    """The kind of workbook of a name. Raises `NotFound` listing the names."""
    found = KINDS.get(name.strip().lower())
    if found is None:
        raise NotFound(f"Không có loại sổ “{name[:40]}”. Các loại: {', '.join(KINDS)}.")
    return found


@no_collecting()
def rehearse(
    kind: str,
    content: bytes,
    *,
    by: Any,
    file_name: str = "",
    people: Mapping[str, str] | None = None,
    revealed: bool = False,
) -> Rehearsal:
    """What a commit of this workbook would do; writes nothing. Raises `BadWorkbook`, `NotFound`.

    `by` None is the system administrator on the command line, who may touch every organisation. `people`: who the
    doubtful persons are, as the user chose (`rows.doubts`), beside what was chosen for earlier files. `revealed`:
    restricted values on record are told too, of the people whose file the user may read whole; who asks logs it.
    """
    tables = _read(kind, content, file_name, by)
    chosen = choices_of(by) | dict(people or {})

    def judged(current: Act) -> Rehearsal:
        session = Session(current, by, True, "import", doubts=Doubts(chosen), revealed=revealed)
        return _run(kind, tables, session)

    if not any(table.sheet.bears for table in tables):
        # Nothing is written at all, so nobody else has to wait with writing while a large file is judged.
        with connection.execute_wrapper(_only_reading):
            return judged(Act(f"intake.{kind}", by, timezone.now(), "import"))
    try:
        with act(f"intake.{kind}", by=by, origin="import") as current:
            raise _Undo(judged(current))
    except _Undo as undo:
        return undo.rehearsal


def _only_reading(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """A rehearsal that is not undone must not write: whoever makes it do so learns it from the first test."""
    if sql.lstrip()[:6].upper() in _WRITES:
        raise RuntimeError(f"a rehearsal was about to write: {sql[:60]}")
    return execute(sql, params, many, context)


_WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "REPLAC"})


@no_collecting()
@room_for_many()
def commit(
    kind: str,
    content: bytes,
    *,
    by: Any,
    file_name: str,
    people: Mapping[str, str] | None = None,
    waiting: ImportBatch | None = None,
) -> ImportBatch:
    """Bring the workbook in as one act: all rows or none. Raises `ImportRefused`, `BadWorkbook`, `NotFound`.

    `waiting`: the workbook as it waits for its owner's word; it goes in the same act, so that nobody brings it in
    twice. Raises `Conflict` when it is gone already.
    """
    tables = _read(kind, content, file_name, by)
    digest = sha256(content).hexdigest()
    chosen = choices_of(by) | dict(people or {})
    try:
        return _commit(kind, tables, digest, by, file_name, chosen, waiting)
    except _Undo as undo:
        # The commit stops at the first stage with errors; the rehearsal names all of them.
        told = rehearse(kind, content, by=by, file_name=file_name, people=people)
        raise ImportRefused(told if told.errors else undo.rehearsal) from None


def _commit(
    kind: str,
    tables: list[Table],
    digest: str,
    by: Any,
    file_name: str,
    chosen: Mapping[str, str],
    waiting: ImportBatch | None,
) -> ImportBatch:
    with act(f"intake.{kind}", by=by, origin="import") as current:
        if waiting is not None and not let_go(waiting):
            raise Conflict(_GONE)
        now = timezone.now()
        batch = ImportBatch.objects.create(
            kind=kind,
            file_name=PurePath(file_name).name[:255],
            sha256=digest,
            uploaded_at=now,
            uploaded_by=by,
            committed_at=now,
        )
        current.origin = f"import {batch.pk}"
        done = _run(kind, tables, Session(current, by, False, current.origin, doubts=Doubts(chosen)))
        if not done.ok:
            raise _Undo(done)
        batch.rows, batch.people = done.rows, done.people
        batch.save(update_fields=["rows", "people"])
        current.about(batch)
        current.note(file=batch.file_name, sha256=digest, rows=done.rows, sheets=_summary(done))
    return batch


_GONE = "Tệp này vừa được ghi hoặc bỏ ở một cửa sổ khác. Mở trang Nhập từ Excel để xem hiện trạng."


def let_go(waiting: ImportBatch) -> bool:
    """Take a waiting workbook away; says whether it was still waiting."""
    gone, _ = ImportBatch.objects.filter(pk=waiting.pk, committed_at=None).delete()
    return bool(gone)


def _summary(done: Rehearsal) -> dict[str, dict[str, int]]:
    return {title: {"new": c.new, "changed": c.changed, "same": c.same} for title, c in done.counts.items()}


def _read(kind: str, content: bytes, file_name: str, by: Any) -> list[Table]:
    declared = kind_of(kind)
    if file_name:
        check_name(file_name)
    tell("open")
    return read_tables(declared, open_workbook(content, file_name), remembered(declared, by))


def _run(kind: str, tables: list[Table], session: Session) -> Rehearsal:
    rehearsal = session.rehearsal
    for table in tables:
        session.sheet = table.sheet
        counts = session.count()
        session.findings.extend(table.findings)
        counts.refused = sum(not row.sound for row in table.rows)
        if not _allowed(session):
            continue
        sound = [row for row in table.rows if row.sound]
        # A commit of a file with unreadable cells is lost already: say only what the reading says.
        if sound and (rehearsal or not any(f.severity == "error" for f in session.findings)):
            tell("match")
            table.sheet.bring(sound, session)
    told = tuple(outcomes(tables)) if rehearsal else ()
    for table in tables:
        session.counts[table.sheet.title].doubtful = sum(
            row.asked or (row.doubtful and row.sound) for row in table.rows
        )
    rows, doubts = sum(len(t.rows) for t in tables), session.doubts
    return Rehearsal(
        kind,
        session.counts,
        tuple(session.findings),
        rows,
        told,
        tuple(doubts.found.values()),
        dict(doubts.became),
    )


def _allowed(session: Session) -> bool:
    verb = session.sheet.verb
    if session.by is None or assignments_of(session.by, verb).exists():
        return True
    duties = ", ".join(sorted(RIGHTS[verb]))
    session.findings.append(
        Finding(
            session.sheet.title,
            "",
            "",
            "",
            f"Chưa được giao nhiệm vụ ({duties}) để nhập “{session.sheet.title}”.",
        )
    )
    return False
