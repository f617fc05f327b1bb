"""From raw amounts to figures: exact fractions, rounded half up only at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeVar

from tongket.figures.plan import Plan, find
from tongket.figures.sources import READINGS
from tongket.figures.sql import Leaf
from tongket.figures.types import Exact, Figure, Value
from tongket.indicators.model import Count, Indicator, Ratio, Sum, Total

T = TypeVar("T")


class Key(NamedTuple):
    """A formula, so many years before the asked period."""

    leaf: Leaf
    offset: int


@dataclass(slots=True)
class Cells:
    """For every formula its amounts and numbers of facts: position 0 the organisation, then its children."""

    size: int
    amounts: dict[Key, list[int]] = field(default_factory=dict)
    facts: dict[Key, list[int]] = field(default_factory=dict)

    def put(self, key: Key, amounts: Sequence[int], facts: Sequence[int]) -> None:
        """Keep one formula's result. PostgreSQL gives sums as decimals; they are whole."""
        self.amounts[key] = [int(amount) for amount in amounts]
        self.facts[key] = [int(fact) for fact in facts]

    def any_at(self, position: int) -> bool:
        """Whether any formula found a fact there."""
        return any(column[position] for column in self.facts.values())

    def only(self, positions: Sequence[int]) -> "Cells":
        """The same for some positions."""
        return Cells(
            len(positions),
            {key: [column[i] for i in positions] for key, column in self.amounts.items()},
            {key: [column[i] for i in positions] for key, column in self.facts.items()},
        )


class Column(NamedTuple):
    """One figure over all positions: exact value and number of records at each."""

    exact: list[Exact]
    records: list[int]


def figures_of(plan: Plan, cells: Cells) -> dict[str, list[Figure]]:
    """The asked figures, each a list over all positions."""
    done: dict[tuple[str, int], Column] = {}
    return {indicator.id: _figures(plan, cells, indicator, done) for indicator in plan.indicators}


def _figures(
    plan: Plan, cells: Cells, indicator: Indicator, done: dict[tuple[str, int], Column]
) -> list[Figure]:
    formula = indicator.formula
    if isinstance(formula, Ratio):
        return _ratios(plan, cells, indicator, formula, done)
    exact, records = _column(plan, cells, indicator, 0, done)
    kept: dict[tuple[Exact, int], Figure] = {}  # most children have the same few small numbers
    figures = []
    for pair in zip(exact, records, strict=True):
        figure = kept.get(pair)
        if figure is None:
            value = published(pair[0], indicator.decimals)
            figure = kept[pair] = Figure(indicator, value, plain(pair[0]), None, pair[1])
        figures.append(figure)
    return figures


def _ratios(
    plan: Plan, cells: Cells, indicator: Indicator, formula: Ratio, done: dict[tuple[str, int], Column]
) -> list[Figure]:
    above, records = _column(plan, cells, find(plan.catalogue, formula.numerator), 0, done)
    offset = 1 if formula.denominator_last_year else 0
    below = _column(plan, cells, find(plan.catalogue, formula.denominator), offset, done).exact
    kept: dict[tuple[Exact, Exact, int], Figure] = {}
    figures = []
    for key in zip(above, below, records, strict=True):
        figure = kept.get(key)
        if figure is None:
            value = published(share(formula, key[0], key[1]), indicator.decimals)
            figure = kept[key] = Figure(indicator, value, plain(key[0]), plain(key[1]), key[2])
        figures.append(figure)
    return figures


def _column(
    plan: Plan, cells: Cells, indicator: Indicator, offset: int, done: dict[tuple[str, int], Column]
) -> Column:
    where = (indicator.id, offset)
    if where not in done:
        done[where] = _make_column(plan, cells, indicator, offset, done)
    return done[where]


def _make_column(
    plan: Plan, cells: Cells, indicator: Indicator, offset: int, done: dict[tuple[str, int], Column]
) -> Column:
    formula = indicator.formula
    if isinstance(formula, Count):
        counts = cells.amounts[Key(formula, offset)]
        return Column(list(counts), counts)
    if isinstance(formula, Sum):
        return _sum(cells, formula, offset)
    if isinstance(formula, Ratio):
        above = _column(plan, cells, find(plan.catalogue, formula.numerator), offset, done)
        before = offset + 1 if formula.denominator_last_year else offset
        below = _column(plan, cells, find(plan.catalogue, formula.denominator), before, done)
        return Column(
            [share(formula, a, b) for a, b in zip(above.exact, below.exact, strict=True)], above.records
        )
    return _total(plan, cells, formula, offset, done)


def _sum(cells: Cells, formula: Sum, offset: int) -> Column:
    key = Key(formula, offset)
    scale = READINGS[formula.source].fields[formula.of].scale
    exact: list[Exact] = [
        None
        if formula.empty_is_none and not facts
        else amount
        if scale == 1
        else _whole_if_it_is(Fraction(amount, scale))
        for amount, facts in zip(cells.amounts[key], cells.facts[key], strict=True)
    ]
    return Column(exact, cells.facts[key])


def _total(
    plan: Plan, cells: Cells, formula: Total, offset: int, done: dict[tuple[str, int], Column]
) -> Column:
    plus = [_column(plan, cells, find(plan.catalogue, name), offset, done) for name in formula.plus]
    minus = [_column(plan, cells, find(plan.catalogue, name), offset, done) for name in formula.minus]
    exact = [
        _balance(added, taken)
        for added, taken in zip(
            _across([column.exact for column in plus], cells.size),
            _across([column.exact for column in minus], cells.size),
            strict=True,
        )
    ]
    return Column(exact, [sum(parts) for parts in _across([column.records for column in plus], cells.size)])


def _across(columns: Sequence[Sequence[T]], size: int) -> list[tuple[T, ...]]:
    """The columns' values position by position."""
    return list(zip(*columns, strict=True)) if columns else [()] * size


def _balance(added: Sequence[Exact], taken: Sequence[Exact]) -> Exact:
    """What is added less what is taken; None when a part is not known."""
    total: int | Fraction = 0
    for part in added:
        if part is None:
            return None
        total += part
    for part in taken:
        if part is None:
            return None
        total -= part
    return total if isinstance(total, int) else _whole_if_it_is(total)


def share(formula: Ratio, above: Exact, below: Exact) -> Exact:
    """`scale` x above / below - `minus`, exact; None without a denominator."""
    if above is None or not below:
        return None
    if isinstance(above, int) and isinstance(below, int):
        return _whole_if_it_is(Fraction(above * formula.scale - formula.minus * below, below))
    return _whole_if_it_is(Fraction(above) / Fraction(below) * formula.scale - formula.minus)


def _whole_if_it_is(value: Fraction) -> Exact:
    return value.numerator if value.denominator == 1 else value


def plain(value: Exact) -> Value:
    """An exact number as int or decimal (thirds and the like, which only a share of shares has, to 12 places)."""
    if value is None or isinstance(value, int):
        return value
    if value.denominator == 1:
        return value.numerator
    return round_fraction(value, 12).normalize()


def published(value: Exact, decimals: int) -> Value:
    """The value as published: half up to so many decimals; whole numbers stay ints."""
    if value is None or isinstance(value, int):
        return value
    return round_fraction(value, decimals)


def round_fraction(value: Fraction, decimals: int) -> Decimal:
    """Round half away from zero without passing through a binary or a cut decimal."""
    scaled = abs(value.numerator) * 10**decimals * 2 + value.denominator
    rounded = scaled // (2 * value.denominator)
    return Decimal(-rounded if value < 0 else rounded).scaleb(-decimals)
