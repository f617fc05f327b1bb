"""Reading the book of directives, always through what the user may see."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tongket.audit.records import current
from tongket.directives.models import Directive, Plan, StudySession
from tongket.directives.papers.changes import changes_for
from tongket.obligations.queries import handed_to
from tongket.organisations.queries import visible_to

__all__ = [
    "changes_for",
    "issued_directives",
    "readable_directives",
    "received_directives",
    "visible_directives",
    "visible_plans",
    "visible_study_sessions",
]


def visible_directives(user: Any, *, with_voided: bool = False) -> QuerySet[Directive]:
    """Directives of the organisations where the user may read them (`directive.read`)."""
    rows = Directive.objects.filter(organisation__in=visible_to(user, verb="directive.read"))
    return (rows if with_voided else current(rows)).select_related("organisation")


def received_directives(user: Any, *, with_voided: bool = False) -> QuerySet[Directive]:
    """The book of papers received, as far as the user may read it."""
    return visible_directives(user, with_voided=with_voided).filter(book="received")


def issued_directives(user: Any, *, with_voided: bool = False) -> QuerySet[Directive]:
    """The book of papers issued, as far as the user may read it."""
    return visible_directives(user, with_voided=with_voided).filter(book="issued")


def readable_directives(user: Any, *, with_voided: bool = False) -> QuerySet[Directive]:
    """What the user may open: papers of his own books, and those handed down to his organisations to work on.

    Handed papers are read only, and only as they stand now.
    """
    own = Q(organisation__in=visible_to(user, verb="directive.read").values("pk"))
    handed = Exists(handed_to(user).filter(demand__about=OuterRef("identity")))
    rows = Directive.objects.filter(own | (Q(handed) & Q(voided_at__isnull=True)))
    return (rows if with_voided else current(rows)).select_related("organisation")


def visible_plans(user: Any, *, with_voided: bool = False) -> QuerySet[Plan]:
    """Plans of the organisations where the user may read directives (`directive.read`)."""
    rows = Plan.objects.filter(organisation__in=visible_to(user, verb="directive.read"))
    return (rows if with_voided else current(rows)).select_related("organisation", "directive")


def visible_study_sessions(user: Any, *, with_voided: bool = False) -> QuerySet[StudySession]:
    """Study sessions of the organisations where the user may read them (`study.read`)."""
    rows = StudySession.objects.filter(organisation__in=visible_to(user, verb="study.read"))
    return (rows if with_voided else current(rows)).select_related("organisation", "directive")
