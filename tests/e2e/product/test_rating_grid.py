"""The grid of ratings in a browser: typing, going about, pasting from Excel, undo, saving, leaving with changes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

pytestmark = pytest.mark.e2e

PERIOD = "2024"  # a year that the demo has not rated


@pytest.fixture(scope="module")
def round_address(windows: Callable[..., Page]) -> str:
    """A round of the district's members, opened on the page for these tests."""
    page = windows("to-chuc")
    page.goto("/xep-loai/dot/moi/")
    page.locator("[name=organisation]").fill("QS")
    page.locator("[name=subject]").select_option("members")
    page.locator("[name=period]").fill(PERIOD)
    page.get_by_role("button", name=re.compile("^Mở đợt")).click()
    expect(page.get_by_role("link", name="Nhập bảng")).to_be_visible(timeout=60_000)
    return page.url


@pytest.fixture
def grid(enter: Callable[..., Page], round_address: str) -> Page:
    """The first fifty of the vote, nothing entered."""
    page = enter("to-chuc", expected=(422,))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(round_address)
    page.get_by_role("link", name="Nhập bảng").click()
    expect(page.get_by_role("grid")).to_be_visible()
    return page


def _levels(page: Page) -> Locator:
    return page.locator("select[data-cell]")


def _values(page: Page, count: int) -> list[str]:
    return [one.input_value() for one in _levels(page).all()[:count]]


def _paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def test_typing_pasting_undoing_and_saving(grid: Page) -> None:
    first, changed = _levels(grid).first, grid.locator("[data-grid-status]")
    expect(grid.locator("tbody tr")).to_have_count(50)
    first.focus()
    for key in ("x", "ArrowDown", "t", "Enter", "h", "ArrowDown", "k"):
        grid.keyboard.press(key)
    assert _values(grid, 4) == ["excellent", "good", "completed", "failed"]
    expect(changed).to_contain_text("4 ô đã sửa")

    grid.keyboard.press("Control+z")
    assert _values(grid, 4) == ["excellent", "good", "completed", ""]
    grid.keyboard.press("Control+y")
    assert _values(grid, 4) == ["excellent", "good", "completed", "failed"]

    # A block as Excel puts it on the clipboard: words without diacritics, votes beside them.
    first.focus()
    _paste(grid, "hoan thanh tot\t91,5\t9\t1\t8\r\nXS\t\t9\t9\t0\r\n")
    assert _values(grid, 3) == ["good", "excellent", "completed"]
    row = grid.locator("tbody tr").first.locator("input[data-kind=count]")
    assert [one.input_value() for one in row.all()[:3]] == ["9", "1", "8"]
    grid.keyboard.press("Control+z")  # one step takes the whole block back
    assert _values(grid, 2) == ["excellent", "good"]
    assert row.first.input_value() == ""

    # Fill down from the fourth line: only what is empty below.
    _levels(grid).nth(3).focus()
    grid.get_by_role("button", name="Điền xuống các ô trống").click()
    assert _values(grid, 6) == ["excellent", "good", "completed", "failed", "failed", "failed"]
    grid.keyboard.press("Control+z")
    assert _values(grid, 6)[4:] == ["", ""]

    grid.get_by_role("button", name="Ghi cả trang").click()
    expect(grid.get_by_text("Đã ghi 4 dòng.")).to_be_visible()
    assert _values(grid, 4) == ["excellent", "good", "completed", "failed"]
    expect(changed).to_have_text("")

    grid.get_by_role("link", name="Hoàn tác lần ghi vừa rồi").click()
    grid.locator("main").get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(grid.get_by_role("grid")).to_be_visible()
    assert _values(grid, 4) == ["", "", "", ""]


def test_a_block_that_does_not_fit_or_cannot_be_read_is_named_and_nothing_pasted(grid: Page) -> None:
    warning = grid.locator("[data-grid-alert]")
    _levels(grid).first.focus()
    _paste(grid, "\n".join(["t"] * 60))
    expect(warning).to_contain_text("60 dòng")
    _paste(grid, "\t".join(["t", *["1"] * 12]))
    expect(warning).to_contain_text("13 cột")
    _paste(grid, "t\ngiỏi\nx")
    expect(warning).to_contain_text("“giỏi” không phải là mức")
    assert _values(grid, 3) == ["", "", ""]
    _paste(grid, "t")
    expect(warning).to_be_hidden()
    assert _values(grid, 1) == ["good"]
    grid.keyboard.press("Control+z")


def test_errors_stand_at_their_cells_and_leaving_with_changes_asks(grid: Page) -> None:
    votes = grid.locator("tbody tr").first.locator("input[data-kind=count]")
    _levels(grid).first.focus()
    grid.keyboard.press("t")
    votes.nth(0).fill("3")
    votes.nth(2).fill("5")
    grid.get_by_role("button", name="Ghi cả trang").click()
    expect(votes.nth(0)).to_have_attribute("aria-invalid", "true")
    expect(grid.locator("tbody tr.fault")).to_contain_text("nhiều hơn số người")
    assert _values(grid, 1) == ["good"]

    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    grid.on("dialog", stay)
    grid.get_by_role("link", name="Tỷ lệ xuất sắc").click()
    expect(grid.get_by_role("heading", level=1)).to_contain_text("Tỷ lệ hoàn thành xuất sắc")
    assert asked == ["beforeunload"]
