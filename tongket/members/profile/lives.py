"""What is known of people over time: rows that hold from a day to a day, put down anew where something changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tongket.audit.acts import Act
from tongket.audit.among import Among
from tongket.audit.bulk import insert, make
from tongket.audit.records import chunks
from tongket.members.models import Member, MemberDetail
from tongket.members.profile.values import EMPTY, clean


def detail(member: Member, cleaned: Mapping[str, Any], start: date, end: date, act: Act) -> MemberDetail:
    """A row of these fields (as they are stored) from a day to a day, not yet written."""
    days = {"valid_from": start, "valid_to": end, "recorded_at": act.at, "origin": act.origin}
    return make(MemberDetail, {**EMPTY, **cleaned, **days}, member=member, recorded_by=act.by)


def lives_of(member_ids: Sequence[int]) -> dict[int, list[MemberDetail]]:
    """The standing details of these members, each list in order of days."""
    found: dict[int, list[MemberDetail]] = {pk: [] for pk in member_ids}
    if member_ids:
        rows = MemberDetail.objects.filter(Among("member_id", member_ids), voided_at__isnull=True)
        for row in rows.order_by("valid_from"):
            found[row.member_id].append(row)
    return found


def amend_life(
    life: list[MemberDetail], changes: Mapping[str, Any], since: date, act: Act, origin: str
) -> None:
    """From `since` on the changed fields read so; what held before stays, later states get the change too.

    New rows take the places in `life`; nothing is written yet.
    """
    changes = clean(changes)
    for row in [r for r in life if r.valid_to > since]:
        values = {name: getattr(row, name) for name in EMPTY}
        if all(values.get(name) == new for name, new in changes.items()):
            continue
        before = clean(values)
        parts = [detail(row.member, before | changes, max(row.valid_from, since), row.valid_to, act)]
        if row.valid_from < since:
            parts.insert(0, detail(row.member, before, row.valid_from, since, act))
        for part in parts:
            part.origin = origin
        place = life.index(row)
        life[place : place + 1] = parts


def write_lives(lives: Mapping[int, Sequence[MemberDetail]], act: Act, reason: str) -> None:
    """Void the standing details that are no longer in `lives` and insert the new ones, in bulk."""
    kept = {row.pk for life in lives.values() for row in life if row.pk}
    if lives:
        standing = MemberDetail.objects.filter(Among("member_id", lives), voided_at__isnull=True)
        gone = [pk for pk in standing.values_list("pk", flat=True) if pk not in kept]
        for stale in chunks(gone):
            MemberDetail.objects.filter(pk__in=stale).update(
                voided_at=act.at, voided_by=act.by, void_reason=reason
            )
    fresh = [row for life in lives.values() for row in life if not row.pk]
    insert(MemberDetail, fresh)
