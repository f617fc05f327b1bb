"""How many badges of each mark every award day of the coming years will ask for, and who would receive them.

Assumes that nobody dies, leaves, moves or is disciplined, and that marks and award days stay as in the version of law
known for each day. Who was given a mark early is left out of that mark.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, F, Q

from tongket.audit.records import current
from tongket.core.dates import add_years
from tongket.honours.models import BadgeAward
from tongket.members.models import MembershipSpell
from tongket.organisations.models import Organisation
from tongket.organisations.queries import subtree_on
from tongket.rules.badges import award_days, latest_start, mark_day, marks_in_force, previous_award_day

YEARS = 10


@dataclass(frozen=True, slots=True)
class Forecast:
    """`own`: (award day, mark) → how many; `by_child`: the same of each child by its id (the asked one's own included).

    `children` names them in the office's order: (id, code, name). `days`, `marks` are the axes, `unknown` the members
    whose Party age is not known.
    """

    organisation: Organisation
    start: date
    days: tuple[date, ...]
    marks: tuple[int, ...]
    own: Counter[tuple[date, int]]
    by_child: dict[int, Counter[tuple[date, int]]]
    children: tuple[tuple[int, str, str], ...]
    unknown: int

    @property
    def years(self) -> tuple[int, ...]:
        """The years in order."""
        return tuple(sorted({day.year for day in self.days}))

    def chart_rows(self) -> list[dict[str, int]]:
        """One row a year and mark, as a chart takes it."""
        found: Counter[tuple[int, int]] = Counter()
        for (day, mark), number in self.own.items():
            found[day.year, mark] += number
        return [{"nam": year, "muc": mark, "so": number} for (year, mark), number in sorted(found.items())]


def coming_days(start: date, years: int = YEARS) -> tuple[date, ...]:
    """The award days of so many years from a day on."""
    end = add_years(start, years)
    days = (day for year in range(start.year, end.year + 1) for day in award_days(year))
    return tuple(day for day in days if start <= day < end)


def forecast(organisation: Organisation, start: date, *, years: int = YEARS) -> Forecast:
    """The badges that fall due from a day on in an organisation and each child: two passes over grouped counts.

    Only marks reached after the award day before `start`: what is due today already stands on the due list.
    """
    days = coming_days(start, years)
    after, last = previous_award_day(days[0]), days[-1]
    rows = (
        _spells(organisation, start)
        .values_list("child", "party_age_from")
        .annotate(number=Count("pk"))
        .order_by()
    )
    by_child: dict[int, Counter[tuple[date, int]]] = defaultdict(Counter)
    falling: dict[date, list[tuple[date, int]]] = {}
    unknown = 0
    for child, began, number in rows:
        if began is None:
            unknown += number
            continue
        if began not in falling:
            falling[began] = _falling(began, after, last, days)
        if falling[began]:
            counter = by_child[child or organisation.pk]
            for cell in falling[began]:
                counter[cell] += number
    for child, cell in _given_early(organisation, start, after, days):
        by_child[child][cell] -= 1
    own: Counter[tuple[date, int]] = Counter()
    for counter in by_child.values():
        own.update(counter)
    own = +own
    named = [
        (place.organisation_id, place.code, place.name)
        for place in subtree_on(organisation, start, depth=1)
        if place.organisation_id in by_child
    ]
    marks = tuple(sorted({mark for _, mark in own}))
    return Forecast(organisation, start, days, marks, own, by_child, tuple(named), unknown)


def names(organisation: Organisation, start: date, day: date, mark: int) -> list[MembershipSpell]:
    """The spells (with member and cell) of those who would receive a mark on an award day, by name."""
    low, high = latest_start(mark, previous_award_day(day)), latest_start(mark, day)
    given = current(BadgeAward.objects.filter(mark__gte=mark, early=True)).values("member")
    return list(
        _spells(organisation, start)
        .filter(party_age_from__gt=low, party_age_from__lte=high)
        .exclude(member__in=given)
        .select_related("member", "organisation")
        .order_by("member__sort_key", "member__code")
    )


def _spells(organisation: Organisation, on: date) -> Any:
    """Memberships in force in the subtree on a day, each with the child (`child`) under which it lies."""
    below = Q(
        organisation__paths_up__ancestor=organisation,
        organisation__paths_up__voided_at__isnull=True,
        organisation__paths_up__valid_from__lte=on,
        organisation__paths_up__valid_to__gt=on,
    )
    return MembershipSpell.objects.filter(
        below, voided_at__isnull=True, valid_from__lte=on, valid_to__gt=on
    ).annotate(child=F("organisation__paths_up__via"))


def _falling(began: date, after: date, last: date, days: Sequence[date]) -> list[tuple[date, int]]:
    """The award days and marks that Party age from a day brings until `last`."""
    found = []
    # The year of a mark is plain, so only the few marks of these years need their day computed.
    for mark in _all_marks(days[0], days[-1]):
        if after.year <= began.year + mark <= last.year:
            reached = mark_day(began, mark)
            if after < reached <= last:
                day = days[bisect_left(days, reached)]
                if mark in _marks(day):
                    found.append((day, mark))
    return found


@cache
def _marks(day: date) -> frozenset[int]:
    return frozenset(marks_in_force(day))


@cache
def _all_marks(first: date, last: date) -> tuple[int, ...]:
    return tuple(sorted(_marks(first) | _marks(last)))


def _given_early(
    organisation: Organisation, start: date, after: date, days: Sequence[date]
) -> list[tuple[int, tuple[date, int]]]:
    """The cells of the forecast whose badge was given before its time."""
    early = current(BadgeAward.objects.filter(early=True)).order_by()
    given: dict[int, int] = {}
    for member, mark in early.values_list("member_id", "mark"):
        given[member] = max(mark, given.get(member, 0))
    if not given:
        return []
    rows = _spells(organisation, start).filter(member__in=early.values("member"))
    found = []
    for child, member, began in rows.values_list("child", "member_id", "party_age_from"):
        if began is not None:
            cells = _falling(began, after, days[-1], days)
            found += [(child or organisation.pk, cell) for cell in cells if cell[1] <= given[member]]
    return found
