"""Pages of programmes: list, one with what was carried out, written, issued, changed, copied."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit import records
from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.problems import Problem, Refused
from tongket.inspections.programmes import rules
from tongket.inspections.programmes.acts import (
    PROGRAMME,
    add_items,
    add_programme,
    change_programme,
    copy_programme,
    correct_programme,
    drop_item,
    issue_programme,
    void_programme,
)
from tongket.inspections.programmes.forms import LINES, IssueForm, ItemsForm, ProgrammeForm
from tongket.inspections.programmes.models import Programme, ProgrammeItem
from tongket.inspections.programmes.queries import carried_out, visible_programmes
from tongket.inspections.programmes.subjects import acting_name
from tongket.inspections.running.access import about
from tongket.inspections.running.views import tabs_of
from tongket.organisations.queries import may
from tongket.ui.context import view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user, held_verbs, verbs_for
from tongket.ui.records.asking import reason_page
from tongket.ui.records.lists import below
from tongket.ui.records.pages import CONFIRMED, REFUSED, form_page

MOST_LINES = 40


@gate("inspection.read")
def programme_list(request: HttpRequest) -> HttpResponse:
    """The programmes of the years of the period, each with planned and carried out."""
    view = view_context(request, "inspection.read")
    rows = list(
        visible_programmes(request.user)
        .filter(
            organisation__in=below(view.organisation, view.period),
            year__gte=view.period.start.year,
            year__lte=view.period.end.year,
        )
        .annotate(planned=Count("items", filter=Q(items__voided_at__isnull=True)))
        .order_by("-year", "organisation__position", "organisation__code", "subject", "body")
    )
    items = list(current(ProgrammeItem.objects.filter(programme__in=rows)))
    done = carried_out(items)
    finished: dict[int, int] = {}
    for item in items:
        if any(one.concluded_on for one in done.get(item.identity, ())):
            finished[item.programme_id] = finished.get(item.programme_id, 0) + 1
    shown = {
        "view": view,
        "title": _("Chương trình kiểm tra, giám sát"),
        "crumbs": [
            (_("Kiểm tra, giám sát"), reverse("inspections:inspection_list")),
            (_("Chương trình năm"), ""),
        ],
        "tabs": tabs_of(request, "inspections:programme_list"),
        "rows": [
            (row, acting_name(row.organisation, row.subject, row.body), finished.get(row.pk, 0))
            for row in rows
        ],
        "may_write": "inspection.write" in held_verbs(request),
    }
    return render(request, "inspections/programme_list.html", shown)


@about("programme", "inspection.read")
def programme(request: HttpRequest, row: Programme) -> HttpResponse:
    """One programme: its items with what was carried out, planned against done by kind, its changes."""
    everything = list(row.items.order_by("position", "id"))
    standing = [one for one in everything if one.voided_at is None]
    done = carried_out(standing)
    changes = list(current(row.changes.all()).select_related("recorded_by"))
    moments = {one.recorded_at: one for one in changes}
    lines = [(one, done.get(one.identity, []), moments.get(one.recorded_at)) for one in standing]
    dropped = [(one, moments[one.voided_at]) for one in everything if one.voided_at in moments]
    shown = {
        "title": _("Chương trình %(year)d: %(name)s")
        % {"year": row.year, "name": acting_name(row.organisation, row.subject, row.body)},
        "crumbs": [
            (_("Kiểm tra, giám sát"), reverse("inspections:inspection_list")),
            (_("Chương trình năm"), reverse("inspections:programme_list")),
            (str(row.year), ""),
        ],
        "row": row,
        "issued": rules.issued(row),
        "lines": lines,
        "dropped": dropped,
        "changes": changes,
        "by_kind": _by_kind(lines),
        "concluded": sum(1 for _item, runs, _change in lines if any(one.concluded_on for one in runs)),
        "late": sum(
            1
            for item, runs, _change in lines
            if item.planned_on < today() and not any(one.concluded_on for one in runs)
        ),
        "day": today(),
        "rule_day": row.decision_date or date(row.year, 1, 1),
        "writes": "inspection.write" in verbs_for(request, row.organisation),
    }
    return render(request, "inspections/programme.html", shown)


def _by_kind(lines: Sequence[tuple[Any, list[Any], Any]]) -> list[tuple[str, int, int]]:
    """Planned and concluded by kind, in the order of the list."""
    counted: dict[str, list[int]] = {}
    for item, runs, _change in lines:
        pair = counted.setdefault(item.get_kind_display(), [0, 0])
        pair[0] += 1
        pair[1] += any(one.concluded_on for one in runs)
    return [(kind, planned, done) for kind, (planned, done) in counted.items()]


@gate("inspection.write")
def programme_new(request: HttpRequest) -> HttpResponse:
    """Begin a programme."""
    view = view_context(request, "inspection.write")
    start = {"organisation": view.organisation, "year": view.period.end.year}
    form = ProgrammeForm(request.POST or None, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid() and _passes(request, form):
        try:
            row = add_programme(form.draft(), by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã lập chương trình. Ghi tiếp các cuộc kiểm tra, giám sát."))
            return redirect("inspections:programme_items", pk=row.pk)
    return form_page(
        request,
        form,
        _("Lập chương trình năm"),
        crumbs=[(_("Chương trình năm"), reverse("inspections:programme_list"))],
        cancel=reverse("inspections:programme_list"),
    )


@about("programme", "inspection.write")
def programme_correct(request: HttpRequest, row: Programme) -> HttpResponse:
    """Put right whose programme it is or its paper."""
    form = ProgrammeForm(request.POST or None, user=request.user, correcting=row)
    if request.method == "POST" and form.is_valid() and _passes(request, form, row):
        try:
            new = correct_programme(row, form.draft(), reason=form.cleaned_data["why"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã đính chính; bản ghi cũ được giữ lại."))
            return redirect("inspections:programme", pk=new.pk)
    return form_page(request, form, _("Đính chính"), crumbs=crumbs_of(row), cancel=back_to(row))


def _passes(request: HttpRequest, form: ProgrammeForm, row: Programme | None = None) -> bool:
    draft = form.draft()
    found = records.check(PROGRAMME, [draft])
    if row is not None:  # the row itself, which the correction will have voided first
        same = (row.organisation_id, row.subject, row.body, row.year)
        if same == (draft.organisation.pk, draft.subject, draft.body, draft.year):
            found = [problem for problem in found if problem.field != "year"]
    if not may(request.user, "inspection.write", draft.organisation):
        found.append(Problem("organisation", _("Tổ chức này không thuộc phạm vi được giao cho bạn.")))
    problems_to_form(form, found)
    return form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1")


@about("programme", "inspection.write")
def programme_items(request: HttpRequest, row: Programme) -> HttpResponse:
    """Write items into a programme that is not issued."""
    lines = _lines(request)
    more = request.method == "POST" and "them_dong" in request.POST
    form = ItemsForm(request.POST if request.method == "POST" else None, user=request.user, lines=lines)
    if request.method == "POST" and not more and form.is_valid():
        written = form.written()
        if _rows_pass(request, form, row, written):
            try:
                add_items(row, [draft for _n, draft in written], by=request.user)
            except Refused as refused:
                _to_rows(form, refused.problems, [number for number, _d in written])
            else:
                messages.success(request, _("Đã ghi %(n)d cuộc.") % {"n": len(written)})
                return redirect(back_to(row))
    return _grid(request, form, row, _("Ghi các cuộc"), lines)


@about("programme", "inspection.write")
def programme_change(request: HttpRequest, row: Programme) -> HttpResponse:
    """Change an issued programme by a paper: what comes in, what falls out."""
    lines = _lines(request)
    standing = list(current(row.items.all()))
    more = request.method == "POST" and "them_dong" in request.POST
    form = ItemsForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        lines=lines,
        changing=standing,
        initial={"on": today()},
    )
    if request.method == "POST" and not more and form.is_valid():
        written = form.written()
        if _rows_pass(request, form, row, written):
            try:
                change_programme(
                    row,
                    form.change(),
                    add=[draft for _n, draft in written],
                    drop=form.dropped(),
                    by=request.user,
                )
            except Refused as refused:
                _to_rows(form, refused.problems, [number for number, _d in written])
            else:
                messages.success(request, _("Đã điều chỉnh chương trình; nội dung cũ được giữ lại."))
                return redirect(back_to(row))
    return _grid(request, form, row, _("Điều chỉnh chương trình"), lines)


def _rows_pass(request: HttpRequest, form: ItemsForm, row: Programme, written: Sequence[Any]) -> bool:
    if not written:
        return True
    found = list(rules.item_rules(row, [draft for _n, draft in written]))
    _to_rows(form, found, [number for number, _d in written])
    return form.is_valid() and (not form.warnings or request.POST.get(CONFIRMED) == "1")


def _to_rows(form: ItemsForm, problems: Sequence[Problem], numbers: Sequence[int]) -> None:
    """Show each finding at its cell; one about no line above the form."""
    for problem in problems:
        number = numbers[problem.index] if problem.index < len(numbers) else 0
        name = f"{problem.field}_{number}"
        if problem.severity == "warning":
            form.warnings.append(_("Dòng %(n)d: %(said)s") % {"n": number, "said": problem.message})
        elif name in form.fields:
            form.add_error(name, problem.message)
        else:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)


def _lines(request: HttpRequest) -> int:
    text = request.POST.get("so_dong", "")
    count = int(text) if text.isdecimal() and len(text) < 4 else LINES
    return min(max(count, LINES) + (LINES if "them_dong" in request.POST else 0), MOST_LINES)


def _grid(request: HttpRequest, form: ItemsForm, row: Programme, title: str, lines: int) -> HttpResponse:
    shown = {
        "title": title,
        "crumbs": [*crumbs_of(row), (title, "")],
        "form": form,
        "row": row,
        "lines": lines,
        "most": MOST_LINES,
        "cancel": back_to(row),
        "confirm": CONFIRMED if form.is_bound and form.is_valid() and form.warnings else "",
    }
    wrong = form.is_bound and bool(form.errors or form.warnings)
    return render(request, "inspections/programme_items.html", shown, status=REFUSED if wrong else 200)


@about("programme", "inspection.write")
def programme_issue(request: HttpRequest, row: Programme) -> HttpResponse:
    """Give the programme its number and day."""
    form = IssueForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        initial={"decision_date": today()},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            new = issue_programme(
                row, number=values["decision_number"], on=values["decision_date"], by=request.user
            )
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            messages.success(request, _("Đã ghi ban hành chương trình."))
            return redirect("inspections:programme", pk=new.pk)
    return form_page(request, form, _("Ban hành chương trình"), crumbs=crumbs_of(row), cancel=back_to(row))


@about("programme", "inspection.write", methods=("POST",))
def programme_copy(request: HttpRequest, row: Programme) -> HttpResponse:
    """Begin next year's programme with the items of this one."""
    try:
        new = copy_programme(row, by=request.user)
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem.message)
        return redirect(back_to(row))
    messages.success(
        request, _("Đã sao chép sang năm %(year)d. Hãy sửa từng cuộc cho hợp.") % {"year": new.year}
    )
    return redirect("inspections:programme", pk=new.pk)


