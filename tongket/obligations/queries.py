"""Reading obligations, always through what the user may see.

A user sees an obligation as the asker (the demand is of an organisation of his) or as the doer (the obligation is).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tongket.audit.records import current
from tongket.core.dates import today
from tongket.obligations.models import Demand, Obligation, Step
from tongket.organisations.queries import visible_to


def visible_obligations(user: Any, verb: str = "obligation.read") -> QuerySet[Obligation]:
    """Standing obligations asked by, or of, organisations for which the user holds `verb`."""
    mine = visible_to(user, verb=verb).values("pk")
    rows = Obligation.objects.filter(
        Q(organisation__in=mine) | Q(demand__organisation__in=mine), demand__voided_at__isnull=True
    )
    return current(rows).select_related("demand__organisation", "organisation")


def visible_demands(user: Any, verb: str = "obligation.read") -> QuerySet[Demand]:
    """Standing demands asked by organisations of the user's, or of which one of his has a part."""
    mine = visible_to(user, verb=verb).values("pk")
    part = current(Obligation.objects.filter(demand=OuterRef("pk"), organisation__in=mine))
    rows = Demand.objects.filter(Q(organisation__in=mine) | Exists(part))
    return current(rows).select_related("organisation")


def handed_to(user: Any, verb: str = "obligation.read") -> QuerySet[Obligation]:
    """Standing obligations of the user's own organisations: what he may read because it was handed to him."""
    rows = Obligation.objects.filter(
        organisation__in=visible_to(user, verb=verb).values("pk"), demand__voided_at__isnull=True
    )
    return current(rows)


def with_outcome(rows: QuerySet[Obligation], outcome: str, on: date | None = None) -> QuerySet[Obligation]:
    """The obligations of one outcome (a code of `core.worklists.OUTCOME`) on a day."""
    day = on or today()
    if outcome == "on_time":
        return rows.filter(fulfilled_on__lte=F("deadline"))
    if outcome == "late":
        return rows.filter(fulfilled_on__gt=F("deadline"))
    if outcome == "overdue":
        return rows.filter(fulfilled_on__isnull=True, deadline__lt=day)
    return rows.filter(fulfilled_on__isnull=True, deadline__gte=day)


def about(identities: Iterable[UUID]) -> QuerySet[Demand]:
    """Standing demands that come from the records of these identities."""
    return current(Demand.objects.filter(about__in=list(identities)))


def steps_of(obligation: Obligation, *, with_voided: bool = False) -> list[Step]:
    """What happened to an obligation, in the order in which it was recorded."""
    rows = obligation.steps.select_related("recorded_by", "voided_by")
    return list(rows if with_voided else current(rows))
