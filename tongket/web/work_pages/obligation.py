"""One obligation: what is asked, what happened, and the steps that the user may take now."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.worklists import STEP
from tongket.directives.handing import directive_about, last_reported, report_with_plan, report_with_session
from tongket.files.models import Attachment
from tongket.files.queries import attachments_by
from tongket.files.serving import download
from tongket.obligations.acts import take_step, void_obligation, void_step
from tongket.obligations.derive import outcome_of, standing
from tongket.obligations.drafts import StepDraft
from tongket.obligations.models import Obligation, Step
from tongket.obligations.queries import Powers, steps_of, visible_obligations
from tongket.obligations.rules import ALLOWED, OF_THE_ASKER
from tongket.obligations.words import days_left, late_by
from tongket.organisations.models import Organisation
from tongket.ui.gate import SAFE, gate, get_for_user
from tongket.ui.records.pages import REFUSED
from tongket.ui.shell.errors import BadInput
from tongket.web.work_pages.common import WRITE, asked_obligation, paper_link, powers_at, refuse_unless, run
from tongket.web.work_pages.due import TONES
from tongket.web.work_pages.forms import (
    DoneForm,
    ExtensionForm,
    ReasonStepForm,
    ReportForm,
    StepForm,
    UndoForm,
)

_DONE = {
    "planned": gettext_lazy("Đã ghi kế hoạch."),
    "done": gettext_lazy("Đã ghi là làm xong; còn phải báo cáo."),
    "reported": gettext_lazy("Đã gửi báo cáo."),
    "accepted": gettext_lazy("Đã chấp nhận báo cáo."),
    "returned": gettext_lazy("Đã trả lại báo cáo."),
    "extended": gettext_lazy("Đã gia hạn."),
    "reminded": gettext_lazy("Đã ghi đôn đốc."),
}


@gate("obligation.read")
def obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked of one organisation, its history, and what can be done now."""
    return _page(request, asked_obligation(request, pk))


@gate(WRITE, methods=("POST",))
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step (`kind` in the form): report, plan, done, accept, return, extend, remind."""
    row = asked_obligation(request, pk)
    kind = request.POST.get("kind", "")
    if kind not in STEP.values:
        raise BadInput(_("Không có việc này. Hãy mở lại trang."))
    powers = powers_at(request, row)
    refuse_unless(powers.asker if kind in OF_THE_ASKER else powers.doer)
    form = _form(row, kind, powers, request)
    back = reverse("obligations:obligation", args=[pk])
    answer = run(request, form, _deed(request, row, kind, form, powers), done=str(_DONE[kind]), back=back)
    return answer or _page(request, row, bound=(kind, form))


@gate(WRITE, methods=("POST",))
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the latest step, with the reason: each side its own; who stands above the doer, what it entered for it."""
    row = asked_obligation(request, pk)
    latest = get_for_user(
        Step.objects.filter(obligation=row, voided_at=None), pk=request.POST.get("step", "")
    )
    refuse_unless(_may_undo(latest, powers_at(request, row)))
    form = UndoForm(request.POST)
    back = reverse("obligations:obligation", args=[pk])
    answer = run(
        request,
        form,
        lambda: void_step(latest, reason=form.cleaned_data["reason"], by=request.user),
        done=_("Đã hủy bước vừa ghi; nó được giữ lại trong lịch sử, gạch bỏ."),
        back=back,
    )
    return answer or _page(request, row, bound=("undo", form))


