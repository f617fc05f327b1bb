"""Rows of a list that give way to others: what hangs on the old row is recorded again on the new one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tongket.audit.acts import Act
from tongket.audit.models import Recorded
from tongket.audit.records import chunks, current
from tongket.ratings.rounds.models import RatingCandidate, RatingOverride, RatingSpecial, RatingStep

_BATCH = 1_000
#: Origin of rows that were not entered but recorded again on another row of the list.
CARRIED = "chuyển theo danh sách"
_HANGING: tuple[type[Any], ...] = (RatingStep, RatingSpecial, RatingOverride)


def void_rows(model: type[Recorded], pks: Iterable[int], reason: str, *, act: Act) -> None:
    """Void many rows in a few statements."""
    for part in chunks(pks, 500):
        model._default_manager.filter(pk__in=part, voided_at__isnull=True).update(
            voided_at=act.at, voided_by=act.by, void_reason=reason
        )


def take_off(candidates: Sequence[RatingCandidate], reason: str, *, act: Act) -> None:
    """Take these off their list, with all that hangs on them."""
    keys = [row.pk for row in candidates]
    for model in _HANGING:
        void_rows(model, [row.pk for row in _hanging(model, keys)], reason, act=act)
    void_rows(RatingCandidate, keys, reason, act=act)


def replace_rows(
    changed: Sequence[tuple[RatingCandidate, Mapping[str, Any]]], reason: str, *, act: Act
) -> list[RatingCandidate]:
    """Put a new row in the place of each, with these columns changed; steps, special cases and overrides move along."""
    void_rows(RatingCandidate, [row.pk for row, _ in changed], reason, act=act)
    rows = [again(row, act, **columns) for row, columns in changed]
    RatingCandidate.objects.bulk_create(rows, batch_size=_BATCH)
    moved = {old.pk: new for (old, _), new in zip(changed, rows, strict=True)}
    for model in _HANGING:
        hanging = list(_hanging(model, moved))
        void_rows(model, [row.pk for row in hanging], reason, act=act)
        copies = [again(row, act, CARRIED, candidate_id=moved[row.candidate_id].pk) for row in hanging]
        model._default_manager.bulk_create(copies, batch_size=_BATCH)
    return rows


def again(row: Any, act: Act, origin: str = "", **columns: Any) -> Any:
    """A row that says the same as an old one, recorded in this act, with some columns changed."""
    kept = {
        f.attname: getattr(row, f.attname)
        for f in row._meta.concrete_fields
        if not f.primary_key and f.name not in _TIMES
    }
    stamp = act.stamp()
    if origin:
        stamp["origin"] = origin
    return type(row)(**{**kept, **stamp, **columns})


_TIMES = frozenset(
    {"recorded_at", "recorded_by", "voided_at", "voided_by", "void_reason", "origin", "row_version"}
)


def _hanging(model: type[Any], keys: Iterable[int]) -> Iterable[Any]:
    for part in chunks(keys):
        yield from current(model._default_manager.filter(candidate__in=part))
