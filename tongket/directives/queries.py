"""Reading the book of directives, always through what the user may see."""

from typing import Any

from django.db.models import QuerySet

from tongket.audit.records import current
from tongket.directives.models import Directive, Plan, StudySession
from tongket.organisations.queries import visible_to


def visible_directives(user: Any, *, with_voided: bool = False) -> QuerySet[Directive]:
    """Directives of the organisations where the user may read them (`directive.read`)."""
    rows = Directive.objects.filter(organisation__in=visible_to(user, verb="directive.read"))
    return (rows if with_voided else current(rows)).select_related("organisation")


def visible_plans(user: Any, *, with_voided: bool = False) -> QuerySet[Plan]:
    """Plans of the organisations where the user may read directives (`directive.read`)."""
    rows = Plan.objects.filter(organisation__in=visible_to(user, verb="directive.read"))
    return (rows if with_voided else current(rows)).select_related("organisation", "directive")


def visible_study_sessions(user: Any, *, with_voided: bool = False) -> QuerySet[StudySession]:
    """Study sessions of the organisations where the user may read them (`study.read`)."""
    rows = StudySession.objects.filter(organisation__in=visible_to(user, verb="study.read"))
    return (rows if with_voided else current(rows)).select_related("organisation", "directive")
