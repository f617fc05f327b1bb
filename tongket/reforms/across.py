"""A figure's series carried across reorganisations: every year's facts, each at its place of that day, put to the unit
of today's structure that the place leads to (`heirs`).

The facts are those of `figures.engine`: the same conditions and the same joins, only grouped by the place itself
instead of by the child on the way down. Nothing of the past is computed anew on another tree; so the figures of a year
add up to what that year reads as it was, less what is elsewhere today.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from tongket.core.periods import Period, parse_period
from tongket.figures.engine import Question, rows
from tongket.figures.evaluate import Cells, Key, figures_of
from tongket.figures.masking import guards_of
from tongket.figures.plan import Group, Plan, leaves_of, plan_for
from tongket.figures.sources import READINGS
from tongket.figures.sql import Compiler, Leaf, Query, Shape, leaf_columns
from tongket.figures.types import Figure
from tongket.indicators.model import Indicator
from tongket.organisations.models import Organisation, OrganisationVersion
from tongket.reforms.heirs import Place, Structure, structure_on


@dataclass(frozen=True, slots=True)
class Carried:
    """One period on today's structure: `total` of all that leads into the organisation, of it `own` (at the
    organisation itself), `undivided` (of places split among several units), and `units` by their key."""

    period: Period
    as_at: date
    total: dict[str, Figure]
    own: dict[str, Figure]
    undivided: dict[str, Figure]
    units: dict[int, dict[str, Figure]]


@dataclass(frozen=True, slots=True)
class Across:
    """The figures of several periods, all on the structure of one day."""

    structure: Structure
    indicators: tuple[Indicator, ...]
    periods: tuple[Carried, ...]


def carriable(indicator: Indicator) -> bool:
    """Whether a figure can be carried across: not one of moves across borders (which borders?), and not one that only
    some may see undivided (a sum over other borders could tell what the masks hide)."""
    catalogue = plan_for(None, (indicator.id,)).catalogue
    if guards_of(catalogue, indicator):
        return False
    return all(READINGS[leaf.source].crossing is None for leaf, _ in leaves_of(catalogue, indicator))


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
    plan = plan_for(None, tuple(dict.fromkeys(ids)))
    kept = tuple(indicator.id for indicator in plan.indicators if carriable(indicator))
    plan = plan_for(None, kept)
    structure = structure_on(organisation, on)
    found = []
    for one in periods:
        period = parse_period(one) if isinstance(one, str) else one
        inside = as_at is not None and period.start <= as_at <= period.end
        day = as_at if inside and as_at is not None else period.default_as_at()
        found.append(_carried(structure, plan, Question(organisation, period, day, as_known_at)))
    return Across(structure, plan.indicators, tuple(found))


def _carried(structure: Structure, plan: Plan, question: Question) -> Carried:
    # Positions: 0 everything, 1 the organisation itself, 2 undivided, then the units.
    at = {unit.id: number for number, unit in enumerate(structure.units, start=3)}
    size = 3 + len(at)
    cells = Cells(size)
    for group in plan.groups:
        for leaf, amounts, facts in _columns(structure, group, question, at, size):
            cells.put(Key(leaf, group.offset), amounts, facts)
    columns = figures_of(plan, cells) if plan.groups else {}
    part = [{name: column[i] for name, column in columns.items()} for i in range(size)]
    units = {unit: part[number] for unit, number in at.items()}
    return Carried(question.period, question.as_at, part[0], part[1], part[2], units)


def _columns(
    structure: Structure, group: Group, question: Question, at: dict[int, int], size: int
) -> Iterable[tuple[Leaf, list[int], list[int]]]:
    then = question.earlier(group.offset)
    query = by_place(then.shape(group.source, group.when), group.leaves)
    sums = [[0] * group.width for _ in range(size)]
    for root in _roots(then):
        asked = Question(root, then.period, then.as_at, then.as_known_at)
        for organisation_id, *values in rows(query, asked.asking(group.when)):
            for position in _positions(structure.place(organisation_id), group, at):
                own = sums[position]
                for i, value in enumerate(values):
                    own[i] += int(value)
    for leaf, place in group.places:
        last = place.first + place.width - 1
        yield leaf, [row[place.first] for row in sums], [row[last] for row in sums]


def _positions(place: Place, group: Group, at: dict[int, int]) -> tuple[int, ...]:
    """Where a fact at that place counts. Facts that an organisation does not hand up count only where the heir is the
    unit itself, and in the whole only where it is the organisation asked."""
    if place.where == "elsewhere":
        return ()
    if not group.subtree:
        if not place.exact:
            return ()
        return (0, 1) if place.where == "own" else (at[place.unit],) if place.unit in at else ()
    if place.where == "undivided":
        return (0, 2)
    if place.where == "own":
        return (0, 1)
    return (0, at[place.unit]) if place.unit in at else (0,)


def _roots(question: Question) -> list[Organisation]:
    """What stood at the top on some day that the question reaches: every fact lies under exactly one on its day."""
    tops = OrganisationVersion.objects.filter(parent__isnull=True, valid_from__lte=question.as_at)
    if question.as_known_at is None:
        tops = tops.filter(voided_at__isnull=True)
    return list(Organisation.objects.filter(pk__in=tops.values("organisation")).order_by("pk"))


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
