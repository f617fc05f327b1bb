"""A plan from its first line to the act: kept, changed, seen, carried out, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.core.problems import Conflict, Refused
from tongket.organisations.queries import home_of
from tongket.reforms import acts
from tongket.reforms.built import built_on, refusals
from tongket.reforms.effects.fates import effects_of
from tongket.reforms.effects.preview import show
from tongket.reforms.models import ReformPlan
from tongket.reforms.pages.forms import STEP_FORMS, PlanForm
from tongket.reforms.pages.sheets import effects_workbook
from tongket.reforms.pages.showing import effect_parts, lines_of, preview_parts, stages
from tongket.reforms.queries import beyond_scope, names_of, preview_of, visible_plans
from tongket.reforms.rules import VERB
from tongket.reforms.steps import Step
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate, get_for_user
from tongket.ui.lists import EXPORT
from tongket.ui.records.forms import ReasonForm
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.shell.errors import Missing


def mine(request: HttpRequest, pk: int) -> ReformPlan:
    """The plan, if it is the user's to see; else 404.

    Whoever drew it up or carried it out keeps seeing it, also where the reform took what it names out of his or her
    scope; others must hold the duty for all that it names.
    """
    plan = get_for_user(visible_plans(request.user), pk=pk)
    if request.user.pk not in (plan.made_by_id, plan.done_by_id) and beyond_scope(plan, request.user):
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem."))
    return plan


def address(plan: ReformPlan, page: str = "detail") -> str:
    """The address of one of a plan's pages."""
    return reverse(f"reforms:{page}", args=[plan.pk])


def log_addresses(request: HttpRequest, plan: ReformPlan, index: int, step: Step) -> None:
    """Note in the ledger that the user was told who fits a rule on addresses, which tells where people live."""
    if any(rule.field == "address" for rule in step.rules):
        log_reading(
            "reform.sensitive", by=request.user, subject=plan, organisation=plan.organisation, step=index + 1
        )


def crumbs(plan: ReformPlan | None = None) -> list[tuple[str, str]]:
    """The way back."""
    found = [(_("Sắp xếp tổ chức"), reverse("reforms:list"))]
    return [*found, (plan.title, address(plan))] if plan is not None else found


@gate(VERB, methods=("GET", "HEAD"))
def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans, the latest first."""
    plans = list(visible_plans(request.user))
    return render(
        request,
        "reforms/list.html",
        {"title": _("Sắp xếp tổ chức"), "plans": plans, "crumbs": [(_("Sắp xếp tổ chức"), "")]},
    )


@gate(VERB)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a plan."""
    form = PlanForm(request.POST or None, user=request.user, initial={"organisation": home_of(request.user)})
    if request.method == "POST" and form.is_valid():
        try:
            plan = acts.start_plan(form.draft(), by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        else:
            return redirect(address(plan))
    return form_page(
        request,
        form,
        _("Lập phương án sắp xếp"),
        crumbs=crumbs(),
        cancel=reverse("reforms:list"),
        submit=_("Tiếp: các bước"),
        lead=_("Lập nháp trước, xem tác động, rồi mới thực hiện. Chưa có gì vào sổ cho đến bước cuối."),
    )


@gate(VERB)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of the plan as a whole."""
    plan = mine(request, pk)
    names = ("organisation", "title", "on", "decision_number", "decision_date", "decision_body", "note")
    first = {name: getattr(plan, name) for name in (*names, "row_version")}
    form = PlanForm(request.POST or None, user=request.user, initial=first)
    form.fields["organisation"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_plan(
                plan,
                form.draft(acts.steps_of(plan)),
                by=request.user,
                expected_version=form.cleaned_data["row_version"] or 0,
            )
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), address(plan))
        else:
            messages.success(request, _("Đã ghi phương án."))
            return redirect(address(plan))
    return form_page(request, form, _("Sửa phương án"), crumbs=crumbs(plan), cancel=address(plan))


@gate(VERB, methods=("GET", "HEAD"))
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan with its steps; once carried out, with what it did."""
    plan = mine(request, pk)
    steps = acts.steps_of(plan)
    shown: dict[str, Any] = {
        "plan": plan,
        "title": plan.title,
        "crumbs": [*crumbs(), (plan.title, "")],
        "stages": stages(plan, "steps"),
        "lines": lines_of(steps, names_of(steps)),
        "kinds": [(word, title) for word, (_form, title) in STEP_FORMS.items()],
        "open": plan.state != "done",
    }
    if plan.done_at is not None:
        shown["effects"] = effect_parts(effects_of(plan.done_at, plan.on))
    return render(request, "reforms/plan.html", shown)


@gate(VERB)
def effects(request: HttpRequest, pk: int) -> HttpResponse:
    """The effects: POST works them out, GET shows what was worked out for this user."""
    plan = mine(request, pk)
    if plan.state == "done":
        return redirect(address(plan))
    if request.method == "POST":
        try:
            show(plan, by=request.user)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), address(plan))
        for index, step in enumerate(
            acts.steps_of(plan)
        ):  # whoever is left over is named with the places that fit
            log_addresses(request, plan, index, step)
        return redirect(address(plan, "effects"))
    if request.GET.get(EXPORT) == "xlsx":
        return effects_workbook(preview_of(plan, request.user), plan)
    return _effects_page(request, plan)


