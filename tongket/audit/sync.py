"""Bringing derived rows to what they should be, without overwriting: the one way for spells, versions and paths."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from tongket.audit.bulk import insert

Row = TypeVar("Row", bound=models.Model)
_BATCH = 400


def sync(
    model: type[Row],
    existing: Iterable[Row],
    wanted: Sequence[Row],
    key: Callable[[Any], tuple[Any, ...]],
    moment: datetime,
) -> tuple[int, int]:
    """Void the `existing` rows that are no longer wanted and insert the wanted ones that are not there.

    `key` says what makes two rows the same state. Rows that stay are not touched, so their record times stay.
    Returns (voided, inserted).
    """
    present = list(existing)
    missing = Counter(map(key, wanted)) if present else Counter()
    stale: list[Any] = []
    for row in present:
        if missing[key(row)] > 0:
            missing[key(row)] -= 1
        else:
            stale.append(row.pk)
    for start in range(0, len(stale), _BATCH):
        model._default_manager.filter(pk__in=stale[start : start + _BATCH]).update(voided_at=moment)
    fresh = []
    for row in wanted:
        if not present or missing[key(row)] > 0:
            missing[key(row)] -= 1 if present else 0
            fresh.append(row)
    for row in fresh:
        row.recorded_at = moment  # type: ignore[attr-defined]
    insert(model, fresh)
    return len(stale), len(fresh)
