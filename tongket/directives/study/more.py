"""What the pages of study sessions show beside the record: numbers, the plan carried out, documents."""

from typing import Any

from django.http import HttpRequest

from tongket.directives.models import PlannedSession, StudySession
from tongket.directives.queries import visible_directives, visible_study_sessions
from tongket.directives.study.queries import attendance_of, visible_planned_sessions
from tongket.files.pages import file_pages

STUDY_FILES = file_pages(
    StudySession, visible_study_sessions, "study.read", "study.write", names="directives:study_", role="paper"
)
PLAN_FILES = file_pages(
    PlannedSession,
    visible_planned_sessions,
    "study.read",
    "study.write",
    names="directives:study_plan_",
    role="paper",
)
#: What a held session takes from its plan.
_CARRIED = ("organisation", "title", "kind", "form", "place", "sites", "audience")


def asked_plan(request: HttpRequest) -> dict[str, Any]:
    """What a form for the result of a planned session begins with, when it is opened from the plan's page."""
    text = request.GET.get("ke_hoach", "")
    if not text.isdecimal() or len(text) > 9:
        return {}
    plan = visible_planned_sessions(request.user).filter(pk=int(text)).first()
    if plan is None:
        return {}
    paper = (
        visible_directives(request.user).filter(identity=plan.directive).first() if plan.directive else None
    )
    return {
        **{name: getattr(plan, name) for name in _CARRIED},
        "held_on": plan.planned_on,
        "planned": plan.identity,
        "directive": paper.pk if paper is not None else None,
    }


def study_more(request: HttpRequest, session: StudySession) -> dict[str, Any]:
    """Numbers, plan and documents of a held session."""
    plan = (
        visible_planned_sessions(request.user).filter(identity=session.planned).first()
        if session.planned
        else None
    )
    return {
        "numbers": attendance_of(session),
        "plan": plan,
        "directive": session.directive,
        **STUDY_FILES.shown(request, session),
    }
