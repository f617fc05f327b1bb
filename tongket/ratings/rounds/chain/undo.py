"""Taking back one's own last saving with one click, as long as nothing followed it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from tongket.audit.acts import act
from tongket.audit.records import chunks, current
from tongket.core.problems import Problem, Refused
from tongket.ratings.rounds.carrying import CARRIED, again, void_rows
from tongket.ratings.rounds.models import RatingCandidate, RatingRound, RatingStep
from tongket.ratings.rounds.queries import decision_of

#: Origin of rows that stand again because what replaced them was taken back.
RESTORED = "hoàn tác"
_WHY = "Hoàn tác lần ghi vừa rồi"


@dataclass(frozen=True, slots=True)
class Saving:
    """One act of saving: when, how many steps; `followed` says why it can no longer be taken back ("" for it can)."""

    at: datetime
    steps: int
    followed: str = ""


def last_saving(round: RatingRound, user: Any) -> Saving | None:
    """The user's own last saving in this round whose steps still stand, or None."""
    rows = RatingStep.objects.filter(candidate__round=round, recorded_by=user.pk).exclude(
        origin__in=(CARRIED, RESTORED)
    )
    last = current(rows).order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    if last is None:
        return None
    saved = list(rows.filter(recorded_at=last).values_list("candidate_id", "voided_at"))
    followed = ""
    if decision_of(round) is not None:
        followed = "Đợt đã quyết định, không hoàn tác được nữa."
    elif any(voided for _, voided in saved) or _touched({pk for pk, _ in saved}, last):
        followed = "Sau lần ghi này đã có bước khác, không hoàn tác được nữa. Hãy đính chính từng bước."
    return Saving(last, len(saved), followed)


def _touched(candidates: set[int], since: datetime) -> bool:
    """Whether anything was recorded or voided on these candidates after a moment, or one was taken off the list."""
    for ids in chunks(candidates):
        later = RatingStep.objects.filter(candidate__in=ids).filter(
            Q(recorded_at__gt=since) | Q(voided_at__gt=since)
        )
        gone = RatingCandidate.objects.filter(pk__in=ids, voided_at__isnull=False)
        if later.exists() or gone.exists():
            return True
    return False


def undo_last(round: RatingRound, *, by: Any) -> Saving:
    """Void the steps of the user's last saving; what it had replaced stands again.

    Raises `Refused` when there is none, when later steps rest on it, or when the round is decided.
    """
    with act("rating_step.undo", by=by, organisation=round.organisation, subject=round) as current_act:
        saving = last_saving(round, by)
        if saving is None:
            raise Refused([Problem("", "Bạn chưa ghi bước nào trong đợt này nên không có gì để hoàn tác.")])
        if saving.followed:
            raise Refused([Problem("", saving.followed)])
        of_act = RatingStep.objects.filter(candidate__round=round)
        new = list(current(of_act.filter(recorded_at=saving.at)).values_list("pk", flat=True))
        void_rows(RatingStep, new, _WHY, act=current_act)
        old = list(of_act.filter(voided_at=saving.at))
        RatingStep.objects.bulk_create([again(row, current_act, RESTORED) for row in old], batch_size=1_000)
        current_act.note(voided=len(new), restored=len(old))
    return saving
