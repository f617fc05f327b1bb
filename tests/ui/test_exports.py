"""Lists on their way out: nothing that a spreadsheet would run, and a heading that says what was chosen, and when."""

import ast
import io
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

import tongket
from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.core.numbers import format_number
from tongket.ui.sheets import Column, Part, file_name, list_workbook, lists_workbook

district, world = once(make_page_world)
#: Functions of XlsxWriter that guess what a text is, and so make formulas and links of it.
GUESSING = {"write", "write_row", "write_column", "write_url", "write_rich_string"}


def _sources() -> Iterator[Path]:
    yield from Path(tongket.__file__).parent.rglob("*.py")


def test_no_module_that_writes_workbooks_lets_the_writer_guess() -> None:
    wrong = []
    for path in _sources():
        text = path.read_text()
        if "xlsxwriter" not in text and "write_string" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            on = ast.unparse(node.func.value)
            if node.func.attr in GUESSING and on in ("sheet", "page", "worksheet", "self.sheet"):
                wrong.append(f"{path.name}:{node.lineno} {on}.{node.func.attr}")
            if ast.unparse(node.func) == "xlsxwriter.Workbook" and "strings_to_formulas" not in text:
                wrong.append(f"{path.name}:{node.lineno} makes formulas of texts")
    assert not wrong


@given(
    st.text(alphabet="abc=+-@<>&\"'09 ăđ\t\r", max_size=30),
    st.sampled_from(["=", "+", "-", "@", "\t", "\r", "＝", "{=", "'="]),
)
def test_any_text_in_any_place_stays_text(text: str, first: str) -> None:
    said = first + text
    content = list_workbook(said, said, [Column(said), Column("Số", kind="int")], [[said, 1]])
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)


def sheet_of(columns: list[Column], rows: list[list[Any]], title: str = "Danh sách") -> Any:
    """The sheet of a list."""
    return openpyxl.load_workbook(io.BytesIO(list_workbook(title, "chọn", columns, rows))).active


def test_values_stay_what_they_are() -> None:
    columns = [
        Column("Số thẻ"),
        Column("Ngày", kind="date"),
        Column("Ngày là chữ"),
        Column("Số", kind="number"),
    ]
    sheet = sheet_of(columns, [["00123", date(2023, 2, 28), date(2023, 2, 28), 12], [None, "", None, 12.5]])
    number, day, text, whole = sheet[5]
    assert (number.value, number.data_type, number.number_format) == ("00123", "s", "@")
    assert day.is_date and day.value.date() == date(2023, 2, 28) and day.number_format == "dd/mm/yyyy"
    assert text.value == "28/02/2023"  # in a column of texts a day would be shown as 44985
    assert (whole.value, whole.number_format) == (12, "#,##0")  # with room for decimals Excel writes "12,"
    assert sheet["D6"].number_format == "#,##0.00"
    assert [cell.value for cell in sheet[6][:3]] == [None, None, None]


def test_a_list_of_nobody_still_has_its_headings_and_says_so() -> None:
    sheet = sheet_of([Column("Họ và tên"), Column("Mã")], [])
    assert [cell.value for cell in sheet[4]] == ["Họ và tên", "Mã"]
    assert "lập lúc" in sheet["A2"].value and sheet.max_row == 4


def test_names_of_any_length_make_a_workbook_and_a_file_name() -> None:
    title = "Danh sách đảng viên " * 40
    sheet = sheet_of([Column("a" * 300)], [["x" * 40_000]], title)
    assert len(sheet.title) <= 31
    assert len(sheet["A5"].value) == 32_767 and f"còn {format_number(40_000 - 32_767)}" in sheet["A5"].value
    assert file_name(title).startswith("danh-sach-dang-vien") and len(file_name(title)) < 130
    assert file_name("???", "docx") == "danh-sach.docx"


def test_sheets_of_one_name_and_of_a_name_that_excel_keeps_get_names_of_their_own() -> None:
    titles = [*["Danh sách các chi bộ trực thuộc Đảng ủy"] * 12, "History"]
    content = lists_workbook("Bảng", [Part(title, "", [Column("a")], [["b"]]) for title in titles])
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert len({name.casefold() for name in names}) == 13
    assert max(map(len, names)) <= 31 and "history" not in {name.casefold() for name in names}


def test_rows_pass_through_without_being_held() -> None:
    columns = [Column("Họ và tên"), Column("Ngày", kind="date"), *[Column(f"Cột {n}") for n in range(8)]]
    tracemalloc.start()
    rows = ([f"Nguyễn Văn {n}", date(2020, 1, 1), *["chữ"] * 8] for n in range(3_000))
    list_workbook("Danh sách", "", columns, rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 18 * 2**20  # the file itself, as text, before it is packed


def test_a_table_that_comes_page_by_page_leaves_whole() -> None:
    """Whoever pages by hand uses `numbered`, which gives all rows to Excel, or writes a workbook of all rows."""
    cut = [
        path.name
        for path in _sources()
        if "Paginator(" in (text := path.read_text()) and "workbook_response" not in text
    ]
    assert cut == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", ("Đơn vị: Toàn Đảng bộ huyện Thử", "Tư cách: Đang sinh hoạt", "6 dòng")),
        ("&gender=female&tu_cach=official", ("Giới tính: Nữ", "Đảng viên chính thức", "2 dòng")),
        ("&don_vi=PA", ("Đảng bộ xã A", "3 dòng")),
    ],
)
def test_a_list_says_whose_and_which_rows_it_holds_and_when(
    world: World, query: str, said: tuple[str, ...]
) -> None:
    answer = logged_in(world.users["clerk"]).get(reverse("members:list") + f"?xuat=xlsx{query}")
    heading = openpyxl.load_workbook(io.BytesIO(answer.content)).active["A2"].value
    for part in (*said, "lập lúc"):
        assert part in heading
    assert "Tất cả" not in heading


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "user", "heads"),
    [
        ("members:incomplete", "clerk", ("Họ và tên", "Còn thiếu")),
        ("web:catalogue", "office", ("Số liệu", "Giá trị")),
        ("rules:list", "office", ("Quy định", "Căn cứ")),
        ("obligations:due", "office", ("Việc", "Hạn")),
        ("obligations:reminders", "office", ("Việc", "Hạn")),
    ],
)
def test_pages_that_are_no_plain_list_leave_as_excel_too(
    world: World, page: str, user: str, heads: tuple[str, ...]
) -> None:
    answer = logged_in(world.users[user]).get(reverse(page) + "?ky=2023&xuat=xlsx")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert set(heads) <= {cell.value for cell in sheet[4]}
    assert "lập lúc" in sheet["A2"].value and not sheet["A2"].value.startswith("lập lúc")


@pytest.mark.django_db
def test_every_profile_with_a_gap_is_in_the_list_with_what_it_lacks(world: World) -> None:
    answer = logged_in(world.users["clerk"]).get(reverse("members:incomplete") + "?xuat=xlsx&chi_bo=PA1")
    rows = list(
        openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=5, values_only=True)
    )
    assert [row[0] for row in rows] == ["Nguyễn Văn An", "Trần Thị Bình"]
    assert all("dân tộc" in row[3] for row in rows)
