"""Pages of ratings of organisations and of members."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tongket.core.periods import Period
from tongket.members.pages.records import asked_member, member_link
from tongket.ratings.acts import MEMBER_RATING, ORGANISATION_RATING
from tongket.ratings.forms import MemberRatingForm, OrganisationRatingForm
from tongket.ratings.queries import visible_member_ratings, visible_organisation_ratings
from tongket.ratings.tables import (
    MemberRatingFilters,
    MemberRatingTable,
    OrganisationRatingFilters,
    OrganisationRatingTable,
)
from tongket.ui.context import ViewContext
from tongket.ui.records.pages import RecordPages

TABS = (
    (_("Tổ chức đảng"), "ratings:list", "rating.read"),
    (_("Đảng viên"), "ratings:member_list", "rating.read"),
    (_("Tỷ lệ xuất sắc"), "ratings:quota_decided", "rating.read"),
)


def _in_period(rows: Any, period: Period) -> Any:
    return rows.filter(period_end__gte=period.start, period_end__lte=period.end)


def _member_title(_request: HttpRequest, rating: Any) -> dict[str, Any]:
    return {"title": f"{rating.member.full_name} · {rating.period}"}


def _organisation_title(_request: HttpRequest, rating: Any) -> dict[str, Any]:
    return {"title": f"{rating.organisation.name} · {rating.period}"}


def _start_member(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    return {"period": view.period.code, **asked_member(request, "rating.write")}


ORGANISATIONS = RecordPages(
    kind=ORGANISATION_RATING,
    names="ratings:",
    noun=_("kết quả xếp loại"),
    title=_("Xếp loại tổ chức đảng"),
    lead=_("Kết quả đánh giá, xếp loại chất lượng đã được quyết định, mỗi tổ chức một kết quả mỗi kỳ."),
    new_text=_("Ghi kết quả"),
    read="rating.read",
    write="rating.write",
    visible=visible_organisation_ratings,
    in_period=_in_period,
    form=OrganisationRatingForm,
    table=OrganisationRatingTable,
    filters=OrganisationRatingFilters,
    tabs=TABS,
    more=_organisation_title,
)
MEMBERS = RecordPages(
    kind=MEMBER_RATING,
    names="ratings:member_",
    noun=_("kết quả xếp loại"),
    title=_("Xếp loại đảng viên"),
    lead=_("Kết quả đánh giá, xếp loại đảng viên theo chi bộ đã đánh giá."),
    new_text=_("Ghi kết quả"),
    read="rating.read",
    write="rating.write",
    visible=visible_member_ratings,
    in_period=_in_period,
    form=MemberRatingForm,
    table=MemberRatingTable,
    filters=MemberRatingFilters,
    tabs=TABS,
    links=member_link,
    personal=True,
    more=_member_title,
    start=_start_member,
)
