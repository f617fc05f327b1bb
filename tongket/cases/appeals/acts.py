"""Appeals received, answered, taken back; what an answer changes is changed in the same act."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tongket.audit.acts import Act
from tongket.audit.records import GONE, chunks, current, replace_in, written_reason
from tongket.cases.acts import case_act
from tongket.cases.appeals.drafts import AnswerDraft, AppealDraft
from tongket.cases.appeals.rules import CHANGED, answer_problems, appeal_problems
from tongket.cases.law.clock import answer_by
from tongket.cases.models import Appeal, AppealAnswer, Case
from tongket.cases.queries import steps_of
from tongket.cases.steps.deciding import add_event, cell_on, follow_form
from tongket.core.judging import APPEAL_OUTCOME
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.inspections.acts import MEMBER_DISCIPLINE, ORGANISATION_DISCIPLINE
from tongket.inspections.correcting.acts import end_in
from tongket.inspections.correcting.rules import Discipline, correction_problems, has_case
from tongket.inspections.drafts import MemberDisciplineDraft, OrganisationDisciplineDraft
from tongket.inspections.models import DisciplineEnd, MemberDiscipline
from tongket.inspections.queries import discipline_of_case, ends_of

#: Forms that change where a member stands: a change to or from one counts from the day of the new decision.
_MOVING = frozenset({"expulsion", "removal"})


def check_appeal(case: Case, draft: AppealDraft) -> list[Problem]:
    """Judge an appeal; writes nothing."""
    return appeal_problems(case, draft, steps_of(case.identity), discipline_of_case(case.identity))


def record_appeal(case: Case, draft: AppealDraft, *, by: Any, origin: str = "form") -> Appeal:
    """Record an appeal; its last day to answer follows from rule disc.appeal.answer. Raises `Refused`, `Conflict`."""
    with case_act("appeal", case, by=by, origin=origin) as (act, row):
        refuse_if_any(check_appeal(row, draft))
        return Appeal.objects.create(
            case=row.identity,
            organisation=row.organisation,
            received_on=draft.received_on,
            level=draft.level,
            body=tidy(draft.body),
            due_on=answer_by(draft.received_on, draft.level),
            **act.stamp(),
        )


def void_appeal(case: Case, appeal: Appeal, *, reason: str, by: Any) -> None:
    """Void an appeal entered by mistake, before it is answered. Raises `Refused`, `Conflict`."""
    said = written_reason(reason)
    with case_act("void_appeal", case, by=by) as (act, row):
        standing = _standing(row, appeal)
        if current(AppealAnswer.objects.filter(appeal=standing.identity)).exists():
            raise Refused([Problem("reason", "Khiếu nại này đã có kết quả nên không hủy được.")])
        act.void(standing, said)


def check_answer(case: Case, appeal: Appeal, draft: AnswerDraft) -> list[Problem]:
    """Judge an answer; writes nothing."""
    row = discipline_of_case(case.identity)
    return answer_problems(case, appeal, draft, row, ends_of(row) if row else ())


def answer_appeal(
    case: Case, appeal: Appeal, draft: AnswerDraft, *, by: Any, origin: str = "form"
) -> AppealAnswer:
    """Record what an appeal ended in, and change the discipline accordingly.

    Annulled: the decision counts as if it had never been; one expelled is restored, his or her Party age unbroken (rule
    age.gap). Changed: a record with the new form takes the place of the old one. A change to or from expulsion or
    removal counts from the day of the new decision, any other from that of the first one. Posts that had ended are not
    given back: that is a decision of its own. Raises `Refused`, `Conflict`.
    """
    with case_act("answer", case, by=by, origin=origin) as (act, row):
        standing = _standing(row, appeal)
        if current(AppealAnswer.objects.filter(appeal=standing.identity)).exists():
            raise Refused([Problem("", "Khiếu nại này đã có kết quả.")])
        refuse_if_any(check_answer(row, standing, draft))
        answer = AppealAnswer.objects.create(
            appeal=standing.identity,
            case=row.identity,
            organisation=row.organisation,
            on=draft.on,
            outcome=draft.outcome,
            form=draft.form,
            decision_number=tidy(draft.decision_number),
            decision_body=tidy(draft.decision_body) or standing.body,
            decision_date=draft.on,
            **act.stamp(),
        )
        found = discipline_of_case(row.identity)
        if found is not None and draft.outcome != "upheld":
            _take_effect(row, found, draft, answer, act)
    return answer


def _take_effect(case: Case, row: Discipline, draft: AnswerDraft, answer: AppealAnswer, act: Act) -> None:
    cited = {"decision_number": answer.decision_number, "decision_body": answer.decision_body}
    # Restored first: the lighter form is of a member again.
    if case.member is not None and row.form == "expulsion":
        cell = draft.cell or case.member.organisation
        add_event(case, "restored", draft.on, cited, cell, act=act)
    if draft.outcome in CHANGED:
        _change(case, row, draft, cited, act)
        return
    end_in(row, "annulled", draft.on, cited, act=act)


def _change(case: Case, row: Discipline, draft: AnswerDraft, cited: dict[str, str], act: Act) -> None:
    moving = draft.form in _MOVING or row.form == "expulsion"
    day = draft.on if moving else row.decided_on
    reason = APPEAL_OUTCOME.label(draft.outcome)
    if isinstance(row, MemberDiscipline):
        cell = cell_on(row.member, day) if moving else row.organisation
        made = MemberDisciplineDraft(
            row.member, cell, draft.form, day, row.ground, row.committee_member, **cited
        )
        replace_in(MEMBER_DISCIPLINE, row, made, reason=reason, act=act)
        follow_form(case, draft.form, draft.on, cited, act=act)
    else:
        changed = OrganisationDisciplineDraft(row.organisation, draft.form, day, row.ground, **cited)
        replace_in(ORGANISATION_DISCIPLINE, row, changed, reason=reason, act=act)


def confirm_correction(case: Case, on: date, *, by: Any, number: str = "", body: str = "") -> DisciplineEnd:
    """The cell confirms that the shortcomings were corrected: from then on a badge may be considered again.

    Raises `Refused`, `Conflict`.
    """
    with case_act("corrected", case, by=by) as (act, row):
        found = discipline_of_case(row.identity)
        if found is None:
            raise Refused([Problem("", "Vụ việc chưa có quyết định kỷ luật.")])
        refuse_if_any(correction_problems(found, ends_of(found), on))
        cited = {"decision_number": tidy(number), "decision_body": tidy(body) or row.organisation.name[:200]}
        return end_in(found, "corrected", on, cited, act=act)


def _standing(case: Case, appeal: Appeal) -> Appeal:
    row = current(Appeal.objects.filter(identity=appeal.identity, case=case.identity)).first()
    if row is None:
        raise Conflict(GONE)
    return row


def confirm_corrections(rows: Sequence[tuple[Discipline, date]], *, act: Act) -> list[DisciplineEnd]:
    """Inside an open act: the correction is confirmed for decisions that stand in the register without a case, such as
    those taken over from former years. Each with its day. Raises `Refused` naming each row.
    """
    members = [row.pk for row, _ in rows if isinstance(row, MemberDiscipline)]
    bodies = [row.pk for row, _ in rows if not isinstance(row, MemberDiscipline)]
    ends: dict[tuple[bool, int], list[DisciplineEnd]] = {}
    for part in chunks(members):
        for end in current(DisciplineEnd.objects.filter(member_discipline__in=part)).order_by("on", "id"):
            ends.setdefault((True, end.member_discipline_id or 0), []).append(end)
    for part in chunks(bodies):
        for end in current(DisciplineEnd.objects.filter(organisation_discipline__in=part)).order_by(
            "on", "id"
        ):
            ends.setdefault((False, end.organisation_discipline_id or 0), []).append(end)
    refuse_if_any(
        elsewhere.at(index) for index, (row, _) in enumerate(rows) if (elsewhere := has_case(row)) is not None
    )
    refuse_if_any(
        problem.at(index)
        for index, (row, on) in enumerate(rows)
        for problem in correction_problems(row, ends.get((isinstance(row, MemberDiscipline), row.pk), ()), on)
    )
    made = [
        DisciplineEnd(
            kind="corrected",
            on=on,
            decision_date=on,
            decision_body=row.organisation.name[:200],
            member_discipline=row if isinstance(row, MemberDiscipline) else None,
            organisation_discipline=None if isinstance(row, MemberDiscipline) else row,
            **act.stamp(),
        )
        for row, on in rows
    ]
    return DisciplineEnd.objects.bulk_create(made, batch_size=500)
