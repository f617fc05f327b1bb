"""Values in the writings of lists: what is read, what is refused, and what could have been meant."""

from datetime import date, datetime
from typing import Any

import pytest

from tongket.core.codelists import ETHNICITY, GENDER
from tongket.intake.cells import BadCell, read
from tongket.intake.columns import Column
from tongket.intake.kinds import KINDS
from tongket.intake.tables import read_tables
from tongket.intake.workbook import Page

DAY, BIRTH = Column("Ngày", "on", "date"), Column("Ngày sinh", "birth_date", "birth")
NUMBER = Column("CCCD", "national_id", "id", digits=12)
WHOLE, PART = Column("Số", "n", "int"), Column("Số", "n", "decimal")


@pytest.mark.parametrize(
    "written",
    [
        "2023/11/20",
        "20 11 2023",
        "20 tháng 11 năm 2023",
        "ngày 20/11/2023",
        "Ngày 20 tháng 11 năm 2023",
        "20-Nov-2023",
        "20-thg 11-2023",
        "20 thg 11, 2023",
    ],
)
def test_more_writings_of_one_day(written: str) -> None:
    assert read(DAY, written).value == date(2023, 11, 20)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20/11/23", "20/11/2023"),
        ("20/11/75", "20/11/1975"),
        ("11/20/2023", "20/11/2023"),
        ("31/02/2023", ""),
    ],
)
def test_a_day_that_is_none_is_refused_with_what_perhaps_was_meant(written: str, meant: str) -> None:
    with pytest.raises(BadCell) as refused:
        read(DAY, written)
    assert refused.value.fix == meant


@pytest.mark.parametrize("written", [1985, 1985.0, "1985", " 2005 "])
def test_a_year_in_the_place_of_a_day_is_no_day_of_1905(written: Any) -> None:
    with pytest.raises(BadCell, match="chỉ là năm"):
        read(DAY, written)


@pytest.mark.parametrize(
    "written", [1985, "1985", "00/00/1985", "--/--/1985", "?/?/1985", "../../1985", "xx/xx/1985"]
)
def test_a_year_of_birth_is_kept_as_a_year_however_the_gap_is_written(written: Any) -> None:
    assert read(BIRTH, written).value == (date(1985, 1, 1), True)


def test_a_year_typed_into_a_cell_made_for_days_is_no_day_of_1905() -> None:
    for column in (DAY, BIRTH):
        with pytest.raises(BadCell, match="gõ năm 1980") as refused:
            read(column, date(1905, 6, 2))
        assert refused.value.fix == "1980"
    assert read(BIRTH, "02/06/1905").value == (date(1905, 6, 2), False)


def test_a_year_is_a_year_also_where_days_count_from_1904() -> None:
    sheet = KINDS["members"].sheets[0]
    rows = [["Mã đảng viên", "Họ và tên", "Ngày sinh"], ["A", "Đỗ An", 1980], ["B", "Đỗ Ba", 27_759]]
    (table,) = read_tables(KINDS["members"], [Page(sheet.title, rows, epoch_1904=True)])
    assert [row.values["birth_date"] for row in table.rows] == [
        (date(1980, 1, 1), True),
        (date(1980, 1, 1), False),
    ]


def test_month_and_year_of_birth_are_asked_back() -> None:
    with pytest.raises(BadCell) as refused:
        read(BIRTH, "05/1985")
    assert refused.value.fix == "1985"


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1899, 12, 31), datetime(2500, 1, 1)])
def test_a_day_outside_of_two_centuries_is_a_slip(day: date) -> None:
    with pytest.raises(BadCell, match="ngoài khoảng"):
        read(DAY, day)


def test_a_number_that_excel_has_shortened_is_not_taken_for_the_number() -> None:
    for written in ("4.908E+10", "4,908E+10", "5E10"):
        with pytest.raises(BadCell, match="rút gọn"):
            read(NUMBER, written)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("column", [DAY, BIRTH, NUMBER, WHOLE, PART])
def test_what_is_no_number_is_refused_in_every_column(column: Column, value: float) -> None:
    with pytest.raises(BadCell):
        read(column, value)


def test_a_number_that_no_book_has_is_refused() -> None:
    for column in (WHOLE, PART):
        with pytest.raises(BadCell, match="quá lớn"):
            read(column, 1e15)


def test_a_slip_in_a_listed_word_is_answered_with_the_word() -> None:
    for codes, written, meant in ((GENDER, "Namm", "Nam"), (ETHNICITY, "Kinhh", "Kinh")):
        with pytest.raises(BadCell) as refused:
            read(Column("Mục", "x", "code", codes=codes), written)
        assert refused.value.fix == meant


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Nguye\u0302\u0303n Va\u0306n An", "Nguyễn Văn An"),
        ("  Trần \u00a0 Thị\u200b Bình ", "Trần Thị Bình"),
        ("Ðỗ Ðức", "Đỗ Đức"),
        ("a\nb", "a b"),
    ],
)
def test_text_is_brought_to_one_form(written: str, kept: str) -> None:
    assert read(Column("Tên", "name"), written).value == kept
