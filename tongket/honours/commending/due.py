"""What is due in campaigns of commendations, for whoever may write honours: proposals, the council, handing out."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.records import current
from tongket.core.dueitems import DueItem
from tongket.honours.commending.giving.handed import handed_out
from tongket.honours.commending.models import (
    CertificateNumber,
    CommendationProposal,
    CommendationRound,
    CouncilView,
    ProposalOutcome,
)
from tongket.organisations.models import OrganisationPath
from tongket.organisations.queries import assignments_of, visible_to

#: Certificates not handed out are asked after for so long.
_DAYS = 365
_MOST = 2_000


def due_items(user: Any, day: date) -> list[DueItem]:
    """Campaigns that the user's own organisations have not answered, proposals that wait for the council, certificates
    of the last year not handed out. Two questions, and one of the conferences."""
    return [*_campaigns(user, day), *_to_hand_out(user, day)]


def _campaigns(user: Any, day: date) -> list[DueItem]:
    rows = current(CommendationRound.objects.filter(opened_on__lte=day)).annotate(
        unanswered=_unanswered(user, day), for_council=_for_council(user)
    )
    found = []
    for row in rows.filter(Q(unanswered=True) | Q(for_council=True)):
        if row.unanswered:
            found.append(_item(_("Đề nghị khen thưởng: %(name)s"), "commending", row, row.propose_by, day))
        if row.for_council:
            text = _("Hội đồng xét các đề nghị khen thưởng: %(name)s")
            found.append(_item(text, "commending_council", row, row.council_by, day))
    return found


def _item(text: str, page: str, row: CommendationRound, by: date | None, day: date) -> DueItem:
    late = by is not None and by < day
    return DueItem(text % {"name": row.name}, reverse(f"honours:{page}", args=[row.pk]), by, late)


def _unanswered(user: Any, day: date) -> Q:
    """Open campaigns of a body above an organisation of the user's assignment, which proposed nothing yet."""
    own = assignments_of(user, "honour.write").values("organisation")
    above = OrganisationPath.objects.filter(
        descendant__in=own, depth__gt=0, voided_at__isnull=True, valid_to=F("descendant__ends_on")
    )
    done = current(
        CommendationProposal.objects.filter(
            round=OuterRef("identity"), proposed_by__in=visible_to(user, "honour.write")
        )
    )
    open_still = Q(propose_by__gte=day - timedelta(days=30), propose_by__isnull=False)
    return open_still & Q(organisation__in=above.values("ancestor")) & Q(~Exists(done))


def _for_council(user: Any) -> Q:
    """Campaigns of the user's organisations with proposals that no council has seen and no decision has judged."""
    viewed = current(CouncilView.objects.filter(proposal=OuterRef("identity")))
    decided = current(ProposalOutcome.objects.filter(proposal=OuterRef("identity")))
    waiting = current(
        CommendationProposal.objects.filter(~Exists(viewed), ~Exists(decided), round=OuterRef("identity"))
    )
    return Q(organisation__in=visible_to(user, "honour.write")) & Q(Exists(waiting))


def _to_hand_out(user: Any, day: date) -> list[DueItem]:
    outcome = current(ProposalOutcome.objects.filter(proposal=OuterRef("proposal")))
    rows = current(
        CertificateNumber.objects.filter(
            Q(issued_on__lte=day, issued_on__gte=day - timedelta(days=_DAYS)),
            organisation__in=visible_to(user, "honour.write"),
        )
    ).annotate(commendation=outcome.values("commendation")[:1])
    keys = [key for key in rows.values_list("commendation", flat=True)[:_MOST] if key is not None]
    left = len(keys) - len(handed_out(keys)) if keys else 0
    if not left:
        return []
    text = _("%(count)d giấy khen đã vào sổ, chưa trao") % {"count": left}
    return [DueItem(text, reverse("honours:commending_list"))]
