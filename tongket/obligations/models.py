"""What is asked of organisations below, one obligation each with its deadline, and what then happened to it."""

from django.conf import settings
from django.db import models

from tongket.audit.models import Identified, Recorded
from tongket.core import worklists as lists
from tongket.organisations.models import Organisation


class Demand(Recorded, Identified):
    """What an organisation asks of others in one act: a session, a paper, a report, a task.

    `about` is the identity of the directive or conference that it comes from (None: asked on its own);
    `about_label` says which in words. `numbers` are the names of the numbers that each report has to give.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="demands")
    about = models.UUIDField(null=True, blank=True, db_index=True)
    about_label = models.CharField("căn cứ", max_length=200, blank=True)
    kind = models.CharField("loại việc", max_length=10, choices=lists.OBLIGATION_KIND.choices)
    title = models.CharField("nội dung việc", max_length=300)
    text = models.CharField("yêu cầu cụ thể", max_length=2000, blank=True)
    numbers = models.JSONField(default=list, blank=True)
    asked_on = models.DateField("ngày giao")
    due_on = models.DateField("hạn")

    class Meta:
        ordering = ("-asked_on", "-id")
        indexes = (models.Index(fields=("organisation", "asked_on")),)

    def __str__(self) -> str:
        return self.title


class Obligation(Recorded, Identified):
    """One organisation's part of a demand. `due_on` is its first deadline and never changes.

    `deadline`, `state`, `fulfilled_on` and `last_step_on` are derived from the steps (`derive.py`) and repeat their
    end, so that a board of ten thousand needs no join; `./run check-data` makes them anew and compares.
    """

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="obligations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="obligations")
    due_on = models.DateField("hạn ban đầu")
    deadline = models.DateField("hạn hiện nay")
    state = models.CharField(
        "trạng thái", max_length=10, choices=lists.OBLIGATION_STATE.choices, default="received"
    )
    fulfilled_on = models.DateField("ngày báo cáo", null=True, blank=True)
    last_step_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("deadline", "id")
        indexes = (models.Index(fields=("organisation", "deadline")),)
        constraints = (
            models.UniqueConstraint(
                fields=("demand", "organisation"),
                condition=models.Q(voided_at__isnull=True),
                name="one_obligation_an_organisation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.demand_id} {self.organisation_id}"


class Step(Recorded, Identified):
    """Something that happened to an obligation: who and when for each state, each extension and reminder.

    `numbers` answers what the demand asks for: name -> number as text. `on_behalf`: entered by the office from
    paper, for an organisation that does not enter itself. Files stand at `identity`.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField("việc", max_length=10, choices=lists.STEP.choices)
    on = models.DateField("ngày")
    text = models.CharField("nội dung", max_length=2000, blank=True)
    numbers = models.JSONField(default=dict, blank=True)
    new_deadline = models.DateField("hạn mới", null=True, blank=True)
    on_behalf = models.BooleanField("nhập thay", default=False)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("obligation", "kind", "on"), name="step_by_obligation"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class ReminderRule(Recorded):
    """When an organisation's people are reminded: so many days before (negative) or after (positive) a deadline."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reminder_rules")
    kind = models.CharField(
        "loại việc", max_length=10, choices=lists.OBLIGATION_KIND.choices, blank=True
    )  # "" for every kind
    days = models.SmallIntegerField("số ngày so với hạn")

    class Meta:
        ordering = ("days",)

    def __str__(self) -> str:
        return f"{self.kind or '*'} {self.days:+d}"


class DigestMail(models.Model):
    """One daily letter to one user: claimed before it is sent, stamped after, so that a second run sends nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    on = models.DateField("ngày")
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    items = models.PositiveIntegerField("số việc", default=0)

    class Meta:
        ordering = ("-on", "user")
        constraints = (models.UniqueConstraint(fields=("user", "on"), name="one_digest_a_day"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.on}"


class CalendarFeed(models.Model):
    """The secret address under which a user's calendar program reads what is due. Only the secret's hash is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("lập lúc")
    revoked_at = models.DateTimeField("thôi dùng lúc", null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at}"
