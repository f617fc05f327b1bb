"""Tables pasted as lines: “Quế Xuân | 8 | 10 | 125%”. Rows are held against each other, the total against the rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tongket.core.text import fold

from ..model import Verdict
from .rounding import fit, percent, plain, printed
from .view import View

__all__ = ["check_tables"]

_TOTAL = re.compile(r"\b(?:tong|tong cong|tong so|cong|toan huyen|toan dang bo|toan xa)\b")
_BASE = re.compile(r"\b(?:chi tieu|ke hoach|kh|giao|tong so|so dang vien|tong|du toan|phai)\b")
_DONE = re.compile(r"\b(?:ket qua|ket nap|thuc hien|da|dat duoc|so luong|hoan thanh|tham gia|co mat)\b")
_SHARE = re.compile(r"\b(?:ty le|ti le|dat|so voi|phan tram|bang)\b|%")
_SHARES = ("|", "\t", ";")
_MOST_ROWS, _MOST_CELLS = 400, 16


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    claim: int | None  # whose only number stands in it


Row = tuple[_Cell, ...]


def check_tables(view: View) -> None:
    """Judge percentages of rows and totals of columns."""
    for header, rows in _tables(view):
        total = [row for row in rows if _TOTAL.search(fold(" ".join(cell.text for cell in row[:2])))]
        items = [row for row in rows if row not in total]
        if len(total) == 1 and len(items) >= 2:
            _columns(view, header, items, total[0])
        if len(rows) >= 2:
            _percentages(view, header, rows)


def _tables(view: View) -> Iterator[tuple[list[str], list[Row]]]:
    text = view.reading.text
    starts = [view.number(i).start for i in range(len(view.claims))]
    for sign in _SHARES:
        lines: list[tuple[int, list[str]]] = []
        at = 0
        if text.count(sign) < 4:
            continue
        for line in text.split("\n"):
            cells = line.strip().strip("|").split(sign) if line.count(sign) >= 2 else []
            if lines and len(cells) != len(lines[-1][1]):
                yield from _table(view, starts, lines, sign)
                lines = []
            if 3 <= len(cells) <= _MOST_CELLS and len(lines) < _MOST_ROWS:
                lines.append((at + line.index(cells[0]), cells))
            at += len(line) + 1
        yield from _table(view, starts, lines, sign)


def _table(
    view: View, starts: Sequence[int], lines: Sequence[tuple[int, list[str]]], sign: str
) -> Iterator[tuple[list[str], list[Row]]]:
    rows: list[Row] = []
    header: list[str] = []
    for at, cells in lines:
        row: list[_Cell] = []
        place = at
        for cell in cells:
            row.append(_Cell(cell.strip(), _claim_in(view, starts, place, place + len(cell))))
            place += len(cell) + 1
        numbers = sum(cell.claim is not None for cell in row)
        if numbers >= 2:
            rows.append(tuple(row))
        elif not rows and not numbers:
            header = [fold(cell) for cell in cells]
    if len(rows) >= 2:
        yield header, rows


def _claim_in(view: View, starts: Sequence[int], start: int, end: int) -> int | None:
    """The claim whose number is the only one of a cell, where the cell is little more than that number."""
    first = bisect_left(starts, start)
    if first >= len(starts) or starts[first] >= end:
        return None
    if first + 1 < len(starts) and starts[first + 1] < end:
        return None
    number = view.number(first)
    words = view.reading.text[start : number.start] + view.reading.text[number.end : end]
    return first if len(view.claims[first].numbers) == 1 and len(words.strip()) <= 12 else None


def _is_share(view: View, header: list[str], rows: Sequence[Row], c: int) -> bool:
    claims = [row[c].claim for row in rows]
    signed = [i for i in claims if i is not None and view.percent(i)]
    named = bool(header) and _SHARE.search(header[c]) is not None
    return bool(signed) or (named and any(i is not None and view.number(i).decimals for i in claims))


def _columns(view: View, header: list[str], items: Sequence[Row], total: Row) -> None:
    """Every column of numbers adds up to its total."""
    for c in range(1, len(total)):
        claims = [row[c].claim for row in items]
        last = total[c].claim
        if last is None or any(i is None for i in claims) or _is_share(view, header, [*items, total], c):
            continue
        values = [view.value(i) for i in claims if i is not None]
        if any(value.denominator != 1 for value in values):
            continue
        added, number = sum(values, Fraction(0)), view.number(last)
        if added == view.value(last):
            view.say(last, "right", f"Bằng tổng của cột: {plain(added)}.")
        else:
            reason = f"Cột này cộng lại được {plain(added)}, không phải {number.text}."
            view.say(last, "wrong", reason, printed(number, added), number)


def _percentages(view: View, header: list[str], rows: Sequence[Row]) -> None:
    """A column of percentages is the ratio of two others: the row that breaks the rule is wrong."""
    width = min(len(row) for row in rows)
    shares = [c for c in range(width) if _is_share(view, header, rows, c)]
    numbers = [c for c in range(width) if c not in shares]
    for c in shares:
        best: tuple[int, int, int] = (0, 0, 0)
        for a in numbers:
            for b in numbers:
                fits = [_fits(view, row, a, b, c) for row in rows] if a != b else []
                good, bad = fits.count(True), fits.count(False)
                named = bool(header) and bool(_BASE.search(header[b])) and bool(_DONE.search(header[a]))
                enough = good >= 2 or (good == 1 and named)
                if enough and bad <= max(1, good // 2) and good > best[0]:
                    best = (good, a, b)
        if best[0]:
            for row in rows:
                _row(view, row, best[1], best[2], c)


def _values(view: View, row: Row, *columns: int) -> list[int]:
    return [i for i in (row[c].claim for c in columns) if i is not None]


def _fits(view: View, row: Row, a: int, b: int, c: int) -> bool | None:
    found = _values(view, row, a, b, c)
    if len(found) < 3 or not view.value(found[1]):
        return None
    return fit(view.value(found[0]) * 100 / view.value(found[1]), view.number(found[2])) != "far"


def _row(view: View, row: Row, a: int, b: int, c: int) -> None:
    found = _values(view, row, a, b, c)
    if len(found) < 3 or not view.value(found[1]):
        return
    top, bottom, share = found
    exact, number = view.value(top) * 100 / view.value(bottom), view.number(share)
    said = view.fraction(view.value(top), view.value(bottom), number.decimals)
    how = fit(exact, number)
    if how == "rounded":
        view.say(share, "right", f"{said}, như các dòng khác.")
        return
    verdict: Verdict = "doubtful" if how == "cut" else "wrong"
    view.say(share, verdict, f"{said}, không phải {number.text}.", percent(exact, number.decimals), number)
