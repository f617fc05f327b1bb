"""CSV that Excel opens rightly and that runs nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.csv_text import BadCsv, read_csv, write_csv

CELL = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12) | st.sampled_from(
    ["=1+1", "'=1", "''", "+84", "-3,5%", "@x", "\t=1", "\r=1", "\n", ";", '"', "3.724", "-", ""]
)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=5))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    assert read_csv(write_csv(rows)) == rows


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "＝1"])
def test_what_a_spreadsheet_might_run_gets_an_apostrophe(cell: str) -> None:
    assert write_csv([["x", cell]]).decode("utf-8-sig").split(";", 1)[1].lstrip('"').startswith("'")


@pytest.mark.parametrize("cell", ["-3,5%", "98.11", "-12", "+3,5%", "3.724"])
def test_a_number_stays_a_number(cell: str) -> None:
    assert write_csv([["x", cell]]) == b"\xef\xbb\xbf" + f"x;{cell}\r\n".encode()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'a;"b'])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(BadCsv):
        read_csv(content)
