"""The register in the layout of our own template for members, to take into another Tổng kết or to correct and import.

Headings are those of the import's template (a test holds the two together), so that an untouched file reads back as
what is on record. Whoever came onto the register by an event (an admission, a move) has no day of entry here: events
travel by the template of events.
"""

from collections.abc import Iterable
from typing import Any

from tongket.members.exporting.people import Known
from tongket.members.fields import BY_NAME, LISTS
from tongket.members.layouts import Kind, LayoutColumn
from tongket.members.queries import field_label
from tongket.ui.sheets import Column, list_workbook

#: What the import calls its sheet.
SHEET = "Đảng viên"
_WIDE = {"full_name", "birthplace", "home_town", "occupation", "workplace", "position"}


def _profile() -> Iterable[LayoutColumn]:
    for name in BY_NAME:
        if name == "birth_year_only":
            continue  # said by the birth date, which then is a year
        label = field_label(name)
        wide = name in _WIDE or name.endswith(("address", "address_new"))
        kind: Kind = "date" if name == "birth_date" else "text"
        yield LayoutColumn(label[0].upper() + label[1:], name, kind=kind, width=30 if wide else 16)


OWN: tuple[LayoutColumn, ...] = (
    LayoutColumn("Mã đảng viên", "code"),
    *_profile(),
    LayoutColumn("Chi bộ", "organisation"),
    LayoutColumn("Ngày vào sổ", "entered_on", kind="date", width=12),
    LayoutColumn("Ngày quyết định kết nạp", "first_admitted_on", kind="date", width=12),
    LayoutColumn("Ngày chính thức", "official_on", kind="date", width=12),
    LayoutColumn("Số thẻ đảng viên", "card_number"),
    LayoutColumn("Ngày cấp thẻ", "card_issued_on", kind="date", width=12),
)


def own_workbook(people: Iterable[Known], *, title: str, chosen: str) -> bytes:
    """The list of these people; the sheet bears the import's name for it, the heading says what was chosen."""
    columns = [Column(one.header, one.width, "date" if one.kind == "date" else "text") for one in OWN]
    said = "; ".join(part for part in (title, chosen) if part)
    rows = []
    for known in people:
        values = own_values(known)
        rows.append([values.get(one.field) for one in OWN])
    return list_workbook(SHEET, said, columns, rows)


def own_values(known: Known) -> dict[str, Any]:
    """What stands in the cells of a person, by field."""
    said: dict[str, Any] = {"code": known.member.code, "full_name": known.member.full_name}
    detail = known.detail
    if detail is not None:
        for name in BY_NAME:
            value = getattr(detail, name)
            if name in LISTS and value:
                value = LISTS[name].label(value)
            elif name == "birth_date" and value and detail.birth_year_only:
                value = str(value.year)
            said[name] = value
    entry = known.entry
    if entry is not None:
        said |= {
            "organisation": entry.organisation.code,
            "entered_on": entry.on,
            "first_admitted_on": entry.first_admitted_on,
            "official_on": entry.official_on,
            "card_number": known.member.card_number,
            "card_issued_on": known.card.issued_on if known.card is not None else None,
        }
    return said
