"""Rights when the one root of an installation ends: whoever acted for it acts for what goes on for it.

Everything hangs under the new root then, so that nobody would see anything any more, and nobody could assign anybody.
Only where there was one root alone: with several, the new one may hold what the accounts of the old ones never saw. All
other accounts stay where they are; the effects name them, the administrator assigns them anew. So do programs
(`tongket.api`), which nobody is locked out without: they go on reading the past, and are let in anew for what follows.
"""

from datetime import datetime

from django.db.models import Q

from tongket.accounts.models import Assignment
from tongket.core.dates import FOREVER, today
from tongket.organisations.models import Organisation, OrganisationAct, SuccessorLink


def carry_rights(at: datetime) -> list[Assignment]:
    """Inside the act of moment `at`, after all its steps: give the assignments at the old root at the new one too.

    Gives the new assignments, to be taken back with the plan; none where the rule does not apply.
    """
    founded = set(
        OrganisationAct.objects.filter(recorded_at=at, kind="found", parent__isnull=True).values_list(
            "organisation_id", flat=True
        )
    )
    ended = set(
        OrganisationAct.objects.filter(
            recorded_at=at, ends=True, organisation__parent__isnull=True
        ).values_list("organisation_id", flat=True)
    )
    alive = set(
        Organisation.objects.filter(parent__isnull=True, ends_on=FOREVER).values_list("pk", flat=True)
    )
    if len(ended) != 1 or len(founded) != 1 or alive != founded:
        return []
    heirs = SuccessorLink.objects.filter(recorded_at=at, predecessor__in=ended)
    if set(heirs.values_list("successor_id", flat=True)) != founded:
        return []
    day = today()
    (old,), (new,) = ended, founded
    rows = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        organisation=old,
        since__lte=day,
        user__api_client__isnull=True,
    )
    made = [
        Assignment(user_id=row.user_id, organisation_id=new, duty=row.duty, since=day, until=row.until)
        for row in rows
    ]
    Assignment.objects.bulk_create(made)
    return list(Assignment.objects.filter(organisation=new).select_related("user", "organisation"))


def take_rights_back(keys: list[int]) -> None:
    """Inside the act that takes a plan back: end what `carry_rights` gave."""
    Assignment.objects.filter(pk__in=keys).delete()
