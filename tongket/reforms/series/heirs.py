"""Who goes on today for an organisation of earlier days, by the successors that mergers, splits and ends named.

A fact of 2023 belongs to the place it had then. Carried across to today's structure it belongs to the unit in which the
place's heirs hang today, if they all hang in the same one. If they hang in several (a split), it belongs to no unit and
is shown apart: what cannot be divided is not guessed. One that ended without an heir goes with its last parent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tongket.organisations.models import Organisation, OrganisationPath, OrganisationVersion, SuccessorLink

#: Where a place of earlier days stands today: in one unit, with the organisation asked itself, undivided, or elsewhere.
Where = Literal["unit", "own", "undivided", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One of today's organisations directly under the one asked."""

    id: int
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where one organisation of any day is carried to. `unit` is given for where == "unit"; `exact`: the heir is the
    unit (or the organisation asked) itself and nothing below it."""

    where: Where
    unit: int | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Structure:
    """Today's units under `organisation`, and where every organisation that ever was is carried to."""

    organisation: Organisation
    day: date
    units: tuple[Unit, ...]
    places: Mapping[int, Place]

    def place(self, organisation_id: int) -> Place:
        """Where a place is carried to; one that the register does not know any more is elsewhere."""
        return self.places.get(organisation_id, Place("elsewhere"))


def structure_on(organisation: Organisation, day: date) -> Structure:
    """The structure of a day, and how all earlier ones lead to it. Five queries, whatever was reorganised."""
    parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    heirs = Heirs(_links(), set(_alive(day)), parents)
    via = {
        descendant: (unit, depth)
        for descendant, unit, depth in OrganisationPath.objects.filter(
            ancestor=organisation, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
        ).values_list("descendant_id", "via_id", "depth")
    }
    places = {pk: _place(heirs.of(pk), via, by_parent=pk in heirs.by_parent) for pk in parents}
    return Structure(organisation, day, _units(organisation, day), places)


def _alive(day: date) -> Iterable[int]:
    return OrganisationVersion.objects.filter(
        voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
    ).values_list("organisation_id", flat=True)


def _links() -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = SuccessorLink.objects.filter(voided_at__isnull=True)
    for predecessor, successor in rows.values_list("predecessor_id", "successor_id"):
        found.setdefault(predecessor, set()).add(successor)
    return found


class Heirs:
    """The organisations alive on the day that go on for one: itself while it lives, else its heirs' heirs.

    One that ended without an heir left nothing behind but what its parent held already: the last parent goes on for it,
    and it is in `by_parent`. Links that lead in a circle end where they were seen before.
    """

    def __init__(
        self, links: Mapping[int, set[int]], alive: set[int], parents: Mapping[int, int | None]
    ) -> None:
        self.links, self.alive, self.parents = links, alive, parents
        self.by_parent: set[int] = set()
        self._known: dict[int, frozenset[int]] = {}

    def of(self, organisation_id: int) -> frozenset[int]:
        """See the class; empty only for a root that nobody goes on for."""
        if organisation_id not in self._known:
            self._known[organisation_id] = frozenset()
            self._known[organisation_id] = frozenset(self._find(organisation_id))
        return self._known[organisation_id]

    def _find(self, organisation_id: int) -> Iterable[int]:
        if organisation_id in self.alive:
            return {organisation_id}
        next_ones = self.links.get(organisation_id, set())
        if not next_ones:
            parent = self.parents.get(organisation_id)
            self.by_parent.add(organisation_id)
            return self.of(parent) if parent is not None else ()
        found: set[int] = set()
        for heir in next_ones:
            found |= self.of(heir)
        if next_ones & self.by_parent:
            self.by_parent.add(organisation_id)
        return found


def _place(heirs: frozenset[int], via: Mapping[int, tuple[int | None, int]], *, by_parent: bool) -> Place:
    inside = {heir for heir in heirs if heir in via}
    if not inside:
        return Place("elsewhere")
    units = {via[heir][0] for heir in inside}
    if len(units) > 1 or len(inside) < len(heirs):
        return Place("undivided")
    (unit,) = units
    depths = {via[heir][1] for heir in inside}
    exact = len(heirs) == 1 and not by_parent and depths == {0 if unit is None else 1}
    return Place("own" if unit is None else "unit", unit, exact)


def _units(organisation: Organisation, day: date) -> tuple[Unit, ...]:
    rows = (
        OrganisationVersion.objects.filter(
            parent=organisation, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
        )
        .select_related("organisation")
        .order_by("position", "organisation__code")
    )
    return tuple(Unit(row.organisation_id, row.organisation.code, row.name, row.kind) for row in rows)
