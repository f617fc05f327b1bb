"""A conference from the call to the packed file: by roles, at the door, on the screen, into tasks and minutes."""

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.e2e.watching import PHONE
from tongket.core.dates import format_date, today

pytestmark = pytest.mark.e2e

TITLE = "Hội nghị thử nghiệm triển khai nhiệm vụ"
ITEM = "Triển khai nhiệm vụ trọng tâm"
CONCLUSION = "Rà soát, bổ sung quy chế làm việc của cấp ủy"


def test_a_conference_is_called_held_minuted_and_packed(
    enter: Callable[..., Page], browser: Browser, tmp_path: Path
) -> None:
    office = enter("van-phong", expected=(422,))
    conference = _write_down(office)
    invited = _invite(office, conference)
    _plan_one_item(office, conference)
    _call(office, conference)

    _check_in(enter("van-phong", viewport=PHONE, has_touch=True, expected=(422,)), conference, invited)
    _open_and_show(office, enter("lanh-dao"), conference)
    _vote(office, conference)
    _conclude(office, conference)
    _close(office, conference)

    office.goto(f"{conference}bien-ban/")
    minutes = docx.Document(_saved(_download(office, "Dự thảo biên bản"), tmp_path / "bien-ban.docx"))
    assert CONCLUSION in "\n".join(one.text for one in minutes.paragraphs)
    _reads_without_the_system(
        _saved(_download(office, "Toàn bộ hồ sơ"), tmp_path / "ho-so.zip"), browser, tmp_path
    )


def _field(place: Page | Locator, label: str) -> Locator:
    """The field with this very label, starred or not."""
    return place.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))


def _write_down(page: Page) -> str:
    """A conference of today; its address."""
    page.goto("/hoi-nghi/moi/")
    _field(page, "Loại hội nghị").select_option(label="Hội nghị ban chấp hành")
    _field(page, "Tên hội nghị").fill(TITLE)
    began = timezone.localtime().replace(hour=0, minute=1)
    _field(page, "Bắt đầu lúc").fill(f"{began:%H:%M} {format_date(began.date())}")
    _field(page, "Địa điểm").fill("Hội trường Huyện ủy")
    _field(page, "Chủ trì").fill("Đồng chí Bí thư Huyện ủy")
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page.url


def _invite(page: Page, conference: str) -> int:
    """By two roles: as many are invited as the preview said."""
    page.goto(f"{conference}dai-bieu/theo-chuc-vu/")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_label(re.compile("cấp ủy viên của khóa")).check()
    page.get_by_label(re.compile("Bí thư, Phó Bí thư")).check()
    page.get_by_role("button", name="Xem danh sách").click()
    shown = page.get_by_role("heading", name=re.compile(r"^Danh sách: \d+ người"))
    previewed = int(re.findall(r"\d+", shown.inner_text())[0])
    listed = page.locator("section", has=shown).locator("tbody tr")
    expect(listed).to_have_count(previewed)
    page.get_by_role("button", name=f"Mời {previewed} người").click()
    page.goto(conference)
    expect(page.locator(".stat", has_text="Được mời")).to_contain_text(str(previewed))
    assert previewed > 50
    return previewed


def _plan_one_item(page: Page, conference: str) -> None:
    page.goto(f"{conference}chuong-trinh/")
    _field(page, "Nội dung").fill(ITEM)
    _field(page, "Người trình bày").fill("Văn phòng Huyện ủy")
    _field(page, "Số phút").fill("20")
    page.get_by_role("button", name="Thêm vào chương trình").click()
    expect(page.get_by_role("link", name=ITEM)).to_be_visible()


def _call(page: Page, conference: str) -> None:
    page.goto(conference)
    page.get_by_role("link", name="Triệu tập").click()
    page.get_by_role("button", name="Triệu tập").click()
    expect(page.get_by_text("Đã triệu tập hội nghị.")).to_be_visible()


