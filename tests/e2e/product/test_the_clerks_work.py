"""What clerks do: enter, correct, import, and stay safe; each leaves the year 2023 of the demo as it was."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.product.conftest import log_in
from tests.e2e.watching import watch
from tongket.demo.load import DEMO_PASSWORD

pytestmark = pytest.mark.e2e

CELL = "QS.03.03"
FIRST_FREE_ROW = 6  # of a template: below the headings and the example


def _figure(page: Page, id: str, organisation: str, period: str = "2024") -> int:
    page.goto(f"/so-lieu/{id}/?to_chuc={organisation}&ky={period}")
    shown = re.match(r"[\d.]+", page.locator(".big-figure").inner_text())
    assert shown
    listed = page.locator("#ho-so .count").inner_text()
    assert listed == f"{shown.group()} hồ sơ"
    return int(shown.group().replace(".", ""))


def test_an_admission_raises_the_figure_by_one_and_voiding_it_lowers_it_again(
    enter: Callable[..., Page],
) -> None:
    page = enter("to-chuc", expected=(422,))
    before = _figure(page, "members.admitted", CELL)
    page.goto("/dang-vien/")
    page.get_by_role("link", name="Ghi đảng viên mới").click()
    page.get_by_role("link", name="Kết nạp Người mới").click()
    page.get_by_label("Họ và tên*").fill("Nguyễn Thị Thử Nghiệm")
    page.get_by_label("Giới tính").select_option(label="Nữ")
    page.get_by_label("Ngày sinh").fill("01/02/2000")
    page.get_by_label("Chi bộ*").fill(CELL)
    page.get_by_label("Ngày quyết định kết nạp*").fill("10/05/2024")
    page.get_by_label("Số quyết định").fill("12-QĐ/HU")
    page.get_by_label("Ngày tổ chức lễ kết nạp").fill("19/05/2024")
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Thử Nghiệm")
    person = page.url
    assert _figure(page, "members.admitted", CELL) == before + 1

    page.goto(person)
    page.get_by_role("link", name="Hủy việc Kết nạp").click()
    page.get_by_role("button", name="Hủy việc này").click()
    expect(page.locator(".invalid-feedback").first).to_be_visible()  # without a reason nothing is voided
    page.get_by_label("Lý do").fill("ghi nhầm người")
    page.get_by_role("button", name="Hủy việc này").click()
    expect(page.get_by_text("Đã hủy việc ghi sai")).to_be_visible()
    assert _figure(page, "members.admitted", CELL) == before


def test_impossible_dates_are_told_at_the_field_and_nothing_is_saved(enter: Callable[..., Page]) -> None:
    page = enter("to-chuc", expected=(422,))
    page.goto("/dang-vien/moi/?viec=admitted")
    code = page.get_by_label("Mã đảng viên trong sổ*").input_value()
    page.get_by_label("Họ và tên*").fill("Trần Văn Không Thể")
    page.get_by_label("Ngày sinh").fill("31/02/2000")
    page.get_by_label("Chi bộ*").fill("QS")  # a committee: people belong to cells
    page.get_by_label("Ngày quyết định kết nạp*").fill("10/05/2024")
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.locator("#div_id_birth_date .invalid-feedback")).to_contain_text("không có trong lịch")
    page.get_by_label("Ngày sinh").fill("28/02/2000")
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.locator("[id='div_id_viec-organisation'] .invalid-feedback")).to_be_visible()
    page.goto("/dang-vien/moi/?viec=admitted")
    assert page.get_by_label("Mã đảng viên trong sổ*").input_value() == code


def test_the_second_of_two_clerks_is_told_and_overwrites_nothing(enter: Callable[..., Page]) -> None:
    first, second = enter("to-chuc"), enter("bi-thu-qs.03.03", expected=(409,))
    second.goto("/dang-vien/")
    address = second.locator("#ket-qua tbody a").first.get_attribute("href")
    for page in (first, second):
        page.goto(f"{address}sua/")
    for page, place in ((first, "Trường Tiểu học Bình Hòa"), (second, "Trạm Y tế Bình Hòa")):
        page.get_by_label("sửa sai từ đầu").check()
        page.get_by_label("Lý do, căn cứ").fill("bổ sung hồ sơ")
        page.get_by_label("Đơn vị công tác").fill(place)
        page.get_by_role("button", name="Ghi lại").click()
        page.wait_for_load_state()
    expect(second.get_by_role("alert")).to_contain_text("chưa được ghi")
    first.goto(str(address))
    expect(first.locator("#ho-so")).to_contain_text("Trường Tiểu học Bình Hòa")
    expect(first.locator("#ho-so")).not_to_contain_text("Trạm Y tế Bình Hòa")


def test_a_workbook_with_a_bad_cell_is_refused_whole_and_the_corrected_one_is_written(
    enter: Callable[..., Page], tmp_path: Path
) -> None:
    page = enter("van-phong", expected=(422,))
    before = _figure(page, "honours.commended_collectives", "QS.03")
    page.goto("/nhap-lieu/")
    with page.expect_download() as file:
        page.get_by_role("link", name="Tải mẫu: Khen thưởng").click()
    template = tmp_path / "mau.xlsx"
    file.value.save_as(template)

    page.goto("/nhap-lieu/")
    _upload(page, _filled(template, tmp_path / "sai.xlsx", "31/02/2024"))
    expect(page.get_by_role("alert")).to_contain_text("Chưa ghi gì")
    told = page.locator("tr", has_text=f"Khen thưởng!I{FIRST_FREE_ROW + 1}")
    expect(told).to_contain_text("31/02/2024")
    expect(told).to_contain_text("Ngày khen thưởng")
    expect(page.get_by_role("button", name="Ghi tất cả")).to_have_count(0)
    assert _figure(page, "honours.commended_collectives", "QS.03") == before

    page.goto("/nhap-lieu/")
    _upload(page, _filled(template, tmp_path / "dung.xlsx", "28/02/2024"))
    expect(page.get_by_role("status").first).to_contain_text("Đọc được 2 dòng, không có lỗi")
    assert _figure(page, "honours.commended_collectives", "QS.03") == before
    page.goto("/nhap-lieu/")  # the file waits for the decision
    page.get_by_role("link", name="dung.xlsx").first.click()
    page.get_by_role("button", name="Ghi tất cả").click()
    expect(page.get_by_role("status").first).to_contain_text("đã ghi 2 dòng")
    assert _figure(page, "honours.commended_collectives", "QS.03") == before + 2


def _filled(template: Path, target: Path, second_day: str) -> Path:
    book = openpyxl.load_workbook(template)
    sheet = book["Khen thưởng"]
    for row, day in ((FIRST_FREE_ROW, "02/01/2024"), (FIRST_FREE_ROW + 1, second_day)):
        values = (1, "QS.03", "Tập thể", None, f"Tập thể {day[:2]}", "Giấy khen", "Cấp ủy cơ sở", "2024", day)
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
    book.save(target)
    return target


def _upload(page: Page, file: Path) -> None:
    page.get_by_label("Loại sổ").select_option(label="9. Khen thưởng")
    page.get_by_label("Tệp Excel").set_input_files(file)
    page.get_by_role("button", name="Đọc thử").click()
    page.wait_for_load_state()


def test_the_menu_a_figure_and_a_form_are_reached_by_keyboard_alone(enter: Callable[..., Page]) -> None:
    page = enter("van-phong")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    _tab_to(page, ".stat a.figure, .stat .value a")
    page.keyboard.press("Enter")
    expect(page.locator(".big-figure")).to_be_visible()

    page.goto("/")
    _tab_to(page, "nav#menu a[href*='/chi-tieu/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chỉ tiêu")
    _tab_to(page, "#id_q")
    page.keyboard.type("xa binh hoa")
    page.keyboard.press("Enter")
    expect(page.locator("#ket-qua tbody tr")).to_have_count(1)


def _tab_to(page: Page, selector: str, limit: int = 60) -> None:
    """Press Tab until the focus is on such an element, whose focus must be seen."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            seen = page.evaluate(
                """() => { const style = getComputedStyle(document.activeElement);
                return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }"""
            )
            assert seen, f"the focus on {selector} is not visible"
            return
    pytest.fail(f"{limit} presses of Tab do not reach {selector}")


