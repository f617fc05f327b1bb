"""Whatever can be reached by links: a sealed case changes no page of anybody who is not named for it."""

import re
from typing import Any

import pytest

from tests.cases.test_sealed import planted
from tests.page_world import logged_in
from tests.world import World

_LINK = re.compile(r'(?:href|hx-get|src|data-url)="(/[^"#]*)')
_CHANGING = re.compile(
    r'(csrfmiddlewaretoken" value|nonce|hx-headers)=["\'][^"\']*["\']|\d\d:\d\d(:\d\d)? \d\d/\d\d/\d{4}'
)
MOST = 30


def crawl(world: World, name: str) -> dict[str, Any]:
    client = logged_in(world.users[name])
    found: dict[str, Any] = {}
    queue = [
        "/ky-luat/?ky=2023",
        "/huy-hieu/",
        "/xep-loai/",
        "/so-lieu/?ky=2023",
        "/?ky=2023",
        "/ky-luat/vu-viec/?ky=2023",
        "/kiem-tra/?ky=2023",
        "/dang-vien/?ky=2023",
    ]
    while queue and len(found) < MOST:
        address = queue.pop(0).replace("&amp;", "&")
        if address in found or address.startswith(("/static", "/tai-khoan", "/account", "/i18n")):
            continue
        answer = client.get(address)
        text = ""
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            text = re.sub(r"\s+", " ", _CHANGING.sub("", answer.content.decode()))
            queue += _LINK.findall(text)
        found[address] = (answer.status_code, text)
    return found


@pytest.mark.parametrize(
    ("name", "totals"),
    [
        ("office", ()),
        # With the duty: the district's total of the year, and that there is a sealed case.
        ("second", ("/", "/?", "/ky-luat/vu-viec/")),
    ],
)
def test_a_sealed_case_changes_no_page_but_the_totals(
    world: World, name: str, totals: tuple[str, ...]
) -> None:
    before = crawl(world, name)
    planted(world)
    after = crawl(world, name)
    assert len(before) == MOST and list(before) == list(after)
    changed = {address for address in before if before[address] != after[address]}
    assert {address for address in changed if address.split("?")[0] not in totals} == set()
    assert bool(changed) == bool(totals)
