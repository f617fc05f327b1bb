"""The page in a package checks it from the disk, without any server: whole, altered, missing, added, unsigned."""

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page

from tests.e2e.watching import watch
from tests.reports.exchange.sheets import HOSTILE, MADE, district_sheet, fact
from tests.reports.templates import docx
from tongket.reports.exchange.archive import archive, unpack
from tongket.reports.exchange.package import build_package
from tongket.reports.word.blocks import Numbering, control
from tongket.reports.word.places import Place
from tongket.reports.word.printing import Tag

pytestmark = pytest.mark.e2e

FOLDER = "goi"
#: Browsers that give no cryptography to a page, as some do to one opened from the disk.
NO_CRYPTO = "Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})"


def word(text: str) -> bytes:
    """A .docx whose one number carries the name of its fact."""
    tag = Tag("members.admitted", "QS", "2023", "2023-12-31")
    plain = docx("SO đảng viên mới")
    with_control = control(Place(0, tag.indicator, text), tag, "Kết nạp", "", Numbering())
    files = unpack(plain)
    body = files["word/document.xml"].decode()
    files["word/document.xml"] = re.sub(
        r"<w:r>.*?</w:r>", lambda _: with_control, body, count=1, flags=re.S
    ).encode()
    return archive(files, MADE.isoformat())


@pytest.fixture(scope="module")
def package() -> dict[str, bytes]:
    """A small package; among its facts are some of organisations with hostile names."""
    sheet = district_sheet(children=0)
    facts = [fact for fact in sheet.facts if fact.indicator.startswith("members.")]
    facts += [fact("members.total", name, name, "2023", None) for name in HOSTILE]
    sheet = replace(sheet, organisation_name='Huyện "><script>alert(1)</script>', facts=tuple(facts))
    key = Ed25519PrivateKey.generate()
    return unpack(build_package(sheet, {"bao-cao.docx": word("88")}, key=key, folder=FOLDER))


@pytest.fixture
def page(browser: Browser, package: dict[str, bytes], tmp_path: Path) -> Iterator[Page]:
    """The page of the package, opened from the disk; errors, violations and requests elsewhere fail the test."""
    with opened(browser, package, tmp_path) as made:
        yield made


class opened:
    """A page from the disk in a browser profile of its own."""

    def __init__(self, browser: Browser, package: dict[str, bytes], folder: Path, script: str = "") -> None:
        self.context = browser.new_context(locale="vi-VN", offline=True)
        self.context.set_default_timeout(10_000)
        if script:
            self.context.add_init_script(script)
        self.path = folder / "kiem-tra.html"
        self.path.write_bytes(package[f"{FOLDER}/kiem-tra.html"])
        self.complaints: list[str] = []

    def __enter__(self) -> Page:
        page = watch(self.context.new_page(), self.complaints)
        page.goto(self.path.as_uri())
        return page

    def __exit__(self, *_: object) -> None:
        self.context.close()
        assert self.complaints == [f"left the server: {self.path.as_uri()}"], (
            "the page itself, and nothing else"
        )


def give(page: Page, *files: tuple[str, bytes]) -> str:
    """Hand the page files and return its verdict."""
    given = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files
    ]
    page.set_input_files("#files", given)
    page.wait_for_selector("#results:not([hidden])")
    page.wait_for_function("document.getElementById('busy').textContent === ''")
    return page.inner_text("#verdict")


def zipped(files: dict[str, bytes]) -> tuple[str, bytes]:
    return "goi.zip", archive(files, MADE.isoformat())


def states(page: Page) -> dict[str, str]:
    """File → what the page says of it, for all that are not whole."""
    rows = page.locator("#file-rows tr").all()
    found = {row.locator("th").inner_text(): row.locator(".tag").inner_text() for row in rows}
    return {name: state for name, state in found.items() if state != "Nguyên vẹn"}


def test_a_whole_package_is_good_and_its_facts_are_shown(page: Page, package: dict[str, bytes]) -> None:
    assert give(page, zipped(package)).startswith("Đạt")
    assert page.inner_text("#sign-tag") == "Đúng"
    assert states(page) == {}
    assert page.inner_text("#word-text") == "1 con số gắn với số liệu, tất cả đều đúng."
    page.fill("#find", "ket nap 2023 QS")
    assert "88" in page.locator("#fact-rows tr").first.inner_text()
    page.fill("#find", "<script>")
    assert HOSTILE[0] in page.inner_text("#fact-rows")
    page.fill("#find", "không có gì như thế")
    assert page.inner_text("#facts-count") == "Không có số liệu nào như vậy."


