"""What decisions of discipline mean for ratings and badges: plain facts, in few queries for many.

Nothing here asks who is looking. Whoever shows a fact asks `inspections.queries` first: to others it may be said that
there is a decision, never which; of a sealed one not even that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongket.audit.records import chunks, current
from tongket.core.dates import FOREVER
from tongket.inspections.models import DisciplineEnd, MemberDiscipline, OrganisationDiscipline

_COLUMNS = ("pk", "organisation_id", "form", "decided_on", "sealed")


@dataclass(frozen=True, slots=True)
class DisciplineFact:
    """One decision in force: of whom, which form, from which day; `corrected_on` once the correction is confirmed."""

    pk: int
    subject_id: int  # the member, or the organisation
    organisation_id: int
    form: str
    decided_on: date
    sealed: bool
    corrected_on: date = FOREVER


def disciplines_of_members(members: Iterable[int], start: date, end: date) -> dict[int, list[DisciplineFact]]:
    """Decisions on these members (ids) of the days from `start` to `end`, both inclusive; annulled ones left out."""
    return _facts(MemberDiscipline, "member", members, start, end)


def disciplines_of_organisations(
    organisations: Iterable[int], start: date, end: date
) -> dict[int, list[DisciplineFact]]:
    """Decisions on these organisations (ids) of the days from `start` to `end`; annulled ones left out."""
    return _facts(OrganisationDiscipline, "organisation", organisations, start, end)


def _facts(
    model: Any, subject: str, ids: Iterable[int], start: date, end: date
) -> dict[int, list[DisciplineFact]]:
    found: dict[int, list[DisciplineFact]] = {}
    for part in chunks(ids):
        rows = current(
            model.objects.filter(**{f"{subject}__in": part}, decided_on__gte=start, decided_on__lte=end)
        ).order_by("decided_on", "pk")
        listed = list(rows.values_list(f"{subject}_id", *_COLUMNS))
        annulled, corrected = _ended(model, [pk for _, pk, *_ in listed])
        for owner, pk, organisation, form, decided_on, sealed in listed:
            if pk not in annulled:
                fact = DisciplineFact(
                    pk, owner, organisation, form, decided_on, sealed, corrected.get(pk, FOREVER)
                )
                found.setdefault(owner, []).append(fact)
    return found


def _ended(model: Any, pks: Sequence[int]) -> tuple[set[int], dict[int, date]]:
    """Which of these disciplines were annulled, and on which day the correction of the others was confirmed."""
    if not pks:
        return set(), {}
    name = "member_discipline" if model is MemberDiscipline else "organisation_discipline"
    annulled: set[int] = set()
    corrected: dict[int, date] = {}
    rows = current(DisciplineEnd.objects.filter(**{f"{name}__in": pks})).order_by("-on")
    for pk, kind, on in rows.values_list(f"{name}_id", "kind", "on"):
        if kind == "annulled":
            annulled.add(pk)
        else:
            corrected[pk] = on
    return annulled, corrected
