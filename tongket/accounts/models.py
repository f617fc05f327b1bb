"""Users, and for which organisation with which duty each one acts."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from tongket.accounts.duties import DUTIES


class User(AbstractUser):
    """A person who uses the system. Rights come from assignments only, never from `is_staff`."""

    full_name = models.CharField("họ và tên", max_length=150, blank=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)

    def __str__(self) -> str:
        return self.full_name or self.username


class Assignment(models.Model):
    """A user acts for one organisation's subtree with one duty, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="assignments"
    )
    duty = models.CharField("nhiệm vụ", max_length=20, choices=DUTIES.choices)
    since = models.DateField("từ ngày")
    until = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        ordering = ("user", "organisation", "duty")
        constraints = (
            models.UniqueConstraint(fields=("user", "organisation", "duty", "since"), name="assignment_once"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.duty}"
