"""Theirs taken over into the register by the members' own acts, and taken back again whole.

Whatever the act writes bears its moment, so what it wrote and what it voided can be told apart from all else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models, transaction

from tongket.audit.acts import Act
from tongket.audit.records import chunks
from tongket.core.problems import Conflict, Problem, Refused
from tongket.intake.reconcile import fields
from tongket.intake.reconcile.models import OF_FIELDS, DecisionBatch, Difference
from tongket.intake.reconcile.ours import Ours, ours_of
from tongket.members import derive
from tongket.members.acts import add_events
from tongket.members.drafts import CardDraft, EventDraft
from tongket.members.fields import BY_NAME
from tongket.members.models import Member, MemberCard, MemberDetail, MemberEvent
from tongket.members.profile_acts import Amendment, add_cards, amend_members
from tongket.organisations.models import Organisation

Left = list[tuple[Difference, str]]
Write = Callable[[Sequence[list[Difference]]], None]
_WHY = "lấy theo bản xuất khi đối chiếu"
_BRINGING = frozenset({"registered", "moved_in"})  # kinds of event that bring the earlier dates along
_COPIED = (*(f for f in EventDraft.__dataclass_fields__ if f not in {"member", "organisation"}),)


def take(
    rows: Sequence[Difference],
    *,
    since: date | None,
    label: str,
    act: Act,
    allowed: Callable[[], set[int] | None],
) -> tuple[list[Difference], Left]:
    """Write theirs of these lines into the register in an open act. Returns the lines taken, and those left with why.

    Each person's fields of one kind are taken together or left together.
    """
    left: Left = []
    whole = []
    ours = _ours([row.member_id for row in rows if row.member_id])
    for row in rows:
        why = _not_taken(row, ours, since)
        if why:
            left.append((row, why))
        else:
            whole.append(row)
    taken: list[Difference] = []
    for group, write in (
        (_details(whole), _amend(since, act)),
        (_of(whole, fields.CARD), _give_cards(act)),
        (_of(whole, fields.DATES), _correct_dates(act)),
        (_of(whole, (fields.ORGANISATION,)), _move(since, act, allowed)),
    ):
        if group:
            done, not_done = _write_all(group, write)
            taken += done
            left += not_done
    return taken, left


def _ours(keys: Sequence[int]) -> dict[int, Ours]:
    found: dict[int, Ours] = {}
    for some in chunks(keys):
        found |= ours_of(Member.objects.filter(pk__in=some))
    return found


def _not_taken(row: Difference, ours: dict[int, Ours], since: date | None) -> str:
    """Why theirs of a line cannot be taken over; "" when it can be tried."""
    if row.kind not in OF_FIELDS:
        return (
            "Không tự thêm hay bớt người. Người chỉ có trong bản xuất: đưa vào đọc thử nhập; người chỉ có trong sổ: "
            "ghi việc chuyển đi, ra khỏi Đảng ở trang của người đó."
        )
    if row.kind == "theirs_blank":
        return "Bản xuất để trống ô này; không xóa thông tin đang có trong sổ."
    if row.field == fields.STATUS_FIELD:
        return (
            "Trạng thái chỉ thay đổi bằng một việc có ngày và quyết định: ghi việc đó ở trang của người này."
        )
    if row.value is None:
        if row.field == fields.ORGANISATION:
            return (
                f"Không rõ “{row.theirs}” là chi bộ nào trong sổ (không có, hoặc nhiều chi bộ cùng tên). "
                "Ghi việc chuyển sinh hoạt ở trang của người này."
            )
        return f"Không đọc được “{row.theirs}” của bản xuất."
    own = ours.get(row.member_id or 0)
    if own is None or fields.mark(fields.written(row.field, own.values.get(row.field))) != row.ours_mark:
        return "Sổ đã thay đổi sau khi đối chiếu. Tải bản xuất lên đối chiếu lại."
    if row.field == fields.ORGANISATION and since is None:
        return "Chuyển chi bộ cần ngày: ghi “có hiệu lực từ ngày” rồi quyết định lại."
    return ""


def _details(rows: Sequence[Difference]) -> list[list[Difference]]:
    return _by_member(row for row in rows if row.field in BY_NAME)


def _of(rows: Sequence[Difference], names: Sequence[str]) -> list[list[Difference]]:
    return _by_member(row for row in rows if row.field in names)


def _by_member(rows: Any) -> list[list[Difference]]:
    found: dict[int, list[Difference]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return list(found.values())


def _write_all(groups: list[list[Difference]], write: Write) -> tuple[list[Difference], Left]:
    """Write all that can be: whoever's is refused is left out and the rest tried again."""
    left: Left = []
    while groups:
        try:
            with transaction.atomic():
                write(groups)
        except Refused as refused:
            bad = {problem.index: problem.message for problem in reversed(refused.problems)}
            left += [(row, why) for index, why in bad.items() for row in groups[index]]
            groups = [group for index, group in enumerate(groups) if index not in bad]
        else:
            break
    return [row for group in groups for row in group], left


