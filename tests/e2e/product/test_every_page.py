"""Every page in the browser: reachable for all, the same in light, dark and on a phone, and silent on the console."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import Looks, serious
from tests.e2e.watching import DESK, PHONE, watch

pytestmark = pytest.mark.e2e

ROW = "#ket-qua tbody a"


@dataclass(frozen=True)
class At:
    """A page: the user who opens it, its address, and the links to follow from there (to a record, on from it)."""

    user: str
    path: str
    follow: str = ""
    more: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.user} {self.path}{' > record' if self.follow else ''}{self.more}"


OFFICE = [
    At("van-phong", path)
    for path in (
        "/",
        "/so-sanh/",
        "/so-lieu/?nhom=admissions",
        "/so-lieu/members.admitted/",
        "/so-lieu/ratings.organisations.good_or_better_pct/",
        "/so-lieu/discipline.members/",
        "/so-lieu/members.admitted.vs_target_pct/",
        "/bieu/",
        "/bieu/1/",
        "/bieu/2/",
        "/bieu/3/",
        "/bieu/6/",
        "/bao-cao/",
        "/chi-tieu/",
        "/chi-tieu/moi/",
        "/van-ban/",
        "/van-ban/moi/",
        "/van-ban/trien-khai/",
        "/hoc-tap/",
        "/huy-hieu/",
        "/khen-thuong/",
        "/khen-thuong/moi/",
        "/nhap-lieu/",
        "/tai-khoan/doi-mat-khau/",
        "/tai-khoan/xac-thuc/",
    )
]
OTHERS = [
    At("van-phong", "/van-ban/", ROW),
    At("van-phong", "/chi-tieu/", ROW),
    At("to-chuc", "/to-chuc/?q=Bình+Hòa"),
    At("to-chuc", "/to-chuc/QS.03/"),
    At("to-chuc", "/to-chuc/thanh-lap/"),
    At("to-chuc", "/to-chuc/QS.03/sap-nhap/"),
    At("to-chuc", "/to-chuc/QS.03/chia-tach/"),
    At("to-chuc", "/dang-vien/"),
    At("to-chuc", "/dang-vien/thieu-thong-tin/"),
    At("to-chuc", "/dang-vien/", ROW),
    At("to-chuc", "/bieu/1/chenh-lech/"),
    At("to-chuc", "/dang-vien/xuat/?to_chuc=QS.03.03"),
    At("to-chuc", "/dang-vien/ra-soat/?to_chuc=QS.03.03"),
    At("to-chuc", "/dang-vien/", ROW, "sua/"),
    At("to-chuc", "/dang-vien/", ROW, "viec/moi/"),
    At("to-chuc", "/dang-vien/moi/"),
    At("to-chuc", "/dang-vien/trung/"),
    At("to-chuc", "/dang-vien/trung/", "td.num a[href*='/trung/']"),
    At("to-chuc", "/dang-vien/trung/da-gop/", "td.num a[href*='/trung/']"),
    At("to-chuc", "/dang-vien/moi/?viec=admitted"),
    At("to-chuc", "/nhap-lieu/doi-chieu/"),
    At("to-chuc", "/xep-loai/to-chuc/"),
    At("to-chuc", "/xep-loai/dang-vien/"),
    At("to-chuc", "/xep-loai/to-chuc/moi/"),
    At("to-chuc", "/sap-xep/"),
    At("to-chuc", "/sap-xep/", "main td a"),
    At("to-chuc", "/sap-xep/", "main td a", "tac-dong/"),
    At("to-chuc", "/sap-xep/moi/"),
    At("van-phong", "/sap-xep/so-lieu/?ky=2023"),
    At("kiem-tra", "/ky-luat/"),
    At("kiem-tra", "/ky-luat/to-chuc/"),
    At("kiem-tra", "/ky-luat/moi/"),
    At("kiem-soat", "/nhat-ky/"),
    At("quan-tri", "/nguoi-dung/"),
    At("quan-tri", "/nguoi-dung/", ROW),
    At("quan-tri", "/nguoi-dung/moi/"),
    At("quan-tri", "/ket-noi/"),
    At("quan-tri", "/ket-noi/", "main tbody a"),
    At("quan-tri", "/ket-noi/moi/"),
    At("bi-thu-qs.03", "/"),
    At("bi-thu-qs.03.03", "/"),
    At("van-phong", "/nguoi-dung/", status=403),
    At("bi-thu-qs.03", "/to-chuc/QS.04/", status=404),
    At("van-phong", "/?ky=20x3", status=400),
]

YEAR_END = "/hoi-nghi/?ky=2023"  # the list that begins with the conference of 28/12/2023
WORK = [
    *(
        At("van-phong", path)
        for path in (
            "/van-ban/di/?ky=2023",
            "/van-ban/di/moi/",
            "/van-ban/di/so/",
            "/hoc-tap/ke-hoach/",
            "/hoc-tap/ke-hoach/moi/",
            "/hoc-tap/thoi-su/?ky=2023",
            "/hoc-tap/moi/",
            "/nhap-lieu/edxml/",
            "/viec-den-han/",
            "/viec-den-han/?cua=QS.03",
            "/bang-theo-doi/?ky=2023",
            "/giao-viec/",
            "/don-doc/",
            "/don-doc/ngay-nhac/",
            "/lich/",
            "/chi-tieu/tien-do/?ky=2023",
            "/chi-tieu/nhiem-ky/",
            "/chi-tieu/tien-do/don-vi/?ky=2023",
            "/hoat-dong/?ky=2023",
            "/hoat-dong/moi/",
            "/hoat-dong/lich-nam/?ky=2023",
            "/hoat-dong/nam-tron/",
            "/hoat-dong/ket-nghia/",
            "/hoi-nghi/?ky=2023",
            "/hoi-nghi/moi/",
            "/giay-moi-den/",
        )
    ),
    At("van-phong", "/van-ban/?ky=2023", ROW, "thay-doi/"),
    At("van-phong", "/van-ban/?ky=2023", f"{ROW}; a[href*='/cac-cap/']"),
    At("van-phong", "/hoat-dong/ket-nghia/", ROW),
    At("van-phong", "/bang-theo-doi/?ky=2023", "table.matrix thead a"),
    At("van-phong", "/bang-theo-doi/?ky=2023", "table.matrix td.m a"),
    At("van-phong", "/hoat-dong/?ky=2023", ROW),
    *(
        At("van-phong", YEAR_END, ROW, more)
        for more in (
            "",
            "chuong-trinh/",
            "dai-bieu/",
            "dai-bieu/theo-chuc-vu/",
            "the/",
            "diem-danh/",
            "diem-danh/danh-sach/",
            "danh-sach-diem-danh/",
            "dieu-hanh/",
            "man-hinh/",
            "bieu-quyet/",
            "bieu-quyet/moi/",
            "ket-luan/",
            "ket-luan/moi/",
            "khen-thuong/",
            "bien-ban/",
        )
    ),
    At("tuyen-giao", "/tinh-hinh-tu-tuong/?ky=2023"),
    At("tuyen-giao", "/tinh-hinh-tu-tuong/moi/"),
    At("tuyen-giao", "/tinh-hinh-tu-tuong/theo-chu-de/?ky=2023"),
    At("tuyen-giao", "/tinh-hinh-tu-tuong/ban-tin/"),
    At("bi-thu-qs.03", "/viec-den-han/"),
    At("bi-thu-qs.03", "/viec-den-han/", "a.duty-title"),
]


@dataclass
class Walker:
    """One browser window a user, kept for all pages; `complaints` are those of the page shown last."""

    open_as: Callable[..., Page]
    complaints: list[str] = field(default_factory=list)
    windows: dict[str, Page] = field(default_factory=dict)
    looks: Looks = field(default_factory=Looks)
    links: dict[tuple[str, ...], str] = field(default_factory=dict)

    def go(self, at: At) -> tuple[Page, int]:
        """The page shown, drawn to its end, with the HTTP answer."""
        page = self.windows.get(at.user)
        if page is None:
            page = self.windows[at.user] = watch(
                self.open_as(at.user, reduced_motion="reduce"), self.complaints, expected=(400, 403, 404)
            )
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)
        self.complaints.clear()
        # Where a link leads is looked up once: the page it stands on is a page of its own here.
        address, way = at.path, (at.user, at.path)
        for link in at.follow.split("; ") if at.follow else ():
            way = (*way, link)
            if way not in self.links:
                page.goto(address)
                self.links[way] = str(page.locator(link).first.get_attribute("href"))
            address = f"{self.links[way]}{at.more}"
        answer = page.goto(address)
        expect(page.locator(UNDRAWN)).to_have_count(0, timeout=15_000)
        return page, answer.status if answer else 0


#: Charts not yet drawn (or known to have nothing to draw), and parts of the page still being fetched.
UNDRAWN = "figure[data-chart]:not(.drawn):not(:has(.nothing)), [hx-trigger=load]:empty, .htmx-request, #danh-sach > p"


@pytest.fixture(scope="module")
def walker(windows: Callable[..., Page]) -> Walker:
    """One for all pages."""
    return Walker(windows)


@pytest.mark.parametrize("at", OFFICE + OTHERS + WORK, ids=str)
def test_a_page_is_sound_in_light_in_dark_and_on_a_phone(walker: Walker, at: At) -> None:
    page, status = walker.go(at)
    assert status == at.status
    assert walker.looks.at(page) == {}
    assert walker.complaints == []


def test_the_check_finds_a_planted_fault(walker: Walker) -> None:
    page, _status = walker.go(At("van-phong", "/bieu/"))
    page.evaluate(
        """() => { const bad = document.createElement('button'); document.querySelector('main').append(bad);
        const pale = document.createElement('p'); pale.textContent = 'nhạt'; pale.style.color = '#ddd';
        document.querySelector('main').append(pale); }"""
    )
    assert {fault.partition(":")[0] for fault in serious(page)} == {"button-name", "color-contrast"}


def test_the_check_finds_what_only_one_screen_shows_and_what_only_dark_hides(walker: Walker) -> None:
    page, _status = walker.go(At("van-phong", "/bieu/"))
    page.evaluate(
        """() => { for (const [shown, colour] of [['d-none d-xl-block', '#222'], ['d-xl-none', '#ddd'], ['', '#222']]) {
        const one = document.createElement('p'); one.textContent = 'chữ'; one.className = shown;
        one.style.color = colour; document.querySelector('main').append(one); } }"""
    )
    faults = walker.looks.at(page)
    assert {where: len(found) for where, found in faults.items()} == {
        "dark, on a phone": 1,
        "only on a desk": 1,
        "only on a phone": 1,
    }


def test_the_login_page_is_sound_in_light_in_dark_and_on_a_phone(page: Page, product: str) -> None:
    page.goto(f"{product}/tai-khoan/dang-nhap/")
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page, "color-contrast") == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
