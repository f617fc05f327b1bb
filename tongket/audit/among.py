"""Rows whose column is one of many keys, in one query and one parameter.

`filter(code__in=...)` prepares every key by itself and has as many parameters as keys: slow for thousands, and at some
number refused. `filter(Among("code", keys))` hands them over as one list.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func


class Among(Func):
    """The condition that a column (texts or whole numbers) is one of `keys`."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, column: Any, keys: Iterable[Any] = ()) -> None:
        self.keys = list(dict.fromkeys(keys))
        super().__init__(F(column) if isinstance(column, str) else column)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        """As SQLite and PostgreSQL say it."""
        column, given = compiler.compile(self.source_expressions[0])
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", (*given, self.keys)
        inside = "IN (SELECT value FROM json_each(%s))"  # nosec B608
        return f"{column} {inside}", (*given, json.dumps(self.keys))
