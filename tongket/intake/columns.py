"""How a kind of workbook is declared: sheets and their columns. Reading, judging and templates all follow from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tongket.core.codelists import CodeList

if TYPE_CHECKING:
    from tongket.intake.session import Session

Type = Literal[
    "text",  # one line of text
    "id",  # an identity number: digits as text, leading zeros kept
    "date",
    "birth",  # a date, or only a year
    "int",
    "decimal",
    "bool",
    "code",  # a code of `codes`, or its Vietnamese text
    "organisation",  # the code of an organisation
    "member",  # the code of a member
    "directive",  # number and symbol of a paper received
    "period",  # 2023, 2023-Q1, 2023-H1 ...
    "indicator",  # the id of a figure, or its Vietnamese name
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet. `field` names the draft's field; `digits` the length of an identity number."""

    header: str
    field: str
    type: Type = "text"
    required: bool = False
    codes: CodeList | None = None
    digits: int = 0
    example: str = ""
    help: str = ""
    width: float = 16


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would change in one field of what is on record, as texts to read.

    `hidden`: `before` is a restricted value and is not shown unless it is asked for (and logged).
    """

    header: str
    before: str
    after: str
    hidden: bool = False


@dataclass(slots=True)
class Row:
    """One row of a user's sheet after reading: `values` by field (blank ones missing), `raw` as they stood there.

    `sound` until an error is found, `doubtful` from the first warning on; `verdict`: what was done with it; `found`:
    its person was told by something else than our code; `asked`: it waits for the user to say who that is; `names`:
    where problems of a draft's field are to be shown.
    """

    sheet: str
    number: int
    values: dict[str, Any]
    raw: Mapping[str, Any]
    letters: Mapping[str, str]
    sound: bool = True
    doubtful: bool = False
    found: bool = False
    asked: bool = False
    verdict: str = ""
    changes: tuple[Change, ...] = ()
    names: dict[str, str] = field(default_factory=dict)

    def get(self, name: str, otherwise: Any = None) -> Any:
        """The value of a field, or `otherwise` where the cell is blank."""
        return self.values.get(name, otherwise)

    def cell(self, name: str) -> str:
        """The address of a field's cell; of the first column for the row as a whole."""
        letter = self.letters.get(name) or next(iter(self.letters.values()), "A")
        return f"{letter}{self.number}"


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One sheet of a workbook: one class of record. `verb`: what the importer must be allowed to do.

    Each is itself and no other, so that what follows from its columns is worked out once.

    `bring` takes the sound rows, judges them together and writes them in the session's act. `bears`: other rows of the
    same workbook rest on what is written, so a rehearsal has to write it too (and undo it).
    """

    title: str
    columns: tuple[Column, ...]
    verb: str
    bring: Callable[[Sequence[Row], "Session"], None]
    help: str = ""
    bears: bool = False

    def column(self, name: str) -> Column | None:
        """The column of a draft's field."""
        return next((c for c in self.columns if c.field == name), None)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of workbook: `./run import NAME FILE`."""

    name: str
    title: str
    sheets: tuple[Sheet, ...]
    help: str = ""


def decision_columns(*, required: bool = False) -> tuple[Column, ...]:
    """The three columns that say on which paper a record rests."""
    return (
        Column("Số quyết định", "decision_number", required=required, example="125-QĐ/HU"),
        Column("Ngày quyết định", "decision_date", "date", required=required, example="20/04/2023"),
        Column("Cơ quan ban hành", "decision_body", example="Huyện ủy", width=24),
    )
