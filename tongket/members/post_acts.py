"""Posts in committees: who takes and leaves them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tongket.audit.acts import Act, act
from tongket.core.dates import FOREVER, format_date
from tongket.core.problems import Problem, refuse_if_any
from tongket.members.drafts import PostDraft
from tongket.members.models import MembershipSpell, PostHolding
from tongket.organisations.acts import claim_record, reason_given

_ONE_HOLDER = frozenset({"secretary"})


def check_posts(drafts: Sequence[PostDraft]) -> list[Problem]:
    """Judge posts: holder is a member that day, one secretary at a time, dates in order."""
    return [p.at(i) for i, draft in enumerate(drafts) for p in _check_post(draft, drafts[:i])]


def _check_post(draft: PostDraft, earlier: Sequence[PostDraft]) -> list[Problem]:
    ends = draft.valid_to or FOREVER
    if ends <= draft.valid_from:
        return [Problem("valid_to", "Ngày thôi giữ chức vụ phải sau ngày nhận.")]
    problems = []
    spells = MembershipSpell.objects.filter(
        member=draft.member,
        voided_at__isnull=True,
        valid_from__lte=draft.valid_from,
        valid_to__gt=draft.valid_from,
    )
    if not spells.exists():
        problems.append(
            Problem(
                "member", f"Ngày {format_date(draft.valid_from)} người này chưa hoặc không còn là đảng viên."
            )
        )
    held = PostHolding.objects.filter(
        organisation=draft.organisation,
        post=draft.post,
        voided_at__isnull=True,
        valid_from__lt=ends,
        valid_to__gt=draft.valid_from,
    )
    if held.filter(member=draft.member).exists():
        problems.append(Problem("post", "Người này đã giữ chức vụ đó trong thời gian này."))
    elif draft.post in _ONE_HOLDER and (held.exists() or _overlaps(draft, ends, earlier)):
        problems.append(
            Problem(
                "post", "Đã có người giữ chức vụ này trong thời gian đó. Ghi ngày thôi giữ của người trước."
            )
        )
    return problems


def _overlaps(draft: PostDraft, ends: date, earlier: Sequence[PostDraft]) -> bool:
    return any(
        other.organisation == draft.organisation
        and other.post == draft.post
        and other.valid_from < ends
        and draft.valid_from < (other.valid_to or FOREVER)
        for other in earlier
    )


def add_posts(drafts: Sequence[PostDraft], *, act: Act) -> list[PostHolding]:
    """Record posts inside an open act."""
    refuse_if_any(check_posts(drafts))
    return PostHolding.objects.bulk_create(
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
    )


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
        current.void(row, reason or "thôi giữ chức vụ")
        row.pk, row.valid_to = None, on
        row.voided_at, row.voided_by, row.void_reason = None, None, ""
        row.recorded_at, row.recorded_by, row.origin = current.at, current.by, current.origin
        row.save(force_insert=True)
        current.note(member=row.member.code, post=row.post, until=on)
    return row


def void_post(row: PostHolding, *, reason: str, by: Any) -> None:
    """Void a wrongly recorded post."""
    refuse_if_any(reason_given(reason))
    with act("post.void", by=by, organisation=row.organisation, subject=row.member) as current:
        claim_record(row)
        current.void(row, reason)
        current.note(post=row.pk, reason=reason)
