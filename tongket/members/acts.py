"""What happens to members: entering the register, events of a life, and their correction.

Details (profile) and cards are in `profile_acts`, posts in `post_acts`, reorganisation in `reorganise`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from tongket.audit.acts import Act, act
from tongket.audit.among import Among
from tongket.audit.bulk import insert, make
from tongket.core.codelists import BEGINNINGS, ENDINGS, MEMBER_EVENT
from tongket.core.dates import format_date, today
from tongket.core.problems import Problem, refuse_if_any
from tongket.members import derive
from tongket.members.drafts import EventDraft
from tongket.members.models import Member, MemberEvent, PostHolding
from tongket.members.post_acts import cut_post
from tongket.organisations.acts import claim, claim_record, reason_given
from tongket.organisations.models import Organisation, OrganisationVersion
from tongket.rules.catalogue import value
from tongket.rules.membership import check_admission_age, earliest_official_date
from tongket.rules.organisations import kind

ADMISSIONS = frozenset({"admitted", "readmitted"})
_COPIED = tuple(f.name for f in fields(EventDraft) if f.name not in {"member", "on", "organisation"})


def day_of(draft: EventDraft) -> date | None:
    """The day on which the event counts. For admissions the rule `new.count` decides: decision or ceremony."""
    if draft.kind not in ADMISSIONS or draft.decision_date is None:
        return draft.on
    counted = value("new.count", draft.decision_date)
    return draft.ceremony_on or draft.decision_date if counted == "ceremony" else draft.decision_date


def check_events(drafts: Sequence[EventDraft]) -> list[Problem]:
    """Judge a batch of events together with what is on record: each by itself, then each life as a whole."""
    return _judge(drafts)[0]


#: By member: the events that stand, and the spells that they make.
_Lives = dict[int, list[MemberEvent]]
_Spells = dict[int, list[derive.Spell]]


def _judge(drafts: Sequence[EventDraft]) -> tuple[list[Problem], list[MemberEvent], _Lives, _Spells]:
    """The problems, a row for every draft, and the lives as they are with the sound ones."""
    homes = _CellsOn({d.organisation.pk for d in drafts if d.organisation})
    problems: list[Problem] = []
    rows: list[MemberEvent] = []
    for index, draft in enumerate(drafts):
        found = [*_check_dates(draft), *homes.check(draft)]
        problems.extend(p.at(index) for p in found)
        rows.append(_row(draft))
    sound = set(range(len(drafts))) - {p.index for p in problems if p.severity == "error"}
    position = {id(row): index for index, row in enumerate(rows)}
    life = derive.current_events(sorted({d.member.pk for d in drafts}))
    for index in sorted(sound):
        life[rows[index].member_id].append(rows[index])
    for own in life.values():
        _fill_cells(own)
    lives = _lives_of_cells(life.values())
    spells: _Spells = {}
    for member_id, own in life.items():
        for event in own:
            if event.kind == "recognised" and (at := position.get(id(event))) is not None:
                problems.extend(p.at(at) for p in _check_probation(own, event))
        spells[member_id], wrong = derive.spells_of(own)
        for event, problem in (*wrong, *_in_ended_cells(own, spells[member_id], lives)):
            at = position.get(id(event))
            if at is not None:
                problems.append(problem.at(at))
            else:
                problems.extend(_spoils(own, event, problem, position))
    return problems, rows, life, spells


def _lives_of_cells(lives: Iterable[Sequence[MemberEvent]]) -> dict[int, tuple[str, date]]:
    """Name and first day after its end of every organisation that these events name."""
    ids = {event.organisation_id for own in lives for event in own}
    rows = Organisation.objects.filter(pk__in=ids).values_list("pk", "name", "ends_on")
    return {pk: (name, ends_on) for pk, name, ends_on in rows}


def _in_ended_cells(
    own: Sequence[MemberEvent], spells: Sequence[derive.Spell], lives: Mapping[int, tuple[str, date]]
) -> Iterable[tuple[Any, Problem]]:
    """Nobody stands in an ended cell: what is said otherwise, with the event it is about."""
    for spell in spells:
        name, ends_on = lives[spell.organisation_id]
        if spell.valid_to > ends_on:
            event = max((e for e in own if e.on <= spell.valid_from), key=derive.order)
            said = (
                f"«{name}» đã kết thúc ngày {format_date(ends_on)}. Ghi cùng lúc (trong một sổ nhập) cả việc "
                "chuyển sinh hoạt hoặc ra khỏi danh sách từ ngày đó, hoặc chọn chi bộ kế tục."
            )
            yield event, Problem("organisation", said)


def _spoils(own: Sequence[Any], event: Any, problem: Problem, position: dict[int, int]) -> Iterable[Problem]:
    # The new event is possible by itself but makes a recorded one impossible: say so at the new one. Where none of
    # the new ones is sound, their own errors are said already.
    index = next((position[id(e)] for e in own if id(e) in position), None)
    if index is not None:
        what = MEMBER_EVENT.label(event.kind)
        said = f"Trái với việc đã ghi «{what}» ngày {format_date(event.on)}: {problem.message}"
        yield Problem("on", said, index=index)


def _row(draft: EventDraft) -> MemberEvent:
    copied = {name: getattr(draft, name) for name in _COPIED}
    copied["on"] = day_of(draft) or date.max
    return make(MemberEvent, copied, member=draft.member, organisation=draft.organisation)


def _fill_cells(own: list[MemberEvent]) -> None:
    """Events entered without a cell happen in the cell of that moment; a transfer leaves that cell."""
    here: int | None = None
    for event in sorted(own, key=derive.order):
        if event.pk is None:
            if event.kind == "transferred":
                event.from_organisation_id = here
            elif event.kind not in BEGINNINGS and event.organisation_id is None:
                event.organisation_id = here
        here = event.organisation_id or here


def _check_dates(draft: EventDraft) -> list[Problem]:
    if draft.kind not in MEMBER_EVENT.values:
        return [Problem("kind", f"Không có loại việc «{draft.kind}».")]
    if draft.kind in ADMISSIONS and draft.decision_date is None:
        return [Problem("decision_date", "Kết nạp phải có ngày quyết định.")]
    day = day_of(draft)
    if day is None:
        return [Problem("on", "Chưa có ngày.")]
    problems = []
    if draft.on is not None and draft.on != day:
        problems.append(
            Problem(
                "on",
                f"Ngày tính là {format_date(day)} theo quyết định kết nạp; để trống hoặc ghi đúng ngày đó.",
            )
        )
    if day > today():
        problems.append(Problem("on", f"Ngày {format_date(day)} còn ở tương lai."))
    problems.extend(_check_order(draft, day))
    problems.extend(_check_admission(draft, day))
    return problems


def _check_order(draft: EventDraft, day: date) -> Iterable[Problem]:
    if draft.ceremony_on and draft.decision_date and draft.ceremony_on < draft.decision_date:
        yield Problem("ceremony_on", "Ngày lễ kết nạp không thể trước ngày quyết định kết nạp.")
    if draft.official_on and draft.first_admitted_on and draft.official_on < draft.first_admitted_on:
        yield Problem("official_on", "Ngày chính thức không thể trước ngày kết nạp.")
    if draft.official_on and draft.ceremony_on and draft.official_on < draft.ceremony_on:
        yield Problem("official_on", "Ngày chính thức không thể trước ngày lễ kết nạp.")
    if draft.first_admitted_on and draft.first_admitted_on > day:
        yield Problem("first_admitted_on", "Ngày kết nạp trước đó phải trước ngày vào sổ.")
    birth = draft.member.birth_date
    if birth and day < birth:
        yield Problem("on", f"Ngày {format_date(day)} trước ngày sinh {format_date(birth)}.")


def _check_admission(draft: EventDraft, day: date) -> Iterable[Problem]:
    birth = draft.member.birth_date
    if draft.kind in ADMISSIONS and birth:
        for finding in check_admission_age(birth, day):
            yield Problem("on", finding.message_vi, finding.severity)
    if draft.kind == "registered" and not draft.first_admitted_on:
        yield Problem(
            "first_admitted_on",
            "Chưa có ngày kết nạp: chưa tính được tuổi Đảng. Bổ sung khi tra được.",
            "warning",
        )


def _check_probation(own: Sequence[MemberEvent], event: MemberEvent) -> Iterable[Problem]:
    """Official status comes when the probation that began with the last admission is over."""
    admissions = [e for e in own if e.kind in ADMISSIONS and e.on <= event.on]
    last = max(admissions, key=derive.order, default=None)
    ceremony = event.ceremony_on or (last.ceremony_on if last else None)
    if ceremony and event.on < earliest_official_date(ceremony):
        due = format_date(earliest_official_date(ceremony))
        yield Problem(
            "on", f"Chưa hết 12 tháng dự bị: sớm nhất là ngày {due} (Điều lệ Đảng, Điều 5).", "warning"
        )


class _CellsOn:
    """Whether an organisation held members on a day: alive, and of a kind that does. One query a batch."""

    def __init__(self, organisation_ids: set[int]) -> None:
        self.spans: dict[int, list[tuple[date, date, str]]] = {}
        rows = OrganisationVersion.objects.filter(
            organisation_id__in=organisation_ids, voided_at__isnull=True
        )
        for row in rows:
            self.spans.setdefault(row.organisation_id, []).append((row.valid_from, row.valid_to, row.kind))

    def check(self, draft: EventDraft) -> Iterable[Problem]:
        cell, day = draft.organisation, day_of(draft)
        if cell is None:
            if draft.kind in BEGINNINGS or draft.kind == "transferred":
                yield Problem("organisation", "Chưa có chi bộ sinh hoạt.")
            return
        if day is None:
            return
        kinds = [k for start, end, k in self.spans.get(cell.pk, ()) if start <= day < end]
        ending_today = [k for _, end, k in self.spans.get(cell.pk, ()) if end == day]
        if not kinds and not (draft.kind not in BEGINNINGS and ending_today):
            yield Problem(
                "organisation", f"Ngày {format_date(day)} «{cell}» không hoạt động. Chọn chi bộ khác."
            )
        elif not any(kind(k).holds_members for k in kinds or ending_today):
            yield Problem("organisation", f"«{cell}» không trực tiếp quản lý đảng viên. Chọn một chi bộ.")


def add_events(
    drafts: Sequence[EventDraft], *, act: Act, origins: Sequence[str] | None = None
) -> list[MemberEvent]:
    """Record events inside an open act; spells follow at once. Raises `Refused` with every error found."""
    problems, rows, lives, spells = _judge(drafts)
    refuse_if_any(problems)
    for row in rows:
        row.recorded_at, row.recorded_by, row.origin = act.at, act.by, act.origin
    for row, origin in zip(rows, origins or (), strict=origins is not None):
        row.origin = origin
    made = insert(MemberEvent, rows)
    derive.refresh([row.member_id for row in rows], act.at, lives, spells)
    _leave_posts({row.member_id: row for row in made if row.kind in ENDINGS}, act)
    return made


def _leave_posts(leaving: Mapping[int, MemberEvent], act: Act) -> None:
    """Who is no longer a member holds no post: open ones end on the day of leaving, the reason with them."""
    held = PostHolding.objects.filter(Among("member_id", leaving), voided_at__isnull=True) if leaving else ()
    for row in held:
        event = leaving[row.member_id]
        if row.valid_from < event.on < row.valid_to:
            cut_post(row, event.on, MEMBER_EVENT.label(event.kind).lower(), act=act)


def record_event(
    draft: EventDraft, *, by: Any, origin: str = "form", expected_version: int | None = None
) -> MemberEvent:
    """Record one event of a member's life (kết nạp, công nhận chính thức, chuyển sinh hoạt, xóa tên ...)."""
    with act(
        f"member.{draft.kind}", by=by, origin=origin, organisation=draft.organisation, subject=draft.member
    ) as current:
        claim(draft.member, expected_version)
        (event,) = add_events([draft], act=current)
        current.organisation_code = event.organisation.code
        current.note(member=draft.member.code, on=event.on, event=event.pk)
    return event


