"""The list of targets."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongket.core.codelists import TARGET_GIVER
from tongket.core.periods import parse_period
from tongket.core.text import fold
from tongket.indicators.catalogue import INDICATORS
from tongket.targets.forms import indicator_choices
from tongket.targets.models import Target
from tongket.ui.records.lists import FoldedSearch, OrganisationColumn, RecordFilters
from tongket.ui.tables import CodeColumn, Column, DayColumn, NumberColumn, Table
from tongket.ui.templatetags.ui import indicator_name, lang


class IndicatorColumn(Column):
    """A figure's name, as a link to the record."""

    def render(self, value: Any) -> str:
        """The name in the page's language."""
        return indicator_name(INDICATORS[value]) if value in INDICATORS else value

    def value(self, **kwargs: Any) -> str:
        """The name for the Excel file."""
        return self.render(kwargs["value"])


class PeriodColumn(Column):
    """A period in words."""

    def render(self, value: Any) -> str:
        """`năm 2023`."""
        return parse_period(value).label(lang())

    def value(self, **kwargs: Any) -> str:
        """The same for the Excel file."""
        return self.render(kwargs["value"])


class TargetTable(Table):
    """Targets, one a line."""

    indicator = IndicatorColumn(
        verbose_name=_("Chỉ số"), width=48, linkify=lambda record: reverse("targets:detail", args=[record.pk])
    )
    organisation = OrganisationColumn()
    period = PeriodColumn(
        verbose_name=_("Kỳ"), css="nowrap", order_by=("period_start", "period_end"), width=14
    )
    value = NumberColumn(verbose_name=_("Mức giao"), decimals=2)
    giver = CodeColumn(TARGET_GIVER, verbose_name=_("Bên giao"))
    valid_from = DayColumn(verbose_name=_("Từ ngày"))
    valid_to = DayColumn(verbose_name=_("Đến ngày"))
    decision_number = Column(verbose_name=_("Quyết định"), css="nowrap")

    class Meta(Table.Meta):
        model = Target
        fields = ()


class IndicatorSearch(FoldedSearch):
    """Search also finds the names of the figures, which the rows hold as ids."""

    def filter(self, qs: Any, value: str) -> Any:
        """Rows whose figure's name, organisation, decision or note hold the words."""
        words = fold(value or "").split()[:8]
        if not words:
            return qs
        found = []
        for pk, indicator, *texts in qs.order_by().values_list("pk", "indicator", *self.keys):
            name = INDICATORS[indicator].vi if indicator in INDICATORS else ""
            text = fold(" ".join([indicator, name, *(str(t or "") for t in texts)]))
            if all(word in text for word in words):
                found.append(pk)
        return qs.filter(pk__in=found)


class TargetFilters(RecordFilters):
    """Search, figure, giver."""

    q = IndicatorSearch("organisation__name", "decision_number", "note")
    indicator = django_filters.ChoiceFilter(label=_("Chỉ số"), choices=indicator_choices, empty_label=None)
    giver = django_filters.ChoiceFilter(
        label=_("Bên giao"), choices=TARGET_GIVER.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = Target
        fields = ("q", "don_vi", "indicator", "giver", "thoi_gian")
