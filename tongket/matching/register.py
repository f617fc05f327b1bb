"""The people of the register as `Person`s to be compared: a few queries for any number of them."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tongket.matching.evidence import Person
from tongket.matching.judge import Register
from tongket.members.models import Member, MemberCard, MemberDetail, MembershipSpell

_DETAIL = (
    "member_id",
    "full_name",
    "birth_date",
    "birth_year_only",
    "national_id",
    "old_id_number",
    "gender",
    "home_town",
    "member__folded_name",
    "member__organisation_id",
)


def people(members: QuerySet[Member] | None = None) -> list[Person]:
    """The members as they read now, by key (`Member.pk`); all of them when `members` is None.

    Who has no standing details (a person merged into another, or taken back) is not among them.
    """
    keys = None if members is None else members.values("pk")
    cards = _cards(keys)
    admitted = _admitted(keys)
    return list(_people(keys, cards, admitted))


def register_of(members: QuerySet[Member] | None = None) -> Register:
    """The register to ask with `judge.match_row`: of these members, or of all."""
    return Register(people(members))


def persons_of(pks: Collection[int]) -> dict[int, Person]:
    """Some members as persons, by key."""
    return {one.key: one for one in people(Member.objects.filter(pk__in=pks))}


def _of(rows: QuerySet[Any], keys: Any) -> QuerySet[Any]:
    standing = rows.filter(voided_at__isnull=True).order_by()
    return standing if keys is None else standing.filter(member__in=keys)


def _cards(keys: Any) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for member, number in _of(MemberCard.objects.all(), keys).values_list("member_id", "number").iterator():
        found[member] = (*found.get(member, ()), number)
    return found


def _admitted(keys: Any) -> dict[int, date]:
    rows = _of(MembershipSpell.objects.exclude(admitted_on=None), keys)
    return dict(rows.values_list("member_id", "admitted_on").order_by("valid_from").iterator())


def _people(keys: Any, cards: dict[int, tuple[str, ...]], admitted: dict[int, date]) -> Iterator[Person]:
    rows = _of(MemberDetail.objects.all(), keys)
    latest: dict[int, tuple[Any, ...]] = {}
    for member, *rest in rows.order_by("valid_from").values_list(*_DETAIL).iterator(5_000):
        latest[member] = tuple(rest)
    for member, (name, born, year_only, number, old, gender, home, folded, cell) in sorted(latest.items()):
        yield Person(
            key=member,
            full_name=name,
            folded=folded,
            birth_date=born,
            birth_year_only=year_only,
            national_id=number,
            old_id_number=old,
            cards=cards.get(member, ()),
            gender=gender,
            home_town=home,
            admitted_on=admitted.get(member),
            organisation=cell,
        )
