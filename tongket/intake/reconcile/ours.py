"""What our register says of its people now, as the compared fields: a few queries for any number of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tongket.intake.reconcile.fields import NAMES, ORGANISATION, STATUS_FIELD, Cell
from tongket.matching.evidence import Person
from tongket.matching.queries import person_of
from tongket.members.exporting.people import Known, known_of
from tongket.members.fields import BY_NAME
from tongket.members.models import Member


@dataclass(frozen=True, slots=True)
class Ours:
    """One person of the register: who it is, where, and the value of every compared field."""

    member: Member
    values: dict[str, Any]
    person: Person

    @property
    def standing(self) -> bool:
        """Whether he or she is a member now."""
        return bool(self.member.standing)


def ours_of(members: QuerySet[Member]) -> dict[int, Ours]:
    """These members by key; who has no standing details (merged into another, taken back) is not among them."""
    return {
        known.member.pk: Ours(known.member, _values(known), _person(known))
        for known in known_of(members)
        if known.detail is not None
    }


def _values(known: Known) -> dict[str, Any]:
    detail, spell, card, cell = known.detail, known.spell, known.card, known.organisation
    found: dict[str, Any] = {name: getattr(detail, name) for name in BY_NAME if name != "birth_year_only"}
    if detail is not None and detail.birth_date is not None:
        found["birth_date"] = (detail.birth_date, detail.birth_year_only)
    found |= {
        ORGANISATION: Cell((cell.pk,), known.cell_name) if cell is not None else None,
        "card_number": known.member.card_number,
        "card_issued_on": card.issued_on if card is not None else None,
        "first_admitted_on": spell.admitted_on if spell is not None else None,
        "official_on": spell.official_on if spell is not None else None,
        STATUS_FIELD: known.status,
    }
    return found


def _person(known: Known) -> Person:
    member, spell = known.member, known.spell
    cards = (member.card_number,) if member.card_number else ()
    return person_of(member, known.detail, cards, spell.admitted_on if spell else None)


def fields_of(names: Iterable[str]) -> list[str]:
    """The compared fields among these, in the order in which a person is read."""
    wanted = set(names)
    return [name for name in NAMES if name in wanted]
