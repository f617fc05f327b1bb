"""What the door gives: sheets as rows of plain values, and beside them what a reader of the sheet would see."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MAX_FILE = 25 * 1024 * 1024
MAX_ROW, MAX_COLUMN = 200_000, 500
#: Values in one workbook, blanks before the last value of a row included: what a list in memory may hold.
MAX_CELLS = 8_000_000

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""


class BadWorkbook(ValueError):
    """The file cannot be read as a workbook; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet as it stands: rows of cell values from A1 on; a cell with a formula error is an `ErrorCell`.

    `hidden_rows` counts from 0. `epoch_1904`: numbers that stand for days count from 1904.
    """

    name: str
    rows: list[list[Any]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = field(default=())
    epoch_1904: bool = False


def letter(place: int) -> str:
    """The name of a column: A for 0, AA for 26."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - 64
    return number - 1


def too_far(address: str) -> BadWorkbook:
    """The refusal of a cell that would make the table immense."""
    return BadWorkbook(
        f"Có ô {address} nằm quá xa (nhiều nhất {MAX_ROW} dòng, {MAX_COLUMN} cột). "
        "Hãy xóa các ô thừa rồi lưu lại."
    )


def runs(numbers: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Numbers as runs: {3, 4, 5, 9} as (3, 5), (9, 9)."""
    start = last = None
    for number in sorted(numbers):
        if start is None or last is None or number != last + 1:
            if start is not None and last is not None:
                yield start, last
            start = number
        last = number
    if start is not None and last is not None:
        yield start, last
