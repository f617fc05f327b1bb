"""Rows queued as plain values and written a table at a time, for the synthetic register of the benchmarks."""

import json
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

RECORDED = datetime(2024, 1, 15, 8, 0, tzinfo=timezone.get_default_timezone())


class Loader:
    """Rows in plain tuples, written a table at a time."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[dict[str, Any]]] = {}
        self.last: dict[type[models.Model], int] = {}

    def add(self, model: type[models.Model], **values: Any) -> int:
        """Queue a row; returns its key."""
        key = self.last.get(model, 0) + 1
        self.last[model] = key
        self.rows.setdefault(model, []).append({"id": key, **values})
        return key

    def write(self) -> None:
        """Insert everything with executemany (COPY on PostgreSQL)."""
        with transaction.atomic(), connection.cursor() as cursor:
            for model, rows in self.rows.items():
                _insert(cursor, model, rows)
        self.rows.clear()


def _defaults(model: type[models.Model]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        if field.has_default():
            found[field.column] = field.default
        elif field.null:
            found[field.column] = None
        elif isinstance(field, models.CharField):
            found[field.column] = ""
        elif field.column == "recorded_at":
            found[field.column] = RECORDED
    return found


def _insert(cursor: Any, model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    defaults, fields = _defaults(model), model._meta.concrete_fields
    columns = [f.column for f in fields]

    def values(row: dict[str, Any]) -> tuple[Any, ...]:
        made = []
        for field in fields:
            value = row[field.column] if field.column in row else defaults[field.column]
            value = value() if callable(value) else value
            made.append(field.get_db_prep_save(value, connection))
        return tuple(made)

    names = ", ".join(connection.ops.quote_name(c) for c in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([json.dumps(v.obj) if hasattr(v, "obj") else v for v in values(row)])
        return
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", [values(row) for row in rows])  # noqa: S608
