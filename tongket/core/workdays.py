"""Working days: Monday to Friday without the public holidays of Viet Nam (Bộ luật Lao động 2019, article 112).

Deadlines of the admission rules run in working days. The days off that the Government moves around Tết by a notice of
the year are not known in advance: an office that needs them passes them as `more`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

import holidays

__all__ = ["add_working_days", "is_working_day", "made_up_days", "public_holidays", "working_days_between"]


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year, lunar ones and exchanged working days included."""
    return frozenset(holidays.country_holidays("VN", years=year))


@cache
def made_up_days(year: int) -> frozenset[date]:
    """Saturdays on which offices worked in exchange for a working day off between holidays (04/05/2024)."""
    return frozenset(holidays.country_holidays("VN", years=year).weekend_workdays)


def is_working_day(day: date, more: Collection[date] = ()) -> bool:
    """Whether offices work on a day; `more` are days off besides the public holidays."""
    if day in more or day in public_holidays(day.year):
        return False
    return day.weekday() < 5 or day in made_up_days(day.year)


def add_working_days(day: date, count: int, more: Collection[date] = ()) -> date:
    """The last day of a limit of `count` working days that began on `day`; the day itself is not counted.

    Raises ValueError for a count below 1.
    """
    if count < 1:
        raise ValueError("a limit has at least one working day")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, more)
    return day


def working_days_between(start: date, end: date, more: Collection[date] = ()) -> int:
    """How many working days lie after `start` up to and including `end`; 0 when `end` is not after `start`."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, more) for day in days)
