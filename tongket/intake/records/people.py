"""Members from a workbook: their details, how they came onto the register, their cards."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef

from tongket.audit.among import Among
from tongket.audit.bulk import make
from tongket.audit.records import chunks
from tongket.core import codelists as codes
from tongket.core.codelists import CARD_KIND
from tongket.core.identity import clean_digits
from tongket.core.problems import Problem
from tongket.intake.columns import Change, Column, Row, Sheet
from tongket.intake.rows import persons
from tongket.intake.session import Session
from tongket.matching.queries import kept_by_code
from tongket.members.acts import add_events, check_events
from tongket.members.drafts import CardDraft, EventDraft, MemberDraft
from tongket.members.fields import BY_NAME
from tongket.members.models import Member, MemberCard, MemberDetail, MemberEvent
from tongket.members.profile.judging import check_members
from tongket.members.profile.values import BEGINNING
from tongket.members.profile_acts import add_cards, add_members, check_cards
from tongket.members.queries import field_label

_ENTRY = ("entered_on", "organisation", "first_admitted_on", "official_on")


def _bring(rows: Sequence[Row], session: Session) -> None:
    ready = session.resolve(rows)
    persons.fill_codes(ready, session)
    session.check_lengths(ready, Member)
    ready = [row for row in ready if row.sound]
    _leave_known_where_they_are(ready, session)
    pairs = [(row, _draft(row, session)) for row in ready if row.sound]
    pairs = [(row, draft) for row, draft in pairs if row.sound]
    known = _standing_details(pairs)
    # Whose person is not the importer's learns nothing of what is on record: scope goes before comparison.
    mine = _in_scope(pairs, known, session)
    same = [(row, draft) for row, draft in mine if _same(draft, known)]
    _check_entries(same, session)
    for row, _ in same:
        if row.sound:
            session.same(row)
    numbers = {row.number for row, _ in same}
    fresh = [(row, draft) for row, draft in mine if row.number not in numbers]
    for row, draft in fresh:
        row.changes = _changes(draft, known, session)
        if row.changes and draft.since is None:
            session.refuse(row, "code", _undated(draft, row))
    fresh = [(row, draft) for row, draft in fresh if row.sound]
    new = [(row, draft) for row, draft in fresh if draft.since is None]
    later = [(row, draft) for row, draft in fresh if draft.since is not None]

    again = _taken_back(new)

    def add(drafts: Sequence[MemberDraft], origins: Sequence[str]) -> dict[str, Member]:
        return add_members(drafts, act=session.act, origins=origins, again=again)

    check = partial(check_members, by=session.by, again=again)
    members = session.bring(new, check, add, instead=_stand_ins) or {}
    persons.keep_doubts(members, session)
    _enter([(row, draft) for row, draft in new if draft.code in members and row.sound], members, session)
    session.bring(later, check, add, changed=True)


def _taken_back(pairs: Sequence[tuple[Row, MemberDraft]]) -> frozenset[str]:
    """The codes of people whose entry was undone: they stand in the register without a word about them."""
    named = Member.objects.filter(Among("code", (draft.code for _, draft in pairs))).order_by()
    told = MemberDetail.objects.filter(member=OuterRef("pk"), voided_at__isnull=True)
    bare = set(named.exclude(Exists(told)).values_list("code", flat=True))
    return frozenset(bare - set(kept_by_code(bare)))


def _stand_ins(drafts: Sequence[MemberDraft]) -> dict[str, Member]:
    """In a rehearsal, people who are not written: their further rows are judged by name, birth and a key of none."""
    return {
        draft.code: make(
            Member,
            {
                "id": -number,
                "uid": None,
                "code": draft.code,
                "full_name": draft.details.get("full_name", ""),
                "birth_date": draft.details.get("birth_date"),
                "gender": draft.details.get("gender") or "",
            },
        )
        for number, draft in enumerate(drafts, start=1)
    }


def _draft(row: Row, session: Session) -> MemberDraft:
    details = {name: row.values[name] for name in BY_NAME if name in row.values}
    row.names |= {"number": "card_number"}
    if "birth_date" in details:
        details["birth_date"], details["birth_year_only"] = row.values["birth_date"]
    if (row.get("organisation") is None) is not (row.get("entered_on") is None):
        blank = "entered_on" if row.get("entered_on") is None else "organisation"
        session.refuse(row, blank, "Đưa người đang là đảng viên vào sổ thì ghi cả chi bộ và ngày vào sổ.")
    if row.get("card_number") and row.get("organisation") is None:
        session.refuse(
            row,
            "card_number",
            "Người chưa có chi bộ trong sổ này: ghi thẻ ở sổ Thẻ đảng viên, sau khi ghi việc kết nạp.",
        )
    return MemberDraft(
        code=row.values["code"],
        details=details,
        since=row.get("since"),
        card_number=row.get("card_number", ""),
        card_issued_on=row.get("card_issued_on"),
    )


def _standing_details(pairs: Sequence[tuple[Row, MemberDraft]]) -> dict[str, list[MemberDetail]]:
    found: dict[str, list[MemberDetail]] = {}
    named = Member.objects.filter(Among("code", (draft.code for _, draft in pairs)))
    code_of = dict(named.values_list("pk", "code"))
    rows = MemberDetail.objects.filter(Among("member_id", code_of), voided_at__isnull=True)
    for row in rows.order_by("valid_from") if code_of else ():
        found.setdefault(code_of[row.member_id], []).append(row)
    return found


def _leave_known_where_they_are(rows: Sequence[Row], session: Session) -> None:
    """A list of another system tells of people on record where they are now, not how they came onto our register."""
    found = [row for row in rows if row.found and "entered_on" not in row.raw]
    members = session.members({row.values["code"] for row in found})
    for row in found:
        message = persons.differing_cell(row, members)
        if message:
            session.add_finding(row, Problem("organisation", message, "warning"))
        for name in ("organisation", "entered_on", "first_admitted_on", "official_on", "card_number"):
            row.values.pop(name, None)


def _state(draft: MemberDraft, known: dict[str, list[MemberDetail]]) -> MemberDetail | None:
    """What is on record of a draft's person, on the draft's day or, without one, now."""
    life = known.get(draft.code)
    if not life:
        return None
    return life[-1] if draft.since is None else _on(draft.since, life)


def _on(day: date, life: Sequence[MemberDetail]) -> MemberDetail | None:
    return next((row for row in life if row.valid_from <= day < row.valid_to), None)


def _same(draft: MemberDraft, known: dict[str, list[MemberDetail]]) -> bool:
    """Whether the record says so already: on the draft's day; without one, now or as it was first brought in."""
    life = known.get(draft.code)
    if not life:
        return False
    both = (_state(draft, known), None if draft.since else _on(BEGINNING, life))
    states = [state for state in both if state is not None]
    return any(all(getattr(s, name) == value for name, value in draft.details.items()) for s in states)


