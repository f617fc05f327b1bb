"""What the automatic checks look at, read for a whole round at once: the number of queries does not grow with it.

Facts are read for one viewer. A sealed decision of discipline is not there for those not named for its case; of an
unsealed one that the viewer may not read, only its existence is (`Told.readable`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongket.audit.records import chunks, current
from tongket.core.dates import today
from tongket.core.periods import parse_period
from tongket.inspections.effects import (
    DisciplineFact,
    disciplines_of_members,
    disciplines_of_organisations,
)
from tongket.inspections.queries import visible_member_disciplines, visible_organisation_disciplines
from tongket.members.models import PostHolding
from tongket.obligations.derive import outcome_of
from tongket.obligations.models import Obligation
from tongket.organisations.models import OrganisationPath
from tongket.ratings.rounds.models import RatingRound
from tongket.ratings.rounds.queries import CandidateState

#: Posts that lead a collective: secretary, deputies, standing and ordinary members of the committee.
LEADING = ("secretary", "deputy_secretary", "standing_member", "committee_member")


@dataclass(frozen=True, slots=True)
class Told:
    """One decision of discipline as far as the viewer may know it; `kind` is "member" or "organisation"."""

    kind: str
    pk: int
    on: date
    form: str
    readable: bool


@dataclass(frozen=True, slots=True)
class Tasks:
    """The obligations of an organisation whose first deadline fell in the period, by how they ended."""

    total: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    accepted: int = 0


@dataclass
class Facts:
    """All about one round: its list, and by organisation or member id what bears on the rating."""

    round: RatingRound
    start: date
    end: date
    states: Sequence[CandidateState]
    own: Mapping[int, list[Told]] = field(default_factory=dict)  # by candidate id
    leaders: Mapping[int, list[Told]] = field(default_factory=dict)
    below: Mapping[int, list[Told]] = field(default_factory=dict)
    tasks: Mapping[int, Tasks] = field(default_factory=dict)  # by organisation id


def facts_of(round: RatingRound, states: Sequence[CandidateState], user: Any) -> Facts:
    """Read everything the checks need, for `user`."""
    period = parse_period(round.period)
    facts = Facts(round, period.start, round.period_end, states)
    if round.subject == "members":
        _of_members(facts, user)
    else:
        _of_organisations(facts, user)
    return facts


def _of_members(facts: Facts, user: Any) -> None:
    by_member = {state.member_id: state.candidate_id for state in facts.states if state.member_id}
    found = disciplines_of_members(by_member, facts.start, facts.end)
    told = _told("member", [fact for rows in found.values() for fact in rows], user)
    facts.own = {
        by_member[member]: [told[fact.pk] for fact in rows if fact.pk in told]
        for member, rows in found.items()
    }


def _of_organisations(facts: Facts, user: Any) -> None:
    by_body = {state.organisation_id: state.candidate_id for state in facts.states}
    under = _subtrees(by_body, facts.start, facts.end)
    found = disciplines_of_organisations(under, facts.start, facts.end)
    told = _told("organisation", [fact for rows in found.values() for fact in rows], user)
    own: dict[int, list[Told]] = {}
    below: dict[int, list[Told]] = {}
    for organisation, rows in found.items():
        for fact in rows:
            if fact.pk not in told:
                continue
            for body, first, until in under[organisation]:
                # A unit that ended that very day was still there in the morning.
                if first <= fact.decided_on <= until:
                    place = own if body == organisation else below
                    listed = place.setdefault(by_body[body], [])
                    if told[fact.pk] not in listed:
                        listed.append(told[fact.pk])
    facts.own, facts.below = own, below
    facts.leaders = _leaders(by_body, facts, user)
    facts.tasks = _tasks(by_body, facts)


def _subtrees(bodies: Iterable[int], start: date, end: date) -> dict[int, list[tuple[int, date, date]]]:
    """By organisation: under which of the bodies it hung in the period, and from which day to which."""
    found: dict[int, list[tuple[int, date, date]]] = {}
    for part in chunks(bodies):
        paths = OrganisationPath.objects.filter(
            ancestor__in=part, voided_at__isnull=True, valid_from__lte=end, valid_to__gte=start
        )
        for body, organisation, first, until in paths.values_list(
            "ancestor_id", "descendant_id", "valid_from", "valid_to"
        ):
            found.setdefault(organisation, []).append((body, first, until))
    return found


def _leaders(by_body: Mapping[int, int], facts: Facts, user: Any) -> dict[int, list[Told]]:
    """Decisions on those who held a leading post of the body on the day of the decision."""
    posts: dict[int, list[tuple[int, date, date]]] = {}
    for part in chunks(by_body):
        rows = current(
            PostHolding.objects.filter(
                organisation__in=part, post__in=LEADING, valid_from__lte=facts.end, valid_to__gt=facts.start
            )
        )
        for member, body, first, until in rows.values_list(
            "member_id", "organisation_id", "valid_from", "valid_to"
        ):
            posts.setdefault(member, []).append((body, first, until))
    found = disciplines_of_members(posts, facts.start, facts.end)
    told = _told("member", [fact for rows in found.values() for fact in rows], user)
    leaders: dict[int, list[Told]] = {}
    for member, disciplines in found.items():
        for fact in disciplines:
            # One removed from the post by this very decision held it until that day.
            bodies = {body for body, first, until in posts[member] if first <= fact.decided_on <= until}
            for body in sorted(bodies) if fact.pk in told else ():
                leaders.setdefault(by_body[body], []).append(told[fact.pk])
    return leaders


def _told(kind: str, facts: Sequence[DisciplineFact], user: Any) -> dict[int, Told]:
    """What the viewer may know of these decisions, by their id."""
    visible: Any = visible_member_disciplines if kind == "member" else visible_organisation_disciplines
    readable: set[int] = set()
    for part in chunks(fact.pk for fact in facts):
        readable |= set(visible(user).filter(pk__in=part).values_list("pk", flat=True))
    return {
        fact.pk: Told(kind, fact.pk, fact.decided_on, fact.form, fact.pk in readable)
        for fact in facts
        if fact.pk in readable or not fact.sealed
    }


def _tasks(bodies: Iterable[int], facts: Facts) -> dict[int, Tasks]:
    """Counted by the first deadline, as the figures do: an extension does not move a task into another year."""
    counts: dict[int, dict[str, int]] = {}
    on = max(facts.end, today())
    for part in chunks(bodies):
        rows = current(
            Obligation.objects.filter(
                organisation__in=part,
                due_on__gte=facts.start,
                due_on__lte=facts.end,
                demand__voided_at__isnull=True,
            )
        )
        for row in rows.only("organisation_id", "state", "deadline", "fulfilled_on"):
            mine = counts.setdefault(
                row.organisation_id, {"total": 0, "on_time": 0, "late": 0, "open": 0, "accepted": 0}
            )
            outcome = outcome_of(row, on)
            mine["total"] += 1
            mine[outcome if outcome in ("on_time", "late") else "open"] += 1
            mine["accepted"] += row.state == "accepted"
    return {organisation: Tasks(**values) for organisation, values in counts.items()}
