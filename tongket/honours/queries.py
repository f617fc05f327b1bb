"""Reading badges and commendations, always through what the user may see."""

from typing import Any

from django.db.models import QuerySet

from tongket.audit.records import current
from tongket.honours.models import BadgeAward, Commendation
from tongket.organisations.queries import visible_to


def visible_badge_awards(user: Any, *, with_voided: bool = False) -> QuerySet[BadgeAward]:
    """Badges given in the cells where the user may read honours (`honour.read`)."""
    rows = BadgeAward.objects.filter(organisation__in=visible_to(user, verb="honour.read"))
    return (rows if with_voided else current(rows)).select_related("organisation", "member")


def visible_commendations(user: Any, *, with_voided: bool = False) -> QuerySet[Commendation]:
    """Commendations of the organisations where the user may read honours (`honour.read`)."""
    rows = Commendation.objects.filter(organisation__in=visible_to(user, verb="honour.read"))
    return (rows if with_voided else current(rows)).select_related("organisation", "member")
