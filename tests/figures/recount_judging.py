"""The recount of the year's judging. Plain loops, no SQL.

How far a candidate or a probation is, and which days are the last ones, is asked of `admissions`: figures must say the
same.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from tests.figures.fact import Fact
from tests.figures.recount_work import WorkRecount
from tongket.admissions.deadlines.limits import (
    ceremony_by,
    decide_by,
    decide_official_by,
)
from tongket.admissions.joining import derive as joining
from tongket.admissions.models import Candidate, CandidateStep, ProbationStep
from tongket.admissions.probation import derive as probation
from tongket.cases.models import Appeal, AppealAnswer, Case, CaseStep
from tongket.core.codelists import BEGINNINGS
from tongket.core.dates import full_years
from tongket.honours.models import (
    BadgeProposal,
    CertificateNumber,
    CommendationProposal,
    CouncilView,
    ProposalOutcome,
)
from tongket.inspections.models import (
    Finding,
    Inspection,
    InspectionObject,
    InspectionStep,
    Programme,
    ProgrammeItem,
)
from tongket.members.models import MemberEvent, MembershipSpell
from tongket.ratings.models import (
    MemberRating,
    OrganisationRating,
    RatingCandidate,
    RatingOverride,
    RatingRound,
    RatingSpecial,
    RatingStep,
    RoundDecision,
)


class JudgingRecount(WorkRecount):
    """The facts of the sources of the year's judging; a part of `recount.Recount`."""

    detail: Callable[[int, date], Any]
    _counts_for_period: Callable[[Any], bool]

    def rows_by_identity(self, model: Any, identity: Any) -> set[int]:
        """The keys of all rows of one record."""
        return {row.pk for row in self.world.rows[model] if row.identity == identity}

    def past(self, model: Any, **wanted: Any) -> list[Any]:
        """Known rows with these values whose day has come, in the order of recording."""
        return [row for row in self.rows_of(model, **wanted) if row.on <= self.as_at]

    def _fact(self, row: Any, place: int, day: date, ask: Callable[[str], Any]) -> Fact:
        return Fact(row.pk, self.cached_chain(place, day), ask)

    # --- rounds, badges, commendations ---

    def _rating_candidates(self) -> Iterator[Fact]:
        for row in self.known(RatingCandidate):
            of = self.whole(RatingRound, row.round_id)
            if of is None or not self.in_period(of.period_end) or not self._counts_for_period(of):
                continue
            yield self._fact(row, row.organisation_id, of.period_end, self._candidate(row, of))

    def _candidate(self, row: Any, of: Any) -> Callable[[str], Any]:
        decisions = [
            d
            for d in self.known(RoundDecision)
            if d.round_id in self.rows_by_identity(RatingRound, of.identity)
        ]

        def corrected() -> bool:
            model, whose = (
                (MemberRating, "member_id") if row.member_id else (OrganisationRating, "organisation_id")
            )
            return bool(decisions) and any(
                getattr(r, whose) == getattr(row, whose)
                and r.period == of.period
                and r.recorded_at > max(d.recorded_at for d in decisions)
                for r in self.known(model)
            )

        def ask(name: str) -> Any:
            stages = {"self_rated": "self", "voted": "vote", "appraised": "appraisal"}
            if name in stages:
                return bool(self.rows_of(RatingStep, candidate_id=row.pk, stage=stages[name]))
            if name in ("subject", "reason"):
                return of.subject if name == "subject" else row.reason
            if name == "decided":
                return bool(decisions)
            if name == "corrected":
                return corrected()
            model = RatingSpecial if name == "special" else RatingOverride
            return bool(self.rows_of(model, candidate_id=row.pk))

        return ask

    def _badge_proposals(self) -> Iterator[Fact]:
        def ask(row: Any, day: date, name: str) -> Any:
            if name == "gender":
                detail = self.detail(row.member_id, day)
                return detail.gender if detail else None
            if name != "state":
                return getattr(row, name)
            decided = row.decision.decision_date if row.decision else None
            if row.state in ("approved", "refused", "awarded") and decided and decided > self.as_at:
                return "sent"
            return "approved" if row.state == "awarded" and row.awarded_on > self.as_at else row.state

        return self._plain(BadgeProposal, "award_day", ask)

    def _commendation_proposals(self) -> Iterator[Fact]:
        def ask(row: Any, day: date, name: str) -> Any:
            if name == "recipient_kind":
                return row.recipient_kind
            if name == "numbered":
                return bool(self.rows_of(CertificateNumber, proposal=row.identity))
            model = CouncilView if name == "recommended" else ProposalOutcome
            found = self.rows_of(model, proposal=row.identity)
            assert len(found) <= 1
            return getattr(found[0], name) if found else None

        return self._plain(CommendationProposal, "period_end", ask)

    # --- inspection ---

    def concluded(self, identity: Any) -> Any:
        """The last step that concluded an inspection, None while it runs."""
        rows = self.rows_by_identity(Inspection, identity)
        steps = [s for s in self.past(InspectionStep, kind="concluded") if s.inspection_id in rows]
        return steps[-1] if steps else None

    def _programme_items(self) -> Iterator[Fact]:
        for row in self.known(ProgrammeItem):
            programme = self.whole(Programme, row.programme_id)
            if programme is None or not self.in_period(row.planned_on):
                continue

            def ask(name: str, row: Any = row, programme: Any = programme) -> Any:
                if name == "done":
                    return any(
                        self.concluded(i.identity) for i in self.rows_of(Inspection, item=row.identity)
                    )
                if name == "objects":
                    return row.objects_count
                return row.kind if name == "kind" else programme.subject

            yield self._fact(row, programme.organisation_id, row.planned_on, ask)

    def _inspections(self) -> Iterator[Fact]:
        for row in self.known(Inspection):
            step = self.concluded(row.identity)
            if step and self.in_period(step.on):
                ask = lambda n, row=row: row.item is not None if n == "planned" else getattr(row, n)  # noqa: E731
                yield self._fact(row, row.organisation_id, step.on, ask)

    def _inspected(self) -> Iterator[Fact]:
        for row in self.known(InspectionObject):
            of = self.whole(Inspection, row.inspection_id)
            step = of and self.concluded(of.identity)
            if not step or not self.in_period(step.on):
                continue

            def ask(name: str, row: Any = row, of: Any = of) -> Any:
                if name == "member":
                    return row.member_id is not None
                if name in ("kind", "subject"):
                    return getattr(of, name)
                rows = self.rows_by_identity(Inspection, of.identity)
                same = {"organisation_id": row.organisation_id, "member_id": row.member_id, "kind": name}
                return any(f.inspection_id in rows for f in self.past(Finding, **same))

            yield self._fact(row, of.organisation_id, step.on, ask)

    # --- cases ---

    def ending(self, identity: Any) -> Any:
        """The step that ended a case, None while it is open."""
        steps = sorted(self.past(CaseStep, case=identity), key=lambda s: (s.on, s.pk))
        for kind in ("decided", "closed"):
            of_kind = [s for s in steps if s.kind == kind]
            if of_kind:
                return of_kind[-1]
        return None

    @staticmethod
    def _of_case(row: Any, state: str = "") -> Callable[[str], Any]:
        return lambda name: {"source": row.source, "member": row.member_id is not None, "state": state}[name]

    def _cases(self) -> Iterator[Fact]:
        return self._plain(Case, "opened_on", lambda row, day, name: self._of_case(row)(name))

    def _case_ends(self) -> Iterator[Fact]:
        for row in self.known(Case):
            step = self.ending(row.identity)
            if step and self.in_period(step.on):
                yield self._fact(row, row.organisation_id, step.on, self._of_case(row, step.kind))

    def _cases_pending(self, day: date) -> Iterator[Fact]:
        for row in self.known(Case):
            if row.opened_on <= day and self.ending(row.identity) is None:
                yield self._fact(row, row.organisation_id, day, self._of_case(row))

    def _appeals(self) -> Iterator[Fact]:
        def ask(row: Any, day: date, name: str) -> Any:
            return row.level if name == "level" else bool(self.past(AppealAnswer, appeal=row.identity))

        return self._plain(Appeal, "received_on", ask)

    def _appeal_answers(self) -> Iterator[Fact]:
        return self._plain(AppealAnswer, "on")

    # --- admission and probation ---

    def _candidates(self, day: date) -> Iterator[Fact]:
        for row in self.known(Candidate):
            now = joining.fold(self.past(CandidateStep, candidate=row.identity), row.nominated_on)
            if row.nominated_on > day or "ceremony" in now.at or "closed" in now.at:
                continue
            late = {
                one.kind
                for one in joining.deadlines(now, in_body=True)
                if one.late(day) and one.done_on is None
            }
            said = {
                "stage": now.stage,
                "decision_late": "admit" in late,
                "ceremony_late": "ceremony" in late,
            }
            yield self._fact(row, row.organisation_id, day, said.__getitem__)

    def _nominations(self) -> Iterator[Fact]:
        def ask(row: Any, day: date, name: str) -> Any:
            return full_years(row.birth_date, day) if name == "age" else getattr(row, name)

        return self._plain(Candidate, "nominated_on", ask)

    def _candidate_steps(self) -> Iterator[Fact]:
        people = {row.identity for row in self.known(Candidate)}
        for row in self.known(CandidateStep):
            if row.candidate not in people or not self.in_period(row.on):
                continue
            now = joining.fold(self.past(CandidateStep, candidate=row.candidate))
            last = None
            if row.kind == "decision" and now.resolved_on:
                last = decide_by(now.resolved_on, "admission", self.more(now))
            elif row.kind == "ceremony" and now.on("decision"):
                last = ceremony_by(now.on("decision"), now.on("received"))
            yield self._fact(row, row.organisation_id, row.on, self._step(row, last))

    @staticmethod
    def more(now: Any) -> int:
        return (now.at["extended"].days or 0) if "extended" in now.at else 0

    @staticmethod
    def _step(row: Any, last: date | None) -> Callable[[str], Any]:
        return {
            "kind": row.kind,
            "passed": row.kind == "resolution" and joining.passed(row),
            "late": None if last is None else row.on > last,
        }.__getitem__

    def began(self, member: int, day: date) -> date | None:
        events = [
            e
            for e in self.known(MemberEvent)
            if e.member_id == member and e.kind in BEGINNINGS and e.on <= day
        ]
        if not events:
            return None
        last = max(events, key=lambda e: (e.on, e.pk))
        own = last.on if last.kind in ("admitted", "readmitted") else last.first_admitted_on
        return last.ceremony_on or own

    def _probations(self, day: date) -> Iterator[Fact]:
        for row in self.known(MembershipSpell):
            if row.standing != "probationary" or not row.valid_from <= day < row.valid_to:
                continue
            began = self.began(row.member_id, day)
            steps = self.past(ProbationStep, member_id=row.member_id, ceremony_on=began) if began else []
            now = probation.fold(began, steps)
            late = any(
                one.late(day) and one.done_on is None for one in probation.deadlines(now, in_body=True)
            )
            said = {"stage": now.stage(day), "late": late}
            yield self._fact(row, row.organisation_id, day, said.__getitem__)

    def _probation_steps(self) -> Iterator[Fact]:
        for row in self.known(ProbationStep):
            if not self.in_period(row.on):
                continue
            steps = self.past(ProbationStep, member_id=row.member_id, ceremony_on=row.ceremony_on)
            now = probation.fold(row.ceremony_on, steps)
            last = None
            if row.kind == "decision" and now.resolved_on:
                last = decide_official_by(now.resolved_on, self.more(now))
            yield self._fact(row, row.organisation_id, row.on, self._step(row, last))
