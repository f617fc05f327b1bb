"""The table of an organisation's children by chosen figures: rows, colours, order, its columns in the address."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from tongket.core.text import text_sort_key
from tongket.figures.masking import guards_of
from tongket.figures.types import Child, Figure, FigureSet
from tongket.indicators.catalogue import INDICATORS, indicator
from tongket.indicators.headlines import TABLE_COLUMNS
from tongket.indicators.model import Indicator
from tongket.ui.gate import held_verbs
from tongket.ui.tables import ORDER

COLUMN = "cot"
#: Each column may need a query of its own; more columns than this would not fit a screen anyway.
MAX_COLUMNS = 12
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A child's figure and the class that colours it ("" for none)."""

    figure: Figure | None
    css: str


@dataclass(frozen=True, slots=True)
class Row:
    """A child and its cells, in the order of the columns."""

    child: Child
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ChildTable:
    """What the template draws."""

    columns: tuple[Indicator, ...]
    rows: tuple[Row, ...]
    total: tuple[Figure, ...]


def unmasked(id: str, held: Collection[str]) -> bool:
    """Whether a figure belongs on a page for somebody with these verbs, unasked.

    What would be masked all the same is left out there; the figure's own page says what is masked and why.
    """
    return guards_of(INDICATORS, indicator(id)) <= frozenset(held)


def chosen_columns(request: HttpRequest) -> tuple[str, ...]:
    """Ids of the columns named in the address, at most `MAX_COLUMNS`; by default the usual ones.

    Raises `NotFound` for a figure that does not exist.
    """
    asked = tuple(dict.fromkeys(request.GET.getlist(COLUMN)))[:MAX_COLUMNS]
    usual = (id for id in TABLE_COLUMNS if unmasked(id, held_verbs(request)))
    return tuple(indicator(id).id for id in asked) or tuple(usual)


def child_table(figures: FigureSet, columns: Sequence[str], order: str = "") -> ChildTable:
    """The children's figures as rows. `order` is "ten" or a column's id, with "-" for the other way round.

    Without an order the children come as the office lists them; figures without a value come last either way.
    """
    shades = {id: _shades(figures, id) for id in columns}
    rows = [
        Row(child, tuple(Cell(own.get(id), shades[id].get(child.id, "")) for id in columns))
        for child in figures.children
        if (own := figures.by_child.get(child.id, {})) is not None
    ]
    total = tuple(figures.own[id] for id in columns)
    return ChildTable(tuple(INDICATORS[id] for id in columns), tuple(_ordered(rows, columns, order)), total)


def order_of(request: HttpRequest, columns: Sequence[str]) -> str:
    """The order named in the address, "" when it names none of the columns."""
    asked = request.GET.get(ORDER, "")
    return asked if asked.lstrip("-") in (*columns, "ten") else ""


def _ordered(rows: list[Row], columns: Sequence[str], order: str) -> list[Row]:
    key, backwards = order.lstrip("-"), order.startswith("-")
    if key == "ten":
        return sorted(rows, key=lambda row: text_sort_key(row.child.name), reverse=backwards)
    if key not in columns:
        return rows
    place = columns.index(key)
    valued = [(value, row) for row in rows if (value := _value(row.cells[place].figure)) is not None]
    without = [row for row in rows if _value(row.cells[place].figure) is None]
    valued.sort(key=lambda pair: pair[0], reverse=backwards)
    return [row for _value_, row in valued] + without


def _value(figure: Figure | None) -> Any:
    return None if figure is None else figure.value


def _shades(figures: FigureSet, id: str) -> dict[int, str]:
    """child id -> s1..s4 (the better the darker green) or d1..d4 (the worse the darker red), by the child's place
    between the least and the greatest value; figures that are neither good nor bad stay plain."""
    good = INDICATORS[id].good
    values = {
        child.id: Decimal(value)
        for child in figures.children
        if (value := _value(figures.by_child.get(child.id, {}).get(id))) is not None
    }
    if not good or not values or min(values.values()) == max(values.values()):
        return {}
    low, high = min(values.values()), max(values.values())
    letter = "s" if good == "up" else "d"
    steps = {
        key: int((value - low) / (high - low) * _STEPS + Decimal("0.5")) for key, value in values.items()
    }
    return {key: f"{letter}{step}" for key, step in steps.items() if step}