def test_the_unpacked_files_one_by_one_are_as_good(page: Page, package: dict[str, bytes]) -> None:
    loose = [(name.rpartition("/")[2], content) for name, content in package.items()]
    assert give(page, *loose).startswith("Đạt")


DROP = """async given => {
  const bytes = Uint8Array.from(atob(given), c => c.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], "goi.zip"));
  document.getElementById("drop").dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true}));
}"""


def test_the_package_may_be_dropped_on_the_page(page: Page, package: dict[str, bytes]) -> None:
    page.evaluate(DROP, base64.b64encode(zipped(package)[1]).decode())
    page.wait_for_selector("#verdict.good")


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("so-lieu.json", ""),
        ("so-lieu.json", NO_CRYPTO),
        ("bao-cao.docx", NO_CRYPTO),
        ("so-lieu.csv", ""),
        ("xbrl/tongket.xsd", ""),
        ("dinh-nghia.html", ""),
    ],
)
def test_an_altered_digit_is_found_and_its_file_named(
    browser: Browser, package: dict[str, bytes], tmp_path: Path, name: str, script: str
) -> None:
    content = bytearray(package[f"{FOLDER}/{name}"])
    place = next(n for n, byte in enumerate(content) if n > len(content) // 2 and 48 <= byte <= 57)
    content[place] = 48 + (content[place] - 47) % 10
    with opened(browser, package, tmp_path, script) as page:
        said = give(page, zipped({**package, f"{FOLDER}/{name}": bytes(content)}))
        assert said.startswith("Không đạt")
        assert f"{name}: đã bị sửa" in said
        assert states(page) == {name: "Đã bị sửa"}
        if name == "so-lieu.json":
            assert page.is_visible("#facts-warning")


@pytest.mark.parametrize("name", ["checksums.txt", "checksums.sig"])
def test_an_altered_list_or_signature_is_not_signed(page: Page, package: dict[str, bytes], name: str) -> None:
    content = package[f"{FOLDER}/{name}"]
    spoilt = content.replace(b"2023", b"2024", 1) if name.endswith("txt") else bytes(64)
    said = give(page, zipped({**package, f"{FOLDER}/{name}": spoilt}))
    assert said.startswith("Không đạt")
    assert page.inner_text("#sign-tag") == "Không đúng"


def test_missing_and_added_files_are_named(page: Page, package: dict[str, bytes]) -> None:
    files = {name: content for name, content in package.items() if not name.endswith(".csv")}
    said = give(page, zipped({**files, f"{FOLDER}/moi.txt": b"x"}))
    assert said.startswith("Không đạt")
    assert states(page) == {"so-lieu.csv": "Thiếu", f"{FOLDER}/moi.txt": "Thêm vào"}


def test_another_key_is_told_apart(page: Page, package: dict[str, bytes]) -> None:
    sheet = district_sheet(children=0)
    forged = unpack(build_package(sheet, {}, key=Ed25519PrivateKey.generate(), folder=FOLDER))
    said = give(page, zipped(forged))
    assert said.startswith("Không đạt")
    assert "không phải là khóa ghi trên trang này" in said


def test_without_cryptography_the_files_are_checked_and_the_signature_is_said_to_be_open(
    browser: Browser, package: dict[str, bytes], tmp_path: Path
) -> None:
    with opened(browser, package, tmp_path, NO_CRYPTO) as page:
        said = give(page, zipped(package))
        assert said.startswith("Các tệp khớp danh mục, chữ ký chưa kiểm tra được")
        assert "dòng lệnh" in said
        assert states(page) == {}


def test_a_number_changed_in_the_word_file_is_shown_beside_its_fact(
    page: Page, package: dict[str, bytes]
) -> None:
    give(page, zipped({**package, f"{FOLDER}/bao-cao.docx": word("89")}))
    assert "trong tệp Word là “89”, số liệu là “88”" in page.inner_text("#word-list")


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"khong phai zip" * 9])
def test_what_is_no_package_is_said_to_be_none(page: Page, content: bytes) -> None:
    assert give(page, ("goi.zip", content)).startswith(("Không đọc được", "Chưa kiểm tra được"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(page: Page, package: dict[str, bytes], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    give(page, zipped(package))
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
