"""Whether two entries are one person: sure, doubtful or none, each with its reasons. No database is asked here.

`match_row` answers for one incoming row against the register, `duplicates` for the register against itself. Both look
only at pairs that share a number, or a name with a compatible date of birth, or a date of birth with a nearby name
(`keys_of`); a pair that shares none of these is `none` by the rule itself, so nothing is missed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tongket.matching.evidence import (
    Evidence,
    Person,
    birth_likeness,
    evidence,
    name_likeness,
    near,
    same_given_name,
)

Outcome = Literal["sure", "doubtful", "none"]

#: Points from which two entries are one person without a shared number, and from which a clerk has to look.
SURE, DOUBTFUL = 110, 60

NOBODY = "Trong sổ không có ai trùng số CCCD, số thẻ, hay trùng họ tên với ngày sinh phù hợp."
_ORDER: dict[str, int] = {"sure": 0, "doubtful": 1, "none": 2}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What two entries are to each other, with all that was weighed."""

    outcome: Outcome
    points: int
    evidence: tuple[Evidence, ...]

    @property
    def reasons(self) -> list[str]:
        """Why, in words: what speaks for it first, then what speaks against."""
        told = [e.said for e in self.evidence if e.bearing == "for"]
        against = [e.said for e in self.evidence if e.bearing == "against"]
        return [*told, *(f"Nhưng: {said[:1].lower()}{said[1:]}" for said in against)]


def judge(one: Person, other: Person) -> Judgement:
    """Judge two entries. Symmetric.

    *Sure*: the same CCCD or Party card and nothing of name, birth, sex or CCCD against it; or `SURE` points with the
    same name, marks and all, and the same full date of birth (1 January is none). *Doubtful*: the same number with
    something against it, or at least `DOUBTFUL` points on a ground (`_ground`). Everything else is *none*.
    """
    weighed = evidence(one, other)
    points = sum(e.points for e in weighed)
    if _same_number(weighed):
        return Judgement("doubtful" if _contradicted(one, other, weighed) else "sure", points, weighed)
    if not _ground(one, other, weighed) or points < DOUBTFUL:
        return Judgement("none", points, weighed)
    whole = name_likeness(one, other) == "same" and birth_likeness(one, other) == "same"
    sure = points >= SURE and whole and not _contradicted(one, other, weighed)
    return Judgement("sure" if sure else "doubtful", points, weighed)


def _same_number(weighed: Sequence[Evidence]) -> bool:
    return any(e.field in {"national_id", "card_number"} and e.bearing == "for" for e in weighed)


def _contradicted(one: Person, other: Person, weighed: Sequence[Evidence]) -> bool:
    """Whether something says that a shared number was written down for the wrong one of two people.

    Twins share the date of birth and often all but a letter or a mark of the given name: a slip there is no slip.
    """
    against = {e.field for e in weighed if e.bearing == "against"}
    if against & {"national_id", "gender", "birth_date", "full_name"}:
        return True
    slip = near(name_likeness(one, other))
    return slip and (birth_likeness(one, other) != "same" or not same_given_name(one, other))


def _ground(one: Person, other: Person, weighed: Sequence[Evidence]) -> bool:
    """Whether there is anything to weigh: a shared old number, a name with its birth, a birth with a nearby name."""
    if any(e.field == "old_id_number" and e.bearing == "for" for e in weighed):
        return True
    name, birth = name_likeness(one, other), birth_likeness(one, other)
    if name in {"same", "folded"}:
        return birth != "different"
    return near(name) and birth == "same"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of the register that an incoming row may be."""

    person: Person
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Match:
    """What an incoming row is to the register. `key` is that of the one sure person, else None.

    `candidates` are all that are sure or doubtful, the likeliest first; `reasons` say why in words.
    """

    outcome: Outcome
    key: Any
    candidates: tuple[Candidate, ...]
    reasons: tuple[str, ...]


def keys_of(one: Person) -> Iterator[tuple[Any, ...]]:
    """The blocks that an entry stands in. Two entries whose judgement is not `none` share at least one.

    A person without a date of birth stands in one block of the name; `Register` looks there from both sides.
    """
    if one.national_id:
        yield "cccd", one.national_id
    for card in one.cards:
        yield "card", card
    if one.old_id_number:
        yield "old", one.old_id_number
    if not one.folded:
        return
    birth = one.birth_date
    if birth is None:
        yield "unborn", one.folded
        return
    yield "name-year", one.folded, birth.year
    if one.birth_year_only:
        return
    yield "name-day", one.folded, birth.day, birth.month
    # A nearby name on the same day of birth: the given name is the same, or all but it, or all words in another order.
    words = one.folded.split()
    yield "born-given", birth, words[-1]
    yield "born-rest", birth, *words[:-1]
    yield "born-words", birth, *sorted(words)


class Register:
    """The people of a register, ready to be asked. Building it takes one pass over them."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people: list[Person] = list(people)
        self._blocks: dict[tuple[Any, ...], list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        for place, one in enumerate(self.people):
            for key in keys_of(one):
                self._blocks.setdefault(key, []).append(place)
            if one.folded:
                self._by_name.setdefault(one.folded, []).append(place)

    def near(self, one: Person) -> list[Person]:
        """The people worth comparing with an entry, each once, in the order of the register."""
        return [self.people[place] for place in sorted(self._near(one))]

    def _near(self, one: Person) -> set[int]:
        places: set[int] = set()
        for key in keys_of(one):
            places.update(self._blocks.get(key, ()))
        if one.folded and one.birth_date is None:
            places.update(self._by_name.get(one.folded, ()))
        else:
            places.update(self._blocks.get(("unborn", one.folded), ()))
        return places

    def pairs(self) -> Iterator[tuple[Person, Person]]:
        """Every two people of the register worth comparing, each pair once."""
        for place, one in enumerate(self.people):
            for other in self._near(one):
                if other > place:
                    yield one, self.people[other]


def match_row(row: Person, register: Register) -> Match:
    """What one incoming row is to the register: the function that an intake calls for each row.

    *sure* with the key of the one person it is; *doubtful* with the candidates to be shown side by side (also when it
    surely is several, who then are duplicates among themselves); *none*: a new person.
    """
    found = [Candidate(other, judge(row, other)) for other in register.near(row)]
    found = [c for c in found if c.judgement.outcome != "none"]
    # Equal candidates stay in the order of the register.
    found.sort(key=lambda c: (_ORDER[c.judgement.outcome], -c.judgement.points))
    sure = [c for c in found if c.judgement.outcome == "sure"]
    if len(sure) == 1:
        return Match("sure", sure[0].person.key, tuple(found), tuple(sure[0].judgement.reasons))
    if sure:
        said = f"Khớp chắc chắn với {len(sure)} người trong sổ: có thể chính sổ ghi trùng người."
        return Match("doubtful", None, tuple(found), (said, *sure[0].judgement.reasons))
    if found:
        return Match("doubtful", None, tuple(found), tuple(found[0].judgement.reasons))
    return Match("none", None, (), (NOBODY,))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two people of the register who are or may be one."""

    one: Person
    other: Person
    judgement: Judgement


def duplicates(register: Register) -> list[Duplicate]:
    """All pairs within the register that are not `none`, the surest first."""
    found = []
    for one, other in register.pairs():
        judgement = judge(one, other)
        if judgement.outcome != "none":
            found.append(Duplicate(one, other, judgement))
    found.sort(key=lambda d: (_ORDER[d.judgement.outcome], -d.judgement.points))
    return found
