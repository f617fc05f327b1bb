"""Bulletins on public mood: notes by topic with the answer given. No author, no person, no quotation (M3)."""

from django.db import models

from tongket.audit.models import Identified, Recorded
from tongket.core.worklists import MOOD_TOPIC
from tongket.organisations.models import Organisation


class Bulletin(Recorded, Identified):
    """What occupies people in an organisation's area in a month, by topic, and what was answered.

    There is no field for who said it, and none for a place smaller than the organisation; every text is read for
    traces of a person before it is saved (`bulletins.rules`). `month` is the first day of its month.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bulletins")
    month = models.DateField("tháng")
    topic = models.CharField("chủ đề", max_length=20, choices=MOOD_TOPIC.choices)
    text = models.CharField("nội dung nổi lên", max_length=1000)
    answer = models.CharField("nội dung trả lời, giải quyết", max_length=1000, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answering_body = models.CharField("cơ quan trả lời", max_length=200, blank=True)

    class Meta:
        ordering = ("-month", "topic", "id")
        indexes = (models.Index(fields=("organisation", "month"), name="bulletin_by_month"),)

    def __str__(self) -> str:
        return f"{MOOD_TOPIC.label(self.topic)} {self.month:%m/%Y}"

    @property
    def is_answered(self) -> bool:
        """Whether an answer was given."""
        return self.answered_on is not None
