"""A clerk pastes a draft, walks through it by the keyboard, accepts a correction and takes it back; also on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

TEXT = (
    "Năm 2023, Đảng bộ huyện kết nạp 89 đảng viên mới, vượt 3,5% chỉ tiêu tỉnh giao; "
    "trao Huy hiệu Đảng cho 158 đảng viên.\n"
    "Có 51/53 TCCS đảng hoàn thành tốt nhiệm vụ trở lên. Hội nghị có 20 đại biểu phát biểu."
)


def _bring(page: Page) -> None:
    page.goto("/soat-so-lieu/")
    page.locator("[name=organisation]").fill("QS")
    page.locator("[name=period]").fill("2023")
    page.locator("[name=text]").fill(TEXT)
    page.get_by_role("button", name="Soát bản thảo").click()
    expect(page.locator("a.claim.wrong").first).to_be_visible()


def test_a_draft_is_walked_through_corrected_and_taken_back(enter: Callable[..., Page]) -> None:
    page = enter("van-phong")
    _bring(page)
    faults = page.locator("a.claim.wrong")
    expect(faults).to_have_count(2)
    expect(page.locator("a.claim.open")).to_have_text("89 (Sai)")
    page.keyboard.press("n")
    expect(page.locator("a.claim.open")).to_contain_text("51/53")
    page.keyboard.press("k")
    expect(page.locator("a.claim.open")).to_contain_text("89")
    page.locator("a.claim", has_text="158").click()
    expect(page.locator("li.finding.open")).to_contain_text("Huy hiệu Đảng đã trao")
    page.locator(".verdict", has_text="Sai").click()
    expect(page.locator("li.finding:visible")).to_have_count(2)
    page.get_by_role("button", name="Sửa thành 88").click()
    expect(page.locator("article.draft-text")).to_contain_text("kết nạp 88")
    expect(page.locator("a.claim.wrong")).to_have_count(1)
    page.get_by_role("button", name="Hoàn tác (1)").click()
    expect(page.locator("article.draft-text")).to_contain_text("kết nạp 89")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word có nhận xét").click()
    assert waiting.value.suggested_filename.endswith("-da-soat.docx")


def test_on_a_phone_one_finding_stands_below_the_text(enter: Callable[..., Page]) -> None:
    page = enter("van-phong")
    _bring(page)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("li.finding:visible")).to_have_count(1)
    page.get_by_role("button", name="Sau").click()
    expect(page.locator("li.finding:visible")).to_contain_text("51")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
