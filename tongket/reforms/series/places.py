"""The engine's queries grouped by place, for many organisations and periods in one statement.

What is counted, and where a fact stands, is the engine's own (`figures.sql`); only the grouping differs.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from tongket.figures.engine import Question
from tongket.figures.plan import Group
from tongket.figures.sql import Compiler, Leaf, Query, Shape, grouped, leaf_columns

_NAMED = re.compile(r"%\((\w+)\)s")
_ONE = "SELECT {place} AS place, q{place}.* FROM ({text}) q{place}"
#: One row: which question, the place it is grouped by (None: the organisation asked itself), and its columns.
Row = tuple[int, int | None, list[int]]


@lru_cache(maxsize=512)
def by_place(shape: Shape, leaves: tuple[Leaf, ...]) -> Query:
    """ONE query for all formulas of a source, like `sql.grouped`, a row a place instead of a row a child."""
    making = Compiler(shape)
    columns: list[str] = []
    for leaf in leaves:
        columns += leaf_columns(making, leaf, "")
    tables, frame = making.frame("")
    return making.query(
        f"{tables}SELECT p.descendant_id, {', '.join(columns)} {frame} GROUP BY p.descendant_id"
    )


def by_child(shape: Shape, leaves: tuple[Leaf, ...]) -> Query:
    """The engine's own grouping: a row a child."""
    return grouped(shape, leaves, True)


def rows_of(
    group: Group, questions: Sequence[Question], query_of: Callable[[Shape, tuple[Leaf, ...]], Query]
) -> list[Row]:
    """The rows of all questions, each taken the group's number of years earlier. One statement, as a rule."""
    texts: dict[str, list[tuple[int, Question, Query]]] = {}
    for number, question in enumerate(questions):
        then = question.earlier(group.offset)
        query = query_of(then.shape(group.source, group.when), group.leaves)
        texts.setdefault(query.text, []).append((number, then, query))
    return [row for asked in texts.values() for row in _united(group.when, asked)]


def _united(when: str, asked: Iterable[tuple[int, Question, Query]]) -> list[Row]:
    parts: list[str] = []
    parameters: dict[str, Any] = {}
    for number, question, query in asked:
        own = query.parameters(question.asking(when))
        text = _NAMED.sub(lambda match, number=number: f"%({match[1]}_w{number})s", query.text)  # type: ignore[misc]
        parts.append(_ONE.format(place=number, text=text))
        parameters |= {f"{name}_w{number}": value for name, value in own.items()}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        found = cursor.fetchall()
    return [(row[0], row[1], [int(value) for value in row[2:]]) for row in found]
