"""Official forms: the layout as a workbook, each cell named, and the people behind a change of row D."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.conftest import Visit
from tests.world import World
from tongket.accounts.duties import RIGHTS
from tongket.audit.models import LedgerEntry
from tongket.core.citations import MARKS
from tongket.indicators.forms import FORMS
from tongket.members.acts import record_event, transfer
from tongket.members.drafts import EventDraft
from tongket.reports.statistics.writing import row_text

EVERY = pytest.mark.parametrize("code", sorted(FORMS))


def book(answer: Any, *, values: bool = False) -> Any:
    """The workbook of an answer, formulas or the values last computed."""
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content), data_only=values)


def rows_of(sheet: Any) -> dict[str, int]:
    """Row number of each row of a form, by its mark in the first column."""
    return {str(sheet.cell(r, 1).value): r for r in range(8, sheet.max_row + 1) if sheet.cell(r, 1).value}


@EVERY
def test_a_form_leaves_in_the_official_layout_with_every_number_named(visit: Visit, code: str) -> None:
    sheet = book(visit("office").get(f"/bieu/{code}/?ky=2023&xuat=bieu"))[f"Biểu {code}"]
    form = FORMS[code]
    rows = rows_of(sheet)
    assert sheet.cell(1, 1).value.startswith("HUYỆN ỦY")
    assert form.title_vi.upper() in [cell.value for cell in sheet[3]]
    assert form.symbol in [cell.value for cell in sheet[1]]
    for row in form.rows:
        assert sheet.cell(rows[row.number], 2).value == row_text(row, date(2023, 12, 31))
        for place, column in enumerate(form.columns[1:], start=3):
            said = sheet.cell(rows[row.number], place).comment
            if row.indicator and column.key != "ratio":
                assert said.text.startswith(row.indicator)
                assert "Đảng bộ huyện Thử" in said.text
                year = "2022" if column.key == "last_year" else "2023"
                assert f"năm {year}, tính đến 31/12/{year}" in said.text
            else:
                assert said is None


@EVERY
def test_the_balances_stand_beside_the_table_and_are_not_printed(visit: Visit, code: str) -> None:
    answer = visit("office").get(f"/bieu/{code}/?ky=2023&xuat=bieu")
    told = visit("office").get(f"/bieu/{code}/?ky=2023").context["checks"]
    live, cached = book(answer)[f"Biểu {code}"], book(answer, values=True)[f"Biểu {code}"]
    form = FORMS[code]
    column = len(form.columns) + 3  # one left free beside the table
    texts = [cached.cell(7 + n, column).value for n in range(len(form.checks))]
    assert texts == [check.text for check in form.checks]
    for n in range(len(form.checks)):
        assert str(live.cell(7 + n, column + 1).value).startswith("=")
        assert cached.cell(7 + n, column + 1).value == told[n].difference
        assert cached.cell(7 + n, column + 2).value == ("Khớp" if told[n].holds else "LỆCH")
    last = live.print_area.split(":")[-1].replace("$", "").rstrip("0123456789")
    assert openpyxl.utils.column_index_from_string(last) < column


def test_form_1_sets_its_first_row_against_last_years_last(visit: Visit) -> None:
    sheet = book(visit("office").get("/bieu/1/?ky=2023&xuat=bieu"), values=True)["Biểu 1"]
    said = [cell.value for row in sheet.iter_rows(min_col=7) for cell in row if cell.value]
    assert "A = D của năm 2022" in said
    page = visit("office").get("/bieu/1/?ky=2023").context
    assert page["checks"][-1].text == "A = D của năm 2022" and page["checks"][-1].holds


def test_in_the_middle_of_a_year_there_is_no_such_row(visit: Visit) -> None:
    page = visit("office").get("/bieu/1/?ky=2023&tai_ngay=30/06/2023").context
    assert not any("của" in check.text for check in page["checks"])


def test_all_forms_leave_in_one_workbook(visit: Visit) -> None:
    made = book(visit("office").get("/bieu/?ky=2023&xuat=bieu"))
    assert made.sheetnames == [f"Biểu {code}" for code in FORMS]


@EVERY
def test_the_page_has_every_row_and_asks_little(visit: Visit, code: str) -> None:
    client = visit("office")
    client.get(f"/bieu/{code}/?ky=2023")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/bieu/{code}/?ky=2023")
    assert len(asked) <= 15
    assert [line.row for line in page.context["lines"]] == list(FORMS[code].rows)


# --- people ---------------------------------------------------------------------------------------------------


def died(world: World) -> None:
    record_event(EventDraft(world["M5"], "died", on=date(2023, 8, 2)), by=None)


@pytest.mark.parametrize("duty", ["organisation", "office", "leader", "propaganda"])
def test_people_are_named_to_who_reads_the_register_and_counted_for_others(
    visit: Visit, world: World, duty: str
) -> None:
    died(world)
    page = visit(duty).get("/bieu/1/chenh-lech/?ky=2023")
    may = duty in RIGHTS["member.read"]
    text = page.content.decode()
    assert ("Hoàng Thị Gấm" in text, "Đỗ Đức Em" in text) == (may, may)
    found = page.context["chosen"]
    assert (found.before, found.came, found.gone, found.now) == (5, 1, 1, 5)
    for layout in ("xlsx", "bieu"):
        answer = visit(duty).get(f"/bieu/1/chenh-lech/?ky=2023&xuat={layout}")
        assert answer.status_code == (200 if may else 403)
    assert LedgerEntry.objects.filter(action="figure.export").count() == (2 if may else 0)


def test_the_form_and_its_people_leave_in_one_workbook(visit: Visit, world: World) -> None:
    died(world)
    made = book(visit("office").get("/bieu/1/chenh-lech/?ky=2023&xuat=bieu"))
    assert made.sheetnames == ["Biểu 1", "Chênh lệch"]
    texts = [str(cell.value) for row in made["Chênh lệch"].iter_rows() for cell in row if cell.value]
    assert {"Hoàng Thị Gấm", "Kết nạp", "Đỗ Đức Em", "Từ trần"} <= set(texts)
    assert any("5 + 1 người thêm − 1 người bớt = 5" in text for text in texts)


def test_the_list_says_what_is_compared(visit: Visit, world: World) -> None:
    died(world)
    sheet = book(visit("office").get("/bieu/1/chenh-lech/?ky=2023&xuat=xlsx")).worksheets[0]
    assert "dòng D so với dòng D ngày 31/12/2022" in sheet["A2"].value
    assert "lập lúc" in sheet["A2"].value
    assert sheet.max_row == 6


def test_what_became_of_somebody_elsewhere_is_not_told(visit: Visit, world: World) -> None:
    transfer(world["M4"], to=world["PA1"], on=date(2023, 2, 1), by=None)
    record_event(EventDraft(world["M4"], "died", on=date(2023, 9, 1)), by=None)
    text = visit("b-organisation").get("/bieu/1/chenh-lech/?ky=2023").content.decode()
    assert "Phạm Thị Dung" in text and "Chuyển sinh hoạt trong đảng bộ" in text
    assert "Từ trần" not in text and "Chi bộ thôn A1" not in text and "01/09/2023" not in text


def test_other_forms_have_no_row_d(visit: Visit) -> None:
    assert visit("office").get("/bieu/3/chenh-lech/?ky=2023").status_code == 404


def test_the_page_of_people_asks_little(visit: Visit, world: World) -> None:
    died(world)
    client = visit("office")
    client.get("/bieu/1/chenh-lech/?ky=2023")
    with CaptureQueriesContext(connection) as asked:
        client.get("/bieu/1/chenh-lech/?ky=2023")
    assert len(asked) <= 15


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(1999, 12, 31), "Từ huyện khác"),
        (date(2025, 6, 30), "Từ huyện khác"),
        (date(2025, 7, 1), "Từ đảng bộ khác"),
    ],
)
def test_the_row_of_districts_is_called_so_while_there_are_districts(day: date, word: str) -> None:
    assert row_text(FORMS["1"].row("B2b"), day) == f"{word} trong tỉnh"
    assert row_text(FORMS["1"].row("B2a"), day) == FORMS["1"].row("B2a").text


@EVERY
def test_a_form_says_on_the_page_and_in_the_file_how_sure_its_layout_is(visit: Visit, code: str) -> None:
    form = FORMS[code]
    assert form.mark != "C" and form.known_from
    page = visit("office").get(f"/bieu/{code}/?ky=2023").content.decode()
    assert form.known_from in page and MARKS[form.mark][0] in page
    sheet = book(visit("office").get(f"/bieu/{code}/?ky=2023&xuat=bieu"))[f"Biểu {code}"]
    said = " ".join(str(cell.value) for cell in sheet["B"] if cell.value)
    assert f"[{form.mark}: {MARKS[form.mark][0]}] {form.known_from}" in said
