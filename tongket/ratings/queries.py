"""Reading ratings, always through what the user may see."""

from typing import Any

from django.db.models import QuerySet

from tongket.audit.records import current
from tongket.organisations.queries import visible_to
from tongket.ratings.models import MemberRating, OrganisationRating


def visible_organisation_ratings(user: Any, *, with_voided: bool = False) -> QuerySet[OrganisationRating]:
    """Ratings of the organisations where the user may read them (`rating.read`)."""
    rows = OrganisationRating.objects.filter(organisation__in=visible_to(user, verb="rating.read"))
    return (rows if with_voided else current(rows)).select_related("organisation")


def visible_member_ratings(user: Any, *, with_voided: bool = False) -> QuerySet[MemberRating]:
    """Ratings given by the cells where the user may read them (`rating.read`)."""
    rows = MemberRating.objects.filter(organisation__in=visible_to(user, verb="rating.read"))
    return (rows if with_voided else current(rows)).select_related("organisation", "member")
