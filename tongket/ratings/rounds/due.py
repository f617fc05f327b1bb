"""What of the rating rounds is due for a user: stages whose day nears or is over, of the cells and bodies he keeps."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from tongket.audit.records import current
from tongket.core.dueitems import DueItem
from tongket.core.judging import RATING_STAGE
from tongket.core.numbers import format_number
from tongket.organisations.queries import visible_to
from tongket.ratings.rounds.models import RatingRound, RoundDecision
from tongket.ratings.rounds.progress import DEADLINES, StageCount, numbers_of
from tongket.ratings.rounds.queries import visible_candidates

#: What the cell (or the body itself) enters; the rest is for whoever holds the round.
_OWN = ("self", "vote")


def due_items(user: Any, day: date) -> list[DueItem]:
    """One line a stage: how many are missing in how many rounds, late or due within a week; in two queries.

    Self-rating and vote of the cells where the user writes; appraisal and decision of the rounds the user holds.
    """
    closed = current(RoundDecision.objects.all()).values("round")
    candidates = visible_candidates(user, verb="rating.write").filter(round__voided_at__isnull=True)
    numbers = numbers_of(candidates.exclude(round__in=closed).select_related(None))
    if not numbers:
        return []
    holder = visible_to(user, "rating.write").filter(pk=OuterRef("organisation"))
    rounds = list(RatingRound.objects.filter(pk__in=list(numbers)).annotate(is_held=Exists(holder)))
    found = []
    for stage, column in DEADLINES:
        mine = [one for one in rounds if stage in _OWN or one.is_held]
        for late in (True, False):
            item = _line(stage, column, mine, numbers, day, late)
            if item is not None:
                found.append(item)
    return found


def _line(
    stage: str,
    column: str,
    rounds: Iterable[RatingRound],
    numbers: Mapping[int, Mapping[str, int]],
    day: date,
    late: bool,
) -> DueItem | None:
    behind: list[tuple[RatingRound, StageCount]] = []
    for one in rounds:
        row = numbers[one.pk]
        count = StageCount(stage, row[f"n_{stage}"], row["listed"] - row["aside"], getattr(one, column))
        if count.late(day) if late else count.near(day):
            behind.append((one, count))
    if not behind:
        return None
    nearest = min(count.by for _, count in behind if count.by is not None)
    missing = sum(count.missing for _, count in behind)
    where = f" ở {format_number(len(behind))} đợt" if len(behind) > 1 else f", đợt {behind[0][0].period}"
    href = (
        reverse("ratings:round", args=[behind[0][0].pk])
        if len(behind) == 1
        else reverse("ratings:round_list")
    )
    name = RATING_STAGE.label(stage).lower()
    return DueItem(
        f"Xếp loại: còn {format_number(missing)} trường hợp chưa có bước {name}{where}",
        href,
        nearest,
        late,
    )