def void_event(event: MemberEvent, *, reason: str, by: Any) -> None:
    """Void a wrongly recorded event; refused if what is left of the life would be impossible."""
    refuse_if_any(reason_given(reason))
    with act("member.void_event", by=by, organisation=event.organisation, subject=event.member) as current:
        claim_record(event)
        current.void(event, reason)
        _check_life(event.member)
        derive.refresh([event.member_id], current.at)
        claim(event.member, None)
        current.note(member=event.member.code, event=event.pk, kind=event.kind, on=event.on, reason=reason)


def void_events_in(events: Sequence[MemberEvent], reason: str, *, act: Act) -> None:
    """Inside an open act: void events of one or more members; refused if what is left of a life is impossible."""
    for event in events:
        claim_record(event)
        act.void(event, reason)
    for member in {event.member_id: event.member for event in events}.values():
        _check_life(member)
        claim(member, None)
    derive.refresh([event.member_id for event in events], act.at)


def correct_event(event: MemberEvent, draft: EventDraft, *, reason: str, by: Any) -> MemberEvent:
    """Replace a wrongly recorded event by the right one, in one act; the wrong one stays, voided."""
    refuse_if_any(reason_given(reason))
    with act("member.correct_event", by=by, organisation=event.organisation, subject=event.member) as current:
        claim_record(event)
        current.void(event, reason)
        (fresh,) = add_events([replace(draft, member=event.member)], act=current)
        claim(event.member, None)
        current.note(member=event.member.code, event=event.pk, replaced_by=fresh.pk, reason=reason)
    return fresh


