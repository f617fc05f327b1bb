"""Thời hiệu: until when a breach may be disciplined, as pure functions over days.

The time runs from the act to the conclusion that it calls for discipline; a new act before it has run out restarts it
(69-QĐ/TW, article 4). Years are counted from the last act: an act of 15/3/2018 may be disciplined by reprimand until
15/3/2023 inclusive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tongket.core.codelists import DISCIPLINE_FORM
from tongket.core.dates import add_years, format_date
from tongket.rules.catalogue import NoRuleInForce, Version, in_force, table

State = Literal["open", "over", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class FormLimit:
    """The limit of one form: its last day (`until`, in the states open and over), the rule that says so.

    `since`: the earliest act that is still covered; acts before it had run out before the next one came.
    """

    form: str
    state: State
    until: date | None
    since: date | None
    rule: str
    version: Version | None

    @property
    def words(self) -> str:
        """The verdict as the page writes it."""
        if self.state == "none":
            return "không áp dụng thời hiệu"
        if self.state == "unknown" or self.until is None:
            return "chưa có căn cứ để tính thời hiệu"
        if self.state == "open":
            return f"còn thời hiệu đến {format_date(self.until)}"
        return f"đã hết thời hiệu từ sau ngày {format_date(self.until)}"

    @property
    def refuses(self) -> bool:
        """Whether the limit stands in the way: run out, by a rule whose text is confirmed."""
        return self.state == "over" and self.version is not None and self.version.mark == "C"

    @property
    def name(self) -> str:
        """The form in words."""
        return DISCIPLINE_FORM.label(self.form)


def runs_until(acts: Sequence[date], years: int) -> tuple[date, date]:
    """The last day on which the breach may be disciplined, and the earliest act that this day still covers.

    Each act restarts the time of those before it that have not run out by then. Raises ValueError without acts.
    """
    days = sorted(acts)
    if not days:
        raise ValueError("a limit needs the day of an act")
    since = days[-1]
    for earlier in reversed(days[:-1]):
        if add_years(earlier, years) < since:
            break
        since = earlier
    return add_years(days[-1], years), since


def limit_rule(of_member: bool) -> str:
    """The rule that holds the limits for members or for organisations."""
    return "disc.limit.member" if of_member else "disc.limit.organisation"


def form_limit(
    form: str, acts: Sequence[date], *, of_member: bool, harm: bool, judged_on: date, at: date
) -> FormLimit:
    """The limit of one form by the rule in force on `judged_on` (the day the case was opened), seen on the day `at`.

    `harm`: a breach without a limit (political, defence, foreign harm). A form that the version in force does not
    name, or no version at all: unknown, never guessed.
    """
    rule = limit_rule(of_member)
    try:
        version, years = in_force(rule, judged_on), table(rule, judged_on)
    except NoRuleInForce:
        return FormLimit(form, "unknown", None, None, rule, None)
    if form not in years:
        return FormLimit(form, "unknown", None, None, rule, version)
    length = years[form]
    if length is None or harm:
        return FormLimit(form, "none", None, None, rule, version)
    if not isinstance(length, int):
        raise TypeError(f"{rule}: years are whole numbers: {length!r}")
    until, since = runs_until(acts, length)
    return FormLimit(form, "open" if at <= until else "over", until, since, rule, version)
