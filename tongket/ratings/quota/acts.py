"""Special cases: an excellent rating left out of the cap, with reason and author. Void, never overwritten."""

from typing import Any

from tongket.audit.acts import act
from tongket.audit.records import GONE, REASON_LENGTH, current
from tongket.core.problems import Conflict, Problem, refuse_if_any
from tongket.core.text import tidy
from tongket.ratings.rounds.models import RatingCandidate, RatingSpecial
from tongket.ratings.rounds.queries import decision_of


def mark_special(candidate: RatingCandidate, *, reason: str, by: Any) -> RatingSpecial:
    """Leave this candidate's excellent rating out of the cap (rule `rate.cap.special`).

    Raises `Refused`: no reason, no longer on the list, on the list without being rated, marked already, or the round
    is decided.
    """
    refuse_if_any(reason_given(reason))
    with act("rating_special.add", by=by, organisation=candidate.organisation) as current_act:
        refuse_if_any(_may_mark(candidate))
        row = RatingSpecial.objects.create(candidate=candidate, reason=tidy(reason), **current_act.stamp())
        current_act.about(row)
        current_act.note(candidate=candidate.pk, round=candidate.round_id)
    return row


def void_special(row: RatingSpecial, *, reason: str, by: Any) -> RatingSpecial:
    """Take the mark back. Raises `Refused` (no reason, round decided) and `Conflict` (voided meanwhile)."""
    refuse_if_any(reason_given(reason))
    with act(
        "rating_special.void", by=by, organisation=row.candidate.organisation, subject=row
    ) as current_act:
        standing = current(RatingSpecial.objects.filter(pk=row.pk)).select_related("candidate__round").first()
        if standing is None:
            raise Conflict(GONE)
        refuse_if_any(still_open(standing.candidate))
        current_act.void(standing, tidy(reason))
        current_act.note(candidate=standing.candidate_id, round=standing.candidate.round_id)
    return standing


def reason_given(reason: str) -> list[Problem]:
    """The problems of a written reason: it must be there, and short enough."""
    text = tidy(reason or "")
    if not text:
        return [Problem("reason", "Chưa ghi lý do. Hãy ghi rõ vì sao, để người xét duyệt sau này hiểu.")]
    if len(text) > REASON_LENGTH:
        return [Problem("reason", f"Lý do dài quá {REASON_LENGTH} ký tự ({len(text)}). Hãy viết ngắn lại.")]
    return []


def still_open(candidate: RatingCandidate) -> list[Problem]:
    """A decided round is closed: what follows is a correction of the decided rating."""
    if candidate.round.voided_at is not None:
        return [Problem("", "Đợt xếp loại này đã bị hủy. Hãy mở đợt hiện hành.")]
    if decision_of(candidate.round) is not None:
        return [
            Problem("", "Đợt xếp loại đã quyết định nên không sửa được nữa. Hãy đính chính kết quả xếp loại.")
        ]
    return []


def _may_mark(candidate: RatingCandidate) -> list[Problem]:
    standing = current(RatingCandidate.objects.filter(pk=candidate.pk)).select_related("round").first()
    if standing is None:
        raise Conflict(GONE)
    closed = still_open(standing)
    if closed:
        return closed
    if standing.reason:
        return [Problem("candidate", "Trường hợp này thuộc diện chưa đánh giá, không có mức xếp loại.")]
    if current(RatingSpecial.objects.filter(candidate=standing)).exists():
        return [
            Problem(
                "candidate",
                "Đã ghi là trường hợp đặc biệt rồi. Nếu lý do sai, hãy hủy bản ghi cũ rồi ghi lại.",
            )
        ]
    return []
