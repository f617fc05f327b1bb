"""Who is called: the list made from the posts held that day, guests by hand, the right to vote, the replies."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max

from tongket.audit import records
from tongket.audit.acts import Act, act
from tongket.audit.records import GONE, current
from tongket.conferences import rules
from tongket.conferences.calling.roles import Preview, called_by
from tongket.conferences.drafts import InvitationDraft, ReplyDraft
from tongket.conferences.models import Attendance, Conference, Invitation, Reply
from tongket.conferences.queries import invitations_of, standing_of
from tongket.core.problems import Conflict, Problem, Refused, refuse_if_any
from tongket.core.text import tidy
from tongket.organisations.models import Organisation

#: Digits only: a scanner types them right whatever Vietnamese keyboard is switched on. 66 bits.
CODE_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Invited:
    """What calling by the rules did: who is new, how many were kept, who no longer holds the post (kept, named)."""

    added: tuple[Invitation, ...]
    kept: int
    gone: tuple[Invitation, ...]


def new_code() -> str:
    """A secret of 20 digits that nobody guesses."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def _carry(old: Invitation, new: Invitation, _act: Act, _reason: str) -> None:
    """Replies and attendance follow; number and card stay as printed."""
    Reply.objects.filter(invitation=old).update(invitation=new)
    Attendance.objects.filter(invitation=old).update(invitation=new)
    new.number, new.code = old.number, old.code
    new.save(update_fields=["number", "code"])


def _columns(_draft: InvitationDraft) -> dict[str, Any]:
    return {"number": 0, "code": new_code()}


def _keys(row: Invitation) -> dict[str, Any]:
    return {"number": row.number}


INVITATION = records.RecordKind(
    "invitation",
    Invitation,
    rules.invitation_rules,
    _keys,
    derived=_columns,
    may_void=rules.may_void_invitation,
    carry=_carry,
)
REPLY = records.RecordKind("reply", Reply, rules.reply_rules, lambda row: {"answer": row.answer})


def add_invitations(drafts: Sequence[InvitationDraft], *, act: Act) -> list[Invitation]:
    """Call people to one conference inside an open act, numbered on from the last. Raises `Refused`."""
    refuse_if_any(records.check(INVITATION, drafts))
    if not drafts:
        return []
    conference = drafts[0].conference
    # Counts of withdrawn invitations are not given again: their cards may be in somebody's pocket.
    last = Invitation.objects.filter(conference=conference).aggregate(last=Max("number"))["last"] or 0
    rows = [
        Invitation(
            conference=conference,
            member=draft.member,
            organisation=draft.organisation,
            name=tidy(draft.name),
            post=tidy(draft.post),
            rule=draft.rule,
            voting=draft.voting,
            number=number,
            code=new_code(),
            **act.stamp(),
        )
        for number, draft in enumerate(drafts, start=last + 1)
    ]
    return Invitation.objects.bulk_create(rows, batch_size=500)


def preview(conference: Conference, role_ids: Iterable[str]) -> tuple[Preview, Invited]:
    """What `invite_by_roles` would do, without doing it."""
    found = called_by(conference, role_ids)
    standing = list(invitations_of(conference))
    return found, _compared(conference, found, standing, tuple(role_ids))


def invite_by_roles(conference: Conference, role_ids: Sequence[str], *, by: Any) -> Invited:
    """Call everybody whom the rules call on the conference's day; run again, only who is new is added.

    Raises `Refused` (no rule chosen, nobody found, conference over), `Conflict`.
    """
    if not role_ids:
        raise Refused([Problem("roles", "Chưa chọn thành phần nào. Hãy chọn ít nhất một.")])
    with act("invitation.call", by=by, organisation=conference.organisation) as current_act:
        row = standing_of(conference)
        current_act.about(row)
        refuse_if_any(rules.open_for_planning(row))
        return invite_in(row, role_ids, act=current_act)


def invite_in(conference: Conference, role_ids: Sequence[str], *, act: Act) -> Invited:
    """The inner part of `invite_by_roles` in an open act."""
    found = called_by(conference, role_ids)
    if not found.people:
        raise Refused(
            [
                Problem(
                    "roles",
                    "Không ai giữ các chức vụ này vào ngày hội nghị. Hãy kiểm tra ngày và sổ chức vụ.",
                )
            ]
        )
    standing = list(invitations_of(conference))
    done = _compared(conference, found, standing, role_ids)
    taken = {row.member_id for row in standing if row.member_id}
    organisations = Organisation.objects.in_bulk({person.organisation_id for person in found.people})
    drafts = [
        InvitationDraft(
            conference,
            person.member.full_name,
            person.post,
            organisations[person.organisation_id],
            person.member,
            person.role,
            person.voting,
        )
        for person in found.people
        if person.member.pk not in taken
    ]
    rows = add_invitations(drafts, act=act)
    act.note(count=len(rows), kept=done.kept, roles=list(role_ids))
    return replace(done, added=tuple(rows))


