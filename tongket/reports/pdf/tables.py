"""Word tables as Typst tables: widths, spans, borders, shading, repeated heading rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from tongket.reports.pdf.markup import pt
from tongket.reports.pdf.styles import Styles, is_on, points

_SIDES = {"top": "top", "left": "left", "start": "left", "bottom": "bottom", "right": "right", "end": "right"}
_INSET = 5.4  # Word's own margin at the sides of a cell, in points


@dataclass(slots=True)
class Cell:
    """A cell with its place; `rows` grows while the cells below continue it."""

    element: Any
    row: int
    column: int
    columns: int
    rows: int = 1


@dataclass(slots=True)
class Grid:
    """The cells of a table in rows."""

    rows: list[list[Cell]] = field(default_factory=list)
    above: dict[int, Cell] = field(default_factory=dict)


def table(element: Any, styles: Styles, inside: Callable[[Any], str], gap: float) -> str:
    """Markup of a w:tbl; `inside` sets the content of a cell. Empty for a table without cells."""
    properties = element.find(qn("w:tblPr"))
    widths = [
        points(column.get(qn("w:w"))) for column in element.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    ]
    rows = list(element.iterfind(qn("w:tr")))
    grid = _grid(rows)
    count = max((cell.column + cell.columns for row in grid.rows for cell in row), default=0)
    if not count:
        return ""
    widths = (widths + [0.0] * count)[:count]
    borders = _borders(properties, styles)
    inset = _inset(properties, styles)
    headings = 0
    while headings < len(rows) and is_on(_row_property(rows[headings], "w:tblHeader")):
        headings += 1
    cells = ["".join(_cell(cell, len(rows), count, borders, inside) for cell in row) for row in grid.rows]
    head = "".join(cells[:headings]) if headings < len(rows) else ""
    body = "".join(cells[headings:] if head else cells)
    columns = ", ".join(pt(w) if w else "auto" for w in widths)
    align = {"center": "center", "right": "right", "end": "right"}.get(_value(properties, "w:jc"), "left")
    header = f"table.header(repeat: true, {head})," if head else ""
    return (
        f"#block(above: {pt(gap)}, below: 0pt, width: 100%)[#align({align})["
        f"#table(columns: ({columns},), stroke: none, inset: {inset}, {header}{body})]]\n"
    )


def _grid(rows: list[Any]) -> Grid:
    grid = Grid()
    for number, row in enumerate(rows):
        column = 0
        line: list[Cell] = []
        for element in row.iter(qn("w:tc")):
            if next(element.iterancestors(qn("w:tr"))) is not row:
                continue
            properties = element.find(qn("w:tcPr"))
            span = int(_value(properties, "w:gridSpan") or 1)
            merge = None if properties is None else properties.find(qn("w:vMerge"))
            above = grid.above.get(column)
            if merge is not None and merge.get(qn("w:val")) != "restart" and above is not None:
                above.rows += 1
            else:
                cell = Cell(element, number, column, span)
                line.append(cell)
                grid.above[column] = cell
            column += span
        grid.rows.append(line)
    return grid


def _cell(
    cell: Cell, rows: int, columns: int, borders: dict[str, float], inside: Callable[[Any], str]
) -> str:
    properties = cell.element.find(qn("w:tcPr"))
    options = ["breakable: false", f"stroke: ({_stroke(cell, rows, columns, borders, properties)})"]
    if cell.columns > 1:
        options.append(f"colspan: {cell.columns}")
    if cell.rows > 1:
        options.append(f"rowspan: {cell.rows}")
    shade = None if properties is None else properties.find(qn("w:shd"))
    fill = "" if shade is None else shade.get(qn("w:fill")) or ""
    if len(fill) == 6:
        options.append(f'fill: rgb("{fill}")')
    vertical = {"center": "horizon", "bottom": "bottom"}.get(_value(properties, "w:vAlign"), "top")
    options.append(f"align: left + {vertical}")
    return f"table.cell({', '.join(options)})[{inside(cell.element)}],\n"


def _stroke(cell: Cell, rows: int, columns: int, borders: dict[str, float], properties: Any) -> str:
    edges = {
        "top": borders["top"] if cell.row == 0 else borders["insideH"],
        "bottom": borders["bottom"] if cell.row + cell.rows == rows else borders["insideH"],
        "left": borders["left"] if cell.column == 0 else borders["insideV"],
        "right": borders["right"] if cell.column + cell.columns == columns else borders["insideV"],
    }
    own = None if properties is None else properties.find(qn("w:tcBorders"))
    if own is not None:
        for side in own:
            name = _SIDES.get(side.tag.rpartition("}")[2])
            if name:
                edges[name] = _width(side)
    return ", ".join(f"{side}: {pt(width) if width else 'none'}" for side, width in edges.items())


def _width(side: Any) -> float:
    if side.get(qn("w:val")) in (None, "nil", "none"):
        return 0.0
    return max(float(side.get(qn("w:sz")) or 4) / 8, 0.25)


def _borders(properties: Any, styles: Styles) -> dict[str, float]:
    found = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), 0.0)
    for source in (
        *(s.find(qn("w:tblPr")) for s in styles.chain(_value(properties, "w:tblStyle"))),
        properties,
    ):
        borders = None if source is None else source.find(qn("w:tblBorders"))
        for side in () if borders is None else borders:
            name = side.tag.rpartition("}")[2]
            found[_SIDES.get(name, name)] = _width(side)
    return found


def _inset(properties: Any, styles: Styles) -> str:
    found = {"left": _INSET, "right": _INSET, "top": 0.0, "bottom": 0.0}
    for source in (
        *(s.find(qn("w:tblPr")) for s in styles.chain(_value(properties, "w:tblStyle"))),
        properties,
    ):
        margins = None if source is None else source.find(qn("w:tblCellMar"))
        for side in () if margins is None else margins:
            name = _SIDES.get(side.tag.rpartition("}")[2])
            if name:
                found[name] = points(side.get(qn("w:w")))
    return "(" + ", ".join(f"{side}: {pt(width)}" for side, width in found.items()) + ")"


def _row_property(row: Any, name: str) -> Any:
    properties = row.find(qn("w:trPr"))
    return None if properties is None else properties.find(qn(name))


def _value(properties: Any, name: str) -> str:
    found = None if properties is None else properties.find(qn(name))
    return "" if found is None else found.get(qn("w:val")) or ""
