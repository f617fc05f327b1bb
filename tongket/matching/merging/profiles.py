"""Details of two entries put together, and taken apart again: what is written where nothing is overwritten."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from tongket.audit.acts import Act
from tongket.matching.merging.moving import void_rows
from tongket.matching.merging.timeline import Span, at, joined, restored
from tongket.members.fields import BY_NAME
from tongket.members.models import Member, MemberDetail

FIELDS: tuple[str, ...] = tuple(BY_NAME)


def spans(rows: Sequence[MemberDetail]) -> list[Span]:
    """Detail rows as spans, in order of days."""
    ordered = sorted(rows, key=lambda row: (row.valid_from, row.pk))
    return [Span(r.valid_from, r.valid_to, {n: getattr(r, n) for n in FIELDS}, r.origin) for r in ordered]


def standing(member: Member) -> list[MemberDetail]:
    """The details that stand."""
    return list(member.details.filter(voided_at__isnull=True).order_by("valid_from"))


def known_before(member: Member, moment: datetime) -> list[MemberDetail]:
    """The details as known just before an act of that moment."""
    then = Q(voided_at__isnull=True) | Q(voided_at__gte=moment)
    return list(member.details.filter(then, recorded_at__lt=moment).order_by("valid_from"))


def known_at(member: Member, moment: datetime) -> list[MemberDetail]:
    """The details as known just after an act of that moment."""
    then = Q(voided_at__isnull=True) | Q(voided_at__gt=moment)
    return list(member.details.filter(then, recorded_at__lte=moment).order_by("valid_from"))


def rewrite(member: Member, wanted: Sequence[Span], reason: str, act: Act) -> None:
    """Bring a member's details to these spans: rows that say so already stay, others are voided, new ones added."""
    waiting = list(wanted)
    stale = []
    for row, span in zip(rows := standing(member), spans(rows), strict=True):
        same = next(
            (w for w in waiting if (w.start, w.end, w.values) == (span.start, span.end, span.values)), None
        )
        if same is None:
            stale.append(row.pk)
        else:
            waiting.remove(same)
    void_rows(MemberDetail, stale, reason, act)
    fresh = [_row(member, span, act) for span in waiting]
    MemberDetail.objects.bulk_create(fresh, batch_size=200)


def _row(member: Member, span: Span, act: Act) -> MemberDetail:
    stamp = {**act.stamp(), "origin": span.origin or act.origin}
    return MemberDetail(member=member, valid_from=span.start, valid_to=span.end, **span.values, **stamp)


def join_profiles(kept: Member, gone: Member, from_gone: Collection[str], reason: str, act: Act) -> None:
    """The kept person's details with the fields taken from the other; the other's are voided."""
    wanted = joined(spans(standing(kept)), spans(standing(gone)), from_gone)
    rewrite(kept, wanted, reason, act)
    void_rows(MemberDetail, [row.pk for row in standing(gone)], reason, act)


def part_profiles(kept: Member, gone: Member, merged_at: datetime, reason: str, act: Act) -> bool:
    """Both have their own details again; says whether fields changed since the merge (they stay with the kept one)."""
    now, then = spans(standing(kept)), spans(known_at(kept, merged_at))
    before = spans(known_before(kept, merged_at))
    unchanged = now == then
    rewrite(kept, before if unchanged else restored(before, then, now), reason, act)
    rewrite(gone, spans(known_before(gone, merged_at)), reason, act)
    return not unchanged


def changed_since(kept: Member, merged_at: datetime) -> list[str]:
    """The fields of the kept person that were changed since a merge; they stay there when it is taken apart."""
    now, then = spans(standing(kept)), spans(known_at(kept, merged_at))
    days = {s.start for s in (*now, *then)}
    pairs = [(at(now, day), at(then, day)) for day in days]
    return [
        name
        for name in FIELDS
        if any((a.values[name] if a else None) != (b.values[name] if b else None) for a, b in pairs)
    ]


def differing(one: MemberDetail | None, other: MemberDetail | None) -> list[str]:
    """The fields in which two entries differ, in the order of the profile."""
    return [n for n in FIELDS if _value(one, n) != _value(other, n)]


def to_take(kept: MemberDetail | None, gone: MemberDetail | None) -> list[str]:
    """The fields in which the entry that goes says something else: a gap is never taken over."""
    return [n for n in differing(kept, gone) if _value(gone, n) not in ("", None)]


def to_fill(kept: MemberDetail | None, gone: MemberDetail | None) -> list[str]:
    """The fields that are blank with the kept person and written with the other: offered to be taken over."""
    return [n for n in differing(kept, gone) if _value(kept, n) in ("", None, False)]


def _value(row: MemberDetail | None, name: str) -> Any:
    return getattr(row, name) if row is not None else None
