"""What happens in the book of papers: received, issued, answered by plans, studied, changed; voided and corrected."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import models

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.models import Recorded
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.directives import rules
from tongket.directives.drafts import DirectiveDraft, PlanDraft, StudySessionDraft
from tongket.directives.models import Directive, DirectiveChange, Plan, StudySession
from tongket.directives.papers import changes, search
from tongket.directives.papers.series import offered_symbol
from tongket.directives.rules import number_of


def _carry(old: Directive, new: Directive, act: Act, reason: str) -> None:
    """Plans and sessions follow the corrected directive: each is voided and added again, pointing to the new row."""
    refuse_if_any(rules.may_move_directive(old, new))
    for model in (Plan, StudySession):
        _repoint(model, old, new, act, reason)
    # Its files stand at the identity, which it got only now.
    search.index_papers([new])


def _repoint(model: Any, old: Directive, new: Directive, act: Act, reason: str) -> None:
    copies = []
    for row in records.current(model.objects.filter(directive=old)):
        columns = {f.attname: getattr(row, f.attname) for f in _own_columns(model)}
        # A plan of the book's own organisation stays with the book when the book's organisation is corrected.
        if model is Plan and row.organisation_id == old.organisation_id:
            columns["organisation_id"] = new.organisation_id
        copies.append(model(**{**columns, "directive_id": new.pk}, **act.stamp() | {"origin": row.origin}))
        act.void(row, reason)
    model.objects.bulk_create(copies)


def _own_columns(model: type[models.Model]) -> list[Any]:
    record_time = {f.name for f in Recorded._meta.get_fields()}
    return [f for f in model._meta.concrete_fields if not f.primary_key and f.name not in record_time]


def _directive_columns(draft: DirectiveDraft) -> dict[str, Any]:
    return {"number": number_of(draft.symbol)}


def _directive_keys(row: Directive) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "symbol": row.symbol, "issued_on": row.issued_on}


def _plan_columns(draft: PlanDraft) -> dict[str, Any]:
    return {
        "organisation": draft.organisation or draft.directive.organisation,
        "number": number_of(draft.symbol),
    }


def _plan_keys(row: Plan) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "symbol": row.symbol, "directive": row.directive.symbol}


def _session_keys(row: StudySession) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "held_on": row.held_on}


DIRECTIVE = records.RecordKind(
    "directive",
    Directive,
    rules.directive_rules,
    _directive_keys,
    derived=_directive_columns,
    may_void=rules.may_void_directive,
    carry=_carry,
    written=search.index_papers,
)
PLAN = records.RecordKind("plan", Plan, rules.plan_rules, _plan_keys, derived=_plan_columns)
STUDY_SESSION = records.RecordKind("study_session", StudySession, rules.session_rules, _session_keys)


def check_directives(drafts: Sequence[DirectiveDraft]) -> list[Problem]:
    """Judge directives received: order of days, living organisation, each paper once in a book."""
    return records.check(DIRECTIVE, drafts)


def add_directives(
    drafts: Sequence[DirectiveDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[Directive]:
    """Record directives inside an open act. Raises `Refused` with every error."""
    return records.add(DIRECTIVE, drafts, act=act, origins=origins)


def add_directive(draft: DirectiveDraft, *, by: Any, origin: str = "form") -> Directive:
    """Record that a directive came in. Raises `Refused`."""
    return records.add_one(DIRECTIVE, draft, by=by, origin=origin)


def issue_directive(draft: DirectiveDraft, *, by: Any, origin: str = "form") -> Directive:
    """Record a paper that the organisation issued; one without a symbol takes the next number of its series.

    The number is taken while no other act can take it. Raises `Refused`.
    """
    with act("directive.issue", by=by, origin=origin, organisation=draft.organisation) as current_act:
        if not tidy(draft.symbol or ""):
            draft = replace(draft, symbol=_free_symbol(draft))
        [record] = records.add(DIRECTIVE, [draft], act=current_act)
        current_act.about(record)
        current_act.note(**_directive_keys(record))
    return record


def _free_symbol(draft: DirectiveDraft) -> str:
    if not draft.kind or draft.issued_on is None:
        raise Refused([Problem("symbol", "Chưa có loại và ngày văn bản nên chưa lấy được số. Hãy ghi đủ.")])
    return offered_symbol(draft.organisation, draft.kind, draft.issued_on)


def change_directive_in(
    directive: Directive,
    *,
    kind: str,
    on: date,
    reason: str,
    by_directive: Directive | None = None,
    act: Act,
) -> DirectiveChange:
    """The inner part of `change_directive`, inside an open act. Raises `Refused`, `Conflict`."""
    standing = records.current(Directive.objects.filter(pk=directive.pk)).first()
    if standing is None:
        raise Conflict(records.GONE)
    refuse_if_any(changes.change_rules(standing, kind, on, reason, by_directive))
    return DirectiveChange.objects.create(
        organisation=standing.organisation,
        directive=standing.identity,
        by_directive=by_directive.identity if by_directive is not None else None,
        kind=kind,
        on=on,
        reason=tidy(reason),
        **act.stamp(),
    )


def change_directive(
    directive: Directive,
    *,
    kind: str,
    on: date,
    reason: str,
    by_directive: Directive | None = None,
    by: Any,
    origin: str = "form",
) -> DirectiveChange:
    """Record that a paper was updated, replaced or revoked from a day. Raises `Refused`, `Conflict`.

    Refused: no reason, a day before either paper, a paper that already ended, a circle of replacements.
    """
    with act(
        "directive.change", by=by, origin=origin, organisation=directive.organisation, subject=directive
    ) as current_act:
        change = change_directive_in(
            directive, kind=kind, on=on, reason=reason, by_directive=by_directive, act=current_act
        )
        current_act.note(kind=kind, on=on)
    return change


def void_change(change: DirectiveChange, *, reason: str, by: Any) -> DirectiveChange:
    """Void a change that did not happen; the paper stands again as before. Raises `Refused`, `Conflict`."""
    said = tidy(reason or "")
    if not said:
        raise Refused([Problem("reason", "Chưa nêu lý do. Hãy ghi vì sao hủy.")])
    with act("directive.void_change", by=by, organisation=change.organisation, subject=change) as current_act:
        row = records.current(DirectiveChange.objects.filter(pk=change.pk)).first()
        if row is None:
            raise Conflict(records.GONE)
        current_act.void(row, said[:300])
        current_act.note(kind=row.kind, on=row.on)
    return row


def void_directive(record: Directive, *, reason: str, by: Any) -> Directive:
    """Void a directive on which no plan or session rests. Raises `Refused`, `Conflict`."""
    return records.void(DIRECTIVE, record, reason=reason, by=by)


def correct_directive(record: Directive, draft: DirectiveDraft, *, reason: str, by: Any) -> Directive:
    """Correct a directive; its plans and sessions follow to the new row. Raises `Refused`, `Conflict`."""
    return records.correct(DIRECTIVE, record, draft, reason=reason, by=by)


def check_plans(drafts: Sequence[PlanDraft]) -> list[Problem]:
    """Judge implementing papers: kind, day, the directive they answer, each once."""
    return records.check(PLAN, drafts)


def add_plans(drafts: Sequence[PlanDraft], *, act: Act, origins: Sequence[str] | None = None) -> list[Plan]:
    """Record plans inside an open act. Raises `Refused` with every error."""
    return records.add(PLAN, drafts, act=act, origins=origins)


def add_plan(draft: PlanDraft, *, by: Any, origin: str = "form") -> Plan:
    """Record that a plan was issued for a directive. Raises `Refused`."""
    return records.add_one(PLAN, draft, by=by, origin=origin)


def void_plan(record: Plan, *, reason: str, by: Any) -> Plan:
    """Void a plan. Raises `Refused`, `Conflict`."""
    return records.void(PLAN, record, reason=reason, by=by)


def correct_plan(record: Plan, draft: PlanDraft, *, reason: str, by: Any) -> Plan:
    """Correct a plan. Raises `Refused`, `Conflict`."""
    return records.correct(PLAN, record, draft, reason=reason, by=by)


def check_study_sessions(drafts: Sequence[StudySessionDraft]) -> list[Problem]:
    """Judge study sessions: day, numbers attending, the paper studied."""
    return records.check(STUDY_SESSION, drafts)


def add_study_sessions(
    drafts: Sequence[StudySessionDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[StudySession]:
    """Record study sessions inside an open act. Raises `Refused` with every error."""
    return records.add(STUDY_SESSION, drafts, act=act, origins=origins)


def add_study_session(draft: StudySessionDraft, *, by: Any, origin: str = "form") -> StudySession:
    """Record a study session that was held. Raises `Refused`."""
    return records.add_one(STUDY_SESSION, draft, by=by, origin=origin)


def void_study_session(record: StudySession, *, reason: str, by: Any) -> StudySession:
    """Void a study session. Raises `Refused`, `Conflict`."""
    return records.void(STUDY_SESSION, record, reason=reason, by=by)


def correct_study_session(
    record: StudySession, draft: StudySessionDraft, *, reason: str, by: Any
) -> StudySession:
    """Correct a study session. Raises `Refused`, `Conflict`."""
    return records.correct(STUDY_SESSION, record, draft, reason=reason, by=by)
