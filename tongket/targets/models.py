"""Targets assigned from above or set by an organisation's own resolution, and shared out below."""

from django.db import models

from tongket.audit.models import Cited, Recorded
from tongket.core import codelists as codes
from tongket.core.dates import FOREVER
from tongket.organisations.models import Organisation


class Target(Recorded, Cited):
    """For one indicator and period, what an organisation has to reach; in force from a day to a day.

    A change in mid-year ends the old value on the day of the new decision; both stay.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="targets")
    indicator = models.CharField("chỉ số", max_length=80)
    period = models.CharField("kỳ", max_length=20)
    period_start = models.DateField()
    period_end = models.DateField()
    giver = models.CharField("bên giao", max_length=10, choices=codes.TARGET_GIVER.choices, default="above")
    giver_name = models.CharField("cơ quan giao", max_length=200, blank=True)
    value = models.DecimalField("mức giao", max_digits=14, decimal_places=2)
    valid_from = models.DateField("có hiệu lực từ ngày")
    valid_to = models.DateField("đến ngày", default=FOREVER)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ("-period_end", "indicator", "organisation")
        indexes = (models.Index(fields=("organisation", "indicator", "period")),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"
