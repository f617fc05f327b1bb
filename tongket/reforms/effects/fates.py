"""What an act did to people and organisations, read from its moment alone.

Every row that an act writes or voids bears the act's moment, so the same reading serves a plan under way (before it is
rolled back) and one that was carried out years ago.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from tongket.members.models import MembershipSpell, PostHolding
from tongket.organisations.models import (
    Organisation,
    OrganisationAct,
    OrganisationPath,
    OrganisationVersion,
    SuccessorLink,
)

#: What became of an organisation, in the order in which it is shown.
FATES: Mapping[str, str] = {
    "founded": "Thành lập",
    "ended": "Kết thúc",
    "parted": "Tách một phần, tiếp tục hoạt động",
    "moved": "Chuyển trực thuộc",
    "renamed": "Đổi tên, loại hình",
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one organisation. `parents`, `kinds`, `names`: before and after ("" where it was not there).
    `heirs` are the codes of those that go on for it."""

    code: str
    name: str
    fate: str
    names: tuple[str, str]
    kinds: tuple[str, str]
    parents: tuple[str, str]
    members: tuple[int, int]
    heirs: tuple[str, ...]
    posts_ended: int


@dataclass(frozen=True, slots=True)
class Handed:
    """How many members went from one cell to another."""

    source: str
    target: str
    members: int


@dataclass(frozen=True, slots=True)
class Effects:
    """All that one act did. `total` is the number of members on the day of all that the act touched, before and after:
    of what lies elsewhere whoever carries it out need not know."""

    fates: tuple[Fate, ...]
    handed: tuple[Handed, ...]
    posts_ended: int
    total: tuple[int, int]

    def of(self, fate: str) -> list[Fate]:
        """Those of one fate."""
        return [one for one in self.fates if one.fate == fate]


def effects_of(at: datetime, on: date) -> Effects:
    """The effects of the act of moment `at` on the day `on`. Ten queries, however much it did."""
    versions = _versions(at, on)
    ended = set(
        OrganisationAct.objects.filter(recorded_at=at, ends=True).values_list("organisation_id", flat=True)
    )
    parents = {row.parent_id for pair in versions.values() for row in pair if row and row.parent_id}
    named = {o.pk: o for o in Organisation.objects.filter(pk__in={*versions, *ended, *parents})}
    heirs = _heirs(at)
    posts = Counter(
        PostHolding.objects.filter(voided_at=at, valid_to__gt=on).values_list("organisation_id", flat=True)
    )
    cells = (_in_cells(at, on - _DAY), _in_cells(at, on))
    members, touched = _members(at, on, {*versions, *ended}, cells)
    handed, came, gone = _handed(at, on)
    fates = [
        _fate(named[pk], versions.get(pk, (None, None)), pk in ended, named, heirs, posts, members)
        for pk in {*versions, *ended}
    ]
    order = list(FATES)
    fates.sort(key=lambda fate: (order.index(fate.fate), fate.code))
    total = sum(cells[1][cell] for cell in {*touched, *came, *gone})
    return Effects(tuple(fates), handed, sum(posts.values()), (total - came.total() + gone.total(), total))


_Pair = tuple[OrganisationVersion | None, OrganisationVersion | None]


def _versions(at: datetime, on: date) -> dict[int, _Pair]:
    """Of every organisation whose versions the act changed: how it read the day before, and on the day after all."""
    changed = OrganisationVersion.objects.filter(Q(recorded_at=at) | Q(voided_at=at))
    rows = OrganisationVersion.objects.filter(
        _standing(at),
        organisation__in=changed.values("organisation"),
        valid_from__lte=on,
        valid_to__gte=on,
    )
    found: dict[int, _Pair] = {}
    for row in rows:
        before, after = found.get(row.organisation_id, (None, None))
        if row.valid_from < on:
            before = row
        if row.valid_to > on:
            after = row
        found[row.organisation_id] = (before, after)
    return found


def _standing(at: datetime) -> Q:
    """Rows as the act left them, whatever was done since."""
    return Q(recorded_at__lte=at) & (Q(voided_at__isnull=True) | Q(voided_at__gt=at))


def _heirs(at: datetime) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    links = SuccessorLink.objects.filter(recorded_at=at).order_by("pk")
    for predecessor, code in links.values_list("predecessor_id", "successor__code"):
        found.setdefault(predecessor, []).append(code)
    return found


def _in_cells(at: datetime, day: date) -> Counter[int]:
    """Members of each cell on a day, as the act left the register."""
    rows = (
        MembershipSpell.objects.filter(_standing(at), valid_from__lte=day, valid_to__gt=day)
        .order_by()
        .values_list("organisation_id")
        .annotate(Count("pk"))
    )
    return Counter(dict(rows))


def _members(
    at: datetime, on: date, ids: set[int], cells: tuple[Counter[int], Counter[int]]
) -> tuple[tuple[Counter[int], Counter[int]], set[int]]:
    """Members of each organisation with all below it: on the day before, and on the day. And all that lies below."""
    eve = on - _DAY
    paths = OrganisationPath.objects.filter(
        _standing(at), ancestor__in=ids, valid_from__lte=on, valid_to__gt=eve
    )
    found: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    touched: set[int] = set()
    for ancestor, below, start, end in paths.values_list(
        "ancestor_id", "descendant_id", "valid_from", "valid_to"
    ):
        touched.add(below)
        for number, day in enumerate((eve, on)):
            if start <= day < end:
                found[number][ancestor] += cells[number][below]
    return found, touched


def _handed(at: datetime, on: date) -> tuple[tuple[Handed, ...], Counter[int], Counter[int]]:
    """Who went from which cell to which; how many spells of the day the act made and voided, by cell."""
    holding = MembershipSpell.objects.filter(valid_from__lte=on, valid_to__gt=on)
    columns = ("member_id", "organisation__code", "organisation_id")
    gone = list(holding.filter(voided_at=at).values_list(*columns))
    came = list(holding.filter(recorded_at=at).values_list(*columns))
    before = {member: code for member, code, _cell in gone}
    pairs = Counter(
        (before[member], code) for member, code, _cell in came if member in before and before[member] != code
    )
    handed = tuple(Handed(source, target, count) for (source, target), count in sorted(pairs.items()))
    return handed, Counter(cell for *_who, cell in came), Counter(cell for *_who, cell in gone)


def _fate(
    organisation: Organisation,
    pair: _Pair,
    ended: bool,
    named: Mapping[int, Organisation],
    heirs: Mapping[int, list[str]],
    posts: Mapping[int, int],
    members: tuple[Mapping[int, int], Mapping[int, int]],
) -> Fate:
    before, after = pair
    pk = organisation.pk
    fate = "ended" if ended else _kept(before, after)
    return Fate(
        organisation.code,
        organisation.name,
        fate,
        (before.name if before else "", after.name if after else ""),
        (before.kind if before else "", after.kind if after else ""),
        (
            _name(before, named),
            _name(after, named),
        ),
        (members[0].get(pk, 0), members[1].get(pk, 0)),
        tuple(heirs.get(pk, ())),
        posts.get(pk, 0),
    )


def _kept(before: OrganisationVersion | None, after: OrganisationVersion | None) -> str:
    if before is None or after is None:
        return "founded"
    if before.parent_id != after.parent_id:
        return "moved"
    read = [(one.name, one.kind, one.sector) for one in (before, after)]
    return "renamed" if read[0] != read[1] else "parted"  # an act that changed nothing of how it reads


def _name(version: OrganisationVersion | None, named: Mapping[int, Organisation]) -> str:
    return named[version.parent_id].name if version is not None and version.parent_id else ""
