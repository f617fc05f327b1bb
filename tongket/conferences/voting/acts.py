"""Votes recorded and taken back. The outcome is never stored: it follows from the counts (`votes.py`)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tongket.audit.acts import act
from tongket.audit.draft_fields import check_fields
from tongket.audit.records import GONE, current
from tongket.conferences.door.quorum import Counts
from tongket.conferences.hall.acts import CLOSED, RUNNING, check_item, reason_of
from tongket.conferences.hall.queries import moments_of
from tongket.conferences.hall.times import check_between, time_of
from tongket.conferences.models import Conference, Vote
from tongket.conferences.queries import counts, standing_of
from tongket.conferences.voting.drafts import VoteDraft
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy


def record_vote(conference: Conference, draft: VoteDraft, *, by: Any) -> Vote:
    """Record the counts of a vote. Raises `Refused` (not opened, counts that cannot be, a foreign item), `Conflict`."""
    with act("vote.add", by=by, organisation=conference.organisation) as current_act:
        row = standing_of(conference)
        at = draft.taken_at or _now(row, current_act.at)
        numbers = counts(row)
        refuse_if_any(vote_rules(row, draft, numbers, at, current_act.at))
        vote = Vote.objects.create(
            conference=row,
            item=draft.item,
            question=tidy(draft.question),
            majority=draft.majority,
            entitled=numbers.entitled,
            present=draft.present,
            agree=draft.agree,
            disagree=draft.disagree,
            abstain=draft.abstain,
            secret=draft.secret,
            at=at,
            **current_act.stamp(),
        )
        current_act.about(vote)
    return vote


def void_vote(vote: Vote, *, reason: str, by: Any) -> Vote:
    """Void a vote whose counts were wrong; the right ones are entered anew. Raises `Refused`, `Conflict`."""
    said = reason_of(reason)
    with act("vote.void", by=by, organisation=vote.conference.organisation, subject=vote) as current_act:
        row = current(Vote.objects.filter(pk=vote.pk)).first()
        if row is None:
            raise Conflict(GONE)
        current_act.void(row, said)
    return row


def _now(row: Conference, now: datetime) -> datetime:
    if row.state == CLOSED:
        raise Refused([Problem("at", "Hội nghị đã bế mạc. Hãy ghi giờ biểu quyết, ví dụ 15:20.")])
    return time_of(row, None, now)


def vote_rules(
    row: Conference, draft: VoteDraft, numbers: Counts, at: datetime, now: datetime
) -> Iterator[Problem]:
    """Within the session, of its own agenda, and never more votes than people."""
    if row.state not in (RUNNING, CLOSED):
        yield Problem("", "Hội nghị chưa khai mạc nên chưa biểu quyết được. Hãy khai mạc trước.")
        return
    times = moments_of(row)
    yield from check_between(at, times.get(RUNNING), times.get(CLOSED) if row.state == CLOSED else None, now)
    yield from check_item(row, draft.item)
    fields = check_fields(Vote, draft)
    yield from fields
    if not fields:
        yield from count_rules(draft, numbers)


def count_rules(draft: VoteDraft, numbers: Counts) -> Iterator[Problem]:
    """Votes ≤ present ≤ entitled, and present only who was marked as such at the door."""
    if numbers.entitled == 0:
        yield Problem(
            "",
            "Chưa có ai có quyền biểu quyết. Hãy đánh dấu “có quyền biểu quyết” trong danh sách triệu tập.",
        )
        return
    if draft.present > numbers.entitled:
        yield Problem(
            "present",
            f"Số có mặt {draft.present} lớn hơn {numbers.entitled} người có quyền biểu quyết. "
            "Chỉ đếm người có quyền biểu quyết; hãy sửa số có mặt.",
        )
    elif draft.present > numbers.entitled_present:
        yield Problem(
            "present",
            f"Điểm danh mới có {numbers.entitled_present} người có quyền biểu quyết có mặt, ít hơn {draft.present}. "
            "Hãy điểm danh người vừa đến, hoặc sửa số có mặt.",
        )
    cast = draft.agree + draft.disagree + draft.abstain
    if cast > draft.present:
        yield Problem(
            "agree",
            f"Tổng số phiếu {cast} (tán thành {draft.agree}, không tán thành {draft.disagree}, "
            f"không có ý kiến {draft.abstain}) lớn hơn {draft.present} người có mặt. Hãy đếm lại.",
        )
