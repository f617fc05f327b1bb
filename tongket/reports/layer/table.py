"""The facts as one table, a row a fact, for spreadsheets and for programs that read CSV."""

from dataclasses import fields
from typing import Any

from tongket.core.csv_text import BadCsv, read_csv, write_csv
from tongket.reports.layer.model import BadFacts, FactSheet, LayerFact

#: The columns are the fields of the open JSON, in this order; the heading row bears these names.
COLUMNS = tuple(field.name for field in fields(LayerFact))


def facts_csv(sheet: FactSheet) -> bytes:
    """The facts with a heading row: UTF-8 with its mark, semicolons; `value` has a decimal point."""
    return write_csv([COLUMNS, *([str(getattr(fact, name)) for name in COLUMNS] for fact in sheet.facts)])


def facts_of_csv(content: bytes) -> tuple[LayerFact, ...]:
    """The facts read back. Raises `BadFacts`."""
    try:
        head, *rows = read_csv(content)
        if tuple(head) != COLUMNS:
            raise ValueError
        return tuple(_fact(row) for row in rows)
    except (BadCsv, ValueError) as wrong:
        raise BadFacts("Tệp CSV không phải là bảng số liệu của Tổng kết.") from wrong


def _fact(row: list[str]) -> LayerFact:
    named: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    named["decimals"] = int(named["decimals"])
    return LayerFact(**named)