def _check_life(member: Member) -> None:
    events = derive.current_events([member.pk])[member.pk]
    spells, wrong = derive.spells_of(events)
    ended = _in_ended_cells(events, spells, _lives_of_cells([events]))
    refuse_if_any(problem for _, problem in (*wrong, *ended))


def admit(
    member: Member,
    *,
    into: Organisation,
    decided_on: date,
    by: Any,
    ceremony_on: date | None = None,
    **more: Any,
) -> MemberEvent:
    """Admit a person to the Party (kết nạp) into a cell, by a decision of a day."""
    draft = EventDraft(
        member, "admitted", organisation=into, decision_date=decided_on, ceremony_on=ceremony_on, **more
    )
    return record_event(draft, by=by)


def transfer(member: Member, *, to: Organisation, on: date, by: Any, **more: Any) -> MemberEvent:
    """Move a member to another cell of the register (chuyển sinh hoạt trong đảng bộ)."""
    return record_event(EventDraft(member, "transferred", on=on, organisation=to, **more), by=by)


def register(
    member: Member,
    *,
    into: Organisation,
    on: date,
    by: Any,
    admitted_on: date | None = None,
    official_on: date | None = None,
    **more: Any,
) -> MemberEvent:
    """Enter a person who is a member already (đưa vào sổ ban đầu), with the earlier dates as far as known."""
    draft = EventDraft(
        member,
        "registered",
        on=on,
        organisation=into,
        first_admitted_on=admitted_on,
        official_on=official_on,
        **more,
    )
    return record_event(draft, by=by)