def _check_in(page: Page, conference: str, invited: int) -> None:
    """At the desk on a phone: a known number, the same again, one that nobody has."""
    page.goto(f"{conference}diem-danh/")
    number = page.get_by_label(re.compile("^Số trên thẻ"))
    present = page.locator(".stat", has_text="Có mặt / được mời")
    answer = page.locator("#tra-loi")

    def type_in(text: str, said: str) -> None:
        number.fill(text)
        page.get_by_role("button", name="Điểm danh").tap()
        expect(answer).to_contain_text(said)

    expect(present).to_contain_text(f"0 / {invited}")
    type_in("1", "Đã điểm danh.")
    expect(present).to_contain_text(f"1 / {invited}")
    type_in("1", "Không ghi thêm lần nữa")
    type_in("99999", "Không có số hoặc mã")
    type_in("2", "Đã điểm danh.")
    expect(present).to_contain_text(f"2 / {invited}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def _open_and_show(office: Page, hall: Page, conference: str) -> None:
    """What the secretary starts stands on the screen of another window within five seconds."""
    office.goto(f"{conference}dieu-hanh/")
    office.get_by_role("button", name="Khai mạc").click()
    expect(office.get_by_text("Đang họp")).to_be_visible()
    hall.goto(f"{conference}man-hinh/")
    expect(hall.get_by_text("Đang tiến hành")).to_have_count(0)
    office.get_by_role("button", name="Bắt đầu").click()
    expect(hall.get_by_text("Đang tiến hành")).to_be_visible(timeout=5_000)
    expect(hall.get_by_role("heading", level=2)).to_contain_text(ITEM)


def _vote(page: Page, conference: str) -> None:
    """More votes than people in the hall are refused, at the form."""
    page.goto(f"{conference}bieu-quyet/moi/")
    _field(page, "Nội dung biểu quyết").fill("Thông qua dự thảo quy chế")
    present = int(_field(page, "Số người có quyền biểu quyết có mặt").input_value())
    _field(page, "Tán thành").fill(str(present + 40))
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.locator(".invalid-feedback, [role=alert]").first).to_be_visible()
    _field(page, "Tán thành").fill(str(present))
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.locator("table")).to_contain_text("Thông qua dự thảo quy chế")


def _conclude(page: Page, conference: str) -> None:
    """A conclusion with owners and a date is a task at once."""
    page.goto(f"{conference}ket-luan/moi/")
    row = page.locator("fieldset").first
    _field(row, "Kết luận").fill(CONCLUSION)
    _field(row, "Hạn").fill(format_date(today() + timedelta(days=20)))
    row.get_by_label(re.compile("Tất cả trực thuộc")).check()
    page.get_by_role("button", name="Ghi lại").click()
    page.get_by_role("row", name=CONCLUSION).get_by_role("link", name=re.compile("tổ chức")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(CONCLUSION)
    expect(page.locator("main")).to_contain_text(f"hạn {format_date(today() + timedelta(days=20))}")


def _close(page: Page, conference: str) -> None:
    page.goto(f"{conference}dieu-hanh/")
    page.get_by_role("button", name="Kết thúc", exact=True).click()
    page.get_by_role("button", name="Bế mạc").click()
    expect(page.get_by_text("Đã bế mạc")).to_be_visible()


def _download(page: Page, name: str) -> Download:
    with page.expect_download(timeout=60_000) as file:
        page.get_by_role("link", name=name).click()
    return file.value


def _saved(file: Download, target: Path) -> str:
    file.save_as(target)
    return str(target)


def _reads_without_the_system(path: str, browser: Browser, folder: Path) -> None:
    """The packed file's own page opens from the disk of a computer without any network."""
    with zipfile.ZipFile(path) as packed:
        packed.extractall(folder / "ho-so")
    (index,) = (folder / "ho-so").rglob("index.html")
    complaints: list[str] = []
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith("file:") else complaints.append(f"left the disk: {asked.url}")
        ),
    )
    page.goto(index.as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(page.locator("body")).to_contain_text(CONCLUSION)
    context.close()
    assert complaints == []
