"""What was recorded for the kept person since a merge: whose it is only a person can say, record by record.

A correction of a record known before the merge goes with that record, and what hangs on another record goes with it:
neither is asked about. Of what a clerk may not know of nothing is asked; it stays with the kept person.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value

from tongket.audit.models import Identified
from tongket.audit.records import current
from tongket.matching.merging.tables import ALONG, Table, described, tables
from tongket.matching.models import MergedRow, PersonMerge

KEPT, GONE = "kept", "gone"


@dataclass(frozen=True, slots=True)
class Entered:
    """One record entered since: the key under which its owner is told, and what it is in words."""

    key: str
    said: str
    at: datetime


def key_of(table: Table, row: Any) -> str:
    """Under which the owner of a record is told to `apart.part_people`."""
    return f"{table.label}:{row.pk}"


def entered(merge: PersonMerge) -> list[Entered]:
    """All that has to be told apart before a merge can be taken apart.

    Two questions, and one or two more for each table that has some.
    """
    asked = [table for table in tables() if table.persons and not table.closed]
    found = [
        _standing(table, merge).order_by().values_list(Value(place, IntegerField()), "pk")
        for place, table in enumerate(asked)
    ]
    first, *others = found
    places = sorted({place for place, _pk in first.union(*others, all=True)})
    since = Since(merge) if places else None
    return [
        Entered(key_of(asked[place], row), described(row), row.recorded_at)
        for place in places
        if since is not None
        for row in since.rows(asked[place])
    ]


def _mine(table: Table, merge: PersonMerge) -> Q:
    found = Q()
    for column in table.persons:
        found |= Q(**{column: merge.kept_id})
    return found


def _standing(table: Table, merge: PersonMerge) -> QuerySet[Any]:
    alone = {f"{column}__isnull": True for column, _ in table.parents}
    rows = table.model._default_manager.filter(
        _mine(table, merge), recorded_at__gt=merge.recorded_at, **alone
    )
    return current(rows)


class Since:
    """Tells of the rows of each table which were entered for the kept person since the merge."""

    def __init__(self, merge: PersonMerge) -> None:
        self.merge = merge
        kept = merge.kept_id
        self._steps: dict[str, dict[int, int]] = defaultdict(dict)
        others = MergedRow.objects.filter(Q(merge__kept=kept) | Q(merge__gone=kept)).exclude(merge=merge)
        for table, old, new in others.values_list("table", "old", "new"):
            if old is not None and new is not None:
                self._steps[table][new] = old

    def rows(self, table: Table, *, but_of: datetime | None = None) -> list[Any]:
        """The standing rows of one table that were entered since; without those of one moment."""
        if issubclass(table.model, Identified):
            return self._by_identity(table, but_of)
        return self._by_moment(table, but_of)

    def _by_identity(self, table: Table, but_of: datetime | None) -> list[Any]:
        rows = _standing(table, self.merge).select_related(*ALONG.get(table.label, ()))
        waiting = [row for row in rows.order_by("recorded_at", "pk") if row.recorded_at != but_of]
        if not waiting:
            return []
        model: Any = table.model
        known = model._default_manager.filter(
            recorded_at__lte=self.merge.recorded_at, identity__in={row.identity for row in waiting}
        )
        before = set(known.values_list("identity", flat=True))
        return [row for row in waiting if row.identity not in before]

    def _by_moment(self, table: Table, but_of: datetime | None) -> list[Any]:
        """Rows that are no later state of a row known before, where rows carry no identity.

        A row written at the moment at which one of the person's own was voided is its correction; one that another
        merge moved away and brought back is what it was before.
        """
        moment = self.merge.recorded_at
        touched = Q(recorded_at__gt=moment) | Q(voided_at__gt=moment)
        rows = table.model._default_manager.filter(_mine(table, self.merge), touched)
        own = list(rows.order_by("recorded_at", "pk"))
        corrected = Counter(row.voided_at for row in own if row.recorded_at <= moment)
        foreign: set[int] = set()
        found = []
        for row in own:
            if row.recorded_at <= moment or row.recorded_at == but_of:
                continue
            first = self._first(table, row.pk)
            if first == row.pk and corrected[row.recorded_at] > 0:
                corrected[row.recorded_at] -= 1
            elif first == row.pk or first in foreign:
                foreign.add(row.pk)
            if row.pk not in foreign:
                corrected[row.voided_at] += 1
            elif row.voided_at is None and all(getattr(row, column) is None for column, _ in table.parents):
                found.append(row)
        return found

    def _first(self, table: Table, pk: int) -> int:
        """The row that a row was before another merge moved it away and brought it back."""
        steps = self._steps[table.label]
        while pk in steps:
            pk = steps[pk]
        return pk
