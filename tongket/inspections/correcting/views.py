"""Pages on which a correction is confirmed, or a confirmation voided. Every reading of a person's record is logged."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.audit.records import GONE
from tongket.core.codelists import DISCIPLINE_FORM
from tongket.core.dates import format_date
from tongket.core.problems import Conflict, Refused
from tongket.inspections.correcting.acts import confirm_correction, void_correction
from tongket.inspections.correcting.forms import CorrectionForm
from tongket.inspections.correcting.rules import Discipline, has_case
from tongket.inspections.models import DisciplineEnd, MemberDiscipline
from tongket.inspections.queries import visible_member_disciplines, visible_organisation_disciplines
from tongket.organisations.queries import visible_to
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.asking import reason_page
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.templatetags.ui import lang

WRITE = "discipline.write"


@gate(WRITE)
def member_corrected(request: HttpRequest, pk: int) -> HttpResponse:
    """The cell confirms that a member has corrected the fault."""
    return _confirm(request, _own(request, visible_member_disciplines, pk))


@gate(WRITE)
def organisation_corrected(request: HttpRequest, pk: int) -> HttpResponse:
    """The body above confirms that an organisation has corrected the fault."""
    return _confirm(request, _own(request, visible_organisation_disciplines, pk))


@gate(WRITE)
def correction_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a confirmation entered by mistake, with the reason."""
    mine: dict[str, Any] = {"voided_at": None, "organisation__in": visible_to(request.user, WRITE)}
    members = visible_member_disciplines(request.user).filter(**mine)
    bodies = visible_organisation_disciplines(request.user).filter(**mine)
    rows = DisciplineEnd.objects.filter(
        Q(member_discipline__in=members) | Q(organisation_discipline__in=bodies), kind="corrected"
    ).select_related("member_discipline__organisation", "organisation_discipline__organisation")
    end = get_for_user(rows, pk=pk)
    row = end.discipline
    if end.voided_at is not None:
        return conflict_page(request, GONE, discipline_url(row))
    return reason_page(
        request,
        _("Hủy xác nhận đã sửa chữa"),
        lambda reason: void_correction(end, reason=reason, by=request.user),
        back=discipline_url(row),
        crumbs=_crumbs(row),
        lead=_("Việc xét Huy hiệu Đảng lại chờ chi bộ xác nhận như trước.")
        if isinstance(row, MemberDiscipline)
        else "",
    )


def discipline_url(row: Discipline) -> str:
    """The page of a record of discipline."""
    name = "detail" if isinstance(row, MemberDiscipline) else "organisation_detail"
    return reverse(f"inspections:{name}", args=[row.pk])


def _own(request: HttpRequest, visible: Callable[..., Any], pk: int) -> Discipline:
    """The record if the user may change it, voided or not; else 404, sealed or not there alike."""
    rows = visible(request.user, with_voided=True).filter(organisation__in=visible_to(request.user, WRITE))
    row: Discipline = get_for_user(rows, pk=pk)
    return row


def _confirm(request: HttpRequest, row: Discipline) -> HttpResponse:
    back = discipline_url(row)
    if row.voided_at is not None:
        return conflict_page(request, GONE, back)
    if has_case(row) is not None:
        # The case's own page asks the same, under the case's lock and seal.
        return redirect(reverse("cases:corrected", args=[row.case_identity]))
    if request.method != "POST" and isinstance(row, MemberDiscipline):
        log_reading("member_discipline.open", by=request.user, subject=row, organisation=row.organisation)
    form = CorrectionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            confirm_correction(row, said["on"], by=request.user, number=said["number"], body=said["body"])
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), back)
        else:
            of_member = isinstance(row, MemberDiscipline)
            said_so = (
                _("Đã ghi; việc xét huy hiệu Đảng tính theo ngày này.")
                if of_member
                else _("Đã ghi xác nhận.")
            )
            messages.success(request, said_so)
            return redirect(back)
    form_name = DISCIPLINE_FORM.label(row.form, lang())
    return form_page(
        request,
        form,
        _("Xác nhận đã sửa chữa khuyết điểm"),
        cancel=back,
        crumbs=_crumbs(row),
        lead=f"{_name(row)} · {form_name}, {format_date(row.decided_on)}",
    )


def _name(row: Discipline) -> str:
    return row.member.full_name if isinstance(row, MemberDiscipline) else row.organisation.name


def _crumbs(row: Discipline) -> list[tuple[str, str]]:
    member = isinstance(row, MemberDiscipline)
    title = _("Kỷ luật đảng viên") if member else _("Kỷ luật tổ chức đảng")
    return [
        (title, reverse("inspections:list" if member else "inspections:organisation_list")),
        (_name(row), discipline_url(row)),
    ]
