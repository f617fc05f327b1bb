"""Who is on probation, from the register: the day of the ceremony, the steps, where it stands. Few queries for many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from tongket.admissions.deadlines.limits import Deadline
from tongket.admissions.joining.acts import in_body
from tongket.admissions.joining.queries import PLACE
from tongket.admissions.models import ProbationStep
from tongket.admissions.probation.derive import Probation, deadlines, fold
from tongket.audit.records import chunks, current
from tongket.core.codelists import BEGINNINGS
from tongket.members.models import Member, MemberEvent, MembershipSpell
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to


@dataclass(frozen=True, slots=True)
class Probationer:
    """A member on probation, in the cell of that day, with the folded state and the deadlines."""

    member: Member
    organisation: Organisation
    probation: Probation
    deadlines: tuple[Deadline, ...]
    steps: tuple[ProbationStep, ...] = ()

    def open_deadlines(self, day: date) -> list[Deadline]:
        """Those still to be met, the nearest first."""
        return sorted((one for one in self.deadlines if one.is_open(day)), key=lambda one: one.last)

    def is_late(self, day: date) -> bool:
        """Whether something has passed undone."""
        return any(one.late(day) for one in self.open_deadlines(day))


#: The day from which the probation begun by an event runs, NULL where the register does not know it. An admission
#: without a day of ceremony counts from its decision; an entry from outside from the ceremony or admission it names.
BEGAN = Coalesce(
    "ceremony_on",
    Case(When(kind__in=("admitted", "readmitted"), then=F("on")), default=F("first_admitted_on")),
    output_field=DateField(),
)


def _beginnings(day: date) -> QuerySet[MemberEvent]:
    """The events up to a day with which membership began."""
    return current(MemberEvent.objects.filter(kind__in=BEGINNINGS, on__lte=day))


def ceremonies_of(members: Iterable[int], day: date) -> dict[int, date | None]:
    """The day from which each member's last probation runs, None where the register does not know it."""
    found: dict[int, date | None] = {}
    for part in chunks(members):
        rows = _beginnings(day).filter(member__in=part).order_by("on", "pk")
        found |= dict(rows.annotate(began=BEGAN).values_list("member_id", "began"))
    return found


def steps_of(members: Iterable[int], until: date = date.max) -> dict[int, list[ProbationStep]]:
    """The standing steps of members' probations up to a day, in the order in which they were recorded."""
    found: dict[int, list[ProbationStep]] = {}
    for part in chunks(members):
        rows = current(ProbationStep.objects.filter(member__in=part, on__lte=until))
        for row in rows.select_related("helper").order_by("recorded_at", "id"):
            found.setdefault(row.member_id, []).append(row)
    return found


def on_probation(cells: Any, day: date) -> list[Probationer]:
    """All who are probationary on a day in these cells (ids or a query of ids), in two queries."""
    last = _beginnings(day).filter(member=OuterRef("member")).order_by("-on", "-pk")
    spells = (
        MembershipSpell.objects.filter(
            organisation__in=cells,
            standing="probationary",
            voided_at__isnull=True,
            valid_from__lte=day,
            valid_to__gt=day,
        )
        .select_related("member", PLACE)
        .annotate(began=Subquery(last.annotate(found=BEGAN).values("found")[:1]))
        .order_by("member__sort_key", "member__code")
    )
    held = [(spell.member, spell.organisation, spell.began) for spell in spells]
    steps = steps_of((member.pk for member, _, _ in held), day)
    return [_probationer(member, cell, began, steps.get(member.pk, ())) for member, cell, began in held]


def probationers(held: Sequence[tuple[Member, Organisation]], day: date) -> list[Probationer]:
    """The probations of members in their cells as at a day, in two queries."""
    ids = [member.pk for member, _ in held]
    ceremonies, steps = ceremonies_of(ids, day), steps_of(ids)
    return [
        _probationer(member, cell, ceremonies.get(member.pk), steps.get(member.pk, ()))
        for member, cell in held
    ]


def _probationer(
    member: Member, cell: Organisation, ceremony: date | None, steps: Iterable[ProbationStep]
) -> Probationer:
    """One probation: steps of an earlier one, before a re-admission, are left out."""
    own = tuple(step for step in steps if ceremony is None or step.ceremony_on == ceremony)
    now = fold(ceremony, own)
    return Probationer(member, cell, now, tuple(deadlines(now, in_body=in_body(cell))), own)


def visible_probationers(user: Any, verb: str = "admission.read") -> Any:
    """Members who are on probation, or were and have steps here, in cells where the user holds the verb."""
    return Member.objects.filter(organisation__in=visible_to(user, verb=verb)).select_related(PLACE)
