"""Drafts that were checked: the text as given and where the clerk had got to. Nothing of it enters the books."""

from django.conf import settings
from django.db import models

from tongket.organisations.models import Organisation


class Draft(models.Model):
    """A draft text under check; only who brought it sees it. It goes when its owner deletes it or after `KEEP_DAYS`."""

    KEEP_DAYS = 90

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    period = models.CharField("kỳ", max_length=20)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("tên bản thảo", max_length=200)
    text = models.TextField("nội dung")
    file = models.BinaryField("tệp gốc", null=True, blank=True)
    kind = models.CharField("loại tệp", max_length=5, default="txt")
    decisions = models.JSONField("đã xử lý", default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-changed_at",)

    def __str__(self) -> str:
        return self.name