def _code(secret: str) -> str:
    """The six digits of RFC 6238 for this half minute."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def test_a_second_factor_is_set_up_and_asked_for_at_login(browser: Browser, product: str) -> None:
    complaints: list[str] = []
    context = browser.new_context(base_url=product, locale="vi-VN")
    page = watch(context.new_page(), complaints)
    log_in(page, product, "tuyen-giao")
    page.goto("/tai-khoan/xac-thuc/totp/activate/")
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)  # asked again before anything of the account changes
    page.get_by_role("button", name="Xác nhận").click()
    key = page.get_by_label("Khóa bí mật").input_value()
    page.locator("input[name=code]").fill(_code(key))
    page.locator("form:has(input[name=code]) button").first.click()
    page.wait_for_load_state()
    page.goto("/tai-khoan/xac-thuc/webauthn/add/")
    expect(page.get_by_label("Tên khóa")).to_be_visible()
    context.close()

    context = browser.new_context(base_url=product, locale="vi-VN")
    page = watch(context.new_page(), complaints)
    log_in(page, product, "tuyen-giao")
    other = context.new_page()
    other.goto("/")
    assert "/tai-khoan/" in other.url  # the password alone opens nothing
    page.locator("input[name=code]").fill(_code(key))
    page.locator("form:has(input[name=code]) button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ huyện Quế Sơn")
    context.close()
    assert complaints == []