@gate(WRITE, methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one organisation's part back, with the reason."""
    row = asked_obligation(request, pk)
    refuse_unless(powers_at(request, row).asker)
    form = UndoForm(request.POST)
    answer = run(
        request,
        form,
        lambda: void_obligation(row, reason=form.cleaned_data["reason"], by=request.user),
        done=_("Đã rút việc này của %(name)s.") % {"name": row.organisation.name},
        back=reverse("obligations:demand", args=[row.demand_id]),
    )
    return answer or _page(request, row, bound=("withdraw", form))


@gate("obligation.read", methods=SAFE)
def file(request: HttpRequest, pk: int) -> Any:
    """A file of a step, for whoever may see the obligation."""
    steps = Step.objects.filter(obligation__in=visible_obligations(request.user).values("pk"))
    rows = Attachment.objects.filter(about__in=steps.values("identity")).select_related("stored")
    return download(get_for_user(current(rows), pk=pk))


def _form(row: Obligation, kind: str, powers: Powers, request: HttpRequest | None = None) -> StepForm:
    """The form of a step; bound when a request is given."""
    data = {"data": request.POST, "files": request.FILES} if request is not None else {}
    doers = kind not in OF_THE_ASKER
    common: dict[str, Any] = {
        **data,
        "auto_id": f"id_{kind}_%s",
        "on_behalf": doers and powers.on_behalf,
        # The doer reports on the day on which he does it; a paper handed in bears its own day.
        "dated": not doers or powers.on_behalf,
        "initial": {"seen": current(row.steps.exclude(kind="reminded")).count(), "on": today()},
    }
    if kind == "reported":
        if row.state == "returned":
            common["initial"] |= last_reported(row)
        return ReportForm(
            demand=row.demand, with_paper=directive_about(row.demand.about) is not None, **common
        )
    classes: dict[str, type[StepForm]] = {
        "planned": DoneForm,
        "done": DoneForm,
        "returned": ReasonStepForm,
        "extended": ExtensionForm,
    }
    return classes.get(kind, StepForm)(**common)


def _deed(request: HttpRequest, row: Obligation, kind: str, form: Any, powers: Powers) -> Callable[[], Any]:
    def do() -> Any:
        seen = form.cleaned_data.get("seen")
        by = {"by": request.user, "seen": seen}
        if kind == "reported" and form.wants_plan:
            return report_with_plan(row, form.plan(), form.answer(), **by)
        if kind == "reported" and form.wants_session:
            return report_with_session(row, form.session(), form.answer(), **by)
        if kind == "reported":
            return take_step(row, form.answer().step(), **by)
        said = form.cleaned_data
        draft = StepDraft(
            kind,
            form.day,
            said["text"],
            None,
            said.get("new_deadline"),
            form.on_behalf,
            said.get("attached") or (),
        )
        return take_step(row, draft, **by)

    return do


def _may_undo(one: Step, powers: Powers) -> bool:
    if one.kind in OF_THE_ASKER:
        return powers.asker
    # What the office entered from paper is the office's to undo; what the doer sent is the doer's.
    return powers.doer and one.on_behalf == powers.on_behalf


def _further(row: Obligation, powers: Powers) -> str:
    """Where the doer hands the paper further down; "" when there is no paper or nobody below."""
    if (
        not powers.doer
        or powers.on_behalf
        or not Organisation.objects.filter(parent=row.organisation).exists()
    ):
        return ""
    directive = directive_about(row.demand.about)
    if directive is None:
        return ""
    return reverse("obligations:hand_down", args=[directive.pk]) + f"?cua={quote(row.organisation.code)}"


def _page(request: HttpRequest, row: Obligation, bound: tuple[str, BaseForm] | None = None) -> HttpResponse:
    day = today()
    powers = powers_at(request, row)
    steps = steps_of(row, with_voided=True)
    files = attachments_by([one.identity for one in steps])
    forms = {
        kind: _form(row, kind, powers)
        for kind, states in ALLOWED.items()
        if row.state in states and (powers.asker if kind in OF_THE_ASKER else powers.doer)
    }
    if bound is not None:
        forms[bound[0]] = bound[1]  # type: ignore[assignment]
    last = next((one for one in reversed(steps) if one.voided_at is None and one.kind != "reminded"), None)
    stands = standing(row.due_on, [one for one in steps if one.voided_at is None])
    shown = {
        "title": row.demand.title,
        "crumbs": [(_("Việc đến hạn"), reverse("obligations:due")), (row.organisation.name, "")],
        "row": row,
        "demand": row.demand,
        "powers": powers,
        "when": late_by(row.fulfilled_on, stands.deadline_then or row.deadline)
        if row.fulfilled_on
        else days_left(row.deadline, day),
        "tone": TONES[outcome_of(row, day)],
        "returned": last
        if row.state == "returned" and last is not None and last.kind == "returned"
        else None,
        "paper": paper_link(request, row.demand),
        "further": _further(row, powers),
        "history": [(one, STEP.label(one.kind), files.get(one.identity, [])) for one in steps],
        "forms": forms,
        "report": forms.pop("reported", None),
        "undo_step": last if last is not None and _may_undo(last, powers) else None,
        "undo_form": bound[1] if bound and bound[0] in ("undo", "withdraw") else None,
        "may_withdraw": powers.asker and row.state not in ("reported", "accepted"),
        "bound": bound[0] if bound else "",
        "several": row.demand.organisation_id != row.organisation_id,
    }
    return render(request, "work/obligation.html", shown, status=REFUSED if bound else 200)
