"""The packaged front-end files work in a real browser under the strict content security policy."""

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.django_db, pytest.mark.urls("tests.e2e.chart_urls")]

# How many colours the canvas shows: an empty one has one.
COLOURS = """() => {
  const canvas = document.querySelector("#chart canvas");
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return new Set(new Uint32Array(data.buffer)).size;
}"""


def test_a_chart_is_drawn_and_a_menu_opens_without_a_violation(live_server, page: Page) -> None:
    page.goto(live_server.url + "/")
    page.wait_for_selector("body[data-drawn=yes]")
    assert page.evaluate(COLOURS) > 2
    page.click("#more")
    page.wait_for_selector(".dropdown-menu.show")
    assert page.evaluate("typeof htmx.process") == "function"


def test_the_screen_font_is_the_bundled_one(live_server, page: Page) -> None:
    page.goto(live_server.url + "/")
    page.wait_for_selector("body[data-drawn=yes]")
    loaded = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family))"
    )
    assert any("Be Vietnam Pro" in family for family in loaded)
