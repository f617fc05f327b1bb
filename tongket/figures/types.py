"""What the engine hands out: figures, the child organisations they break down by, and the records behind them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tongket.core.periods import Period
from tongket.indicators.model import Indicator
from tongket.organisations.models import Organisation

Value = int | Decimal | None
# What is reckoned with before rounding: shares of shares stay exact.
Exact = int | Fraction | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one organisation.

    `value` is rounded half up to the indicator's decimals; None when there is nothing to say (no target set, division
    by 0). `numerator` and `denominator` are exact; a count or sum has itself as numerator and no denominator.
    `records` is the number of records behind it (of a ratio: behind its numerator). `mask` is a code of
    `core.masks.MASKS` when the reader may not know the number: then everything else about it is empty.
    """

    indicator: Indicator
    value: Value
    numerator: Value
    denominator: Value
    records: int
    mask: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """An organisation that hung directly under the asked one in the period, as it read at the as-at date
    (an organisation that had ended or gone by then: as it read last)."""

    id: int
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class FigureSet:
    """All asked figures of an organisation and of each child, for a period, as at a date, as known at a moment.

    `own` is the organisation with everything below it; `by_child` the part that fell under each child. `as_known_at`
    None means: as known now. `viewer` is the user for whom guarded figures were masked, None the machine's operator.
    """

    organisation: Organisation
    period: Period
    as_at: date
    as_known_at: datetime | None
    children: tuple[Child, ...]
    own: dict[str, Figure]
    by_child: dict[int, dict[str, Figure]]
    viewer: Any = None


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure.

    `source` names the kind of fact, `pk` its row in that source's table (`sources.READINGS[source].model`); `on` is
    the fact's day (stock: the day it holds from). `amount` is what it adds to a sum, None for a count.
    """

    source: str
    pk: int
    title: str
    subtitle: str
    on: date
    organisation_id: int
    organisation_name: str
    member_id: int | None
    amount: Value


@dataclass(frozen=True, slots=True)
class RecordList:
    """A page of the records behind a figure; `count` and `total_amount` are of all of them, not of the page."""

    count: int
    total_amount: Value
    rows: tuple[Record, ...]
