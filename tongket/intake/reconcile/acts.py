"""Comparing, deciding, and putting away. Taking theirs over into the register is in `taking.py`, back in `back.py`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tongket.audit.acts import Act, act
from tongket.audit.records import chunks, written_reason
from tongket.core.dates import format_date, today
from tongket.core.problems import Problem, Refused
from tongket.core.text import fold, tidy
from tongket.intake.models import ImportBatch
from tongket.intake.reconcile import taking
from tongket.intake.reconcile.compare import Comparison, Line, compare, folded_name
from tongket.intake.reconcile.models import (
    DecisionBatch,
    Difference,
    FieldDecision,
    Reconciliation,
)
from tongket.intake.reconcile.ours import ours_of
from tongket.intake.reconcile.sheets import newcomers_workbook
from tongket.intake.reconcile.theirs import KIND, Export, read_export
from tongket.intake.rows.doubts import choices_of
from tongket.members.models import Member
from tongket.members.queries import visible_to as visible_members
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import visible_to

VERB = "member.write"
SOURCE = "Cơ sở dữ liệu đảng viên"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Held:
    """An export held against the register, before anything is kept."""

    export: Export
    comparison: Comparison
    branches: dict[int, int | None]


def hold(content: bytes, file_name: str, organisation: Organisation, *, by: Any) -> Held:
    """Compare an export with the register of an organisation; writes nothing. Raises `BadWorkbook`.

    People are told among all whom the user may write (`by` None: all), so that somebody who stands elsewhere is seen
    to have moved; only those who stand in the organisation now are missed when the export lacks them.
    """
    organisations = Organisation.objects.all() if by is None else visible_to(by, VERB)
    members = Member.objects.all() if by is None else visible_members(by, VERB)
    export = read_export(content, file_name, by=by, organisations=organisations)
    ours = ours_of(members)
    branches = _branches(organisation)
    home = [key for key, one in ours.items() if one.standing and one.member.organisation_id in branches]
    return Held(export, compare(export, ours, home, choices_of(by)), branches)


def _branches(organisation: Organisation) -> dict[int, int | None]:
    """By organisation below (and itself) the child of `organisation` that it lies under now."""
    below = OrganisationPath.objects.filter(
        ancestor=organisation, voided_at__isnull=True, valid_to=organisation.ends_on
    )
    return dict(below.values_list("descendant", "via"))


def start(
    content: bytes, file_name: str, organisation: Organisation, *, by: Any, source: str = ""
) -> Reconciliation:
    """Compare an export and keep what differs until it is decided; the file is not kept. Raises `BadWorkbook`.

    The former comparison of this organisation and source goes. What was decided before about the same value of theirs
    stays decided.
    """
    held = hold(content, file_name, organisation, by=by)
    said = tidy(source)[:100] or SOURCE
    key = fold(said)[:100]
    with act("reconcile.hold_against", by=by, organisation=organisation) as current:
        Reconciliation.objects.filter(organisation=organisation, source_key=key).delete()
        made = Reconciliation.objects.create(
            organisation=organisation,
            source=said,
            source_key=key,
            file_name=PurePath(file_name).name[:255],
            sha256=sha256(content).hexdigest(),
            made_at=current.at,
            made_by=by,
            counts=held.comparison.counts,
            fields=list(held.export.fields),
            notices=list(dict.fromkeys(held.export.notices)),
        )
        rows = [_row(made, line, held.branches) for line in held.comparison.lines]
        _remember(rows, key)
        Difference.objects.bulk_create(rows, batch_size=_BATCH)
        current.about(made)
        current.note(
            file=made.file_name,
            sha256=made.sha256,
            source=said,
            rows=held.comparison.counts["rows"],
            lines=len(rows),
        )
    return made


def _row(made: Reconciliation, line: Line, branches: dict[int, int | None]) -> Difference:
    return Difference(
        reconciliation=made,
        kind=line.kind,
        member_id=line.member,
        person=line.person,
        name=line.name[:150],
        folded=folded_name(line),
        field=line.field,
        ours=line.ours,
        theirs=line.theirs,
        value=line.value,
        place=line.place[-60:],  # the row stands at the end
        branch_id=branches.get(line.cell) if line.cell is not None else None,
        reasons=list(line.reasons),
        candidates=list(line.candidates),
        theirs_mark=line.theirs_mark,
        ours_mark=line.ours_mark,
    )


def _remember(rows: Sequence[Difference], source_key: str) -> None:
    """Put on the lines what was decided before and still holds.

    *Ours* holds until they write something else; *later* until either side does. *Theirs* was taken over, so a
    difference that is there again is a new one.
    """
    standing = FieldDecision.objects.filter(source_key=source_key, voided_at__isnull=True)
    known = {
        (d.member_id, d.person, d.field): d for d in standing.exclude(choice="theirs").order_by("recorded_at")
    }
    for row in rows:
        found = known.get((row.member_id, row.person, row.field))
        if found is None or found.theirs_mark != row.theirs_mark:
            continue
        if found.choice == "later" and found.ours_mark != row.ours_mark:
            continue
        row.choice, row.batch_id = found.choice, found.batch_id


# --- deciding -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision: the batch, and the lines that it could not be carried out for, each with the reason."""

    batch: DecisionBatch
    left: tuple[tuple[Difference, str], ...] = ()