# --- the four ways of writing ---------------------------------------------------------------------------------


def _values(group: Sequence[Difference]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in group:
        found |= fields.restored(row.field, row.value)
    return found


def _member(group: Sequence[Difference]) -> Member:
    member = group[0].member
    if member is None:  # pragma: no cover - lines of fields have their member
        raise Refused([Problem("", "Không rõ đảng viên.")])
    return member


def _amend(since: date | None, act: Act) -> Write:
    """Profile fields. What does not change in the course of a life was wrong all along, whatever the day."""

    def write(groups: Sequence[list[Difference]]) -> None:
        amendments = []
        for group in groups:
            changes = _values(group)
            wrong = {n: v for n, v in changes.items() if since is None or not BY_NAME[n].versioned}
            changed = {n: v for n, v in changes.items() if n not in wrong}
            amendments.append(Amendment(_member(group), wrong, changed, since))
        amend_members(amendments, reason=_WHY, act=act)

    return write


def _give_cards(act: Act) -> Write:
    """Card number and its day: the card on record was written wrongly, or none was on record."""

    def write(groups: Sequence[list[Difference]]) -> None:
        held = _held_cards([_member(group) for group in groups])
        drafts = []
        for index, group in enumerate(groups):
            member, said = _member(group), _values(group)
            card = held.get(member.pk)
            if card is None and "card_number" not in said:
                raise Refused([Problem("card_issued_on", "Sổ chưa ghi thẻ nào của người này.", index=index)])
            drafts.append(_card(member, card, said))
        for card in held.values():
            act.void(card, _WHY)
        add_cards(drafts, act=act)

    return write


def _card(member: Member, card: MemberCard | None, said: dict[str, Any]) -> CardDraft:
    if card is None:
        return CardDraft(member, said["card_number"], issued_on=said.get("card_issued_on"))
    return CardDraft(
        member,
        said.get("card_number", card.number),
        kind=card.kind,
        issued_on=said.get("card_issued_on", card.issued_on),
        issued_by=card.issued_by,
    )


def _held_cards(members: Sequence[Member]) -> dict[int, MemberCard]:
    numbers = {m.pk: m.card_number for m in members}
    found = {}
    for keys in chunks(numbers):
        for card in MemberCard.objects.filter(member__in=keys, voided_at__isnull=True).order_by("pk"):
            if card.number == numbers[card.member_id]:
                found[card.member_id] = card
    return found


def _correct_dates(act: Act) -> Write:
    """Dates of admission that a person brought along when he or she came onto the register."""

    def write(groups: Sequence[list[Difference]]) -> None:
        events = _events([_member(group) for group in groups])
        drafts, stale, problems = [], [], []
        for index, group in enumerate(groups):
            life, said = events[_member(group).pk], _values(group)
            came = next((e for e in reversed(life) if e.kind in _BRINGING | {"admitted", "readmitted"}), None)
            recognised = any(e.kind == "recognised" for e in life)
            if came is None or came.kind not in _BRINGING or (recognised and "official_on" in said):
                problems.append(Problem("on", _FROM_PAPERS, index=index))
                continue
            stale.append(came)
            drafts.append(replace(_draft(came), **said))
        if problems:
            raise Refused(problems)
        for event in stale:
            act.void(event, _WHY)
        add_events(drafts, act=act)

    return write


_FROM_PAPERS = (
    "Ngày này theo việc kết nạp, công nhận chính thức đã ghi trong sổ có quyết định. Nếu sổ sai, đính chính việc đó ở "
    "trang của người này."
)


def _draft(event: MemberEvent) -> EventDraft:
    copied = {name: getattr(event, name) for name in _COPIED}
    return EventDraft(member=event.member, organisation=event.organisation, **copied)


def _events(members: Sequence[Member]) -> dict[int, list[MemberEvent]]:
    found: dict[int, list[MemberEvent]] = {m.pk: [] for m in members}
    for keys in chunks(found):
        rows = MemberEvent.objects.filter(member__in=keys, voided_at__isnull=True)
        for event in rows.select_related("member", "organisation").order_by("on", "pk"):
            found[event.member_id].append(event)
    return found


def _move(since: date | None, act: Act, allowed: Callable[[], set[int] | None]) -> Write:
    """Another cell: a transfer on the day that the clerk gives."""

    def write(groups: Sequence[list[Difference]]) -> None:
        scope = allowed()
        cells = Organisation.objects.in_bulk({group[0].value for group in groups})
        drafts, problems = [], []
        for index, group in enumerate(groups):
            cell = cells.get(group[0].value)
            if cell is None or (scope is not None and cell.pk not in scope):
                problems.append(Problem("organisation", "Chi bộ này ngoài phạm vi được giao.", index=index))
                continue
            drafts.append(EventDraft(_member(group), "transferred", on=since, organisation=cell, reason=_WHY))
        if problems:
            raise Refused(problems)
        add_events(drafts, act=act)

    return write


# --- taking back ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    model: Any

    def written(self, batch: DecisionBatch) -> models.QuerySet[Any]:
        return self.model.objects.filter(recorded_at=batch.recorded_at)

    def voided(self, batch: DecisionBatch) -> models.QuerySet[Any]:
        return self.model.objects.filter(voided_at=batch.recorded_at)


_TABLES = tuple(_Table(model) for model in (MemberDetail, MemberCard, MemberEvent))


def require_standing(batch: DecisionBatch) -> None:
    """Raise `Conflict` when the decision was taken back meanwhile."""
    batch.refresh_from_db(fields=["voided_at"])
    if batch.voided_at is not None:
        raise Conflict("Quyết định này vừa được rút lại. Mở lại trang để xem hiện trạng.")


def undo(batch: DecisionBatch, reason: str, act: Act) -> None:
    """Void what the batch wrote, record again what it had voided. Raises `Conflict` when something was built on it."""
    built = sorted({name for table in _TABLES for name in _built_on(table, batch)})
    if built:
        some = ", ".join(built[:10]) + (" …" if len(built) > 10 else "")
        raise Conflict(
            f"Đã có thay đổi sau lần lấy theo bản xuất này ở: {some}. Hãy sửa từng người ở trang của người đó."
        )
    touched: set[int] = set()
    for table in _TABLES:
        touched |= set(table.written(batch).values_list("member", flat=True))
        former = list(table.voided(batch))
        touched |= {row.member_id for row in former}
        table.written(batch).update(voided_at=act.at, voided_by=act.by, void_reason=reason)
        table.model.objects.bulk_create([_again(row, act) for row in former], batch_size=500)
    for keys in chunks(sorted(touched)):
        derive.refresh(keys, act.at)


def _built_on(table: _Table, batch: DecisionBatch) -> Iterator[str]:
    gone = table.written(batch).filter(voided_at__isnull=False).select_related("member")
    yield from (row.member.full_name for row in gone)
    if table.model is MemberDetail:
        return
    # A later event or card rests on the one taken over.
    later = table.model.objects.filter(
        member__in=table.written(batch).values("member"),
        recorded_at__gt=batch.recorded_at,
        voided_at__isnull=True,
    )
    yield from (row.member.full_name for row in later.select_related("member"))


def _again(row: Any, act: Act) -> Any:
    row.pk = None
    row._state.adding = True
    row.recorded_at, row.recorded_by, row.origin = act.at, act.by, row.origin
    row.voided_at, row.voided_by, row.void_reason = None, None, ""
    return row
