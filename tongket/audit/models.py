"""What was done and by whom: the append-only ledger, and the two-time columns that every record carries."""

import uuid

from django.conf import settings
from django.db import models


class LedgerEntry(models.Model):
    """One act or one sensitive reading. Rows are chained by SHA-256; the database refuses UPDATE and DELETE."""

    id = models.BigIntegerField(primary_key=True)  # position in the chain, from 1, without gaps
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=150, blank=True)
    action = models.CharField(max_length=60, db_index=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    organisation_code = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("subject_type", "subject_id")),)

    def __str__(self) -> str:
        return f"{self.id} {self.action}"


class Recorded(models.Model):
    """A record of the two-time kind: never overwritten, only voided with who, when and why."""

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    void_reason = models.CharField("lý do hủy", max_length=300, blank=True)
    # Where the record came from: "form", or "import 12 · Kết nạp!B7".
    origin = models.CharField("nguồn", max_length=120, blank=True)

    class Meta:
        abstract = True


class Identified(models.Model):
    """A record with an identity that outlives corrections: the row put in its place bears the same one.

    What stands at such a record (files, obligations, changes) names the identity and need not be moved.
    """

    identity = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)

    class Meta:
        abstract = True


class Cited(models.Model):
    """A record that rests on a paper: number and symbol, date, deciding body."""

    decision_number = models.CharField("số quyết định", max_length=40, blank=True)
    decision_date = models.DateField("ngày quyết định", null=True, blank=True)
    decision_body = models.CharField("cơ quan ban hành", max_length=200, blank=True)

    class Meta:
        abstract = True
