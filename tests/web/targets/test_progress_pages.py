"""Pages of progress and of the term: what they say, to whom, at what cost, and as a workbook."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.page_world import logged_in
from tests.web.targets.conftest import SetTarget
from tests.world import World
from tongket.indicators.catalogue import INDICATORS

PAGES = ("progress", "below", "term")


@pytest.fixture
def client(world: World) -> Client:
    return logged_in(world.users["clerk"])


def _get(client: Client, page: str, query: str = "?ky=2023") -> Any:
    return client.get(reverse(f"targets:{page}") + query)


def _sheet(answer: Any) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


def test_eighty_eight_of_eighty_five_reads_plus_three_and_a_half_percent(
    world: World, set_target: SetTarget, client: Client, admit_more: Callable[..., None]
) -> None:
    set_target(value=85, giver_name="Tỉnh ủy")
    admit_more(*(date(2023, 6, n % 28 + 1) for n in range(87)))
    page = _get(client, "progress")
    [row] = page.context["rows"]
    assert (row["done"], row["asked"], row["percent"], row["beyond"]) == ("88", "85", "103,5%", "+3,5%")
    assert (row["status"], row["css"]) == ("Vượt", "good")
    assert "(+3,5%)" in page.content.decode()


def test_a_running_year_says_what_is_expected_and_what_the_forecast_rests_on(
    world: World, set_target: SetTarget, client: Client
) -> None:
    set_target(value=4)
    [row] = _get(client, "progress", "?ky=2023&tai_ngay=30/06/2023").context["rows"]
    assert (row["done"], row["expected"], row["status"], row["forecast"]) == ("1", "2", "Đúng tiến độ", "2")
    assert "theo nhịp hiện nay" in row["basis"]
    [row] = _get(client, "progress", "?ky=2023&tai_ngay=31/03/2023").context["rows"]
    assert (row["status"], row["forecast"]) == ("Đúng tiến độ", "")
    assert "chưa đủ số liệu" in row["basis"]


def test_every_result_leads_to_its_figure_and_its_target(
    world: World, set_target: SetTarget, client: Client
) -> None:
    target = set_target(value=4)
    set_target("PA", 2)
    text = _get(client, "progress", "?ky=2023&tai_ngay=30/06/2023").content.decode()
    assert reverse("web:figure", args=["members.admitted"]) in text
    assert "tai_ngay=30%2F06%2F2023" in text
    assert reverse("targets:detail", args=[target.pk]) in text
    assert reverse("targets:below") in text


def test_parts_below_lead_to_the_progress_of_each(
    world: World, set_target: SetTarget, client: Client
) -> None:
    set_target(value=6)
    set_target("PA", 4)
    page = _get(client, "below", "?ky=2023&chi_so=members.admitted")
    assert [row["child"].code for row in page.context["rows"]] == ["PA"]
    assert [child.code for child in page.context["without"]] == ["PB", "VP"]
    assert client.get(page.context["rows"][0]["child_href"]).context["view"].organisation == world["PA"]
    assert _get(client, "below", "?ky=2023&chi_so=khong.co").status_code == 404


def test_the_term_shows_years_and_term_of_the_chosen_organisation(
    world: World, set_target: SetTarget, client: Client
) -> None:
    set_target(value=4)
    set_target(value=20, period="2020-2025", giver="own")
    set_target("PA", 2)
    page = _get(client, "term", "?ky=2020-2025-H1")
    assert "914/1826" in page.content.decode()
    assert [o.code for o in page.context["organisations"]] == ["QS", "PA"]
    of_a = _get(client, "term", "?ky=2023&to_chuc=PA")
    assert [row["giver"] for row in of_a.context["rows"]] == ["Cấp trên giao"]


@pytest.mark.parametrize("page", ["progress", "term"])
def test_the_workbook_has_a_line_for_every_target(
    world: World, set_target: SetTarget, client: Client, page: str
) -> None:
    set_target(value=4, note="=1+1")
    set_target(value=95, indicator="study.attendance_pct", giver="own")
    rows = _sheet(_get(client, page, "?ky=2023&xuat=xlsx"))
    assert [row[0] for row in rows[4:]] == [
        INDICATORS[id].vi for id in ("members.admitted", "study.attendance_pct")
    ]
    assert 4 in rows[4]


@pytest.mark.parametrize("page", PAGES)
def test_a_period_without_targets_says_so(world: World, client: Client, page: str) -> None:
    answer = _get(client, page, "?ky=2019-Q2")
    assert answer.status_code == 200
    assert "Chưa" in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_only_who_may_read_figures_of_the_organisation_sees_its_targets(
    world: World, set_target: SetTarget, page: str
) -> None:
    set_target(value=4)
    set_target("PA", 2)
    assert _get(logged_in(world.users["leader"]), page).status_code == 200
    assert _get(logged_in(world.users["admin"]), page).status_code == 403
    assert _get(logged_in(world.users["clerk_b"]), page, "?ky=2023&to_chuc=QS").status_code == 404
    assert _get(logged_in(world.users["clerk_b"]), page, "?ky=2023&to_chuc=PA").status_code == 404
    own = _get(logged_in(world.users["clerk_b"]), page)
    assert world["PA"].name not in own.content.decode()
    assert logged_in(world.users["clerk"]).post(reverse(f"targets:{page}")).status_code == 405


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("day", ["?ky=2023&tai_ngay=30/09/2023", "?ky=2023"])
def test_a_page_costs_few_questions_however_many_targets(
    world: World, set_target: SetTarget, client: Client, page: str, day: str
) -> None:
    for id in ("members.admitted", "study.sessions", "honours.badges", "members.total"):
        set_target(indicator=id, value=3)
        set_target("PA", 1, indicator=id)
        set_target(indicator=id, value=3, giver="own")
        set_target(indicator=id, value=9, period="2020-2025", giver="own")
    _get(client, page, day)
    with CaptureQueriesContext(connection) as asked:
        assert _get(client, page, day).status_code == 200
    assert len(asked) <= 15, [q["sql"][:90] for q in asked]


def test_the_pages_lead_to_each_other(world: World, client: Client) -> None:
    addresses = [reverse(f"targets:{name}") for name in ("list", "progress", "term")]
    for name in ("list", "progress", "term"):
        text = _get(client, name).content.decode()
        assert all(f'href="{address}' in text for address in addresses)


def test_pages_are_asked_as_known_before_the_target_was_recorded(
    world: World, set_target: SetTarget, client: Client
) -> None:
    set_target(value=4)
    assert not _get(client, "progress", "?ky=2023&biet_den=01/01/2020").context["rows"]
    assert not _get(client, "term", "?ky=2023&biet_den=01/01/2020").context["rows"]
