"""A real browser for the tests in this folder; ./test names it in TONGKET_CHROMIUM."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.watching import watch

# Playwright's own event loop makes Django think that the test runs inside one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    path = os.environ.get("TONGKET_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        # The sandbox of Chromium does not start for root, as which a test machine may run.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, built_assets: Path) -> Iterator[BrowserContext]:
    """A fresh browser profile on a desktop screen."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test when the browser reports an error or a request leaves the server."""
    complaints: list[str] = []
    page = watch(context.new_page(), complaints)
    yield page
    assert complaints == []
