"""What becomes of each row of a workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tongket.intake.columns import Change, Row
from tongket.intake.tables import Table

Verdict = Literal["new", "changed", "same", "doubtful", "refused"]

WORDS: dict[Verdict, str] = {
    "new": "mới",
    "changed": "thay đổi",
    "same": "đã có",
    "doubtful": "cần xem lại",
    "refused": "không nhận",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row: `verdict` is its own; of a doubtful row `would_be` says what a commit makes of it all the same."""

    sheet: str
    row: int
    verdict: Verdict
    would_be: Verdict
    changes: tuple[Change, ...] = ()


def outcomes(tables: Sequence[Table]) -> Iterator[Outcome]:
    """Of every row in the order of the sheets, after they were judged."""
    for table in tables:
        for row in table.rows:
            would_be = _would_be(row)
            open_to_doubt = row.asked or (row.doubtful and would_be != "refused")
            verdict: Verdict = "doubtful" if open_to_doubt else would_be
            yield Outcome(row.sheet, row.number, verdict, would_be, row.changes)


def _would_be(row: Row) -> Verdict:
    if not row.sound:
        return "refused"
    found: dict[str, Verdict] = {"new": "new", "changed": "changed", "same": "same"}
    # A row that nothing was done with stands behind an error of another one.
    return found.get(row.verdict, "refused")
