"""What is done at one inspection: steps, undo, team, findings; the printed sheet of the team."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.judging import INSPECTION_STEP
from tongket.core.problems import Refused
from tongket.inspections.checking.step_rules import step_rules
from tongket.inspections.programmes.queries import visible_inspections
from tongket.inspections.programmes.subjects import acting_name
from tongket.inspections.running.access import about
from tongket.inspections.running.acts import set_team, standing_at, take_step, undo_step
from tongket.inspections.running.findings import add_findings, void_finding
from tongket.inspections.running.forms import FindingForm, StepForm, TeamForm
from tongket.inspections.running.models import Finding, Inspection
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.asking import reason_page
from tongket.ui.records.pages import CONFIRMED, form_page
from tongket.ui.shell.errors import Missing


def back_to(row: Inspection) -> str:
    """The address of the inspection's page."""
    return reverse("inspections:inspection", args=[row.pk])


def crumbs_of(row: Inspection) -> list[tuple[str, str]]:
    """The way to what is done at one inspection."""
    return [
        (_("Kiểm tra, giám sát"), reverse("inspections:inspection_list")),
        (row.get_kind_display(), back_to(row)),
    ]


@about("inspection", "inspection.write")
def step(request: HttpRequest, row: Inspection, *, name: str) -> HttpResponse:
    """Record the next step, or the extension."""
    if name not in INSPECTION_STEP.values:
        raise Missing(_("Không có bước này."))
    form = StepForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        kind=name,
        initial={"on": today()},
    )
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        problems_to_form(form, list(step_rules(draft, row, standing_at(row))))
        if form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1"):
            try:
                take_step(row, draft, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            else:
                said = _("Đã ghi: %(step)s.") % {"step": INSPECTION_STEP.label(name).lower()}
                messages.success(request, said)
                return redirect(back_to(row))
    title = INSPECTION_STEP.label(name)
    return form_page(
        request,
        form,
        title,
        crumbs=crumbs_of(row),
        cancel=back_to(row),
        submit=title,
        row=row,
        template="inspections/step_form.html",
    )


@about("inspection", "inspection.write")
def undo(request: HttpRequest, row: Inspection) -> HttpResponse:
    """Take back the last step, with the reason."""
    return reason_page(
        request,
        _("Hoàn tác bước cuối"),
        lambda reason: undo_step(row, reason=reason, by=request.user),
        back=back_to(row),
        done=_("Đã hoàn tác bước cuối."),
        submit=_("Hoàn tác"),
        crumbs=crumbs_of(row),
    )


@about("inspection", "inspection.write")
def team(request: HttpRequest, row: Inspection) -> HttpResponse:
    """Set up the team, or another in its place."""
    standing = list(current(row.team.all()).select_related("member"))
    form = TeamForm(request.POST if request.method == "POST" else None, user=request.user, standing=standing)
    if request.method == "POST" and form.is_valid():
        try:
            set_team(row, form.team(), reason=form.cleaned_data.get("reason", ""), by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã ghi đoàn."))
            return redirect(back_to(row))
    return form_page(
        request,
        form,
        _("Đoàn kiểm tra, giám sát"),
        crumbs=crumbs_of(row),
        cancel=back_to(row),
        template="inspections/inspection_form.html",
    )


@about("inspection", "inspection.read")
def team_sheet(request: HttpRequest, row: Inspection) -> HttpResponse:
    """The team to print and hang up: task, name, post; no contents."""
    log_reading("inspection.open", by=request.user, subject=row, organisation=row.organisation, page="team")
    shown = {
        "title": _("Danh sách đoàn"),
        "crumbs": [*crumbs_of(row), (_("Danh sách đoàn"), "")],
        "row": row,
        "acting": acting_name(row.organisation, row.subject, row.body),
        "team": list(current(row.team.all()).select_related("member")),
    }
    return render(request, "inspections/team_sheet.html", shown)


@about("inspection", "inspection.write")
def finding(request: HttpRequest, row: Inspection) -> HttpResponse:
    """Record what was found about one object and, with a deadline, hand out what has to be put right."""
    objects = list(current(row.targets.all()).select_related("organisation", "member"))
    form = FindingForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        objects=objects,
        initial={"on": today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            [made] = add_findings(row, [form.draft()], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            handed = form.cleaned_data.get("due_on") is not None
            messages.success(
                request,
                _("Đã ghi kết quả và giao khắc phục cho “%(name)s”.") % {"name": made.organisation.name}
                if handed
                else _("Đã ghi kết quả."),
            )
            return redirect(back_to(row))
    return form_page(
        request, form, _("Ghi kết quả"), crumbs=crumbs_of(row), cancel=back_to(row), submit=_("Ghi kết quả")
    )


@gate("inspection.write")
def finding_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a finding entered wrongly."""
    mine = visible_inspections(request.user, verb="inspection.write")
    row = get_for_user(
        current(Finding.objects.filter(inspection__in=mine)).select_related("inspection__organisation"), pk=pk
    )
    return reason_page(
        request,
        _("Hủy kết quả"),
        lambda reason: void_finding(row, reason=reason, by=request.user),
        back=back_to(row.inspection),
        done=_("Đã hủy kết quả này."),
        crumbs=crumbs_of(row.inspection),
    )
