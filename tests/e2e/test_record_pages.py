"""The pages of the register and the year's records in a real browser."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.members.profile_acts import amend_details

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NUMBER = "001080012345"


@pytest.fixture(scope="module", autouse=True)
def _append_only_again(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database refuses to empty the ledger, which these tests need between them; afterwards it refuses again."""
    yield
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            import_module("tongket.audit.migrations.0002_append_only").forwards(None, editor)


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    yield make_page_world()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in ("ledger_no_update", "ledger_no_delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _as(page: Page, live_server: LiveServer, world: World, name: str) -> None:
    key = logged_in(world.users[name]).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])


def test_a_restricted_field_appears_at_a_press_without_leaving_the_page(
    page: Page, live_server: LiveServer, world: World
) -> None:
    amend_details(world["M1"], {"national_id": NUMBER}, since=None, reason="bổ sung", by=None)
    _as(page, live_server, world, "clerk")
    page.goto(f"{live_server.url}/dang-vien/{world['M1'].uid}/")
    expect(page.get_by_text(NUMBER)).to_have_count(0)
    page.get_by_role("button", name="Xem các mục ẩn").click()
    expect(page.get_by_text(NUMBER)).to_be_visible()
    assert LedgerEntry.objects.filter(action="member.sensitive").count() == 1


def test_the_list_filters_itself_while_one_types(page: Page, live_server: LiveServer, world: World) -> None:
    _as(page, live_server, world, "clerk")
    page.goto(f"{live_server.url}/dang-vien/")
    page.get_by_label("Tìm theo tên").press_sequentially("do duc")
    expect(page.locator("#ket-qua tbody tr")).to_have_count(1)
    expect(page.get_by_role("link", name="Đỗ Đức Em")).to_be_visible()


def test_the_boxes_offer_organisations_and_members(page: Page, live_server: LiveServer, world: World) -> None:
    _as(page, live_server, world, "clerk")
    page.goto(f"{live_server.url}/khen-thuong/moi/")
    page.get_by_label("Tổ chức đảng").fill("xa b")
    expect(page.locator("#id_organisation_list option")).to_have_count(1)
    page.get_by_label("Đảng viên", exact=True).press_sequentially("pham thi")
    expect(page.locator("#id_member_list option")).to_have_count(1)


def test_a_form_is_filled_and_sent_by_keyboard_on_a_phone(
    page: Page, live_server: LiveServer, world: World
) -> None:
    _as(page, live_server, world, "clerk")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{live_server.url}/dang-vien/{world['M6'].uid}/viec/moi/")
    page.get_by_role("link", name="Công nhận chính thức").press("Enter")
    page.get_by_label("Ngày*", exact=True).fill("20/05/2024")
    page.get_by_label("Ngày*", exact=True).press("Enter")
    expect(page.locator(".timeline")).to_contain_text("Công nhận chính thức")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
