"""Pages of badges and commendations."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tongket.core.periods import Period
from tongket.honours.acts import BADGE_AWARD, COMMENDATION
from tongket.honours.forms import BadgeForm, CommendationForm
from tongket.honours.queries import visible_badge_awards, visible_commendations
from tongket.honours.tables import (
    BadgeFilters,
    BadgeTable,
    CommendationFilters,
    CommendationTable,
    recipient_of,
)
from tongket.members.pages.records import asked_member, member_link
from tongket.ui.context import ViewContext
from tongket.ui.records.pages import RecordPages

TABS = (
    (_("Huy hiệu Đảng"), "honours:list", "honour.read"),
    (_("Khen thưởng"), "honours:commendation_list", "honour.read"),
    (_("Đợt khen thưởng"), "honours:commending_list", "honour.read"),
)


def _awarded(rows: Any, period: Period) -> Any:
    return rows.filter(awarded_on__gte=period.start, awarded_on__lte=period.end)


def _decided(rows: Any, period: Period) -> Any:
    return rows.filter(decided_on__gte=period.start, decided_on__lte=period.end)


def _badge_title(_request: HttpRequest, badge: Any) -> dict[str, Any]:
    return {"title": f"{badge.member.full_name} · Huy hiệu {badge.mark} năm tuổi Đảng"}


def _commendation_title(_request: HttpRequest, row: Any) -> dict[str, Any]:
    return {"title": recipient_of(row)}


def _start_badge(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    return asked_member(request, "honour.write")


def _start_commendation(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    asked = asked_member(request, "honour.write")
    start = {"organisation": view.organisation, "period": view.period.code}
    if asked:
        start |= {"organisation": asked["member"].organisation, "recipient_kind": "individual", **asked}
    return start


BADGES = RecordPages(
    kind=BADGE_AWARD,
    names="honours:",
    noun=_("Huy hiệu Đảng"),
    title=_("Huy hiệu Đảng"),
    lead=_("Huy hiệu đã trao theo đợt; tuổi Đảng được đối chiếu với quá trình của đảng viên."),
    new_text=_("Ghi Huy hiệu"),
    read="honour.read",
    write="honour.write",
    visible=visible_badge_awards,
    in_period=_awarded,
    form=BadgeForm,
    table=BadgeTable,
    filters=BadgeFilters,
    tabs=TABS,
    links=member_link,
    personal=True,
    more=_badge_title,
    start=_start_badge,
)
COMMENDATIONS = RecordPages(
    kind=COMMENDATION,
    names="honours:commendation_",
    noun=_("khen thưởng"),
    title=_("Khen thưởng"),
    lead=_("Tập thể, cá nhân được khen thưởng theo quyết định của cấp có thẩm quyền."),
    new_text=_("Ghi khen thưởng"),
    read="honour.read",
    write="honour.write",
    visible=visible_commendations,
    in_period=_decided,
    form=CommendationForm,
    table=CommendationTable,
    filters=CommendationFilters,
    tabs=TABS,
    links=member_link,
    personal=True,
    more=_commendation_title,
    start=_start_commendation,
)
