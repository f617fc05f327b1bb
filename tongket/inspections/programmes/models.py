"""The yearly programme of inspection and supervision: one an acting body and year, its items, its changes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from tongket.audit.models import Cited, Identified, Recorded
from tongket.core import judging as lists
from tongket.organisations.models import Organisation


class Programme(Recorded, Identified, Cited):
    """What one acting body of an organisation is to inspect in a year.

    `organisation` is the Party organisation whose body acts, `subject` which of its bodies (rule `insp.bodies`),
    `body` the name where the code does not say it (an advisory body). Without a paper it is still being written.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    subject = models.CharField("chủ thể", max_length=12, choices=lists.INSPECTION_SUBJECT.choices)
    body = models.CharField("tên cơ quan", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(
        "năm", validators=(MinValueValidator(1976), MaxValueValidator(2100))
    )

    class Meta:
        ordering = ("-year", "organisation", "subject", "body")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "subject", "body", "year"),
                condition=models.Q(voided_at__isnull=True),
                name="inspection_programme_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.subject} {self.year}"


class ProgrammeChange(Recorded):
    """A paper changed the programme in mid-year: what came in bears its moment, what fell out is voided in it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField("ngày điều chỉnh")
    number = models.CharField("số văn bản điều chỉnh", max_length=40)
    reason = models.CharField("lý do điều chỉnh", max_length=300)

    class Meta:
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.programme_id} {self.on}"


class ProgrammeItem(Recorded, Identified):
    """One inspection or supervision that the programme wants; `planned_on`: by when. Inspections name its identity."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    kind = models.CharField("loại", max_length=12, choices=lists.INSPECTION_KIND.choices)
    content = models.CharField("nội dung", max_length=500)
    objects_text = models.CharField("đối tượng", max_length=500)
    objects_count = models.PositiveSmallIntegerField(
        "số đối tượng", default=1, validators=(MinValueValidator(1),)
    )
    planned_on = models.DateField("dự kiến xong")

    class Meta:
        ordering = ("programme", "position", "id")
        indexes = (models.Index(fields=("planned_on", "voided_at"), name="programme_item_by_day"),)

    def __str__(self) -> str:
        return self.content
