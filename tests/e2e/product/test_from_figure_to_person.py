"""A figure leads to the people behind it, on the page, on paper and in the files."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Download, Page, expect
from pypdf import PdfReader

from tests.e2e.product.conftest import log_in
from tongket.core.text import fold

pytestmark = pytest.mark.e2e

ADMITTED = "/so-lieu/members.admitted/?to_chuc=QS&ky=2023"


def _sheet(download: Download) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(Path(download.path()).read_bytes()))
    return list(book.worksheets[0].iter_rows(values_only=True))


def _rows(download: Download) -> list[tuple[object, ...]]:
    """The rows below the headings of an exported list."""
    rows = [row for row in _sheet(download) if sum(cell is not None for cell in row) > 2]
    return rows[1:]


def test_a_user_logs_in_and_follows_the_headline_to_a_person(page: Page, product: str) -> None:
    log_in(page, product, "van-phong")
    page.locator(".stat", has_text="Đảng viên mới kết nạp").locator(".value a").click()
    expect(page.locator(".big-figure")).to_have_text("88 đảng viên")
    expect(page.locator("#ho-so .count")).to_have_text("88 hồ sơ")
    listed = set()
    while True:
        expect(page.locator("#ho-so tbody tr").first).to_be_visible()
        listed |= {
            (row.locator("a").first.get_attribute("href"), row.inner_text())
            for row in page.locator("#ho-so tbody tr").all()
        }
        onward = page.locator("#ho-so .pages a", has_text=str(1 + len(listed) // 50))
        if len(listed) % 50 or not onward.count():
            break
        onward.first.click()
        page.wait_for_load_state("networkidle")
    assert len(listed) == 88
    name = page.locator("#ho-so tbody a").first
    called = name.inner_text()
    name.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(called)
    expect(page.locator(".timeline")).to_contain_text("Kết nạp")
    expect(page.locator(".timeline")).to_contain_text("2023")


def test_the_exported_records_are_all_behind_the_figure(enter: Callable[..., Page]) -> None:
    page = enter("van-phong")
    page.goto(ADMITTED)
    with page.expect_download() as file:
        page.get_by_role("link", name="Xuất Excel tất cả").click()
    rows = _rows(file.value)
    assert len(rows) == 88
    assert all(
        isinstance(cell, date) and cell.year == 2023 for row in rows for cell in row if isinstance(cell, date)
    )


def test_search_needs_no_diacritics_and_the_export_holds_every_row(enter: Callable[..., Page]) -> None:
    page = enter("to-chuc")
    page.goto("/dang-vien/")
    called = page.locator("#ket-qua tbody a").first.inner_text()
    page.get_by_label("Tìm theo tên").press_sequentially(fold(called))
    expect(page.get_by_role("link", name=called, exact=True).first).to_be_visible()
    expect(page.locator("#ket-qua tbody tr")).not_to_have_count(50)

    page.goto("/dang-vien/")
    page.get_by_label("Giới tính").select_option(label="Nữ")
    expect(page.locator("#ket-qua tbody td", has_text=re.compile("^Nam$"))).to_have_count(0)
    told = page.locator("#ket-qua .count").inner_text()
    count = int(told.removesuffix(" dòng").replace(".", ""))
    assert 50 < count < 3724  # more than a page, fewer than all
    with page.expect_download() as file:
        page.get_by_role("link", name="Xuất Excel tất cả các dòng").click()
    rows = _rows(file.value)
    assert len(rows) == count
    assert all("Nữ" in row for row in rows)


def test_the_report_is_downloaded_as_word_excel_and_pdf(enter: Callable[..., Page]) -> None:
    page = enter("van-phong")
    page.goto("/bao-cao/")
    files = {}
    live = page.locator("section", has=page.get_by_role("heading", name="Tải báo cáo"))
    for name in ("Word", "Excel", "PDF"):
        with page.expect_download(timeout=60_000) as file:
            live.get_by_role("link", name=name, exact=True).click()
        files[name] = io.BytesIO(Path(file.value.path()).read_bytes())
    word = "\n".join(one.text for one in docx.Document(files["Word"]).element.body.iter() if _is_text(one))
    assert "3.724" in word
    book = openpyxl.load_workbook(files["Excel"])
    assert len(book.sheetnames) >= 4
    pdf = "\n".join(one.extract_text() for one in PdfReader(files["PDF"]).pages)
    assert "3.724" in pdf
    assert "Quế Sơn" in pdf


def _is_text(element: object) -> bool:
    return str(getattr(element, "tag", "")).endswith("}t") and bool(getattr(element, "text", ""))


def test_the_printed_figure_has_the_table_and_no_menu(enter: Callable[..., Page]) -> None:
    page = enter("van-phong")
    page.goto(ADMITTED)
    page.wait_for_load_state("networkidle")
    called = page.locator("#ho-so tbody a").first.inner_text()
    assert "Xếp loại tổ chức" in page.locator("nav#menu").inner_text()
    printed = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf())).pages)
    # A reader of the file may put spaces inside of words, so they are compared without.
    text = "".join(printed.split())
    assert "".join(called.split()) in text
    assert "Xếploạitổchức" not in text
    assert "NhậptừExcel" not in text


def test_english_and_dark_stay_chosen(enter: Callable[..., Page]) -> None:
    page = enter("lanh-dao")
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("nav#menu")).to_contain_text("Overview")
    expect(page.locator("nav#menu")).not_to_contain_text("Tổng quan")
    page.locator("[data-theme-toggle]").click()
    page.goto("/so-lieu/members.admitted/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.get_by_role("heading", level=1)).to_have_text("Members admitted")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
