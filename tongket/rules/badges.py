"""Huy hiệu Đảng: which mark a Party age has reached, and on which day it is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from tongket.core.dates import add_months, add_years

from .catalogue import NoRuleInForce, integer, rule, sequence, table
from .membership import party_age_years

__all__ = [
    "Delay",
    "Mark",
    "Money",
    "award_days",
    "award_round",
    "bonus",
    "delay_by",
    "early_mark",
    "early_months",
    "full_mark",
    "latest_start",
    "mark_day",
    "mark_due",
    "marks_in_force",
    "money",
    "next_mark",
    "posthumous_mark",
    "previous_award_day",
]


def marks_in_force(on: date) -> tuple[int, ...]:
    """The marks, in full years of Party age, that badges are given for on a day, in ascending order.

    Raises :class:`~tongket.rules.catalogue.NoRuleInForce` before the oldest version known (2011).
    """
    return _numbers(sequence("badge.marks", on))


@cache
def _numbers(marks: tuple[object, ...]) -> tuple[int, ...]:
    return tuple(int(str(mark)) for mark in marks)


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


@cache
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


def bonus_or_none(mark: int, on: date) -> Decimal | None:
    """The bonus in đồng; None where the multiple or the base salary of that day is not known."""
    try:
        return bonus(mark, on)
    except NoRuleInForce:
        return None


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark and the day on which Party age reaches it."""

    mark: int
    reached_on: date


@dataclass(frozen=True, slots=True)
class Delay:
    """Why a badge waits on an award day: a decision of discipline, the months by its form, the day they end.

    `waiting`: those months are not over on the award day; otherwise only the cell's confirmation of the correction is
    missing.
    """

    form: str
    decided_on: date
    months: int
    until: date
    waiting: bool


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of bonuses, and for how many badges no multiple is known: those are never taken as nothing."""

    known: Decimal
    counted: int
    unknown: int


def latest_start(mark: int, on: date) -> date:
    """The last day from which Party age may count for the mark to be reached by a day."""
    day = add_years(on, -mark)
    # 29/2 reaches its mark on 28/2 of a common year.
    following = day + timedelta(days=1)
    return following if mark_day(following, mark) <= on else day


def previous_award_day(day: date) -> date:
    """The last of the usual award days before a day."""
    days = (*award_days(day.year - 1), *award_days(day.year))
    return max(d for d in days if d < day)


def full_mark(party_age_from: date, on: date, given: int = 0) -> Mark | None:
    """The highest mark reached on or before an award day (rule `badge.round`), unless it or a higher one was given.

    Only the highest: who has reached 45 years is no longer due the badge of 40. Raises as :func:`marks_in_force`.
    """
    mark = mark_due(party_age_from, on)
    if mark is None or mark <= given:
        return None
    return Mark(mark, mark_day(party_age_from, mark))


def early_mark(party_age_from: date, on: date, given: int = 0) -> Mark | None:
    """The mark that a gravely ill member could receive early on a day (rule `badge.early`), None beyond the limit.

    Raises as :func:`early_months`.
    """
    found = next_mark(party_age_from, on)
    if found is None or found[0] <= given or found[1] > add_months(on, early_months(found[0], on)):
        return None
    return Mark(*found)


def posthumous_mark(party_age_from: date, died_on: date, on: date, given: int = 0) -> Mark | None:
    """The mark given after death on an award day: full on the day of death or missed by at most `badge.death` months.

    Considered for as many months after the death as the rule allows before the mark: no text limits the time
    between death and ceremony, so later ones are entered by hand. Raises `NoRuleInForce` before 2016.
    """
    months = integer("badge.death", on)
    if not died_on <= on <= add_months(died_on, months):
        return None
    limit = add_months(died_on, months)
    reached = [m for m in marks_in_force(on) if mark_day(party_age_from, m) <= limit]
    if not reached or reached[-1] <= given:
        return None
    return Mark(reached[-1], mark_day(party_age_from, reached[-1]))


def delay_by(form: str, decided_on: date, corrected_on: date, award_day: date) -> Delay | None:
    """How a decision of discipline delays a badge (rule `badge.discipline`, version of the award day), None if not.

    After the decision the months of its form must pass, then the cell confirms that the fault was corrected
    (`corrected_on`, FOREVER while it has not). A form that the version does not name delays nothing, nor does any
    before the oldest version known.
    """
    if decided_on > award_day:
        return None
    try:
        by_form = table("badge.discipline", award_day)
    except NoRuleInForce:
        return None
    if form not in by_form:
        return None
    months = int(str(by_form[form]))
    until = add_months(decided_on, months)
    if award_day < until or corrected_on > award_day:
        return Delay(form, decided_on, months, until, award_day < until)
    return None


def money(marks: Iterable[int], on: date) -> Money:
    """The bonuses of these badges on a day together, and how many have no known multiple (or no known base salary)."""
    sums = [bonus_or_none(mark, on) for mark in marks]
    known = [one for one in sums if one is not None]
    return Money(sum(known, Decimal(0)), len(known), len(sums) - len(known))
