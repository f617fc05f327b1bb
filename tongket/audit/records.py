"""The acts that every dated record shares: add a batch, void, correct.

A domain app declares a `RecordKind` (model, draft, rules) and calls these functions; what may be recorded is said by
its rules. A record is never overwritten: correcting voids the old row and adds a new one in the same act.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import models

from tongket.audit.acts import Act, act
from tongket.audit.draft_fields import check_fields
from tongket.audit.models import Identified, Recorded
from tongket.core.dates import format_date, today
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy

D = TypeVar("D")
M = TypeVar("M", bound=Recorded)

#: Drafts with their place in the batch.
Numbered = Sequence[tuple[int, D]]

# Keys asked for in one query: below the 32,766 parameters of an SQLite built with its own defaults.
CHUNK = 5_000
_BATCH = 1_000
REASON_LENGTH = 300
_WHY = "Hãy ghi vì sao hủy hoặc đính chính bản ghi này."
GONE = "Bản ghi này đã bị người khác hủy hoặc đính chính. Hãy mở lại trang để xem bản ghi hiện hành."


def _nothing(*_: Any) -> Iterable[Problem]:
    return ()


def _in_the_open(_: Any) -> bool:
    return False


def _no_columns(_: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class RecordKind(Generic[D, M]):
    """One class of record.

    `name` begins the ledger's action words ("member_rating" gives "member_rating.add"). `rules` judges the drafts whose
    fields are sound, all at once so that it asks the database per batch. `derived` gives the columns that follow
    from a draft. `keys` are the facts for the ledger: keys of records, no personal data. `may_void` says what stands
    in the way of voiding, `voided` takes back in the same act what the voided row had led to; `carry` moves what hangs
    on a corrected record over to its new row. `written` is told the rows just added (to keep an index of them).
    `reason_rules` judges the text of a reason where the kind forbids more than an empty one. Of a row that is `hidden`
    the ledger does not even note the organisation.
    """

    name: str
    model: type[M]
    rules: Callable[[Numbered[D]], Iterable[Problem]]
    keys: Callable[[M], dict[str, Any]]
    derived: Callable[[D], dict[str, Any]] = _no_columns
    may_void: Callable[[M], Iterable[Problem]] = _nothing
    carry: Callable[[M, M, Act, str], None] | None = None
    voided: Callable[[M, Act, str], None] | None = None
    written: Callable[[Sequence[M]], None] | None = None
    reason_rules: Callable[[str], Iterable[Problem]] = _nothing
    hidden: Callable[[M], bool] = _in_the_open


def current(queryset: models.QuerySet[M]) -> models.QuerySet[M]:
    """The rows that stand: voided ones left out."""
    return queryset.filter(voided_at__isnull=True)


def check(kind: RecordKind[D, M], drafts: Sequence[D]) -> list[Problem]:
    """Everything wrong or doubtful about a batch, in the order of its rows; writes nothing.

    Each field is judged by the model's own column first (required, length, list of codes); the kind's rules
    then see only drafts whose fields are sound, so that a rule need not fear a missing value.
    """
    found: list[Problem] = []
    sound: list[tuple[int, D]] = []
    for index, draft in enumerate(drafts):
        of_fields = check_fields(kind.model, draft)
        found += [problem.at(index) for problem in of_fields]
        if not of_fields:
            sound.append((index, draft))
    found += kind.rules(sound)
    return sorted(found, key=lambda problem: problem.index)


def add(
    kind: RecordKind[D, M], drafts: Sequence[D], *, act: Act, origins: Sequence[str] | None = None
) -> list[M]:
    """Check and write a batch inside an open act. Raises `Refused` with all errors; then nothing is written.

    `origins` says for each draft where it came from (a cell of a workbook), else the act's own origin.
    """
    found = check(kind, drafts)
    refuse_if_any(found)
    if found:
        # Warnings went unheeded knowingly: the ledger keeps how many of each field, not their text, which may name days
        # of a person's life.
        act.note(**{f"{kind.name}.warnings": dict(Counter(problem.field for problem in found))})
    stamp = act.stamp()
    rows = [kind.model(**_columns(kind, draft), **stamp) for draft in drafts]
    for row, origin in zip(rows, origins or (), strict=origins is not None):
        row.origin = origin
    kind.model._default_manager.bulk_create(rows, batch_size=_BATCH)
    if kind.written is not None:
        kind.written(rows)
    return rows


def add_one(kind: RecordKind[D, M], draft: D, *, by: Any, origin: str = "form") -> M:
    """Record one draft as an act of its own. Raises `Refused`."""
    with act(f"{kind.name}.add", by=by, origin=origin, organisation=_books(draft)) as current_act:
        [record] = add(kind, [draft], act=current_act)
        current_act.about(record)
        current_act.note(**kind.keys(record))
    return record


def void(kind: RecordKind[D, M], record: M, *, reason: str, by: Any) -> M:
    """Void a record that should not have been entered.

    Raises `Refused` (no reason, or others rest on it) and `Conflict` (someone voided or corrected it meanwhile).
    """
    said = written_reason(reason, ask=_WHY)
    refuse_if_any(kind.reason_rules(reason))
    with act(f"{kind.name}.void", by=by, organisation=_books(record), subject=record) as current_act:
        standing = _standing(kind, record)
        refuse_if_any(kind.may_void(standing))
        current_act.void(standing, said)
        if kind.voided is not None:
            kind.voided(standing, current_act, said)
        current_act.note(**kind.keys(standing))
        if kind.hidden(standing):
            current_act.organisation_code = ""
    return standing


def correct(kind: RecordKind[D, M], record: M, draft: D, *, reason: str, by: Any) -> M:
    """Put `draft` in the place of `record`: the old row is voided, the new one returned.

    Raises `Refused` (no reason, or the draft breaks a rule) and `Conflict` (someone voided or corrected it meanwhile).
    """
    said = written_reason(reason, ask=_WHY)
    refuse_if_any(kind.reason_rules(reason))
    with act(f"{kind.name}.correct", by=by, organisation=_books(draft)) as current_act:
        old = _standing(kind, record)
        new = replace_in(kind, old, draft, reason=said, act=current_act)
        current_act.about(new)
        current_act.note(**kind.keys(new), replaces=old.pk)
        if kind.hidden(new):
            current_act.organisation_code = ""
    return new


def replace_in(kind: RecordKind[D, M], old: M, draft: D, *, reason: str, act: Act) -> M:
    """The inner part of a correction: void `old` and add `draft` in an open act."""
    # Voided first, so that the rules that compare with other records do not meet the old row.
    act.void(old, reason)
    [new] = add(kind, [draft], act=act)
    if isinstance(old, Identified) and isinstance(new, Identified):
        new.identity = old.identity
        new.save(update_fields=["identity"])
    if kind.carry is not None:
        kind.carry(old, new, act, reason)
    return new


def _standing(kind: RecordKind[D, M], record: M) -> M:
    """The row as it is now; the act's lock is held, so it stays so."""
    found = kind.model._default_manager.filter(pk=record.pk, voided_at__isnull=True).first()
    if found is None:
        raise Conflict(GONE)
    return found


