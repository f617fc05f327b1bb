"""Tables of a page as a workbook: what stands there, numbers as numbers, nothing that is not the reader's."""

import io
from html import escape
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.ui.lists import numbered
from tongket.ui.page_tables import tables_workbook

district, world = once(make_page_world)
PAGE = """<html><body><nav><table><tr><td>Trình đơn</td></tr></table></nav><main>
<h1>Sổ <b>số liệu</b></h1><p class="lead-text">Huyện · 2023</p>
<section><h2>Kết quả</h2><table><thead><tr><th rowspan="2">TT</th><th colspan="2">Số</th></tr>
<tr><th>Nay</th><th>Năm<br>trước</th></tr></thead>
<tbody><tr><td class="num">1</td><td>=1+1<span class="above">Đảng bộ xã</span></td><td class="num"><a href="x">3.724</a>
<button>Sửa</button></td></tr><tr><td colspan="2">Cộng</td><td class="num">98,11%</td></tr></tbody></table></section>
<section><h2>Kết quả</h2><form><table><tr><td rowspan="2">a</td><td>b
<select><option>không in</option></select></td></tr>
<tr><td>c &amp; d</td></tr></table></form></section><table><thead><tr><th>Không có dòng</th></tr></thead></table>
</main></body></html>"""


def rows(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet from the headings on."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(min_row=4, values_only=True)) for sheet in book}


def test_each_table_is_a_sheet_with_its_headings_and_cells() -> None:
    title, content = tables_workbook(PAGE)
    assert title == "Sổ số liệu"
    assert rows(content) == {
        "Kết quả": [
            ("TT", "Số · Nay", "Số · Năm trước"),
            (1, "=1+1 Đảng bộ xã", 3724),
            ("Cộng", None, "98,11%"),
        ],
        "Kết quả (2)": [("", ""), ("a", "b"), (None, "c & d")],
    }


def test_numbers_are_read_in_the_language_of_the_page() -> None:
    page = "<main><h1>A</h1><table><tr><td class='num'>3,724</td><td class='num'>1.5</td></tr></table></main>"
    with translation.override("en"):
        assert rows(tables_workbook(page)[1])["A"][1] == (3724, 1.5)


def test_the_sheet_says_what_page_it_is_of_and_when() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(tables_workbook(PAGE)[1])).active
    assert "Sổ số liệu; Huyện · 2023" in sheet["A2"].value and "lập lúc" in sheet["A2"].value


@given(st.lists(st.text(alphabet="abc=+-@<>&\"'09 ăđ", max_size=20), min_size=1, max_size=5))
def test_no_text_of_a_page_becomes_a_formula(texts: list[str]) -> None:
    cells = "".join(f"<td class='num'>{escape(f'={text}')}</td>" for text in texts)
    content = tables_workbook(f"<main><h1>=1+1</h1><table><tr>{cells}</tr></table></main>")[1]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert {c.data_type for row in sheet.iter_rows() for c in row if c.value is not None} <= {"s", "n"}


@given(st.text(alphabet="<>/ =\"'abtdrhmain!-&;", max_size=200))
def test_a_broken_page_breaks_nothing(text: str) -> None:
    tables_workbook(f"<main><table><tr><td>{text}")


@pytest.mark.django_db
def test_a_page_without_a_table_stays_a_page(world: World) -> None:
    answer = logged_in(world.users["clerk"]).get(reverse("members:new") + "?xuat=bang")
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_a_page_with_tables_gives_them_and_is_kept_by_no_cache(world: World) -> None:
    answer = logged_in(world.users["clerk"]).get(reverse("members:incomplete") + "?xuat=bang")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="ho-so-thieu-thong-tin.xlsx"'


@pytest.mark.django_db
def test_who_may_not_see_the_page_gets_no_tables(world: World) -> None:
    assert (
        logged_in(world.users["propaganda"]).get(reverse("members:incomplete") + "?xuat=bang").status_code
        == 403
    )


def test_what_is_filled_in_is_what_the_table_says() -> None:
    page = """<main><h1>A</h1><table><tr><td><select><option>trống</option><option selected>Tốt</option></select></td>
<td><input value="12"></td><td><input type="hidden" value="bí mật"></td><td><input type="checkbox" checked></td></tr>
</table></main>"""
    assert rows(tables_workbook(page)[1])["A"][1] == ("Tốt", "12", None, "x")


def test_where_tables_leave_as_excel_the_page_holds_all_rows(rf: Any) -> None:
    assert len(numbered(rf.get("/?trang=2"), range(120)).object_list) == 50
    assert len(numbered(rf.get("/?trang=2&xuat=bang"), range(120)).object_list) == 120
