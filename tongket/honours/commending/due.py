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
    of the last year not handed out. Three questions, and one of the conferences."""
    return [*_to_propose(user, day), *_for_council(user, day), *_to_hand_out(user, day)]


def _to_propose(user: Any, day: date) -> list[DueItem]:
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
    rows = current(
        CommendationRound.objects.filter(
            organisation__in=above.values("ancestor"),
            opened_on__lte=day,
            propose_by__gte=day - timedelta(days=30),
        ).exclude(Exists(done))
    )
    return [
        DueItem(
            _("Đề nghị khen thưởng: %(name)s") % {"name": row.name},
            reverse("honours:commending", args=[row.pk]),
            row.propose_by,
            row.propose_by is not None and row.propose_by < day,
        )
        for row in rows
    ]


def _for_council(user: Any, day: date) -> list[DueItem]:
    viewed = current(CouncilView.objects.filter(proposal=OuterRef("identity")))
    decided = current(ProposalOutcome.objects.filter(proposal=OuterRef("identity")))
    waiting = current(
        CommendationProposal.objects.filter(~Exists(viewed), ~Exists(decided), round=OuterRef("identity"))
    )
    rows = current(
        CommendationRound.objects.filter(
            Exists(waiting), organisation__in=visible_to(user, "honour.write"), opened_on__lte=day
        )
    )
    return [
        DueItem(
            _("Hội đồng xét các đề nghị khen thưởng: %(name)s") % {"name": row.name},
            reverse("honours:commending_council", args=[row.pk]),
            row.council_by,
            row.council_by is not None and row.council_by < day,
        )
        for row in rows
    ]


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
