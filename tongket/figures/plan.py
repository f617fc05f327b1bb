"""Which queries the asked figures need: made once for a set of ids and kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tongket.core.problems import NotFound
from tongket.figures.sources import READINGS
from tongket.figures.sql import Leaf
from tongket.indicators.model import Count, Indicator, Ratio, Sum, Total
from tongket.indicators.sources import SOURCES


@dataclass(frozen=True, slots=True)
class Place:
    """Where a formula's columns stand in its query's result (after `via_id`), and how many they are."""

    first: int
    width: int


@dataclass(frozen=True, slots=True)
class Group:
    """One query: a source at a moment, `offset` years before the asked period, with its formulas."""

    source: str
    when: str
    offset: int
    leaves: tuple[Leaf, ...]
    places: tuple[tuple[Leaf, Place], ...]
    width: int
    crossing: bool
    subtree: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The asked indicators in the order asked, the whole catalogue they refer to, and the queries."""

    indicators: tuple[Indicator, ...]
    catalogue: Mapping[str, Indicator]
    groups: tuple[Group, ...]


def declared(catalogue: Mapping[str, Indicator] | None) -> Mapping[str, Indicator]:
    """The given declarations, or else the project's catalogue."""
    if catalogue is not None:
        return catalogue
    from tongket.indicators.catalogue import INDICATORS

    return INDICATORS


def find(catalogue: Mapping[str, Indicator], name: str) -> Indicator:
    """The indicator of that id. Raises `NotFound` with what to do."""
    try:
        return catalogue[name]
    except KeyError:
        raise NotFound(f"Không có chỉ số mã «{name}». Xem danh sách mã bằng lệnh ./run indicators.") from None


def plan_for(catalogue: Mapping[str, Indicator] | None, ids: tuple[str, ...] | None) -> Plan:
    """The plan for those ids (None: all). Raises `NotFound` for an unknown one."""
    if catalogue is None:
        return _kept_plan(ids)
    return make_plan(catalogue, ids)


@lru_cache(maxsize=256)
def _kept_plan(ids: tuple[str, ...] | None) -> Plan:
    return make_plan(declared(None), ids)


def make_plan(catalogue: Mapping[str, Indicator], ids: Iterable[str] | None) -> Plan:
    """Collect the formulas that the asked figures rest on, a group a source, moment and offset."""
    asked = tuple(find(catalogue, name) for name in dict.fromkeys(catalogue if ids is None else ids))
    needed: dict[tuple[str, str, int], dict[Leaf, None]] = {}
    for indicator in asked:
        for leaf, offset in leaves_of(catalogue, indicator):
            needed.setdefault((leaf.source, leaf.when, offset), {})[leaf] = None
    groups = tuple(_group(*where, tuple(leaves)) for where, leaves in needed.items())
    return Plan(asked, catalogue, groups)


def leaves_of(
    catalogue: Mapping[str, Indicator], indicator: Indicator, offset: int = 0
) -> Iterator[tuple[Leaf, int]]:
    """The counts and sums that a figure rests on, with how many years before the asked period each is taken."""
    formula = indicator.formula
    if isinstance(formula, Count | Sum):
        yield formula, offset
    elif isinstance(formula, Ratio):
        yield from leaves_of(catalogue, find(catalogue, formula.numerator), offset)
        before = offset + 1 if formula.denominator_last_year else offset
        yield from leaves_of(catalogue, find(catalogue, formula.denominator), before)
    else:
        for name in (*formula.plus, *formula.minus):
            yield from leaves_of(catalogue, find(catalogue, name), offset)


def _group(source: str, when: str, offset: int, leaves: tuple[Leaf, ...]) -> Group:
    crossing = READINGS[source].crossing is not None
    places, first = [], 0
    for leaf in leaves:
        width = 2 if isinstance(leaf, Sum) else 1
        places.append((leaf, Place(first, width)))
        first += width * (2 if crossing else 1)
    return Group(source, when, offset, leaves, tuple(places), first, crossing, SOURCES[source].subtree)


def additive(catalogue: Mapping[str, Indicator], indicator: Indicator) -> bool:
    """Whether the figure of an organisation is its own facts' plus its children's."""
    formula = indicator.formula
    if isinstance(formula, Ratio):
        return False
    if isinstance(formula, Total):
        return all(additive(catalogue, find(catalogue, name)) for name in (*formula.plus, *formula.minus))
    return SOURCES[formula.source].subtree and READINGS[formula.source].crossing is None
