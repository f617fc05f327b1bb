"""Reading obligations, always through what the user may see.

A user sees an obligation as the asker (the demand is of an organisation of his) or as the doer (the obligation is).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from tongket.accounts.duties import duties_with
from tongket.accounts.models import Assignment
from tongket.audit.records import current
from tongket.obligations.models import Demand, Obligation, Step
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import assignments_of, visible_to


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


def about(identities: Iterable[UUID]) -> QuerySet[Demand]:
    """Standing demands that come from the records of these identities."""
    return current(Demand.objects.filter(about__in=list(identities)))


def demands_about(user: Any, identity: UUID, on: date) -> QuerySet[Demand]:
    """What was asked on account of a paper and the user may see, with how many were asked, reported and are overdue."""
    standing = Q(obligations__voided_at__isnull=True)
    open_ = standing & Q(obligations__fulfilled_on__isnull=True)
    return (
        visible_demands(user)
        .filter(about=identity)
        .annotate(
            receivers=Count("obligations", filter=standing),
            done=Count("obligations", filter=standing & Q(obligations__fulfilled_on__isnull=False)),
            overdue=Count("obligations", filter=open_ & Q(obligations__deadline__lt=on)),
        )
        .order_by("due_on", "pk")
    )


def steps_of(obligation: Obligation, *, with_voided: bool = False) -> list[Step]:
    """What happened to an obligation, in the order in which it was recorded."""
    rows = obligation.steps.select_related("recorded_by", "voided_by")
    return list(rows if with_voided else current(rows))


def own_organisations(user: Any, verb: str = "obligation.read") -> QuerySet[Organisation]:
    """The organisations that the user himself acts for: those of his assignments, not those below them."""
    return Organisation.objects.filter(pk__in=assignments_of(user, verb).values("organisation"))


@dataclass(frozen=True, slots=True)
class Powers:
    """What a user may do at one obligation: the doer's steps, for whom (`on_behalf`), and the asker's steps."""

    doer: bool = False
    on_behalf: bool = False
    asker: bool = False

    @property
    def any(self) -> bool:
        """Whether anything at all."""
        return self.doer or self.asker


def powers_over(user: Any, rows: Iterable[Obligation]) -> dict[int, Powers]:
    """What the user may do at each obligation, by its id; one or two queries for all.

    The doer's own people act for it; whoever acts for a body above it may enter on its behalf (a paper-only cell).
    The asker's people, and those of bodies above the asker, accept, return and extend; nobody judges what he himself
    was asked: for an organisation that asked itself, only a body above it does.
    """
    roots = set(assignments_of(user, "obligation.write").values_list("organisation_id", flat=True))
    listed = list(rows)
    if not roots:
        return {row.pk: Powers() for row in listed}
    ends = {row.organisation_id for row in listed} | {row.demand.organisation_id for row in listed}
    above: dict[int, set[int]] = {}
    paths = OrganisationPath.objects.filter(
        ancestor__in=roots, descendant__in=ends, voided_at__isnull=True, valid_to=F("descendant__ends_on")
    )
    for ancestor, descendant in paths.values_list("ancestor_id", "descendant_id"):
        above.setdefault(descendant, set()).add(ancestor)
    return {row.pk: _powers(row.organisation_id, row.demand.organisation_id, roots, above) for row in listed}


def _powers(doer: int, asker: int, roots: set[int], above: dict[int, set[int]]) -> Powers:
    strictly = above.get(doer, set()) - {doer}
    own = doer in roots
    judge = bool(above.get(asker)) and (asker != doer or bool(strictly))
    return Powers(own or bool(strictly), not own and bool(strictly), judge)


def may_judge_demand(user: Any, demand: Demand) -> bool:
    """Whether the user acts for the asker of a demand, or for a body above it."""
    return visible_to(user, "obligation.write").filter(pk=demand.organisation_id).exists()


def due_of(organisations: Any, on: date, done_since: date) -> QuerySet[Obligation]:
    """Standing obligations of organisations: all that are open, and those fulfilled since a day."""
    rows = Obligation.objects.filter(organisation__in=organisations, demand__voided_at__isnull=True)
    return (
        current(rows)
        .filter(Q(fulfilled_on__isnull=True) | Q(fulfilled_on__gte=done_since))
        .select_related("demand__organisation", "organisation")
        .order_by("deadline", "id")
    )


def owed_to(organisations: Any, on: date) -> list[Any]:
    """What standing demands of organisations still miss: receivers, open, overdue, waiting for acceptance.

    Only demands in which something is open or waits; one query.
    """
    rows = current(Obligation.objects.filter(demand__organisation__in=organisations, demand__voided_at=None))
    late, open_ = Q(fulfilled_on__isnull=True, deadline__lt=on), Q(fulfilled_on__isnull=True)
    return list(
        rows.values(
            "demand_id",
            "demand__title",
            "demand__kind",
            "demand__due_on",
            "demand__about_label",
            "demand__organisation__name",
        )
        .annotate(
            receivers=Count("pk"),
            open=Count("pk", filter=open_),
            overdue=Count("pk", filter=late),
            waiting=Count("pk", filter=Q(state="reported")),
        )
        .filter(Q(open__gt=0) | Q(waiting__gt=0))
        .order_by("demand__due_on", "demand_id")
    )


def was_handed(about: UUID, organisation: Organisation) -> bool:
    """Whether something about the record of this identity was asked of the organisation."""
    return current(
        Obligation.objects.filter(organisation=organisation, demand__about=about, demand__voided_at=None)
    ).exists()


def handed_pairs(abouts: Iterable[UUID]) -> set[tuple[UUID, int]]:
    """(identity, organisation id) of all that was asked about the records of these identities."""
    rows = current(Obligation.objects.filter(demand__about__in=list(abouts), demand__voided_at=None))
    pairs = rows.values_list("demand__about", "organisation_id")
    return {(about, organisation) for about, organisation in pairs if about is not None}


def mailable(organisations: Iterable[int], on: date) -> list[Assignment]:
    """Assignments, in force on a day, of users with a mail address for exactly these organisations."""
    found = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        organisation__in=list(organisations),
        since__lte=on,
        duty__in=duties_with("obligation.read"),
        user__is_active=True,
    ).exclude(user__email="")
    return list(found.select_related("user").order_by("user_id", "organisation_id"))
