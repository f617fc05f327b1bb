"""What happens in the book of directives: received, answered by plans, studied; voided and corrected."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from tongket.audit import records
from tongket.audit.acts import Act
from tongket.audit.models import Recorded
from tongket.core.problems import Problem, refuse_if_any
from tongket.directives import rules
from tongket.directives.drafts import DirectiveDraft, PlanDraft, StudySessionDraft
from tongket.directives.models import Directive, Plan, StudySession
from tongket.directives.rules import number_of


def _carry(old: Directive, new: Directive, act: Act, reason: str) -> None:
    """Plans and sessions follow the corrected directive: each is voided and added again, pointing to the new row."""
    refuse_if_any(rules.may_move_directive(old, new.issued_on))
    for model in (Plan, StudySession):
        _repoint(model, old, new, act, reason)


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
