"""Reading campaigns, always through what the user may see.

The asking level sees all that was proposed to it; an office below sees the campaign, and of the proposals its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from tongket.audit.records import current
from tongket.honours.commending.models import (
    CertificateNumber,
    CommendationDecision,
    CommendationOverride,
    CommendationProposal,
    CommendationRound,
    CommendationTitle,
    CouncilView,
    ProposalOutcome,
)
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import visible_to


def _above(mine: QuerySet[Organisation]) -> QuerySet[Any]:
    """Ids of the organisations above those of the user: their regulations and campaigns concern him."""
    return OrganisationPath.objects.filter(
        descendant__in=mine, voided_at__isnull=True, valid_to=F("descendant__ends_on")
    ).values("ancestor")


def visible_titles(user: Any, *, with_voided: bool = False) -> QuerySet[CommendationTitle]:
    """Titles of the user's organisations and of those above them."""
    mine = visible_to(user, verb="honour.read")
    rows = CommendationTitle.objects.filter(Q(organisation__in=mine) | Q(organisation__in=_above(mine)))
    return (rows if with_voided else current(rows)).select_related("organisation")


def visible_rounds(user: Any, *, with_voided: bool = False) -> QuerySet[CommendationRound]:
    """Campaigns of the user's organisations and of those above them, which ask the user's to propose."""
    mine = visible_to(user, verb="honour.read")
    rows = CommendationRound.objects.filter(Q(organisation__in=mine) | Q(organisation__in=_above(mine)))
    return (rows if with_voided else current(rows)).select_related("organisation")


def visible_proposals(user: Any, verb: str = "honour.read", *, with_voided: bool = False) -> QuerySet[Any]:
    """Proposals asked by, or made by, organisations for which the user holds `verb`; each with what became of it."""
    mine = visible_to(user, verb=verb).values("pk")
    rows = CommendationProposal.objects.filter(Q(asked_by__in=mine) | Q(proposed_by__in=mine))
    return with_fate(rows if with_voided else current(rows))


def with_fate(rows: QuerySet[CommendationProposal]) -> QuerySet[Any]:
    """Proposals with the council's view, the decision's outcome and the certificate's number, in one question."""

    def last(model: Any, column: str) -> Subquery:
        return Subquery(current(model.objects.filter(proposal=OuterRef("identity"))).values(column)[:1])

    return rows.annotate(
        view_base=last(CouncilView, "base"),
        view_agree=last(CouncilView, "agree"),
        view_recommended=last(CouncilView, "recommended"),
        view_reason=last(CouncilView, "reason"),
        commended=last(ProposalOutcome, "commended"),
        refused_why=last(ProposalOutcome, "reason"),
        commendation_pk=last(ProposalOutcome, "commendation"),
        decision_pk=last(ProposalOutcome, "decision"),
        decision_number=last(ProposalOutcome, "decision__decision_number"),
        decision_date=last(ProposalOutcome, "decision__decision_date"),
        decision_body=last(ProposalOutcome, "decision__decision_body"),
        register_number=last(CertificateNumber, "number"),
    ).select_related("organisation__parent", "proposed_by", "member")


def titles_of(round_: CommendationRound) -> list[CommendationTitle]:
    """The titles of a campaign as they stand now, in the campaign's order."""
    rows = {
        str(one.identity): one
        for one in current(CommendationTitle.objects.filter(identity__in=round_.titles))
    }
    return [rows[key] for key in round_.titles if key in rows]


def titles_in_force(organisations: Iterable[int], year: int) -> QuerySet[CommendationTitle]:
    """Titles of these organisations (ids) that apply to a year."""
    rows = CommendationTitle.objects.filter(organisation__in=list(organisations), year_from__lte=year)
    return current(rows.filter(Q(year_to__isnull=True) | Q(year_to__gte=year)))


def title_holders(organisation: Organisation) -> list[int]:
    """Ids of the organisation and those above it: whose titles its campaigns may use."""
    paths = OrganisationPath.objects.filter(
        descendant=organisation, voided_at__isnull=True, valid_to=organisation.ends_on
    )
    return list(paths.values_list("ancestor", flat=True))


def overrides_of(round_: CommendationRound) -> list[CommendationOverride]:
    """What was set aside in a campaign, with who and when."""
    rows = current(CommendationOverride.objects.filter(round=round_.identity))
    return list(rows.select_related("recorded_by"))


def decisions_of(round_: CommendationRound) -> list[CommendationDecision]:
    """The decisions of a campaign."""
    return list(current(CommendationDecision.objects.filter(round=round_.identity)))


@dataclass(frozen=True, slots=True)
class Aside:
    """Which checks were set aside: by proposal, and for a title's cap."""

    proposals: dict[UUID, set[str]]
    titles: set[UUID]


def aside_of(overrides: Iterable[CommendationOverride]) -> Aside:
    """Sort overrides by what they set aside."""
    found: dict[UUID, set[str]] = {}
    titles: set[UUID] = set()
    for one in overrides:
        if one.proposal is not None:
            found.setdefault(one.proposal, set()).add(one.check_code)
        elif one.title is not None:
            titles.add(one.title)
    return Aside(found, titles)


def name_of(proposal: Any) -> str:
    """Whom a proposal names."""
    if proposal.member_id:
        return str(proposal.member.full_name)
    return str(proposal.recipient_name or proposal.organisation.name)
