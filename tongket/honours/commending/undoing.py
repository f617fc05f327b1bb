"""Taking back: a decision entered wrongly with all that it led to, and a campaign with what was proposed in it.

Nothing is lost: every row stays, struck through, with who, when and why.
"""

from typing import Any

from django.db.models import QuerySet

from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current, written_reason
from tongket.core.problems import Conflict, Problem, Refused
from tongket.honours.commending.giving.handed import handed_out
from tongket.honours.commending.giving.handing import called_up
from tongket.honours.commending.models import (
    CertificateNumber,
    CommendationDecision,
    CommendationOverride,
    CommendationProposal,
    CommendationRound,
    CouncilView,
    ProposalOutcome,
)
from tongket.honours.models import Commendation


def void_decision(
    round_: CommendationRound, decision: CommendationDecision, *, reason: str, by: Any
) -> CommendationDecision:
    """Void a decision of a campaign: its proposals are undecided again, what it commended leaves the register.

    In the same act go the commendations (also one corrected since), the numbers of their certificates and the checks
    that the decision itself set aside. Raises `Refused` (no reason; something was handed out already) and `Conflict`.
    """
    said = written_reason(reason, ask="Hãy ghi vì sao hủy quyết định này.")
    with act(
        "commending.void_decision", by=by, organisation=round_.organisation, subject=round_
    ) as current_act:
        standing = current(CommendationDecision.objects.filter(pk=decision.pk, round=round_.identity)).first()
        campaign = current(CommendationRound.objects.filter(identity=round_.identity)).first()
        if standing is None or campaign is None:
            raise Conflict(GONE)
        outcomes = current(ProposalOutcome.objects.filter(decision=standing))
        proposals = set(outcomes.values_list("proposal", flat=True))
        given = [one.row.pk for one in called_up(campaign) if one.proposal.identity in proposals]
        written = [key for key in outcomes.values_list("commendation", flat=True) if key is not None]
        if handed := handed_out({*given, *written}):
            what = f"Đã trao {len(handed)} khen thưởng của quyết định này ở hội nghị."
            how = "Nếu ghi nhầm, hãy bỏ đánh dấu đã trao ở trang của hội nghị trước."
            raise Refused([Problem("reason", f"{what} {how}")])
        numbers = CertificateNumber.objects.filter(round=campaign.identity, proposal__in=proposals)
        asides = CommendationOverride.objects.filter(
            round=campaign.identity, recorded_at=standing.recorded_at
        )
        current_act.note(
            decision=standing.decision_number,
            commended=_strike(Commendation.objects.filter(pk__in=given), said, current_act),
            numbers=_strike(numbers, said, current_act),
        )
        _strike(asides, said, current_act)
        _strike(outcomes, said, current_act)
        current_act.void(standing, said)
    return standing


def clear_campaign(round_: CommendationRound, act: Act, reason: str) -> None:
    """The campaign was voided: what was proposed, said and set aside in it goes with it, in the same act."""
    for model in (CommendationProposal, CouncilView, CommendationOverride):
        _strike(model._default_manager.filter(round=round_.identity), reason, act)


def _strike(rows: QuerySet[Any], reason: str, act: Act) -> int:
    return current(rows).update(voided_at=act.at, voided_by=act.by, void_reason=reason)
