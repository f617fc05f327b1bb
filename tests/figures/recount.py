"""A second reading of the declarations: plain loops over the rows, no SQL, nothing of `tongket.figures`.

Slow and literal on purpose. Where the engine asks a join, this walks up the tree day by day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.figures.builder import World
from tests.figures.fact import Fact
from tests.figures.recount_judging import JudgingRecount
from tongket.core.codelists import ENDINGS
from tongket.core.dates import add_months, full_years
from tongket.core.periods import Kind, Period
from tongket.directives.models import Directive, Plan, StudySession
from tongket.honours.models import BadgeAward, Commendation
from tongket.indicators.model import Condition, Count, Indicator, Ratio, Sum
from tongket.indicators.sources import SOURCES
from tongket.inspections.models import DisciplineEnd, MemberDiscipline, OrganisationDiscipline
from tongket.members.fields import REQUIRED
from tongket.members.models import MemberCard, MemberDetail, MemberEvent, MembershipSpell, PostHolding
from tongket.obligations.models import Demand, Obligation
from tongket.organisations.models import OrganisationAct, OrganisationPath, OrganisationVersion
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.rules.organisations import kind as kind_of
from tongket.targets.models import Target

DAY = timedelta(days=1)
COMMITTEE = {"secretary", "deputy_secretary", "standing_member", "committee_member"}
PROFILE = [
    "gender",
    "ethnicity",
    "religion",
    "schooling",
    "education",
    "academic_title",
    "theory",
    "occupation",
    "youth_union",
]


@dataclass
class Answer:
    """What the recount says of one figure."""

    value: Any
    numerator: Any
    denominator: Any
    records: int


class Recount(JudgingRecount):
    """Figures of a world for one question, by counting."""

    def __init__(self, world: World, period: Period, as_at: date, moment: datetime | None) -> None:
        self.world, self.period, self.as_at, self.moment = world, period, as_at, moment
        self._known: dict[Any, list[Any]] = {}
        self._chains: dict[tuple[int, date], tuple[int, ...]] = {}
        self._facts: dict[tuple[str, str], list[Fact]] = {}
        self._versions: dict[int, list[Any]] = {}
        self._details: dict[int, list[Any]] = {}
        self._member_spells: dict[int, list[Any]] = {}
        for row in self.known(OrganisationVersion):
            self._versions.setdefault(row.organisation_id, []).append(row)
        for row in self.known(MemberDetail):
            self._details.setdefault(row.member_id, []).append(row)
        for row in self.known(MembershipSpell):
            self._member_spells.setdefault(row.member_id, []).append(row)

    # --- what was so ---

    def known(self, model: Any) -> list[Any]:
        if model not in self._known:
            m = self.moment
            self._known[model] = [
                row
                for row in self.world.rows[model]
                if (
                    row.voided_at is None
                    if m is None
                    else row.recorded_at <= m and not (row.voided_at and row.voided_at <= m)
                )
            ]
        return self._known[model]

    def version(self, organisation: int, day: date) -> Any:
        return _one(self._versions.get(organisation, []), day)

    def chain(self, organisation: int | None, day: date) -> tuple[int, ...]:
        """The organisation and all above it on a day; empty when it was not there."""
        found: list[int] = []
        above = organisation
        while above is not None:
            version = self.version(above, day)
            if version is None:
                break
            found.append(above)
            above = version.parent_id
        return tuple(found)

    def cached_chain(self, organisation: int | None, day: date) -> tuple[int, ...]:
        if organisation is None:
            return ()
        key = (organisation, day)
        if key not in self._chains:
            self._chains[key] = self.chain(organisation, day)
        return self._chains[key]

    def detail(self, member: int, day: date) -> Any:
        return _one(self._details.get(member, []), day)

    def spell(self, member: int, day: date) -> Any:
        return _one(self._member_spells.get(member, []), day)

    def kind_at(self, organisation: int, day: date) -> str | None:
        version = self.version(organisation, day)
        return version.kind if version else None

    def grassroots(self, organisation: int, day: date) -> bool | None:
        kind = self.kind_at(organisation, day)
        return kind_of(kind).is_grassroots if kind else None

    def sector(self, organisation: int, day: date) -> str | None:
        version = self.version(organisation, day)
        if version and version.sector:
            return version.sector
        for above in self.cached_chain(organisation, day):
            if self.grassroots(above, day):
                return self.version(above, day).sector
        return None

    def in_committee(self, member: int) -> Iterator[Any]:
        return (p for p in self.posts() if p.member_id == member)

    def posts(self, day: date | None = None) -> list[Any]:
        day = day or self.as_at
        return [p for p in self.known(PostHolding) if p.valid_from <= day < p.valid_to]

    def flows(self, model: Any, name: str) -> list[tuple[Any, date]]:
        last = min(self.as_at, self.period.end)
        return [
            (row, getattr(row, name))
            for row in self.known(model)
            if getattr(row, name) is not None and self.period.start <= getattr(row, name) <= last
        ]

    def person(self, member: int, day: date, organisation: int, place_day: date, name: str) -> Any:
        if name == "sector":
            return self.sector(organisation, place_day)
        if name == "organisation_kind":
            return self.kind_at(organisation, place_day)
        detail = self.detail(member, day)
        if name == "age":
            return full_years(detail.birth_date, day) if detail and detail.birth_date else None
        if name in PROFILE:
            return getattr(detail, name) if detail else None
        raise KeyError(name)

    # --- the facts of each source ---

    def facts(self, source: str, when: str) -> list[Fact]:
        key = (source, when)
        if key not in self._facts:
            day = self.as_at if when == "stock" else self.period.start - DAY
            made = getattr(self, f"_{source}")
            self._facts[key] = list(made(day) if when in ("stock", "opening") else made())
        return self._facts[key]

    def _members(self, day: date) -> Iterator[Fact]:
        committee = {p.member_id for p in self.posts(day) if p.post in COMMITTEE}
        for s in self.known(MembershipSpell):
            if not s.valid_from <= day < s.valid_to:
                continue

            def ask(name: str, s: Any = s) -> Any:
                if name in ("standing", "exempt", "suspended", "admitted_on"):
                    return getattr(s, name)
                if name == "party_age":
                    return full_years(s.party_age_from, day) if s.party_age_from else None
                if name == "complete":
                    d = self.detail(s.member_id, day)
                    return d is not None and all(getattr(d, f) not in ("", None) for f in REQUIRED)
                if name == "committee_member":
                    return s.member_id in committee
                return self.person(s.member_id, day, s.organisation_id, day, name)

            yield Fact(s.id, self.cached_chain(s.organisation_id, day), ask)

    def _events(self) -> Iterator[Fact]:
        for e, day in self.flows(MemberEvent, "on"):
            place = self._left(e, day) if e.kind in ENDINGS else day

            def ask(name: str, e: Any = e, day: date = day, place: date = place) -> Any:
                before = self.spell(e.member_id, day - DAY)
                if name == "standing_before":
                    return before.standing if before else None
                if name == "party_age":
                    spell = self.spell(e.member_id, day) or before
                    return full_years(spell.party_age_from, day) if spell else None
                if name in ("kind", "elsewhere", "population_breach", "foreign_spouse", "village_head"):
                    return getattr(e, name)
                return self.person(e.member_id, day, e.organisation_id, place, name)

            yield Fact(e.id, self.cached_chain(e.organisation_id, place), ask)

    def _arrivals(self) -> Iterator[Fact]:
        for e, day in self.flows(MemberEvent, "on"):
            if e.kind == "transferred":
                left = self._left(e, day)
                ask = lambda n, e=e, d=day: self.person(e.member_id, d, e.organisation_id, d, n)  # noqa: E731
                yield Fact(
                    e.id,
                    self.cached_chain(e.organisation_id, day),
                    ask,
                    self.cached_chain(e.from_organisation_id, left),
                )

    def _left(self, e: MemberEvent, day: date) -> date:
        """The day on whose tree the place lies that somebody left: the day before, unless he or she came that day."""
        was = self.spell(e.member_id, day - DAY)
        left = e.from_organisation_id if e.kind == "transferred" else e.organisation_id
        return day - DAY if was is not None and was.organisation_id == left else day

    def _departures(self) -> Iterator[Fact]:
        for e, day in self.flows(MemberEvent, "on"):
            if e.kind == "transferred":
                left = self._left(e, day)
                ask = lambda n, e=e, d=day, p=left: self.person(e.member_id, d, e.from_organisation_id, p, n)  # noqa: E731
                yield Fact(
                    e.id,
                    self.cached_chain(e.from_organisation_id, left),
                    ask,
                    self.cached_chain(e.organisation_id, day),
                )

    def _stayed(self) -> Iterator[tuple[Any, Any, date]]:
        """(spell of the day before, spell of the day, day): members in the same cell on both, cell elsewhere."""
        days = {p.valid_from for p in self.known(OrganisationPath)} | {
            p.valid_to for p in self.known(OrganisationPath)
        }
        last = min(self.as_at, self.period.end)
        for day in sorted(d for d in days if self.period.start <= d <= last):
            for spells in self._member_spells.values():
                before, now = _one(spells, day - DAY), _one(spells, day)
                if before and now and before.organisation_id == now.organisation_id:
                    yield before, now, day

    def _carried_in(self) -> Iterator[Fact]:
        for _, now, day in self._stayed():
            here, there = (
                self.cached_chain(now.organisation_id, day),
                self.cached_chain(now.organisation_id, day - DAY),
            )
            if set(here) - set(there):
                yield Fact(now.id, here, lambda n: None, there)

    def _carried_out(self) -> Iterator[Fact]:
        for before, _, day in self._stayed():
            there, here = (
                self.cached_chain(before.organisation_id, day),
                self.cached_chain(before.organisation_id, day - DAY),
            )
            if set(here) - set(there):
                yield Fact(before.id, here, lambda n: None, there)

    def _plain(
        self, model: Any, day_field: str, extra: Callable[[Any, date, str], Any] | None = None
    ) -> Iterator[Fact]:
        for row, day in self.flows(model, day_field):

            def ask(name: str, row: Any = row, day: date = day) -> Any:
                if extra is not None:
                    found = extra(row, day, name)
                    if found is not NotImplemented:
                        return found
                return getattr(row, name)

            yield Fact(row.id, self.cached_chain(row.organisation_id, day), ask)

    def _gender(self, row: Any, day: date, name: str) -> Any:
        return (
            self.person(row.member_id, day, row.organisation_id, day, name)
            if name == "gender"
            else NotImplemented
        )

    def _cards(self) -> Iterator[Fact]:
        return self._plain(MemberCard, "issued_on")

    def _badges(self) -> Iterator[Fact]:
        return self._plain(BadgeAward, "awarded_on", self._gender)

    def _commendations(self) -> Iterator[Fact]:
        return self._plain(Commendation, "period_end")

    def _member_discipline(self) -> Iterator[Fact]:
        annulled = self._annulled("member_discipline_id")
        return (
            fact
            for fact in self._plain(MemberDiscipline, "decided_on", self._gender)
            if fact.pk not in annulled
        )

    def _organisation_discipline(self) -> Iterator[Fact]:
        annulled = self._annulled("organisation_discipline_id")
        return (
            fact
            for fact in self._plain(OrganisationDiscipline, "decided_on", self._organisation_field)
            if fact.pk not in annulled
        )

    def _annulled(self, of: str) -> set[int]:
        return {getattr(end, of) for end in self.known(DisciplineEnd) if end.kind == "annulled"}

    def _organisation_field(self, row: Any, day: date, name: str) -> Any:
        if name == "grassroots":
            return self.grassroots(row.organisation_id, day)
        if name == "kind":
            return self.kind_at(row.organisation_id, day)
        if name == "sector":
            version = self.version(row.organisation_id, day)
            return version.sector if version else None
        return NotImplemented

    def _study(self) -> Iterator[Fact]:
        def due(row: Any, day: date, name: str) -> Any:
            return row.members_total - row.members_exempt if name == "members_due" else NotImplemented

        return self._plain(StudySession, "held_on", due)

    def _plans(self) -> Iterator[Fact]:
        return self._plain(Plan, "issued_on")

    def _directives(self) -> Iterator[Fact]:
        def ask(row: Any, day: date, name: str) -> Any:
            plans = [
                p
                for p in self.known(Plan)
                if p.directive_id == row.id and p.issued_on <= self.as_at and not self._answers(p, row)
            ]
            if name == "planned":
                return bool(plans)
            if name == "due":
                return bool(row.needs_plan and row.plan_due_on and row.plan_due_on <= self.as_at)
            if name == "on_time":
                if row.plan_due_on is None:
                    return None
                return bool(plans) and min(p.issued_on for p in plans) <= row.plan_due_on
            if name == "studied":
                return any(
                    s.directive_id == row.id
                    and s.organisation_id
                    == row.organisation_id  # sessions of those it was handed to are theirs
                    and s.held_on <= self.as_at
                    for s in self.known(StudySession)
                )
            return NotImplemented

        received = {row.pk for row in self.known(Directive) if row.book == "received"}
        return (fact for fact in self._plain(Directive, "received_on", ask) if fact.pk in received)

    def _answers(self, plan: Any, directive: Any) -> bool:
        """Whether a plan is that of an organisation to which the receiver handed the paper."""
        about = {d.pk for d in Demand.objects.filter(about=directive.identity)}
        handed = {o.organisation_id for o in self.known(Obligation) if o.demand_id in about}
        return plan.organisation_id != directive.organisation_id and plan.organisation_id in handed

    def _counts_for_period(self, row: Any) -> bool:
        if row.period == self.period.code:
            return True
        return self.period.kind in (Kind.TERM, Kind.HALF_TERM) and len(row.period) == 4

    def _organisation_ratings(self) -> Iterator[Fact]:
        rows = {r.id for r in self.known(OrganisationRating) if self._counts_for_period(r)}
        return (
            f for f in self._plain(OrganisationRating, "period_end", self._organisation_field) if f.pk in rows
        )

    def _member_ratings(self) -> Iterator[Fact]:
        rows = {r.id for r in self.known(MemberRating) if self._counts_for_period(r)}

        def ask(row: Any, day: date, name: str) -> Any:
            if name == "years_excellent":
                return self._years_excellent(row)
            return self._gender(row, day, name)

        return (f for f in self._plain(MemberRating, "period_end", ask) if f.pk in rows)

    def _years_excellent(self, row: Any) -> int:
        excellent = {
            r.period
            for r in self.known(MemberRating)
            if r.member_id == row.member_id and r.level == "excellent"
        }
        if row.level != "excellent" or len(row.period) != 4:
            return 0
        years = 1
        while years < 5 and str(int(row.period) - years) in excellent:
            years += 1
        return years

    def _targets(self) -> Iterator[Fact]:
        for row in self.known(Target):
            if row.period == self.period.code and row.valid_from <= self.as_at < row.valid_to:
                yield Fact(
                    row.id,
                    self.cached_chain(row.organisation_id, self.as_at),
                    lambda name, row=row: getattr(row, name),
                )

    def _organisations(self, day: date) -> Iterator[Fact]:
        committees = {p.organisation_id for p in self.posts(day) if p.post in COMMITTEE}
        for v in self.known(OrganisationVersion):
            if not v.valid_from <= day < v.valid_to:
                continue

            def ask(name: str, v: Any = v) -> Any:
                if name == "grassroots":
                    return kind_of(v.kind).is_grassroots
                if name == "has_committee":
                    return v.organisation_id in committees
                if name == "members":
                    return sum(
                        v.organisation_id in self.cached_chain(s.organisation_id, day)
                        for s in self.known(MembershipSpell)
                        if s.valid_from <= day < s.valid_to
                    )
                if name == "admitted":
                    return sum(
                        v.organisation_id in self.cached_chain(e.organisation_id, on)
                        for e, on in self.flows(MemberEvent, "on")
                        if e.kind in ("admitted", "readmitted")
                    )
                return getattr(v, name)

            yield Fact(v.id, self.cached_chain(v.organisation_id, day), ask)

    def _organisation_acts(self) -> Iterator[Fact]:
        for a, day in self.flows(OrganisationAct, "on"):
            place = day if a.kind == "found" else day - DAY

            def ask(name: str, a: Any = a, place: date = place) -> Any:
                if name == "grassroots":
                    return self.grassroots(a.organisation_id, place)
                if name == "organisation_kind":
                    return self.kind_at(a.organisation_id, place)
                return getattr(a, name)

            yield Fact(a.id, self.cached_chain(a.parent_id, place), ask)

    def _posts(self, day: date) -> Iterator[Fact]:
        for p in self.posts(day):

            def ask(name: str, p: Any = p) -> Any:
                if name == "post":
                    return p.post
                if name == "grassroots":
                    return self.grassroots(p.organisation_id, day)
                return self.person(p.member_id, day, p.organisation_id, day, name)

            yield Fact(p.id, self.cached_chain(p.organisation_id, day), ask)

    def _committee_people(self, day: date) -> Iterator[Fact]:
        seen: set[tuple[int, int]] = set()
        for p, fact in zip(self.posts(day), self._posts(day), strict=True):
            if p.post in COMMITTEE and (p.member_id, p.organisation_id) not in seen:
                seen.add((p.member_id, p.organisation_id))
                yield fact

    # --- figures ---

    def of(self, formula: Count | Sum, x: int, child: int | None) -> list[Fact]:
        """The facts of a count or sum that are the organisation's, or that fell under a child of it."""
        found = []
        for fact in self.facts(formula.source, formula.when):
            if self._is_of(fact, x, child, SOURCES[formula.source].subtree) and all(
                meets(fact.fields(c.field), c) for c in formula.where
            ):
                found.append(fact)
        if isinstance(formula, Sum):
            found = [fact for fact in found if fact.fields(formula.of) is not None]
        return found

    def _is_of(self, fact: Fact, x: int, child: int | None, subtree: bool) -> bool:
        if x not in fact.chain:
            return False
        at = fact.chain.index(x)
        via = fact.chain[at - 1] if at else None
        if child is not None and via != child:
            return False
        if not subtree and at != (0 if child is None else 1):
            return False
        return fact.other is None or (x if child is None else child) not in fact.other

    def exact(self, catalogue: Any, indicator: Indicator, x: int, child: int | None) -> tuple[Any, int]:
        """(exact value, number of records)."""
        formula = indicator.formula
        if isinstance(formula, Count):
            return (len(self.of(formula, x, child)),) * 2
        if isinstance(formula, Sum):
            facts = self.of(formula, x, child)
            total = sum((Fraction(fact.fields(formula.of)) for fact in facts), Fraction(0))
            return (None if formula.empty_is_none and not facts else total), len(facts)
        if isinstance(formula, Ratio):
            above, records = self.exact(catalogue, catalogue[formula.numerator], x, child)
            below = self.denominator(catalogue, indicator, x, child)
            if above is None or not below:
                return None, records
            return Fraction(above) / Fraction(below) * formula.scale - formula.minus, records
        plus = [self.exact(catalogue, catalogue[i], x, child) for i in formula.plus]
        minus = [self.exact(catalogue, catalogue[i], x, child) for i in formula.minus]
        records = sum(n for _, n in plus)
        if any(v is None for v, _ in (*plus, *minus)):
            return None, records
        return sum(v for v, _ in plus) - sum(v for v, _ in minus), records

    def denominator(self, catalogue: Any, indicator: Indicator, x: int, child: int | None) -> Any:
        asked = self.last_year() if indicator.formula.denominator_last_year else self
        return asked.exact(catalogue, catalogue[indicator.formula.denominator], x, child)[0]

    def last_year(self) -> "Recount":
        period = self.period.comparison()
        if self.as_at == self.period.end:
            as_at = period.end
        else:
            term = self.period.kind in (Kind.TERM, Kind.HALF_TERM)
            as_at = max(period.start, add_months(self.as_at, -60 if term else -12))
        return Recount(self.world, period, as_at, self.moment)

    def figure(self, catalogue: Any, indicator: Indicator, x: int, child: int | None = None) -> Answer:
        exact, records = self.exact(catalogue, indicator, x, child)
        if isinstance(indicator.formula, Ratio):
            above, _ = self.exact(catalogue, catalogue[indicator.formula.numerator], x, child)
            return Answer(
                published(exact, indicator.decimals),
                above,
                self.denominator(catalogue, indicator, x, child),
                records,
            )
        return Answer(published(exact, indicator.decimals), exact, None, records)


