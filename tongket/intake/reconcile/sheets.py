"""A comparison as workbooks: what is to be mended on the other system, all lines, and new people to be rehearsed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tongket.core.dates import format_date
from tongket.intake.columns import Column as Field
from tongket.intake.reconcile import fields
from tongket.intake.reconcile.models import CHOICE, KIND, Difference, Reconciliation
from tongket.intake.reconcile.theirs import KIND as MEMBERS
from tongket.ui.sheets import Column, Part, list_workbook, lists_workbook

HIDDEN = "(mục ẩn)"
REQUESTS = "Đề nghị sửa trên hệ thống"

_PERSON = (Column("Mã đảng viên", 14), Column("Họ và tên", 26), Column("Chi bộ", 40))
_ASKED = (
    Column("TT", 5, "int"),
    Column("Họ và tên", 24),
    Column("Chi bộ", 38),
    Column("Mục", 20),
    Column("Hệ thống đang ghi", 26),
    Column("Đề nghị sửa thành", 26),
    Column("Dòng", 7),
    Column("Ghi chú", 22),
)


def requests_workbook(made: Reconciliation, lines: Iterable[Difference], *, reveal: bool) -> bytes:
    """What was decided *ours*: to be mended on the other system. Restricted values only with `reveal`."""
    return list_workbook(REQUESTS, _said(made), _ASKED, _asked(lines, reveal))


def _asked(lines: Iterable[Difference], reveal: bool) -> Iterator[list[Any]]:
    for number, line in enumerate(lines, start=1):
        ours, theirs = texts(line, reveal=reveal)
        note = line.batch.note if line.batch is not None else ""
        if line.kind == "ours_only":
            what, theirs, ours = "Bổ sung người này", "chưa có", ours
        elif line.kind == "theirs_only":
            what, ours = "Rà soát, đưa ra khỏi danh sách", "không có trong sổ"
        else:
            what = fields.label(line.field)
        row = line.place.rpartition("!")[2]
        yield [number, *_who(line)[1:], what, theirs or "(để trống)", ours or "(để trống)", row, note]


def _who(line: Difference) -> list[Any]:
    member = line.member
    cell = member.organisation if member is not None else None
    names = dict.fromkeys(o.name for o in (cell, line.branch) if o is not None)
    return [member.code if member else "", line.name, ", ".join(names)]


def texts(line: Difference, *, reveal: bool) -> tuple[str, str]:
    """Our text and theirs as they may be shown."""
    if fields.restricted(line.field) and not reveal:
        return (HIDDEN if line.ours else "", HIDDEN if line.theirs else "")
    return line.ours, line.theirs


def _said(made: Reconciliation) -> str:
    day = format_date(made.made_at.date())
    return f"{made.organisation.name} · {made.source}, tệp {made.file_name}, đối chiếu ngày {day}"


_ALL = (
    *_PERSON,
    Column("Mục", 24),
    Column("Loại", 26),
    Column("Trong sổ", 34),
    Column("Trong bản xuất", 34),
    Column("Ô trong bản xuất", 22),
    Column("Quyết định", 18),
    Column("Ghi chú", 36),
)


def whole_workbook(made: Reconciliation, lines: Sequence[Difference], *, reveal: bool) -> bytes:
    """All lines, a sheet for each list."""
    titles = (
        ("Khác nhau", frozenset(KIND.values) - {"ours_only", "theirs_only", "doubtful"}),
        ("Chỉ có trong sổ", frozenset({"ours_only"})),
        ("Chỉ có trong bản xuất", frozenset({"theirs_only"})),
        ("Chưa chắc là ai", frozenset({"doubtful"})),
    )
    parts = [
        Part(title, _said(made), _ALL, [_full(line, reveal) for line in lines if line.kind in kinds])
        for title, kinds in titles
    ]
    return lists_workbook("Đối chiếu", parts)


def _full(line: Difference, reveal: bool) -> list[Any]:
    ours, theirs = texts(line, reveal=reveal)
    note = "; ".join(line.reasons) or (line.batch.note if line.batch is not None else "")
    choice = CHOICE.label(line.choice) if line.choice else "chưa quyết định"
    return [
        *_who(line),
        fields.label(line.field),
        KIND.label(line.kind),
        ours,
        theirs,
        line.place,
        choice,
        note,
    ]


def newcomers_workbook(lines: Iterable[Difference], entered_on: str) -> bytes:
    """People whom only the export has, as a list of members that the import reads.

    `entered_on`: the day from which they stand on our list, said by the clerk for all; "" to be said later.
    """
    rows = [dict(line.value or {}) for line in lines]
    for row in rows:
        row.pop(fields.STATUS_FIELD, None)
        if entered_on:
            row["entered_on"] = entered_on
    [sheet] = MEMBERS.sheets
    present = {name for row in rows for name, text in row.items() if text}
    columns: list[Field] = [c for c in sheet.columns if c.field in present]
    heads = [Column(c.header, c.width) for c in columns]
    return list_workbook(
        sheet.title, "Từ đối chiếu", heads, [[r.get(c.field, "") for c in columns] for r in rows]
    )
