"""One case: what happened, until when each form is in time, what may come next. Every opening is logged."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tongket.audit.acts import log_reading
from tongket.cases.law.clock import (
    appeal_by,
    forms_for,
    in_force_from,
    suspension_ends,
    tell_by,
    vote_day,
)
from tongket.cases.law.limits import FormLimit, form_limit, limit_rule
from tongket.cases.models import Appeal, AppealAnswer, Case, CaseStep
from tongket.cases.pages.common import READ, WRITE, asked_case
from tongket.cases.queries import appeals_of, last_of, named_for, seals_of, steps_of, suspension_now
from tongket.cases.steps.rules import later_steps, standing_on, vote_outcome
from tongket.core.codelists import DISCIPLINE_FORM
from tongket.core.dates import today
from tongket.core.judging import APPEAL_OUTCOME, CASE_BODY, CASE_CLOSING, CASE_STEP
from tongket.inspections.programmes.queries import inspection_by_identity
from tongket.inspections.queries import discipline_of_case, ends_of
from tongket.rules.catalogue import rule
from tongket.ui.gate import gate, verbs_for
from tongket.ui.templatetags.ui import lang


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the timeline."""

    on: date
    text: str
    more: str
    step: CaseStep | None = None
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """One limit of the panel: what, until when, the rule, the day whose version counts; `met` None: a day, no limit."""

    text: str
    until: date | None
    rule: str
    day: date
    met: bool | None = False
    note: str = ""

    @property
    def late(self) -> bool:
        """Whether it has passed unmet."""
        return self.until is not None and self.met is False and self.until < today()


