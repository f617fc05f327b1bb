"""The lines below a header as a reader sees them: merged cells spread, groups, sums and repeats left aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from tongket.core.text import fold, tidy
from tongket.intake.cells import is_blank, shown
from tongket.intake.door.page import Page
from tongket.intake.headers.keys import bare
from tongket.intake.headers.recognise import Heading

_EXAMPLE = frozenset({"vd", "vi du", "mau"})
_SUM = re.compile(r"(tong cong|tong so|tong|cong)\b[ :.]*\d*")
_SUM_WORDS = frozenset({"tổng", "tong", "cộng", "cong"})
_ORDER = re.compile(r"\(?(\d{1,3}|[a-z])\)?(\s*[=+-]\s*\(?\w+\)?)*")
_GROUP_WIDTH = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet, numbered from 1; `filled`: the places asked for that hold something.

    `skipped`: why it is no row; `spread`: places filled from a merged cell.
    """

    number: int
    cells: Sequence[Any]
    filled: Sequence[int]
    skipped: str = ""
    text: str = ""
    spread: tuple[int, ...] = ()


def lines_below(page: Page, heading: Heading, places: Sequence[int]) -> Iterator[Line]:
    """The lines that hold something in one of `places`; blank ones, examples and column numbers are passed over."""
    tall, wide = _merged(page, heading, set(places))
    for index in range(heading.last + 1, len(page.rows)):
        cells = page.rows[index]
        spread: tuple[int, ...] = ()
        if index in tall:
            cells, spread = _filled(cells, tall[index])
        width = len(cells)
        # Most cells of a wide list are empty texts: they need no closer look.
        filled = [
            p
            for p in places
            if p < width
            and (v := cells[p]) != ""
            and ((type(v) is str and v[0].isalnum()) or not is_blank(v))
        ]
        if (
            not filled
            or (spread and set(filled) <= set(spread))
            or _is_example(cells, heading.numbering)
            or _is_repeated(cells, heading)
            or (index == heading.last + 1 and _is_numbering(cells))
        ):
            continue
        why = _not_a_row(cells, index, wide)
        if why:
            yield Line(index + 1, cells, filled, why, next(shown(v) for v in cells if not is_blank(v)))
        else:
            yield Line(index + 1, cells, filled, spread=spread)


def _merged(
    page: Page, heading: Heading, places: set[int]
) -> tuple[dict[int, list[tuple[int, Any]]], dict[int, int]]:
    """Cells merged downwards, as the values of the lines below their first; and lines merged across, by their width."""
    tall: dict[int, list[tuple[int, Any]]] = {}
    wide: dict[int, int] = {}
    for top, left, bottom, right in page.merged:
        if top <= heading.last or top >= len(page.rows):
            continue
        if top == bottom:
            wide[top] = max(wide.get(top, 0), right - left + 1)
        elif left == right and left in places and left < len(page.rows[top]):
            value = page.rows[top][left]
            for row in range(
                top + 1, min(bottom, len(page.rows) - 1) + 1 if not is_blank(value) else top + 1
            ):
                tall.setdefault(row, []).append((left, value))
    return tall, wide


def _filled(cells: Sequence[Any], given: list[tuple[int, Any]]) -> tuple[list[Any], tuple[int, ...]]:
    filled = list(cells)
    spread = []
    for place, value in given:
        filled.extend([""] * (place + 1 - len(filled)))
        if is_blank(filled[place]):
            filled[place] = value
            spread.append(place)
    return filled, tuple(spread)


def _not_a_row(cells: Sequence[Any], index: int, wide: dict[int, int]) -> str:
    texts = list(islice((value for value in cells if value != "" and not is_blank(value)), 4))
    if len(texts) == 1 and wide.get(index, 0) >= _GROUP_WIDTH:
        return "Hàng gộp ngang này là tiêu đề nhóm nên không được nhập."
    if isinstance(texts[0], str) and len(texts) <= 3 and _says_sum(texts[0]):
        return "Hàng cộng này không được nhập."
    return ""


def _says_sum(text: str) -> bool:
    """A sum, and not somebody of the family Tống in a list that has the given name in a column of its own."""
    first = tidy(text).casefold().split()[0].rstrip(".:")
    return first in _SUM_WORDS and _SUM.fullmatch(fold(text)) is not None


def _is_example(cells: Sequence[Any], numbering: int | None) -> bool:
    value = cells[numbering] if numbering is not None and numbering < len(cells) else None
    return isinstance(value, str) and fold(shown(value)).strip(".: ") in _EXAMPLE


def _is_repeated(cells: Sequence[Any], heading: Heading) -> bool:
    """A header printed again on every page."""
    same = total = 0
    for place, value in enumerate(cells):
        if not is_blank(value):
            total += 1
            same += (
                place in heading.labels
                and isinstance(value, str)
                and bare(value) == bare(heading.labels[place])
            )
            if same < total:
                return False
    return same >= 2


def _is_numbering(cells: Sequence[Any]) -> bool:
    """The line of column numbers under a header: (1) (2) (3), or A B 1 2 3 = 1 + 2."""
    texts = [fold(shown(value)) for value in cells if not is_blank(value)]
    if len(texts) < 3 or not all(_ORDER.fullmatch(text) for text in texts):
        return False
    numbers = [int(m[0]) for text in texts if (m := re.match(r"\d+", text.strip("()")))]
    return all(later == earlier + 1 for earlier, later in pairwise(numbers))
