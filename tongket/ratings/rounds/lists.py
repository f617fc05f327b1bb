"""Who is to be rated: the list of a round as the register has it, and how it differs from the list that was made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tongket.audit.records import chunks, current
from tongket.core.codelists import NOT_RATED_REASON
from tongket.core.dates import today
from tongket.members.derive import Spell
from tongket.members.models import MembershipSpell
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import subtree_on
from tongket.ratings.rounds.models import RatingCandidate, RatingRound
from tongket.ratings.rules import excluded_rule, is_rated_kind, why_not_rated

_SPELL = (
    "organisation_id",
    "standing",
    "exempt",
    "suspended",
    "valid_from",
    "valid_to",
    "admitted_on",
    "official_on",
    "party_age_from",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One whom the register puts on a list: the body, or the member in a cell, and why not rated ("" for rated)."""

    organisation_id: int
    member_id: int | None
    group: str
    reason: str

    @property
    def key(self) -> int:
        """Whom it is about within one round: the member, else the body."""
        return self.member_id or self.organisation_id


@dataclass(frozen=True, slots=True)
class ListChanges:
    """How the register of today differs from a round's list. What was decided by hand is left as it is."""

    came: tuple[Listed, ...]
    left: tuple[RatingCandidate, ...]
    excluded: tuple[tuple[RatingCandidate, Listed], ...]
    included: tuple[tuple[RatingCandidate, Listed], ...]
    moved: tuple[tuple[RatingCandidate, Listed], ...]

    def __bool__(self) -> bool:
        return bool(self.came or self.left or self.excluded or self.included or self.moved)

    @property
    def replaced(self) -> tuple[tuple[RatingCandidate, Listed], ...]:
        """All whose row is to be replaced by another."""
        return self.excluded + self.included + self.moved


def list_day(period_end: date) -> date:
    """The day whose register makes the list: the period's last, or today while the period runs."""
    return min(period_end, today())


def register_list(organisation: Organisation, subject: str, period_end: date) -> list[Listed]:
    """The list as the register has it now: rated bodies directly below, or the members of all cells at or below."""
    if subject == "organisations":
        return _bodies(organisation, list_day(period_end))
    return members_of([organisation.pk], period_end).get(organisation.pk, [])


def _bodies(organisation: Organisation, day: date) -> list[Listed]:
    return [
        Listed(row.organisation_id, None, row.sector, "")
        for row in subtree_on(organisation, day, depth=1)
        if row.depth == 1 and is_rated_kind(row.kind)
    ]


def members_of(organisations: Iterable[int], period_end: date) -> dict[int, list[Listed]]:
    """The members of the cells at or below each of these organisations, in three queries for any number of them."""
    day = list_day(period_end)
    found: dict[int, list[Listed]] = {}
    rule = excluded_rule(period_end)
    for ids in chunks(organisations):
        paths = OrganisationPath.objects.filter(
            ancestor__in=ids, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
        )
        above: dict[int, list[int]] = {}
        for root, cell in paths.values_list("ancestor_id", "descendant_id"):
            above.setdefault(cell, []).append(root)
        rows = MembershipSpell.objects.filter(
            organisation__in=paths.values("descendant"),
            voided_at__isnull=True,
            valid_from__lte=day,
            valid_to__gt=day,
        ).order_by("organisation__position", "organisation__code", "member__sort_key")
        for member, *columns in rows.values_list("member_id", *_SPELL):
            spell = Spell(*columns)
            one = Listed(spell.organisation_id, member, "", _first(why_not_rated(spell, period_end, rule)))
            for root in above[spell.organisation_id]:
                found.setdefault(root, []).append(one)
    return found


def official_in(cell: int, period_end: date) -> int:
    """How many official members a cell has, without those exempt or suspended: a start for the voting base.

    The base itself are all official members summoned (rule `vote.base`), which only the cell knows.
    """
    day = list_day(period_end)
    rows = MembershipSpell.objects.filter(
        organisation=cell, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
    )
    return rows.filter(standing="official", exempt=False, suspended=False).count()


def _first(reasons: set[str]) -> str:
    """One reason of several, in the order of the list of codes."""
    return next((code for code, _ in NOT_RATED_REASON.choices if code in reasons), "")


def candidates_of(round: RatingRound) -> list[RatingCandidate]:
    """The standing rows of the round's list."""
    rows = current(RatingCandidate.objects.filter(round=round))
    return list(rows.select_related("organisation", "member"))


def changes_of_list(round: RatingRound) -> ListChanges:
    """Who came, who left, who moved to another cell, who became excluded or is to be rated after all."""
    wanted = {one.key: one for one in register_list(round.organisation, round.subject, round.period_end)}
    standing = {row.member_id or row.organisation_id: row for row in candidates_of(round)}
    return compare(standing, wanted)


def compare(standing: dict[int, RatingCandidate], wanted: dict[int, Listed]) -> ListChanges:
    """The difference between a list and the register; rows with a written reason were made by hand and stay."""
    both = [(row, wanted[key]) for key, row in standing.items() if key in wanted]
    auto = [(row, one) for row, one in both if not row.reason_note]
    moved = [
        (row, one)
        for row, one in both
        if row.organisation_id != one.organisation_id and (row.reason_note or row.reason == one.reason)
    ]
    return ListChanges(
        came=tuple(one for key, one in wanted.items() if key not in standing),
        left=tuple(
            row
            for key, row in standing.items()
            # One added by hand stands outside the register; one set aside by hand who has gone is gone.
            if key not in wanted and not (row.reason_note and not row.reason)
        ),
        excluded=tuple((row, one) for row, one in auto if one.reason and row.reason != one.reason),
        included=tuple((row, one) for row, one in auto if row.reason and not one.reason),
        moved=tuple(moved),
    )


def sum_of(candidates: Sequence[RatingCandidate]) -> tuple[int, int]:
    """How many are to be rated and how many are on the list without being rated."""
    aside = sum(1 for row in candidates if row.reason)
    return len(candidates) - aside, aside
