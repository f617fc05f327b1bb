"""How far a round is: stages by counts for each body or cell, deadlines, and what is behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tongket.audit.records import current
from tongket.core.dates import today
from tongket.core.judging import RATING_STAGE
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RatingStep, RoundDecision
from tongket.ratings.rounds.queries import CandidateState

#: The stages with a day of their own in the plan, and the column of the round that holds it.
DEADLINES: tuple[tuple[str, str], ...] = (
    ("self", "self_by"),
    ("vote", "vote_by"),
    ("appraisal", "appraise_by"),
    ("decision", "decide_by"),
)
NEAR_DAYS = 7


@dataclass(frozen=True, slots=True)
class StageCount:
    """One stage of a round: how many of those to be rated have it, until when."""

    stage: str
    done: int
    of: int
    by: date | None = None

    @property
    def name(self) -> str:
        """The stage in Vietnamese."""
        return RATING_STAGE.label(self.stage)

    @property
    def missing(self) -> int:
        """How many do not have it."""
        return self.of - self.done

    @property
    def is_late(self) -> bool:
        """`late` today."""
        return self.late(today())

    @property
    def is_near(self) -> bool:
        """`near` today."""
        return self.near(today())

    def late(self, day: date) -> bool:
        """Whether the day has passed and somebody is missing."""
        return self.missing > 0 and self.by is not None and self.by < day

    def near(self, day: date) -> bool:
        """Whether the day is within a week and somebody is missing."""
        return self.missing > 0 and self.by is not None and 0 <= (self.by - day).days <= NEAR_DAYS


@dataclass(frozen=True, slots=True)
class Part:
    """One cell (or body) of a round, or one round below: how many are listed, aside, and at each stage."""

    id: int
    code: str
    name: str
    listed: int
    aside: int
    stages: tuple[StageCount, ...]
    decided: bool = False

    @property
    def to_rate(self) -> int:
        """How many are to be rated."""
        return self.listed - self.aside

    @property
    def is_late(self) -> bool:
        """Whether any stage is late today."""
        return not self.decided and any(stage.is_late for stage in self.stages)

    @property
    def own_late(self) -> bool:
        """Whether what the cell or body itself enters (self-rating, vote) is late today."""
        return any(stage.is_late for stage in self.stages if stage.stage in ("self", "vote"))

    @property
    def with_level(self) -> int:
        """How many have a vote or more: the length of the bar."""
        return max((s.done for s in self.stages if s.stage != "self"), default=0)


def stages_of(round: RatingRound, states: Sequence[CandidateState]) -> tuple[StageCount, ...]:
    """The four stages of a round (or of a part of it)."""
    rated = [state for state in states if not state.excluded]
    return tuple(
        StageCount(stage, sum(1 for state in rated if state.has(stage)), len(rated), getattr(round, column))
        for stage, column in DEADLINES
    )


def parts_of(round: RatingRound, states: Iterable[CandidateState]) -> list[Part]:
    """The cells (or bodies) of a round in the order of the list."""
    by_body: dict[int, list[CandidateState]] = {}
    for state in states:
        by_body.setdefault(state.organisation_id, []).append(state)
    return [
        Part(
            pk,
            group[0].organisation_code,
            group[0].organisation_name,
            len(group),
            sum(1 for state in group if state.excluded),
            stages_of(round, group),
        )
        for pk, group in by_body.items()
    ]


def rounds_below(round: RatingRound) -> list[tuple[RatingRound, Part]]:
    """The rounds opened below this one with how far each is, in three queries for any number of them."""
    rounds = list(
        current(RatingRound.objects.filter(parent=round))
        .select_related("organisation")
        .order_by("organisation__position", "organisation__code")
    )
    return list(zip(rounds, progress_of(rounds), strict=True))


def progress_of(rounds: Sequence[RatingRound]) -> list[Part]:
    """How far each of these rounds is, counted by the database, in two queries."""
    keys = [one.pk for one in rounds]
    numbers = numbers_of(current(RatingCandidate.objects.filter(round__in=keys)))
    decided = set(current(RoundDecision.objects.filter(round__in=keys)).values_list("round_id", flat=True))
    return [_part(one, numbers.get(one.pk, {}), one.pk in decided) for one in rounds]


def numbers_of(candidates: QuerySet[RatingCandidate]) -> dict[int, dict[str, int]]:
    """Counts by round of these candidates: listed, aside, and n_<stage> of those to be rated."""
    has = {
        f"has_{stage}": Exists(
            RatingStep.objects.filter(candidate=OuterRef("pk"), stage=stage, voided_at__isnull=True)
        )
        for stage, _ in DEADLINES
    }
    counts = {
        f"n_{stage}": Count("pk", filter=Q(reason="") & Q(**{f"has_{stage}": True})) for stage, _ in DEADLINES
    }
    rows: list[Any] = list(
        candidates.order_by()
        .annotate(**has)
        .values("round_id")
        .annotate(listed=Count("pk"), aside=Count("pk", filter=~Q(reason="")), **counts)
    )
    return {row["round_id"]: row for row in rows}


def _part(round: RatingRound, numbers: dict[str, int], decided: bool) -> Part:
    listed, aside = numbers.get("listed", 0), numbers.get("aside", 0)
    stages = tuple(
        StageCount(stage, numbers.get(f"n_{stage}", 0), listed - aside, getattr(round, column))
        for stage, column in DEADLINES
    )
    body = round.organisation
    return Part(body.pk, body.code, body.name, listed, aside, stages, decided)
