"""Numbers of a report that are no declared figures: how many targets are met, what was asked, shares of it.

They stand in a column of their own beside the figures and are printed as content controls as those are, so that an
edit of them is found too. No page of records belongs to them, and no template can name them: `=` begins their ids.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

PREFIX = "="


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One such number. `id` is short: a tag of Word holds 64 characters."""

    id: str
    name: str
    value: Decimal | int
    unit: str = ""
    decimals: int = 0


def column(organisation: str, period: str, as_at: str, numbers: Iterable[Reckoned]) -> dict[str, Any]:
    """Their column in the data sent to the template."""
    values = {number.id: str(number.value) for number in numbers}
    return {"organisation": organisation, "period": period, "as_at": as_at, "values": values}


def described(numbers: Iterable[Reckoned]) -> dict[str, tuple[str, str, int]]:
    """What is printed with each: name, unit, decimals."""
    return {number.id: (number.name, number.unit, number.decimals) for number in numbers}