@about("programme", "inspection.write")
def programme_void(request: HttpRequest, row: Programme) -> HttpResponse:
    """Void a programme from which nothing was carried out."""
    return reason_page(
        request,
        _("Hủy chương trình"),
        lambda reason: void_programme(row, reason=reason, by=request.user),
        back=back_to(row),
        then="inspections:programme_list",
        submit=_("Hủy bản ghi"),
        crumbs=crumbs_of(row),
    )


@gate("inspection.write")
def programme_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item out of a programme that is not issued."""
    mine = visible_programmes(request.user, verb="inspection.write")
    item = get_for_user(
        current(ProgrammeItem.objects.filter(programme__in=mine)).select_related("programme__organisation"),
        pk=pk,
    )
    return reason_page(
        request,
        _("Bỏ cuộc “%(content)s”") % {"content": item.content[:80]},
        lambda reason: drop_item(item, reason=reason, by=request.user),
        back=back_to(item.programme),
        done=_("Đã bỏ cuộc này khỏi chương trình."),
        submit=_("Bỏ khỏi chương trình"),
        crumbs=crumbs_of(item.programme),
    )


def back_to(row: Programme) -> str:
    """The address of the programme's page."""
    return reverse("inspections:programme", args=[row.pk])


def crumbs_of(row: Programme) -> list[tuple[str, str]]:
    """The way to what is done at one programme."""
    return [(_("Chương trình năm"), reverse("inspections:programme_list")), (str(row.year), back_to(row))]
