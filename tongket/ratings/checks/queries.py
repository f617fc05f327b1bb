"""Running the checks over a round, for one viewer, and reading what was set aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongket.audit.records import current
from tongket.ratings.checks.declarations import BY_CODE, CHECKS, Check, Said, rule_of
from tongket.ratings.checks.facts import Facts, Told, facts_of
from tongket.ratings.rounds.models import RatingOverride, RatingRound
from tongket.ratings.rounds.queries import CandidateState, standing_of
from tongket.rules.catalogue import in_force


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about one candidate. `severity`: "bad" by a confirmed rule, "warn" by another, "info" for no data."""

    check: Check
    state: CandidateState
    severity: str
    text: str
    disciplines: tuple[Told, ...] = ()
    tasks: bool = False

    @property
    def key(self) -> tuple[int, str]:
        """What an override answers: the candidate and the check."""
        return (self.state.candidate_id, self.check.code)


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of a round with those set aside, the checks that ran and those with no rule in force."""

    findings: Sequence[Finding]
    overrides: Sequence[RatingOverride]
    ran: Sequence[Check]
    silent: Sequence[Check]
    listed: int
    rated: int
    not_rated: int
    answered: frozenset[tuple[int, str]] = field(default_factory=frozenset)

    @property
    def open(self) -> list[Finding]:
        """Findings that nobody has answered, without those that only say that there is no data."""
        return [one for one in self.findings if one.severity != "info" and one.key not in self.answered]

    @property
    def missing(self) -> int:
        """How many on the list have neither a level nor a reason."""
        return self.listed - self.rated - self.not_rated


def checked(round: RatingRound, user: Any, states: Sequence[CandidateState] | None = None) -> Checked:
    """All findings about a round that `user` may know, in the order of the list; a fixed number of queries."""
    listed = standing_of(round) if states is None else states
    facts = facts_of(round, listed, user)
    mine = [check for check in CHECKS if round.subject in check.subjects]
    ran = [check for check in mine if rule_of(check, facts) is not None]
    findings = list(_findings(facts, ran))
    seen = {one.key for one in findings}
    overrides = [
        row
        for row in _overrides(round)
        if not _secret(row.check_code) or (row.candidate_id, row.check_code) in seen
    ]
    excluded = sum(state.excluded for state in listed)
    return Checked(
        findings,
        overrides,
        ran,
        [check for check in mine if check not in ran],
        len(listed),
        sum(bool(state.level) and not state.excluded for state in listed),
        excluded,
        frozenset((row.candidate_id, row.check_code) for row in overrides),
    )


def unanswered(round: RatingRound, user: Any, states: Sequence[CandidateState]) -> list[Finding]:
    """The findings about `states` that `user` may know and nobody has answered, by the answers in `states`."""
    facts = facts_of(round, states, user)
    mine = [check for check in CHECKS if round.subject in check.subjects]
    return [
        one
        for one in _findings(facts, mine)
        if one.severity != "info" and one.check.code not in one.state.overrides
    ]


def finding_of(round: RatingRound, candidate_id: int, check_code: str, user: Any) -> Finding | None:
    """The finding of one check about one candidate, as far as `user` may know it."""
    states = [state for state in standing_of(round) if state.candidate_id == candidate_id]
    found = _findings(facts_of(round, states, user), [c for c in CHECKS if c.code == check_code])
    return next((one for one in found if one.severity != "info"), None)


def _findings(facts: Facts, checks: Iterable[Check]) -> Iterable[Finding]:
    rules = [(check, rule) for check in checks if (rule := rule_of(check, facts)) is not None]
    severity = {check.code: _severity(check, facts) for check, _ in rules}
    for state in facts.states:
        for check, rule in rules:
            for said in check.find(facts, state, rule):
                yield _finding(check, state, said, severity[check.code])


def _finding(check: Check, state: CandidateState, said: Said, severity: str) -> Finding:
    return Finding(check, state, "info" if said.info else severity, said.text, said.disciplines, said.tasks)


def _severity(check: Check, facts: Facts) -> str:
    return "bad" if not check.rule or in_force(check.rule, facts.end).mark == "C" else "warn"


def _overrides(round: RatingRound) -> list[RatingOverride]:
    rows = current(RatingOverride.objects.filter(candidate__round=round, candidate__voided_at__isnull=True))
    return list(
        rows.select_related("candidate__organisation", "candidate__member", "recorded_by").order_by(
            "recorded_at", "pk"
        )
    )


def _secret(code: str) -> bool:
    check = BY_CODE.get(code)
    return check is not None and check.secret
