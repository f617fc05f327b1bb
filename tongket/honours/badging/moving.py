"""How a proposal of a badge takes a step, and how it goes back when the badge that it led to is voided or corrected."""

from collections.abc import Mapping, Sequence
from typing import Any

from tongket.audit.acts import Act
from tongket.audit.records import REASON_LENGTH, current
from tongket.honours.badging.models import OPEN
from tongket.honours.models import BadgeAward, BadgeProposal


def move_in(
    rows: Sequence[BadgeProposal], changes: Sequence[Mapping[str, Any]], why: str, act: Act
) -> list[BadgeProposal]:
    """Inside an open act: void these rows and write their next states, two statements for the batch."""
    BadgeProposal.objects.filter(pk__in=[row.pk for row in rows]).update(
        voided_at=act.at, voided_by=act.by, void_reason=why
    )
    kept = ("member", "organisation", "holder", "mark", "award_day", "ground", "reached_on", "state")
    more = ("reason", "decision", "awarded_on", "place", "identity")
    fresh = [
        BadgeProposal(
            **{**{name: getattr(row, name) for name in (*kept, *more)}, **change, **act.stamp()},
        )
        for row, change in zip(rows, changes, strict=True)
    ]
    BadgeProposal.objects.bulk_create(fresh, batch_size=500)
    return fresh


def give_back(award: BadgeAward, act: Act, reason: str) -> None:
    """The badge was voided: its proposal stands as decided and not yet given, to be given rightly or withdrawn."""
    rows = _given(award)
    under_way = current(BadgeProposal.objects.filter(member=award.member, mark=award.mark, state__in=OPEN))
    if rows and not under_way.exists():
        why = f"Hủy ở sổ Huy hiệu: {reason}"[:REASON_LENGTH]
        move_in(rows, [{"state": "approved", "awarded_on": None, "place": ""}] * len(rows), why, act)


def follow(old: BadgeAward, new: BadgeAward, act: Act, reason: str) -> None:
    """The badge was corrected: its proposal was given on the corrected day; for another person or mark it was not."""
    if (old.member_id, old.mark) != (new.member_id, new.mark):
        give_back(old, act, reason)
    elif old.awarded_on != new.awarded_on and (rows := _given(old)):
        why = f"Đính chính ở sổ Huy hiệu: {reason}"[:REASON_LENGTH]
        move_in(rows, [{"awarded_on": new.awarded_on}] * len(rows), why, act)


def _given(award: BadgeAward) -> list[BadgeProposal]:
    rows = BadgeProposal.objects.filter(member=award.member_id, mark=award.mark, state="awarded")
    return list(current(rows).select_related("member", "organisation", "holder", "decision"))
