"""What is on record of those proposed: ratings, discipline, earlier commendations. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from tongket.audit.records import chunks, current
from tongket.core.dates import today
from tongket.core.periods import parse_period, year
from tongket.core.text import fold
from tongket.honours.commending.gates import Ask, Cap, Finding, History, Rated, cap_of, judge, rules_on
from tongket.honours.commending.models import CommendationRound, CommendationTitle
from tongket.honours.models import Commendation
from tongket.inspections.models import DisciplineEnd, MemberDiscipline, OrganisationDiscipline
from tongket.inspections.queries import open_to
from tongket.organisations.models import OrganisationPath
from tongket.ratings.models import MemberRating, OrganisationRating

#: Of a proposal or of one that might become one: organisation_id, member_id, recipient_name, recipient_kind.
Proposed = Any
Level = dict[int, dict[int, Rated]]


def ask_of(title: CommendationTitle) -> Ask:
    """What a title asks, as the gates read it."""
    return Ask(
        title.gate, title.gate_years, title.no_discipline, title.form, title.giver, title.recipient_kind
    )


def year_of(period: str) -> int:
    """The rating year of a campaign's period: that of its last day."""
    return parse_period(period).end.year


def findings(
    round_: CommendationRound,
    proposals: Sequence[Proposed],
    titles: Mapping[UUID, CommendationTitle],
    *,
    user: Any,
) -> list[list[Finding]]:
    """The checks of each proposal, in the order given, in at most five queries however many there are.

    `user` is who is going to read them: discipline that is sealed to him is not among the facts.
    """
    asks = [ask_of(titles[one.title]) for one in proposals]
    found = histories(round_, proposals, asks, user=user)
    rules, last = rules_on(round_.period_end), year_of(round_.period)
    kind = round_.organisation.kind
    return [judge(ask, one, last, rules, giver_kind=kind) for ask, one in zip(asks, found, strict=True)]


def histories(
    round_: CommendationRound, proposals: Sequence[Proposed], asks: Sequence[Ask], *, user: Any
) -> list[History]:
    """What is on record of each proposal for what its title asks."""
    last = year_of(round_.period)
    first = last - max((ask.span for ask in asks), default=1) + 1
    members = {one.member_id for one in proposals if one.member_id}
    bodies = {one.organisation_id for one in proposals if _is_body(one)}
    rated = (
        _levels(MemberRating, "member_id", members, first, last),
        _levels(OrganisationRating, "organisation_id", bodies, first, last),
    )
    # Only titles that ask for it let discipline be read at all.
    strict = [one for one, ask in zip(proposals, asks, strict=True) if ask.no_discipline]
    barred = {one.member_id for one in strict if one.member_id}
    bodies_barred = {one.organisation_id for one in strict if _is_body(one)}
    days = (
        _disciplined(MemberDiscipline, "member", barred, first, last, user),
        _disciplined(OrganisationDiscipline, "organisation", bodies_barred, first, last, user),
    )
    given = _given(round_.period, proposals)
    return [_history(one, ask, rated, days, given, last) for one, ask in zip(proposals, asks, strict=True)]


def _history(
    one: Proposed,
    ask: Ask,
    rated: tuple[Level, Level],
    days: tuple[dict[int, list[date]], dict[int, list[date]]],
    given: dict[Any, list[Commendation]],
    last: int,
) -> History:
    place, key = (0, one.member_id) if one.member_id else (1, one.organisation_id)
    registered = bool(one.member_id) or _is_body(one)
    start = year(last - ask.span + 1).start
    rows = given.get(_recipient(one), [])
    same = [row for row in rows if row.title == one.title]
    alike = [row for row in rows if row.title is None and (row.form, row.giver) == (ask.form, ask.giver)]
    return History(
        registered,
        rated[place].get(key, {}) if registered else {},
        tuple(day for day in days[place].get(key, ()) if day >= start) if registered else (),
        tuple(row.decided_on for row in same),
        tuple(row.decided_on for row in alike),
    )


