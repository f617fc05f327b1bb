"""How a target stands on a day: what was to be reached by then, ahead or behind, where the period will end.

All arithmetic is exact (fractions); whoever shows a number rounds it. Nothing is guessed: without a result, without a
day of the period gone by, or too early in the period to say, the answer is None with the reason beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

__all__ = ["EARLIEST", "FEWEST_YEARS", "TOLERANCE", "Forecast", "Season", "Span", "Standing", "Status", "Way"]
__all__ += ["expected", "forecast", "judge", "span", "verdict"]

Number = int | Decimal | Fraction

#: A result counts as on pace when it differs from what was expected by less than one unit, or by at most this
#: share of the target.
TOLERANCE = Fraction(5, 100)
#: Before this share of the period is over, a run rate says nothing: one early result would be multiplied by dozens.
EARLIEST = Fraction(1, 12)
#: One year's course is chance; from so many years on the season speaks.
FEWEST_YEARS, MOST_YEARS = 2, 3


class Way(StrEnum):
    """How a result is held against its target."""

    PACED = "paced"  # adds up over the period: by days
    DIRECT = "direct"  # a level (share, stock): compared as it is
    AT_END = "at_end"  # known only when the period is over (a yearly rating)


class Status(StrEnum):
    """How a target stands."""

    REACHED = "reached"
    AHEAD = "ahead"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """How many of a period's days are over, the asked day included."""

    elapsed: int
    days: int

    @property
    def share(self) -> Fraction:
        """The part of the period that is over, 0 to 1."""
        return Fraction(self.elapsed, self.days)

    @property
    def over(self) -> bool:
        """Whether the period has ended."""
        return self.elapsed >= self.days


def span(start: date, end: date, on: date) -> Span:
    """The days from `start` to `end`, both included, that are over at the end of `on`."""
    days = (end - start).days + 1
    if days < 1:
        raise ValueError("Kỳ kết thúc trước khi bắt đầu.")
    return Span(min(max((on - start).days + 1, 0), days), days)


def expected(target: Number, over: Span) -> Fraction:
    """What had to be reached by now if the work went evenly: the target times the share of days gone by."""
    return Fraction(target) * over.share


@dataclass(frozen=True, slots=True)
class Standing:
    """How a target stands: the status, what was expected by now (None where time does not matter), whether it was
    passed (more than asked; of what should be few: less than allowed), and its share of the target in percent."""

    status: Status
    expected: Fraction | None
    exceeded: bool
    percent: Fraction | None


def judge(
    target: Number,
    done: Number | None,
    over: Span,
    *,
    way: Way = Way.PACED,
    fewer_is_better: bool = False,
    unit: Number = 1,
) -> Standing:
    """Hold a result against its target on a day.

    `unit` is the smallest step of the figure (1 person, 0,01 percent). Before the first day of the period, without
    a result, and for a figure that is known only at the end, the status is unknown.
    """
    if done is None or over.elapsed == 0 or (way is Way.AT_END and not over.over):
        return Standing(Status.UNKNOWN, None, False, None)
    asked, have = Fraction(target), Fraction(done)
    by_now = expected(asked, over) if way is Way.PACED else None
    better = have < asked if fewer_is_better else have > asked
    percent = have / asked * 100 if asked else None
    standing = _fewer if fewer_is_better else _more
    near = max(Fraction(unit), abs(asked) * TOLERANCE)
    status = standing(asked, have, by_now, over.over, near)
    return Standing(status, by_now, better and status is Status.REACHED, percent)


def _more(asked: Fraction, have: Fraction, by_now: Fraction | None, over: bool, near: Fraction) -> Status:
    if have >= asked:
        return Status.REACHED
    if over:
        return Status.MISSED
    return Status.BEHIND if by_now is None else _beside(have - by_now, near)


def _fewer(asked: Fraction, have: Fraction, by_now: Fraction | None, over: bool, near: Fraction) -> Status:
    """A limit: what adds up can only be kept to the end; once passed it stays passed."""
    if by_now is None:
        return Status.REACHED if have <= asked else Status.MISSED if over else Status.BEHIND
    if have > asked:
        return Status.MISSED
    return Status.REACHED if over else _beside(by_now - have, near)


def _beside(lead: Fraction, near: Fraction) -> Status:
    """Ahead or behind by `lead`; less than a unit, or a small part of the target, is on pace."""
    if abs(lead) < near:
        return Status.ON_PACE
    return Status.AHEAD if lead > 0 else Status.BEHIND


def verdict(status: Status) -> Literal["met", "behind", "open", "unknown"]:
    """For counting: met; behind (missed, or behind the pace); still open and going well; nothing to say."""
    match status:
        case Status.REACHED:
            return "met"
        case Status.BEHIND | Status.MISSED:
            return "behind"
        case Status.UNKNOWN:
            return "unknown"
    return "open"


@dataclass(frozen=True, slots=True)
class Season:
    """An earlier year: what it had by this day of the year, and as a whole."""

    by_then: Number
    whole: Number


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the period will end: the value (None: cannot be said), by which method, and from how many years.

    `method`: `final` the period is over; `season` earlier years' share by this day; `linear` as until now.
    `reason` says why the method (or why nothing can be said): `over`, `years`, `few_years`, `none_done`,
    `too_early`, `no_result`, `not_paced`.
    """

    value: Fraction | None
    method: Literal["final", "season", "linear", ""]
    reason: str
    years: int = 0
    share: Fraction | None = None


def forecast(
    done: Number | None, over: Span, *, way: Way = Way.PACED, seasons: Iterable[Season] = ()
) -> Forecast:
    """Where the result will stand at the end of the period.

    Results of an office do not come evenly over the year, so the course of up to three earlier years (latest first)
    goes before the run rate: the mean of the shares that each had reached by this day. Years without any result tell
    nothing and are left out; fewer than two, or a mean of nothing, leave the run rate.
    """
    if done is None:
        return Forecast(None, "", "no_result")
    if over.over:
        return Forecast(Fraction(done), "final", "over")
    if way is not Way.PACED:
        return Forecast(None, "", "not_paced")
    if done <= 0:
        return Forecast(None, "", "none_done")
    shares = [Fraction(one.by_then) / Fraction(one.whole) for one in seasons if one.whole > 0][:MOST_YEARS]
    mean = sum(shares, Fraction(0)) / len(shares) if shares else Fraction(0)
    if len(shares) >= FEWEST_YEARS and mean > 0:
        return Forecast(Fraction(done) / mean, "season", "years", len(shares), mean)
    if over.share < EARLIEST:
        return Forecast(None, "", "too_early", len(shares))
    return Forecast(Fraction(done) / over.share, "linear", "few_years", len(shares))
