"""Reading discipline: only with the inspection duty's verb (`discipline.read`), within the user's subtree."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tongket.audit.records import current
from tongket.inspections.models import DisciplineEnd, MemberDiscipline, OrganisationDiscipline, SealedAccess
from tongket.organisations.queries import visible_to


def named_cases(user: Any) -> QuerySet[SealedAccess, Any]:
    """The identities of the sealed cases that the user is named for."""
    return current(SealedAccess.objects.filter(user=user.pk)).values("case_identity")


def open_to(user: Any) -> Q:
    """Sealed records only to those who are named for their case; all others as the duty allows."""
    return Q(sealed=False) | Q(case_identity__in=named_cases(user))


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


def discipline_of_case(identity: UUID) -> MemberDiscipline | OrganisationDiscipline | None:
    """The standing record of discipline that came of a case, annulled or not; None before the decision.

    Asks nothing about the reader: whoever calls it has read the case.
    """
    member = current(MemberDiscipline.objects.filter(case_identity=identity)).select_related(
        "member", "organisation"
    )
    organisation = current(OrganisationDiscipline.objects.filter(case_identity=identity))
    return member.first() or organisation.select_related("organisation").first()


def ends_of(row: MemberDiscipline | OrganisationDiscipline) -> list[DisciplineEnd]:
    """What took the effect from a decision, the oldest first."""
    return list(current(row.ends.all()).order_by("on", "id"))