def _is_body(one: Proposed) -> bool:
    return one.member_id is None and one.recipient_kind == "collective" and not one.recipient_name.strip()


def _recipient(one: Any) -> tuple[Any, ...]:
    if one.member_id:
        return ("member", one.member_id)
    return (one.recipient_kind, one.organisation_id, fold(one.recipient_name))


def _levels(model: Any, column: str, keys: Iterable[int], first: int, last: int) -> Level:
    found: Level = defaultdict(dict)
    years = [year(one).code for one in range(first, last + 1)]
    for ids in chunks(keys):
        rows = current(model.objects.filter(**{f"{column}__in": ids}, period__in=years))
        for owner, period, level, pk in rows.values_list(column, "period", "level", "pk"):
            found[owner][int(period)] = Rated(level, pk)
    return found


def _disciplined(
    model: Any, subject: str, keys: Iterable[int], first: int, last: int, user: Any
) -> dict[int, list[date]]:
    """Days of decisions that were not annulled; of sealed ones only those that the reader is named for."""
    found: dict[int, list[date]] = defaultdict(list)
    name = "member_discipline" if model is MemberDiscipline else "organisation_discipline"
    annulled = current(DisciplineEnd.objects.filter(**{name: OuterRef("pk")}, kind="annulled"))
    open_ = open_to(user) if user is not None else Q(sealed=False)
    span = (year(first).start, min(year(last).end, today()))
    for ids in chunks(keys):
        rows = current(model.objects.filter(open_, **{f"{subject}__in": ids}, decided_on__range=span))
        for owner, day in rows.filter(~Exists(annulled)).values_list(f"{subject}_id", "decided_on"):
            found[owner].append(day)
    return found


def _given(period: str, proposals: Sequence[Proposed]) -> dict[Any, list[Commendation]]:
    """Commendations of the period by recipient; those written by the proposal's own decision are left to the caller."""
    own = {getattr(one, "commendation_pk", None) for one in proposals}
    found: dict[Any, list[Commendation]] = defaultdict(list)
    rows = current(Commendation.objects.filter(period=period))
    members = [one.member_id for one in proposals if one.member_id]
    bodies = [one.organisation_id for one in proposals if not one.member_id]
    # A campaign has hundreds of proposals, far from the limit of one question.
    rows = rows.filter(Q(member__in=members) | Q(organisation__in=bodies, member__isnull=True))
    for row in rows:
        if row.pk not in own:
            found[_recipient(row)].append(row)
    return found


def caps(
    round_: CommendationRound, titles: Iterable[CommendationTitle], counts: Mapping[UUID, int]
) -> dict[UUID, Cap]:
    """The cap of each title over the number proposed (or chosen); at most two queries."""
    listed = list(titles)
    shared = [title for title in listed if title.cap_share is not None]
    bases = {
        kind: _bases(round_, model)
        for kind, model in (("collective", OrganisationRating), ("individual", MemberRating))
        if any(title.recipient_kind == kind for title in shared)
    }
    return {
        title.identity: cap_of(
            title.cap_number,
            title.cap_share,
            bases[title.recipient_kind][title.cap_base or "excellent"]
            if title.cap_share is not None
            else None,
            counts.get(title.identity, 0),
        )
        for title in listed
    }


def _bases(round_: CommendationRound, model: Any) -> dict[str, int]:
    """How many below were rated in the year, and how many of them excellent."""
    day = round_.period_end
    below = OrganisationPath.objects.filter(
        ancestor=round_.organisation, voided_at__isnull=True, valid_from__lte=day, valid_to__gt=day
    )
    rows = current(
        model.objects.filter(period=str(year_of(round_.period)), organisation__in=below.values("descendant"))
    )
    found: dict[str, int] = rows.exclude(level="not_rated").aggregate(
        rated=Count("pk"), excellent=Count("pk", filter=Q(level="excellent"))
    )
    return found
