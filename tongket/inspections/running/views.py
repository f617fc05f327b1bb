"""Pages of inspections: list, one with all that belongs to it, entered, corrected, voided; what the inspected read."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.judging import INSPECTION_STEP
from tongket.core.periods import Period
from tongket.core.problems import Problem, Refused
from tongket.inspections.programmes.models import ProgrammeItem
from tongket.inspections.programmes.queries import (
    all_remedied,
    announced_to,
    heads_of,
    remedies_of,
    visible_inspections,
)
from tongket.inspections.programmes.subjects import acting_name
from tongket.inspections.running.access import about
from tongket.inspections.running.acts import (
    add_inspection,
    check_inspection,
    correct_inspection,
    void_inspection,
)
from tongket.inspections.running.derive import RUNNING, days_late, limit_end, next_after
from tongket.inspections.running.forms import InspectionForm
from tongket.inspections.running.models import Inspection, InspectionObject
from tongket.inspections.running.tables import TONES, InspectionFilters, InspectionTable
from tongket.organisations.queries import may, visible_to
from tongket.ui.context import view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, held_verbs, verbs_for
from tongket.ui.lists import ListPage, list_response
from tongket.ui.records.asking import reason_page
from tongket.ui.records.lists import ALL_TIMES, WHEN, below, ever_below
from tongket.ui.records.pages import CONFIRMED, form_page

#: Findings about the whole of objects or team have no field of their own: they stand above the form.
PAPERS = ("quyet-dinh", "ke-hoach", "thong-bao", "bao-cao", "ket-luan")


def tabs_of(request: HttpRequest, here: str) -> list[tuple[str, str, bool]]:
    """The sister pages: inspections, programmes, statistics, what was announced to one's own organisations."""
    held = held_verbs(request)
    pages = [
        (_("Các cuộc"), "inspections:inspection_list", "inspection.read"),
        (_("Chương trình năm"), "inspections:programme_list", "inspection.read"),
        (_("Thống kê"), "inspections:statistics", "inspection.read"),
        (_("Thông báo đến tổ chức của bạn"), "inspections:inspection_announced", "obligation.read"),
    ]
    return [(text, reverse(name), name == here) for text, name, verb in pages if verb in held]


def in_period(rows: QuerySet[Any], period: Period) -> QuerySet[Any]:
    """Those that ran in the period: begun by its end and not concluded before it."""
    return rows.filter(starts_on__lte=period.end).filter(
        Q(concluded_on__isnull=True, ends_on__gte=period.start)
        | Q(concluded_on__gte=period.start)
        | Q(concluded_on__isnull=True, state__in=["started", "announced", "reported"])
    )


@gate("inspection.read")
def inspection_list(request: HttpRequest) -> HttpResponse:
    """The inspections of the acting bodies of the organisation looked at."""
    view = view_context(request, "inspection.read")
    rows = visible_inspections(request.user).prefetch_related(
        Prefetch("targets", InspectionObject.objects.select_related("organisation", "member"))
    )
    if request.GET.get(WHEN) == ALL_TIMES:
        rows = rows.filter(organisation__in=ever_below(view.organisation))
    else:
        rows = in_period(rows.filter(organisation__in=below(view.organisation, view.period)), view.period)
    new = [(_("Ghi cuộc mới"), reverse("inspections:inspection_new"), "plus-lg")]
    page = ListPage(
        title=_("Kiểm tra, giám sát"),
        queryset=rows,
        table=InspectionTable,
        filters=InspectionFilters,
        lead=_("Nội dung chỉ người được giao nhiệm vụ của chủ thể kiểm tra xem được."),
        template="ui/records/list.html",
        actions=new if "inspection.write" in held_verbs(request) else [],
        empty=_("Chưa có cuộc nào trong %(period)s. Thử chọn kỳ khác ở đầu trang.")
        % {"period": view.period.label()},
        on_export=lambda count: log_reading(
            "inspection.export",
            by=request.user,
            subject=view.organisation,
            organisation=view.organisation,
            rows=count,
        ),
        context={"view": view, "tabs": tabs_of(request, "inspections:inspection_list")},
    )
    return list_response(request, page)


@about("inspection", "inspection.read")
def inspection(request: HttpRequest, row: Inspection) -> HttpResponse:
    """One inspection: how far, whom, the team, the timeline, what was found and how it is put right."""
    day = today()
    objects = list(current(row.targets.all()).select_related("organisation", "member"))
    findings = list(current(row.findings.all()).select_related("organisation", "member"))
    remedies = remedies_of(findings, day)
    verbs = verbs_for(request, row.organisation)
    if any(one.member_id for one in objects):
        log_reading("inspection.open", by=request.user, subject=row, organisation=row.organisation)
    shown = {
        "title": row.get_kind_display(),
        "crumbs": [(_("Kiểm tra, giám sát"), reverse("inspections:inspection_list")), (_("Một cuộc"), "")],
        "row": row,
        "acting": acting_name(row.organisation, row.subject, row.body),
        "tone": TONES.get(row.state, ""),
        "late": days_late(row, day),
        "limit_day": limit_end(row),
        "item": _item(row),
        "objects": objects,
        "team": list(current(row.team.all()).select_related("member")),
        "steps": list(current(row.steps.all()).select_related("recorded_by")),
        "findings": [(one, remedies.get(one.identity)) for one in findings],
        "remedied": all_remedied(remedies.values()),
        "writes": "inspection.write" in verbs,
        "may_open_case": "discipline.write" in verbs,
        "next_step": next_after(row.state),
        "next_text": INSPECTION_STEP.label(next_after(row.state)),
        "may_extend": row.state in RUNNING and not row.extended,
        "may_find": row.state in ("reported", "concluded", "notified"),
        "papers": PAPERS,
    }
    return render(request, "inspections/inspection.html", shown)


