"""The steps of a plan: added, taken out, put in another order; who goes where when one is split."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tongket.core.problems import Conflict, Problem, Refused
from tongket.members.models import Member
from tongket.members.reorganise import children_on, members_on
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.reforms import acts
from tongket.reforms.carrying.sharing import below_items, people_items, share
from tongket.reforms.models import ReformPlan
from tongket.reforms.pages.forms import STEP_FORMS
from tongket.reforms.pages.showing import RULE_FIELDS, stages
from tongket.reforms.pages.views import address, crumbs, log_addresses, mine
from tongket.reforms.queries import choices_on, names_of
from tongket.reforms.rules import VERB
from tongket.reforms.steps import BELOW_FIELDS, PEOPLE_FIELDS, ShareRule, Step
from tongket.ui.forms import problems_to_form
from tongket.ui.gate import gate
from tongket.ui.records.pages import conflict_page, form_page
from tongket.ui.shell.errors import BadInput, Missing

#: Rules that one split may have on the page.
RULES = 8


@gate(VERB)
def add(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Add a step of a kind at the end."""
    plan = mine(request, pk)
    if word not in STEP_FORMS:
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem."))
    form_class, title = STEP_FORMS[word]
    steps = acts.steps_of(plan)
    choices = choices_on(request.user, plan.on, steps)
    form = form_class(request.POST or None, user=request.user, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, plan, (*steps, *form.steps()), plan.row_version)
        except Refused as refused:
            problems_to_form(form, refused)
        except Conflict as conflict:
            return conflict_page(request, str(conflict), address(plan))
        else:
            return _after(plan, form.steps(), len(steps))
    return form_page(
        request,
        form,
        _("Thêm bước: %(what)s") % {"what": str(title).lower()},
        crumbs=crumbs(plan),
        cancel=address(plan),
        submit=_("Thêm bước"),
    )


def _after(plan: ReformPlan, added: tuple[Step, ...], before: int) -> HttpResponse:
    """What shares people out goes on to who goes where; any other step back to the plan."""
    if added[-1].shares:
        return redirect("reforms:share", pk=plan.pk, index=before + len(added) - 1)
    return redirect(address(plan))


def _keep(request: HttpRequest, plan: ReformPlan, steps: tuple[Step, ...], version: int) -> None:
    names = ("organisation", "title", "on", "decision_number", "decision_date", "decision_body", "note")
    draft = acts.PlanDraft(steps=steps, **{name: getattr(plan, name) for name in names})
    acts.change_plan(plan, draft, by=request.user, expected_version=version)


def _version(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("row_version", ""))
    except ValueError:
        raise BadInput(_("Trang thiếu số phiên bản. Hãy mở lại trang rồi làm tiếp.")) from None


def _changed(
    request: HttpRequest, pk: int, index: int, change: Callable[[list[Step]], None], done: str
) -> HttpResponse:
    """Change the list of steps and go back to the plan."""
    plan = mine(request, pk)
    steps = list(acts.steps_of(plan))
    if index >= len(steps):
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem."))
    change(steps)
    try:
        _keep(request, plan, tuple(steps), _version(request))
    except Refused as refused:
        messages.warning(request, " ".join(problem.message for problem in refused.problems))
    except Conflict as conflict:
        return conflict_page(request, str(conflict), address(plan))
    else:
        messages.success(request, done)
    return redirect(address(plan))


@gate(VERB, methods=("POST",))
def remove(request: HttpRequest, pk: int, index: int) -> HttpResponse:
    """Take a step out."""
    return _changed(request, pk, index, lambda steps: steps.__delitem__(index), _("Đã xóa bước."))


@gate(VERB, methods=("POST",))
def raise_step(request: HttpRequest, pk: int, index: int) -> HttpResponse:
    """Put a step before the one above it."""

    def change(steps: list[Step]) -> None:
        if index:
            steps[index - 1], steps[index] = steps[index], steps[index - 1]

    return _changed(request, pk, index, change, _("Đã đổi thứ tự."))


