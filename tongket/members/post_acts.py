"""Posts in committees: who takes and leaves them."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tongket.audit.acts import Act, act
from tongket.audit.records import chunks
from tongket.core.dates import FOREVER, format_date
from tongket.core.problems import Problem, refuse_if_any
from tongket.members.derive import Spell
from tongket.members.drafts import PostDraft
from tongket.members.models import PostHolding
from tongket.members.standing import spell_on, spells_by_member
from tongket.organisations.acts import claim_record, reason_given
from tongket.organisations.lifetime import check_alive, lifetimes

_ONE_HOLDER = frozenset({"secretary"})


@dataclass(frozen=True, slots=True)
class _Held:
    """A post held, on record or by an earlier draft of the batch."""

    member_id: int
    start: date
    end: date


def check_posts(drafts: Sequence[PostDraft]) -> list[Problem]:
    """Judge posts: holder a member and organisation alive that day, one secretary at a time, dates in order."""
    spells = spells_by_member(d.member for d in drafts)
    lives = lifetimes(d.organisation for d in drafts)
    held: dict[tuple[int, str], list[_Held]] = {}
    for ids in chunks(d.organisation.pk for d in drafts):
        rows = PostHolding.objects.filter(organisation__in=ids, voided_at__isnull=True)
        for organisation, post, member, start, end in rows.values_list(
            "organisation_id", "post", "member_id", "valid_from", "valid_to"
        ):
            held.setdefault((organisation, post), []).append(_Held(member, start, end))
    problems: list[Problem] = []
    for index, draft in enumerate(drafts):
        others = held.setdefault((draft.organisation.pk, draft.post), [])
        found = [
            *_check_post(draft, spells.get(draft.member.pk, ()), others),
            *check_alive(lives, draft.organisation, draft.valid_from, index),
        ]
        problems.extend(p.at(index) for p in found)
        if not found:
            others.append(_Held(draft.member.pk, draft.valid_from, draft.valid_to or FOREVER))
    return problems


def _check_post(draft: PostDraft, spells: Sequence[Spell], others: Sequence[_Held]) -> list[Problem]:
    ends = draft.valid_to or FOREVER
    if ends <= draft.valid_from:
        return [Problem("valid_to", "Ngày thôi giữ chức vụ phải sau ngày nhận.")]
    problems = []
    if spell_on(spells, draft.valid_from) is None:
        problems.append(
            Problem(
                "member", f"Ngày {format_date(draft.valid_from)} người này chưa hoặc không còn là đảng viên."
            )
        )
    held = [other for other in others if other.start < ends and draft.valid_from < other.end]
    if any(other.member_id == draft.member.pk for other in held):
        problems.append(Problem("post", "Người này đã giữ chức vụ đó trong thời gian này."))
    elif draft.post in _ONE_HOLDER and held:
        problems.append(
            Problem(
                "post", "Đã có người giữ chức vụ này trong thời gian đó. Ghi ngày thôi giữ của người trước."
            )
        )
    return problems


def add_posts(
    drafts: Sequence[PostDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[PostHolding]:
    """Record posts inside an open act."""
    refuse_if_any(check_posts(drafts))
    rows = [
        PostHolding(
            member=d.member,
            organisation=d.organisation,
            term=d.term,
            post=d.post,
            title=d.title,
            valid_from=d.valid_from,
            valid_to=d.valid_to or FOREVER,
            decision_number=d.decision_number,
            decision_date=d.decision_date,
            decision_body=d.decision_body,
            **act.stamp(),
        )
        for d in drafts
    ]
    for row, origin in zip(rows, origins or (), strict=origins is not None):
        row.origin = origin
    return PostHolding.objects.bulk_create(rows, batch_size=1000)


def appoint(draft: PostDraft, *, by: Any) -> PostHolding:
    """A member takes a post (bầu, chỉ định)."""
    with act("post.appoint", by=by, organisation=draft.organisation, subject=draft.member) as current:
        (row,) = add_posts([draft], act=current)
        current.note(member=draft.member.code, post=draft.post, since=draft.valid_from)
    return row


def end_post(row: PostHolding, *, on: date, reason: str, by: Any) -> PostHolding:
    """The holder leaves the post on a day: the open record is voided and one with its end takes its place."""
    if on <= row.valid_from:
        refuse_if_any([Problem("on", f"Ngày thôi giữ phải sau ngày nhận {format_date(row.valid_from)}.")])
    with act("post.end", by=by, organisation=row.organisation, subject=row.member) as current:
        claim_record(row)
        ended = cut_post(row, on, reason or "thôi giữ chức vụ", act=current)
        current.note(member=row.member.code, post=row.post, until=on)
    return ended


def cut_post(row: PostHolding, on: date, reason: str, *, act: Act) -> PostHolding:
    """Inside an open act: void a post and record it anew with the day on which it ended."""
    act.void(row, reason)
    ended = copy(row)
    ended.pk, ended.valid_to = None, on
    ended.voided_at, ended.voided_by, ended.void_reason = None, None, ""
    ended.recorded_at, ended.recorded_by, ended.origin = act.at, act.by, act.origin
    ended.save(force_insert=True)
    return ended


def reopen_posts(cut_at: datetime, member_id: int, reason: str, *, act: Act) -> int:
    """Inside an open act: undo what one act (its moment `cut_at`) cut short; says how many posts are held again."""
    cut = PostHolding.objects.filter(member=member_id, recorded_at=cut_at, voided_at__isnull=True)
    for row in cut:
        act.void(row, reason)
    originals = list(PostHolding.objects.filter(member=member_id, voided_at=cut_at))
    for row in originals:
        row.pk = None
        row.voided_at, row.voided_by, row.void_reason = None, None, ""
        row.recorded_at, row.recorded_by, row.origin = act.at, act.by, act.origin
        row.save(force_insert=True)
    return len(originals)


def void_post(row: PostHolding, *, reason: str, by: Any) -> None:
    """Void a wrongly recorded post."""
    refuse_if_any(reason_given(reason))
    with act("post.void", by=by, organisation=row.organisation, subject=row.member) as current:
        claim_record(row)
        current.void(row, reason)
        current.note(post=row.pk, reason=reason)
