"""Who is on probation, from the register: the day of the ceremony, the steps, where it stands. Few queries for many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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

    def open_deadlines(self, day: date) -> list[Deadline]:
        """Those still to be met, the nearest first."""
        return sorted((one for one in self.deadlines if one.is_open(day)), key=lambda one: one.last)

    def is_late(self, day: date) -> bool:
        """Whether something has passed undone."""
        return any(one.late(day) for one in self.open_deadlines(day))


def ceremonies_of(members: Iterable[int], day: date) -> dict[int, date | None]:
    """The day from which each member's last probation runs, None where the register does not know it.

    An admission without a day of ceremony counts from its decision; a person entered from an older register from the
    ceremony, else from the admission written there.
    """
    found: dict[int, date | None] = {}
    for part in chunks(members):
        rows = current(
            MemberEvent.objects.filter(member__in=part, kind__in=BEGINNINGS, on__lte=day)
        ).order_by("on", "pk")
        for pk, kind, on, ceremony, first in rows.values_list(
            "member_id", "kind", "on", "ceremony_on", "first_admitted_on"
        ):
            began = on if kind in ("admitted", "readmitted") else first
            found[pk] = ceremony or began
    return found


def steps_of(members: Iterable[int]) -> dict[int, list[ProbationStep]]:
    """The standing steps of members' probations in the order in which they were recorded."""
    found: dict[int, list[ProbationStep]] = {}
    for part in chunks(members):
        rows = current(ProbationStep.objects.filter(member__in=part)).order_by("recorded_at", "id")
        for row in rows:
            found.setdefault(row.member_id, []).append(row)
    return found


def on_probation(cells: Any, day: date) -> list[Probationer]:
    """All who are probationary on a day in these cells (ids or a query of ids), in three queries."""
    spells = MembershipSpell.objects.filter(
        organisation__in=cells,
        standing="probationary",
        voided_at__isnull=True,
        valid_from__lte=day,
        valid_to__gt=day,
    ).select_related("member", PLACE)
    held = [
        (spell.member, spell.organisation) for spell in spells.order_by("member__sort_key", "member__code")
    ]
    return probationers(held, day)


def probationers(held: Sequence[tuple[Member, Organisation]], day: date) -> list[Probationer]:
    """The probations of members in their cells as at a day, in two queries."""
    ids = [member.pk for member, _ in held]
    ceremonies, steps = ceremonies_of(ids, day), steps_of(ids)
    found = []
    for member, cell in held:
        ceremony = ceremonies.get(member.pk)
        own = [s for s in steps.get(member.pk, ()) if ceremony is None or s.ceremony_on == ceremony]
        now = fold(ceremony, own)
        found.append(Probationer(member, cell, now, tuple(deadlines(now, in_body=in_body(cell)))))
    return found


def visible_probationers(user: Any, verb: str = "admission.read") -> Any:
    """Members who are on probation, or were and have steps here, in cells where the user holds the verb."""
    return Member.objects.filter(organisation__in=visible_to(user, verb=verb)).select_related(PLACE)
