"""Papers received and issued, the plans issued for them, and the study sessions held."""

from django.db import models

from tongket.audit.models import Identified, Recorded
from tongket.core import codelists as codes
from tongket.core import worklists as lists
from tongket.organisations.models import Organisation


class Directive(Recorded, Identified):
    """A paper in an organisation's books: received from a body above, or issued by its own committee.

    `identity` outlives corrections: files, obligations and changes stand at it. `number` is the number in the symbol
    (None when it has none), `received_on` the day it was entered in the book (of an issued one: its own day).
    """

    book = models.CharField("sổ", max_length=10, choices=lists.BOOK.choices, default="received")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="directives")
    kind = models.CharField("loại văn bản", max_length=5, choices=codes.DOCUMENT_KIND.choices)
    symbol = models.CharField("số và ký hiệu", max_length=40)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    issuer_level = models.CharField("cấp ban hành", max_length=12, choices=codes.GIVER.choices)
    issued_on = models.DateField("ngày ban hành")
    subject = models.CharField("trích yếu", max_length=500)
    received_on = models.DateField("ngày nhận")
    needs_plan = models.BooleanField("phải ban hành văn bản triển khai", default=True)
    plan_due_on = models.DateField("hạn ban hành", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    effective_until = models.DateField("có hiệu lực đến", null=True, blank=True)

    class Meta:
        ordering = ("-received_on", "-id")
        indexes = (models.Index(fields=("organisation", "received_on")),)

    def __str__(self) -> str:
        return self.symbol


class Plan(Recorded, Identified):
    """A programme, plan or other paper that an organisation issued to carry out a directive."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="plans")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField("loại văn bản", max_length=5, choices=codes.DOCUMENT_KIND.choices)
    symbol = models.CharField("số và ký hiệu", max_length=40)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    issued_on = models.DateField("ngày ban hành")
    subject = models.CharField("trích yếu", max_length=500, blank=True)

    class Meta:
        ordering = ("-issued_on", "-id")

    def __str__(self) -> str:
        return self.symbol


class DirectiveChange(Recorded):
    """A paper was updated, replaced or revoked: on which day, by which paper of the book, and why.

    Both papers are named by their identity, so that a correction of either leaves the change in place.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    directive = models.UUIDField(db_index=True)
    by_directive = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField("thay đổi", max_length=10, choices=lists.PAPER_CHANGE.choices)
    on = models.DateField("từ ngày")
    reason = models.CharField("lý do", max_length=300)

    class Meta:
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class PlannedSession(Recorded, Identified):
    """A study session that is still to be held. What was held is a `StudySession` that points here."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="planned_sessions")
    directive = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField("loại", max_length=20, choices=codes.STUDY_KIND.choices, default="study")
    form = models.CharField("hình thức", max_length=10, choices=codes.STUDY_FORM.choices, default="direct")
    title = models.CharField("nội dung", max_length=400)
    planned_on = models.DateField("ngày dự kiến")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    sites = models.PositiveIntegerField("số điểm cầu", default=1)
    audience = models.CharField("đối tượng", max_length=200, blank=True)

    class Meta:
        ordering = ("planned_on", "id")

    def __str__(self) -> str:
        return self.title


class StudySession(Recorded, Identified):
    """A class, briefing or course held by an organisation, with the numbers attending.

    Attendance is a count for the meeting only; no person is named. Rule `study.base`: total, exempt and
    absent-with-reason are kept apart, the percentage is attended over (total - exempt).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="study_sessions")
    directive = models.ForeignKey(
        Directive, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    planned = models.UUIDField(
        null=True, blank=True, db_index=True
    )  # identity of the session that was planned
    kind = models.CharField("loại", max_length=20, choices=codes.STUDY_KIND.choices, default="study")
    form = models.CharField("hình thức", max_length=10, choices=codes.STUDY_FORM.choices, default="direct")
    title = models.CharField("nội dung", max_length=400)
    audience = models.CharField("đối tượng", max_length=200, blank=True)
    held_on = models.DateField("ngày tổ chức")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    sites = models.PositiveIntegerField("số điểm cầu", default=1)
    members_total = models.PositiveIntegerField("tổng số đảng viên")
    members_exempt = models.PositiveIntegerField("được miễn", default=0)
    members_excused = models.PositiveIntegerField("vắng có lý do", default=0)
    members_attended = models.PositiveIntegerField("đảng viên tham gia")
    others_attended = models.PositiveIntegerField("người ngoài Đảng tham gia", default=0)

    class Meta:
        ordering = ("-held_on", "-id")
        indexes = (models.Index(fields=("organisation", "held_on")),)

    def __str__(self) -> str:
        return self.title
