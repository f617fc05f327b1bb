"""Reading rounds: which there are, and how each candidate of one stands; a round of any size in four queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from tongket.audit.records import current
from tongket.core.judging import RATING_STAGE
from tongket.organisations.models import Organisation
from tongket.organisations.queries import visible_to
from tongket.ratings.rounds.models import (
    RatingCandidate,
    RatingOverride,
    RatingRound,
    RatingSpecial,
    RatingStep,
    RoundDecision,
)

STAGES: tuple[str, ...] = tuple(code for code, _ in RATING_STAGE.choices)
#: The stages whose level stands for the candidate, the strongest first. What one says of oneself never counts, and an
#: opinion is heard by those who appraise and decide.
DECIDING: tuple[str, ...] = ("decision", "appraisal", "vote")


@dataclass(frozen=True, slots=True)
class StepState:
    """One link of the chain as it stands. Counts of votes are None where no vote was counted."""

    pk: int
    stage: str
    on: date
    level: str
    body: str = ""
    score: Decimal | None = None
    base: int | None = None
    excellent: int | None = None
    good: int | None = None
    completed: int | None = None
    failed: int | None = None
    remedied: bool = False
    origin: str = ""

    @property
    def counts(self) -> tuple[int | None, ...]:
        """The votes from excellent to failed."""
        return (self.excellent, self.good, self.completed, self.failed)

    @property
    def stage_name(self) -> str:
        """The stage in Vietnamese."""
        return RATING_STAGE.label(self.stage)


@dataclass(frozen=True, slots=True)
class CandidateState:
    """One on the list and all that was recorded about him, her or it.

    `organisation_id` is the body rated, or the member's cell on the list's day; `member_id` None in a round of
    organisations. `reason` says why one is on the list without being rated ("" for all to be rated), `note` the written
    reason of what was done by hand. `special` is the reason of the special case ("" for none), `overrides` the reason
    of each automatic check set aside, by its code. `chain` holds the standing steps in the order of stages.
    """

    candidate_id: int
    organisation_id: int
    organisation_code: str
    organisation_name: str
    member_id: int | None
    code: str
    name: str
    sort_key: str
    group: str
    reason: str
    note: str
    chain: tuple[StepState, ...] = ()
    special: str = ""
    overrides: Mapping[str, str] = field(default_factory=dict)

    @property
    def excluded(self) -> bool:
        """Whether he, she or it is on the list without being rated."""
        return bool(self.reason)

    @property
    def deciding_step(self) -> StepState | None:
        """The step whose level stands now: the decision, else the appraisal, else the vote."""
        return effective_step(self.chain)

    @property
    def level(self) -> str:
        """The level that stands now: "not_rated" for the excluded, "" while no step says one."""
        if self.excluded:
            return "not_rated"
        step = self.deciding_step
        return step.level if step else ""

    @property
    def level_from(self) -> str:
        """The stage that `level` comes from, "" for none."""
        step = None if self.excluded else self.deciding_step
        return step.stage if step else ""

    @property
    def opinions(self) -> tuple[StepState, ...]:
        """What other bodies said."""
        return tuple(step for step in self.chain if step.stage == "opinion")

    def step(self, stage: str) -> StepState | None:
        """The standing step of a stage (of opinions the last), or None."""
        return next((step for step in reversed(self.chain) if step.stage == stage), None)

    def has(self, stage: str) -> bool:
        """Whether the chain has a step of the stage."""
        return self.step(stage) is not None


def effective_step(chain: Iterable[StepState]) -> StepState | None:
    """The step of a chain whose level stands: the decision, else the appraisal, else the vote, else none."""
    by_stage = {step.stage: step for step in chain}
    return next((by_stage[stage] for stage in DECIDING if stage in by_stage), None)


def standing_of(round: RatingRound, *, organisations: Any = None) -> list[CandidateState]:
    """All on the round's list as they stand now, by organisation and name, in four queries.

    `organisations` (a queryset or ids) limits them to candidates of these cells or bodies: what a user may see.
    """
    rows = current(RatingCandidate.objects.filter(round=round))
    if organisations is not None:
        rows = rows.filter(organisation__in=organisations)
    return states_of(rows)


def states_of(candidates: QuerySet[RatingCandidate]) -> list[CandidateState]:
    """The state of each of these candidates, in four queries."""
    # Columns and no instances: a district's list holds thousands.
    listed = list(candidates.order_by("organisation__position", "organisation__code").values_list(*_LISTED))
    if not listed:
        return []
    keys = candidates.order_by().values("pk")
    chains = _chains(keys)
    specials = dict(
        current(RatingSpecial.objects.filter(candidate__in=keys)).values_list("candidate_id", "reason")
    )
    overrides: dict[int, dict[str, str]] = {}
    rows = current(RatingOverride.objects.filter(candidate__in=keys)).order_by("recorded_at", "pk")
    for candidate, check, reason in rows.values_list("candidate_id", "check_code", "reason"):
        overrides.setdefault(candidate, {})[check] = reason
    states = [
        _state(row, tuple(chains.get(row[0], ())), specials.get(row[0], ""), overrides.get(row[0], {}))
        for row in listed
    ]
    place = {state.organisation_id: number for number, state in reversed(list(enumerate(states)))}
    return sorted(states, key=lambda state: (place[state.organisation_id], state.sort_key, state.code))


_LISTED = (
    "pk",
    "organisation_id",
    "organisation__code",
    "organisation__name",
    "member_id",
    "member__code",
    "member__full_name",
    "member__sort_key",
    "group",
    "reason",
    "reason_note",
)
_COLUMNS = (
    "pk",
    "stage",
    "on",
    "level",
    "body",
    "score",
    "base",
    "excellent",
    "good",
    "completed",
    "failed",
    "remedied",
    "origin",
)


def _chains(keys: Any) -> dict[int, list[StepState]]:
    chains: dict[int, list[StepState]] = {}
    rows = current(RatingStep.objects.filter(candidate__in=keys)).order_by("recorded_at", "pk")
    for candidate, *values in rows.values_list("candidate_id", *_COLUMNS):
        chains.setdefault(candidate, []).append(StepState(*values))
    rank = {stage: place for place, stage in enumerate(STAGES)}
    for chain in chains.values():
        chain.sort(key=lambda step: rank[step.stage])
    return chains


def _state(
    row: tuple[Any, ...], chain: tuple[StepState, ...], special: str, overrides: Mapping[str, str]
) -> CandidateState:
    pk, body, body_code, body_name, member, code, name, sort_key, group, reason, note = row
    return CandidateState(
        candidate_id=pk,
        organisation_id=body,
        organisation_code=body_code,
        organisation_name=body_name,
        member_id=member,
        code=code or body_code,
        name=name or body_name,
        sort_key=sort_key or "",
        group=group,
        reason=reason,
        note=note,
        chain=chain,
        special=special,
        overrides=overrides,
    )


def round_of(organisation: Organisation, period: str, subject: str) -> RatingRound | None:
    """The standing round of an organisation for a period's code and a subject (organisations, members), or None."""
    return (
        current(RatingRound.objects.filter(organisation=organisation, period=period, subject=subject))
        .select_related("organisation")
        .first()
    )


def decision_of(round: RatingRound) -> RoundDecision | None:
    """The standing decision that closed the round, or None while it is open."""
    return current(RoundDecision.objects.filter(round=round)).first()


def visible_rounds(
    user: Any, *, verb: str = "rating.read", with_voided: bool = False
) -> QuerySet[RatingRound]:
    """Rounds of organisations where the user holds `verb`, and those with a body or cell of the user on the list."""
    own = visible_to(user, verb=verb)
    lists = current(RatingCandidate.objects.filter(organisation__in=own)).values("round")
    rows = RatingRound.objects.filter(Q(organisation__in=own) | Q(pk__in=lists))
    return (rows if with_voided else current(rows)).select_related("organisation")


def visible_candidates(
    user: Any, *, verb: str = "rating.read", with_voided: bool = False
) -> QuerySet[RatingCandidate]:
    """Those on a list whose body or cell the user may see (`rating.read`) or write."""
    rows = RatingCandidate.objects.filter(organisation__in=visible_to(user, verb=verb))
    rows = rows if with_voided else current(rows)
    return rows.select_related("round", "round__organisation", "organisation", "member")
