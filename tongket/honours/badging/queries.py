"""Reading proposals of badges: what a user may see, how far a round has come, what a proposal went through."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from tongket.audit.records import current
from tongket.honours.badging.models import OPEN
from tongket.honours.badging.reading import DUE, Due
from tongket.honours.models import BadgeAward, BadgeProposal
from tongket.organisations.models import Organisation, OrganisationPath
from tongket.organisations.queries import subtree_on, visible_to
from tongket.rules.badges import Money, money

#: Columns of the board, in the order in which a round goes.
STAGES = ("due", "proposed", "sent", "approved", "awarded", "refused", "delayed")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One organisation of the board with its numbers by stage."""

    organisation_id: int
    code: str
    name: str
    numbers: tuple[int, ...]


def visible_proposals(user: Any, *, with_voided: bool = False) -> QuerySet[BadgeProposal]:
    """Proposals for members of the cells where the user may read honours (`honour.read`)."""
    rows = BadgeProposal.objects.filter(organisation__in=visible_to(user, verb="honour.read"))
    return (rows if with_voided else current(rows)).select_related(
        "member", "organisation__parent", "holder", "decision"
    )


def proposals_of(
    organisation: Organisation, award_day: date, *, open_elsewhere: bool = False
) -> QuerySet[BadgeProposal]:
    """The proposals of a round for members of cells in the organisation's subtree on that day.

    `open_elsewhere` adds those under way for another award day: their members need not be proposed again.
    """
    wanted = Q(award_day=award_day)
    if open_elsewhere:
        wanted |= Q(state__in=OPEN)
    return (
        current(BadgeProposal.objects.filter(wanted, organisation__in=_inside(organisation, award_day)))
        .select_related("member", "organisation__parent", "holder", "decision")
        .order_by("-mark", "member__sort_key", "member__code")
    )


def _inside(organisation: Organisation, day: date) -> QuerySet[Any, Any]:
    """What hangs below the organisation on a day, itself among it."""
    paths = OrganisationPath.objects.filter(ancestor=organisation, voided_at__isnull=True)
    return paths.filter(valid_from__lte=day, valid_to__gt=day).values("descendant")


def counts_by_day(organisation: Organisation, days: Sequence[date]) -> dict[date, Counter[str]]:
    """How many proposals of each state the rounds have, and how many badges were given near each (by round code)."""
    inside = OrganisationPath.objects.filter(ancestor=organisation, voided_at__isnull=True).values(
        "descendant"
    )
    found: dict[date, Counter[str]] = {day: Counter() for day in days}
    rows = current(BadgeProposal.objects.filter(award_day__in=days, organisation__in=inside)).order_by()
    for day, state, number in rows.values_list("award_day", "state").annotate(Count("pk")):
        found[day][state] += number
    years = {day.year for day in days}
    given = current(BadgeAward.objects.filter(awarded_on__year__in=years, organisation__in=inside)).order_by()
    for code, year, number in given.values_list("round", "awarded_on__year").annotate(Count("pk")):
        for day in days:
            if day.year == year and f"{day:%d%m}" == code:
                found[day]["given"] += number
    return found


def given_in(organisation: Organisation, award_day: date) -> list[BadgeAward]:
    """The badges that the register shows as given in the round of an award day, by mark and name."""
    rows = BadgeAward.objects.filter(
        round=f"{award_day:%d%m}",
        awarded_on__year=award_day.year,
        organisation__in=_inside(organisation, award_day),
    )
    rows = current(rows).select_related("member")
    return list(rows.order_by("-mark", "member__sort_key", "member__code"))


def board(
    organisation: Organisation, award_day: date, dues: Iterable[Due], proposals: Iterable[BadgeProposal]
) -> list[BoardRow]:
    """The round by child organisation: due and not proposed yet, proposed, submitted, decided, given, delayed."""
    tree = subtree_on(organisation, award_day)
    child_of: dict[int, int] = {}
    for place in tree:  # parents come before their children
        top = place.depth <= 1
        child_of[place.organisation_id] = (
            place.organisation_id if top else child_of.get(place.parent_id or 0, place.organisation_id)
        )
    by_child: dict[int, Counter[str]] = {}
    taken = set()
    for row in proposals:
        taken.add(row.member_id)
        child = child_of.get(row.organisation_id, organisation.pk)
        by_child.setdefault(child, Counter())[row.state] += 1
    for due in dues:
        stage = due.state if due.state in (DUE, "delayed") and due.ground != "early" else ""
        if stage and due.member_id not in taken:
            by_child.setdefault(due.child_id, Counter())[stage] += 1
    return [
        BoardRow(
            place.organisation_id,
            place.code,
            place.name,
            tuple(by_child[place.organisation_id][stage] for stage in STAGES),
        )
        for place in tree
        if place.organisation_id in by_child
    ]


def money_of(proposals: Iterable[BadgeProposal], award_day: date) -> Money:
    """The bonuses of these proposals; marks without a known multiple are counted apart, never taken as nothing."""
    return money((row.mark for row in proposals if row.state not in ("refused", "withdrawn")), award_day)


def history_of(proposal: BadgeProposal) -> list[BadgeProposal]:
    """Every state of a proposal in order, with who moved it."""
    rows = BadgeProposal.objects.filter(identity=proposal.identity).select_related("recorded_by", "holder")
    return list(rows.order_by("recorded_at", "pk"))


def ceremony_order(rows: Iterable[BadgeProposal]) -> list[BadgeProposal]:
    """As offices call people up: the highest mark first, then by name."""
    return sorted(rows, key=lambda row: (-row.mark, row.member.sort_key, row.member.code))
