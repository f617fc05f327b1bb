"""Figures and records as JSON: the stable shapes of the command line and of whoever reads it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tongket.core.periods import Period
from tongket.figures.types import FigureSet, RecordList, Value
from tongket.organisations.models import Organisation


def number(value: Value) -> int | float | None:
    """A value as a JSON number: whole where it is whole."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def figures_json(figures: FigureSet) -> dict[str, Any]:
    """All figures of the asked organisation with value, numerator, denominator and number of records."""
    return {
        "organisation": figures.organisation.code,
        "period": figures.period.code,
        "as_at": _iso(figures.as_at),
        "as_known_at": _iso(figures.as_known_at),
        "figures": [
            {
                "id": name,
                "name": figure.indicator.vi,
                "unit": figure.indicator.unit,
                "value": number(figure.value),
                "numerator": number(figure.numerator),
                "denominator": number(figure.denominator),
                "records": figure.records,
            }
            for name, figure in figures.own.items()
        ],
    }


def records_json(
    indicator: str, organisation: Organisation, period: Period, found: RecordList
) -> dict[str, Any]:
    """The records behind one figure, all of them."""
    return {
        "organisation": organisation.code,
        "period": period.code,
        "figure": indicator,
        "count": found.count,
        "total_amount": number(found.total_amount),
        "records": [
            {
                "source": row.source,
                "id": row.pk,
                "title": row.title,
                "subtitle": row.subtitle,
                "on": _iso(row.on),
                "organisation": row.organisation_name,
                "amount": number(row.amount),
            }
            for row in found.rows
        ],
    }