def _undated(draft: MemberDraft, row: Row) -> str:
    differing = ", ".join(change.header for change in row.changes)
    return (
        f"Người này đã có trong sổ (mã {draft.code}) và khác ở: {differing}. Để nhận thay đổi, ghi cột “Có hiệu lực "
        "từ ngày” (hoặc một ngày chung ở trang Ghép cột)."
    )


def _changes(
    draft: MemberDraft, known: dict[str, list[MemberDetail]], session: Session
) -> tuple[Change, ...]:
    """Field by field what a draft says otherwise than the record; nothing for somebody new."""
    state = _state(draft, known)
    if state is None:
        return ()
    differing = [(n, getattr(state, n), v) for n, v in draft.details.items() if getattr(state, n) != v]
    return tuple(
        session.change(name, before, after, shown=session.shows(name, state.member))
        for name, before, after in differing
    )


def _check_entries(pairs: Sequence[tuple[Row, MemberDraft]], session: Session) -> None:
    """A person on record with other entry dates or another card is not passed over as the same."""
    entered, cards = {}, set()
    for part in chunks(draft.code for row, draft in pairs if row.get("entered_on")):
        rows = MemberEvent.objects.filter(member__code__in=part, kind="registered", voided_at__isnull=True)
        for code, *entry in rows.values_list(
            "member__code", "on", "organisation_id", "first_admitted_on", "official_on"
        ):
            entered[code] = dict(zip(_ENTRY, entry, strict=True))
        held = MemberCard.objects.filter(member__code__in=part, voided_at__isnull=True)
        cards |= set(held.values_list("member__code", "number"))
    for row, draft in pairs:
        if row.get("entered_on") is None:
            continue
        stored = entered.get(draft.code, {})
        said = {name: row.get(name) for name in _ENTRY} | {"organisation": row.values["organisation"].pk}
        differing = next((name for name in _ENTRY if said[name] not in (None, stored.get(name))), None)
        if differing:
            session.refuse(
                row,
                differing,
                "Người này đã có trong sổ với việc vào sổ ghi khác. Nếu sổ sai, hãy đính chính việc đó.",
            )
        elif draft.card_number and (draft.code, clean_digits(draft.card_number)) not in cards:
            session.refuse(
                row, "card_number", "Người này đã có trong sổ với thẻ khác. Ghi thẻ mới ở sổ Thẻ đảng viên."
            )


