"""From the events of a life to the spells of membership: the one place where state is made.

`spells_of` is a pure function over one member's events; `refresh` brings the stored spells and the derived columns of
members to what the events say. Both can be run at any time; `./run check-data` compares.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from tongket.audit.among import Among
from tongket.audit.bulk import make, update
from tongket.audit.sync import sync
from tongket.core.codelists import BEGINNINGS, ENDINGS, MEMBER_EVENT
from tongket.core.dates import FOREVER, format_date
from tongket.core.problems import Problem
from tongket.core.text import fold, name_sort_key
from tongket.members.models import Member, MemberCard, MemberDetail, MemberEvent, MembershipSpell
from tongket.rules.membership import party_age_from

# Events of one day are taken in the order in which they can happen: in, change, out.
_RANK = dict.fromkeys(BEGINNINGS, 0) | dict.fromkeys(ENDINGS, 2)
_OUTSIDE_COUNTS_NOT = frozenset({"expelled", "struck_off", "left"})


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of days in one cell with one standing (`valid_to` exclusive)."""

    organisation_id: int
    standing: str
    exempt: bool
    suspended: bool
    valid_from: date
    valid_to: date
    admitted_on: date | None
    official_on: date | None
    party_age_from: date | None


@dataclass
class _Life:
    """Where the fold stands: the open spell, and what earlier spells left behind."""

    spells: list[Spell] = field(default_factory=list)
    now: Spell | None = None
    ended_by: str = ""
    ended_on: date | None = None
    ceremony_on: date | None = None
    gaps: list[tuple[date, date | None]] = field(default_factory=list)
    outside_days: int = 0


def order(event: Any) -> tuple[date, int, int]:
    """Order of events: by day, then in–change–out, then as recorded (a draft not yet saved comes last)."""
    return (event.on, _RANK.get(event.kind, 1), event.pk or 2**62)


def spells_of(events: Iterable[Any]) -> tuple[list[Spell], list[tuple[Any, Problem]]]:
    """The spells that one member's events make, and what is impossible about them.

    Each problem comes with the event it is about. An impossible event is left out of the fold, so that one mistake
    does not hide the next.
    """
    life = _Life()
    problems: list[tuple[Any, Problem]] = []
    for event in sorted(events, key=order):
        wrong = _impossible(life, event)
        if wrong:
            problems.append((event, wrong))
        elif life.now is None:
            _begin(life, event)
        elif event.kind in ENDINGS:
            _end(life, life.now, event)
        else:
            _change(life, life.now, event)
    if life.now is not None:
        life.spells.append(life.now)
    return [s for s in life.spells if s.valid_from < s.valid_to], problems


def _impossible(life: _Life, event: Any) -> Problem | None:
    if life.now is None and not life.spells and event.kind in BEGINNINGS and event.kind != "restored":
        return None  # how nearly every life of a register begins
    what, day = MEMBER_EVENT.label(event.kind), format_date(event.on)
    if event.kind in BEGINNINGS:
        if life.now is not None:
            since = format_date(life.now.valid_from)
            return Problem(
                "on",
                f"{what} ngày {day}: người này đang là đảng viên từ {since}. "
                "Ghi việc ra khỏi danh sách trước, hoặc sửa ngày.",
            )
        return _impossible_return(life, event, what)
    if life.now is None:
        return Problem(
            "on",
            f"{what} ngày {day}: lúc đó người này chưa hoặc không còn là đảng viên. Sửa ngày, hoặc ghi việc vào trước.",
        )
    return _impossible_inside(life, life.now, event, what)


def _impossible_return(life: _Life, event: Any, what: str) -> Problem | None:
    before = life.spells[-1] if life.spells else None
    if event.kind == "admitted" and before is not None:
        return Problem(
            "kind", "Người này đã từng là đảng viên: ghi là «Kết nạp lại» hoặc «Phục hồi đảng tịch»."
        )
    if event.kind == "restored" and (before is None or life.ended_by not in _OUTSIDE_COUNTS_NOT):
        return Problem(
            "kind", "Chỉ phục hồi đảng tịch cho người đã bị khai trừ, xóa tên hoặc đã ra khỏi Đảng."
        )
    if life.ended_by == "died":
        return Problem("kind", f"{what}: người này đã từ trần ngày {format_date(life.ended_on or event.on)}.")
    return None


