"""A directive handed down the tree, and the plan or study session with which those below answer.

Asking and answering are one act each: what is asked of fifty organisations is asked of all or of none, and a plan in
the book never stands without the report that hands it in.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current
from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.dates import format_date, today
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.directives.acts import PLAN, add_plans, add_study_sessions
from tongket.directives.drafts import PlanDraft, StudySessionDraft
from tongket.directives.models import Directive, Plan, StudySession
from tongket.directives.rules import symbol_key
from tongket.files.acts import attach_files, prepare
from tongket.files.drafts import Upload
from tongket.obligations.acts import check_seen, hand_out_in, take_step_in
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.models import Demand, Obligation, Step
from tongket.obligations.queries import was_handed
from tongket.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked about a directive; `numbers` are the names of what each report has to give."""

    kind: str
    title: str
    due_on: date
    text: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes with a report besides the paper itself."""

    on: date
    text: str = ""
    numbers: dict[str, Decimal] | None = None
    on_behalf: bool = False
    files: tuple[Upload, ...] = ()

    def step(self) -> StepDraft:
        """The report as a step."""
        return StepDraft("reported", self.on, self.text, self.numbers, None, self.on_behalf, self.files)


@dataclass(frozen=True, slots=True)
class PlanFields:
    """The paper that an organisation issued to carry the directive out."""

    kind: str
    symbol: str
    issued_on: date
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SessionFields:
    """The study session that an organisation held; counts only, no person is named."""

    held_on: date
    members_total: int
    members_attended: int
    members_exempt: int = 0
    members_excused: int = 0
    others_attended: int = 0
    place: str = ""
    form: str = "direct"


def label_of(directive: Directive) -> str:
    """The directive in words, as papers cite it: «33-NQ/TU ngày 20/11/2023»."""
    return f"{directive.symbol} ngày {format_date(directive.issued_on)}"


def directive_about(identity: UUID | None) -> Directive | None:
    """The standing directive of this identity; None when there is none (a task of a conference, or on its own)."""
    if identity is None:
        return None
    return current(Directive.objects.filter(identity=identity)).select_related("organisation").first()


def hand_down(
    directive: Directive,
    asks: Sequence[Ask],
    receivers: Sequence[Organisation],
    *,
    by: Any,
    origin: str = "form",
    asked_on: date | None = None,
    organisation: Organisation | None = None,
) -> list[Demand]:
    """Ask several things about a directive of several organisations, in one act.

    `organisation` asks: the one in whose book the directive is (default), or one to which it was itself handed.
    Raises `Refused` with the problems of every ask (`index` is its place) and `Conflict` (the directive was voided).
    """
    asker = organisation or directive.organisation
    with act("directive.hand_down", by=by, origin=origin, organisation=asker) as current_act:
        row = current(Directive.objects.filter(pk=directive.pk)).first()
        if row is None:
            raise Conflict(GONE)
        refuse_if_any(_hand_down_rules(row, asks, asker))
        drafts = [_demand(row, one, asker, asked_on or today()) for one in asks]
        demands = _hand_out_all(drafts, receivers, act=current_act)
        current_act.about(row)
        current_act.note(
            kind=[one.kind for one in asks], due_on=[one.due_on for one in asks], receivers=len(receivers)
        )
    return demands


def _demand(directive: Directive, ask: Ask, asker: Organisation, asked_on: date) -> DemandDraft:
    return DemandDraft(
        organisation=asker,
        kind=ask.kind,
        title=ask.title,
        asked_on=asked_on,
        due_on=ask.due_on,
        text=ask.text,
        about=directive.identity,
        about_label=label_of(directive),
        numbers=tuple(ask.numbers),
    )


def _hand_down_rules(directive: Directive, asks: Sequence[Ask], asker: Organisation) -> list[Problem]:
    found = []
    if not asks:
        found.append(Problem("", "Chưa chọn việc nào để giao. Hãy đánh dấu ít nhất một việc."))
    if asker.pk != directive.organisation_id and not was_handed(directive.identity, asker):
        found.append(Problem("", f"“{asker.name}” chưa nhận {directive.symbol} nên chưa giao xuống được."))
    for index, one in enumerate(asks):
        if one.due_on is not None and one.due_on < directive.issued_on:
            found.append(
                Problem(
                    "due_on",
                    f"Hạn {format_date(one.due_on)} trước ngày ban hành {format_date(directive.issued_on)} "
                    f"của {directive.symbol}. Hãy sửa lại hạn.",
                    index=index,
                )
            )
    return found


def _hand_out_all(
    drafts: Sequence[DemandDraft], receivers: Sequence[Organisation], *, act: Act
) -> list[Demand]:
    """All of them, or the problems of all of them together; those of the receivers only once."""
    made: list[Demand] = []
    found: list[Problem] = []
    for index, draft in enumerate(drafts):
        try:
            made.append(hand_out_in(draft, receivers, act=act))
        except Refused as refused:
            found += [
                p.at(index)
                for p in refused.problems
                if p.field != "receivers" or not any(q.message == p.message for q in found)
            ]
    refuse_if_any(found)
    return made


def report_with_plan(
    obligation: Obligation,
    plan: PlanFields,
    answer: Answer,
    *,
    by: Any,
    origin: str = "form",
    seen: int | None = None,
) -> tuple[Plan, Step]:
    """The doer's plan goes into the book in its name, and the obligation is reported, in one act.

    A plan that is in the book already (reported, returned, reported again) is not entered twice. Raises `Refused`
    (rules of the plan, of the step, of the files) and `Conflict`.
    """
    answer = replace(answer, files=prepare(answer.files))
    with _reporting(obligation, answer, by, origin, seen) as current_act:
        directive = _directive_of(obligation)
        draft = PlanDraft(
            directive, plan.kind, plan.symbol, plan.issued_on, plan.subject, obligation.organisation
        )
        row = _plan_in_book(obligation, directive, draft, current_act)
        if row is None:
            [row] = add_plans([draft], act=current_act)
        cited = f"{DOCUMENT_KIND.label(row.kind)} số {row.symbol} ngày {format_date(row.issued_on)}."
        whole = replace(answer, text=f"{cited} {answer.text}".strip())
        step = take_step_in(obligation, whole.step(), act=current_act)
        attach_files(answer.files, about=row.identity, organisation=obligation.organisation, act=current_act)
        current_act.note(on=answer.on, on_behalf=answer.on_behalf, symbol=row.symbol)
    return row, step


def report_with_session(
    obligation: Obligation,
    session: SessionFields,
    answer: Answer,
    *,
    by: Any,
    origin: str = "form",
    seen: int | None = None,
) -> tuple[StudySession, Step]:
    """The doer's study session is recorded with its numbers, and the obligation is reported, in one act.

    Raises `Refused` (rules of the session, of the step, of the files) and `Conflict`.
    """
    answer = replace(answer, files=prepare(answer.files))
    with _reporting(obligation, answer, by, origin, seen) as current_act:
        draft = StudySessionDraft(
            organisation=obligation.organisation,
            title=obligation.demand.title,
            held_on=session.held_on,
            members_total=session.members_total,
            members_attended=session.members_attended,
            directive=_directive_of(obligation),
            form=session.form,
            place=session.place,
            members_exempt=session.members_exempt,
            members_excused=session.members_excused,
            others_attended=session.others_attended,
        )
        row = _session_in_book(obligation, draft) or add_study_sessions([draft], act=current_act)[0]
        whole = replace(answer, text=f"{_session_text(session)} {answer.text}".strip())
        step = take_step_in(obligation, whole.step(), act=current_act)
        current_act.note(on=answer.on, on_behalf=answer.on_behalf)
    return row, step


@contextmanager
def _reporting(
    obligation: Obligation, answer: Answer, by: Any, origin: str, seen: int | None
) -> Iterator[Act]:
    with act(
        "obligation.reported", by=by, origin=origin, organisation=obligation.organisation, subject=obligation
    ) as current_act:
        check_seen(obligation, seen)
        yield current_act


def _directive_of(obligation: Obligation) -> Directive:
    found = directive_about(obligation.demand.about)
    if found is None:
        raise Refused(
            [
                Problem(
                    "", "Việc này không theo văn bản nào trong sổ. Hãy báo cáo bằng nội dung và tệp đính kèm."
                )
            ]
        )
    return found


def last_reported(obligation: Obligation) -> dict[str, Any]:
    """What the doer's latest plan or session on this paper says, by the names of its fields; empty when there is none.

    A report that was returned is corrected from there: what was right need not be typed again.
    """
    directive = directive_about(obligation.demand.about)
    if directive is None or obligation.demand.kind not in ("plan", "study"):
        return {}
    model: Any = Plan if obligation.demand.kind == "plan" else StudySession
    rows = current(model.objects.filter(directive=directive, organisation=obligation.organisation_id))
    row = rows.order_by("-pk").first()
    if row is None:
        return {}
    if obligation.demand.kind == "plan":
        plan = {name: getattr(row, name) for name in ("symbol", "issued_on", "subject")}
        return {"plan_kind": row.kind, **plan}
    return {one.name: getattr(row, one.name) for one in fields(SessionFields)}


def _plan_in_book(obligation: Obligation, directive: Directive, draft: PlanDraft, act: Act) -> Plan | None:
    """The plan of this number that the doer reported before; put right when it comes again with another day.

    Only after a return: then what was reported was wrong. Else a second paper of the same number is for the rules.
    """
    rows = current(
        Plan.objects.filter(directive=directive, organisation=obligation.organisation_id, kind=draft.kind)
    )
    same = [row for row in rows if symbol_key(row.symbol) == symbol_key(draft.symbol)]
    exact = next((row for row in same if row.issued_on == draft.issued_on), None)
    if exact is not None or not same:
        return exact
    if not current(Obligation.objects.filter(pk=obligation.pk, state="returned")).exists():
        return None
    return records.replace_in(PLAN, same[-1], draft, reason="báo cáo lại sau khi bị trả lại", act=act)


def _session_in_book(obligation: Obligation, draft: StudySessionDraft) -> StudySession | None:
    return current(
        StudySession.objects.filter(
            organisation=obligation.organisation_id,
            directive=draft.directive,
            held_on=draft.held_on,
            members_total=draft.members_total,
            members_attended=draft.members_attended,
            members_exempt=draft.members_exempt,
            members_excused=draft.members_excused,
            others_attended=draft.others_attended,
        )
    ).first()


def _session_text(session: SessionFields) -> str:
    return (
        f"Đã học tập ngày {format_date(session.held_on)}: {session.members_attended}/{session.members_total} "
        "đảng viên tham gia."
    )
