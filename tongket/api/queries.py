"""Which programs an administrator may change, and whose token a request bears."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from tongket.accounts.models import Assignment
from tongket.api.acts import PREFIX, hashed
from tongket.api.models import ApiClient, ApiToken
from tongket.core.dates import today
from tongket.organisations.queries import visible_to

#: How often the moment of last use is written.
_NOTED_EVERY = timedelta(minutes=1)


def manageable_clients(user: Any) -> QuerySet[ApiClient]:
    """The programs whose scope lies wholly where the user keeps accounts."""
    seen = visible_to(user, "account.write")
    elsewhere = Assignment.objects.exclude(organisation__in=seen).values("user")
    return (
        ApiClient.objects.filter(organisation__in=seen)
        .exclude(user__in=elsewhere)
        .select_related("user", "organisation")
    )


def standing_token(text: str, on: Any = None) -> ApiToken | None:
    """The token of that text, if it may still be used: not taken back, not run out, its account open; else None."""
    if not (text.startswith(PREFIX) and 20 <= len(text) <= 100 and text.isascii()):
        return None
    return (
        ApiToken.objects.filter(
            token_hash=hashed(text),
            revoked_at__isnull=True,
            expires_on__gte=on or today(),
            client__closed_at__isnull=True,
            client__user__is_active=True,
        )
        .select_related("client__user")
        .first()
    )


def note_use(token: ApiToken, now: datetime | None = None) -> None:
    """Write down that the token was used; no act of anybody, so the ledger is not told of each."""
    moment = now or timezone.now()
    if token.last_used_at is None or moment - token.last_used_at >= _NOTED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=moment)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=moment)
