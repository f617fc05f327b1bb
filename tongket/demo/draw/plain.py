"""The made-up district as plain values: what is drawn, before any of it is a record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

START = date(2014, 1, 1)
END = date(2023, 12, 31)
FIRST_YEAR, LAST_YEAR = START.year, END.year
NEVER = date.max
ROOT = "QS"

Fields = dict[str, Any]


@dataclass
class Unit:
    """An organisation of the district; `weight` is its share of members at the start, `trade` what its people do."""

    code: str
    name: str
    kind: str
    sector: str
    parent: str
    position: int
    founded: date = START
    ended: date = NEVER
    weight: float = 0.0
    trade: str = ""

    @property
    def holds_members(self) -> bool:
        """Whether members stand on its own list."""
        return self.kind in ("cell", "grassroots_cell")

    @property
    def is_grassroots(self) -> bool:
        """Whether it is a TCCS."""
        return self.kind in ("grassroots_body", "grassroots_cell")

    def alive(self, on: date) -> bool:
        """Whether the day lies in its life."""
        return self.founded <= on < self.ended


@dataclass
class Stay:
    """Days in one cell (`until` exclusive)."""

    cell: str
    since: date
    until: date = NEVER


@dataclass
class Person:
    """One made-up life: where the person stood when, and the events as the workbook gives them."""

    code: str
    name: str
    gender: str
    birth: date
    admitted: date | None = None
    ceremony: date | None = None
    official: date | None = None
    party_age_from: date | None = None
    stays: list[Stay] = field(default_factory=list)
    events: list[Fields] = field(default_factory=list)
    details: Fields = field(default_factory=dict)
    later: list[Fields] = field(default_factory=list)
    entry: Fields = field(default_factory=dict)
    exempt: list[tuple[date, date]] = field(default_factory=list)
    ended_by: str = ""

    def stay(self, on: date) -> Stay | None:
        """Where the person stood on a day."""
        return next((s for s in self.stays if s.since <= on < s.until), None)

    def is_official(self, on: date) -> bool:
        """Whether the person was an official member on a day (of those who stood somewhere)."""
        return self.official is not None and self.official <= on

    def is_exempt(self, on: date) -> bool:
        """Whether the person was exempt on a day."""
        return any(since <= on < until for since, until in self.exempt)

    def age(self, on: date) -> int:
        """Full years of age."""
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))


@dataclass
class District:
    """Everything that was drawn; the sheets hold rows by draft field, ready for the intake's workbooks.

    `set_apart` holds rows of the same form that come into no workbook: the year's own acts write them.
    """

    units: dict[str, Unit] = field(default_factory=dict)
    moves: dict[str, tuple[date, str]] = field(default_factory=dict)  # unit: the day and the new parent
    people: dict[str, Person] = field(default_factory=dict)
    sheets: dict[str, list[Fields]] = field(default_factory=dict)
    set_apart: dict[str, list[Fields]] = field(default_factory=dict)
    _stood: dict[str, list[tuple[Person, Stay]]] = field(default_factory=dict)

    def add(self, sheet: str, **row: Any) -> None:
        """Add a row to a sheet (by the sheet's title)."""
        self.sheets.setdefault(sheet, []).append(row)

    def rows(self, sheet: str) -> list[Fields]:
        """All rows of a kind, whether they are imported or written by the acts of the year."""
        return [*self.sheets.get(sheet, ()), *self.set_apart.get(sheet, ())]

    def part(self, sheet: str, wanted: Callable[[Fields], bool]) -> None:
        """Set rows apart: they come by acts, not by the workbook."""
        whole = self.sheets.get(sheet, [])
        self.set_apart[sheet] = [row for row in whole if wanted(row)]
        self.sheets[sheet] = [row for row in whole if not wanted(row)]

    def parent_on(self, code: str, on: date) -> str:
        """What a unit hung under on a day."""
        day, parent = self.moves.get(code, (NEVER, ""))
        return parent if day <= on else self.units[code].parent

    def grassroots_of(self, cell: str, on: date) -> str:
        """The TCCS of a cell on a day (a grassroots cell is its own)."""
        return cell if self.units[cell].is_grassroots else self.parent_on(cell, on)

    def grassroots(self, on: date) -> list[Unit]:
        """The TCCS alive on a day, in the office's order."""
        return [u for u in self.units.values() if u.is_grassroots and u.alive(on)]

    def cells(self, on: date) -> list[Unit]:
        """What holds members on a day."""
        return [u for u in self.units.values() if u.holds_members and u.alive(on)]

    def index(self) -> None:
        """Note who ever stood in which cell, once the lives are drawn."""
        self._stood = {}
        for person in self.people.values():
            for stay in person.stays:
                self._stood.setdefault(stay.cell, []).append((person, stay))

    def people_of(self, code: str, on: date) -> Iterator[tuple[Person, Stay]]:
        """Who stood on a day in an organisation or in a cell under it; the cells are those of that day."""
        for cell in self.cells(on):
            if code in (ROOT, cell.code) or self.grassroots_of(cell.code, on) == code:
                for person, stay in self._stood.get(cell.code, ()):
                    if stay.since <= on < stay.until:
                        yield person, stay

    def present(self, on: date) -> Iterator[tuple[Person, Stay]]:
        """Who stood where on a day."""
        for person in self.people.values():
            stay = person.stay(on)
            if stay is not None:
                yield person, stay


def day_in(rng: Random, year: int, first: int = 1, last: int = 12) -> date:
    """A working-looking day of a year, between two months."""
    return date(year, rng.randint(first, last), rng.randint(3, 27))


def later(day: date, days: int) -> date:
    """So many days after."""
    return day + timedelta(days=days)
