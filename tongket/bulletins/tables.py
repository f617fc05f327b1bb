"""The list of bulletins."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongket.bulletins.models import Bulletin
from tongket.core.worklists import MOOD_TOPIC
from tongket.ui.records.lists import FoldedSearch, OrganisationColumn, RecordFilters
from tongket.ui.tables import CodeColumn, Column, DayColumn, Table


class MonthColumn(Column):
    """A month, written 06/2023."""

    css = "nowrap"

    def render(self, value: Any) -> str:
        """Month and year."""
        return f"{value:%m/%Y}"

    def value(self, **kwargs: Any) -> str:
        """Month and year."""
        return self.render(kwargs["value"])


class AnswerColumn(Column):
    """Answered, or still open."""

    def render(self, record: Any) -> str:
        """A tag."""
        tone, text = (
            ("good", gettext("đã trả lời")) if record.is_answered else ("warn", gettext("chưa trả lời"))
        )
        return format_html('<span class="tag {}">{}</span>', tone, text)

    def value(self, **kwargs: Any) -> str:
        """The state in words."""
        return gettext("đã trả lời") if kwargs["record"].is_answered else gettext("chưa trả lời")


class BulletinTable(Table):
    """Notes by topic with their answers."""

    text = Column(
        verbose_name=_("Nội dung nổi lên"),
        width=70,
        linkify=lambda record: reverse("bulletins:detail", args=[record.pk]),
    )
    month = MonthColumn(verbose_name=_("Tháng"), width=10)
    topic = CodeColumn(MOOD_TOPIC, verbose_name=_("Chủ đề"), width=30)
    organisation = OrganisationColumn()
    state = AnswerColumn(verbose_name=_("Trả lời"), empty_values=(), order_by=("answered_on",))
    answer = Column(verbose_name=_("Nội dung trả lời"), width=60, visible=False)
    answering_body = Column(verbose_name=_("Cơ quan trả lời"), width=30, visible=False)
    answered_on = DayColumn(verbose_name=_("Ngày trả lời"), visible=False)

    class Meta(Table.Meta):
        model = Bulletin
        fields = ()


class BulletinFilters(RecordFilters):
    """Search, topic, answered or not."""

    q = FoldedSearch("text", "answer", "answering_body", "organisation__name")
    topic = django_filters.ChoiceFilter(
        label=_("Chủ đề"), choices=MOOD_TOPIC.choices, empty_label=_("Tất cả")
    )
    tra_loi = django_filters.ChoiceFilter(
        label=_("Trả lời"),
        choices=[("co", _("đã trả lời")), ("chua", _("chưa trả lời"))],
        method="by_answer",
        empty_label=_("Tất cả"),
    )

    class Meta:
        model = Bulletin
        fields = ("q", "don_vi", "topic", "tra_loi", "thoi_gian")

    def by_answer(self, qs: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Answered notes, or open ones."""
        return qs.filter(answered_on__isnull=value == "chua")