def _one(rows: list[Any], day: date) -> Any:
    found = [row for row in rows if row.valid_from <= day < row.valid_to]
    assert len(found) <= 1, "the builder made two states of one day"
    return found[0] if found else None


def meets(value: Any, condition: Condition) -> bool:
    """Whether a field's value meets a condition; a blank meets only `unknown`."""
    op, wanted = condition.op, condition.value
    if value is None or value == "":
        return op == "unknown"
    if op == "between":
        low, high = wanted
        return (low is None or value >= low) and (high is None or value <= high)
    return {
        "=": lambda: value == wanted,
        "!=": lambda: value != wanted,
        "in": lambda: value in wanted,
        "not in": lambda: value not in wanted,
        "<": lambda: value < wanted,
        "<=": lambda: value <= wanted,
        ">": lambda: value > wanted,
        ">=": lambda: value >= wanted,
        "known": lambda: True,
        "unknown": lambda: False,
    }[op]()


def published(value: Any, decimals: int) -> Any:
    """Half away from zero, by hand."""
    if value is None or Fraction(value).denominator == 1:
        return value
    whole = abs(Fraction(value)) * 10**decimals
    rounded = whole.numerator // whole.denominator
    if whole - rounded >= Fraction(1, 2):
        rounded += 1
    return Decimal(rounded if value > 0 else -rounded).scaleb(-decimals)
