"""A recount of the demo's figures by plain loops over raw tables: acts on organisations, events of members, badges.

Nothing of the program's own derived state is read (no versions, no paths, no spells) and none of its functions is used:
who stood where on a day is worked out here anew from what was decided and what happened.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from tongket.honours.models import BadgeAward
from tongket.members.models import MemberDetail, MemberEvent
from tongket.organisations.models import Organisation, OrganisationAct, SuccessorLink

IDS = (
    "members.total",
    "members.women",
    "members.admitted",
    "honours.badges",
    "organisations.grassroots",
)
_IN = ("registered", "admitted", "readmitted", "restored", "moved_in")
_OUT = ("moved_out", "died", "expelled", "struck_off", "left")
#: Kinds that are a grassroots organisation (TCCS đảng), written down here and not asked of the rules. A commune's
#: committee of 2025 stands above the grassroots.
_GRASSROOTS = ("grassroots_body", "grassroots_cell")


class Raw:
    """All raw rows, read once; `of(...)` counts one figure."""

    def __init__(self) -> None:
        self.code = dict(Organisation.objects.values_list("pk", "code"))
        self.acts: dict[int, list[Any]] = defaultdict(list)
        for act in OrganisationAct.objects.filter(voided_at=None).order_by("on", "id"):
            self.acts[act.organisation_id].append(act)
        self.events: dict[int, list[Any]] = defaultdict(list)
        for event in MemberEvent.objects.filter(voided_at=None).only(
            "member_id", "kind", "on", "organisation_id"
        ):
            self.events[event.member_id].append(event)
        for events in self.events.values():
            events.sort(key=lambda e: (e.on, e.kind in _OUT, e.kind not in _IN, e.pk))
        self.women: dict[int, list[tuple[date, date]]] = defaultdict(list)
        rows = MemberDetail.objects.filter(voided_at=None, gender="female")
        for member, start, end in rows.values_list("member_id", "valid_from", "valid_to"):
            self.women[member].append((start, end))
        badges = BadgeAward.objects.filter(voided_at=None)
        self.badges = list(badges.values_list("organisation_id", "awarded_on"))
        self.heirs_of: dict[int, set[int]] = defaultdict(set)
        for old, new in SuccessorLink.objects.filter(voided_at=None).values_list("predecessor", "successor"):
            self.heirs_of[old].add(new)
        self._read: dict[tuple[int, date], tuple[str, int | None] | None] = {}
        self._chains: dict[tuple[int, date], tuple[int, ...]] = {}

    def read(self, organisation: int, day: date) -> tuple[str, int | None] | None:
        """Kind and parent on a day; None where it was not yet, or no longer, there."""
        key = (organisation, day)
        if key not in self._read:
            kind, parent, there = "", None, False
            for act in self.acts[organisation]:
                if act.on <= day:
                    kind = act.changes.get("kind", kind)
                    parent = act.changes.get("parent", parent)
                    there = not act.ends
            self._read[key] = (kind, parent) if there else None
        return self._read[key]

    def chain(self, organisation: int, day: date) -> tuple[int, ...]:
        """Itself and all above it on a day."""
        key = (organisation, day)
        if key not in self._chains:
            read = self.read(organisation, day)
            above = () if read is None or read[1] is None else self.chain(read[1], day)
            self._chains[key] = () if read is None else (organisation, *above)
        return self._chains[key]

    def cell(self, member: int, day: date) -> int | None:
        """Where a member stands on a day."""
        cell = None
        for event in self.events[member]:
            if event.on <= day:
                if event.kind in _OUT:
                    cell = None
                elif event.kind in _IN or event.kind == "transferred":
                    cell = event.organisation_id
        return cell

    def facts(self, id: str, start: date, day: date) -> Iterator[tuple[int, date]]:
        """Each fact that the figure counts: its place, and the day whose tree it is counted on."""
        if id in ("members.total", "members.women"):
            for member in self.events:
                cell = self.cell(member, day)
                woman = any(since <= day < until for since, until in self.women[member])
                if cell is not None and (id == "members.total" or woman):
                    yield cell, day
        elif id == "members.admitted":
            for events in self.events.values():
                for event in events:
                    if event.kind in ("admitted", "readmitted") and start <= event.on <= day:
                        yield event.organisation_id, event.on
        elif id == "honours.badges":
            yield from ((cell, on) for cell, on in self.badges if start <= on <= day)
        else:
            for organisation in self.acts:
                read = self.read(organisation, day)
                if read is not None and read[0] in _GRASSROOTS:
                    yield organisation, day

    def as_it_was(self, id: str, top: int, start: date, day: date) -> tuple[int, dict[str, int]]:
        """The whole under `top`, and by the code of its child through which each fact came."""
        total, by_child = 0, defaultdict(int)
        for place, on in self.facts(id, start, day):
            chain = self.chain(place, on)
            if top in chain:
                total += 1
                at = chain.index(top)
                if at:
                    by_child[self.code[chain[at - 1]]] += 1
        return total, dict(by_child)

    def heirs(self, organisation: int, day: date) -> set[int]:
        """Who goes on for one on a day: itself, else those named, else the last parent."""
        if self.read(organisation, day) is not None:
            return {organisation}
        named = self.heirs_of[organisation]
        if named:
            return set().union(*(self.heirs(one, day) for one in named))
        parent = None
        for act in self.acts[organisation]:
            parent = act.changes.get("parent", parent)
        return set() if parent is None else self.heirs(parent, day)

    def across(self, id: str, top: int, start: date, day: date, today: date) -> dict[str, int]:
        """By the code of today's unit under `top` to which each fact's place leads; "" for the top itself, "?" where
        its heirs stand in several units."""
        found: dict[str, int] = defaultdict(int)
        for place, on in self.facts(id, start, day):
            if not self.chain(place, on):
                continue
            units = set()
            for heir in self.heirs(place, today):
                chain = self.chain(heir, today)
                at = chain.index(top) if top in chain else -1
                units.add(None if at < 0 else self.code[chain[at - 1]] if at else "")
            if units - {None}:
                found[str(units.pop()) if len(units) == 1 else "?"] += 1
        return dict(found)
