"""Entering and voiding a step of a candidate."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.admissions.drafts import StepDraft
from tongket.admissions.joining.acts import check_steps, record_step, void_step
from tongket.admissions.joining.models import CandidateStep
from tongket.admissions.pages.candidate import void_form, writable
from tongket.admissions.pages.common import bases, crumbs, passes, told
from tongket.admissions.pages.forms import StepForm
from tongket.admissions.voting import voters_on
from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.judging import CANDIDATE_STEP
from tongket.core.problems import Conflict, Refused
from tongket.core.votes import TWO_THIRDS, needed_of
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.templatetags.ui import lang

#: The rules that decide something on the form of a step.
_RULES = {
    "class": ("adm.class",),
    "resolution": ("adm.vote", "vote.base", "adm.age.min"),
    "reported_up": ("adm.vote.rounds",),
    "extended": ("adm.decide-by",),
    "decision": ("adm.who", "adm.decide-by"),
    "ceremony": ("adm.ceremony",),
}


def voters_text(cell: object) -> str:
    """Who is the base of a vote today, and how many votes carry it."""
    now = voters_on(cell, today())  # type: ignore[arg-type]
    if not now.summoned:
        return _("Sổ đảng viên của chi bộ chưa có đảng viên chính thức nào.")
    said = {"base": now.summoned, "needed": needed_of(TWO_THIRDS, now.summoned), "exempt": now.exempt}
    return (
        _(
            "Hôm nay chi bộ có %(base)s đảng viên chính thức (không kể %(exempt)s người được miễn sinh hoạt): "
            "cần ít nhất %(needed)s phiếu tán thành, tính trên tất cả, kể cả người vắng. "
            "Số gốc của ngày họp do sổ tính."
        )
        % said
    )


@gate("admission.write")
def step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Record what happened to a candidate; the ceremony makes the member."""
    if kind not in CANDIDATE_STEP.values:
        raise Http404
    row = writable(request, pk)
    back = reverse("admissions:candidate", args=[pk])
    form = StepForm(request.POST or None, user=request.user, kind=kind, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        draft = StepDraft(row, kind, **form.said())
        if passes(request, form, check_steps([draft])):
            try:
                made = record_step(draft, by=request.user)
            except Refused as refused:
                problems_to_form(form, refused)
            except Conflict as conflict:
                return conflict_page(request, str(conflict), back)
            else:
                if made.member is not None:
                    told(
                        request,
                        _("Đã kết nạp và ghi vào sổ đảng viên, mã %(code)s.") % {"code": made.member.code},
                    )
                else:
                    told(request, _("Đã ghi “%(what)s”.") % {"what": CANDIDATE_STEP.label(kind, lang())})
                return redirect(back)
    lead = f"{row.full_name} · {row.organisation.name}"
    return form_page(
        request,
        form,
        CANDIDATE_STEP.label(kind, lang()),
        cancel=back,
        crumbs=crumbs((row.full_name, back)),
        lead=lead,
        template="admissions/step.html",
        said=voters_text(row.organisation) if kind == "resolution" else "",
        rules=bases(_RULES.get(kind, ())),
        day=today(),
    )


@gate("admission.write")
def step_void(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Void the last step of a candidate."""
    row = writable(request, pk)
    held = get_for_user(
        current(CandidateStep.objects.filter(candidate=row.identity)).select_related("organisation"), pk=step
    )
    back = reverse("admissions:candidate", args=[pk])

    def undo(reason: str) -> None:
        void_step(held, reason=reason, by=request.user)

    way = crumbs((row.full_name, back))
    return void_form(request, _("Hủy bước này"), back, undo, way, CANDIDATE_STEP.label(held.kind, lang()))
