"""What an act did to people and organisations, read from its moment alone.

Every row that an act writes or voids bears the act's moment, so the same reading serves a plan under way (before it is
rolled back) and one that was carried out years ago.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from tongket.core.dates import FOREVER
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
    """All that one act did. `total` is the number of members in the register on the day, before and after."""

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
    ended = dict(
        OrganisationAct.objects.filter(recorded_at=at, ends=True).values_list("organisation_id", "kind")
    )
    named = {o.pk: o for o in Organisation.objects.filter(pk__in={*versions, *ended})}
    parents = _names(pk for pair in versions.values() for row in pair if row for pk in [row.parent_id] if pk)
    heirs = _heirs(at)
    posts = _posts_ended(at)
    members = _members(at, on, set(named))
    fates = [
        _fate(organisation, versions.get(pk, (None, None)), pk in ended, parents, heirs, posts, members)
        for pk, organisation in named.items()
    ]
    order = list(FATES)
    fates.sort(key=lambda fate: (order.index(fate.fate), fate.code))
    return Effects(tuple(fates), _handed(at, on), sum(posts.values()), _total(at, on))


_Pair = tuple[OrganisationVersion | None, OrganisationVersion | None]


def _versions(at: datetime, on: date) -> dict[int, _Pair]:
    """Of every organisation whose versions the act changed: how it read the day before, and on the day after all."""
    changed = OrganisationVersion.objects.filter(recorded_at=at) | OrganisationVersion.objects.filter(
        voided_at=at
    )
    touched = set(changed.values_list("organisation_id", flat=True))
    found: dict[int, _Pair] = dict.fromkeys(touched, (None, None))
    rows = OrganisationVersion.objects.filter(_standing(at), organisation__in=touched)
    for row in rows.filter(valid_from__lt=on, valid_to__gte=on):
        found[row.organisation_id] = (row, None)
    for row in rows.filter(valid_from__lte=on, valid_to__gt=on):
        found[row.organisation_id] = (found[row.organisation_id][0], row)
    return found


def _standing(at: datetime) -> Q:
    """Rows as the act left them, whatever was done since."""
    return Q(recorded_at__lte=at) & (Q(voided_at__isnull=True) | Q(voided_at__gt=at))


def _names(ids: Iterable[int]) -> dict[int, str]:
    return dict(Organisation.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def _heirs(at: datetime) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    links = SuccessorLink.objects.filter(recorded_at=at).order_by("pk")
    for predecessor, code in links.values_list("predecessor_id", "successor__code"):
        found.setdefault(predecessor, []).append(code)
    return found


def _posts_ended(at: datetime) -> Counter[int]:
    rows = PostHolding.objects.filter(voided_at=at, valid_to=FOREVER)
    return Counter(rows.values_list("organisation_id", flat=True))


def _members(at: datetime, on: date, ids: set[int]) -> tuple[Counter[int], Counter[int]]:
    """Members of each organisation with all below it: on the day before, and on the day as the act left it."""
    return _counted(at, on - _DAY, ids), _counted(at, on, ids)


def _counted(at: datetime, day: date, ids: set[int]) -> Counter[int]:
    cells = Counter(
        MembershipSpell.objects.filter(_standing(at), valid_from__lte=day, valid_to__gt=day).values_list(
            "organisation_id", flat=True
        )
    )
    paths = OrganisationPath.objects.filter(
        _standing(at), ancestor__in=ids, valid_from__lte=day, valid_to__gt=day
    )
    found: Counter[int] = Counter()
    for ancestor, descendant in paths.values_list("ancestor_id", "descendant_id"):
        found[ancestor] += cells[descendant]
    return found


def _handed(at: datetime, on: date) -> tuple[Handed, ...]:
    before = dict(
        MembershipSpell.objects.filter(voided_at=at, valid_from__lte=on, valid_to__gt=on).values_list(
            "member_id", "organisation__code"
        )
    )
    after = MembershipSpell.objects.filter(recorded_at=at, valid_from__lte=on, valid_to__gt=on)
    pairs = Counter(
        (before[member], code)
        for member, code in after.values_list("member_id", "organisation__code")
        if member in before and before[member] != code
    )
    return tuple(Handed(source, target, count) for (source, target), count in sorted(pairs.items()))


def _total(at: datetime, on: date) -> tuple[int, int]:
    holding = MembershipSpell.objects.filter(valid_from__lte=on, valid_to__gt=on)
    before = Q(recorded_at__lt=at) & (Q(voided_at__isnull=True) | Q(voided_at__gte=at))
    return holding.filter(before).count(), holding.filter(_standing(at)).count()


def _fate(
    organisation: Organisation,
    pair: _Pair,
    ended: bool,
    parents: Mapping[int, str],
    heirs: Mapping[int, list[str]],
    posts: Mapping[int, int],
    members: tuple[Mapping[int, int], Mapping[int, int]],
) -> Fate:
    before, after = pair
    pk = organisation.pk
    moved = before and after and before.parent_id != after.parent_id
    fate = "ended" if ended else "founded" if before is None else "moved" if moved else "renamed"
    return Fate(
        organisation.code,
        organisation.name,
        fate,
        (before.name if before else "", after.name if after else ""),
        (before.kind if before else "", after.kind if after else ""),
        (
            parents.get(before.parent_id or 0, "") if before else "",
            parents.get(after.parent_id or 0, "") if after else "",
        ),
        (members[0].get(pk, 0), members[1].get(pk, 0)),
        tuple(heirs.get(pk, ())),
        posts.get(pk, 0),
    )
