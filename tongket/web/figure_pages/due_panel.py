"""The overview's panel of what the user has to do next: things due, reports to judge, the next conference.

It is fetched after the page, so that the page itself stays quick, and is about today and the user's own
organisations, whatever year the page looks at.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from tongket.audit.records import current
from tongket.conferences.models import Conference, Invitation, Reply
from tongket.conferences.queries import visible_conferences
from tongket.core.dates import today
from tongket.obligations.models import Obligation
from tongket.obligations.queries import own_organisations, visible_obligations
from tongket.organisations.queries import visible_to
from tongket.ui.gate import gate, held_verbs

SOON = 7  # days
#: With any of these verbs the overview asks for the panel.
VERBS = ("obligation.read", "conference.read")


@dataclass(frozen=True, slots=True)
class Next:
    """The next conference: where it leads, and for the host how many of those called have answered."""

    conference: Conference
    href: str
    called: int | None
    answered: int | None


def wanted(verbs: Collection[str]) -> bool:
    """Whether the panel has anything to say to a user with these verbs."""
    return any(verb in verbs for verb in VERBS)


@gate("figure.read")
def due_panel(request: HttpRequest) -> HttpResponse:
    """The panel alone (htmx)."""
    verbs = held_verbs(request)
    shown = {
        "soon_days": SOON,
        "due": _due(request.user) if "obligation.read" in verbs else None,
        "waiting": _waiting(request.user) if "obligation.write" in verbs else 0,
        "next": _next(request.user) if "conference.read" in verbs else None,
    }
    return render(request, "web/_due_panel.html", shown)


def _due(user: Any) -> dict[str, int]:
    """Open things of the organisations that the user acts for: overdue, due within a week, later (one query)."""
    rows = Obligation.objects.filter(
        organisation__in=own_organisations(user), demand__voided_at__isnull=True, fulfilled_on__isnull=True
    )
    day = today()
    last = day + timedelta(days=SOON)
    return current(rows).aggregate(
        overdue=Count("pk", filter=Q(deadline__lt=day)),
        soon=Count("pk", filter=Q(deadline__range=(day, last))),
        later=Count("pk", filter=Q(deadline__gt=last)),
    )


def _waiting(user: Any) -> int:
    """Reports that wait for somebody who acts for the asker."""
    asked = visible_to(user, "obligation.write").values("pk")
    rows = visible_obligations(user, "obligation.write").filter(
        demand__organisation__in=asked, state="reported"
    )
    return rows.exclude(organisation=F("demand__organisation")).count()


def _next(user: Any) -> Next | None:
    """The first conference from today on: of an organisation of the user's, else one to which his are called."""
    begins = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = Q(starts_at__gte=begins) & ~Q(state="closed")
    own = visible_conferences(user).filter(ahead).order_by("starts_at", "pk").first()
    mine = visible_to(user, "conference.write").values("pk")
    called = current(Invitation.objects.filter(conference=OuterRef("pk"), organisation__in=mine))
    others = current(Conference.objects.filter(ahead)).exclude(state="draft").filter(Exists(called))
    away = others.select_related("organisation").order_by("starts_at", "pk").first()
    if own is None or (away is not None and (away.starts_at, away.pk) < (own.starts_at, own.pk)):
        return Next(away, reverse("conferences:received"), None, None) if away is not None else None
    answers = current(Reply.objects.filter(invitation=OuterRef("pk")))
    counted = current(Invitation.objects.filter(conference=own)).aggregate(
        called=Count("pk"), answered=Count("pk", filter=Exists(answers))
    )
    return Next(own, reverse("conferences:detail", args=[own.pk]), counted["called"], counted["answered"])