@gate(READ)
def case(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The page of a case."""
    row = asked_case(request, identity)
    books = None if row.sealed else row.organisation
    log_reading("case.open", by=request.user, subject=row, organisation=books, case=row.identity)
    steps = steps_of(row.identity)
    appeals = appeals_of(row.identity)
    found = discipline_of_case(row.identity)
    ends = ends_of(found) if found is not None else []
    writes = WRITE in verbs_for(request, row.organisation)
    standing = _standing(row)
    shown = {
        "title": row.subject_name,
        "crumbs": [(_("Vụ việc kỷ luật"), reverse("cases:list")), (_("Vụ việc"), "")],
        "case": row,
        "writes": writes,
        "discipline": found,
        "discipline_url": _discipline_url(found),
        "source_url": _source_url(request, row),
        "ends": ends,
        "annulled": any(end.kind == "annulled" for end in ends),
        "happened": _timeline(row, steps),
        "limits": _limits(row, standing) if row.state == "open" else [],
        "limit_rule": limit_rule(row.of_member),
        "forms_rule": f"disc.forms.{standing}" if standing else "",
        "vote_day": vote_day(row.opened_on),
        "deadlines": _deadlines(row, steps, appeals),
        "appeals": [(one, answer, _ended(answer)) for one, answer in appeals],
        "next": _next(row, steps, found is not None and not ends, appeals) if writes else [],
        "last_step": max((s.pk for s in steps), default=0),
        "seals": seals_of(row.identity),
        "named": named_for(row.identity) if row.sealed else [],
        "papers": _papers(row, steps),
    }
    return render(request, "cases/case.html", shown)


def _standing(row: Case) -> str:
    """The standing today, or else on the opening day: by it the forms that can be met are chosen."""
    return standing_on(row, row.concluded_on or row.opened_on)


def _discipline_url(found: Any) -> str:
    if found is None:
        return ""
    page = "detail" if hasattr(found, "member_id") else "organisation_detail"
    return reverse(f"inspections:{page}", args=[found.pk])


def _source_url(request: HttpRequest, row: Case) -> str:
    """The inspection that the case came out of, for who may read it; "" when there is none."""
    if row.source_identity is None:
        return ""
    found = inspection_by_identity(request.user, row.source_identity)
    return reverse("inspections:inspection", args=[found.pk]) if found is not None else ""


def _timeline(row: Case, steps: list[CaseStep]) -> list[Happened]:
    opened = Happened(row.opened_on, _("Mở vụ việc"), f"{row.body} · {row.get_source_display()}")
    lines = [
        Happened(step.on, CASE_STEP.label(step.kind, lang()), _more(step), step, not later_steps(steps, step))
        for step in steps
    ]
    return [opened, *lines]


def _more(step: CaseStep) -> str:
    parts = [DISCIPLINE_FORM.label(step.form, lang())] if step.form else []
    outcome = vote_outcome(step)
    parts += [outcome.words()] if outcome is not None else []
    parts += [_("bỏ phiếu kín")] if step.secret else []
    parts += [CASE_BODY.label(step.level, lang())] if step.level else []
    parts += [CASE_CLOSING.label(step.reason, lang())] if step.reason else []
    parts += [text for text in (step.decision_number, step.decision_body) if text]
    return " · ".join(parts)


def _limits(row: Case, standing: str) -> list[FormLimit]:
    forms = forms_for(standing or "official", row.opened_on)
    at = row.concluded_on or today()
    return [
        form_limit(form, row.acts_on, of_member=row.of_member, harm=row.harm, judged_on=row.opened_on, at=at)
        for form in forms
    ]


def _deadlines(
    row: Case, steps: list[CaseStep], appeals: list[tuple[Appeal, AppealAnswer | None]]
) -> list[Deadline]:
    found = []
    if row.state_decided_on is not None:
        told = row.state_told_on is not None
        until = tell_by(row.state_decided_on)
        found.append(
            Deadline(
                _("Cơ quan nhà nước báo cho tổ chức đảng"), until, "disc.notify", row.state_decided_on, told
            )
        )
    suspended = suspension_now(steps)
    if suspended is not None:
        begun, extended = suspended
        text = _("Hết hạn đình chỉ (đã gia hạn)") if extended else _("Hết hạn đình chỉ")
        found.append(Deadline(text, suspension_ends(begun.on, extended), "disc.suspend", begun.on))
    decided = last_of(steps, "decided")
    if decided is not None:
        votes = [step for step in steps if step.kind == "voted" and step.form == decided.form]
        since = in_force_from(decided.level, decided.on, votes[-1].on if votes else None)
        found.append(_known(_("Quyết định có hiệu lực từ"), since, "disc.effect", decided.on, None))
    served = last_of(steps, "served")
    if served is not None:
        text = _("Hết hạn khiếu nại")
        found.append(_known(text, appeal_by(served.on), "disc.appeal", served.on, bool(appeals)))
    for one, answer in appeals:
        text = _("Trả lời khiếu nại")
        found.append(_known(text, one.due_on, "disc.appeal.answer", one.received_on, answer is not None))
    return found


def _known(text: str, until: date, rule_id: str, day: date, met: bool | None) -> Deadline:
    """A limit that is computed by the oldest version where none is known for the day: the page says so."""
    first = rule(rule_id).versions[0].effective_from
    note = _("Tính theo văn bản sớm nhất đã biết.") if day < first else ""
    return Deadline(text, until, rule_id, max(day, first), met, note)


def _ended(answer: AppealAnswer | None) -> str:
    if answer is None:
        return ""
    said = APPEAL_OUTCOME.label(answer.outcome, lang())
    return f"{said}: {DISCIPLINE_FORM.label(answer.form, lang())}" if answer.form else said


def _next(
    row: Case, steps: list[CaseStep], stands: bool, appeals: list[tuple[Appeal, AppealAnswer | None]]
) -> list[tuple[str, str]]:
    """What may be recorded next: (text, address), the likeliest first."""
    done = {step.kind for step in steps}
    kinds: list[str] = []
    if row.state == "open":
        kinds = [] if done & {"explained", "voted"} else ["explained"]
        kinds += ["proposed", "decided", "voted"] if "voted" in done else ["voted"]
        kinds += ["closed"]
        if "proposed" in done:
            kinds.remove("proposed")
            kinds.sort(key=lambda kind: kind != "decided")
    elif row.state == "decided":
        kinds = [kind for kind in ("announced", "served") if kind not in done]
        kinds = [] if "served" in done else kinds
    now = suspension_now(steps)
    if now is not None:
        kinds += ["suspension_ended"] + ([] if now[1] else ["suspension_extended"])
    elif row.state == "open":
        kinds.append("suspended")
    found = [
        (CASE_STEP.label(kind, lang()), reverse("cases:step", args=[row.identity, kind])) for kind in kinds
    ]
    if row.state == "decided" and stands:
        if all(answer is not None for _one, answer in appeals):
            found.append((_("Khiếu nại"), reverse("cases:appeal_new", args=[row.identity])))
        found.append((_("Xác nhận đã sửa chữa"), reverse("cases:corrected", args=[row.identity])))
    return found


def _papers(row: Case, steps: list[CaseStep]) -> list[tuple[str, str]]:
    done = {step.kind for step in steps}
    known = (
        ("bien-ban", _("Biên bản biểu quyết"), "voted"),
        ("quyet-dinh", _("Quyết định kỷ luật"), "decided"),
        ("thong-bao", _("Thông báo"), "decided"),
        ("giao-nhan", _("Biên bản giao quyết định"), "decided"),
    )
    return [
        (text, reverse("cases:paper", args=[row.identity, name]))
        for name, text, after in known
        if after in done
    ]
