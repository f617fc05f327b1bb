"""Sharing a target out: all organisations below get their part by one decision, in one act."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tongket.audit.acts import act
from tongket.audit.records import GONE, current
from tongket.core.dates import format_date
from tongket.core.numbers import format_number
from tongket.core.problems import Conflict, Problem, refuse_if_any
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Indicator, Ratio
from tongket.organisations.models import Organisation
from tongket.targets.acts import add_targets, check_targets
from tongket.targets.drafts import TargetDraft
from tongket.targets.models import Target
from tongket.targets.queries import Shares, is_superseded, shares_of

Values = Mapping[Organisation, Decimal]


def adds_up(entry: Indicator) -> bool:
    """Whether parts add up to a whole. A share in percent holds for each organisation, or year, as it is."""
    return not isinstance(entry.formula, Ratio) and entry.unit != "%"


def is_summed(target: Target) -> bool:
    """Whether the parts of a target that organisations below get add up to it."""
    entry = INDICATORS.get(target.indicator)
    return entry is None or adds_up(entry)


def share_drafts(target: Target, values: Values, *, valid_from: date, **decision: Any) -> list[TargetDraft]:
    """One draft for each organisation that gets a part of `target`."""
    return [
        TargetDraft(
            organisation=organisation,
            indicator=target.indicator,
            period=target.period,
            value=Decimal(value),
            valid_from=valid_from,
            giver_name=target.organisation.name,
            **decision,
        )
        for organisation, value in values.items()
    ]


def check_share(
    target: Target, values: Values, *, valid_from: date, shares: Shares | None = None, **decision: Any
) -> list[Problem]:
    """Judge a sharing out as a whole, by row: as targets of their own, and each directly below. Writes nothing."""
    drafts = share_drafts(target, values, valid_from=valid_from, **decision)
    below = {row.organisation.pk for row in (shares or shares_of(target)).rows}
    return [*_still_holds(target), *check_targets(drafts), *_directly_below(target, list(values), below)]


def _still_holds(target: Target) -> Iterator[Problem]:
    if is_superseded(target):
        yield Problem(
            "",
            f"Mức {format_number(target.value)} đã được điều chỉnh từ ngày {format_date(target.valid_to)}. "
            "Hãy mở chỉ tiêu hiện hành rồi giao từ đó.",
        )


def _directly_below(
    target: Target, organisations: list[Organisation], below: Collection[int]
) -> Iterator[Problem]:
    for index, organisation in enumerate(organisations):
        if organisation.pk not in below:
            yield Problem(
                "organisation",
                f"“{organisation.name}” không trực thuộc “{target.organisation.name}”. "
                "Chỉ giao xuống đơn vị trực tiếp; hãy bỏ dòng này.",
                index=index,
            )


def share_out(target: Target, values: Values, *, valid_from: date, by: Any, **decision: Any) -> list[Target]:
    """Assign parts of a target to organisations directly below, in one act.

    What the parts lack or exceed is kept in the ledger and refuses nothing: a reserve is usual. Raises `Refused` (by
    row), `Conflict` when the target was voided meanwhile.
    """
    with act("target.share", by=by, organisation=target.organisation, subject=target) as open_act:
        if not current(Target.objects.filter(pk=target.pk)).exists():
            raise Conflict(GONE)
        before = shares_of(target)
        drafts = share_drafts(target, values, valid_from=valid_from, **decision)
        refuse_if_any(check_share(target, values, valid_from=valid_from, shares=before, **decision))
        made = add_targets(drafts, act=open_act)
        open_act.note(indicator=target.indicator, period=target.period, shares=len(made))
        if is_summed(target):
            shared = before.shared + sum((row.value for row in made), Decimal(0))
            open_act.note(shared=shared, difference=shared - target.value)
    return made
