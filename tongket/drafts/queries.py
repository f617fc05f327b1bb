"""Reading drafts: each is its owner's alone."""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from tongket.audit.models import LedgerEntry
from tongket.core.periods import parse_period
from tongket.drafts.checking import Result, check
from tongket.drafts.models import Draft
from tongket.organisations.queries import visible_to

#: A text of this length is checked anew each time rather than kept in memory.
_KEPT_CHARACTERS = 400_000
_KEPT_SECONDS = 900


def oldest_kept(now: datetime | None = None) -> datetime:
    """Drafts not touched since then are removed (`acts.remove_old`) and no longer shown."""
    return (now or timezone.now()) - timedelta(days=Draft.KEEP_DAYS)


def drafts_of(user: Any) -> QuerySet[Draft]:
    """The user's own drafts, of organisations for which the user still holds the duty."""
    return Draft.objects.filter(
        owner=user, organisation__in=visible_to(user, "draft.write"), changed_at__gte=oldest_kept()
    ).select_related("organisation")


def checked(draft: Draft, viewer: Any) -> Result:
    """The draft held against itself and the books as they are now, for its owner.

    Asked again before anything was recorded and before the text changed, the answer is the one found then.
    """
    last = LedgerEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    key = f"draft-{draft.pk}-{viewer.pk}-{draft.changed_at.timestamp()}-{last}"
    found: Result | None = cache.get(key)
    if found is None:
        found = check(draft.text, draft.organisation, parse_period(draft.period), viewer)
        if len(draft.text) <= _KEPT_CHARACTERS:
            cache.set(key, found, _KEPT_SECONDS)
    return found