def decide(
    made: Reconciliation,
    lines: QuerySet[Difference],
    choice: str,
    *,
    by: Any,
    note: str = "",
    since: date | None = None,
) -> Decided:
    """Decide lines of a comparison in one act. Raises `Refused` when nothing of it can be carried out.

    `since` says from which day theirs holds; None: our register was wrong all along. A line that theirs cannot be
    taken over for (it breaks a rule, our register has changed meanwhile) stays open and is told with its reason.
    """
    said = tidy(note)[:300]
    problems = list(_check(choice, said, since))
    if problems:
        raise Refused(problems)
    with act(_ACTIONS[choice], by=by, organisation=made.organisation) as current:
        rows = list(lines.exclude(choice="theirs").select_related("member"))
        if not rows:
            raise Refused([Problem("", "Không có dòng nào để quyết định. Đánh dấu các dòng cần quyết định.")])
        batch = _batch(made, choice, said, since, current)
        left: list[tuple[Difference, str]] = []
        if choice == "theirs":
            label = f"đối chiếu {batch.pk}"
            rows, left = taking.take(rows, since=since, label=label, act=current, allowed=_allowed(by))
        if not rows:
            raise Refused([Problem("", text) for text in why_left(left)])
        _settle(rows, batch, current)
        current.about(batch)
        current.note(
            file=made.file_name,
            sha256=made.sha256,
            source=made.source,
            lines=len(rows),
            left=len(left),
            fields=sorted({row.field for row in rows if row.field}),
        )
    return Decided(batch, tuple(left))


def why_left(left: Iterable[tuple[Difference, str]]) -> list[str]:
    """Why lines could not be carried out, each reason once with whom it is about."""
    people: dict[str, list[str]] = {}
    for row, why in left:
        people.setdefault(why, []).append(row.name)
    said = []
    for why, names in people.items():
        some = list(dict.fromkeys(names))
        more = f" và {len(some) - _NAMED} người nữa" if len(some) > _NAMED else ""
        said.append(f"{', '.join(some[:_NAMED])}{more}: {why}")
    return said


_NAMED = 5
_ACTIONS = {
    "ours": "reconcile.keep_ours",
    "theirs": "reconcile.take_theirs",
    "later": "reconcile.put_off",
}


def _check(choice: str, note: str, since: date | None) -> Iterable[Problem]:
    if choice not in _ACTIONS:
        yield Problem("choice", "Chọn một trong: giữ theo sổ, lấy theo bản xuất, để sau.")
    if choice == "later" and not note:
        yield Problem("note", "Ghi vì sao để sau (chờ giấy tờ gì, hỏi ai).")
    if since is not None and since > today():
        yield Problem("since", f"Ngày {format_date(since)} còn ở tương lai.")


def _allowed(by: Any) -> Callable[[], set[int] | None]:
    """The cells into which the user may move somebody; asked only when somebody is moved. None: all."""
    return lambda: None if by is None else set(visible_to(by, VERB).values_list("pk", flat=True))


def _batch(made: Reconciliation, choice: str, note: str, since: date | None, current: Act) -> DecisionBatch:
    batch = DecisionBatch.objects.create(
        organisation=made.organisation,
        source=made.source,
        source_key=made.source_key,
        file_name=made.file_name,
        sha256=made.sha256,
        choice=choice,
        note=note,
        since=since if choice == "theirs" else None,
        **current.stamp(),
    )
    current.origin = f"đối chiếu {batch.pk}"
    return batch


