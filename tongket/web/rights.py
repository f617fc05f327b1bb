"""What a user may do for one organisation, in one question to the database."""

from typing import Any

from tongket.accounts.duties import RIGHTS
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import assignments_of, verbs_of


def verbs_at(user: Any, organisation: Organisation | None) -> frozenset[str]:
    """All verbs the user holds for an organisation.

    For None (a person entered without any event yet, seen only by whoever entered him): all that he holds anywhere.
    """
    if organisation is None:
        return verbs_of(user)
    above = OrganisationPath.objects.filter(
        descendant=organisation, voided_at__isnull=True, valid_to=organisation.ends_on
    )
    duties = set(
        assignments_of(user).filter(organisation__in=above.values("ancestor")).values_list("duty", flat=True)
    )
    return frozenset(verb for verb, holders in RIGHTS.items() if holders & duties)
