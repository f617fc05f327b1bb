"""Workbooks brought in: what came, from whom, and what became of it."""

from django.conf import settings
from django.db import models

from tongket.audit.models import Recorded
from tongket.intake.reconcile.models import DecisionBatch, Difference, FieldDecision, Reconciliation

__all__ = [
    "ColumnMapping",
    "DecisionBatch",
    "Difference",
    "FieldDecision",
    "ImportBatch",
    "ReceivedMessage",
    "Reconciliation",
]


class ImportBatch(models.Model):
    """One workbook of one kind. `committed_at` is empty while it has only been rehearsed.

    `people`: who the persons described in it are, by the sign of the description (`intake.rows.doubts`): what the user
    chose while it waits, whom each stands for once it is brought in. `undone_at`: its act was taken back whole.
    """

    kind = models.CharField("loại", max_length=20)
    file_name = models.CharField("tệp", max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)  # kept until committed, for the second step on the page
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    committed_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    people = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undo_reason = models.CharField("lý do", max_length=300, blank=True)

    class Meta:
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"


class ColumnMapping(Recorded):
    """What a user said of the headers of one source: `fields` by bare header ("" for none), `values` for every row.

    `signature` tells the source by its whole header row. Each user's own; said again, the former row is voided.
    """

    kind = models.CharField("loại", max_length=20)
    sheet = models.CharField("trang", max_length=40)
    signature = models.CharField(max_length=64)
    fields = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    file_name = models.CharField("tệp", max_length=255, blank=True)

    class Meta:
        ordering = ("-recorded_at",)
        indexes = (models.Index(fields=("kind", "signature")),)

    def __str__(self) -> str:
        return f"{self.sheet} {self.signature[:8]}"


class ReceivedMessage(Recorded):
    """An edXML message that was taken in. Every message is a row of its own, also one about a paper known already.

    Sender and `document_id` together name the paper on the exchange; `directive` is the identity of what stands for it
    in the book. `sha256` is that of the file as it came, which is kept with the directive.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="received_messages"
    )
    sender = models.CharField("mã cơ quan gửi", max_length=100)
    document_id = models.CharField("mã văn bản", max_length=300)
    business_type = models.PositiveSmallIntegerField("nghiệp vụ")  # of intake.edxml.message.Business
    sha256 = models.CharField(max_length=64, db_index=True)
    directive = models.UUIDField(db_index=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("organisation", "sender", "document_id")),)

    def __str__(self) -> str:
        return f"{self.sender} {self.document_id}"