def written_reason(
    text: str, field: str = "reason", *, ask: str = "Hãy ghi vì sao.", longest: int = REASON_LENGTH
) -> str:
    """A reason as it is kept. Raises `Refused` for none (then `ask` says what to write) and for one too long."""
    said = tidy(text or "")
    if not said:
        raise Refused([Problem(field, f"Chưa nêu lý do. {ask}")])
    if len(said) > longest:
        raise Refused([Problem(field, f"Lý do dài quá {longest} ký tự ({len(said)}). Hãy viết ngắn lại.")])
    return said


def _books(subject: Any) -> Any:
    return getattr(subject, "organisation", None) or getattr(
        getattr(subject, "directive", None), "organisation", None
    )


def _columns(kind: RecordKind[D, M], draft: D) -> dict[str, Any]:
    values = {f.name: getattr(draft, f.name) for f in fields(draft)}  # type: ignore[arg-type]
    clean = {name: tidy(value) if isinstance(value, str) else value for name, value in values.items()}
    return {**clean, **kind.derived(draft)}


def chunks(keys: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """The distinct keys in lists short enough for one query each."""
    distinct = list(dict.fromkeys(keys))
    for start in range(0, len(distinct), size):
        yield distinct[start : start + size]


def repeated(drafts: Numbered[D], key: Callable[[D], Any]) -> Iterator[tuple[int, D]]:
    """The drafts whose key another draft of the batch had before them."""
    seen: set[Any] = set()
    for index, draft in drafts:
        name = key(draft)
        if name in seen:
            yield index, draft
        seen.add(name)


def check_past(day: date | None, field: str, what: str, index: int) -> Iterator[Problem]:
    """A day that has not come yet cannot be the day of something done."""
    if day is not None and day > today():
        yield Problem(
            field,
            f"{what} {format_date(day)} ở sau hôm nay ({format_date(today())}). Hãy kiểm tra lại ngày.",
            index=index,
        )
