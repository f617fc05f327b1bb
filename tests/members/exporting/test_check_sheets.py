"""Sheets for checking by hand: a page a cell, gaps named, nothing restricted on paper."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.members.exporting.test_layouts import CARD, make_layout_world, people
from tests.once import once
from tests.page_world import logged_in
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.members.exporting.check_sheets import CHECKED, NOT_YET, RECORDED, check_sheets
from tongket.members.pages import checking

pytestmark = pytest.mark.django_db
district, world = once(make_layout_world)


def page(world: World, name: str = "clerk", query: str = "") -> str:
    """The page that is printed."""
    return logged_in(world.users[name]).get(reverse("members:check_sheets") + query).content.decode()


def test_each_cell_has_a_page_and_each_person_is_on_one(world: World) -> None:
    sheets = check_sheets(people())
    assert [sheet.organisation.code for sheet in sheets if sheet.organisation] == [
        "PA1",
        "PA2",
        "PB1",
        "PB2",
        "VP",
    ]
    codes = [one.known.member.code for sheet in sheets for one in sheet.people]
    assert sorted(codes) == sorted(world.members)
    assert page(world).count("check-sheet") >= len(sheets)


def test_a_blank_is_missing_and_named_not_filled(world: World) -> None:
    (sheet,) = check_sheets(people("M9"))
    (one,) = sheet.people
    said = dict(zip((name for name, _head in CHECKED), one.cells, strict=True))
    assert (said["birth_date"], said["home_town"]) == ("1951", "")
    assert (said["card_number"], said["official_on"]) == (NOT_YET, NOT_YET)  # on probation
    assert "dân tộc" in one.gaps
    assert sheet.incomplete == 1


def test_an_identity_number_is_said_to_be_recorded_and_never_printed(world: World) -> None:
    (sheet,) = check_sheets(people("M8"))
    said = dict(zip((name for name, _head in CHECKED), sheet.people[0].cells, strict=True))
    assert (said["national_id"], said["card_number"]) == (RECORDED, CARD)
    assert said["admitted_on"] == "03/03/2005"
    printed = page(world)
    assert "049180001234" not in printed
    assert "Thôn 1, xã An Phú" not in printed


def test_a_commune_prints_its_own_cells_and_it_is_logged(world: World) -> None:
    printed = page(world, "clerk_a")
    assert "Chi bộ thôn A1" in printed and "Chi bộ thôn B1" not in printed
    entry = LedgerEntry.objects.filter(action="member.export").latest("id")
    assert entry.data["layout"] == "ra-soat"
    assert logged_in(world.users["admin"]).get(reverse("members:check_sheets")).status_code == 403


def test_too_many_for_a_browser_are_refused_in_words_and_not_cut(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST", 3)
    printed = page(world)
    assert "chọn một đơn vị" in printed
    assert "check-table" not in printed


def test_the_questions_do_not_grow_with_the_people(world: World) -> None:
    client = logged_in(world.users["clerk"])
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("members:check_sheets") + "?don_vi=VP")
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("members:check_sheets") + "?tu_cach=all")
    assert len(many) <= len(few) + 1
    reading = [query for query in many if query["sql"].startswith("SELECT")]
    assert len(reading) <= 15