def _effects_page(
    request: HttpRequest, plan: ReformPlan, *, refused: Any = (), status: int = 200
) -> HttpResponse:
    shown = preview_of(plan, request.user)
    return render(
        request,
        "reforms/effects.html",
        {
            "plan": plan,
            "title": _("Tác động của phương án"),
            "crumbs": [*crumbs(plan), (_("Tác động"), "")],
            "stages": stages(plan, "effects"),
            "seen": shown,  # "shown" is the base page's own word
            "refused": refused,
            **(preview_parts(shown.preview, acts.steps_of(plan)) if shown else {}),
        },
        status=status,
    )


@gate(VERB, methods=("POST",))
def execute(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out what was seen, and nothing else."""
    plan = mine(request, pk)
    shown = preview_of(plan, request.user)
    if shown is None or not shown.preview.digest:
        messages.warning(request, _("Xem tác động trước khi thực hiện."))
        return redirect(address(plan, "effects"))
    try:
        acts.execute(plan, by=request.user, seen=shown.preview)
    except Refused as refused:
        return _effects_page(request, plan, refused=refused.problems, status=422)
    except Conflict as conflict:
        return conflict_page(request, str(conflict), address(plan, "effects"))
    messages.success(request, _("Đã thực hiện phương án. Mọi thay đổi ghi cùng một lúc và hoàn tác được."))
    return redirect(address(plan))


@gate(VERB)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the plan back, with a reason."""
    plan = mine(request, pk)
    form = ReasonForm(request.POST or None, user=request.user)
    if request.method != "POST" and plan.state == "done" and plan.done_at is not None:
        # Said at once, not only after a reason was thought of.
        standing = refusals(built_on(plan.done_at, plan.on, granted=plan.granted))
        form.warnings += [problem.message for problem in standing]
    if request.method == "POST" and form.is_valid():
        try:
            acts.undo(plan, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), address(plan))
        else:
            messages.success(request, _("Đã hoàn tác: tổ chức, đảng viên, chức vụ trở lại như trước."))
            return redirect(address(plan))
    return form_page(
        request,
        form,
        _("Hoàn tác phương án"),
        crumbs=crumbs(plan),
        cancel=address(plan),
        submit=_("Hoàn tác"),
        lead=_("Chỉ hoàn tác được khi chưa có bản ghi nào dựa vào việc sắp xếp này."),
    )


@gate(VERB, methods=("POST",))
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    plan = mine(request, pk)
    try:
        acts.delete_plan(plan, by=request.user)
    except Refused as refused:
        messages.warning(request, " ".join(problem.message for problem in refused.problems))
        return redirect(address(plan))
    messages.success(request, _("Đã xóa bản nháp."))
    return redirect("reforms:list")
