"""Reading targets: what the user may see, and how a target was shared out below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from tongket.audit.records import current
from tongket.core.dates import today
from tongket.organisations.models import Organisation, OrganisationVersion
from tongket.organisations.queries import visible_to
from tongket.targets.models import Target

#: Why the row that a later decision replaced was voided.
CHANGE_REASON = "Điều chỉnh chỉ tiêu"


def visible_targets(user: Any, *, with_voided: bool = False) -> QuerySet[Target]:
    """Targets of the organisations where the user may read them (`target.read`)."""
    rows = Target.objects.filter(organisation__in=visible_to(user, verb="target.read"))
    return (rows if with_voided else current(rows)).select_related("organisation")


def in_force(queryset: QuerySet[Target], on: date) -> QuerySet[Target]:
    """The targets that stand and hold on a day."""
    return current(queryset).filter(valid_from__lte=on, valid_to__gt=on)


@dataclass(frozen=True, slots=True)
class Share:
    """What one organisation directly below was assigned of a target; None: nothing (yet)."""

    organisation: Organisation
    target: Target | None


def history_of(target: Target) -> list[Target]:
    """All that was ever recorded of a target, in the order in which it held: values changed by later decisions, and
    entries voided or corrected (with their reason). What a change by decision replaced is said by the row that
    replaced it, so the row that it voided is left out.
    """
    rows = (
        Target.objects.filter(
            organisation=target.organisation_id,
            indicator=target.indicator,
            period=target.period,
            giver=target.giver,
        )
        .exclude(void_reason=CHANGE_REASON)
        .select_related("recorded_by", "voided_by")
    )
    return list(rows.order_by("valid_from", "recorded_at", "pk"))


def is_superseded(target: Target) -> bool:
    """Whether a later decision ended the value within the period: then it is no longer what is shared out."""
    return target.valid_to <= target.period_end


def later_of(target: Target, history: Iterable[Target]) -> Target | None:
    """The standing row of `history` that followed a superseded target (None: it has not been followed)."""
    if target.voided_at is not None or not is_superseded(target):
        return None
    later = [row for row in history if row.voided_at is None and row.valid_from >= target.valid_to]
    return later[-1] if later else None


class Shares(NamedTuple):
    """A target as shared out: the sum below, that sum less the target (negative: not all shared out), the rows."""

    shared: Decimal
    difference: Decimal
    rows: tuple[Share, ...]


def shares_of(target: Target, on: date | None = None) -> Shares:
    """How a target was shared out to the organisations directly below on a day.

    The day is today, or the period's last day once it is over (its first before it begins). What the shares lack or
    exceed is named as the difference and never adjusted: sharing out more than was assigned is a usual reserve.
    """
    day = on or min(max(today(), target.period_start), target.period_end)
    children = list(
        Organisation.objects.filter(
            pk__in=OrganisationVersion.objects.filter(
                parent=target.organisation_id, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
            ).values("organisation")
        )
    )
    given = in_force(
        Target.objects.filter(
            organisation__in=children, indicator=target.indicator, period=target.period, giver="above"
        ),
        day,
    )
    by_organisation = {row.organisation_id: row for row in given}
    rows = tuple(Share(child, by_organisation.get(child.pk)) for child in children)
    shared = sum((row.target.value for row in rows if row.target is not None), Decimal(0))
    return Shares(shared, shared - target.value, rows)
