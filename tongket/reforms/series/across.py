"""A figure's series across reorganisations, in three views.

- **As it was**: each year as it stood, by the children of then, of the organisation asked or of those it goes on for.
- **On the new tree**: the same for the years in which the organisation asked is there.
- **Carried across**: each year's facts, each at its place of that day, put to the unit of today's structure that the
  place leads to (`heirs`). Nothing of the past is computed anew on another tree, so the units, what is undivided and
  the organisation's own add up to what the year read as it was, less what is elsewhere today.

All three take the engine's own conditions and joins (`places`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.db.models import Q, QuerySet

from tongket.core.periods import Period, parse_period
from tongket.figures.engine import Question
from tongket.figures.evaluate import Cells, Key, figures_of
from tongket.figures.masking import guards_of
from tongket.figures.plan import Group, Plan, leaves_of, plan_for
from tongket.figures.sources import READINGS
from tongket.figures.types import Figure
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Indicator
from tongket.organisations.models import Organisation, OrganisationVersion
from tongket.reforms.series.heirs import Place, Structure, structure_on
from tongket.reforms.series.places import by_child, by_place, rows_of

Figures = dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Carried:
    """One period on today's structure: `total` of all that leads into the organisation, of it `own` (at the
    organisation itself), `undivided` (of places split among several units), and `units` by their key."""

    period: Period
    as_at: date
    total: Figures
    own: Figures
    undivided: Figures
    units: dict[int, Figures]


@dataclass(frozen=True, slots=True)
class Across:
    """The figures of several periods, all on the structure of one day."""

    structure: Structure
    indicators: tuple[Indicator, ...]
    periods: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class Then:
    """One period of one organisation as it was: the whole, and each child of then by its key (with its name)."""

    period: Period
    as_at: date
    organisation: Organisation
    total: Figures
    children: dict[int, Figures]
    names: Mapping[int, str]


def carriable(indicator: Indicator) -> bool:
    """Whether a figure can be carried across: not one of moves across borders (which borders?), and not one that only
    some may see undivided (a sum over other borders could tell what the masks hide)."""
    return indicator.id in carriable_ids()


@cache
def carriable_ids() -> frozenset[str]:
    """The figures of the catalogue that can be carried across."""
    return frozenset(
        indicator.id
        for indicator in INDICATORS.values()
        if not guards_of(INDICATORS, indicator)
        and all(READINGS[leaf.source].crossing is None for leaf, _ in leaves_of(INDICATORS, indicator))
    )


def carried_across(
    organisation: Organisation,
    ids: Iterable[str],
    periods: Sequence[Period | str],
    *,
    on: date,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
) -> Across:
    """The figures `ids` of each period on the structure that `organisation` has on the day `on`.

    `as_at` holds for the period it lies in; others are as at their end. Figures that are not `carriable` are left out.
    Raises `NotFound` for an unknown indicator.
    """
    plan = _plan(ids)
    structure = structure_on(organisation, on)
    asked = _questions(organisation, periods, as_at, as_known_at)
    # Positions: 0 everything, 1 the organisation itself, 2 undivided, then the units.
    at = {unit.id: number for number, unit in enumerate(structure.units, start=3)}
    size = 3 + len(at)
    cells = [Cells(size) for _ in asked]
    roots = _roots(max((question.as_at for question in asked), default=on), as_known_at)
    of_root = [
        (number, Question(root, question.period, question.as_at, question.as_known_at))
        for number, question in enumerate(asked)
        for root in roots
    ]
    for group in plan.groups:
        sums = [[[0] * group.width for _ in range(size)] for _ in asked]
        for which, place, values in rows_of(group, [question for _, question in of_root], by_place):
            if place is not None:
                for position in _positions(structure.place(place), group, at):
                    _add(sums[of_root[which][0]][position], values)
        for own, table in zip(cells, sums, strict=True):
            _put(own, group, table)
    found = [
        Carried(question.period, question.as_at, *_split(plan, own, size, at))
        for question, own in zip(asked, cells, strict=True)
    ]
    return Across(structure, plan.indicators, tuple(found))


def _split(
    plan: Plan, cells: Cells, size: int, at: Mapping[int, int]
) -> tuple[Figures, Figures, Figures, dict[int, Figures]]:
    columns = figures_of(plan, cells) if plan.groups else {}
    part = [{name: column[i] for name, column in columns.items()} for i in range(size)]
    return part[0], part[1], part[2], {unit: part[number] for unit, number in at.items()}


def as_it_was(
    structure: Structure,
    ids: Iterable[str],
    periods: Sequence[Period | str],
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    readable: QuerySet[Organisation] | None = None,
) -> list[Then]:
    """Each period as it stood: of the organisation of the structure where it was there, and of those it goes on for
    (of these only the `readable` ones, if given).

    The same numbers as `figures.engine.compute` gives for each of them with its children.
    """
    plan = _plan(ids)
    lives = _lives(structure, readable)
    asked = [
        Question(one, question.period, question.as_at, question.as_known_at)
        for question in _questions(structure.organisation, periods, as_at, as_known_at)
        for one in lives
        if one.founded_on <= question.as_at and one.ends_on > question.period.start
    ]
    rows = {id(group): rows_of(group, asked, by_child) for group in plan.groups}
    children: list[list[int]] = [[] for _ in asked]
    for found in rows.values():
        for which, via, _values in found:
            if via is not None and via not in children[which]:
                children[which].append(via)
    cells = [Cells(1 + len(own)) for own in children]
    for group in plan.groups:
        sums = [[[0] * group.width for _ in range(one.size)] for one in cells]
        for which, via, values in rows[id(group)]:
            if group.subtree or via is None:
                _add(sums[which][0], values)
            if via is not None:
                _add(sums[which][1 + children[which].index(via)], values)
        for own_cells, table in zip(cells, sums, strict=True):
            _put(own_cells, group, table)
    names = _names_then(asked, children, as_known_at)
    return [
        _then(plan, question, own, below, said)
        for question, own, below, said in zip(asked, cells, children, names, strict=True)
    ]


def _names_then(
    asked: Sequence[Question], children: Sequence[Sequence[int]], as_known_at: datetime | None
) -> list[dict[int, str]]:
    """What the children were called: by the last name that each bore under the one asked, up to the as-at day. What one
    is called since it left is not told here."""
    known = Q(voided_at__isnull=True)
    if as_known_at is not None:
        known = Q(recorded_at__lte=as_known_at) & (known | Q(voided_at__gt=as_known_at))
    versions = OrganisationVersion.objects.filter(
        known,
        parent__in={question.organisation.pk for question in asked},
        organisation__in={pk for own in children for pk in own},
    )
    rows = list(
        versions.order_by("valid_from").values_list("parent_id", "organisation_id", "valid_from", "name")
    )
    return [
        {
            pk: name
            for parent, pk, since, name in rows
            if parent == question.organisation.pk and pk in own and since <= question.as_at
        }
        for question, own in zip(asked, children, strict=True)
    ]


def _then(
    plan: Plan, question: Question, cells: Cells, children: list[int], names: Mapping[int, str]
) -> Then:
    columns = figures_of(plan, cells) if plan.groups else {}
    part = [{name: column[i] for name, column in columns.items()} for i in range(cells.size)]
    below = {pk: part[i] for i, pk in enumerate(children, start=1)}
    return Then(question.period, question.as_at, question.organisation, part[0], below, names)


def _plan(ids: Iterable[str]) -> Plan:
    plan = plan_for(None, tuple(dict.fromkeys(ids)))
    return plan_for(None, tuple(indicator.id for indicator in plan.indicators if carriable(indicator)))


def _questions(
    organisation: Organisation,
    periods: Sequence[Period | str],
    as_at: date | None,
    as_known_at: datetime | None,
) -> list[Question]:
    found = []
    for one in periods:
        period = parse_period(one) if isinstance(one, str) else one
        inside = as_at is not None and period.start <= as_at <= period.end
        day = as_at if inside and as_at is not None else period.default_as_at()
        found.append(Question(organisation, period, day, as_known_at))
    return found


def _lives(structure: Structure, readable: QuerySet[Organisation] | None) -> list[Organisation]:
    """The organisation asked and those it goes on for, the oldest first."""
    own = [pk for pk, place in structure.places.items() if place.where == "own" and place.exact]
    found = Organisation.objects.filter(pk__in=own)
    if readable is not None:
        found = found.filter(Q(pk=structure.organisation.pk) | Q(pk__in=readable.values("pk")))
    return list(found.order_by("founded_on", "code"))


def _roots(last: date, as_known_at: datetime | None) -> list[Organisation]:
    """What stood at the top on some day: every fact lies under exactly one of them on its day."""
    tops = OrganisationVersion.objects.filter(parent__isnull=True, valid_from__lte=last)
    if as_known_at is None:
        tops = tops.filter(voided_at__isnull=True)
    return list(Organisation.objects.filter(pk__in=tops.values("organisation")).order_by("pk"))


def _positions(place: Place, group: Group, at: Mapping[int, int]) -> tuple[int, ...]:
    """Where a fact at that place counts. Facts that an organisation does not hand up count only where the heir is the
    unit itself, and in the whole only where it is the organisation asked."""
    if place.where == "elsewhere":
        return ()
    unit = () if place.unit is None or place.unit not in at else (at[place.unit],)
    if not group.subtree:
        if not place.exact:
            return ()
        return (0, 1) if place.where == "own" else unit
    if place.where == "undivided":
        return (0, 2)
    return (0, 1) if place.where == "own" else (0, *unit)


def _add(sums: list[int], values: Sequence[int]) -> None:
    for i, value in enumerate(values):
        sums[i] += value


def _put(cells: Cells, group: Group, table: Sequence[Sequence[int]]) -> None:
    for leaf, place in group.places:
        last = place.first + place.width - 1
        cells.put(Key(leaf, group.offset), [row[place.first] for row in table], [row[last] for row in table])
