"""Pages of discipline; every opening of a member's record of discipline is logged."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tongket.audit.acts import log_reading
from tongket.core.periods import Period
from tongket.inspections.acts import MEMBER_DISCIPLINE, ORGANISATION_DISCIPLINE
from tongket.inspections.forms import MemberDisciplineForm, OrganisationDisciplineForm
from tongket.inspections.queries import visible_member_disciplines, visible_organisation_disciplines
from tongket.inspections.tables import (
    MemberDisciplineFilters,
    MemberDisciplineTable,
    OrganisationDisciplineFilters,
    OrganisationDisciplineTable,
)
from tongket.members.pages.records import asked_member, member_link
from tongket.ui.context import ViewContext
from tongket.ui.records.pages import RecordPages

TABS = (
    (_("Đảng viên"), "inspections:list", "discipline.read"),
    (_("Tổ chức đảng"), "inspections:organisation_list", "discipline.read"),
    (_("Vụ việc"), "cases:list", "discipline.read"),
)


def _decided(rows: Any, period: Period) -> Any:
    return rows.filter(decided_on__gte=period.start, decided_on__lte=period.end)


def _opened(request: HttpRequest, row: Any) -> dict[str, Any]:
    # Of a sealed record the ledger does not even note the cell.
    books = None if row.sealed else row.organisation
    log_reading("member_discipline.open", by=request.user, subject=row, organisation=books)
    return {"title": row.member.full_name}


def _organisation_title(_request: HttpRequest, row: Any) -> dict[str, Any]:
    return {"title": row.organisation.name}


def _start(request: HttpRequest, view: ViewContext) -> dict[str, Any]:
    return asked_member(request, "discipline.write")


MEMBERS = RecordPages(
    kind=MEMBER_DISCIPLINE,
    names="inspections:",
    noun=_("kỷ luật đảng viên"),
    title=_("Kỷ luật đảng viên"),
    lead=_("Chỉ người được giao nhiệm vụ mới thấy sổ này; mỗi lần mở hồ sơ đều ghi vào nhật ký."),
    new_text=_("Ghi kỷ luật"),
    read="discipline.read",
    write="discipline.write",
    visible=visible_member_disciplines,
    in_period=_decided,
    form=MemberDisciplineForm,
    table=MemberDisciplineTable,
    filters=MemberDisciplineFilters,
    tabs=TABS,
    links=member_link,
    personal=True,
    more=_opened,
    start=_start,
)
ORGANISATIONS = RecordPages(
    kind=ORGANISATION_DISCIPLINE,
    names="inspections:organisation_",
    noun=_("kỷ luật tổ chức đảng"),
    title=_("Kỷ luật tổ chức đảng"),
    new_text=_("Ghi kỷ luật"),
    read="discipline.read",
    write="discipline.write",
    visible=visible_organisation_disciplines,
    in_period=_decided,
    form=OrganisationDisciplineForm,
    table=OrganisationDisciplineTable,
    filters=OrganisationDisciplineFilters,
    tabs=TABS,
    more=_organisation_title,
)
