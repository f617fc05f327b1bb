"""Reading candidates: who may see whom, and where each stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tongket.admissions.deadlines.limits import Deadline
from tongket.admissions.joining.acts import in_body, steps_of
from tongket.admissions.joining.derive import Standing, deadlines, fold
from tongket.admissions.joining.models import Candidate, CandidateStep
from tongket.audit.records import current
from tongket.organisations.queries import visible_to

#: What a row's cell is named with: the cell, the body it lies in, and what stands above that.
PLACE = "organisation__parent__parent__parent"


def visible_candidates(user: Any, *, with_voided: bool = False) -> QuerySet[Candidate]:
    """Candidates of the cells where the user holds `admission.read`."""
    rows = Candidate.objects.filter(organisation__in=visible_to(user, verb="admission.read"))
    return (rows if with_voided else current(rows)).select_related(PLACE)


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate with the steps, the state folded from them, and the deadlines."""

    candidate: Candidate
    standing: Standing
    deadlines: tuple[Deadline, ...]
    steps: tuple[CandidateStep, ...] = ()

    def open_deadlines(self, day: date) -> list[Deadline]:
        """Those still to be met, the nearest first."""
        open_ones = [one for one in self.deadlines if one.is_open(day)]
        return sorted(open_ones, key=lambda one: one.last) if self.standing.is_open else []

    def is_late(self, day: date) -> bool:
        """Whether something has passed undone."""
        return any(one.late(day) for one in self.open_deadlines(day))


def rows_of(candidates: Iterable[Candidate], until: date = date.max) -> list[Row]:
    """Candidates with where they stand by the steps up to a day: one more query for all of them."""
    people: Sequence[Candidate] = list(candidates)
    steps = steps_of((person.identity for person in people), until)
    found = []
    for person in people:
        own = tuple(steps.get(person.identity, ()))
        now = fold(own, person.nominated_on)
        limits = tuple(deadlines(now, in_body=in_body(person.organisation)))
        found.append(Row(person, now, limits, own))
    return found
