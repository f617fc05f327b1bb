"""Recording rows anew under another person: the old row is voided, the new one says the same but for the person.

What hangs on a moved row (steps, replies, ends of discipline) moves along with it. Provenance (`origin`) stays, so that
a figure still leads to the cell of the workbook or the form that a record came from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongket.audit.acts import Act
from tongket.audit.records import chunks, current
from tongket.matching.merging.tables import CHAINS, Table

_TIMES = frozenset({"recorded_at", "recorded_by", "voided_at", "voided_by", "void_reason"})
_BATCH = 500


def copy_of(row: Any, act: Act, **columns: Any) -> Any:
    """A row that says the same, recorded in this act, with some columns changed; its origin stays."""
    kept = {
        f.attname: getattr(row, f.attname)
        for f in row._meta.concrete_fields
        if not f.primary_key and f.name not in _TIMES
    }
    return type(row)(**{**kept, "recorded_at": act.at, "recorded_by": act.by, **columns})


def void_rows(model: type[Any], pks: Iterable[int], reason: str, act: Act) -> None:
    """Void rows in few statements."""
    for part in chunks(pks, _BATCH):
        model._default_manager.filter(pk__in=part, voided_at__isnull=True).update(
            voided_at=act.at, voided_by=act.by, void_reason=reason
        )


def in_order(rows: Iterable[Any]) -> list[Any]:
    """Rows as they were recorded: what is read by record order must be recorded anew in the same order."""
    return sorted(rows, key=lambda row: (row.recorded_at, row.pk))


def standing(table: Table, column: str, keys: Iterable[int]) -> list[Any]:
    """The standing rows whose column names one of these."""
    found: list[Any] = []
    for part in chunks(keys, _BATCH):
        found += current(table.model._default_manager.filter(**{f"{column}__in": part}))
    return found


@dataclass
class Move:
    """A move under way: what became of each row.

    `places` maps a row (table, key) to the key of the row that says its part now; `touched` are (table, old, new) as
    they are kept with the merge.
    """

    act: Act
    reason: str
    places: dict[tuple[str, int], int] = field(default_factory=dict)
    touched: list[tuple[str, int | None, int | None]] = field(default_factory=list)

    def drop(self, table: Table, rows: Sequence[Any], twins: Mapping[int, int] | None = None) -> None:
        """Void rows without a copy; a twin takes the part of a row for whatever else points to it."""
        void_rows(table.model, [row.pk for row in rows], self.reason, self.act)
        for row in rows:
            self.touched.append((table.label, row.pk, None))
            if twins and row.pk in twins:
                self.places[table.label, row.pk] = twins[row.pk]

    def put(
        self, table: Table, changes: Sequence[tuple[Any, Mapping[str, Any]]], *, void: bool = True
    ) -> None:
        """Record each row anew with these columns changed, in the order in which the rows were recorded."""
        ordered = sorted(changes, key=lambda change: (change[0].recorded_at, change[0].pk))
        if void:
            void_rows(table.model, [row.pk for row, _ in ordered], self.reason, self.act)
        copies = [copy_of(row, self.act, **columns) for row, columns in ordered]
        made = table.model._default_manager.bulk_create(copies, batch_size=_BATCH)
        for (row, _), new in zip(ordered, made, strict=True):
            self.places[table.label, row.pk] = new.pk
            self.touched.append((table.label, row.pk, new.pk))

    def parents(self, table: Table, row: Any) -> dict[str, int]:
        """The columns of a row that point to rows which were moved, with where these are now."""
        found = {}
        for column, label in table.parents:
            key = getattr(row, column)
            if key is not None and (label, key) in self.places:
                found[column] = self.places[label, key]
        return found

    def following(self, table: Table) -> list[Any]:
        """The standing rows that point to a row moved so far."""
        found: dict[int, Any] = {}
        for column, label in table.parents:
            keys = [key for of, key in self.places if of == label]
            found |= {row.pk: row for row in standing(table, column, keys)}
        return list(found.values())

    def chained(self, table: Table, rows: Sequence[Any]) -> list[Any]:
        """Later standing rows of the chains that these rows stand in: read by order, they are recorded anew too."""
        column = CHAINS.get(table.label)
        if column is None or not rows:
            return []
        first: dict[Any, Any] = {}
        for row in in_order(rows):
            first.setdefault(getattr(row, column), row)
        taken = {row.pk for row in rows}
        others = current(table.model._default_manager.filter(**{f"{column}__in": list(first)}))
        return [
            row
            for row in others
            if row.pk not in taken
            and (row.recorded_at, row.pk)
            > (first[getattr(row, column)].recorded_at, first[getattr(row, column)].pk)
        ]
