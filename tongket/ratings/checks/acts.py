"""Setting a finding aside: never blocked, but with a written reason, an author and a day; taken back by voiding."""

from typing import Any

from tongket.audit.acts import act
from tongket.audit.records import GONE, current
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.ratings.checks.declarations import BY_CODE
from tongket.ratings.checks.queries import finding_of
from tongket.ratings.quota.acts import reason_given, still_open
from tongket.ratings.rounds.models import RatingCandidate, RatingOverride


def override_check(candidate: RatingCandidate, check_code: str, *, reason: str, by: Any) -> RatingOverride:
    """Set aside what a check found about a candidate.

    Raises `Refused`: no reason, no such finding (or none that `by` may know), answered already, round decided.
    """
    refuse_if_any(reason_given(reason))
    if check_code not in BY_CODE:
        raise Refused([Problem("check", "Không có phép kiểm tra này. Hãy mở lại trang kiểm tra.")])
    with act("rating_override.add", by=by, organisation=candidate.organisation) as current_act:
        standing = current(RatingCandidate.objects.filter(pk=candidate.pk)).select_related("round").first()
        if standing is None:
            raise Conflict(GONE)
        refuse_if_any(still_open(standing))
        # To one who may not know the finding, the answer is the same as when there is none.
        if finding_of(standing.round, standing.pk, check_code, by) is None:
            raise Refused([Problem("check", "Phép kiểm tra này hiện không nêu điều gì về trường hợp đó.")])
        if current(RatingOverride.objects.filter(candidate=standing, check_code=check_code)).exists():
            raise Refused(
                [Problem("check", "Đã có người ghi lý do giữ nguyên. Muốn sửa, hãy hủy rồi ghi lại.")]
            )
        row = RatingOverride.objects.create(
            candidate=standing, check_code=check_code, reason=tidy(reason), **current_act.stamp()
        )
        current_act.about(row)
        current_act.note(round=standing.round_id)
    return row


def void_override(row: RatingOverride, *, reason: str, by: Any) -> RatingOverride:
    """Take the override back. Raises `Refused` (no reason, round decided) and `Conflict` (voided meanwhile)."""
    refuse_if_any(reason_given(reason))
    with act(
        "rating_override.void", by=by, organisation=row.candidate.organisation, subject=row
    ) as current_act:
        standing = (
            current(RatingOverride.objects.filter(pk=row.pk)).select_related("candidate__round").first()
        )
        if standing is None:
            raise Conflict(GONE)
        refuse_if_any(still_open(standing.candidate))
        current_act.void(standing, tidy(reason))
        current_act.note(round=standing.candidate.round_id)
    return standing
