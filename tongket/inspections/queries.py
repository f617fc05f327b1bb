"""Reading discipline: only with the inspection duty's verb (`discipline.read`), within the user's subtree."""

from typing import Any

from django.db.models import QuerySet

from tongket.audit.records import current
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.organisations.queries import visible_to


def visible_member_disciplines(user: Any, *, with_voided: bool = False) -> QuerySet[MemberDiscipline]:
    """Discipline of members, in the cells where the user may read it."""
    rows = MemberDiscipline.objects.filter(organisation__in=visible_to(user, verb="discipline.read"))
    return (rows if with_voided else current(rows)).select_related("organisation", "member")


def visible_organisation_disciplines(
    user: Any, *, with_voided: bool = False
) -> QuerySet[OrganisationDiscipline]:
    """Discipline of organisations, where the user may read it."""
    rows = OrganisationDiscipline.objects.filter(organisation__in=visible_to(user, verb="discipline.read"))
    return (rows if with_voided else current(rows)).select_related("organisation")
