"""The tables that a page shows, as an Excel workbook: for pages that have no list of their own to export.

What leaves is what stands on the page, so it is what the reader may see. Lists that come page by page have their own
export of all rows (`lists`); this one is for tables that are whole on their page. ``?xuat=bang`` asks for it.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tongket.core.numbers import BadNumber, parse_number
from tongket.ui.sheets import WORKBOOK_TYPE, Column, Part, file_name, lists_workbook

EXPORT, TABLES = "xuat", "bang"
_SPACE = re.compile(r"\s+")
#: What is on the page for its own use and no part of what a table says.
_SILENT = frozenset({"script", "style", "svg", "button"})
#: Kinds of a field that say nothing to a reader, or nothing that a cell can hold.
_MUTE = frozenset({"hidden", "submit", "button", "file", "password", "radio", "reset", "image"})
_VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_WIDEST = 60


@dataclass(slots=True)
class _Cell:
    text: str = ""
    is_number: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class _Table:
    title: str
    heads: list[list[_Cell]] = field(default_factory=list)
    rows: list[list[_Cell]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Title, what it says below the title, and the tables of a page, with the heading that stands before each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title, self.lead = "", ""
        self.tables: list[_Table] = []
        self._heading = ""
        self._catching: list[str] | None = None  # the texts of the heading or cell that is open
        self._closes = ""
        self._open: list[tuple[str, bool]] = []  # elements, and whether each silences what it holds
        self._table: _Table | None = None
        self._in_head = False
        self._row: list[_Cell] = []
        self._cell: _Cell | None = None
        self._in_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        if tag in _VOID:
            self.handle_data(_filled_in(tag, given))
            return
        silent = tag in _SILENT or "hidden" in given or bool(classes & {"no-print", "visually-hidden"})
        silent = silent or (tag == "option" and "selected" not in given)
        self._open.append((tag, silent))
        self._in_main = self._in_main or tag == "main"
        if not self._in_main or self._silenced:
            return
        if tag == "table":
            self._table = _Table(self._heading or self.title)
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._row = []
        elif tag in ("td", "th") and self._table is not None:
            self._cell = _Cell(
                is_number="num" in classes,
                columns=_span(given.get("colspan", "")),
                rows=_span(given.get("rowspan", "")),
            )
            self._catch(tag)
        elif tag in ("h1", "h2", "h3", "summary") and self._cell is None:
            self._catch(tag)
        elif tag == "p" and "lead-text" in classes:
            self._catch("p")
        elif "above" in classes or tag in ("li", "p", "div"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not any(name == tag for name, _silent in self._open):
            return
        while self._open:
            name, _silent = self._open.pop()
            self._close(name)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._catching is not None and not self._silenced:
            self._catching.append(data)

    @property
    def _silenced(self) -> bool:
        return any(silent for _tag, silent in self._open)

    def _catch(self, tag: str) -> None:
        self._catching, self._closes = [], tag

    def _caught(self) -> str:
        text = _SPACE.sub(" ", "".join(self._catching or [])).strip()
        self._catching, self._closes = None, ""
        return text

    def _close(self, tag: str) -> None:
        if tag == self._closes and self._catching is not None:
            self._finish(tag, self._caught())
        elif tag == "tr" and self._table is not None and self._row:
            (self._table.heads if self._in_head else self._table.rows).append(self._row)
            self._row = []
        elif tag == "thead":
            self._in_head = False
        elif tag == "table" and self._table is not None:
            if self._table.rows:
                self.tables.append(self._table)
            self._table = None
        elif tag == "main":
            self._in_main = False

    def _finish(self, tag: str, text: str) -> None:
        if self._cell is not None and tag in ("td", "th"):
            self._cell.text = text
            self._row.append(self._cell)
            self._cell = None
        elif tag == "h1":
            self.title = text
        elif tag == "p":
            self.lead = self.lead or text
        else:
            self._heading = text


def _filled_in(tag: str, given: dict[str, str]) -> str:
    """What an empty element says: of a field what is filled in, so that a table for entering leaves as it stands."""
    kind = given.get("type", "text")
    if tag == "input" and kind == "checkbox":
        return " x " if "checked" in given else ""
    if tag == "input" and kind not in _MUTE and "hidden" not in given:
        return f" {given.get('value', '')} "
    return " " if tag == "br" else ""


def _span(text: str) -> int:
    return min(int(text), 200) if text.isdecimal() and int(text) else 1


def tables_of_page(answer: HttpResponse) -> HttpResponse | None:
    """The workbook of the tables of a page; None for an answer that is no page or has no table with a row."""
    if answer.status_code != 200 or answer.streaming:
        return None
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return None
    title, content = tables_workbook(answer.content.decode(answer.charset or "utf-8"))
    if not content:
        return None
    headers = {"Content-Disposition": f'attachment; filename="{file_name(title)}"'}
    return HttpResponse(content, content_type=WORKBOOK_TYPE, headers=headers)


def tables_workbook(page: str) -> tuple[str, bytes]:
    """(the page's title, a workbook with a sheet a table); no bytes where the page has none."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    title = reader.title or _("Bảng")
    parts = [_part(title, reader.lead, table) for table in reader.tables]
    return title, lists_workbook(title, parts) if parts else b""


def _part(title: str, lead: str, table: _Table) -> Part:
    heads, rows = _grid(table.heads, spread=True), _grid(table.rows)
    width = max(len(row) for row in [*heads, *rows])
    headings = [" · ".join(_said(heads, place)) for place in range(width)]
    lines = [[_value(row[place]) if place < len(row) else None for place in range(width)] for row in rows]
    columns = [_column(headings[place], [line[place] for line in lines]) for place in range(width)]
    name = table.title if table.title else title
    said = "; ".join(text for text in (title if name != title else "", lead) if text)
    return Part(name, said, columns, lines)


def _said(heads: list[list[_Cell | None]], place: int) -> list[str]:
    """The headings above a column, each once."""
    texts = [row[place].text for row in heads if place < len(row) and row[place] is not None]  # type: ignore[union-attr]
    return list(dict.fromkeys(text for text in texts if text))


def _grid(rows: list[list[_Cell]], *, spread: bool = False) -> list[list[_Cell | None]]:
    """Rows with a place for every column. A cell over several of them is said once, or (`spread`) in each column."""
    made: list[list[_Cell | None]] = []
    taken: dict[int, int] = {}  # column -> rows still covered by a cell above
    for cells in rows:
        line: list[_Cell | None] = []
        left = list(cells)
        while left or taken.get(len(line), 0):
            place = len(line)
            if taken.get(place, 0):
                taken[place] -= 1
                line.append(None)
                continue
            cell = left.pop(0)
            for step in range(cell.columns):
                line.append(cell if step == 0 or spread else None)
                taken[place + step] = cell.rows - 1
        made.append(line)
    return made


def _value(cell: _Cell | None) -> Any:
    """A number where the page sets a number, in the page's language; else the text."""
    if cell is None or not cell.text:
        return None
    if cell.is_number and not cell.text.endswith("%"):
        try:
            return parse_number(cell.text, get_language() or "vi")
        except BadNumber:
            return cell.text
    return cell.text


def _column(heading: str, values: list[Any]) -> Column:
    texts = [str(value) for value in (heading, *values) if value is not None]
    width = min(max((len(text) for text in texts), default=8) + 2, _WIDEST)
    numeric = any(not isinstance(value, str) for value in values if value is not None)
    return Column(heading, max(width, 8), "number" if numeric else "text")
