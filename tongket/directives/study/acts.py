"""Planning study sessions: planned, voided, corrected. Held ones are recorded in `acts`."""

from collections.abc import Sequence
from typing import Any

from tongket.audit import records
from tongket.audit.acts import Act
from tongket.core.problems import Problem
from tongket.directives.models import PlannedSession
from tongket.directives.study import rules
from tongket.directives.study.drafts import PlannedSessionDraft


def _keys(row: PlannedSession) -> dict[str, Any]:
    return {"organisation": row.organisation.code, "planned_on": row.planned_on}


PLANNED_SESSION = records.RecordKind(
    "planned_session", PlannedSession, rules.planned_rules, _keys, may_void=rules.may_void_planned
)


def check_planned_sessions(drafts: Sequence[PlannedSessionDraft]) -> list[Problem]:
    """Judge planned sessions: day, paper, organisation."""
    return records.check(PLANNED_SESSION, drafts)


def add_planned_sessions(
    drafts: Sequence[PlannedSessionDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[PlannedSession]:
    """Record planned sessions inside an open act. Raises `Refused` with every error."""
    return records.add(PLANNED_SESSION, drafts, act=act, origins=origins)


def add_planned_session(draft: PlannedSessionDraft, *, by: Any, origin: str = "form") -> PlannedSession:
    """Record that a session is to be held. Raises `Refused`."""
    return records.add_one(PLANNED_SESSION, draft, by=by, origin=origin)


def void_planned_session(record: PlannedSession, *, reason: str, by: Any) -> PlannedSession:
    """Void a plan that was not carried out. Raises `Refused`, `Conflict`."""
    return records.void(PLANNED_SESSION, record, reason=reason, by=by)


def correct_planned_session(
    record: PlannedSession, draft: PlannedSessionDraft, *, reason: str, by: Any
) -> PlannedSession:
    """Correct a plan; the held session stands at its identity. Raises `Refused`, `Conflict`."""
    return records.correct(PLANNED_SESSION, record, draft, reason=reason, by=by)
