"""What pages and the command line ask of the engine besides one set of figures."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tongket.core.periods import Period, parse_period
from tongket.figures.engine import ask, compute
from tongket.figures.types import Figure, FigureSet
from tongket.indicators.model import Indicator
from tongket.organisations.models import Organisation


def trend(
    indicator_id: str,
    organisation: Organisation | str,
    periods: Iterable[Period | str],
    *,
    as_known_at: datetime | None = None,
    catalogue: Mapping[str, Indicator] | None = None,
) -> list[tuple[Period, Figure | None]]:
    """One figure over several periods, each as at its end; None for periods that ended before the founding.

    Raises what `engine.compute` raises for an unknown organisation, period or indicator.
    """
    found: list[tuple[Period, Figure | None]] = []
    for period in periods:
        asked = parse_period(period) if isinstance(period, str) else period
        found.append((asked, _one(indicator_id, organisation, asked, as_known_at, catalogue)))
    return found


def _one(
    indicator_id: str,
    organisation: Organisation | str,
    period: Period,
    as_known_at: datetime | None,
    catalogue: Mapping[str, Indicator] | None,
) -> Figure | None:
    if isinstance(organisation, Organisation) and period.end < organisation.founded_on:
        return None
    figures = compute(
        organisation,
        period,
        as_known_at=as_known_at,
        ids=(indicator_id,),
        children=False,
        catalogue=catalogue,
    )
    return figures.own[indicator_id]


def last_periods(period: Period, count: int) -> list[Period]:
    """The period and those of the same months of the years (for terms: terms) before it, oldest first."""
    found = [period]
    while len(found) < count:
        found.append(found[-1].comparison())
    return found[::-1]


def figure_json(
    organisation: Organisation | str,
    period: Period | str,
    *,
    as_at: date | None = None,
    as_known_at: datetime | None = None,
    ids: Iterable[str] | None = None,
) -> dict[str, Any]:
    """The figures of one organisation in the shape that `./run figures --json` promises.

    Numbers are JSON numbers; a decimal keeps the digits published. `as_known_at` is null for "as known now".
    """
    question = ask(organisation, period, as_at, as_known_at)
    figures = compute(
        question.organisation,
        question.period,
        as_at=question.as_at,
        as_known_at=question.as_known_at,
        ids=ids,
        children=False,
    )
    return as_json(figures)


def as_json(figures: FigureSet) -> dict[str, Any]:
    """A computed set (its own figures, not the children's) in the command line's shape."""
    return {
        "organisation": figures.organisation.code,
        "period": figures.period.code,
        "as_at": figures.as_at.isoformat(),
        "as_known_at": figures.as_known_at.isoformat() if figures.as_known_at else None,
        "figures": [
            {
                "id": name,
                "name": figure.indicator.vi,
                "unit": figure.indicator.unit,
                "value": _number(figure.value),
                "numerator": _number(figure.numerator),
                "denominator": _number(figure.denominator),
                "records": figure.records,
            }
            for name, figure in figures.own.items()
        ],
    }


def _number(value: int | Decimal | None) -> int | float | None:
    # The shortest writing of the nearest double is the decimal itself for any figure a report prints.
    return float(value) if isinstance(value, Decimal) else value