def _impossible_inside(life: _Life, now: Spell, event: Any, what: str) -> Problem | None:
    if event.kind == "recognised":
        if now.standing != "probationary":
            return Problem("kind", "Người này đã là đảng viên chính thức.")
        if life.ceremony_on and event.on < life.ceremony_on:
            return Problem(
                "on",
                f"Ngày công nhận chính thức {format_date(event.on)} trước ngày lễ kết nạp "
                f"{format_date(life.ceremony_on)}. Kiểm tra lại hai ngày.",
            )
    if event.kind == "transferred" and event.organisation_id == now.organisation_id:
        return Problem("organisation", "Người này đang sinh hoạt ở chính chi bộ đó. Chọn chi bộ khác.")
    place = event.from_organisation_id if event.kind == "transferred" else event.organisation_id
    if place is not None and place != now.organisation_id:
        return Problem(
            "organisation",
            f"{what} ngày {format_date(event.on)}: lúc đó người này sinh hoạt ở chi bộ khác với chi bộ đã ghi. "
            "Hủy việc này rồi ghi lại theo đúng chi bộ, hoặc sửa việc chuyển sinh hoạt.",
        )
    flag, wanted = {
        "exempted": ("exempt", False),
        "exemption_ended": ("exempt", True),
        "suspended": ("suspended", False),
        "suspension_ended": ("suspended", True),
    }.get(event.kind, ("", False))
    if flag and getattr(now, flag) is not wanted:
        return Problem("kind", f"{what}: không hợp với tình trạng lúc đó của đảng viên.")
    return None


def _begin(life: _Life, event: Any) -> None:
    before = life.spells[-1] if life.spells else None
    admitted, official, standing = _arrival(event, before)
    if (
        before is not None
        and life.ended_on
        and life.ended_by in _OUTSIDE_COUNTS_NOT
        and event.kind != "restored"
    ):
        life.gaps.append((life.ended_on, event.on))
    life.outside_days += event.outside_days
    life.ceremony_on = event.ceremony_on or (event.on if event.kind in {"admitted", "readmitted"} else None)
    exempt = bool(before and before.exempt and event.kind == "restored")
    life.now = Spell(
        organisation_id=event.organisation_id,
        standing=standing,
        exempt=exempt,
        suspended=False,
        valid_from=event.on,
        valid_to=FOREVER,
        admitted_on=admitted,
        official_on=official,
        party_age_from=_party_age(life, admitted),
    )


def _arrival(event: Any, before: Spell | None) -> tuple[date | None, date | None, str]:
    """First admission decision, official day and standing with which a person comes onto the list."""
    first = event.first_admitted_on or (before.admitted_on if before else None)
    if event.kind == "admitted":
        return event.decision_date or event.on, None, "probationary"
    if event.kind == "readmitted":
        return first or event.decision_date or event.on, None, "probationary"
    official = event.official_on or (before.official_on if before else None)
    if event.arrives_standing:
        standing = event.arrives_standing
    elif official and official <= event.on:
        standing = "official"
    else:
        standing = before.standing if before else "probationary"
    return first, official, standing


def _party_age(life: _Life, admitted: date | None) -> date | None:
    if admitted is None:
        return None
    gaps = [(start, end) for start, end in life.gaps if start >= admitted]
    return party_age_from(admitted, gaps) + timedelta(days=life.outside_days)


def _change(life: _Life, now: Spell, event: Any) -> None:
    changed: dict[str, Any] = {
        "recognised": {"standing": "official", "official_on": event.on},
        "transferred": {"organisation_id": event.organisation_id},
        "exempted": {"exempt": True},
        "exemption_ended": {"exempt": False},
        "suspended": {"suspended": True},
        "suspension_ended": {"suspended": False},
    }[event.kind]
    life.spells.append(replace(now, valid_to=event.on))
    life.now = replace(now, **changed, valid_from=event.on)


def _end(life: _Life, now: Spell, event: Any) -> None:
    life.spells.append(replace(now, valid_to=event.on))
    life.now, life.ended_by, life.ended_on = None, event.kind, event.on


_CHUNK = 5000


def current_events(member_ids: Sequence[int]) -> dict[int, list[MemberEvent]]:
    """Events not voided of the given members, by member."""
    by_member: dict[int, list[MemberEvent]] = {member_id: [] for member_id in member_ids}
    # Somebody who is not written yet (a rehearsal) has a key of none.
    ids = [member_id for member_id in member_ids if member_id and member_id > 0]
    if ids:
        for event in MemberEvent.objects.filter(Among("member_id", ids), voided_at__isnull=True):
            by_member[event.member_id].append(event)
    return by_member


def current_spells(member_ids: Sequence[int]) -> Iterable[MembershipSpell]:
    """Spells not voided of the given members."""
    for part in _chunks(member_ids):
        yield from MembershipSpell.objects.filter(Among("member_id", part), voided_at__isnull=True)


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def wanted_spells(events: Mapping[int, Sequence[Any]]) -> list[MembershipSpell]:
    """Spell rows as the events make them (record times not set)."""
    return _spell_rows({member_id: spells_of(own)[0] for member_id, own in events.items()})


