"""The deadlines of a whole district: who, by when, by which rule, and on whose desk they are. A fixed few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from tongket.admissions.deadlines.desks import desk_body
from tongket.admissions.deadlines.limits import Deadline
from tongket.admissions.joining.models import Candidate, CandidateStep
from tongket.admissions.joining.queries import PLACE, Row, rows_of
from tongket.admissions.probation.queries import Probationer, on_probation
from tongket.audit.records import current
from tongket.members.models import Member
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import visible_to


@dataclass(frozen=True, slots=True)
class PersonDeadline:
    """One open deadline of one person: a `candidate` or a `member` on probation."""

    deadline: Deadline
    organisation: Organisation
    desk_body: str
    candidate: Candidate | None = None
    member: Member | None = None

    @property
    def person(self) -> str:
        """The person's name."""
        return str(self.candidate or self.member)


def cells_below(organisation: Organisation, day: date, user: Any = None) -> Any:
    """Ids of the organisation and all below it on a day; `user`: only those whose candidates the user may see."""
    paths = OrganisationPath.objects.filter(
        ancestor=organisation, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
    )
    if user is not None:
        paths = paths.filter(descendant__in=visible_to(user, verb="admission.read"))
    return paths.values("descendant")


def open_candidates(cells: Any, day: date) -> list[Row]:
    """The candidates of these cells who on a day are neither admitted nor closed, in two queries."""
    over = current(
        CandidateStep.objects.filter(
            candidate=OuterRef("identity"), kind__in=("ceremony", "closed"), on__lte=day
        )
    )
    people = current(
        Candidate.objects.filter(~Exists(over), organisation__in=cells, nominated_on__lte=day)
    ).select_related(PLACE)
    return rows_of(people, day)


def open_steps(cells: Any, day: date) -> dict[UUID, list[CandidateStep]]:
    """The steps of the candidates still on the way in these cells, by candidate, in one query."""
    over = current(
        CandidateStep.objects.filter(
            candidate=OuterRef("candidate"), kind__in=("ceremony", "closed"), on__lte=day
        )
    )
    rows = current(CandidateStep.objects.filter(~Exists(over), organisation__in=cells, on__lte=day))
    found: dict[UUID, list[CandidateStep]] = {}
    for row in rows.select_related("organisation").order_by("recorded_at", "id"):
        found.setdefault(row.candidate, []).append(row)
    return found


def deadlines_of(organisation: Organisation, day: date, *, user: Any = None) -> list[PersonDeadline]:
    """The open deadlines of candidates and probationers below an organisation on a day, the nearest first.

    Four queries, whatever the number of people. `user` cuts to what that user may see.
    """
    cells = cells_below(organisation, day, user)
    found = [
        *of_candidates(open_candidates(cells, day), day),
        *of_probationers(on_probation(cells, day), day),
    ]
    return sorted(found, key=lambda one: (one.deadline.last, one.person))


def of_candidates(rows: Iterable[Row], day: date) -> list[PersonDeadline]:
    """Their open deadlines."""
    return [
        PersonDeadline(
            one,
            row.candidate.organisation,
            desk_body(row.candidate.organisation, one.desk, day),
            candidate=row.candidate,
        )
        for row in rows
        for one in row.open_deadlines(day)
    ]


def of_probationers(people: Iterable[Probationer], day: date) -> list[PersonDeadline]:
    """Their open deadlines."""
    return [
        PersonDeadline(
            one, person.organisation, desk_body(person.organisation, one.desk, day), member=person.member
        )
        for person in people
        for one in person.open_deadlines(day)
    ]


def late_ones(found: Iterable[PersonDeadline], day: date) -> list[PersonDeadline]:
    """Those that have passed undone."""
    return [one for one in found if one.deadline.late(day)]


def alerted(found: Iterable[PersonDeadline], day: date) -> list[PersonDeadline]:
    """Those near enough for a reminder."""
    return [one for one in found if one.deadline.alert(day) is not None]
