"""The recount of the year's work: papers issued, sessions planned, obligations, conferences. Plain loops, no SQL.

How an obligation stands is asked of `obligations.derive`, the domain's own word for it: figures must say the same.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.figures.fact import Fact
from tongket.bulletins.models import Bulletin
from tongket.conferences.models import Attendance, Conclusion, Conference, Invitation, Moment, Reply
from tongket.directives.models import Directive, DirectiveChange, PlannedSession, StudySession
from tongket.events.anniversaries import anniversary
from tongket.events.models import Event, Twinning
from tongket.inspections.models import Finding
from tongket.obligations.derive import standing
from tongket.obligations.models import Demand, Obligation, Step


def local_day(at: datetime) -> date:
    """The day in Việt Nam."""
    return at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()


class WorkRecount:
    """The facts of the sources of the year's work; a part of `recount.Recount`."""

    world: Any
    period: Any
    as_at: date
    known: Callable[[Any], list[Any]]
    cached_chain: Callable[[int | None, date], tuple[int, ...]]
    _plain: Any

    def in_period(self, day: date) -> bool:
        return bool(self.period.start <= day <= min(self.period.end, self.as_at))

    def by_identity(self, model: Any, identity: Any) -> Any:
        """The row of that identity that is known."""
        found = [row for row in self.known(model) if identity is not None and row.identity == identity]
        assert len(found) <= 1, "two rows of one identity are known at once"
        return found[0] if found else None

    def whole(self, model: Any, pk: int) -> Any:
        """The row known of the record of which this key is one row, perhaps a corrected one."""
        (row,) = [row for row in self.world.rows[model] if row.pk == pk]
        return self.by_identity(model, row.identity)

    def rows_of(self, model: Any, **wanted: Any) -> list[Any]:
        """Known rows with these values, in the order of recording."""
        rows = [r for r in self.known(model) if all(getattr(r, k) == v for k, v in wanted.items())]
        return sorted(rows, key=lambda row: row.pk)

    def _papers(self) -> Iterator[Fact]:
        def ask(row: Any, day: date, name: str) -> Any:
            if name == "ended":
                return any(
                    c.on <= self.as_at and c.kind in ("replaced", "revoked")
                    for c in self.rows_of(DirectiveChange, directive=row.identity)
                )
            return NotImplemented

        issued = {row.pk for row in self.known(Directive) if row.book == "issued"}
        return (fact for fact in self._plain(Directive, "issued_on", ask) if fact.pk in issued)

    def _planned_sessions(self) -> Iterator[Fact]:
        def ask(row: Any, day: date, name: str) -> Any:
            if name == "held":
                return any(s.held_on <= self.as_at for s in self.rows_of(StudySession, planned=row.identity))
            return NotImplemented

        return self._plain(PlannedSession, "planned_on", ask)

    def _activities(self) -> Iterator[Fact]:
        def ask(row: Any, day: date, name: str) -> Any:
            if name == "twinned":
                return row.twinning is not None
            if name == "round_year":
                found = row.marks_year and anniversary(row.marks_year, None, day.year)
                return bool(found and found.is_round)
            return NotImplemented

        return self._plain(Event, "starts_on", ask)

    def _twinnings(self, day: date) -> Iterator[Fact]:
        for row in self.known(Twinning):
            if (row.since_on or date(row.since_year, 1, 1)) <= day:
                yield Fact(row.pk, self.cached_chain(row.organisation_id, day), lambda name: None)

    def _bulletins(self) -> Iterator[Fact]:
        def ask(row: Any, day: date, name: str) -> Any:
            if name == "answered":
                return row.answered_on is not None and row.answered_on <= self.as_at
            return NotImplemented

        return self._plain(Bulletin, "month", ask)

    # --- what was asked ---

    def about(self, demand: Any, name: str) -> Any:
        if name == "from_conference":
            rows = (*self.known(Conference), *self.known(Conclusion))
            return any(row.identity == demand.about for row in rows)
        if name == "from_inspection":
            return any(row.identity == demand.about for row in self.known(Finding))
        paper = self.by_identity(Directive, demand.about)
        if name == "from_directive":
            return paper is not None
        return getattr(paper, "kind" if name == "document_kind" else name) if paper else None

    def _asked(self, day_of: Callable[[Any, Any], date]) -> Iterator[Fact]:
        for row in self.known(Obligation):
            demand = self.whole(Demand, row.demand_id)
            if demand is None or not self.in_period(day_of(row, demand)):
                continue

            def ask(name: str, row: Any = row, demand: Any = demand) -> Any:
                steps = [s for s in self.rows_of(Step, obligation_id=row.pk) if s.on <= self.as_at]
                stands = standing(row.due_on, steps)
                if name == "state":
                    return stands.state
                if name == "outcome":
                    return stands.outcome(self.as_at)
                if name == "extended":
                    return any(s.kind == "extended" for s in steps)
                if name == "on_behalf":
                    return any(s.on_behalf for s in steps)
                return demand.kind if name == "kind" else self.about(demand, name)

            yield Fact(row.pk, self.cached_chain(row.organisation_id, day_of(row, demand)), ask)

    def _obligations(self) -> Iterator[Fact]:
        return self._asked(lambda row, demand: row.due_on)

    def _handed(self) -> Iterator[Fact]:
        return self._asked(lambda row, demand: demand.asked_on)

    def _demands(self) -> Iterator[Fact]:
        def ask(row: Any, day: date, name: str) -> Any:
            if name == "kind":
                return row.kind
            if name == "receivers":
                rows = {d.pk for d in self.world.rows[Demand] if d.identity == row.identity}
                return sum(o.demand_id in rows for o in self.known(Obligation))
            return self.about(row, name)

        return self._plain(Demand, "asked_on", ask)

    def _reminders(self) -> Iterator[Fact]:
        obligations = {row.pk: row for row in self.known(Obligation)}
        for step in self.rows_of(Step, kind="reminded"):
            row = obligations.get(step.obligation_id)
            demand = row and self.whole(Demand, row.demand_id)
            if demand and self.in_period(step.on):
                yield Fact(
                    step.pk, self.cached_chain(row.organisation_id, step.on), lambda name, d=demand: d.kind
                )

    # --- conferences ---

    def state(self, conference: Any) -> str:
        """The last of the moments recorded, of those that are past."""
        rows = {c.pk for c in self.world.rows[Conference] if c.identity == conference.identity}
        past = [m for m in self.rows_of(Moment) if m.conference_id in rows and local_day(m.at) <= self.as_at]
        return past[-1].kind if past else "draft"

    def _conferences(self) -> Iterator[Fact]:
        for row in self.known(Conference):
            day = local_day(row.starts_at)
            if self.in_period(day):
                yield Fact(
                    row.pk,
                    self.cached_chain(row.organisation_id, day),
                    lambda name, row=row: row.kind if name == "kind" else self.state(row),
                )

    def _of_conferences(
        self, model: Any, ask: Callable[[Any, str], Any], host: bool = True
    ) -> Iterator[Fact]:
        for row in self.known(model):
            conference = self.whole(Conference, row.conference_id)
            if conference is None or not self.in_period(local_day(conference.starts_at)):
                continue

            def fields(name: str, row: Any = row, conference: Any = conference) -> Any:
                if name in ("kind", "state"):
                    return conference.kind if name == "kind" else self.state(conference)
                return ask(row, name)

            place = conference.organisation_id if host else row.organisation_id
            yield Fact(row.pk, self.cached_chain(place, local_day(conference.starts_at)), fields)

    def _called(self, row: Any, name: str) -> Any:
        if name == "attendance":
            marked = [
                a for a in self.rows_of(Attendance, invitation_id=row.pk) if local_day(a.at) <= self.as_at
            ]
            assert len(marked) <= 1
            return marked[0].state if marked else None
        if name == "reply":
            replies = [r for r in self.rows_of(Reply, invitation_id=row.pk) if r.on <= self.as_at]
            return replies[-1].answer if replies else "none"
        return row.voting if name == "voting" else row.member_id is not None

    def _invitations(self) -> Iterator[Fact]:
        return self._of_conferences(Invitation, self._called)

    def _delegates(self) -> Iterator[Fact]:
        return self._of_conferences(Invitation, self._called, host=False)

    def _conclusions(self) -> Iterator[Fact]:
        def handed(row: Any, name: str) -> bool:
            return any(d.asked_on <= self.as_at for d in self.rows_of(Demand, about=row.identity))

        return self._of_conferences(Conclusion, handed)
