"""What questions of the register share: rows as known at a moment, organisations below another."""

from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from tongket.organisations.models import Organisation, OrganisationPath


def known_at(moment: datetime | None, prefix: str = "") -> Q:
    """Rows that stood in the books at a moment (None: now)."""
    if moment is None:
        return Q(**{f"{prefix}voided_at__isnull": True})
    later = Q(**{f"{prefix}voided_at__isnull": True}) | Q(**{f"{prefix}voided_at__gt": moment})
    return Q(**{f"{prefix}recorded_at__lte": moment}) & later


def on_day(day: date, prefix: str = "") -> Q:
    """Rows in force on a day."""
    return Q(**{f"{prefix}valid_from__lte": day, f"{prefix}valid_to__gt": day})


def keys_below(organisation: Organisation, day: date | None, moment: datetime | None) -> QuerySet[Any]:
    """Keys of the organisation and of all below it: on a day, or (None) by the latest place of each."""
    paths = OrganisationPath.objects.filter(known_at(moment), ancestor=organisation)
    paths = paths.filter(valid_to=F("descendant__ends_on")) if day is None else paths.filter(on_day(day))
    return paths.values("descendant")