def _in_scope(
    pairs: list[tuple[Row, MemberDraft]], known: dict[str, list[MemberDetail]], session: Session
) -> list[tuple[Row, MemberDraft]]:
    """A later state is written only for members the importer may change; a new person only into such a cell."""
    if session.by is None:
        return pairs
    mine = session.members({draft.code for _, draft in pairs if draft.code in known})
    for row, draft in pairs:
        if draft.code in known and draft.code not in mine:
            session.refuse(
                row, "code", f"Mã {draft.code} đã dùng cho đảng viên ngoài phạm vi được giao. Kiểm tra mã."
            )
    return [(row, draft) for row, draft in pairs if row.sound]


def _enter(pairs: Sequence[tuple[Row, MemberDraft]], members: dict[str, Member], session: Session) -> None:
    """Put people who are members already onto the list of their cell, with the card they hold."""
    entries = [(row, draft) for row, draft in pairs if row.get("entered_on")]
    for row, _ in entries:
        row.names |= {"on": "entered_on", "number": "card_number"}
    drafts = [
        (
            row,
            EventDraft(
                members[draft.code],
                "registered",
                on=row.values["entered_on"],
                organisation=row.values["organisation"],
                first_admitted_on=row.get("first_admitted_on"),
                official_on=row.get("official_on"),
            ),
        )
        for row, draft in entries
    ]
    counts = session.count()
    before = counts.new
    session.bring(drafts, check_events, lambda d, origins: add_events(d, act=session.act, origins=origins))
    places = {draft.code: row.values["organisation"] for row, draft in entries if row.sound}
    cards = []
    for row, draft in entries:
        if draft.card_number and row.sound:
            members[draft.code].organisation = places[draft.code]
            cards.append(
                (row, CardDraft(members[draft.code], draft.card_number, issued_on=draft.card_issued_on))
            )
    session.bring(cards, check_cards, lambda d, origins: add_cards(d, act=session.act, origins=origins))
    # One row is one person, whatever it brings; a person whose dates are refused is not new.
    counts.new = before - sum(not row.sound for row, _ in entries)


def _bring_cards(rows: Sequence[Row], session: Session) -> None:
    pairs = [
        (
            row,
            CardDraft(
                row.values["member"],
                clean_digits(row.values["number"]),
                kind=row.values["kind"],
                issued_on=row.get("issued_on"),
                issued_by=row.get("issued_by", ""),
            ),
        )
        for row in session.resolve(rows)
    ]
    fresh = session.without_known(pairs, MemberCard, ("member", "number", "kind"))
    session.bring(fresh, check_cards, lambda d, origins: add_cards(d, act=session.act, origins=origins))


