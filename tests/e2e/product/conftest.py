"""The demo district served by the product itself, as `./run` serves it: own process, own settings, own data."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.preparing import START_LIMIT, environment, prepared
from tests.e2e.watching import DESK, watch
from tongket.demo.load import DEMO_PASSWORD


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running product with the demo district."""
    folder = tmp_path_factory.mktemp("product")
    shutil.copytree(prepared(), folder / "var")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (folder / "log").open("w+")
    server = subprocess.Popen(
        [sys.executable, "-m", "tongket.cli", "--port", str(port)],
        cwd=folder,
        env=environment(folder / "var"),
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, server, folder / "log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"the product stopped while starting:\n{log.read_text()[-3000:]}")
        try:
            urllib.request.urlopen(f"{address}/tai-khoan/dang-nhap/", timeout=5).close()  # noqa: S310
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"the product did not answer in {START_LIMIT} s:\n{log.read_text()[-3000:]}")


def log_in(page: Page, product: str, name: str) -> None:
    """Log in through the page, as a user does."""
    page.goto(f"{product}/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_load_state()


@pytest.fixture(scope="session")
def windows(browser: Browser, product: str) -> Iterator[Callable[..., Page]]:
    """Open a window of one demo user, who logs in once a run; all are closed at the end of the run."""
    sessions: dict[str, Any] = {}
    contexts: list[BrowserContext] = []

    def open_as(name: str, **options: Any) -> Page:
        if name not in sessions:
            first = browser.new_context(locale="vi-VN")
            log_in(first.new_page(), product, name)
            sessions[name] = first.storage_state()
            first.close()
        settings = {"viewport": DESK, "locale": "vi-VN", "color_scheme": "light", **options}
        context = browser.new_context(base_url=product, storage_state=sessions[name], **settings)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture
def enter(windows: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Open a window of one demo user that must not complain; `expected` are HTTP answers that the test asks for."""
    complaints: list[str] = []
    opened: list[Page] = []

    def open_as(name: str, *, expected: tuple[int, ...] = (), **options: Any) -> Page:
        opened.append(watch(windows(name, **options), complaints, expected=expected))
        return opened[-1]

    yield open_as
    for page in opened:
        page.context.close()
    assert complaints == []
