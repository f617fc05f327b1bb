"""The deadlines of admission and probation as pure functions: from what happened to what must happen by when.

Working days are counted without the day on which the limit begins (`core.workdays`). Each deadline names the rule it
comes from; where no version of the rule is known for its day there is no deadline, and the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from tongket.core.citations import Mark
from tongket.core.dates import add_months
from tongket.core.workdays import add_working_days, working_days_between
from tongket.rules.catalogue import NoRuleInForce, UnknownRule, in_force, integer, rule, sequence, table


@dataclass(frozen=True, slots=True)
class Deadline:
    """What must be done (`kind`, list `DEADLINE`) by the end of the day `last`, and by which rule.

    `start` is the day from which the limit runs; `rule_day` that for which the rule was asked. `done_on` is the day on
    which it was done, None while it is open. `desk` has to act, since `desk_since`.
    """

    kind: str
    rule_id: str
    start: date
    last: date
    desk: str = ""
    desk_since: date | None = None
    done_on: date | None = None
    working: bool = False  # whether the limit runs in working days
    binding: bool = True  # False: a day to know of (the end of probation), which nobody can be late with

    @property
    def rule_day(self) -> date:
        """The day whose version of the rule counts: that of the start, but for a certificate older than the rule."""
        return class_rule_day(self.start) if self.rule_id == "adm.class" else self.start

    def is_open(self, day: date) -> bool:
        """Whether it is still to be done on a day."""
        return self.done_on is None or self.done_on > day

    def late(self, day: date) -> bool:
        """Whether on that day it has passed undone, or was done after it."""
        return self.binding and min(day, self.done_on or day) > self.last

    def days_left(self, day: date) -> int:
        """Calendar days up to the last one; below 0 once it has passed."""
        return (self.last - day).days

    def working_left(self, day: date) -> int:
        """Working days left; once passed, below 0, the working days gone by since."""
        if day <= self.last:
            return working_days_between(day, self.last)
        return -working_days_between(self.last, day)

    def alert(self, day: date) -> int | None:
        """The nearest mark of `adm.alert-days` that has been reached; None: far off, passed or done."""
        if not self.is_open(day) or day > self.last:
            return None
        left = self.days_left(day)
        return min((mark for mark in alert_days(day) if left <= mark), default=None)


@lru_cache(maxsize=64)
def alert_days(day: date) -> tuple[int, ...]:
    """At how many days before a deadline the office is reminded."""
    return tuple(int(str(mark)) for mark in sequence("adm.alert-days", day))


def mark_on(rule_id: str, day: date) -> Mark:
    """How sure the rule is on a day; U where none is known: then nothing is refused."""
    try:
        return in_force(rule_id, day).mark
    except (NoRuleInForce, UnknownRule):
        return "U"


@lru_cache(maxsize=4096)
def _after(start: date, count: int) -> date:
    return add_working_days(start, count)


def class_valid_until(finished: date) -> date:
    """The last day on which the certificate of the awareness class is good (rule `adm.class`).

    One from before the oldest version known is judged by that version: it is shown to a cell that votes under it.
    """
    return add_months(finished, integer("adm.class", class_rule_day(finished)))


def class_rule_day(finished: date) -> date:
    """The day for which the rule on the certificate is asked and shown."""
    return max(finished, rule("adm.class").versions[0].effective_from)


def decide_by(resolution: date, what: str, extension: int = 0) -> date | None:
    """The last day for the decision on an `admission` or on `official` status, with the extension granted.

    Working days from the cell's resolution (rule `adm.decide-by`).
    """
    try:
        return _after(resolution, _number(table("adm.decide-by", resolution), what) + extension)
    except NoRuleInForce:
        return None


def longest_extension(day: date) -> int | None:
    """How many working days the time for a decision may be extended by, once."""
    try:
        return _number(table("adm.decide-by", day), "extension")
    except NoRuleInForce:
        return None


def ceremony_start(decided: date, received: date | None) -> date | None:
    """From which day the time for the ceremony runs: receipt of the decision, or its issue, as the rule then says.

    None while it is not known: the decision has not been received yet, or no rule is.
    """
    try:
        counted = table("adm.ceremony", decided)["counted_from"]
    except NoRuleInForce:
        return None
    return received if counted == "received" else decided


def ceremony_by(decided: date, received: date | None) -> date | None:
    """The last day for the ceremony without the consent of the level above (rule `adm.ceremony`)."""
    start = ceremony_start(decided, received)
    return None if start is None else _after(start, _number(table("adm.ceremony", decided), "days"))


def probation_end(ceremony: date) -> date:
    """The day the 12 months end, which is the official day whatever the delay (rules `prob.months`, `prob.date`)."""
    try:
        months = integer("prob.months", ceremony)
    except NoRuleInForce:
        months = 12
    return add_months(ceremony, months)


def review_by(ceremony: date) -> date | None:
    """The last day for the cell to consider official status: working days after the end (rule `prob.review`)."""
    end = probation_end(ceremony)
    try:
        return _after(end, integer("prob.review", end))
    except NoRuleInForce:
        return None


def decide_official_by(resolution: date, extension: int = 0) -> date | None:
    """The last day for the decision on official status."""
    return decide_by(resolution, "official", extension)


def together_months(day: date) -> int | None:
    """How many months a mentor must have worked or lived with the candidate (rule `adm.sponsor`)."""
    try:
        return _number(table("adm.sponsor", day), "same_unit_months")
    except NoRuleInForce:
        return None


def votes_allowed(day: date) -> int | None:
    """After how many votes without two thirds the cell reports upward (rule `adm.vote.rounds`)."""
    try:
        return integer("adm.vote.rounds", day)
    except NoRuleInForce:
        return None


def papers_on(day: date) -> Mapping[str, str]:
    """The papers of a file by the rule of a day (`adm.papers`), code to name; none where no version is known."""
    try:
        return {str(code): str(name) for code, name in table("adm.papers", day).items()}
    except NoRuleInForce:
        return {}


def _number(values: Mapping[Any, Any], name: str) -> int:
    return int(str(values[name]))
