"""Commemorations, twinning and other events of an organisation, with programme, partners and what followed."""

from datetime import date

from django.db import models

from tongket.audit.models import Identified, Recorded
from tongket.core.dates import format_date
from tongket.core.worklists import EVENT_KIND
from tongket.organisations.models import Organisation


def written(year: int | None, day: date | None) -> str:
    """`12/05/1968`, `1968` when only the year is known, "" when neither is."""
    return format_date(day) if day is not None else str(year or "")


class Twinning(Recorded, Identified):
    """A lasting friendship of the organisation's district, commune or unit with another one.

    Of many only the year is known: `since_year` always holds, `since_on` when the day is known.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="twinnings")
    name = models.CharField("tên gọi", max_length=200)  # kết nghĩa Quế Sơn – Thọ Xuân
    partner = models.CharField("đơn vị kết nghĩa", max_length=200)
    place = models.CharField("địa chỉ đơn vị kết nghĩa", max_length=200, blank=True)
    since_on = models.DateField("ngày kết nghĩa", null=True, blank=True)
    since_year = models.PositiveSmallIntegerField("năm kết nghĩa")
    agreement_symbol = models.CharField("số, ký hiệu văn bản kết nghĩa", max_length=60, blank=True)
    agreement_date = models.DateField("ngày văn bản kết nghĩa", null=True, blank=True)

    class Meta:
        ordering = ("since_year", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def since(self) -> str:
        """The day or year from which it lasts, as it is written."""
        return written(self.since_year, self.since_on)


class Event(Recorded, Identified):
    """A commemoration, twinning activity, visit or gathering.

    `marks_year` and `marks_on` say what is commemorated, so that its round years come back in the list of
    anniversaries; `twinning` is the identity of the twinning that the event belongs to.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("loại", max_length=20, choices=EVENT_KIND.choices)
    title = models.CharField("tên hoạt động", max_length=300)
    occasion = models.CharField("nhân dịp", max_length=300, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    partners = models.CharField("đơn vị phối hợp, khách mời", max_length=500, blank=True)
    twinning = models.UUIDField(null=True, blank=True, db_index=True)
    marks_year = models.PositiveSmallIntegerField("năm của sự kiện được kỷ niệm", null=True, blank=True)
    marks_on = models.DateField("ngày của sự kiện được kỷ niệm", null=True, blank=True)

    class Meta:
        ordering = ("-starts_on", "-id")
        indexes = (models.Index(fields=("organisation", "starts_on"), name="event_by_day"),)

    def __str__(self) -> str:
        return self.title

    def get_twinning_display(self) -> str:
        """Nothing: the page of an event names its twinning with a link, not as a fact."""
        return ""

    @property
    def marks(self) -> str:
        """The day or year of what is commemorated, as it is written."""
        return written(self.marks_year, self.marks_on)


class ProgrammeItem(Recorded):
    """One line of an event's programme. It stands at the event's identity; a new programme voids the old lines."""

    event = models.UUIDField(db_index=True)
    position = models.PositiveSmallIntegerField("thứ tự")
    time_text = models.CharField("thời gian", max_length=40, blank=True)
    content = models.CharField("nội dung", max_length=300)
    who = models.CharField("người, đơn vị thực hiện", max_length=200, blank=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"{self.time_text} {self.content}".strip()


class FollowUp(Recorded, Identified):
    """What an event led to and nobody was formally asked for: a note, and the day on which it was done.

    What is asked of organisations is a `Demand` about the event's identity, not a note; one handed out before, on
    another ground, is linked by its identity (`demand`).
    """

    event = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("việc cần làm tiếp", max_length=300)
    demand = models.UUIDField(null=True, blank=True, db_index=True)
    done_on = models.DateField("ngày xong", null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text
