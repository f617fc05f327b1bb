"""The lists of badges and commendations."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongket.core.codelists import AWARD_ROUND, COMMENDATION_FORM, GIVER, RECIPIENT
from tongket.honours.models import BadgeAward, Commendation
from tongket.members.pages.records import MemberColumn, MemberSearch
from tongket.ui.records.lists import FoldedSearch, OrganisationColumn, RecordFilters
from tongket.ui.tables import CodeColumn, Column, DayColumn, NumberColumn, Table


class BadgeTable(Table):
    """Badges given."""

    member = MemberColumn(linkify=lambda record: reverse("honours:detail", args=[record.pk]))
    code = Column(accessor="member__code", verbose_name=_("Mã"), width=12)
    organisation = OrganisationColumn(verbose_name=_("Chi bộ"))
    mark = NumberColumn(verbose_name=_("Mức (năm)"))
    round = CodeColumn(AWARD_ROUND, verbose_name=_("Đợt"), width=12)
    awarded_on = DayColumn(verbose_name=_("Ngày trao"))
    number = Column(verbose_name=_("Số Huy hiệu"), width=14)
    note = Column(verbose_name=_("Ghi chú"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = BadgeAward
        fields = ()

    def render_note(self, record: Any) -> str:
        """Early or posthumous."""
        said = [
            str(text)
            for on, text in ((record.early, _("trao sớm")), (record.posthumous, _("truy tặng")))
            if on
        ]
        return ", ".join(said)

    def value_note(self, record: Any) -> str:
        """The same for the Excel file."""
        return self.render_note(record)


def _marks() -> list[tuple[int, str]]:
    used = BadgeAward.objects.order_by("mark").values_list("mark", flat=True).distinct()
    return [(mark, f"{mark} năm") for mark in used]


class BadgeFilters(RecordFilters):
    """Search by name, mark, round."""

    q = MemberSearch()
    mark = django_filters.ChoiceFilter(label=_("Mức"), choices=_marks, empty_label=_("Tất cả"))
    round = django_filters.ChoiceFilter(label=_("Đợt"), choices=AWARD_ROUND.choices, empty_label=_("Tất cả"))

    class Meta:
        model = BadgeAward
        fields = ("q", "don_vi", "mark", "round", "thoi_gian")


class CommendationTable(Table):
    """Commendations."""

    recipient = Column(
        verbose_name=_("Tập thể, cá nhân"),
        accessor="pk",
        width=36,
        order_by=("recipient_name", "member__sort_key"),
        linkify=lambda record: reverse("honours:commendation_detail", args=[record.pk]),
    )
    recipient_kind = CodeColumn(RECIPIENT, verbose_name=_("Đối tượng"), width=12, css="nowrap")
    organisation = OrganisationColumn()
    form = CodeColumn(COMMENDATION_FORM, verbose_name=_("Hình thức"), css="nowrap")
    giver = CodeColumn(GIVER, verbose_name=_("Cấp khen"))
    reason = Column(verbose_name=_("Thành tích"), width=48)
    decided_on = DayColumn(verbose_name=_("Ngày"))
    decision_number = Column(verbose_name=_("Quyết định"), css="nowrap")

    class Meta(Table.Meta):
        model = Commendation
        fields = ()

    def render_recipient(self, record: Any) -> str:
        """Member, name or the organisation itself."""
        return recipient_of(record)

    def value_recipient(self, record: Any) -> str:
        """The same for the Excel file."""
        return recipient_of(record)


def recipient_of(row: Commendation) -> str:
    """Whom a commendation names."""
    return row.member.full_name if row.member else row.recipient_name or row.organisation.name


class CommendationFilters(RecordFilters):
    """Search, recipient, form, giver."""

    q = FoldedSearch("recipient_name", "member__full_name", "organisation__name", "reason", "decision_number")
    recipient_kind = django_filters.ChoiceFilter(
        label=_("Đối tượng"), choices=RECIPIENT.choices, empty_label=_("Tất cả")
    )
    form_ = django_filters.ChoiceFilter(
        field_name="form", label=_("Hình thức"), choices=COMMENDATION_FORM.choices, empty_label=_("Tất cả")
    )
    giver = django_filters.ChoiceFilter(label=_("Cấp khen"), choices=GIVER.choices, empty_label=_("Tất cả"))

    class Meta:
        model = Commendation
        fields = ("q", "don_vi", "recipient_kind", "form_", "giver", "thoi_gian")
