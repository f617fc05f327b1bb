"""Plans of a reorganisation and what was seen when their effects were worked out."""

from typing import Literal

from django.conf import settings
from django.db import models

from tongket.organisations.models import Organisation

State = Literal["draft", "done", "undone"]


class ReformPlan(models.Model):
    """Several steps on organisations that one decision brings about on one day, carried out as one act.

    A working paper until then: it may be changed freely, nothing of it is in the register. `steps` are the plain form
    of `steps.Step`. `done_at` is the moment of the act, by which all that it wrote is found again.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reform_plans")
    title = models.CharField("tên phương án", max_length=200)
    on = models.DateField("có hiệu lực từ ngày")
    decision_number = models.CharField("số quyết định", max_length=40, blank=True)
    decision_date = models.DateField("ngày quyết định", null=True, blank=True)
    decision_body = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    steps = models.JSONField(default=list)
    row_version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)
    done_at = models.DateTimeField("thực hiện lúc", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    granted = models.JSONField(default=list)  # keys of assignments given with it (`rights`)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undo_reason = models.CharField("lý do hoàn tác", max_length=300, blank=True)

    class Meta:
        ordering = ("-changed_at",)

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> State:
        """Draft, done, or done and taken back."""
        if self.undone_at is not None:
            return "undone"
        return "done" if self.done_at is not None else "draft"


class ReformPreview(models.Model):
    """The effects of a plan as one user was shown them: figures are those that this user may read.

    `ledger` is the number of the last entry of the ledger then: with a later one the effects may be others. `digest`
    is of what the plan does to people and organisations; carrying out another than was seen is refused.
    """

    plan = models.ForeignKey(ReformPlan, on_delete=models.CASCADE, related_name="previews")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    plan_version = models.PositiveIntegerField()
    at = models.DateTimeField()
    ledger = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "user"), name="reform_preview_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.at}"
