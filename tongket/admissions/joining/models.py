"""Candidates for admission (quần chúng ưu tú): who, with which mentors and papers, and what happened step by step.

Only what the pipeline needs is kept of a person who is not a member: no number, no address, no ethnicity, no opinion.
"""

from django.db import models

from tongket.audit.models import Cited, Identified, Recorded
from tongket.core import codelists as codes
from tongket.core import judging as lists
from tongket.members.models import Member
from tongket.organisations.models import Organisation


class Candidate(Recorded, Identified):
    """A person whom a cell has nominated for admission. What follows hangs at the identity.

    Once admitted, the `member` of the ceremony's step is the same person in the register.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="candidates")
    full_name = models.CharField("họ và tên", max_length=120)
    folded_name = models.CharField(max_length=120, db_index=True)
    sort_key = models.CharField(max_length=400, db_index=True)
    birth_date = models.DateField("ngày sinh")
    gender = models.CharField("giới tính", max_length=10, choices=codes.GENDER.choices)
    occupation = models.CharField("nghề nghiệp", max_length=20, choices=codes.OCCUPATION.choices, blank=True)
    youth_union = models.BooleanField("đoàn viên thanh niên", default=False)
    source_year = models.PositiveIntegerField("năm đưa vào nguồn")
    nominated_on = models.DateField("ngày chi bộ giới thiệu")

    class Meta:
        ordering = ("sort_key", "id")
        indexes = (models.Index(fields=("organisation", "nominated_on"), name="candidate_by_cell"),)
        constraints = (
            models.UniqueConstraint(
                fields=("identity",), condition=models.Q(voided_at__isnull=True), name="candidate_once"
            ),
        )

    def __str__(self) -> str:
        return self.full_name


class CandidateMentor(Recorded):
    """Who introduces and helps a candidate: an official member, or a body (Đoàn cơ sở) named in `body`.

    `together_since` is the day from which both work or live in the same unit (rule `adm.sponsor`).
    """

    candidate = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.CharField("tổ chức giới thiệu", max_length=200, blank=True)
    assigned_on = models.DateField("ngày phân công")
    together_since = models.DateField("cùng công tác, cư trú từ ngày", null=True, blank=True)

    class Meta:
        ordering = ("assigned_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("candidate", "member"),
                condition=models.Q(voided_at__isnull=True, member__isnull=False),
                name="candidate_mentor_once",
            ),
        )

    def __str__(self) -> str:
        return self.body or f"{self.member_id}"


class CandidatePaper(Recorded):
    """One paper of the file that is in hand, from a day. Which papers a file has is the rule `adm.papers`."""

    candidate = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField("giấy tờ", max_length=30)
    on = models.DateField("ngày nhận")

    class Meta:
        ordering = ("candidate", "on")
        constraints = (
            models.UniqueConstraint(
                fields=("candidate", "paper"),
                condition=models.Q(voided_at__isnull=True),
                name="candidate_paper_once",
            ),
        )

    def __str__(self) -> str:
        return self.paper


def votes(text: str) -> models.PositiveIntegerField:
    """A column for a number of votes or voters: counts only, nobody's own vote is kept."""
    return models.PositiveIntegerField(text, null=True, blank=True)


class CandidateStep(Recorded, Cited):
    """One thing that happened to a candidate. `organisation` is the cell whose books it belongs to.

    A vote keeps `base` (all official members of the cell on that day, rule `vote.base`), those present and the counts.
    `decision_number`, `decision_date` and `decision_body` are of the paper behind the step. The ceremony names the
    `member` whom it wrote into the register.
    """

    candidate = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="candidate_steps")
    kind = models.CharField("bước", max_length=12, choices=lists.CANDIDATE_STEP.choices)
    on = models.DateField("ngày")
    base = votes("số người có quyền biểu quyết")
    present = votes("số có mặt")
    agree = votes("tán thành")
    disagree = votes("không tán thành")
    days = models.PositiveSmallIntegerField("số ngày làm việc gia hạn", null=True, blank=True)
    reason = models.CharField(
        "lý do thôi xét", max_length=12, blank=True, choices=lists.CLOSING_REASON.choices
    )
    note = models.CharField("ghi chú", max_length=200, blank=True)
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="candidacies"
    )

    class Meta:
        ordering = ("candidate", "recorded_at", "id")
        indexes = (
            models.Index(fields=("candidate", "voided_at"), name="candidate_steps"),
            models.Index(fields=("organisation", "kind", "on"), name="candidate_step_day"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