def _spell_rows(lives: Mapping[int, Sequence[Spell]]) -> list[MembershipSpell]:
    return [
        make(MembershipSpell, {"member_id": member_id, **{name: getattr(s, name) for name in _OF_A_SPELL}})
        for member_id, spells in lives.items()
        for s in spells
    ]


_OF_A_SPELL = tuple(f.name for f in fields(Spell))


def spell_key(row: Any) -> tuple[Any, ...]:
    """What makes two spell rows the same state."""
    return (
        row.member_id,
        row.organisation_id,
        row.standing,
        row.exempt,
        row.suspended,
        row.valid_from,
        row.valid_to,
        row.admitted_on,
        row.official_on,
        row.party_age_from,
    )


def refresh(
    member_ids: Sequence[int],
    moment: datetime,
    lives: Mapping[int, Sequence[MemberEvent]] | None = None,
    spells: Mapping[int, Sequence[Spell]] | None = None,
) -> None:
    """Bring the spells and derived columns of these members to what their events and details say.

    `lives`, `spells`: their events that stand and what follows from them, where the caller has them at hand.
    """
    ids = sorted(set(member_ids))
    events = lives if lives is not None else current_events(ids)
    if spells is None:
        spells = {member_id: spells_of(events[member_id])[0] for member_id in ids}
    wanted = _spell_rows({member_id: spells[member_id] for member_id in ids})
    sync(MembershipSpell, current_spells(ids), wanted, spell_key, moment)
    _refresh(ids, events, spells)


def refresh_members(member_ids: Sequence[int], events: Mapping[int, Sequence[MemberEvent]]) -> None:
    """Bring the columns of `Member` that repeat the latest state up to date."""
    _refresh(member_ids, events, {pk: spells_of(events[pk])[0] for pk in member_ids})


def refresh_cards(member_ids: Sequence[int]) -> None:
    """Bring `Member.card_number` up to date, the one column that follows from cards."""
    for part in _chunks(member_ids):
        cards = _latest_cards(part)
        present = Member.objects.filter(Among("pk", part)).values_list("pk", "card_number")
        rows = [(cards.get(pk, ""), pk) for pk, card in present if card != cards.get(pk, "")]
        update(Member, ("card_number",), rows)


def _latest_cards(part: Sequence[int]) -> dict[int, str]:
    rows = MemberCard.objects.filter(Among("member_id", part), voided_at__isnull=True)
    return dict(rows.order_by("issued_on", "id").values_list("member_id", "number"))


def _refresh(
    member_ids: Sequence[int],
    events: Mapping[int, Sequence[MemberEvent]],
    spells: Mapping[int, Sequence[Spell]],
) -> None:
    for part in _chunks(member_ids):
        rows = MemberDetail.objects.filter(Among("member_id", part), voided_at__isnull=True).order_by(
            "valid_from"
        )
        told = rows.values_list("member_id", "full_name", "birth_date", "gender").iterator(_CHUNK)
        details = {member_id: detail for member_id, *detail in told}
        cards = _latest_cards(part)
        changed: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for pk, *before in Member.objects.filter(Among("pk", part)).order_by().values_list("pk", *_DERIVED):
            who, card = _who(before[:5], details.get(pk)), cards.get(pk, "")
            after = [*who, card, *_where(events[pk], spells[pk])]
            if after != before:
                both = list(zip(_DERIVED, before, after, strict=True))
                differing = tuple(name for name, was, now in both if was != now)
                values = (*(now for _, was, now in both if was != now), pk)
                changed.setdefault(differing, []).append(values)
        for names, found in changed.items():
            # A column that stays is not written, so that its index need not be.
            update(Member, names, found)


_DERIVED = (
    "full_name",
    "folded_name",
    "sort_key",
    "birth_date",
    "gender",
    "card_number",
    "organisation_id",
    "standing",
    "ended_by",
)


def _who(known: Sequence[Any], detail: Sequence[Any] | None) -> Sequence[Any]:
    """Name, search key, sort key, birth date and gender by the latest details; as they are where there are none."""
    if detail is None:
        return known
    name, birth_date, gender = detail
    if known[0] == name and known[2]:
        return [*known[:3], birth_date, gender]
    return [name, fold(name), name_sort_key(name), birth_date, gender]


def _where(events: Sequence[MemberEvent], spells: Sequence[Spell]) -> tuple[int | None, str, str]:
    """The cell, the standing there, and what a membership ended by."""
    if not spells:
        return None, "", _ended_by(events)
    last = spells[-1]
    if last.valid_to == FOREVER:
        return last.organisation_id, last.standing, ""
    return last.organisation_id, "", _ended_by(events)


def _ended_by(events: Sequence[MemberEvent]) -> str:
    endings = [event for event in sorted(events, key=order) if event.kind in ENDINGS]
    return endings[-1].kind if endings else ""
