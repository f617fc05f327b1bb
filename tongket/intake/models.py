"""Workbooks brought in: what came, from whom, and what became of it."""

from django.conf import settings
from django.db import models


class ImportBatch(models.Model):
    """One workbook of one kind. `committed_at` is empty while it has only been rehearsed."""

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

    class Meta:
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
