"""Sheets for checking the register by hand: a page a cell, each person with what is recorded and room to correct it.

They go from hand to hand, so of restricted fields they only say whether one is recorded; the box is for the number that
the member shows. Blank fields are named, so that whoever goes round knows what to ask.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tongket.core import codelists as codes
from tongket.core.dates import format_date
from tongket.members.exporting.people import Known, gap_labels
from tongket.members.fields import RESTRICTED
from tongket.organisations.models import Organisation

#: What is checked, in the order of the columns. A field of the profile unless it is one of `_OTHER`.
CHECKED: tuple[tuple[str, str], ...] = (
    ("birth_date", "Ngày sinh"),
    ("gender", "Giới tính"),
    ("national_id", "Số CCCD"),
    ("card_number", "Số thẻ đảng viên"),
    ("admitted_on", "Ngày kết nạp"),
    ("official_on", "Ngày chính thức"),
    ("home_town", "Quê quán"),
    ("occupation", "Nghề nghiệp"),
    ("schooling", "Học vấn"),
    ("education", "Chuyên môn"),
    ("theory", "Lý luận chính trị"),
)
_CODES = {
    "gender": codes.GENDER,
    "occupation": codes.OCCUPATION,
    "schooling": codes.SCHOOLING,
    "education": codes.EDUCATION,
    "theory": codes.THEORY,
}
RECORDED = "đã ghi"
NOT_YET = "–"  # what somebody on probation has none of, so that nobody asks for it


@dataclass(frozen=True, slots=True)
class PersonToCheck:
    """One person: what is recorded in each column ("" for a blank), and which required fields are blank."""

    known: Known
    cells: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellSheet:
    """The page of one cell, its people in Vietnamese name order."""

    organisation: Organisation | None
    name: str
    people: tuple[PersonToCheck, ...]

    @property
    def incomplete(self) -> int:
        """How many have a gap, in the columns or in the rest of what is asked for."""
        return sum(bool(one.gaps) or "" in one.cells for one in self.people)


def check_sheets(people: Iterable[Known]) -> list[CellSheet]:
    """A page for each cell of these people, in the office's order of cells."""
    by_cell: dict[int, list[Known]] = {}
    for known in people:
        by_cell.setdefault(known.organisation.pk if known.organisation else 0, []).append(known)
    sheets = [_sheet(group) for group in by_cell.values()]
    return sorted(sheets, key=_order)


def _order(sheet: CellSheet) -> tuple[Any, ...]:
    cell = sheet.organisation
    if cell is None:
        return (1, 0, "", 0, "")
    above = cell.parent
    place = (above.position, above.code) if above is not None else (0, "")
    return (0, *place, cell.position, cell.code)


def _sheet(group: list[Known]) -> CellSheet:
    ordered = sorted(group, key=lambda known: (known.member.sort_key, known.member.code))
    first = ordered[0]
    people = tuple(PersonToCheck(one, cells_of(one), tuple(gap_labels(one))) for one in ordered)
    return CellSheet(first.organisation, first.cell_name or "Chưa ghi chi bộ", people)


def cells_of(known: Known) -> tuple[str, ...]:
    """What stands in each column of a person; of a restricted field only that it is recorded."""
    return tuple(_cell(known, name) for name, _head in CHECKED)


def _cell(known: Known, name: str) -> str:
    not_yet = NOT_YET if known.member.standing == "probationary" else ""
    if name == "card_number":
        return str(known.member.card_number) or not_yet
    if name in ("admitted_on", "official_on"):
        day = getattr(known.spell, name, None)
        return format_date(day) if day is not None else not_yet if name == "official_on" else ""
    value: Any = getattr(known.detail, name, None)
    if value in (None, ""):
        return ""
    if name in RESTRICTED:
        return RECORDED
    if name == "birth_date":
        return str(value.year) if known.detail and known.detail.birth_year_only else format_date(value)
    return _CODES[name].label(value) if name in _CODES else str(value)