def _settle(rows: Sequence[Difference], batch: DecisionBatch, current: Act) -> None:
    """Write the decisions; what was decided of the same things before is voided."""
    _void_former(rows, batch, current)
    decisions = [
        FieldDecision(
            batch=batch,
            source_key=batch.source_key,
            member_id=row.member_id,
            person=row.person,
            field=row.field,
            kind=row.kind,
            choice=batch.choice,
            theirs_mark=row.theirs_mark,
            ours_mark=row.ours_mark,
            **current.stamp(),
        )
        for row in rows
    ]
    FieldDecision.objects.bulk_create(decisions, batch_size=_BATCH)
    for keys in chunks(row.pk for row in rows):
        Difference.objects.filter(pk__in=keys).update(choice=batch.choice, batch=batch)
    batch.count = len(rows)
    batch.save(update_fields=["count"])


def _void_former(rows: Sequence[Difference], batch: DecisionBatch, current: Act) -> None:
    standing = FieldDecision.objects.filter(source_key=batch.source_key, voided_at__isnull=True)
    wanted = {(row.member_id, row.person, row.field) for row in rows}
    stale = [
        pk
        for pk, *key in standing.values_list("pk", "member_id", "person", "field").iterator()
        if tuple(key) in wanted
    ]
    for keys in chunks(stale):
        FieldDecision.objects.filter(pk__in=keys).update(
            voided_at=current.at, voided_by=current.by, void_reason="quyết định lại"
        )


def take_back(batch: DecisionBatch, *, reason: str, by: Any) -> None:
    """Take a decision back whole: what it wrote into the register is undone, its lines are open again.

    Raises `Refused` (no reason, or somebody whom the user may not write) and `Conflict` when somebody built on what
    was taken over.
    """
    said = written_reason(reason, ask="Ghi vì sao rút lại quyết định này.")
    with act("reconcile.take_back", by=by, organisation=batch.organisation, subject=batch) as current:
        taking.require_standing(batch)
        _require_mine(batch, by)
        if batch.choice == "theirs":
            taking.undo(batch, said, current)
        current.void(batch, said)
        batch.decisions.filter(voided_at__isnull=True).update(
            voided_at=current.at, voided_by=by, void_reason=said
        )
        Difference.objects.filter(batch=batch).update(choice="", batch=None)
        current.note(file=batch.file_name, sha256=batch.sha256, lines=batch.count, reason=said)


def _require_mine(batch: DecisionBatch, by: Any) -> None:
    if by is None:
        return
    people = batch.decisions.filter(voided_at__isnull=True, member__isnull=False)
    if people.exclude(member__in=visible_members(by, VERB).values("pk")).exists():
        said = (
            "Quyết định này có người ngoài phạm vi được giao. Đề nghị người phụ trách ở cấp trên rút lại, hoặc sửa "
            "từng người ở trang của người đó."
        )
        raise Refused([Problem("reason", said)])


def hand_to_import(
    made: Reconciliation, lines: QuerySet[Difference], *, by: Any, entered_on: date | None = None
) -> ImportBatch:
    """People whom only the export has, or of whom it is doubtful who they are, as a workbook to be rehearsed.

    Nobody is entered; of the doubtful ones the rehearsal asks who they are. Raises `Refused`.

    `entered_on`: the day from which they stand on our list, said by the clerk for all of them.
    """
    rows = list(lines.filter(kind__in=("theirs_only", "doubtful")).order_by("pk"))
    if not rows:
        raise Refused([Problem("", "Chưa chọn người nào. Đánh dấu những người cần đưa vào đọc thử.")])
    content = newcomers_workbook(rows, format_date(entered_on) if entered_on else "")
    with act("reconcile.rehearse_new", by=by, organisation=made.organisation, subject=made) as current:
        batch = ImportBatch.objects.create(
            kind=KIND.name,
            file_name=f"Chỉ có trong {PurePath(made.file_name).stem[:200]}.xlsx",
            sha256=sha256(content).hexdigest(),
            content=content,
            uploaded_at=current.at,
            uploaded_by=by,
            rows=len(rows),
        )
        current.note(file=made.file_name, sha256=made.sha256, rows=len(rows))
    return batch


def put_away(made: Reconciliation, *, by: Any) -> None:
    """Remove a comparison before its time; the decisions stay."""
    with act("reconcile.put_away", by=by, organisation=made.organisation, subject=made) as current:
        current.note(file=made.file_name, sha256=made.sha256)
        made.delete()


def remove_old(now: datetime | None = None) -> int:
    """Remove the comparisons older than `Reconciliation.KEEP_DAYS`; how many."""
    before = (now or timezone.now()) - timedelta(days=Reconciliation.KEEP_DAYS)
    old = Reconciliation.objects.filter(made_at__lt=before)
    count = old.count()
    if count:
        with act("reconcile.expire", by=None, origin="timer") as current:
            old.delete()
            current.note(count=count)
    return count
