"""The lists of ratings."""

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongket.core.codelists import NOT_RATED_REASON, RATING_LEVEL
from tongket.members.pages.records import MemberColumn, MemberSearch
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.ui.records.lists import FoldedSearch, OrganisationColumn, RecordFilters
from tongket.ui.tables import CodeColumn, Column, DayColumn, Table, TagColumn

TONES = {"excellent": "good", "good": "good", "failed": "bad", "not_rated": "warn"}


class OrganisationRatingTable(Table):
    """Ratings of organisations."""

    organisation = OrganisationColumn(linkify=lambda record: reverse("ratings:detail", args=[record.pk]))
    period = Column(verbose_name=_("Kỳ"), width=10)
    level = TagColumn(RATING_LEVEL, verbose_name=_("Mức xếp loại"), tones=TONES, width=32)
    reason = CodeColumn(NOT_RATED_REASON, verbose_name=_("Lý do chưa đánh giá"))
    decision_number = Column(verbose_name=_("Quyết định"))
    decision_date = DayColumn(verbose_name=_("Ngày"))

    class Meta(Table.Meta):
        model = OrganisationRating
        fields = ()


class OrganisationRatingFilters(RecordFilters):
    """Search and level."""

    q = FoldedSearch("organisation__name", "organisation__code", "decision_number")
    level = django_filters.ChoiceFilter(
        label=_("Mức xếp loại"), choices=RATING_LEVEL.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = OrganisationRating
        fields = ("q", "don_vi", "level", "thoi_gian")


class MemberRatingTable(Table):
    """Ratings of members."""

    member = MemberColumn(linkify=lambda record: reverse("ratings:member_detail", args=[record.pk]))
    code = Column(accessor="member__code", verbose_name=_("Mã"), width=12)
    organisation = OrganisationColumn(verbose_name=_("Chi bộ đánh giá"))
    period = Column(verbose_name=_("Kỳ"), width=10)
    level = TagColumn(RATING_LEVEL, verbose_name=_("Mức xếp loại"), tones=TONES, width=32)
    reason = CodeColumn(NOT_RATED_REASON, verbose_name=_("Lý do chưa đánh giá"))
    decision_number = Column(verbose_name=_("Quyết định"))
    decision_date = DayColumn(verbose_name=_("Ngày"))

    class Meta(Table.Meta):
        model = MemberRating
        fields = ()


class MemberRatingFilters(RecordFilters):
    """Search by name and level."""

    q = MemberSearch()
    level = django_filters.ChoiceFilter(
        label=_("Mức xếp loại"), choices=RATING_LEVEL.choices, empty_label=_("Tất cả")
    )

    class Meta:
        model = MemberRating
        fields = ("q", "don_vi", "level", "thoi_gian")
