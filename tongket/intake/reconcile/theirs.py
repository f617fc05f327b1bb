"""An export as rows of the compared fields, read by the import's own door, headers and cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongket.core.identity import clean_digits
from tongket.core.text import fold
from tongket.intake.cells import shown
from tongket.intake.columns import Row
from tongket.intake.headers.mapping import remembered
from tongket.intake.kinds import KINDS
from tongket.intake.reconcile.fields import CARD, NAMES, ORGANISATION, STATUS_FIELD, Cell, status_of
from tongket.intake.reconcile.ours import fields_of
from tongket.intake.rows.naming import Naming
from tongket.intake.rows.who import Clues
from tongket.intake.tables import Finding, Table, read_tables
from tongket.intake.workbook import check_name, open_workbook
from tongket.matching.evidence import Person, person
from tongket.organisations.models import Organisation

KIND = KINDS["members"]
_DIGITS = frozenset({"national_id", "old_id_number", "card_number"})


@dataclass(frozen=True, slots=True)
class Theirs:
    """One row of the export. `values`: what it says; `unread`: cells that say something nobody can read."""

    place: str
    number: int
    code: str
    values: dict[str, Any]
    unread: dict[str, str]
    person: Person

    @property
    def sign(self) -> str:
        """By which the import remembers whom its user pointed out for such a description (`rows.doubts`)."""
        who = self.person
        card = who.cards[0] if who.cards else ""
        return Clues(who.national_id, card, who.full_name, who.birth_date, who.birth_year_only).sign()

    @property
    def name(self) -> str:
        """The person's name, or where the row stands."""
        return self.person.full_name or self.place


@dataclass(frozen=True, slots=True)
class Export:
    """A whole export: its rows, the fields that it has columns for, and what its reader should know."""

    rows: tuple[Theirs, ...]
    fields: tuple[str, ...]
    notices: tuple[str, ...] = ()


@dataclass(slots=True)
class _Cells:
    """Which organisation a text means; each text is looked up once."""

    naming: Naming
    by_code: dict[str, Organisation]
    known: dict[str, Cell] = field(default_factory=dict)

    def of(self, text: str) -> Cell:
        if text not in self.known:
            coded = self.by_code.get(text.casefold())
            found = [coded] if coded is not None else self.naming.find(text)
            self.known[text] = Cell(tuple(sorted(o.pk for o in found)), text)
        return self.known[text]


def read_export(content: bytes, file_name: str, *, by: Any, organisations: Iterable[Organisation]) -> Export:
    """Read an export of members. `organisations`: those that the reader may know of.

    Headers that the reader explained before for the import are known here too. Raises `BadWorkbook`.
    """
    if file_name:
        check_name(file_name)
    tables = read_tables(KIND, open_workbook(content, file_name), remembered(KIND, by))
    mine = list(organisations)
    every = {o.pk: fold(o.name) for o in Organisation.objects.all()}
    cells = _Cells(Naming.of(mine, every), {o.code.casefold(): o for o in mine})
    rows: list[Theirs] = []
    present: set[str] = set()
    notices: list[str] = []
    for table in tables:
        present |= _present(table)
        rows += [_row(row, cells) for row in table.rows]
        notices += _notices(table.findings)
    return Export(tuple(rows), tuple(fields_of(present)), tuple(notices))


def _present(table: Table) -> set[str]:
    """The fields that the sheet has a column for (of a place one of its parts is enough), or a value for all rows."""
    heads = {name.partition(".")[0] for name in (table.heading.places if table.heading else ())}
    given = {name for row in table.rows[:1] for name in row.values}
    return heads | given


def _notices(findings: Sequence[Finding]) -> Iterator[str]:
    """What concerns the sheet as a whole; what concerns a cell is said at its line."""
    for found in findings:
        if not found.cell or (found.severity == "notice" and found.header):
            yield found.message


def _row(row: Row, cells: _Cells) -> Theirs:
    values = {
        name: clean_digits(value) if name in _DIGITS else value
        for name, value in row.values.items()
        if name in NAMES and value not in (None, "")
    }
    # A person who is no longer on their list is left out of an import; here that is what is to be known.
    status = row.raw.get(STATUS_FIELD)
    if status is not None and (key := status_of(shown(status))):
        values[STATUS_FIELD] = key
    if text := values.get(ORGANISATION):
        values[ORGANISATION] = cells.of(text)
    unread = {
        name: shown(value)
        for name, value in row.raw.items()
        if name in NAMES and name != STATUS_FIELD and name not in values and shown(value)
    }
    return Theirs(
        f"{row.sheet}!{row.number}", row.number, row.get("code", ""), values, unread, _person(row, values)
    )


def _person(row: Row, values: dict[str, Any]) -> Person:
    birth, year_only = values.get("birth_date") or (None, False)
    cell = values.get(ORGANISATION)
    return person(
        row.number,
        values.get("full_name", ""),
        national_id=values.get("national_id", ""),
        old_id_number=values.get("old_id_number", ""),
        cards=(values.get(CARD[0], ""),),
        birth_date=birth,
        birth_year_only=year_only,
        gender=values.get("gender", ""),
        home_town=values.get("home_town", ""),
        admitted_on=values.get("first_admitted_on"),
        organisation=cell.keys[0] if cell is not None and len(cell.keys) == 1 else None,
    )
