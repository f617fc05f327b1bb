"""People entered twice, as happens: one pair put right, two that wait for the organisation board to look at them.

The second entries were begun and never finished: no event of theirs was recorded, so nobody is counted twice. An entry
that bears the CCCD of another never gets in; these bear the same old identity card, or only the name and the birth.
"""

from datetime import date
from typing import Any

from tongket.accounts.models import User
from tongket.core.text import fold
from tongket.matching.acts import find_duplicates
from tongket.matching.merging.acts import MergeDraft, merge_people
from tongket.matching.queries import mergeable
from tongket.members.drafts import MemberDraft
from tongket.members.models import Member, MemberDetail
from tongket.members.profile_acts import enter_member

_EVERY = 900  # the people who were entered twice stand this far apart in the register
#: About to move in, and entered by two clerks on the same day.
_COMING: dict[str, Any] = {
    "full_name": "Trần Quốc Bảo",
    "birth_date": date(1984, 11, 23),
    "gender": "male",
    "old_id_number": "205123456",
}


def enter_some_twice() -> None:
    """The second entries by the board of organisation, one of them merged, and the search that finds the others."""
    board = User.objects.get(username="to-chuc")
    known = MemberDetail.objects.filter(
        voided_at=None, birth_year_only=False, birth_date__isnull=False, member__standing="official"
    )
    ordered = known.select_related("member").order_by("member__code", "valid_from")
    first, second = ordered[_EVERY : 3 * _EVERY : _EVERY]
    _enter("ĐV990001", _COMING, board)
    _enter("ĐV990002", {**_COMING, "home_town": first.home_town}, board)
    _enter("ĐV990003", {**_said(first), "full_name": fold(first.full_name).upper()}, board)
    twin = _enter("ĐV990004", _said(second), board)
    why = "Nhập trùng khi tiếp nhận hồ sơ; đã đối chiếu lý lịch gốc"
    merge_people(MergeDraft(second.member, twin, "kept", reason=why), by=board)
    find_duplicates(mergeable(board), by=board)


def _said(one: MemberDetail) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("full_name", "birth_date", "gender", "home_town")}


def _enter(code: str, details: dict[str, Any], board: User) -> Member:
    return enter_member(MemberDraft(code, details), by=board)
