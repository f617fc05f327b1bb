"""Steps taken and taken back. What a step writes elsewhere is written in the same act."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tongket.audit.acts import Act
from tongket.audit.records import GONE, current, written_reason
from tongket.cases.acts import case_act
from tongket.cases.models import Appeal, Case, CaseStep
from tongket.cases.queries import steps_of
from tongket.cases.steps.deciding import EVENTS, add_event, undo, write_discipline
from tongket.cases.steps.drafts import StepDraft
from tongket.cases.steps.rules import later_steps, step_problems
from tongket.core.judging import CASE_STEP
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy

_COLUMNS = ("kind", "on", "form", "level", "entitled", "agree", "disagree", "secret", "reason")


def check_step(case: Case, draft: StepDraft) -> list[Problem]:
    """Judge a step as it would be taken; writes nothing."""
    return step_problems(case, draft, steps_of(case.identity))


def take_step(case: Case, draft: StepDraft, *, by: Any, origin: str = "form") -> CaseStep:
    """Record the next step of a case. Raises `Refused` with every error, `Conflict` for a case voided meanwhile.

    A decision writes the record of discipline, an expulsion the member's leaving, a removal the end of the posts, a
    suspension the member's event: all in this act.
    """
    with case_act(draft.kind, case, by=by, origin=origin) as (act, row):
        refuse_if_any(check_step(row, draft))
        return add_step(row, draft, act=act)


def add_step(case: Case, draft: StepDraft, *, act: Act) -> CaseStep:
    """The inner part: a step that was judged already."""
    step = CaseStep.objects.create(
        case=case.identity,
        **{name: getattr(draft, name) for name in _COLUMNS},
        decision_number=tidy(draft.decision_number),
        decision_body=tidy(draft.decision_body),
        decision_date=draft.on if draft.kind in ("decided", "suspended") else None,
        **act.stamp(),
    )
    if draft.kind == "decided":
        write_discipline(case, draft, act=act)
    elif draft.kind in EVENTS and case.member is not None:
        cited = {"decision_number": step.decision_number, "decision_body": step.decision_body}
        add_event(case, EVENTS[draft.kind], draft.on, cited, act=act)
    fold(case)
    return step


def void_step(case: Case, step: CaseStep, *, reason: str, by: Any) -> CaseStep:
    """Take back the last step, and what it wrote. Raises `Refused` (later steps rest on it), `Conflict`."""
    said = written_reason(reason)
    with case_act("void_step", case, by=by) as (act, row):
        standing = current(CaseStep.objects.filter(pk=step.pk, case=row.identity)).first()
        if standing is None:
            raise Conflict(GONE)
        _refuse_inner(row, standing)
        undo(row, standing, said, act=act)
        act.void(standing, said)
        fold(row)
    return standing


def _refuse_inner(case: Case, step: CaseStep) -> None:
    later = later_steps(steps_of(case.identity), step)
    if later:
        name = CASE_STEP.label(later[-1].kind)
        raise Refused([Problem("reason", f"Đã ghi bước “{name}” sau bước này. Hãy hủy bước đó trước.")])
    if step.kind in ("decided", "served") and current(Appeal.objects.filter(case=case.identity)).exists():
        raise Refused([Problem("reason", "Quyết định đang có khiếu nại. Hãy hủy khiếu nại trước.")])


def fold(case: Case) -> None:
    """Bring `state` and `ended_on` to what the steps say."""
    case.state, case.ended_on = ended(steps_of(case.identity))
    case.save(update_fields=["state", "ended_on"])


def ended(steps: Iterable[CaseStep]) -> tuple[str, date | None]:
    """The state that the steps of a case make and the day on which it ended, if it has."""
    ends = {step.kind: step.on for step in steps if step.kind in ("decided", "closed")}
    state = "decided" if "decided" in ends else "closed" if "closed" in ends else "open"
    return state, ends.get(state)
