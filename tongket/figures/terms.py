"""Targets over the years of a term: each year's, the term's own, and how far the term has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from tongket.core.dates import today
from tongket.core.pace import Span, Status, Way, span
from tongket.core.periods import Kind, Period, half_term, period_at, year
from tongket.figures.several import When, compute_several
from tongket.figures.targets import Progress, held, known_then, order_of
from tongket.figures.types import Figure
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Indicator
from tongket.organisations.models import Organisation
from tongket.targets.models import Target
from tongket.targets.sharing import adds_up


@dataclass(frozen=True, slots=True)
class Cell:
    """One period of a row: the figure (None: not begun, or before the founding) and the target held against it."""

    period: Period
    figure: Figure | None
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Years:
    """The years of a row that are over and had a target: how many, how many of them met; for what adds up, the sums."""

    count: int
    met: int
    target: Decimal | None
    done: Decimal | None

    @property
    def percent(self) -> Fraction | None:
        """What was done of what was asked in those years."""
        return (
            Fraction(self.done) / Fraction(self.target) * 100
            if self.target and self.done is not None
            else None
        )


@dataclass(frozen=True, slots=True)
class TermRow:
    """One figure with its targets by one giver, over the columns of the review."""

    indicator: Indicator | None
    name: str
    giver: str
    cells: tuple[Cell, ...]
    years: Years


@dataclass(frozen=True, slots=True)
class TermReview:
    """The review of a term as at a day. `columns`: its calendar years, half terms that have targets, the term itself.

    A term runs from July to June, targets of years from January to December: the first and last year are shown whole,
    as their targets are set, while the term's own column counts only the term's days.
    """

    organisation: Organisation
    term: Period
    day: date
    over: Span
    columns: tuple[Period, ...]
    rows: tuple[TermRow, ...]


def term_of(period: Period, day: date) -> Period:
    """The term that a period belongs to; of the year in which terms meet, the term of `day`."""
    return (
        period if period.kind is Kind.TERM else period_at(Kind.TERM, min(max(day, period.start), period.end))
    )


def term_review(
    organisation: Organisation,
    term: Period,
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    targets: QuerySet[Target] | None = None,
    viewer: Any = None,
) -> TermReview:
    """All targets of the organisation for the years of a term and for the term, as at a day (at latest today).

    One query for the targets; one for each source of the figures behind them, for all periods together.
    """
    day = min(as_at or term.end, today())
    columns = _columns(term)
    found = _targets(organisation, columns, day, as_known_at, targets)
    used = {row.period for row in found}
    columns = [p for p in columns if p.kind is not Kind.HALF_TERM or p.code in used]
    figures = _figures(organisation, columns, day, as_known_at, {row.indicator for row in found}, viewer)
    keys = sorted({(row.indicator, row.giver) for row in found}, key=lambda key: (order_of(key[0]), key))
    by_key = {(row.indicator, row.giver, row.period): row for row in found}
    rows = [_row(key, columns, by_key, figures, day) for key in keys]
    return TermReview(organisation, term, day, span(term.start, term.end, day), tuple(columns), tuple(rows))


def _columns(term: Period) -> list[Period]:
    years = [year(y) for y in range(term.start.year, term.end.year + 1)]
    return [*years, half_term(term.start.year, 1), half_term(term.start.year, 2), term]


def _moment(period: Period, day: date) -> date:
    """The day as at which a period's target is read: its end once over; before it begins, its first day."""
    return min(max(day, period.start), period.end)


def _targets(
    organisation: Organisation,
    columns: Sequence[Period],
    day: date,
    known: datetime | None,
    rows: QuerySet[Target] | None,
) -> list[Target]:
    """Of each period the targets in force at its moment."""
    moments = {period.code: _moment(period, day) for period in columns}
    holding = Q()
    for code, moment in moments.items():
        holding |= Q(period=code, valid_from__lte=moment, valid_to__gt=moment)
    of_all = Target.objects.all() if rows is None else rows
    return list(
        of_all.filter(holding, known_then(known), organisation=organisation).select_related("organisation")
    )


def _figures(
    organisation: Organisation,
    columns: Sequence[Period],
    day: date,
    known: datetime | None,
    ids: Iterable[str],
    viewer: Any,
) -> dict[str, dict[str, Figure]]:
    """period code -> id -> figure, for the periods that have begun."""
    declared = sorted(set(ids) & INDICATORS.keys())
    begun = [p for p in columns if p.start <= day and min(p.end, day) >= organisation.founded_on]
    whens: list[When] = [(p, min(p.end, day)) for p in begun]
    found = (
        compute_several(organisation, whens, declared, as_known_at=known, viewer=viewer) if declared else []
    )
    return {period.code: values for period, values in zip(begun, found, strict=False)}


def _row(
    key: tuple[str, str],
    columns: Sequence[Period],
    targets: dict[tuple[str, str, str], Target],
    figures: dict[str, dict[str, Figure]],
    day: date,
) -> TermRow:
    id, giver = key
    cells = []
    for period in columns:
        target = targets.get((id, giver, period.code))
        figure = figures.get(period.code, {}).get(id)
        cells.append(Cell(period, figure, held(target, period, day, figure) if target else None))
    indicator = INDICATORS.get(id)
    return TermRow(
        indicator, indicator.vi if indicator else id, giver, tuple(cells), _years(indicator, cells, day)
    )


def _years(indicator: Indicator | None, cells: Iterable[Cell], day: date) -> Years:
    over = [
        cell.progress
        for cell in cells
        if cell.progress is not None and cell.period.kind is Kind.YEAR and cell.period.end <= day
    ]
    met = sum(1 for one in over if one.standing.status is Status.REACHED)
    summed = indicator is not None and adds_up(indicator) and all(one.way is not Way.DIRECT for one in over)
    if not over or not summed or any(one.done is None for one in over):
        return Years(len(over), met, None, None)
    asked = sum((one.target.value for one in over), Decimal(0))
    return Years(len(over), met, asked, sum((Decimal(one.done or 0) for one in over), Decimal(0)))
