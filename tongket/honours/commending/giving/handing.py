"""Who was commended in a campaign, in the order of calling, with number, unit and money; sums per source."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tongket.audit.records import current
from tongket.core.codelists import COMMENDATION_FORM
from tongket.core.numbers import round_half_up
from tongket.honours.commending.giving.order import calling_order
from tongket.honours.commending.models import (
    CommendationProposal,
    CommendationRound,
    CommendationTitle,
)
from tongket.honours.commending.queries import titles_of, with_fate
from tongket.honours.models import Commendation
from tongket.honours.tables import recipient_of
from tongket.rules.catalogue import NoRuleInForce, integer


@dataclass(frozen=True, slots=True)
class Called:
    """One commended; `number` is that of the register, None before it was numbered; `money` None while unknown."""

    proposal: Any
    row: Commendation
    title: CommendationTitle
    money: Decimal | None

    @property
    def name(self) -> str:
        """As read out and printed."""
        return recipient_of(self.row)

    @property
    def number(self) -> int | None:
        """Number in the register."""
        found: int | None = self.proposal.register_number
        return found

    @property
    def unit(self) -> str:
        """Where the commended belongs: the cell of a person, the body above a cell."""
        if self.row.recipient_kind == "individual" or self.row.recipient_name:
            return str(self.row.organisation.name)
        above = self.row.organisation.parent
        return above.name if above is not None else ""

    @property
    def form(self) -> str:
        """The form in words."""
        return COMMENDATION_FORM.label(self.row.form)


@dataclass(frozen=True, slots=True)
class Fund:
    """What one source of money has to pay: the sum of what is known, and for how many it is not."""

    name: str
    count: int
    total: Decimal
    unknown: int


def money_of(multiple: Decimal | None, on: date) -> Decimal | None:
    """The bonus in đồng: a multiple of the base salary of the decision's day; None where either is not known."""
    if multiple is None:
        return None
    try:
        return round_half_up(multiple * integer("salary.base", on))
    except NoRuleInForce:
        return None


def called_up(round_: CommendationRound) -> list[Called]:
    """The commended of a campaign in the order of calling; three queries.

    A commendation corrected since under the same title stands in the place of the row that the decision wrote.
    """
    titles = {one.identity: one for one in titles_of(round_)}
    rows = with_fate(current(CommendationProposal.objects.filter(round=round_.identity)))
    proposals = [one for one in rows if one.commended]
    written = _standing(round_, proposals)
    found = []
    for one in proposals:
        row = written.get(one.commendation_pk) or written.get(_key(one))
        if row is not None and one.title in titles:
            title = titles[one.title]
            found.append(Called(one, row, title, money_of(title.bonus, row.decided_on)))
    return sorted(found, key=lambda one: calling_order(one.row, round_.organisation_id))


def _key(one: Any) -> tuple[Any, ...]:
    return (one.title, one.member_id, one.organisation_id, one.recipient_name)


def _standing(round_: CommendationRound, proposals: Sequence[Any]) -> dict[Any, Commendation]:
    found: dict[Any, Commendation] = {}
    titles = {one.title for one in proposals}
    rows = current(Commendation.objects.filter(period=round_.period, title__in=titles))
    for row in rows.select_related("organisation__parent", "member"):
        found[row.pk] = found[_key(row)] = row
    return found


def groups_of(called: Iterable[Called]) -> list[tuple[str, list[Called]]]:
    """The list grouped by form and title, in the order of calling."""
    found: dict[tuple[str, UUID], list[Called]] = defaultdict(list)
    for one in called:
        found[one.row.form, one.title.identity].append(one)
    return [(f"{rows[0].form} · {rows[0].title.name}", rows) for rows in found.values()]


def funds_of(called: Iterable[Called]) -> list[Fund]:
    """The money by source; what is unknown is counted, never taken for nothing."""
    found: dict[str, list[Called]] = defaultdict(list)
    for one in called:
        found[one.title.fund or "chưa ghi nguồn"].append(one)
    return [
        Fund(
            name,
            len(rows),
            sum((one.money for one in rows if one.money is not None), Decimal(0)),
            sum(one.money is None for one in rows),
        )
        for name, rows in sorted(found.items())
    ]