def _compared(
    conference: Conference, found: Preview, standing: Sequence[Invitation], role_ids: Sequence[str]
) -> Invited:
    now = {person.member.pk for person in found.people}
    by_rule = [row for row in standing if row.rule in role_ids]
    gone = tuple(row for row in by_rule if row.member_id not in now)
    taken = {row.member_id for row in standing}
    added = tuple(
        Invitation(
            conference=conference, member=person.member, name=person.member.full_name, post=person.post
        )
        for person in found.people
        if person.member.pk not in taken
    )
    return Invited(added, len(now) - len(added), gone)


def no_longer_holding(conference: Conference, standing: Sequence[Invitation]) -> set[int]:
    """Ids of standing invitations by a rule whose person does not hold the post on the conference's day (any more)."""
    used = {row.rule for row in standing if row.rule}
    if not used:
        return set()
    now = {person.member.pk for person in called_by(conference, used).people}
    return {row.pk for row in standing if row.rule and row.member_id not in now}


def invite(draft: InvitationDraft, *, by: Any) -> Invitation:
    """Call one person by hand. Raises `Refused`, `Conflict`."""
    with act("invitation.add", by=by, organisation=draft.conference.organisation) as current_act:
        conference = standing_of(draft.conference)
        [row] = add_invitations([replace(draft, conference=conference)], act=current_act)
        current_act.about(row)
        current_act.note(number=row.number)
    return row


def correct_invitation(record: Invitation, draft: InvitationDraft, *, reason: str, by: Any) -> Invitation:
    """Put name, post, body or right to vote right; number, card, replies and attendance stay. `Refused`, `Conflict`."""
    said = tidy(reason or "")[:300]
    if not said:
        raise Refused([Problem("why", "Chưa nêu lý do sửa. Hãy ghi vì sao.")])
    with act("invitation.correct", by=by, organisation=record.conference.organisation) as current_act:
        old = current(Invitation.objects.filter(pk=record.pk)).first()
        if old is None:
            raise Conflict(GONE)
        new = records.replace_in(INVITATION, old, draft, reason=said, act=current_act)
        current_act.about(new)
        current_act.note(number=new.number, replaces=old.pk)
    return new


def set_voting(record: Invitation, voting: bool, *, by: Any) -> Invitation:
    """Give or take the right to vote by hand. Raises `Refused`, `Conflict`."""
    reason = "giao quyền biểu quyết" if voting else "thôi quyền biểu quyết"
    return correct_invitation(record, replace(_draft_of(record), voting=voting), reason=reason, by=by)


def _draft_of(record: Invitation) -> InvitationDraft:
    return InvitationDraft(
        record.conference,
        record.name,
        record.post,
        record.organisation,
        record.member,
        record.rule,
        record.voting,
    )


def withdraw(record: Invitation, *, reason: str, by: Any) -> Invitation:
    """Withdraw an invitation; its number is not given again. Raises `Refused`, `Conflict`."""
    said = tidy(reason or "")[:300]
    if not said:
        raise Refused([Problem("reason", "Chưa nêu lý do rút giấy mời. Hãy ghi vì sao.")])
    with act(
        "invitation.void", by=by, organisation=record.conference.organisation, subject=record
    ) as current_act:
        row = current(Invitation.objects.filter(pk=record.pk)).select_related("conference").first()
        if row is None:
            raise Conflict(GONE)
        refuse_if_any(rules.may_void_invitation(row))
        current_act.void(row, said)
        current_act.note(number=row.number)
    return row


def reply(draft: ReplyDraft, *, by: Any) -> Reply:
    """Record an answer to an invitation; an earlier one stays in the book, the last holds. `Refused`, `Conflict`."""
    conference = draft.invitation.conference
    with act(
        "invitation.reply", by=by, organisation=conference.organisation, subject=draft.invitation
    ) as current_act:
        row = current(Invitation.objects.filter(pk=draft.invitation.pk)).select_related("conference").first()
        if row is None:
            raise Conflict(GONE)
        [made] = records.add(REPLY, [replace(draft, invitation=row)], act=current_act)
        current_act.note(number=row.number)
    return made
