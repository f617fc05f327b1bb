"""What happens in and after a member's probation, step by step; whose probation it is says the register."""

from django.db import models

from tongket.admissions.joining.models import votes
from tongket.audit.models import Cited, Recorded
from tongket.core import judging as lists
from tongket.members.models import Member, MemberEvent
from tongket.organisations.models import Organisation


class ProbationStep(Recorded, Cited):
    """One thing that happened: helper assigned, vote of the cell (counts only), decision, proposal to remove.

    `ceremony_on` ties the step to one probation: who is re-admitted begins another. The decision names the `event`
    that it wrote into the register.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="probation_steps")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="probation_steps")
    ceremony_on = models.DateField("ngày bắt đầu dự bị")
    kind = models.CharField("bước", max_length=12, choices=lists.PROBATION_STEP.choices)
    on = models.DateField("ngày")
    helper = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    base = votes("số người có quyền biểu quyết")
    present = votes("số có mặt")
    agree = votes("tán thành")
    disagree = votes("không tán thành")
    days = models.PositiveSmallIntegerField("số ngày làm việc gia hạn", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=200, blank=True)
    event = models.ForeignKey(MemberEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("member", "recorded_at", "id")
        indexes = (
            models.Index(fields=("member", "voided_at"), name="probation_steps"),
            models.Index(fields=("organisation", "kind", "on"), name="probation_step_day"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
