"""Badges for years in the Party, and commendations of collectives and individuals."""

from django.db import models

from tongket.audit.models import Cited, Recorded
from tongket.core import codelists as codes
from tongket.honours.commending.models import (
    CertificateLayout,
    CertificateNumber,
    CommendationDecision,
    CommendationOverride,
    CommendationProposal,
    CommendationRound,
    CommendationTitle,
    CouncilView,
    ProposalOutcome,
)
from tongket.members.models import Member
from tongket.organisations.models import Organisation

__all__ = [
    "BadgeAward",
    "CertificateLayout",
    "CertificateNumber",
    "Commendation",
    "CommendationDecision",
    "CommendationOverride",
    "CommendationProposal",
    "CommendationRound",
    "CommendationTitle",
    "CouncilView",
    "ProposalOutcome",
]


class BadgeAward(Recorded, Cited):
    """A Party badge (Huy hiệu Đảng) given to a member on an award day; `organisation` is the cell on that day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="badges")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="badges")
    mark = models.PositiveSmallIntegerField("mức Huy hiệu (năm tuổi Đảng)")
    round = models.CharField("đợt", max_length=6, choices=codes.AWARD_ROUND.choices)
    awarded_on = models.DateField("ngày trao")
    number = models.CharField("số Huy hiệu", max_length=20, blank=True)
    early = models.BooleanField("trao sớm", default=False)
    posthumous = models.BooleanField("truy tặng", default=False)

    class Meta:
        ordering = ("-awarded_on", "member")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "mark"), condition=models.Q(voided_at__isnull=True), name="badge_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.mark} năm"


class Commendation(Recorded, Cited):
    """A commendation of a collective or an individual; `organisation` is the body whose year it adorns.

    The recipient is an organisation of the tree, a member, or a name (an office or a non-member).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="commendations")
    recipient_kind = models.CharField("đối tượng", max_length=12, choices=codes.RECIPIENT.choices)
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="commendations"
    )
    recipient_name = models.CharField("tên tập thể, cá nhân", max_length=200, blank=True)
    form = models.CharField("hình thức", max_length=12, choices=codes.COMMENDATION_FORM.choices)
    giver = models.CharField("cấp khen", max_length=12, choices=codes.GIVER.choices)
    reason = models.CharField("thành tích", max_length=300, blank=True)
    period = models.CharField("kỳ thành tích", max_length=20)
    period_end = models.DateField()
    decided_on = models.DateField("ngày khen thưởng")
    # The identity of the title of a campaign (`CommendationTitle`), where one was decided in it.
    title = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-decided_on", "recipient_kind", "id")

    def __str__(self) -> str:
        return self.recipient_name or str(self.member_id or self.organisation_id)
