"""Entering a person and the event by which he or she comes onto the register, in one act: neither without the other."""

from dataclasses import replace
from typing import Any

from tongket.audit.acts import act
from tongket.members.acts import add_events
from tongket.members.drafts import CardDraft, EventDraft, MemberDraft
from tongket.members.models import Member
from tongket.members.profile_acts import add_cards, add_members


def enter_with_event(draft: MemberDraft, event: EventDraft, *, by: Any) -> Member:
    """Enter a new person with the first event of the life (and the card, if known). Raises `Refused`, nothing is kept.

    `event.member` is filled in here. Problems name fields of either draft.
    """
    with act("member.enter", by=by, organisation=event.organisation) as current:
        member = add_members([draft], act=current)[draft.code]
        (made,) = add_events([replace(event, member=member)], act=current)
        if draft.card_number:
            member.refresh_from_db()
            add_cards([CardDraft(member, draft.card_number)], act=current)
        current.about(member)
        current.note(member=draft.code, event=event.kind, on=made.on)
    return member
