"""A paper comes in, is handed down, answered from a phone, returned, answered again: and the figure rises by one."""

import io
import re
from collections.abc import Callable

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.watching import PHONE
from tongket.core.dates import format_date, today
from tongket.core.text import fold

pytestmark = pytest.mark.e2e

COMMUNE, SECRETARY = "QS.03", "bi-thu-qs.03"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Said in the file alone: neither symbol nor subject has it.
INSIDE = "Gia cố bờ đập thủy lợi Việt An"
WHY = "Kế hoạch chưa phân công người phụ trách, đề nghị bổ sung"
SYMBOL, PLAN = "914-CT/TU", "915-KH/ĐU"


def test_a_directive_goes_down_is_answered_from_a_phone_and_counts(enter: Callable[..., Page]) -> None:
    office, secretary = enter("van-phong"), enter(SECRETARY, viewport=PHONE, has_touch=True)
    before = _figure(office)
    title = f"Ban hành kế hoạch phòng, chống thiên tai theo Chỉ thị {SYMBOL}"

    _register(office)
    _find_by_a_word_of_the_file(office)
    demand = _hand_down(office, title)
    _matrix_shows(office, SYMBOL, demand)

    task = _open_what_is_due(secretary, title)
    _report(secretary, "ke-hoach.docx")
    _return(office, task)
    assert _figure(office) == before  # returned is not done
    secretary.goto(task)
    expect(secretary.get_by_text(WHY).first).to_be_visible()
    _report(secretary, "ke-hoach-bo-sung.docx")
    _accept(office, task)

    assert _figure(office) == before + 1
    office.locator("#ho-so").get_by_role("link", name=title).click()
    expect(office).to_have_url(re.compile(re.escape(task) + "$"))
    expect(office.locator("main")).to_contain_text("ke-hoach-bo-sung.docx")


def _field(place: Page | Locator, label: str) -> Locator:
    """The field with this very label, starred or not."""
    return place.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))


def _day() -> str:
    return format_date(today())


def _file(name: str, text: str) -> dict[str, object]:
    """A Word file to upload."""
    document, content = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(content)
    return {"name": name, "mimeType": WORD, "buffer": content.getvalue()}


def _figure(page: Page) -> int:
    page.goto(f"/so-lieu/obligations.on_time/?to_chuc={COMMUNE}&ky={today().year}")
    shown = re.match(r"[\d.]+", page.locator(".big-figure").inner_text())
    assert shown
    return int(shown.group().replace(".", ""))


def _register(page: Page) -> None:
    """The paper with its file, in the book of papers received."""
    page.goto("/van-ban/moi/")
    _field(page, "Loại văn bản").select_option(label="Chỉ thị")
    _field(page, "Số và ký hiệu").fill(SYMBOL)
    _field(page, "Ngày ban hành").fill(_day())
    _field(page, "Cơ quan ban hành").fill("Ban Thường vụ Tỉnh ủy Quảng Nam")
    _field(page, "Cấp ban hành").select_option(label="Tỉnh ủy")
    _field(page, "Trích yếu").fill("Về tăng cường công tác phòng, chống thiên tai")
    _field(page, "Ngày nhận").fill(_day())
    _field(page, "Phải ban hành văn bản triển khai").uncheck()
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SYMBOL)
    _field(page, "Tệp").set_input_files(_file("chi-thi.docx", f"{INSIDE} trước ngày 15/9."))  # type: ignore[arg-type]
    page.get_by_role("button", name="Đính kèm").click()
    expect(page.get_by_role("link", name="chi-thi.docx")).to_be_visible()


def _find_by_a_word_of_the_file(page: Page) -> None:
    page.goto(f"/van-ban/?ky={today().year}&q={fold(INSIDE)}")
    expect(page.locator("#ket-qua tbody tr")).to_have_count(1)
    page.locator("#ket-qua").get_by_role("link", name=SYMBOL).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SYMBOL)


def _hand_down(page: Page, title: str) -> str:
    """Ask the communes for a plan by today; the address of what was asked."""
    page.get_by_role("link", name="Giao thực hiện").click()
    ask = page.get_by_role("group").filter(has=page.get_by_label("Ban hành văn bản triển khai", exact=True))
    ask.get_by_role("checkbox").first.check()
    _field(ask, "Nội dung việc").fill(title)
    _field(ask, "Hạn").fill(_day())
    page.get_by_label("Khối", exact=True).select_option(index=1)
    page.get_by_role("button", name="Giao việc").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def _matrix_shows(page: Page, symbol: str, demand: str) -> None:
    page.goto(f"/bang-theo-doi/?ky={today().year}")
    address = demand.removeprefix(demand.partition("/viec")[0])
    column = page.get_by_role("columnheader").filter(has=page.locator(f"a[href='{address}']"))
    expect(column).to_contain_text(symbol)
    expect(column).to_contain_text(_day())


def _open_what_is_due(page: Page, title: str) -> str:
    """From the list of what is due this month; the address of the task."""
    page.goto("/viec-den-han/")
    task = page.get_by_role("listitem").filter(has_text=title)
    expect(task).to_contain_text(f"hạn {_day()}")
    task.get_by_role("link", name=title).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    return page.url.partition("#")[0].removeprefix(page.url.partition("/viec")[0])


def _report(page: Page, file: str) -> None:
    symbol = _field(page, "Số và ký hiệu")
    if symbol.count():  # the plan is asked for until it is in the book
        symbol.fill(PLAN)
        _field(page, "Ngày ban hành").fill(_day())
    _field(page, "Kết quả").fill("Đã ban hành kế hoạch.")
    page.get_by_label("Tệp đính kèm").first.set_input_files(_file(file, "Kế hoạch"))  # type: ignore[arg-type]
    page.get_by_role("button", name="Gửi báo cáo").tap()
    expect(page.get_by_text("Đã gửi báo cáo.")).to_be_visible()
    expect(page.get_by_role("link", name=file)).to_be_visible()


def _return(page: Page, task: str) -> None:
    page.goto(task)
    form = page.locator("details", has=page.get_by_text("Trả lại báo cáo"))
    form.locator("summary").click()
    _field(form, "Lý do").fill(WHY)
    form.get_by_role("button", name="Trả lại báo cáo").click()
    expect(page.get_by_text("Đã trả lại báo cáo.")).to_be_visible()


def _accept(page: Page, task: str) -> None:
    page.goto(task)
    page.get_by_role("button", name="Chấp nhận").click()
    expect(page.get_by_text("Đã chấp nhận báo cáo.")).to_be_visible()
