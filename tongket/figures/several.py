"""The same figures for several periods at once: one query a source, however many periods are asked."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from tongket.core.periods import Period
from tongket.figures.engine import Question, ask
from tongket.figures.evaluate import Cells, Key, figures_of
from tongket.figures.masking import seen_by
from tongket.figures.plan import Group, plan_for
from tongket.figures.sql import Asking, Query, grouped
from tongket.figures.types import Figure, FigureSet
from tongket.organisations.models import Organisation

_NAMED = re.compile(r"%\((\w+)\)s")
_ONE = "SELECT {place} AS place, q{place}.* FROM ({text}) q{place}"
#: One question: a period and the day as at which it is asked (None: its end).
When = tuple[Period, date | None]


def compute_several(
    organisation: Organisation,
    whens: Sequence[When],
    ids: Iterable[str],
    *,
    as_known_at: datetime | None = None,
    viewer: Any = None,
) -> list[dict[str, Figure]]:
    """For each of `whens` the figures `ids` of an organisation with all below it, as `compute` gives them one by one,
    masked for the `viewer` as there.

    Raises what `engine.ask` raises (a day before the period or before the founding), and `NotFound` for an unknown
    indicator.
    """
    questions = [ask(organisation, period, as_at, as_known_at) for period, as_at in whens]
    plan = plan_for(None, tuple(ids))
    if not questions or not plan.indicators:
        return [{} for _ in questions]
    cells = Cells(len(questions))
    for group in plan.groups:
        _read(cells, group, _rows(group, [question.earlier(group.offset) for question in questions]))
    columns = figures_of(plan, cells)
    found = [{name: column[i] for name, column in columns.items()} for i in range(len(questions))]
    if viewer is None:
        return found
    return [
        seen_by(
            viewer,
            FigureSet(q.organisation, q.period, q.as_at, q.as_known_at, (), own, {}, viewer),
            plan.catalogue,
        ).own
        for q, own in zip(questions, found, strict=True)
    ]


def _rows(group: Group, questions: list[Question]) -> list[Sequence[Any]]:
    """The result row of each question. Questions that read alike (mostly all of them) go in one statement."""
    queries: dict[str, Query] = {}
    askings: dict[str, list[tuple[int, Asking]]] = {}
    for place, question in enumerate(questions):
        query = grouped(question.shape(group.source, group.when), group.leaves, False)
        queries[query.text] = query
        askings.setdefault(query.text, []).append((place, question.asking(group.when)))
    found: dict[int, Sequence[Any]] = {}
    for text, query in queries.items():
        found |= _united(query, askings[text])
    return [found[place] for place in range(len(questions))]


def _united(query: Query, askings: list[tuple[int, Asking]]) -> dict[int, Sequence[Any]]:
    """The query once for each asking, each with its own parameters, joined into one statement."""
    parts, parameters = [], {}
    for place, asking in askings:
        own = query.parameters(asking)
        named = {name: f"{name}_w{place}" for name in own}
        text = _NAMED.sub(lambda match, named=named: f"%({named[match[1]]})s", query.text)  # type: ignore[misc]
        parts.append(_ONE.format(place=place, text=text))
        parameters.update({named[name]: value for name, value in own.items()})
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _read(cells: Cells, group: Group, rows: list[Sequence[Any]]) -> None:
    # Column 0 is the child (none here); where facts cross borders, the first columns are of the asked border.
    for leaf, place in group.places:
        first, last = place.first + 1, place.first + place.width
        cells.put(Key(leaf, group.offset), [row[first] for row in rows], [row[last] for row in rows])
