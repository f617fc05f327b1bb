"""From the sheets of a user's workbook to rows of values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongket.core.dates import FIRST_YEAR, LAST_YEAR
from tongket.core.text import fold
from tongket.intake.cells import BadCell, Read, is_blank, read, shown
from tongket.intake.columns import Column, Kind, Row, Sheet
from tongket.intake.door.old_fonts import old_font
from tongket.intake.door.page import letter, runs
from tongket.intake.headers import layouts
from tongket.intake.headers.keys import bare
from tongket.intake.headers.recognise import HEADER_ROWS, Heading, Said, columns_of, guess, recognise
from tongket.intake.large.telling import counted
from tongket.intake.rows.findings import Finding, finding_at
from tongket.intake.rows.lines import Line, lines_below
from tongket.intake.workbook import BadWorkbook, Page

__all__ = ["NUMBER_HEADER", "Finding", "NoHeader", "Table", "bare", "finding_at", "letter", "read_tables"]

NUMBER_HEADER = "STT"
SUMMARY = "Kết quả kiểm tra"
_DAYS = ("date", "birth")
_FOUR_YEARS = 1462  # what separates the calendars of Excel that begin in 1900 and in 1904
_OWN_PAGES = frozenset(fold(name) for name in (SUMMARY, "Hướng dẫn", "Danh mục"))


class NoHeader(BadWorkbook):
    """The file can be read, but no sheet has headers that we know: the user may say what they are."""


@dataclass(frozen=True, slots=True)
class Table:
    """What was read of one sheet. `heading` is None when no header row was found."""

    sheet: Sheet
    rows: list[Row]
    findings: list[Finding]
    page: Page
    heading: Heading | None = None


def read_tables(
    kind: Kind, pages: Sequence[Page], said: Mapping[str, Mapping[str, Said]] | None = None
) -> list[Table]:
    """The tables of a workbook of a kind, in the order in which they are to be brought in. Raises `BadWorkbook`.

    `said`: what the user said before about sources with unknown headers, by title of the sheet, then by signature.
    """
    chosen = choose_pages(kind, pages, said or {})
    if not chosen:
        font = old_font(list(pages))
        if font:
            raise BadWorkbook(
                f"Tệp gõ bằng bảng mã cũ {font}. Hãy chuyển sang Unicode (Unikey: Ctrl+Shift+F6) rồi tải lên lại."
            )
        titles = ", ".join(f"“{sheet.title}”" for sheet in kind.sheets)
        failure = NoHeader if any(guess(kind.sheets[0], page) for page in pages) else BadWorkbook
        raise failure(
            f"Không thấy trang tính {titles} trong tệp. Hãy dùng tệp mẫu “{kind.title}” (lệnh ./run templates), "
            "hoặc tải lên rồi ghép từng cột."
        )
    return [_table(sheet, page, (said or {}).get(sheet.title, {})) for sheet, page in chosen]


def choose_pages(
    kind: Kind, pages: Sequence[Page], said: Mapping[str, Mapping[str, Said]]
) -> list[tuple[Sheet, Page]]:
    """Which page holds which sheet: by its name; where no name is ours, by its headers, visible pages first."""
    by_name = {fold(page.name): page for page in pages}
    named = [(sheet, by_name[fold(sheet.title)]) for sheet in kind.sheets if fold(sheet.title) in by_name]
    if named:
        return named
    found: dict[str, tuple[int, Page]] = {}
    for page in sorted(pages, key=lambda p: p.hidden):
        if fold(page.name) in _OWN_PAGES:
            continue
        best = max(
            (
                (len(h.places), -n, s)
                for n, s in enumerate(kind.sheets)
                if (h := recognise(s, page, said.get(s.title)))
            ),
            default=None,
            key=lambda item: item[:2],
        )
        if best is not None and best[0] > found.get(best[2].title, (0, page))[0]:
            found[best[2].title] = best[0], page
    return [(sheet, found[sheet.title][1]) for sheet in kind.sheets if sheet.title in found]


def _table(sheet: Sheet, page: Page, said: Mapping[str, Said]) -> Table:
    heading = recognise(sheet, page, said)
    if heading is None:
        names = ", ".join(f"“{c.header}”" for c in sheet.columns if c.required)
        message = f"Không thấy hàng tiêu đề trong {HEADER_ROWS} hàng đầu. Cần có các cột: {names}."
        return Table(sheet, [], [Finding(page.name, "", "", "", message)], page)
    told = said.get(heading.signature)
    reading = _Reading(sheet, page, heading, dict(told.values) if told else {})
    return Table(sheet, list(reading.rows()), reading.findings, page, heading)


def may_lack(column: Column, present: Iterable[str]) -> bool:
    """A person's code may be missing where something else tells who it is."""
    names = set(present)
    if column.field == "code" and column.type == "text" and "full_name" in names:
        return True
    told = (
        names & {"person.national_id", "person.card_number"}
        or {"person.full_name", "person.birth_date"} <= names
    )
    return column.type == "member" and bool(told)


