"""Programs that may read, and the tokens they show."""

from django.conf import settings
from django.db import models

from tongket.organisations.models import Organisation


class ApiClient(models.Model):
    """A program that reads from outside. What it may read is said by the assignments of its account.

    The account has no password and no way in but the token; `organisation` is the top of all its assignments.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_client")
    name = models.CharField("tên phần mềm", max_length=120)
    purpose = models.CharField("dùng để làm gì, ai phụ trách", max_length=300)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="api_clients")
    made_at = models.DateTimeField("lập lúc")
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """One token of a program. Only its hash is kept; `start` are its first letters, to tell tokens apart.

    `last_used_at` is written once a minute at most.
    """

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="tokens")
    start = models.CharField("bắt đầu bằng", max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("cấp lúc")
    expires_on = models.DateField("dùng đến hết ngày")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    last_used_at = models.DateTimeField("dùng lần cuối", null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.start
