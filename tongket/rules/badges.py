"""Huy hiệu Đảng: which mark a Party age has reached, and on which day it is given."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tongket.core.dates import add_years

from .catalogue import integer, rule, sequence, table
from .membership import party_age_years

__all__ = [
    "award_days",
    "award_round",
    "bonus",
    "early_months",
    "mark_day",
    "mark_due",
    "marks_in_force",
    "next_mark",
]


def marks_in_force(on: date) -> tuple[int, ...]:
    """The marks, in full years of Party age, that badges are given for on a day, in ascending order.

    Raises :class:`~tongket.rules.catalogue.NoRuleInForce` before the oldest version known (2011).
    """
    return tuple(int(str(mark)) for mark in sequence("badge.marks", on))


def mark_due(party_age_from: date, on: date) -> int | None:
    """The highest mark reached by a day, or None below the first; whether it was given is not asked here."""
    years = party_age_years(party_age_from, on)
    return max((m for m in marks_in_force(on) if m <= years), default=None)


def mark_day(party_age_from: date, mark: int) -> date:
    """The day on which Party age reaches a mark."""
    return add_years(party_age_from, mark)


def next_mark(party_age_from: date, on: date) -> tuple[int, date] | None:
    """The next mark after a day and the day it is reached, or None above the last."""
    years = party_age_years(party_age_from, on)
    ahead = [m for m in marks_in_force(on) if m > years]
    return (ahead[0], mark_day(party_age_from, ahead[0])) if ahead else None


def award_days(year: int) -> tuple[date, ...]:
    """The award days of a year: 3/2, 19/5, 2/9 and 7/11 (01-HD/TW, point 18), in order."""
    # Years before the oldest guidance read take its days: the anniversaries are the same.
    oldest = rule("badge.days").versions[0].effective_from
    written = sequence("badge.days", max(oldest, date(year, 12, 31)))
    pairs = (str(day).split("/") for day in written)
    return tuple(sorted(date(year, int(month), int(day)) for day, month in pairs))


def award_round(reached: date) -> date:
    """The award day on which a mark reached on a day is given: that day, or the next one after it."""
    days = (*award_days(reached.year), *award_days(reached.year + 1))
    return next(d for d in days if d >= reached)


def early_months(mark: int, on: date) -> int:
    """How many months earlier a gravely ill member may receive a badge of that mark.

    Raises :class:`~tongket.rules.catalogue.NoRuleInForce` before 2016.
    """
    groups = table("badge.early", on)
    limits = [int(str(groups[lowest])) for lowest in sorted(groups) if lowest <= mark]
    return limits[-1] if limits else 0


def bonus(mark: int, on: date) -> Decimal | None:
    """The bonus in đồng: a multiple of the base salary; None for marks that the tables seen do not have.

    Raises :class:`~tongket.rules.catalogue.NoRuleInForce` before 2015.
    """
    factor = table("badge.bonus", on).get(mark)
    return None if factor is None else Decimal(str(factor)) * integer("salary.base", on)
