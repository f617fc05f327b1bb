"""Reading discipline: only with the inspection duty's verb (`discipline.read`), within the user's subtree."""

from typing import Any

from django.db.models import Q, QuerySet

from tongket.audit.records import current
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline, SealedAccess
from tongket.organisations.queries import visible_to


def open_to(user: Any) -> Q:
    """Sealed records only to those who are named for their case; all others as the duty allows."""
    named = current(SealedAccess.objects.filter(user=user.pk)).values("case_identity")
    return Q(sealed=False) | Q(case_identity__in=named)


def visible_member_disciplines(user: Any, *, with_voided: bool = False) -> QuerySet[MemberDiscipline]:
    """Discipline of members, in the cells where the user may read it."""
    rows = MemberDiscipline.objects.filter(
        open_to(user), organisation__in=visible_to(user, verb="discipline.read")
    )
    return (rows if with_voided else current(rows)).select_related("organisation", "member")


def visible_organisation_disciplines(
    user: Any, *, with_voided: bool = False
) -> QuerySet[OrganisationDiscipline]:
    """Discipline of organisations, where the user may read it."""
    rows = OrganisationDiscipline.objects.filter(
        open_to(user), organisation__in=visible_to(user, verb="discipline.read")
    )
    return (rows if with_voided else current(rows)).select_related("organisation")
