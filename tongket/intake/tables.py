"""From the sheets of a user's workbook to rows of values: headers are found by name, wherever they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongket.core.problems import Severity
from tongket.core.text import fold
from tongket.intake.cells import BadCell, Read, is_blank, read, shown
from tongket.intake.columns import Column, Kind, Row, Sheet
from tongket.intake.workbook import BadWorkbook, Page

HEADER_ROWS = 12
NUMBER_HEADER = "STT"
_EXAMPLE = frozenset({"vd", "vi du", "mau"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or doubtful in a workbook, with its place: `cell` like 'B7', "" for the sheet as a whole."""

    sheet: str
    cell: str
    header: str
    value: str
    message: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Table:
    """What was read of one sheet."""

    sheet: Sheet
    rows: list[Row]
    findings: list[Finding]


def bare(header: Any) -> str:
    """A header as compared: without diacritics, case, stars and what stands in brackets after it."""
    text = fold(shown(header)).replace("*", " ")
    return " ".join(text.split("(")[0].split())


def letter(place: int) -> str:
    """The name of a column: A for 0, AA for 26."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_tables(kind: Kind, pages: Sequence[Page]) -> list[Table]:
    """The tables of a workbook of a kind, in the order in which they are to be brought in. Raises `BadWorkbook`."""
    by_name = {fold(page.name): page for page in pages}
    tables = []
    for sheet in kind.sheets:
        page = by_name.get(fold(sheet.title))
        if page is None and len(kind.sheets) == 1:
            page = next((p for p in pages if _header(sheet, p)), None)
        if page is not None:
            tables.append(_table(sheet, page))
    if not tables:
        titles = ", ".join(f"“{sheet.title}”" for sheet in kind.sheets)
        raise BadWorkbook(
            f"Không thấy trang tính {titles} trong tệp. Hãy dùng tệp mẫu “{kind.title}” (lệnh ./run templates)."
        )
    return tables


def _header(sheet: Sheet, page: Page) -> tuple[int, dict[str, int]] | None:
    """The row that names most of the sheet's columns, and where each stands; None when no row names two."""
    wanted = {bare(column.header): column.field for column in sheet.columns}
    best: tuple[int, dict[str, int]] | None = None
    for number, cells in enumerate(page.rows[:HEADER_ROWS]):
        places: dict[str, int] = {}
        for place, value in enumerate(cells):
            name = wanted.get(bare(value)) if isinstance(value, str) and value else None
            if name is not None:
                places.setdefault(name, place)
        if len(places) >= min(2, len(wanted)) and (best is None or len(places) > len(best[1])):
            best = number, places
    return best


def _table(sheet: Sheet, page: Page) -> Table:
    header = _header(sheet, page)
    if header is None:
        names = ", ".join(f"“{c.header}”" for c in sheet.columns if c.required)
        message = f"Không thấy hàng tiêu đề trong {HEADER_ROWS} hàng đầu. Cần có các cột: {names}."
        return Table(sheet, [], [Finding(page.name, "", "", "", message)])
    number, places = header
    findings = [
        Finding(page.name, "", column.header, "", f"Thiếu cột bắt buộc “{column.header}”. Hãy thêm cột này.")
        for column in sheet.columns
        if column.required and column.field not in places
    ]
    findings += _unknown(sheet, page, number, places)
    rows = list(_rows(sheet, page, number, places, findings))
    return Table(sheet, rows, findings)


def _unknown(sheet: Sheet, page: Page, number: int, places: Mapping[str, int]) -> Iterator[Finding]:
    """Columns that the template does not have but that hold something are not passed over in silence."""
    known = set(places.values())
    for place, value in enumerate(page.rows[number]):
        if place in known or is_blank(value) or bare(value) in {bare(NUMBER_HEADER), "tt"}:
            continue
        if any(place < len(cells) and not is_blank(cells[place]) for cells in page.rows[number + 1 :]):
            yield Finding(
                page.name,
                f"{letter(place)}{number + 1}",
                shown(value),
                shown(value),
                f"Cột “{shown(value)}” không có trong mẫu “{sheet.title}” (hoặc trùng tên) nên không được nhập.",
                "warning",
            )


def _rows(
    sheet: Sheet, page: Page, header: int, places: Mapping[str, int], findings: list[Finding]
) -> Iterator[Row]:
    letters = {name: letter(place) for name, place in places.items()}
    columns = [(column, places[column.field]) for column in sheet.columns if column.field in places]
    known: dict[tuple[str, str], Read] = {}
    marks = {bare(NUMBER_HEADER), "tt"}
    numbering = next(
        (i for i, v in enumerate(page.rows[header]) if isinstance(v, str) and bare(v) in marks), None
    )
    for number, cells in enumerate(page.rows[header + 1 :], start=header + 2):
        filled = [
            (c, cells[place]) for c, place in columns if place < len(cells) and not is_blank(cells[place])
        ]
        if not filled or _is_example(cells, numbering):
            continue
        row = Row(page.name, number, {}, {c.field: value for c, value in filled}, letters)
        _read_row(sheet, row, filled, findings, known)
        yield row


def _is_example(cells: Sequence[Any], numbering: int | None) -> bool:
    return (
        numbering is not None
        and numbering < len(cells)
        and fold(shown(cells[numbering])).strip(".: ") in _EXAMPLE
    )


def _read_row(
    sheet: Sheet,
    row: Row,
    filled: Sequence[tuple[Column, Any]],
    findings: list[Finding],
    known: dict[tuple[str, str], Read],
) -> None:
    for column, value in filled:
        try:
            found = _read(column, value, known)
        except BadCell as error:
            row.sound = False
            findings.append(finding_at(row, column, str(error)))
            continue
        row.values[column.field] = found.value
        if found.doubt:
            findings.append(finding_at(row, column, found.doubt, found.severity))
    for column in sheet.columns:
        if column.required and column.field not in row.raw and column.field in row.letters:
            row.sound = False
            findings.append(finding_at(row, column, f"Chưa có “{column.header}”. Hãy nhập."))


def _read(column: Column, value: Any, known: dict[tuple[str, str], Read]) -> Read:
    """Read a cell; a text read before in the same column (a code, a body) is not read again."""
    if not isinstance(value, str):
        return read(column, value)
    found = known.get((column.field, value))
    if found is None:
        found = known[column.field, value] = read(column, value)
    return found


def finding_at(row: Row, column: Column | None, message: str, severity: Severity = "error") -> Finding:
    """A finding at a row's cell; with no column, about the row as a whole."""
    name = column.field if column else ""
    return Finding(
        row.sheet,
        row.cell(name),
        column.header if column else "",
        shown(row.raw.get(name)) if column else "",
        message,
        severity,
    )
