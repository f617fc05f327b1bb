"""What pages and the command line ask of the engine besides one set of figures."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tongket.core.periods import Period, parse_period
from tongket.figures.engine import compute
from tongket.figures.types import Figure
from tongket.indicators.model import Indicator
from tongket.organisations.models import Organisation


def trend(
    indicator_id: str,
    organisation: Organisation | str,
    periods: Iterable[Period | str],
    *,
    as_known_at: datetime | None = None,
    catalogue: Mapping[str, Indicator] | None = None,
    viewer: Any = None,
) -> list[tuple[Period, Figure | None]]:
    """One figure over several periods, each as at its end; None for periods that ended before the founding.

    Raises what `engine.compute` raises for an unknown organisation, period or indicator.
    """
    found: list[tuple[Period, Figure | None]] = []
    for period in periods:
        asked = parse_period(period) if isinstance(period, str) else period
        found.append((asked, _one(indicator_id, organisation, asked, as_known_at, catalogue, viewer)))
    return found


def _one(
    indicator_id: str,
    organisation: Organisation | str,
    period: Period,
    as_known_at: datetime | None,
    catalogue: Mapping[str, Indicator] | None,
    viewer: Any,
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
        viewer=viewer,
    )
    return figures.own[indicator_id]


def last_periods(period: Period, count: int) -> list[Period]:
    """The period and those of the same months of the years (for terms: terms) before it, oldest first."""
    found = [period]
    while len(found) < count:
        found.append(found[-1].comparison())
    return found[::-1]