def _item(row: Inspection) -> ProgrammeItem | None:
    if row.item is None:
        return None
    return current(ProgrammeItem.objects.filter(identity=row.item)).select_related("programme").first()


@gate("inspection.write")
def inspection_new(request: HttpRequest) -> HttpResponse:
    """Enter an inspection; `?cuoc=` begins it from an item of a programme."""
    view = view_context(request, "inspection.write")
    start = {"organisation": view.organisation, **_from_item(request)}
    form = InspectionForm(request.POST or None, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid() and _passes(request, form):
        try:
            row = add_inspection(form.draft(), form.targets(), form.team(), by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã ghi cuộc kiểm tra, giám sát."))
            return redirect("inspections:inspection", pk=row.pk)
    return _form(request, form, _("Ghi cuộc kiểm tra, giám sát"), reverse("inspections:inspection_list"))


def _from_item(request: HttpRequest) -> dict[str, Any]:
    text = request.GET.get("cuoc", "")
    if not text.isdecimal() or len(text) > 9:
        return {}
    mine = visible_to(request.user, "inspection.write")
    item = (
        current(ProgrammeItem.objects.filter(pk=int(text), programme__organisation__in=mine))
        .select_related("programme__organisation")
        .first()
    )
    if item is None:
        return {}
    owner = item.programme
    return {
        "organisation": owner.organisation,
        "subject": owner.subject,
        "body": owner.body,
        "kind": item.kind,
        "content": item.content,
        "planned": str(item.identity),
        "ends_on": item.planned_on,
    }


@about("inspection", "inspection.write")
def inspection_correct(request: HttpRequest, row: Inspection) -> HttpResponse:
    """Put right what was entered, with the reason."""
    back = reverse("inspections:inspection", args=[row.pk])
    form = InspectionForm(request.POST or None, user=request.user, correcting=row)
    if request.method == "POST" and form.is_valid() and _passes(request, form, correcting=True):
        try:
            new = correct_inspection(
                row,
                form.draft(),
                form.targets(),
                form.team(),
                reason=form.cleaned_data["why"],
                by=request.user,
            )
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã đính chính; bản ghi cũ được giữ lại."))
            return redirect("inspections:inspection", pk=new.pk)
    return _form(request, form, _("Đính chính"), back)


def _passes(request: HttpRequest, form: InspectionForm, *, correcting: bool = False) -> bool:
    draft = form.draft()
    found = check_inspection(draft, form.targets(), form.team())
    if not may(request.user, "inspection.write", draft.organisation):
        found.append(Problem("organisation", _("Tổ chức này không thuộc phạm vi được giao cho bạn.")))
    problems_to_form(form, found, {"item": "planned"})
    return form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1")


def _form(request: HttpRequest, form: InspectionForm, title: str, back: str) -> HttpResponse:
    crumbs = [(_("Kiểm tra, giám sát"), reverse("inspections:inspection_list"))]
    return form_page(
        request, form, title, crumbs=crumbs, cancel=back, template="inspections/inspection_form.html"
    )


@about("inspection", "inspection.write")
def inspection_void(request: HttpRequest, row: Inspection) -> HttpResponse:
    """Void an inspection entered wrongly."""
    back = reverse("inspections:inspection", args=[row.pk])
    listed = reverse("inspections:inspection_list")
    return reason_page(
        request,
        _("Hủy cuộc này"),
        lambda reason: void_inspection(row, reason=reason, by=request.user),
        back=back,
        then=listed,
        submit=_("Hủy bản ghi"),
        crumbs=[(_("Kiểm tra, giám sát"), listed), (_("Một cuộc"), back)],
    )


@gate("obligation.read")
def announced(request: HttpRequest) -> HttpResponse:
    """What the inspected may read: kind, acting body, days and head of the team; never contents or findings."""
    rows = list(announced_to(request.user).order_by("-inspection__starts_on", "-pk")[:200])
    heads = heads_of({one.inspection_id for one in rows})
    shown = {
        "title": _("Thông báo kiểm tra, giám sát"),
        "crumbs": [(_("Thông báo kiểm tra, giám sát"), "")],
        "rows": [
            (
                one,
                acting_name(one.inspection.organisation, one.inspection.subject, one.inspection.body),
                heads.get(one.inspection_id),
            )
            for one in rows
        ],
        "tabs": tabs_of(request, "inspections:inspection_announced"),
        "day": today(),
    }
    return render(request, "inspections/announced.html", shown)
