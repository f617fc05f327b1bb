"""Every kind of list says the same in every kind of file."""

import csv
import io
from typing import Any

import pytest

from tests.intake.acts.test_undo import FILES
from tests.intake.books import named
from tests.intake.test_door import _windows_1258 as windows_1258
from tongket.intake.kinds import KINDS
from tongket.intake.tables import read_tables
from tongket.intake.workbook import open_workbook


def _text(rows: list[list[Any]], separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([["" if v is None else v for v in row] for row in rows])
    return out.getvalue()


def _read(kind: str, content: bytes, name: str) -> list[tuple[str, dict[str, Any]]]:
    tables = read_tables(KINDS[kind], open_workbook(content, name))
    assert not [finding for table in tables for finding in table.findings if finding.severity == "error"]
    return [(table.sheet.title, row.values) for table in tables for row in table.rows]


@pytest.mark.parametrize("kind", FILES)
def test_a_list_reads_alike_as_workbook_and_as_text_in_any_coding(kind: str) -> None:
    rows = FILES[kind]
    expected = _read(kind, named({"x": rows}), "x.xlsx")
    assert len(expected) == len(rows) - 1
    for content in (
        _text(rows, ";").encode("utf-8-sig"),
        _text(rows, ",").encode("utf-8"),
        _text(rows, ";").encode("utf-16"),
        windows_1258(_text(rows, ",")),
    ):
        assert _read(kind, content, "x.csv") == expected