class _Reading:
    """One sheet being read under its heading."""

    def __init__(self, sheet: Sheet, page: Page, heading: Heading, given: Mapping[str, str]) -> None:
        self.sheet, self.page, self.heading = sheet, page, heading
        self.columns = columns_of(sheet)
        self.letters = {name: letter(place) for name, place in heading.places.items()}
        # By column: texts about which something was to be said, and the values of the others.
        self.known: dict[str, dict[str, Read]] = {name: {} for name in heading.places}
        self.plain: dict[str, dict[str, Any]] = {name: {} for name in heading.places}
        self.placed = {place: (name, self.plain[name]) for name, place in heading.places.items()}
        self.findings: list[Finding] = []
        self.given = self._given(given)
        present = {*heading.places, *self.given}
        self.foreign = sheet.title == "Đảng viên" and layouts.has_own_columns(present)
        self.required = [c for c in sheet.columns if c.required and not may_lack(c, present)]
        self.findings += [
            Finding(page.name, "", c.header, "", f"Thiếu cột bắt buộc “{c.header}”. Hãy thêm cột này.")
            for c in self.required
            if c.field not in present
        ]
        # Without a required column no row can be judged: each would only say so again.
        self.whole = all(c.field in present for c in self.required)
        self.findings += self._about_columns()

    def _given(self, given: Mapping[str, str]) -> dict[str, Any]:
        """The values that the user said once for every row."""
        values = {}
        for name, text in given.items():
            if name in self.columns and name not in self.heading.places and not is_blank(text):
                try:
                    values[name] = read(self.columns[name], text).value
                except BadCell as error:
                    header = self.columns[name].header
                    self.findings.append(Finding(self.page.name, "", header, text, f"Giá trị chung: {error}"))
        return values

    def _about_columns(self) -> Iterator[Finding]:
        """Columns that are not read but hold something are not passed over in silence."""
        head = self.heading
        for place, label in sorted(head.labels.items()):
            where = f"{letter(place)}{head.row + 1}"
            if place in head.unknown and self._holds_something(place):
                yield Finding(
                    self.page.name,
                    where,
                    label,
                    label,
                    f"Cột “{label}” không có trong mẫu “{self.sheet.title}” (hoặc trùng tên) nên không được nhập.",
                    "warning",
                )
            elif place in head.notices and self._holds_something(place):
                yield Finding(self.page.name, where, label, label, head.notices[place], "notice")

    def _holds_something(self, place: int) -> bool:
        below = self.page.rows[self.heading.last + 1 :]
        return any(
            place < len(cells) and cells[place] != "" and not is_blank(cells[place]) for cells in below
        )

    def rows(self) -> Iterator[Row]:
        """The rows that say something, each read."""
        hidden: set[int] = set()
        lines = lines_below(self.page, self.heading, list(self.placed))
        for line in counted("rows", lines, len(self.page.rows) - self.heading.last - 1):
            if line.skipped:
                self.findings.append(self._skipped(line))
                continue
            row = self._row(line)
            if line.number - 1 in self.page.hidden_rows:
                hidden.add(line.number)
            yield row
        for first, last in runs(frozenset(hidden)):
            which = f"Hàng {first}" if first == last else f"Các hàng {first}–{last}"
            message = f"{which} đang bị ẩn nhưng vẫn được đọc. Bỏ ẩn để soát; hàng không muốn nhập thì xóa."
            self.findings.append(Finding(self.page.name, f"A{first}", "", "", message, "notice"))

    def _skipped(self, line: Line) -> Finding:
        return Finding(self.page.name, f"A{line.number}", "", line.text, line.skipped, "notice")

    def _row(self, line: Line) -> Row:
        cells = line.cells
        values: dict[str, Any] = {}
        raw: dict[str, Any] = {}
        row = Row(self.page.name, line.number, values, raw, self.letters, sound=self.whole)
        for place in line.filled:
            name, texts = self.placed[place]
            value = raw[name] = cells[place]
            # A text read before in the same column (a code, a body, a day) is not read again.
            if type(value) is str and (before := texts.get(value)) is not None:
                values[name] = before
            else:
                self._read(row, self.columns[name], value)
        for name, value in self.given.items():
            row.values.setdefault(name, value)
        for column in self.required:
            if column.field not in row.raw and column.field in row.letters:
                row.sound = False
                self.findings.append(finding_at(row, column, f"Chưa có “{column.header}”. Hãy nhập."))
        self._of_other_systems(row)
        for place in line.spread:
            self._spread(row, place)
        return row

    def _read(self, row: Row, column: Column, value: Any) -> None:
        """Read a cell; what was said of a text is said again where it stands again."""
        if self.page.epoch_1904 and column.type in _DAYS and type(value) in (int, float):
            # A year typed as a number is a year in either calendar, not a day of 1909.
            value += 0 if FIRST_YEAR <= value <= LAST_YEAR else _FOUR_YEARS
        known = self.known[column.field] if isinstance(value, str) else {}
        found = known.get(value)
        if found is None:
            try:
                found = read(column, value)
            except BadCell as error:
                row.sound = False
                self.findings.append(finding_at(row, column, str(error), fix=error.fix))
                return
            if found.doubt:
                known[value] = found
            elif isinstance(value, str):
                self.plain[column.field][value] = found.value
        row.values[column.field] = found.value
        if found.doubt:
            row.doubtful = row.doubtful or found.severity == "warning"
            self.findings.append(finding_at(row, column, found.doubt, found.severity, found.fix))

    def _of_other_systems(self, row: Row) -> None:
        if self.sheet.title == "Đảng viên":
            layouts.plain_names(row)
        if not self.foreign:
            return
        layouts.join_parts(row)
        aside = layouts.set_aside(row)
        if aside:
            self.findings.append(finding_at(row, self.columns["status"], aside, "notice"))
        out = layouts.left_out(row)
        if out is not None:
            row.sound = False
            self.findings.append(finding_at(row, self.columns[out[0]], out[1], "warning"))

    def _spread(self, row: Row, place: int) -> None:
        name = next((n for n, p in self.heading.places.items() if p == place), None)
        if name is not None:
            message = f"Ô gộp nhiều dòng: “{shown(row.raw.get(name))}” được đọc cho từng dòng."
            self.findings.append(finding_at(row, self.columns[name], message, "notice"))
