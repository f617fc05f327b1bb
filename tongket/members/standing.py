"""Where members stood on the day of a record (a rating, a badge, a discipline); for whole batches in few queries."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from tongket.audit.records import chunks
from tongket.members.derive import Spell
from tongket.members.models import Member, MemberEvent, MembershipSpell, PostHolding

_COLUMNS = (
    "member_id",
    "organisation_id",
    "standing",
    "exempt",
    "suspended",
    "valid_from",
    "valid_to",
    "admitted_on",
    "official_on",
    "party_age_from",
)


def spells_by_member(members: Iterable[Member]) -> dict[int, list[Spell]]:
    """The members' spells as known now, each list in order of days; a member without any is missing."""
    found: dict[int, list[Spell]] = {}
    for ids in chunks(m.pk for m in members):
        rows = MembershipSpell.objects.filter(member__in=ids, voided_at__isnull=True).order_by("valid_from")
        for member, *rest in rows.values_list(*_COLUMNS):
            found.setdefault(member, []).append(Spell(*rest))
    return found


def spell_on(
    spells: Sequence[Spell], day: date, organisation_id: int | None = None, *, ended_that_day: bool = False
) -> Spell | None:
    """The spell that holds on a day (in that cell, if given), or None.

    `ended_that_day`: also one whose first day outside is that day, since the record itself may be what ended it.
    """

    def fits(where: Callable[[Spell], bool]) -> Spell | None:
        return next((s for s in spells if where(s) and organisation_id in (None, s.organisation_id)), None)

    standing = fits(lambda s: s.valid_from <= day < s.valid_to)
    if standing is None and ended_that_day:
        standing = fits(lambda s: s.valid_to == day)
    return standing


def deaths(members: Iterable[Member]) -> dict[int, date]:
    """The day of death of those members who have died, by member id."""
    found: dict[int, date] = {}
    for ids in chunks(m.pk for m in members):
        events = MemberEvent.objects.filter(member__in=ids, kind="died", voided_at__isnull=True)
        found |= dict(events.values_list("member_id", "on"))
    return found


def posts_by_member(members: Iterable[Member]) -> dict[int, list[tuple[str, date, date]]]:
    """The Party posts that members held, with their days (from, to exclusive), by member id."""
    found: dict[int, list[tuple[str, date, date]]] = {}
    for ids in chunks(m.pk for m in members):
        rows = PostHolding.objects.filter(member__in=ids, voided_at__isnull=True)
        for member, post, start, end in rows.values_list("member_id", "post", "valid_from", "valid_to"):
            found.setdefault(member, []).append((post, start, end))
    return found
