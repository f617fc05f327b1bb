"""Report templates that an office edits in Word and hands back."""

from django.conf import settings
from django.db import models

from tongket.organisations.models import Organisation


class ReportTemplate(models.Model):
    """A Word template of one organisation. The latest one that is not withdrawn is used; none: the built-in one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="report_templates")
    name = models.CharField("tên mẫu", max_length=150)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.name
