"""The agenda as a tree of items, numbered by where they stand (1, 1.1, 2)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from tongket.audit.records import current
from tongket.conferences.models import AgendaItem, Conference


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with its number ("1.2") and level (0 at the top)."""

    item: AgendaItem
    number: str
    level: int


def agenda_of(conference: Conference) -> list[Entry]:
    """The agenda in order, numbered: one query."""
    return in_order(list(current(AgendaItem.objects.filter(conference=conference))))


def in_order(items: Iterable[AgendaItem]) -> list[Entry]:
    """Items as a numbered list, each below its parent; an item whose parent is gone stands at the top."""
    rows = sorted(items, key=lambda one: (one.position, one.pk or 0))
    known = {item.identity for item in rows}
    below: dict[uuid.UUID | None, list[AgendaItem]] = {}
    for item in rows:
        below.setdefault(item.parent if item.parent in known else None, []).append(item)
    found: list[Entry] = []

    def walk(parent: uuid.UUID | None, prefix: str, level: int) -> None:
        for place, item in enumerate(below.get(parent, ()), start=1):
            number = f"{prefix}{place}"
            found.append(Entry(item, number, level))
            walk(item.identity, f"{number}.", level + 1)

    walk(None, "", 0)
    return found