@gate(VERB)
def sharing(request: HttpRequest, pk: int, index: int) -> HttpResponse:
    """Who and what goes where: rules, and the list by hand before them; those left over are named."""
    plan = mine(request, pk)
    steps = acts.steps_of(plan)
    if index >= len(steps) or not steps[index].shares:
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem."))
    step, status = steps[index], 200
    _in_scope(request, step)
    refused: tuple[Problem, ...] = ()
    if request.method == "POST":
        step = _assigned(request, step)
        try:
            _keep(request, plan, (*steps[:index], step, *steps[index + 1 :]), _version(request))
        except Refused as error:
            refused, status = error.problems, 422
        except Conflict as conflict:
            return conflict_page(request, str(conflict), address(plan))
        else:
            messages.success(request, _("Đã ghi cách chia."))
            return redirect("reforms:share", pk=pk, index=index)
    log_addresses(request, plan, index, step)
    return render(
        request, "reforms/share.html", _sharing_shown(plan, steps, step, index, refused), status=status
    )


def _in_scope(request: HttpRequest, step: Step) -> None:
    """The names of people are shown only for an organisation that is the user's, or that the plan itself founds."""
    there = Organisation.objects.filter(code=step.code)
    if there.exists() and not visible_to(request.user, VERB).filter(code=step.code).exists():
        raise Missing(_("Không tìm thấy trang này, hoặc bạn không được giao xem."))


def _assigned(request: HttpRequest, step: Step) -> Step:
    """The step with the assignments that were sent. What is not on the page stays as it was."""
    people, below = dict(step.people), dict(step.below)
    for name, value in request.POST.items():
        which, _dot, code = name.partition(".")
        held = people if which == "nguoi" else below if which == "tochuc" else None
        if held is None or not code:
            continue
        if value:
            held[code] = str(value)
        else:
            held.pop(code, None)
    rules = []
    for n in range(RULES):
        what = str(request.POST.get(f"truong_{n}", ""))
        text = str(request.POST.get(f"chu_{n}", "")).strip()
        to = str(request.POST.get(f"ve_{n}", ""))
        of, _dot, field = what.partition(".")
        if text and to and field in {**PEOPLE_FIELDS, **BELOW_FIELDS}:
            rules.append(ShareRule("below" if of == "below" else "people", field, text[:120], to))
    return replace(step, people=tuple(people.items()), below=tuple(below.items()), rules=tuple(rules))


def _sharing_shown(
    plan: ReformPlan, steps: tuple[Step, ...], step: Step, index: int, refused: Any
) -> dict[str, Any]:
    organisation = Organisation.objects.filter(code=step.code).first()
    members: list[Member] = members_on(organisation, plan.on) if organisation else []
    children = children_on(organisation, plan.on) if organisation else []
    rows = [
        *_rows("nguoi", people_items(members, plan.on), dict(step.people), step, "people"),
        *_rows("tochuc", below_items(children), dict(step.below), step, "below"),
    ]
    names = names_of(steps)
    places = [(code, names.get(code, code)) for code in step.places]
    if step.kind == "part":
        places[-1] = (step.code, _("ở lại %(name)s") % {"name": names.get(step.code, step.code)})
    rules = [
        {"n": n, "field": f"{rule.of}.{rule.field}", "text": rule.text, "to": rule.to}
        for n, rule in enumerate(step.rules)
    ]
    rules += [
        {"n": n, "field": "", "text": "", "to": ""} for n in range(len(rules), min(RULES, len(rules) + 3))
    ]
    return {
        "plan": plan,
        "index": index,
        "step": step,
        "title": _("Chia %(name)s") % {"name": names.get(step.code, step.code)},
        "crumbs": [*crumbs(plan), (_("Chia người và tổ chức"), "")],
        "stages": stages(plan, "steps"),
        "rows": rows,
        "left": [row for row in rows if row["why"]],
        "places": places,
        "receiving": [place for place in places if place[0] != step.code],
        "counts": [(name, sum(row["goes"] == code for row in rows)) for code, name in places],
        "goes_on": step.kind == "part",
        "rules": rules,
        "fields": RULE_FIELDS,
        "refused": refused,
        "open": plan.state != "done",
    }


def _rows(word: str, items: Any, listed: dict[str, str], step: Step, of: str) -> list[dict[str, Any]]:
    rules = [rule for rule in step.rules if rule.of == of]
    rest = step.code if step.kind == "part" else ""
    shared = share(items, listed, rules, step.places, rest=rest)
    why = {one.code: one.why for one in shared.left}
    return [
        {
            "name": f"{word}.{item.code}",
            "code": item.code,
            "text": item.name,
            "chosen": listed.get(item.code, ""),
            "goes": shared.to.get(item.code, ""),
            "why": why.get(item.code, ""),
            "below": word == "tochuc",
        }
        for item in items
    ]
