"""Texts that a spreadsheet would run: every workbook that leaves keeps them as text."""

import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import resolve, reverse

from tests.walk.conftest import browser
from tests.walk.kit.addresses import PLAIN
from tests.walk.kit.held import Held
from tests.walk.kit.hostile import asked, district
from tests.walk.kit.world import Walk
from tongket.ui.sheets import Column, list_workbook

FORMULAS = (
    "=1+1+{}", "+1+{}", "-2+{}", "@SUM({})", "=HYPERLINK(\"http://zqx/{}\")", "+cmd|' /C calc'!A{}", "=zqx({})",
    "＝1+{}", "@zqx{}", "-zqx{}",
)  # fmt: skip
#: The second row of a list says what was chosen, and when it was made.
MADE = re.compile(r"\S.* · lập lúc \d\d:\d\d \d\d/\d\d/\d{4}$", re.DOTALL)
EXPORT = "?ky=2021&thoi_gian=tat-ca&tu_cach=all&xuat=xlsx"


@pytest.fixture(scope="module")
def counted(held: Held) -> Walk:
    """The district in which every text is a formula."""
    return district(held, FORMULAS)


def _exports(client: Client, walk: Walk) -> Iterator[tuple[str, Any]]:
    """Every workbook. A page that gives none of its first object gives none of another: that is one view."""
    without: set[str] = set()
    for path in dict.fromkeys(path.partition("?")[0] + EXPORT for path in asked(walk, ("",))):
        name = resolve(path.partition("?")[0]).view_name
        if name in without:
            continue
        answer = client.get(path)
        assert answer.status_code < 500, path
        if not answer.streaming and answer.headers.get("Content-Type", "").endswith("spreadsheetml.sheet"):
            yield path, answer
        elif answer.status_code == 200 and name not in PLAIN:
            without.add(name)


def test_workbooks_keep_formulas_as_text(counted: Walk, db: Any) -> None:
    walk = counted
    client = browser(walk.users["all"])
    texts, kept, books, lists = set(walk.planted.texts), set(), 0, set()
    for path, answer in _exports(client, walk):
        books += 1
        for sheet in openpyxl.load_workbook(io.BytesIO(answer.content)):
            if isinstance(sheet["A2"].value, str) and sheet.freeze_panes == "A5":  # a list, no official form
                assert MADE.search(sheet["A2"].value), (path, sheet["A2"].value)
                lists.add(path)
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", (path, cell.coordinate, cell.value)
                    assert cell.hyperlink is None or not path.startswith("/bao-cao"), path
                    # A number among texts is a day that nobody can read, or an identity number on its way to 4.9E+10.
                    assert cell.number_format != "@" or cell.data_type != "n" or cell.value is None, (
                        path,
                        cell,
                    )
                    if cell.value in texts:
                        assert cell.data_type in ("s", "inlineStr"), (path, cell.coordinate)
                        kept.add(cell.value)
    assert books > 12 and len(lists) > 8
    assert len(kept) > 40
    report = client.get("/bao-cao/tep/xlsx/?ky=2021&to_chuc=PB")
    formulas = [
        cell.value
        for sheet in openpyxl.load_workbook(io.BytesIO(report.content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert not [text for text in formulas if any(planted in str(text) for planted in texts)]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "=\t", "'="])
def test_a_cell_is_text_whatever_its_first_letter(first: str) -> None:
    text = f"{first}1+1"
    book = openpyxl.load_workbook(
        io.BytesIO(list_workbook(text, text, [Column(text)], [[text], [f";{text}"]]))
    )
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) == 5
    assert {cell.data_type for cell in cells} == {"s"}


def _cells(content: bytes) -> Iterator[Any]:
    """Every cell of a workbook that holds something."""
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


@pytest.mark.parametrize("layout", ["4.0", "9-cot", "mau-nhap"])
def test_the_layouts_of_other_systems_keep_formulas_as_text(counted: Walk, db: Any, layout: str) -> None:
    client = browser(counted.users["all"])
    answer = client.post(
        reverse("members:export") + "?tu_cach=all&to_chuc=QS", {"mau": layout, "ly_do": "=1+1"}
    )
    cells = list(_cells(answer.content))
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    assert {cell.value for cell in cells} & set(counted.planted.texts)


@pytest.mark.parametrize("path", ["/bieu/", "/bieu/1/", "/bieu/1/chenh-lech/"])
def test_the_sums_of_a_form_are_ours_and_hold_no_text_of_a_record(counted: Walk, db: Any, path: str) -> None:
    answer = browser(counted.users["all"]).get(f"{path}?ky=2022&to_chuc=PB&xuat=bieu")
    formulas = [str(cell.value) for cell in _cells(answer.content) if cell.data_type == "f"]
    assert formulas
    assert not [text for text in formulas if any(planted in text for planted in counted.planted.texts)]


def test_the_tables_of_a_page_keep_formulas_as_text(counted: Walk, db: Any) -> None:
    client = browser(counted.users["all"])
    texts, kept, books = set(counted.planted.texts), set(), 0
    for path in dict.fromkeys(path.partition("?")[0] for path in asked(counted, ("",))):
        answer = client.get(f"{path}?ky=2021&xuat=bang")
        if answer.streaming or not answer.headers.get("Content-Type", "").endswith("spreadsheetml.sheet"):
            continue
        books += 1
        for cell in _cells(answer.content):
            assert cell.data_type != "f" and cell.hyperlink is None, (path, cell.coordinate, cell.value)
            kept |= {text for text in texts if str(cell.value).startswith(text)}
        if books == 25:
            break
    assert books > 10 and kept
