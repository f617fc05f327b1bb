"""Pages of discipline; every opening of a member's record of discipline is logged."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongket.audit.acts import log_reading
from tongket.core.periods import Period
from tongket.inspections.acts import MEMBER_DISCIPLINE, ORGANISATION_DISCIPLINE
from tongket.inspections.forms import MemberDisciplineForm, OrganisationDisciplineForm
from tongket.inspections.models import MemberDiscipline
from tongket.inspections.queries import (
    ends_of,
    visible_member_disciplines,
    visible_organisation_disciplines,
)
from tongket.inspections.tables import (
    MemberDisciplineFilters,
    MemberDisciplineTable,
    OrganisationDisciplineFilters,
    OrganisationDisciplineTable,
)
from tongket.members.pages.records import asked_member, member_link
from tongket.organisations.queries import may
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
    return {"title": row.member.full_name, "badge_delay": row.form != "expulsion", **_ended(request, row)}


def _of_organisation(request: HttpRequest, row: Any) -> dict[str, Any]:
    return {"title": row.organisation.name, **_ended(request, row)}


def _ended(request: HttpRequest, row: Any) -> dict[str, Any]:
    """What took the effect from the decision, the case that it came of, and what may be done about either."""
    ends = ends_of(row)
    writes = row.voided_at is None and may(request.user, "discipline.write", row.organisation)
    return {
        "ends": ends,
        "case_url": reverse("cases:case", args=[row.case_identity]) if row.case_identity else "",
        "writes": writes,
    }


def _actions(request: HttpRequest, row: Any) -> list[tuple[str, str, str]]:
    """Confirming the correction, as long as nothing has ended the decision; of a case's decision at the case."""
    if not may(request.user, "discipline.write", row.organisation) or ends_of(row) or row.form == "expulsion":
        return []
    if row.case_identity is not None:
        address = reverse("cases:corrected", args=[row.case_identity])
    else:
        name = "corrected" if isinstance(row, MemberDiscipline) else "organisation_corrected"
        address = reverse(f"inspections:{name}", args=[row.pk])
    return [(gettext("Xác nhận đã sửa chữa"), address, "check2-circle")]


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
    actions=_actions,
    detail_template="inspections/discipline.html",
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
    more=_of_organisation,
    actions=_actions,
    detail_template="inspections/discipline.html",
)
