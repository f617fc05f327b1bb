"""Who goes where when an organisation is split: first the list made by hand, then the rules.

Whoever neither names, and whoever the rules would send to two places, is left over: nothing is guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tongket.audit.records import chunks
from tongket.core.codelists import SECTOR
from tongket.core.text import fold, tidy
from tongket.members.models import Member, MemberDetail
from tongket.organisations.models import Organisation
from tongket.reforms.steps import ShareRule

_BETWEEN_WORDS = re.compile(r"[\W_]+")
#: The columns of the profile behind each field of `steps.PEOPLE_FIELDS`.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "address": ("permanent_address", "permanent_address_new", "temporary_address"),
    "workplace": ("workplace", "position"),
}


@dataclass(frozen=True, slots=True)
class Left:
    """One who has no place: the code, the name, and why in words."""

    code: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Shared:
    """`to`: code -> code of the organisation that receives. `left` must be empty before anything is done."""

    to: dict[str, str] = field(default_factory=dict)
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One to be given a place, with what the rules look at: field -> texts."""

    code: str
    name: str
    texts: Mapping[str, tuple[str, ...]]


def people_items(members: Sequence[Member], on: date) -> list[Item]:
    """Members with what their profile said on a day; two columns of the same field are both looked at."""
    details: dict[int, MemberDetail] = {}
    for ids in chunks(member.pk for member in members):
        rows = MemberDetail.objects.filter(
            member__in=ids, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
        )
        details |= {row.member_id: row for row in rows}
    return [
        Item(
            member.code,
            member.full_name,
            {
                name: tuple(getattr(details[member.pk], column) for column in columns)
                if member.pk in details
                else ()
                for name, columns in _COLUMNS.items()
            },
        )
        for member in members
    ]


def below_items(organisations: Iterable[Organisation]) -> list[Item]:
    """Organisations with their name and sector."""
    return [
        Item(
            one.code,
            one.name,
            {"name": (one.name,), "sector": (SECTOR.label(one.sector) if one.sector else "",)},
        )
        for one in organisations
    ]


def share(
    items: Sequence[Item],
    listed: Mapping[str, str],
    rules: Sequence[ShareRule],
    into: Sequence[str],
    *,
    rest: str = "",
) -> Shared:
    """Give every item its place. `into` are the codes that may receive; a place beyond them is none.

    `rest` is where those stay whom neither the list nor a rule names, if the organisation goes on."""
    to: dict[str, str] = {}
    left: list[Left] = []
    for item in items:
        if item.code in listed:
            places = [listed[item.code]]
        else:
            places = list(dict.fromkeys(rule.to for rule in rules if meets(item, rule)))
        places = [place for place in places if place in into]
        if len(places) == 1:
            to[item.code] = places[0]
        elif places:
            left.append(Left(item.code, item.name, "hợp với nhiều nơi: " + ", ".join(places)))
        elif rest:
            to[item.code] = rest
        else:
            left.append(Left(item.code, item.name, "chưa có nơi tiếp nhận"))
    return Shared(to, tuple(left))


def meets(item: Item, rule: ShareRule) -> bool:
    """Whether the words of the rule stand in the item's text, as whole words: "thôn 1" is not in "thôn 10".

    A rule written without diacritics meets any; one with diacritics only its own.
    """
    return any(has_words(text, rule.text) for text in item.texts.get(rule.field, ()))


def has_words(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text` in whole words; see `meets`."""
    plain = _words(fold(wanted))
    if not plain:
        return False
    if _words(tidy(wanted).casefold()) == plain:
        return f" {plain} " in f" {_words(fold(text))} "
    return f" {_words(tidy(wanted).casefold())} " in f" {_words(tidy(text).casefold())} "


def _words(text: str) -> str:
    return _BETWEEN_WORDS.sub(" ", text).strip()
