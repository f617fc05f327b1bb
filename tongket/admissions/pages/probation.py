"""Members on probation: the list with its alerts, one member's page, the steps."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.admissions.deadlines.desks import desk_body
from tongket.admissions.deadlines.queries import cells_below
from tongket.admissions.drafts import ProbationStepDraft
from tongket.admissions.joining.acts import in_body
from tongket.admissions.joining.derive import outcome
from tongket.admissions.models import CandidateStep, ProbationStep
from tongket.admissions.pages.candidate import void_form
from tongket.admissions.pages.common import bases, crumbs, line_of, passes, tabs, told
from tongket.admissions.pages.forms import StepForm
from tongket.admissions.pages.next_steps import next_probation_steps
from tongket.admissions.pages.steps import voters_text
from tongket.admissions.probation.acts import (
    check_probation_steps,
    record_probation_step,
    void_probation_step,
)
from tongket.admissions.probation.derive import desk_of
from tongket.admissions.probation.queries import (
    Probationer,
    on_probation,
    probationers,
    visible_probationers,
)
from tongket.admissions.word.kinds import offered_for_probation
from tongket.audit.acts import log_reading
from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.judging import DEADLINE, PROBATION_STAGE, PROBATION_STEP
from tongket.core.problems import Conflict, Refused
from tongket.members.models import Member
from tongket.members.queries import visible_to as visible_members
from tongket.organisations.queries import may
from tongket.ui.context import view_context
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import EXPORT, workbook_response
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.sheets import Column, list_workbook
from tongket.ui.templatetags.ui import lang

#: The rules that decide something on the form of a step.
_RULES = {
    "resolution": ("prob.review", "adm.vote", "vote.base"),
    "decision": ("prob.date",),
    "extended": ("adm.decide-by",),
    "removal": ("exit.removed",),
    "helper": ("adm.sponsor",),
}
_TONES = {"due": "warn", "resolution": "warn", "removal": "bad", "decision": "good", "unknown": "bad"}


@gate("admission.read")
def probation(request: HttpRequest) -> HttpResponse:
    """All who are on probation below the organisation, the nearest end first; all rows to Excel."""
    view, day = view_context(request, "admission.read"), today()
    people = on_probation(cells_below(view.organisation, day, request.user), day)
    people.sort(key=lambda one: (one.probation.ends_on or day, one.member.sort_key))
    late = request.GET.get("cham") == "1"
    shown_people = [one for one in people if not late or one.is_late(day)]
    title = _("Đảng viên dự bị")
    if request.GET.get(EXPORT) == "xlsx":
        log_reading(
            "probation.export",
            by=request.user,
            subject=view.organisation,
            organisation=view.organisation,
            rows=len(shown_people),
        )
        return workbook_response(_workbook(title, view.organisation.name, shown_people), title)
    rows = [(one, *_words(one)) for one in shown_people]
    shown = {
        "view": view,
        "day": day,
        "title": title,
        "tabs": tabs("admissions:probation"),
        "rows": [
            (
                one,
                stage,
                tone,
                [line_of(d, day) for d in one.open_deadlines(day) if d.binding or d.last >= day],
            )
            for one, stage, tone in rows
        ],
        "count": len(people),
        "late": late,
        "late_count": sum(one.is_late(day) for one in people),
        "unknown": sum(one.probation.ceremony is None for one in people),
        "due": sum(one.probation.stage(day) == "due" for one in people),
        "crumbs": crumbs((title, "")),
    }
    return render(request, "admissions/probation.html", shown)


def _words(one: Probationer) -> tuple[str, str]:
    stage = one.probation.stage(today())
    return PROBATION_STAGE.label(stage, lang()), _TONES.get(stage, "")


def _workbook(title: str, where: str, people: list[Probationer]) -> bytes:
    day = today()
    columns = [
        Column(_("Họ và tên"), 28),
        Column(_("Chi bộ"), 40),
        Column(_("Ngày lễ kết nạp"), 14, "date"),
        Column(_("Hết 12 tháng"), 14, "date"),
        Column(_("Tình trạng"), 30),
        Column(_("Việc phải làm"), 34),
        Column(_("Hạn"), 14, "date"),
        Column(_("Đang ở"), 24),
    ]
    cells = []
    for one in people:
        next_one = next((d for d in one.open_deadlines(day) if d.binding), None)
        cells.append(
            (
                one.member.full_name,
                one.organisation.name,
                one.probation.ceremony,
                one.probation.ends_on,
                _words(one)[0],
                DEADLINE.label(next_one.kind, lang()) if next_one else "",
                next_one.last if next_one else None,
                desk_body(one.organisation, next_one.desk, day) if next_one else "",
            )
        )
    return list_workbook(title, where, columns, cells)


def _member(request: HttpRequest, uid: Any, verb: str = "admission.read") -> Member:
    """A member who is or was on probation, in a cell where the user holds the verb; 404 for any other."""
    member = get_for_user(visible_probationers(request.user, verb), uid=uid)
    stepped = ProbationStep.objects.filter(member=member, voided_at__isnull=True).exists()
    if member.standing != "probationary" and not stepped:
        raise Http404
    return member


@gate("admission.read")
def probationer(request: HttpRequest, uid: Any) -> HttpResponse:
    """One probation: what happened, what is due by which rule; opening it is noted in the ledger."""
    member, day = _member(request, uid), today()
    cell = member.organisation
    assert cell is not None  # noqa: S101  # nosec B101  # visible by the cell
    log_reading("probation.open", by=request.user, subject=member, organisation=cell)
    [found] = probationers([(member, cell)], day)
    now, stage = found.probation, found.probation.stage(day)
    may_write = member.standing == "probationary" and may(request.user, "admission.write", cell)
    desk, since = desk_of(now, in_body=in_body(cell))
    steps = found.steps
    candidacy = current(CandidateStep.objects.filter(member=member, kind="ceremony")).first()
    shown = {
        "member": member,
        "register": visible_members(request.user).filter(pk=member.pk).exists(),
        "title": member.full_name,
        "now": now,
        "stage": PROBATION_STAGE.label(stage, lang()),
        "tone": _TONES.get(stage, ""),
        "day": day,
        "steps": [(one, outcome(one)) for one in reversed(steps)],
        "last_step": steps[-1].pk if steps and (may_write or now.on("decision")) else None,
        "deadlines": [line_of(one, day) for one in found.deadlines],
        "desk": desk_body(cell, desk, day) if stage != "running" else "",
        "desk_since": since,
        "helper": now.at["helper"].helper if "helper" in now.at else None,
        "next": next_probation_steps(now, stage) if may_write else [],
        "may_write": may_write,
        "candidate": candidacy.candidate if candidacy else None,
        "words": offered_for_probation(now, member.uid),
        "crumbs": crumbs((_("Đảng viên dự bị"), reverse("admissions:probation")), (member.full_name, "")),
    }
    return render(request, "admissions/probationer.html", shown)


def _way(member: Member, back: str) -> list[tuple[Any, str]]:
    return crumbs((_("Đảng viên dự bị"), reverse("admissions:probation")), (member.full_name, back))


@gate("admission.write")
def probation_step(request: HttpRequest, uid: Any, kind: str) -> HttpResponse:
    """Record what happened in a probation; the decision writes the recognition into the register."""
    if kind not in PROBATION_STEP.values:
        raise Http404
    member = _member(request, uid, "admission.write")
    back = reverse("admissions:probationer", args=[uid])
    form = StepForm(request.POST or None, user=request.user, kind=kind, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        draft = ProbationStepDraft(member, kind, **form.said())
        if passes(request, form, check_probation_steps([draft])):
            try:
                made = record_probation_step(draft, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            except Conflict as conflict:
                return conflict_page(request, str(conflict), back)
            else:
                if made.event is not None:
                    told(
                        request,
                        _("Đã công nhận chính thức từ ngày %(day)s.") % {"day": f"{made.event.on:%d/%m/%Y}"},
                    )
                else:
                    told(request, _("Đã ghi “%(what)s”.") % {"what": PROBATION_STEP.label(kind, lang())})
                return redirect(back)
    return form_page(
        request,
        form,
        PROBATION_STEP.label(kind, lang()),
        cancel=back,
        crumbs=_way(member, back),
        lead=f"{member.full_name} · {member.organisation}",
        template="admissions/step.html",
        said=voters_text(member.organisation) if kind == "resolution" else "",
        rules=bases(_RULES.get(kind, ())),
        day=today(),
    )


@gate("admission.write")
def probation_step_void(request: HttpRequest, uid: Any, step: int) -> HttpResponse:
    """Void the last step of a probation."""
    member = _member(request, uid, "admission.write")
    held = get_for_user(
        current(ProbationStep.objects.filter(member=member)).select_related("organisation"), pk=step
    )
    back = reverse("admissions:probationer", args=[uid])

    def undo(reason: str) -> None:
        void_probation_step(held, reason=reason, by=request.user)

    lead = PROBATION_STEP.label(held.kind, lang())
    return void_form(request, _("Hủy bước này"), back, undo, _way(member, back), lead)
