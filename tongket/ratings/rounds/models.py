"""A rating round: its list, the chain of each on it, what was set aside with a reason, and the decision.

The decided level of each is an `OrganisationRating` or `MemberRating`, written when the round is decided.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from tongket.audit.models import Cited, Identified, Recorded
from tongket.core import codelists as codes
from tongket.core import judging as lists
from tongket.members.models import Member
from tongket.organisations.models import Organisation

RATED_LEVELS = [choice for choice in codes.RATING_LEVEL.choices if choice[0] != "not_rated"]


class RatingRound(Recorded, Identified):
    """One round: `organisation` rates the bodies directly below it, or the members of its cells, for a period.

    `parent` is the round of the level above in which this one was opened. The four days are the plan of the year:
    no rule fixes them (`rate.deadline`).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rating_rounds")
    subject = models.CharField("đối tượng", max_length=15, choices=lists.RATED.choices)
    period = models.CharField("kỳ", max_length=20)
    period_end = models.DateField()
    opened_on = models.DateField("ngày mở đợt")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="rounds_below"
    )
    self_by = models.DateField("hạn tự đánh giá", null=True, blank=True)
    vote_by = models.DateField("hạn biểu quyết ở chi bộ", null=True, blank=True)
    appraise_by = models.DateField("hạn thẩm định", null=True, blank=True)
    decide_by = models.DateField("hạn quyết định", null=True, blank=True)
    cap_base = models.CharField("cách tính mức trần xuất sắc", max_length=12, choices=lists.CAP_BASE.choices)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ("-period_end", "organisation", "subject")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "period", "subject"),
                condition=models.Q(voided_at__isnull=True),
                name="rating_round_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.period} {self.subject}"


class RatingCandidate(Recorded, Identified):
    """One on the round's list: the body rated, or a member in the cell of the period's last day.

    The row that takes its place when the list changes bears the same identity: scanned self-reviews stand at it.

    `reason` says why he or she is on the list without being rated (rule `rate.excluded`), blank for all to be rated.
    `group` names the group of like function in which the cap on excellent is counted.
    """

    round = models.ForeignKey(RatingRound, on_delete=models.PROTECT, related_name="candidates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.CharField("nhóm", max_length=60, blank=True)
    reason = models.CharField(
        "lý do chưa đánh giá", max_length=20, blank=True, choices=codes.NOT_RATED_REASON.choices
    )
    reason_note = models.CharField("ghi rõ", max_length=200, blank=True)

    class Meta:
        ordering = ("round", "organisation", "member")
        indexes = (models.Index(fields=("round", "organisation", "voided_at")),)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "organisation"),
                condition=models.Q(voided_at__isnull=True, member__isnull=True),
                name="rating_candidate_body_once",
            ),
            models.UniqueConstraint(
                fields=("round", "member"),
                condition=models.Q(voided_at__isnull=True, member__isnull=False),
                name="rating_candidate_member_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.member or self.organisation)


def _votes(text: str) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(text, null=True, blank=True)


class RatingStep(Recorded):
    """One link of the chain of one candidate. A vote is kept as counts only; nobody's own vote or words are kept.

    `base` are all who were entitled (rule `vote.base`). `body` names who gave an opinion: a body, never a person.
    """

    candidate = models.ForeignKey(RatingCandidate, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField("bước", max_length=10, choices=lists.RATING_STAGE.choices)
    body = models.CharField("cơ quan, tổ chức cho ý kiến", max_length=200, blank=True)
    on = models.DateField("ngày")
    level = models.CharField("mức", max_length=12, choices=RATED_LEVELS)
    score = models.DecimalField(
        "điểm (thang 100)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=(MinValueValidator(0), MaxValueValidator(100)),
    )
    base = _votes("số người có quyền biểu quyết")
    excellent = _votes("phiếu xuất sắc")
    good = _votes("phiếu tốt")
    completed = _votes("phiếu hoàn thành")
    failed = _votes("phiếu không hoàn thành")
    remedied = models.BooleanField("khuyết điểm tự phát hiện, đã khắc phục", default=False)

    class Meta:
        ordering = ("candidate", "recorded_at", "id")
        indexes = (models.Index(fields=("candidate", "stage", "voided_at")),)
        constraints = (
            models.UniqueConstraint(
                fields=("candidate", "stage", "body"),
                condition=models.Q(voided_at__isnull=True),
                name="rating_step_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.stage} {self.level}"


class RatingSpecial(Recorded):
    """A special case: the candidate's excellent rating is left out of the cap; its author is `recorded_by`."""

    candidate = models.ForeignKey(RatingCandidate, on_delete=models.PROTECT, related_name="specials")
    reason = models.CharField("lý do", max_length=300)

    def __str__(self) -> str:
        return f"{self.candidate_id}"


class RatingOverride(Recorded):
    """An automatic check that was looked at and set aside for one candidate, with the written reason."""

    candidate = models.ForeignKey(RatingCandidate, on_delete=models.PROTECT, related_name="overrides")
    check_code = models.CharField("kiểm tra", max_length=40)
    reason = models.CharField("lý do", max_length=300)

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.check_code}"


class RoundDecision(Recorded, Cited):
    """The round is decided: its ratings are written, its chain is closed; `verdict` keeps what the caps said then."""

    round = models.ForeignKey(RatingRound, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.JSONField(default=dict)
    rules = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("round",),
                condition=models.Q(voided_at__isnull=True),
                name="rating_round_decided_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.decision_number}"
