"""The header of a sheet: one row or two, wherever it stands in the first rows, columns in any order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tongket.intake.cells import is_blank, shown
from tongket.intake.columns import Column, Sheet
from tongket.intake.door.page import Page
from tongket.intake.headers.aliases import BY_SHEET
from tongket.intake.headers.keys import NUMBERING, bare, signature
from tongket.intake.headers.layouts import foreign_columns

HEADER_ROWS = 20


@dataclass(frozen=True, slots=True)
class Said:
    """What a user said about one source: by bare header the field ("" for none); by field a value for every row."""

    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a sheet's header stands and what its columns are.

    `row` and `last` count from 0; `places` says where each field stands; `labels` every header by its place;
    `unknown` the places that no name explains, `notices` what to tell of a column; `numbering` the place of STT;
    `told`: the user said what these headers are.
    """

    row: int
    last: int
    places: dict[str, int]
    labels: dict[int, str]
    unknown: tuple[int, ...]
    notices: dict[int, str]
    numbering: int | None
    told: bool = False

    @property
    def signature(self) -> str:
        """The signature of the source that writes such headers."""
        return signature(self.labels.values())


@cache
def columns_of(sheet: Sheet) -> dict[str, Column]:
    """Every column that a sheet can be read with, by field: the template's, then those of other systems."""
    own = {column.field: column for column in sheet.columns}
    more = {f.column.field: f.column for f in foreign_columns(sheet.title, own) if f.column.field}
    return more | own


@cache
def _names(sheet: Sheet) -> dict[str, tuple[str, str]]:
    """By bare header: the field and what to tell. Our own names go before those of other systems."""
    own = {column.field: column for column in sheet.columns}
    known: dict[str, tuple[str, str]] = {}
    for column in sheet.columns:
        known.setdefault(bare(column.header), (column.field, ""))
    for name, headers in BY_SHEET.get(sheet.title, {}).items():
        for header in headers if name in own else ():
            known.setdefault(bare(header), (name, ""))
    for foreign in foreign_columns(sheet.title, own):
        for header in foreign.names:
            known.setdefault(bare(header), (foreign.column.field, foreign.notice))
    return known


def recognise(sheet: Sheet, page: Page, said: Mapping[str, Said] | None = None) -> Heading | None:
    """The header that names most of the sheet's columns; None when no row names two. `said`: by signature."""
    best: Heading | None = None
    for heading in _candidates(sheet, page, said or {}):
        enough = 1 if heading.told else min(2, len(sheet.columns))
        if len(heading.places) >= enough and (best is None or _weight(heading) > _weight(best)):
            best = heading
    return best


def _weight(heading: Heading) -> tuple[bool, int]:
    return heading.told, len(heading.places)


def guess(sheet: Sheet, page: Page) -> Heading | None:
    """Where no row names two columns: the first row that is mostly texts, for the user to explain."""
    for number, cells in enumerate(page.rows[:HEADER_ROWS]):
        filled = [value for value in cells if not is_blank(value)]
        if len(filled) >= 2 and all(isinstance(value, str) for value in filled):
            return _heading(sheet, number, number, _labels(page, number, number), {})
    return None


def _candidates(sheet: Sheet, page: Page, said: Mapping[str, Said]) -> Iterator[Heading]:
    """Single rows before pairs: a pair must explain more to be taken."""
    count = min(HEADER_ROWS, len(page.rows))
    for number in range(count):
        yield _heading(sheet, number, number, _labels(page, number, number), said)
    for number in range(count - 1):
        if _is_group_row(page, number):
            yield _heading(sheet, number, number + 1, _labels(page, number, number + 1), said)


def _is_group_row(page: Page, row: int) -> bool:
    """Whether a text in the row below can be a part of a header in this one: it stands below a blank."""
    upper, lower = page.rows[row], page.rows[row + 1]
    return any(
        isinstance(value, str) and value and (place >= len(upper) or is_blank(upper[place]))
        for place, value in enumerate(lower)
    )


def _labels(page: Page, first: int, last: int) -> dict[int, str]:
    upper = _texts(page.rows[first])
    if first == last:
        return upper
    lower = _texts(page.rows[last])
    spans = {
        place: left
        for top, left, _, right in page.merged
        if top == first and right - left < 60
        for place in range(left, right + 1)
    }
    labels, group = {}, ""
    for place in range(max([*upper, *lower], default=-1) + 1):
        if place in upper:
            group = upper[place]
        elif page.merged:
            group = upper.get(spans[place], "") if place in spans else ""
        parts = [
            part for part in (upper.get(place) or (group if place in lower else ""), lower.get(place)) if part
        ]
        if parts:
            labels[place] = " ".join(parts)
    return labels


def _texts(cells: Sequence[Any]) -> dict[int, str]:
    return {
        place: shown(value)
        for place, value in enumerate(cells)
        if isinstance(value, str) and not is_blank(value)
    }


def _heading(
    sheet: Sheet, first: int, last: int, labels: dict[int, str], said: Mapping[str, Said]
) -> Heading:
    names = _names(sheet)
    told = said.get(signature(labels.values())) if said else None
    places: dict[str, int] = {}
    notices: dict[int, str] = {}
    unknown = []
    numbering = None
    for place, label in labels.items():
        key = bare(label)
        if not key:
            continue
        if told is not None and key in told.fields:
            if told.fields[key]:
                places.setdefault(told.fields[key], place)
            continue
        if key in NUMBERING:
            numbering = place if numbering is None else numbering
            continue
        name, notice = names.get(key, (None, ""))
        if name is None or (name and name in places):
            unknown.append(place)
        elif name:
            places[name] = place
        if notice:
            notices[place] = notice
    return Heading(first, last, places, labels, tuple(unknown), notices, numbering, told is not None)
