"""Conferences: called, attended, run by their agenda, voted, concluded. No person's words or votes are kept."""

from datetime import date, datetime

from django.db import models
from django.utils import timezone

from tongket.audit.models import Identified, Recorded
from tongket.core import worklists as lists
from tongket.core.dates import format_date
from tongket.members.models import Member
from tongket.organisations.models import Organisation


def moment_text(value: datetime) -> str:
    """`13:30 28/12/2023`, in the office's own time."""
    local = timezone.localtime(value)
    return f"{local:%H:%M} {format_date(local.date())}"


class Conference(Recorded, Identified):
    """One conference of an organisation. `state` repeats the last of its moments."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="conferences")
    kind = models.CharField("loại hội nghị", max_length=12, choices=lists.CONFERENCE_KIND.choices)
    title = models.CharField("tên hội nghị", max_length=300)
    starts_at = models.DateTimeField("bắt đầu")
    ends_at = models.DateTimeField("dự kiến kết thúc", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200)
    chairs = models.CharField("chủ trì", max_length=300)
    secretary = models.CharField("thư ký", max_length=200, blank=True)
    note = models.CharField("lưu ý trong giấy mời", max_length=500, blank=True)
    majority = models.CharField(
        "cách tính biểu quyết", max_length=12, choices=lists.MAJORITY.choices, default="over_half"
    )
    state = models.CharField(max_length=10, choices=lists.CONFERENCE_STATE.choices, default="draft")

    class Meta:
        ordering = ("-starts_at", "-id")
        indexes = (models.Index(fields=("organisation", "starts_at")),)

    def __str__(self) -> str:
        return self.title

    @property
    def on(self) -> date:
        """The day of the conference: whoever holds a post that day is called by it."""
        return timezone.localtime(self.starts_at).date()

    def get_starts_at_display(self) -> str:
        """Hour and day, as the page writes them."""
        return moment_text(self.starts_at)

    def get_ends_at_display(self) -> str:
        """Hour and day, as the page writes them."""
        return moment_text(self.ends_at) if self.ends_at else ""


class Moment(Recorded):
    """What moved a conference on: called, opened, closed; `at` is when it happened."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="moments")
    kind = models.CharField(max_length=10, choices=lists.CONFERENCE_STATE.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class AgendaItem(Recorded, Identified):
    """One item of the agenda tree; its number (1, 1.1, 2) follows from parent and position. Papers at `identity`."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="items")
    parent = models.UUIDField(null=True, blank=True)  # identity of the item above
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField("nội dung", max_length=400)
    presenter = models.CharField("người trình bày", max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField("số phút", null=True, blank=True)
    directive = models.UUIDField(
        null=True, blank=True
    )  # identity of the paper that is studied under this item

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title


class Invitation(Recorded, Identified):
    """One person called to a conference, by the post held on its day or by hand.

    `voting`: of those whose number is the base of quorum and majority. `code` is the secret of the QR card, `number`
    the short one on the seat card. `organisation`: whom the person comes for. A guest has no `member`.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="invitations")
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("họ và tên", max_length=120)
    post = models.CharField("chức vụ", max_length=300)
    rule = models.CharField(
        "thành phần", max_length=30, blank=True
    )  # of conferences.roles; "" invited by hand
    voting = models.BooleanField("có quyền biểu quyết", default=False)
    number = models.PositiveIntegerField("số")
    code = models.CharField(max_length=24)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("conference", "number"),
                condition=models.Q(voided_at__isnull=True),
                name="one_number_an_invitation",
            ),
            models.UniqueConstraint(
                fields=("conference", "member"),
                condition=models.Q(voided_at__isnull=True, member__isnull=False),
                name="one_invitation_a_member",
            ),
            # The card of a corrected invitation stays good: the row put in its place bears the same code.
            models.UniqueConstraint(
                fields=("code",), condition=models.Q(voided_at__isnull=True), name="one_code_an_invitation"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Reply(Recorded):
    """An answer to an invitation; the last standing one holds. A substitute is named in words."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField("trả lời", max_length=10, choices=lists.REPLY.choices)
    reason = models.CharField("lý do", max_length=200, blank=True)
    substitute = models.CharField("người đi thay", max_length=200, blank=True)
    on = models.DateField("ngày")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.answer


class Attendance(Recorded):
    """Present, or absent with or without reason: one standing row an invitation. For the meeting only (M8)."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="attendances")
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField("có mặt", max_length=10, choices=lists.ATTENDANCE.choices)
    at = models.DateTimeField()
    how = models.CharField(max_length=10, default="list")  # qr | number | photo | list
    reason = models.CharField("lý do", max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("invitation",),
                condition=models.Q(voided_at__isnull=True),
                name="one_attendance_an_invitation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.state}"


class Floor(Recorded):
    """What went on in the hall: an item opened or ended, a speaker called or ended. Names and times, no words."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="floor")
    item = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=12)  # item_start | item_end | queued | speak_start | speak_end
    speaker = models.CharField("người phát biểu", max_length=200, blank=True)
    topic = models.CharField("chủ đề", max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class Vote(Recorded):
    """A vote as counts only. `entitled` is the base, fixed when the vote was taken; the outcome follows from it."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="votes")
    item = models.UUIDField(null=True, blank=True)
    question = models.CharField("nội dung biểu quyết", max_length=400)
    majority = models.CharField("cách tính", max_length=12, choices=lists.MAJORITY.choices)
    entitled = models.PositiveIntegerField("số người có quyền biểu quyết")
    present = models.PositiveIntegerField("số người có mặt")
    agree = models.PositiveIntegerField("tán thành")
    disagree = models.PositiveIntegerField("không tán thành", default=0)
    abstain = models.PositiveIntegerField("không có ý kiến", default=0)
    secret = models.BooleanField("bỏ phiếu kín", default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.question


class Conclusion(Recorded, Identified):
    """What the conference concluded; with owners and a deadline it becomes a demand (`obligations`)."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="conclusions")
    item = models.UUIDField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("kết luận", max_length=1000)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text[:80]


class HandedOut(Recorded):
    """A commendation handed over at a conference. Its key is plain: honours and conferences do not import each other.

    `label` is the recipient as read out, so that the record stays true after a correction of the commendation.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="handed_out")
    commendation = models.PositiveBigIntegerField()
    label = models.CharField("tập thể, cá nhân", max_length=400)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("commendation",),
                condition=models.Q(voided_at__isnull=True),
                name="handed_out_once",
            ),
        )

    def __str__(self) -> str:
        return self.label
