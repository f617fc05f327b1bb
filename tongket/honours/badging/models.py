"""Proposals of badges and the decisions on them: each state is a row of its own, with the same identity."""

from django.db import models

from tongket.audit.models import Cited, Identified, Recorded
from tongket.core import judging as lists
from tongket.members.models import Member
from tongket.organisations.models import Organisation

#: States in which a proposal is still under way.
OPEN = ("proposed", "sent", "approved")


class BadgeDecision(Recorded, Cited):
    """The decision of the body above the register on proposals of one award day; `organisation` keeps the books.

    Who decides is the rule `badge.who`; the paper itself is cited, its text is not kept here.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    award_day = models.DateField("đợt trao")

    class Meta:
        ordering = ("-decision_date", "-id")

    def __str__(self) -> str:
        return self.decision_number


class BadgeProposal(Recorded, Identified):
    """A badge proposed for a member at an award day. A step forward voids the row and writes the next one.

    `organisation` is the member's cell, `holder` the body at which the proposal stands. A gravely ill member is marked
    by `ground` alone: what the illness is stays out of the register. `reason` says why it was refused or withdrawn.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="badge_proposals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField("mức Huy hiệu (năm tuổi Đảng)")
    award_day = models.DateField("đợt trao", db_index=True)
    ground = models.CharField("diện", max_length=12, choices=lists.BADGE_GROUND.choices)
    reached_on = models.DateField("ngày đủ năm tuổi Đảng")
    state = models.CharField("trạng thái", max_length=12, choices=lists.BADGE_STATE.choices)
    reason = models.CharField("lý do", max_length=300, blank=True)
    decision = models.ForeignKey(
        BadgeDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    awarded_on = models.DateField("ngày trao", null=True, blank=True)
    place = models.CharField("nơi trao", max_length=200, blank=True)

    class Meta:
        ordering = ("-mark", "member")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "mark"),
                condition=models.Q(voided_at__isnull=True, state__in=OPEN),
                name="badge_proposed_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.mark} năm · {self.member_id}"
