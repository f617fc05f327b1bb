"""Whether a form balances: each check with both its sides and the difference, which is named and never adjusted."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from tongket.indicators.forms import Check, Form
from tongket.reports.facts import ReportFacts


@dataclass(frozen=True, slots=True)
class Balance:
    """One check on the numbers of a form. `found` is its right side, `total` the left, `difference` left less right.

    `row` is the row on the left. `unknown`: a side is masked for the reader, so nothing can be said.
    """

    text: str
    row: str
    total: Decimal
    found: Decimal
    at_least: bool = False
    unknown: bool = False

    @property
    def difference(self) -> Decimal:
        """What the left side has more than the right one."""
        return self.total - self.found

    @property
    def holds(self) -> bool:
        """Whether the check is met; a check that cannot be made is not said to fail."""
        return self.unknown or (self.difference >= 0 if self.at_least else self.difference == 0)


def balances(form: Form, facts: ReportFacts) -> list[Balance]:
    """Every check of a form, last the one that sets its first row against the end of the period before."""
    made = [_balance(form, facts, check) for check in form.checks]
    carried = _carried(form, facts)
    return made if carried is None else [*made, carried]


def _number(form: Form, facts: ReportFacts, row: str, *, before: bool = False) -> Decimal:
    """A row's number; a blank counts as 0, as it does in Excel."""
    return Decimal(facts.value(form.row(row).indicator or "", before=before) or 0)


def _balance(form: Form, facts: ReportFacts, check: Check) -> Balance:
    rows = (check.result, *check.plus, *check.minus)
    return Balance(
        check.text,
        check.result,
        _number(form, facts, check.result),
        sum((_number(form, facts, row) for row in check.plus), Decimal(0))
        - sum((_number(form, facts, row) for row in check.minus), Decimal(0)),
        check.relation == ">=",
        any(facts.mask(form.row(row).indicator or "") for row in rows),
    )


def is_carried(form: Form, facts: ReportFacts) -> bool:
    """Whether the period set beside ends on the day before this one starts and is shown as at its end."""
    before = facts.before
    return (
        form.carried is not None
        and before is not None
        and before.as_at + timedelta(days=1) == facts.period.start
    )


def carried_text(form: Form, facts: ReportFacts) -> str:
    """`A = D của năm 2022`."""
    opening, total = form.carried or ("", "")
    return f"{opening} = {total} của {facts.compared.label()}"


def _carried(form: Form, facts: ReportFacts) -> Balance | None:
    if form.carried is None or not is_carried(form, facts):
        return None
    opening, total = form.carried
    return Balance(
        carried_text(form, facts),
        opening,
        _number(form, facts, opening),
        _number(form, facts, total, before=True),
    )