def _profile(name: str, type: Any = "text", **more: Any) -> Column:
    label = field_label(name)
    return Column(label[0].upper() + label[1:], name, type, **more)


MEMBERS = Sheet(
    "Đảng viên",
    (
        Column(
            "Mã đảng viên",
            "code",
            "text",
            True,
            example="ĐV000001",
            help="Mã trong sổ của đảng bộ, mỗi người một mã",
        ),
        Column(
            "Có hiệu lực từ ngày",
            "since",
            "date",
            help="Để trống cho lần đầu; ghi ngày khi thông tin của người đã có trong sổ thay đổi",
        ),
        _profile("full_name", required=True, example="Nguyễn Văn Ví Dụ", width=26),
        _profile("birth_name", width=26),
        _profile("other_names"),
        _profile("gender", "code", codes=codes.GENDER, example="Nam"),
        _profile("birth_date", "birth", example="17/05/1980", help="Chỉ biết năm thì ghi năm"),
        _profile("national_id", "id", digits=12, example="049080000000", width=20),
        _profile("old_id_number", "id", digits=9),
        _profile("profile_number"),
        _profile("ethnicity", "code", codes=codes.ETHNICITY, example="Kinh"),
        _profile("religion", "code", codes=codes.RELIGION, example="Không"),
        _profile("birthplace", width=30),
        _profile("home_town", example="Xã An Phú, huyện Quế Sơn", width=34),
        _profile("permanent_address", width=34),
        _profile("permanent_address_new", width=34),
        _profile("temporary_address", width=34),
        _profile("occupation_before", width=24),
        _profile(
            "occupation", "code", codes=codes.OCCUPATION, example="Lao động nông, lâm, ngư nghiệp", width=34
        ),
        _profile("workplace", width=30),
        _profile("position", width=30),
        _profile("schooling", "code", codes=codes.SCHOOLING, example="Trung học phổ thông", width=22),
        _profile("education", "code", codes=codes.EDUCATION, example="Đại học", width=22),
        _profile("academic_title", "code", codes=codes.ACADEMIC_TITLE),
        _profile("theory", "code", codes=codes.THEORY, example="Trung cấp"),
        _profile("foreign_language"),
        _profile("it_skill"),
        _profile("youth_union", "bool"),
        _profile("phone", "id"),
        Column(
            "Chi bộ",
            "organisation",
            "organisation",
            example="QS.01.01",
            help="Người đang là đảng viên khi lập sổ: mã chi bộ đang sinh hoạt",
        ),
        Column(
            "Ngày vào sổ",
            "entered_on",
            "date",
            example="01/01/2014",
            help="Ngày bắt đầu tính người này trong sổ; người kết nạp sau đó để trống và ghi ở sổ Biến động",
        ),
        Column("Ngày quyết định kết nạp", "first_admitted_on", "date", example="03/02/2005"),
        Column("Ngày chính thức", "official_on", "date", example="03/03/2006"),
        Column("Số thẻ đảng viên", "card_number", "id", example="49000000"),
        Column("Ngày cấp thẻ", "card_issued_on", "date", example="19/05/2006"),
    ),
    "member.write",
    _bring,
    "Mỗi dòng là một người; ô để trống được liệt kê là thông tin còn thiếu, không tự điền.",
)

CARDS = Sheet(
    "Thẻ đảng viên",
    (
        Column("Mã đảng viên", "member", "member", True, example="ĐV000001"),
        Column("Số thẻ", "number", "id", True, example="49000000"),
        Column("Loại", "kind", "code", True, CARD_KIND, example="Phát thẻ lần đầu", width=22),
        Column("Ngày cấp", "issued_on", "date", example="19/05/2024"),
        Column("Nơi cấp", "issued_by", example="Tỉnh ủy", width=26),
    ),
    "member.write",
    _bring_cards,
)
