"""Items of the agenda added, put right, moved, taken out."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current
from tongket.conferences import rules
from tongket.conferences.agenda.tree import in_order
from tongket.conferences.drafts import AgendaItemDraft
from tongket.conferences.models import AgendaItem
from tongket.conferences.queries import standing_of
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy

MOVES = ("up", "down", "in", "out")


def _keys(row: AgendaItem) -> dict[str, Any]:
    return {"item": row.pk}


ITEM = records.RecordKind("agenda", AgendaItem, rules.item_rules, _keys)


def check_items(drafts: Sequence[AgendaItemDraft]) -> list[Problem]:
    """Judge items: a title, an item above in the same agenda, minutes in range."""
    return records.check(ITEM, drafts)


def add_items(drafts: Sequence[AgendaItemDraft], *, act: Act) -> list[AgendaItem]:
    """Add items, each last below its parent, inside an open act. Raises `Refused` with every error."""
    rows = records.add(ITEM, drafts, act=act)
    for row in rows:
        beside = current(AgendaItem.objects.filter(conference=row.conference, parent=row.parent))
        last = beside.exclude(pk=row.pk).order_by("-position").values_list("position", flat=True).first()
        row.position = (last or 0) + 1
        row.save(update_fields=["position"])
    return rows


def add_item(draft: AgendaItemDraft, *, by: Any) -> AgendaItem:
    """Add one item to the agenda. Raises `Refused`."""
    with act("agenda.add", by=by, organisation=draft.conference.organisation) as current_act:
        [row] = add_items([replace(draft, conference=standing_of(draft.conference))], act=current_act)
        current_act.about(row)
    return row


def correct_item(
    item: AgendaItem, draft: AgendaItemDraft, *, by: Any, reason: str = "sửa chương trình"
) -> AgendaItem:
    """Put an item's words, presenter or minutes right; it keeps its place. Raises `Refused`, `Conflict`."""
    with act("agenda.correct", by=by, organisation=item.conference.organisation) as current_act:
        old = _standing(item)
        refuse_if_any(records.check(ITEM, [replace(draft, conference=old.conference)]))
        [new] = _rewritten(
            [
                (
                    old,
                    {
                        "title": tidy(draft.title),
                        "presenter": tidy(draft.presenter),
                        "minutes": draft.minutes,
                    },
                )
            ],
            reason,
            current_act,
        )
        current_act.about(new)
    return new


def move_item(item: AgendaItem, way: str, *, by: Any) -> bool:
    """Move an item with all below it: up or down among its neighbours, in below the one before, out after its parent.

    False when it already stands at the end of that way; then nothing is written. Raises `Refused`, `Conflict`.
    """
    if way not in MOVES:
        raise Refused([Problem("", "Không có cách chuyển này. Hãy mở lại trang.")])
    if not _changes(_standing(item), way):
        return False
    with act("agenda.move", by=by, organisation=item.conference.organisation) as current_act:
        old = _standing(item)
        current_act.about(old)
        refuse_if_any(rules.open_for_planning(old.conference))
        _rewritten(_changes(old, way), "chuyển thứ tự chương trình", current_act)
    return True


def void_item(item: AgendaItem, *, reason: str, by: Any) -> int:
    """Take an item out with all below it; how many went. Raises `Refused`, `Conflict`."""
    with act("agenda.void", by=by, organisation=item.conference.organisation) as current_act:
        old = _standing(item)
        current_act.about(old)
        refuse_if_any(rules.open_for_planning(old.conference))
        gone = _with_below(old)
        for row in gone:
            current_act.void(row, tidy(reason or "") or "bỏ khỏi chương trình")
        current_act.note(count=len(gone))
    return len(gone)


def _standing(item: AgendaItem) -> AgendaItem:
    found = current(AgendaItem.objects.filter(identity=item.identity)).select_related("conference").first()
    if found is None:
        raise Conflict(GONE)
    standing_of(found.conference)
    return found


def _rewritten(
    changes: Sequence[tuple[AgendaItem, dict[str, Any]]], reason: str, act: Act
) -> list[AgendaItem]:
    rows = []
    for old, changed in changes:
        kept = (
            "conference_id",
            "identity",
            "parent",
            "position",
            "title",
            "presenter",
            "minutes",
            "directive",
        )
        columns = {name: getattr(old, name) for name in kept} | changed
        act.void(old, reason)
        rows.append(AgendaItem(**columns, **act.stamp()))
    return AgendaItem.objects.bulk_create(rows)


def _with_below(item: AgendaItem) -> list[AgendaItem]:
    rows = list(current(AgendaItem.objects.filter(conference=item.conference)))
    found, seen = [item], {item.identity}
    for entry in in_order(rows):
        if entry.item.parent in seen:
            seen.add(entry.item.identity)
            found.append(entry.item)
    return found


def _changes(item: AgendaItem, way: str) -> list[tuple[AgendaItem, dict[str, Any]]]:
    """The new place of every row that changes its place."""
    rows = list(current(AgendaItem.objects.filter(conference=item.conference_id)))
    beside: dict[uuid.UUID | None, list[AgendaItem]] = {}
    for entry in in_order(rows):
        beside.setdefault(entry.item.parent, []).append(entry.item)
    own = beside[item.parent]
    place = next(n for n, row in enumerate(own) if row.identity == item.identity)
    if way in ("up", "down"):
        other = place + (1 if way == "down" else -1)
        if not 0 <= other < len(own):
            return []
        own[place], own[other] = own[other], own[place]
        return _places(item.parent, own)
    if way == "in":
        if place == 0 or _level(item, rows) + _height(item, rows) >= rules.LEVELS:
            return []
        parent = own[place - 1].identity
        return _places(parent, [*beside.get(parent, []), item])
    above = next((row for row in rows if row.identity == item.parent), None)
    if above is None:
        return []
    uncles = beside[above.parent]
    after = uncles.index(above) + 1
    return _places(above.parent, [*uncles[:after], item, *uncles[after:]])


def _places(parent: uuid.UUID | None, row: Sequence[AgendaItem]) -> list[tuple[AgendaItem, dict[str, Any]]]:
    placed = [(item, {"parent": parent, "position": place}) for place, item in enumerate(row, start=1)]
    return [(i, new) for i, new in placed if (i.parent, i.position) != (new["parent"], new["position"])]


def _level(item: AgendaItem, rows: Sequence[AgendaItem]) -> int:
    return next(entry.level for entry in in_order(rows) if entry.item.identity == item.identity)


def _height(item: AgendaItem, rows: Sequence[AgendaItem]) -> int:
    """How many levels the item and all below it take up."""
    below = [row for row in rows if row.parent == item.identity]
    return 1 + max((_height(row, rows) for row in below), default=0)
