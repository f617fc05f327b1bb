"""What a user may do for one organisation, in one question to the database."""

from typing import Any

from tongket.accounts.duties import RIGHTS
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import assignments_of


def verbs_at(user: Any, organisation: Organisation | None) -> frozenset[str]:
    """All verbs the user holds for an organisation (none for no organisation)."""
    if organisation is None:
        return frozenset()
    above = OrganisationPath.objects.filter(
        descendant=organisation, voided_at__isnull=True, valid_to=organisation.ends_on
    )
    duties = set(
        assignments_of(user).filter(organisation__in=above.values("ancestor")).values_list("duty", flat=True)
    )
    return frozenset(verb for verb, holders in RIGHTS.items() if holders & duties)
