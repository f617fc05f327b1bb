"""What is found in a workbook, with its place, its weight and what could be written instead."""

from dataclasses import dataclass
from typing import Any, Literal

from tongket.intake.cells import shown
from tongket.intake.columns import Column, Row

#: An error refuses the file; a warning makes its row doubtful; a notice says what we did with something unusual.
Weight = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, doubtful or unusual, with its place: `cell` like 'B7', "" for the sheet as a whole.

    `fix`: what could stand in the cell instead; "" where nobody but the user can know.
    """

    sheet: str
    cell: str
    header: str
    value: str
    message: str
    severity: Weight = "error"
    fix: str = ""


def finding_at(
    row: Row, column: Column | None, message: str, severity: Weight = "error", fix: str = ""
) -> Finding:
    """A finding at a row's cell; with no column, about the row as a whole."""
    name = column.field if column else ""
    return Finding(
        row.sheet,
        row.cell(name),
        column.header if column else "",
        _shown(row, name) if column else "",
        message,
        severity,
        fix,
    )


def _shown(row: Row, name: str) -> str:
    value: Any = row.raw.get(name)
    return shown(value)
