"""Reading programmes and inspections: contents only for those with the task (rule `insp.record`).

With the task is who holds `inspection.read` for the *acting* organisation. The inspected read the announcement
(`announced_to`) and what was handed to them (`obligations`), nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from tongket.audit.records import current
from tongket.inspections.programmes.models import Programme, ProgrammeItem
from tongket.inspections.running.models import Finding, Inspection, InspectionObject, TeamMember
from tongket.obligations.derive import outcome_of
from tongket.obligations.models import Obligation
from tongket.organisations.queries import visible_to


def visible_programmes(
    user: Any, *, with_voided: bool = False, verb: str = "inspection.read"
) -> QuerySet[Programme]:
    """Programmes of the acting organisations where the user holds the verb."""
    rows = Programme.objects.filter(organisation__in=visible_to(user, verb=verb))
    return (rows if with_voided else current(rows)).select_related("organisation")


def visible_inspections(
    user: Any, *, with_voided: bool = False, verb: str = "inspection.read"
) -> QuerySet[Inspection]:
    """Inspections of the acting organisations where the user holds the verb."""
    rows = Inspection.objects.filter(organisation__in=visible_to(user, verb=verb))
    return (rows if with_voided else current(rows)).select_related("organisation")


def inspection_by_identity(user: Any, identity: UUID) -> Inspection | None:
    """The standing inspection of an identity, for a case that came out of it; None when it is not the user's."""
    return visible_inspections(user).filter(identity=identity).first()


def announced_to(user: Any) -> QuerySet[InspectionObject]:
    """What the inspected may read: that their organisation is inspected, once it was announced.

    Members inspected are told in person: their names stand on no page of their organisation.
    """
    told = Inspection.objects.filter(pk=OuterRef("inspection"), voided_at__isnull=True).exclude(
        state="planned"
    )
    rows = InspectionObject.objects.filter(
        Exists(told), organisation__in=visible_to(user, verb="obligation.read"), member__isnull=True
    )
    return current(rows).select_related("inspection__organisation", "organisation")


def heads_of(inspections: Iterable[int]) -> dict[int, TeamMember]:
    """The head of the team of each inspection, by its id."""
    rows = current(TeamMember.objects.filter(inspection__in=list(inspections), role="head"))
    return {row.inspection_id: row for row in rows}


def carried_out(items: Iterable[ProgrammeItem]) -> dict[UUID, list[Inspection]]:
    """The standing inspections of items of a programme, by the item's identity."""
    found: dict[UUID, list[Inspection]] = {}
    for row in current(Inspection.objects.filter(item__in=[one.identity for one in items])):
        if row.item is not None:
            found.setdefault(row.item, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class RemedyState:
    """How what a finding asks for stands: the obligation, and in one word how."""

    obligation: Obligation
    outcome: str

    @property
    def accepted(self) -> bool:
        """Whether the inspecting body has accepted it."""
        return self.obligation.state == "accepted"

    @property
    def waiting(self) -> bool:
        """Reported and waiting for the inspecting body."""
        return self.obligation.state == "reported"


def remedies_of(findings: Iterable[Finding], on: date) -> dict[UUID, RemedyState]:
    """The remedies handed out for findings with their state on a day, by the finding's identity; one query."""
    rows = current(
        Obligation.objects.filter(
            demand__about__in=[one.identity for one in findings], demand__voided_at__isnull=True
        )
    ).select_related("demand", "organisation")
    return {row.demand.about: RemedyState(row, outcome_of(row, on)) for row in rows if row.demand.about}


def all_remedied(remedies: Iterable[RemedyState]) -> bool | None:
    """Whether everything handed out was put right and accepted; None when nothing was handed out."""
    listed = list(remedies)
    return all(one.accepted for one in listed) if listed else None
