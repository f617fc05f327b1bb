"""Cases of discipline: what is looked into, what happened in it, appeals, who sealed it. Facts only, no words spoken.

What belongs to a case names its identity, so that correcting the case moves nothing. The discipline that comes of it is
a record of `inspections`, which names the case in turn.
"""

import re
from datetime import date

from django.db import models

from tongket.audit.models import Cited, Identified, Recorded
from tongket.core import codelists as codes
from tongket.core import judging as lists
from tongket.core.dates import BadDate, parse_date
from tongket.inspections.models import SealedAccess
from tongket.members.models import Member
from tongket.organisations.models import Organisation

__all__ = ["Appeal", "AppealAnswer", "Case", "CaseSeal", "CaseStep", "SealedAccess", "days_in"]


def days_in(text: str) -> list[date]:
    """The days written in one box, separated by semicolons, commas or lines, in order. Raises `BadDate`."""
    parts = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
    if not parts:
        raise BadDate("Chưa có ngày vi phạm. Hãy ghi ít nhất một ngày, ví dụ 15/03/2023.")
    return sorted({parse_date(part) for part in parts})


class Case(Recorded, Identified):
    """A breach looked into with a view to discipline: of a member (then `organisation` is the cell on the opening day)
    or, without a member, of the organisation itself.

    `state` and `ended_on` repeat the steps. `first_act_on` and `last_act_on` repeat `act_days`. `sealed` is a matter of
    access and not of record: it is the same on every row of an identity, voided ones too.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    ground = models.CharField("nội dung vi phạm", max_length=12, choices=codes.DISCIPLINE_GROUND.choices)
    summary = models.CharField("tóm tắt vi phạm", max_length=500, blank=True)
    act_days = models.CharField("các ngày vi phạm", max_length=300)
    first_act_on = models.DateField(editable=False)
    last_act_on = models.DateField(editable=False)
    harm = models.BooleanField("vi phạm không áp dụng thời hiệu", default=False)
    opened_on = models.DateField("ngày bắt đầu xem xét")
    concluded_on = models.DateField("ngày kết luận vi phạm", null=True, blank=True)
    body = models.CharField("cơ quan xem xét", max_length=200)
    body_level = models.CharField("cấp xem xét", max_length=15, choices=lists.CASE_BODY.choices)
    source = models.CharField("nguồn", max_length=12, choices=lists.CASE_SOURCE.choices)
    source_identity = models.UUIDField(null=True, blank=True, editable=False)  # of an inspection
    state_decided_on = models.DateField("ngày quyết định của cơ quan nhà nước", null=True, blank=True)
    state_told_on = models.DateField("ngày tổ chức đảng nhận thông báo", null=True, blank=True)
    committee_member = models.BooleanField("là cấp ủy viên", default=False)
    task_from_above = models.BooleanField("vi phạm khi làm nhiệm vụ cấp trên giao", default=False)
    sealed = models.BooleanField("niêm phong", default=False)
    state = models.CharField(max_length=10, choices=lists.CASE_STATE.choices, default="open")
    ended_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-opened_on", "-id")
        indexes = (models.Index(fields=("organisation", "opened_on")),)

    def __str__(self) -> str:
        return f"{self.ground} {self.opened_on}"

    @property
    def acts_on(self) -> list[date]:
        """The days of the acts."""
        return days_in(self.act_days)

    @property
    def of_member(self) -> bool:
        """Whether the case is about a member, not about an organisation."""
        return self.member_id is not None

    @property
    def subject_name(self) -> str:
        """Whom the case is about."""
        return self.member.full_name if self.member is not None else self.organisation.name


class CaseStep(Recorded, Cited):
    """One step of a case; `case` is its identity. Votes are counts only; a statement received is a day only.

    `entitled` is the base: everybody entitled to vote, present or not.
    """

    case = models.UUIDField(db_index=True)
    kind = models.CharField("bước", max_length=20, choices=lists.CASE_STEP.choices)
    on = models.DateField("ngày")
    form = models.CharField(
        "hình thức kỷ luật", max_length=12, blank=True, choices=codes.DISCIPLINE_FORM.choices
    )
    level = models.CharField("cấp", max_length=15, blank=True, choices=lists.CASE_BODY.choices)
    entitled = models.PositiveIntegerField("số người có quyền biểu quyết", null=True, blank=True)
    agree = models.PositiveIntegerField("tán thành", null=True, blank=True)
    disagree = models.PositiveIntegerField("không tán thành", null=True, blank=True)
    secret = models.BooleanField("bỏ phiếu kín", default=False)
    reason = models.CharField("lý do", max_length=12, blank=True, choices=lists.CASE_CLOSING.choices)

    class Meta:
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Appeal(Recorded, Identified):
    """An appeal (khiếu nại) against the decision of a case; `due_on` is the last day to answer it, by rule."""

    case = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField("ngày nhận khiếu nại")
    level = models.CharField("cấp giải quyết", max_length=12, choices=lists.APPEAL_LEVEL.choices)
    body = models.CharField("cơ quan giải quyết", max_length=200)
    due_on = models.DateField(editable=False)

    class Meta:
        ordering = ("received_on", "id")

    def __str__(self) -> str:
        return f"{self.level} {self.received_on}"


class AppealAnswer(Recorded, Cited):
    """What an appeal (by its identity) ended in; `form` is the new form where it was changed."""

    appeal = models.UUIDField(db_index=True)
    case = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("ngày quyết định")
    outcome = models.CharField("kết quả", max_length=10, choices=lists.APPEAL_OUTCOME.choices)
    form = models.CharField("hình thức mới", max_length=12, blank=True, choices=codes.DISCIPLINE_FORM.choices)

    class Meta:
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.outcome} {self.on}"


class CaseSeal(Recorded):
    """A case was sealed or unsealed, with the reason. The reason is read only by those who may read the case."""

    case = models.UUIDField(db_index=True)
    sealed = models.BooleanField()
    reason = models.CharField("lý do", max_length=300)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case} {self.sealed}"
