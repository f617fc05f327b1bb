"""Counting the years of a twinning or of what is commemorated. Plain dates, no database.

In year Y something of year S turns Y - S, whatever its day ("năm 2023: 55 năm" of 1968). The day is the same day of
that year; of 29/2 it is 28/2 in a common year. Round are the years divisible by five.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tongket.core.dates import add_years

ROUND = 5


@dataclass(frozen=True, slots=True)
class Anniversary:
    """It turns `years` in `year`, on `on` when the day is known."""

    years: int
    year: int
    on: date | None

    @property
    def is_round(self) -> bool:
        """Whether it is one of those that are celebrated (rule: every five years)."""
        return self.years % ROUND == 0


def anniversary(since_year: int, since_on: date | None, year: int) -> Anniversary | None:
    """What is celebrated in a year; None in the year itself and before it."""
    years = year - since_year
    if years <= 0:
        return None
    return Anniversary(years, year, add_years(since_on, years) if since_on is not None else None)


def next_round(since_year: int, since_on: date | None, day: date) -> Anniversary:
    """The first round anniversary on or after a day; one without a known day counts until the end of its year."""
    year = max(day.year, since_year + 1)
    while True:
        found = anniversary(since_year, since_on, year)
        if found is not None and found.is_round and (found.on is None or found.on >= day):
            return found
        year += 1


def round_within(since_year: int, since_on: date | None, years: Iterable[int]) -> list[Anniversary]:
    """The round anniversaries that fall into the years given, earliest first."""
    found = (anniversary(since_year, since_on, year) for year in sorted(set(years)))
    return [one for one in found if one is not None and one.is_round]
