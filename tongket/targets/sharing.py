"""Sharing a target out: all organisations below get their part by one decision, in one act."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tongket.audit.acts import act
from tongket.audit.records import GONE, current
from tongket.core.problems import Conflict
from tongket.organisations.models import Organisation
from tongket.targets.acts import add_targets
from tongket.targets.drafts import TargetDraft
from tongket.targets.models import Target


def share_drafts(
    target: Target, values: Mapping[Organisation, Decimal], *, valid_from: date, **decision: Any
) -> list[TargetDraft]:
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


def share_out(
    target: Target, values: Mapping[Organisation, Decimal], *, valid_from: date, by: Any, **decision: Any
) -> list[Target]:
    """Assign parts of a target to organisations below. Raises `Refused` (by row), `Conflict` when it was voided."""
    with act("target.share", by=by, organisation=target.organisation, subject=target) as open_act:
        if not current(Target.objects.filter(pk=target.pk)).exists():
            raise Conflict(GONE)
        made = add_targets(share_drafts(target, values, valid_from=valid_from, **decision), act=open_act)
        open_act.note(indicator=target.indicator, period=target.period, shares=len(made))
    return made
