"""Whose person a row is, where the list has no code of ours: the one place in which a row's person is looked up.

Sure signs only: the citizen number, then the Party card. Likeness of names is not judged here; whoever judges it
answers through `find`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tongket.audit.records import chunks
from tongket.core.identity import clean_digits
from tongket.core.problems import Problem
from tongket.core.text import fold
from tongket.intake.columns import Column, Row
from tongket.members.models import Member, MemberCard, MemberDetail
from tongket.members.profile_acts import next_code

if TYPE_CHECKING:
    from tongket.intake.session import Session


@dataclass(frozen=True, slots=True)
class Clues:
    """What a list says of a person."""

    national_id: str = ""
    card_number: str = ""
    full_name: str = ""
    birth_date: date | None = None
    year_only: bool = False


def find(clues: Sequence[Clues], scope: frozenset[int] | None) -> list[list[Member]]:
    """For each the members it can be: none, one when it is sure, several when somebody must decide.

    `scope`: the organisations whose members the importer may know of; None: all.
    """
    by_number = dict(_by_number({c.national_id for c in clues} - {""}, scope))
    by_card = dict(_by_card({c.card_number for c in clues} - {""}, scope))
    found = []
    for clue in clues:
        known = by_number.get(clue.national_id) or by_card.get(clue.card_number)
        found.append([known] if known else [])
    return found


def _by_number(numbers: set[str], scope: frozenset[int] | None) -> Iterator[tuple[str, Member]]:
    for part in chunks(numbers):
        rows = MemberDetail.objects.filter(national_id__in=part, voided_at__isnull=True)
        for row in rows.select_related("member"):
            if _within(row.member, scope):
                yield row.national_id, row.member


def _by_card(numbers: set[str], scope: frozenset[int] | None) -> Iterator[tuple[str, Member]]:
    for part in chunks(numbers):
        rows = MemberCard.objects.filter(number__in=part, voided_at__isnull=True)
        for row in rows.select_related("member"):
            if _within(row.member, scope):
                yield row.number, row.member


def _within(member: Member, scope: frozenset[int] | None) -> bool:
    return scope is None or member.organisation_id is None or member.organisation_id in scope


def _clues(row: Row, prefix: str) -> Clues:
    birth, year_only = row.get(f"{prefix}birth_date") or (None, False)
    return Clues(
        clean_digits(row.get(f"{prefix}national_id", "")),
        clean_digits(row.get(f"{prefix}card_number", "")),
        row.get(f"{prefix}full_name", ""),
        birth,
        year_only,
    )


def fill_codes(rows: Sequence[Row], session: "Session") -> None:
    """Give each person of a list of people a code: the one on record, or the next free one for somebody new.

    A row that is told by something else than our code says so in `row.found`.
    """
    nameless = [row for row in rows if not row.get("code")]
    if not nameless:
        return
    known = find([_clues(row, "") for row in nameless], session.scope())
    number = int(next_code()[2:])
    for row, members in zip(nameless, known, strict=True):
        row.names["code"] = next((n for n in ("national_id", "card_number") if n in row.raw), "full_name")
        if len(members) == 1:
            row.values["code"], row.found = members[0].code, True
        elif members:
            session.refuse(row, "full_name", _several(members))
        else:
            row.values["code"] = f"ĐV{number:06d}"
            number += 1


def fill_members(rows: Sequence[Row], column: Column, session: "Session") -> None:
    """Put the code of the member in the place where other lists have a number, a card or a name."""
    field = column.field
    nameless = [row for row in rows if not row.get(field)]
    clues = [_clues(row, "person.") for row in nameless]
    told = [(row, clue) for row, clue in zip(nameless, clues, strict=True) if clue != Clues()]
    for row, clue in zip(nameless, clues, strict=True):
        if column.required and clue == Clues():
            row.names[field] = next((n for n in _SIGNS if n in row.letters), "")
            session.refuse(row, field, _NOBODY)
    known = find([clue for _, clue in told], session.scope())
    for (row, _), members in zip(told, known, strict=True):
        row.names[field] = next((n for n in _SIGNS if n in row.raw), "")
        if len(members) == 1:
            row.values[field] = members[0].code
        else:
            session.refuse(row, field, _several(members) if members else _NOBODY)


def compare_names(rows: Sequence[Row], field: str, session: "Session") -> None:
    """A code that belongs to somebody of another name is a slip of a line: doubtful."""
    for row in rows:
        member, name = row.get(field), row.get("person.full_name", "")
        if isinstance(member, Member) and name and fold(name) != member.folded_name:
            message = f"Mã {member.code} trong sổ là {member.full_name}, tệp ghi “{name}”. Kiểm tra có lệch dòng không."
            session.add_finding(row, Problem("person.full_name", message, "warning"))


_SIGNS = ("person.national_id", "person.card_number", "person.full_name", "person.birth_date")
_NOBODY = (
    "Không tìm thấy đảng viên này trong phạm vi được giao theo số CCCD hoặc số thẻ. Kiểm tra số, nhập người này "
    "trước, hoặc thêm cột Mã đảng viên."
)


def _several(members: Sequence[Member]) -> str:
    codes = "; ".join(f"{m.code} {m.full_name}" for m in members[:5])
    return f"Có thể là nhiều người: {codes}. Ghi mã đảng viên để chỉ rõ."


def differing_cell(row: Row, members: Mapping[str, Member]) -> str:
    """What to tell of a known person whom the list sees in another cell; "" where both agree or one is silent."""
    member, cell = members.get(row.values["code"]), row.get("organisation")
    if member is None or cell is None or member.organisation_id in (None, cell.pk):
        return ""
    return (
        f"Sổ ghi người này đang sinh hoạt ở nơi khác với “{cell.name}”. "
        "Nếu đã chuyển, ghi việc chuyển ở sổ Biến động."
    )
