"""The list of inspections."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.judging import INSPECTION_KIND, INSPECTION_STATE, INSPECTION_SUBJECT
from tongket.inspections.programmes.subjects import acting_name
from tongket.inspections.running.derive import RUNNING, days_late
from tongket.inspections.running.models import Finding, Inspection
from tongket.obligations.models import Obligation
from tongket.ui.records.lists import FoldedSearch, RecordFilters
from tongket.ui.tables import CodeColumn, Column, DayColumn, Table, TagColumn
from tongket.ui.templatetags.ui import number

TONES = {"planned": "", "started": "warn", "reported": "warn", "concluded": "warn", "followed": "good"}


class ActingColumn(Column):
    """The acting body by its name."""

    def render(self, record: Inspection) -> str:
        """The name."""
        return acting_name(record.organisation, record.subject, record.body)

    def value(self, **kwargs: Any) -> str:
        """The name for the Excel file."""
        return self.render(kwargs["record"])


class ObjectsColumn(Column):
    """Whom: the first names and how many more."""

    def render(self, record: Any) -> str:
        """At most two names."""
        names = object_names(record)
        return ", ".join(names[:2]) + (_(" và %(n)d nữa") % {"n": len(names) - 2} if len(names) > 2 else "")

    def value(self, **kwargs: Any) -> str:
        """All names."""
        return ", ".join(object_names(kwargs["record"]))


class LateColumn(Column):
    """By how many days it is late today."""

    def render(self, record: Inspection) -> str:
        """In words; "" in time."""
        late = days_late(record, today())
        return _("quá %(n)s ngày") % {"n": number(late)} if late else ""

    def value(self, **kwargs: Any) -> Any:
        """The number."""
        return self.render(kwargs["record"])


def object_names(record: Any) -> list[str]:
    """The names of the standing objects of a row whose objects were fetched."""
    return [
        str(one.member) if one.member_id else one.organisation.name
        for one in record.targets.all()
        if one.voided_at is None
    ]


class InspectionTable(Table):
    """Inspections: by whom, what kind, whom, when, how far."""

    kind = CodeColumn(
        INSPECTION_KIND,
        verbose_name=gettext_lazy("Loại"),
        linkify=lambda record: reverse("inspections:inspection", args=[record.pk]),
        width=36,
    )
    acting = ActingColumn(
        verbose_name=gettext_lazy("Chủ thể"),
        accessor="subject",
        order_by=("organisation", "subject"),
        width=36,
    )
    objects = ObjectsColumn(verbose_name=gettext_lazy("Đối tượng"), accessor="pk", orderable=False, width=50)
    starts_on = DayColumn(verbose_name=gettext_lazy("Bắt đầu"))
    deadline = DayColumn(verbose_name=gettext_lazy("Hạn"))
    state = TagColumn(INSPECTION_STATE, verbose_name=gettext_lazy("Trạng thái"), tones=TONES)
    late = LateColumn(verbose_name=gettext_lazy("Chậm"), accessor="pk", orderable=False, css="nowrap")

    class Meta(Table.Meta):
        model = Inspection
        fields = ()


class InspectionFilters(RecordFilters):
    """Search by content and object, acting body, kind, state, late ones."""

    q = FoldedSearch("content", "body", "targets__organisation__name", "targets__member__full_name")
    chu_the = django_filters.ChoiceFilter(
        field_name="subject",
        label=gettext_lazy("Chủ thể"),
        choices=INSPECTION_SUBJECT.choices,
        empty_label=gettext_lazy("Tất cả"),
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Loại"), choices=INSPECTION_KIND.choices, empty_label=gettext_lazy("Tất cả")
    )
    trang_thai = django_filters.ChoiceFilter(
        label=gettext_lazy("Trạng thái"),
        method="in_state",
        choices=[
            ("chay", gettext_lazy("Chưa kết thúc")),
            ("cham", gettext_lazy("Chậm, quá hạn")),
            ("khac_phuc", gettext_lazy("Có báo cáo khắc phục chờ chấp nhận")),
            *INSPECTION_STATE.choices,
        ],
        empty_label=gettext_lazy("Tất cả"),
    )

    class Meta:
        model = Inspection
        fields = ("q", "don_vi", "chu_the", "kind", "trang_thai", "thoi_gian")

    def in_state(self, qs: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """One state, all that run, or the late ones."""
        if value == "chay":
            return qs.exclude(state="followed")
        if value == "cham":
            return qs.filter(pk__in=late_ones(qs))
        if value == "khac_phuc":
            reported = Obligation.objects.filter(
                state="reported", voided_at__isnull=True, demand__voided_at__isnull=True
            )
            waiting = current(Finding.objects.filter(identity__in=reported.values("demand__about")))
            return qs.filter(pk__in=waiting.values("inspection"))
        return qs.filter(state=value)


def late_ones(rows: QuerySet[Any]) -> list[int]:
    """Ids of those that are late today; only running ones are read."""
    day = today()
    running = rows.filter(state__in=RUNNING).filter(Q(deadline__lt=day) | Q(limit_days__isnull=False))
    return [row.pk for row in running.order_by() if days_late(row, day)]
