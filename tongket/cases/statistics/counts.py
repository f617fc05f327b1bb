"""The counts of a period: by form and month, by ground, by deciding level; cases, appeals, days.

What a reader is not named for enters the totals of whole years of all that was given to the reader, and nothing finer:
no month, organisation, form or ground of it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from tongket.audit.records import current
from tongket.cases.models import Appeal, AppealAnswer, Case, CaseStep
from tongket.core.dates import add_months, today
from tongket.core.periods import Kind, Period, month, year
from tongket.inspections.models import DisciplineEnd, MemberDiscipline, OrganisationDiscipline
from tongket.inspections.queries import named_cases
from tongket.organisations.models import Organisation, OrganisationPath

_YEARLY = (Kind.TERM, Kind.HALF_TERM)


@dataclass(frozen=True, slots=True)
class Fact:
    """One decision in the counts."""

    of_member: bool
    on: date
    form: str
    ground: str
    committee_member: bool
    level: str
    readable: bool


@dataclass
class Row:
    """The counts of one month, or of one year of a term."""

    period: Period
    members: Counter[str] = field(default_factory=Counter)
    organisations: Counter[str] = field(default_factory=Counter)
    committee: int = 0
    opened: int = 0
    decided: int = 0
    closed: int = 0


@dataclass
class Statistics:
    """Everything that the page shows. `sealed_*` are counted in the totals only."""

    rows: list[Row]
    total: Row
    grounds: list[tuple[str, int, int]]
    levels: list[tuple[str, int, int]]
    sealed_members: int
    sealed_organisations: int
    sealed_cases: int
    pending: int
    mean_days: int | None
    appeals: int
    appeals_waiting: int
    outcomes: Counter[str]

    @property
    def members(self) -> int:
        """All members disciplined in the period."""
        return self.total.members.total() + self.sealed_members

    @property
    def organisations(self) -> int:
        """All organisations disciplined in the period."""
        return self.total.organisations.total() + self.sealed_organisations

    @property
    def opened(self) -> int:
        """All cases opened in the period."""
        return self.total.opened + self.sealed_cases


def statistics(user: Any, organisation: Organisation, period: Period, *, whole: bool) -> Statistics:
    """The counts of an organisation and all below it for a period, for one reader; ten queries.

    `whole`: this is all that the reader was given, for whole years. Only then the sealed are counted: asking for one
    cell and one month after the other would find whose they are.
    """
    inside = _inside(organisation, period)
    named = set(named_cases(user).values_list("case_identity", flat=True))
    facts = [fact for fact in _facts(inside, period, named) if whole or fact.readable]
    cases = list(
        current(Case.objects.filter(organisation__in=inside, opened_on__lte=period.end)).filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=period.start)
        )
    )
    mine = [case for case in cases if not case.sealed or case.identity in named]
    if not whole:
        cases = mine
    rows = [Row(part) for part in parts_of(period)]
    for row in rows:
        _fill(row, facts, mine)
    total = Row(period)
    _fill(total, facts, mine)
    sealed = Case.objects.filter(organisation__in=inside, sealed=True).exclude(identity__in=named)
    hidden = set(current(sealed).values_list("identity", flat=True))
    appeals, waiting, outcomes = _appeals(inside, period, hidden, whole=whole)
    return Statistics(
        rows=rows,
        total=total,
        grounds=_by(facts, "ground"),
        levels=_by(facts, "level"),
        sealed_members=sum(fact.of_member and not fact.readable for fact in facts),
        sealed_organisations=sum(not fact.of_member and not fact.readable for fact in facts),
        sealed_cases=sum(period.contains(case.opened_on) for case in cases) - total.opened,
        pending=sum(case.ended_on is None or case.ended_on > period.end for case in cases),
        mean_days=_mean_days(mine, period),
        appeals=appeals,
        appeals_waiting=waiting,
        outcomes=outcomes,
    )


def _mean_days(cases: Iterable[Case], period: Period) -> int | None:
    """Days from opening to decision, on average, of the cases decided by the end of the period."""
    days = [
        (case.ended_on - case.opened_on).days
        for case in cases
        if case.state == "decided" and case.ended_on is not None and case.ended_on <= period.end
    ]
    return round(sum(days) / len(days)) if days else None


def _inside(organisation: Organisation, period: Period) -> list[int]:
    """The organisation and all that hung below it on some day of the period."""
    paths = OrganisationPath.objects.filter(
        ancestor=organisation,
        voided_at__isnull=True,
        valid_from__lte=period.end,
        valid_to__gt=period.start,
    )
    return list(paths.values_list("descendant", flat=True).distinct())


def parts_of(period: Period) -> list[Period]:
    """The months of a period up to this month; the years of a term or half-term."""
    last = min(period.end, today())
    found, day = [], period.start
    while day <= last:
        part = year(day.year) if period.kind in _YEARLY else month(day.year, day.month)
        found.append(part)
        day = add_months(part.start, 12 if period.kind in _YEARLY else 1)
    return found or [month(period.start.year, period.start.month)]


def _facts(inside: Sequence[int], period: Period, named: set[Any]) -> list[Fact]:
    cut = {"organisation__in": inside, "decided_on__gte": period.start, "decided_on__lte": period.end}
    columns = ("pk", "decided_on", "form", "ground", "sealed", "case_identity")
    members = list(current(MemberDiscipline.objects.filter(**cut)).values_list(*columns, "committee_member"))
    organisations = list(current(OrganisationDiscipline.objects.filter(**cut)).values_list(*columns))
    ends = current(DisciplineEnd.objects.filter(kind="annulled")).filter(
        Q(member_discipline__in=[row[0] for row in members])
        | Q(organisation_discipline__in=[row[0] for row in organisations])
    )
    gone = set(ends.values_list("member_discipline_id", "organisation_discipline_id"))
    linked = {row[5] for row in (*members, *organisations) if row[5] is not None}
    steps = current(CaseStep.objects.filter(case__in=linked, kind="decided"))
    levels = dict(steps.values_list("case", "level"))

    def fact(row: Sequence[Any], of_member: bool, committee: bool) -> Fact:
        _pk, on, form, ground, sealed, case = row[:6]
        return Fact(of_member, on, form, ground, committee, levels.get(case, ""), not sealed or case in named)

    found = [fact(row, True, row[6]) for row in members if (row[0], None) not in gone]
    return found + [fact(row, False, False) for row in organisations if (None, row[0]) not in gone]


def _fill(row: Row, facts: Iterable[Fact], cases: Iterable[Case]) -> None:
    for fact in facts:
        if fact.readable and row.period.contains(fact.on):
            (row.members if fact.of_member else row.organisations)[fact.form] += 1
            row.committee += fact.committee_member
    for case in cases:
        row.opened += row.period.contains(case.opened_on)
        if case.ended_on is not None and row.period.contains(case.ended_on):
            row.decided += case.state == "decided"
            row.closed += case.state == "closed"


def _by(facts: Iterable[Fact], name: str) -> list[tuple[str, int, int]]:
    """(code, members, organisations), the most frequent first."""
    members: Counter[str] = Counter()
    organisations: Counter[str] = Counter()
    for fact in facts:
        if fact.readable:
            (members if fact.of_member else organisations)[getattr(fact, name)] += 1
    codes = members + organisations
    return [(code, members[code], organisations[code]) for code, _n in codes.most_common()]


def _appeals(
    inside: Sequence[int], period: Period, hidden: set[Any], *, whole: bool
) -> tuple[int, int, Counter[str]]:
    """Appeals received in the period, those waiting at its end, outcomes decided in it that the reader may know."""
    rows = current(Appeal.objects.filter(organisation__in=inside, received_on__lte=period.end))
    received = [
        (identity, on)
        for identity, case, on in rows.values_list("identity", "case", "received_on")
        if whole or case not in hidden
    ]
    answered = current(AppealAnswer.objects.filter(organisation__in=inside, on__lte=period.end))
    answers = list(answered.values_list("appeal", "case", "on", "outcome"))
    done = {appeal for appeal, *_rest in answers}
    outcomes = Counter(
        outcome for _appeal, case, on, outcome in answers if on >= period.start and case not in hidden
    )
    waiting = sum(identity not in done for identity, _on in received)
    return sum(on >= period.start for _identity, on in received), waiting, outcomes
