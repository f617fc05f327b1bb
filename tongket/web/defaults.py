"""Which period a user sees who has not chosen one."""

from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone

from tongket.core.periods import Period, year
from tongket.members.models import MemberEvent
from tongket.ratings.models import OrganisationRating

_KEY, _SECONDS = "web-last-year-with-data", 120


def last_year_with_data() -> Period:
    """The last complete year for which organisations were rated; before any rating, the last with an event.

    Kept for two minutes: it changes once a year.
    """
    found = cache.get(_KEY)
    if found is None:
        found = _find()
        cache.set(_KEY, found, _SECONDS)
    return year(found)


def _find() -> int:
    last_complete = timezone.localdate().year - 1
    in_time = {"voided_at__isnull": True, "period_end__lte": year(last_complete).end, "period_end__month": 12}
    last = OrganisationRating.objects.filter(**in_time).aggregate(last=Max("period_end"))["last"]
    if last is None:
        events = MemberEvent.objects.filter(voided_at__isnull=True, on__lte=year(last_complete).end)
        last = events.aggregate(last=Max("on"))["last"]
    return last.year if last else last_complete
