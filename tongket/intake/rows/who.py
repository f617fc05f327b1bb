"""Who a row is about: the people whom the importer may know of, loaded once for a file and asked for every row.

Whether an entry is a person of the register is judged by `tongket.matching`; here is only who may be named. Of a number
that belongs to somebody beyond the importer's scope nothing is said but that it does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.db.models import Q

from tongket.audit.records import chunks
from tongket.core.text import fold
from tongket.matching import evidence
from tongket.matching.judge import Candidate, Match, Register, match_row
from tongket.matching.register import register_of
from tongket.members.models import Member, MemberCard, MemberDetail

folded = lru_cache(maxsize=16_384)(fold)


@dataclass(frozen=True, slots=True)
class Clues:
    """What a list says of a person. `cell`: the key of the organisation beside which the person stands in the list."""

    national_id: str = ""
    card_number: str = ""
    full_name: str = ""
    birth_date: date | None = None
    year_only: bool = False
    old_id_number: str = ""
    gender: str = ""
    home_town: str = ""
    admitted_on: date | None = None
    cell: int | None = None

    def sign(self, time: int = 1) -> str:
        """The same for the same description of a person in any list; `time`: the how manieth of one list it is."""
        said = (
            self.national_id,
            self.card_number,
            folded(self.full_name),
            self.birth_date,
            self.year_only,
            time,
        )
        return sha256("|".join(map(str, said)).encode()).hexdigest()[:20]

    @property
    def tells(self) -> bool:
        """Whether anything is there by which a person can be told from another of the same name."""
        return bool(self.national_id or self.card_number or self.old_id_number or self.birth_date)

    def person(self) -> evidence.Person:
        """As it is compared."""
        return evidence.person(
            None,
            self.full_name,
            national_id=self.national_id,
            old_id_number=self.old_id_number,
            cards=(self.card_number,),
            birth_date=self.birth_date,
            birth_year_only=self.year_only,
            gender=self.gender,
            home_town=self.home_town,
            admitted_on=self.admitted_on,
            organisation=self.cell,
        )


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody whom a row may be about, and what speaks for and against it."""

    member: Member
    reasons: tuple[str, ...]
    whole: bool  # same name and same full date of birth, and nothing against it
    outcome: str
    points: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a row's person is to the register: the `code` when it is sure, else who it may be, the likeliest first.

    `elsewhere`: its number belongs to somebody of whom the importer may know nothing else.
    """

    code: str = ""
    likely: tuple[Likely, ...] = ()
    elsewhere: bool = False


@dataclass
class Crowd:
    """The people of whom the holder of a scope may know: those in it, and those nowhere yet whom he `entered`."""

    scope: frozenset[int] | None
    entered: frozenset[int] = frozenset()
    _register: Register = field(init=False)
    _known: dict[Clues, Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        mine = None
        if self.scope is not None:
            waiting = Q(organisation__isnull=True, pk__in=self.entered)
            mine = Member.objects.filter(Q(organisation__in=self.scope) | waiting)
        self._register = register_of(mine)

    @property
    def empty(self) -> bool:
        """Whether there is nobody at all."""
        return not self._register.people and self.scope is None

    def find(self, clues: Sequence[Clues]) -> list[Found]:
        """For each who it is; the same description is asked once."""
        fresh = [clue for clue in dict.fromkeys(clues) if clue not in self._known]
        matches = {clue: match_row(clue.person(), self._register) for clue in fresh}
        members = _members(c.person.key for m in matches.values() if m.key is None for c in m.candidates)
        codes = _codes(m.key for m in matches.values() if m.key is not None)
        beyond = self._beyond(fresh)
        for clue, match in matches.items():
            outside = bool({clue.national_id, clue.card_number} & beyond)
            sure = codes.get(match.key, "")
            self._known[clue] = Found(sure) if sure else Found("", _likely(clue, match, members), outside)
        return [self._known[clue] for clue in clues]

    def _beyond(self, clues: Sequence[Clues]) -> set[str]:
        """Of the numbers in a list those of people beyond the scope."""
        if self.scope is None:
            return set()
        mine = {one.key for one in self._register.people}
        found: set[str] = set()
        for numbers, rows, column in (
            ({c.national_id for c in clues}, MemberDetail.objects.all(), "national_id"),
            ({c.card_number for c in clues}, MemberCard.objects.all(), "number"),
        ):
            for part in chunks(numbers - {""}):
                told = rows.filter(**{f"{column}__in": part}, voided_at__isnull=True).order_by()
                found |= {n for n, pk in told.values_list(column, "member_id") if pk not in mine}
        return found


def _members(keys: Iterable[int]) -> dict[int, Member]:
    found: dict[int, Member] = {}
    for part in chunks(keys):
        found |= Member.objects.select_related("organisation").in_bulk(part)
    return found


def _codes(keys: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(keys):
        found |= dict(Member.objects.filter(pk__in=part).order_by().values_list("pk", "code"))
    return found


def _likely(clue: Clues, match: Match, members: Mapping[int, Member]) -> tuple[Likely, ...]:
    row = clue.person()
    return tuple(
        Likely(
            members[c.person.key],
            tuple(c.judgement.reasons),
            _whole(row, c),
            c.judgement.outcome,
            c.judgement.points,
        )
        for c in match.candidates
    )


def _whole(row: evidence.Person, candidate: Candidate) -> bool:
    return (
        evidence.name_likeness(row, candidate.person) == "same"
        and evidence.birth_likeness(row, candidate.person) == "same"
        and not any(e.bearing == "against" for e in candidate.judgement.evidence)
    )
