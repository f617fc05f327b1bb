"""The overview's lists of what is due per duty: each only for who holds the verb, late first, few questions."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admissions.world import candidate, make_admission_world, vote
from tests.cases.conftest import decided, opened
from tests.honours.badging.conftest import veteran
from tests.honours.commending.conftest import Campaign
from tests.inspections.programmes.making import brought_to, inspect
from tests.once import fresh, made_once
from tests.page_world import logged_in
from tests.ratings.rounds.conftest import opened as open_round
from tests.world import World, add_user
from tongket.cases.appeals.acts import record_appeal
from tongket.cases.appeals.drafts import AppealDraft
from tongket.core.dueitems import DueItem
from tongket.honours.commending.acts import decide
from tongket.honours.commending.drafts import Choice, DecisionDraft
from tongket.honours.commending.giving.numbers import run_numbers
from tongket.web.figure_pages import due_lists
from tongket.web.figure_pages.due_lists import DueList, Source, composed

DAY = date(2023, 12, 10)
ADDRESSES = ("web:due_organising", "web:due_inspecting", "web:due_books", "web:due_register")


def _make() -> World:
    """One of everything that can be due on 10/12/2023."""
    made = make_admission_world()
    add_user(made, "everything", "QS", "organisation", "office", "inspection", "propaganda", "leader")
    veteran(made, "V1", "PA1", date(1994, 1, 10), "Đinh Văn Già")
    open_round(made)
    open_round(made, "QS", "organisations")
    vote(candidate(made))
    campaign = Campaign(made)
    campaign.title("CN", gate="none")
    campaign.open(propose_by=date(2023, 12, 1), council_by=date(2023, 12, 20))
    [asked] = campaign.propose(campaign.draft("CN", "M1"))
    campaign.propose(campaign.draft("CN", "M5"))
    choice = Choice(asked.identity, True, aside="Thành tích đột xuất")
    decision = DecisionDraft("9-QĐ/HU", date(2023, 12, 5), "Ban Thường vụ Huyện ủy", (choice,))
    decide(campaign.round, decision, by=campaign.clerk)
    run_numbers(campaign.round, start=1, issued_on=date(2023, 12, 5), by=campaign.clerk)
    brought_to(inspect(made, made.users["inspector"]), "started", made.users["inspector"])
    case = decided(made, opened(made, "M2"))
    record_appeal(case, AppealDraft(date(2023, 5, 1), "superior", "Huyện ủy"), by=None)
    return made


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with made_once(django_db_blocker, _make) as made:
        yield made


@pytest.fixture
def world(district: World, db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(due_lists, "today", lambda: DAY)
    return fresh(district)


def page(world: World, user: str, address: str) -> str:
    return logged_in(world.users[user]).get(reverse(address)).content.decode()


def test_each_part_says_what_of_its_own_is_due(world: World) -> None:
    organising = page(world, "everything", "web:due_organising")
    for said in (
        "Xếp loại: còn",
        "đủ năm tuổi Đảng",
        "Hội đồng xét",
        "1 giấy khen đã vào sổ, chưa trao",
        "hạn kết nạp",
    ):
        assert said in organising, said
    inspecting = page(world, "everything", "web:due_inspecting")
    for said in ("chậm hoặc quá thời hạn", "khiếu nại kỷ luật phải trả lời"):
        assert said in inspecting, said


def test_late_comes_first_then_the_nearest_day_then_what_has_none() -> None:
    items = [
        DueItem("không ngày", "/"),
        DueItem("sau", "/", date(2023, 12, 20)),
        DueItem("trễ", "/", date(2023, 12, 9), late=True),
        DueItem("gần", "/", date(2023, 12, 12)),
    ]
    which = DueList(
        "web:due_organising", "", (Source(frozenset({"rating.write"}), lambda _user, _day: items),)
    )
    assert [one.text for one in composed(which, None, {"rating.write"}, DAY)] == [
        "trễ",
        "gần",
        "sau",
        "không ngày",
    ]


def test_a_part_is_not_even_asked_without_its_verb() -> None:
    def never(_user: Any, _day: date) -> list[DueItem]:
        raise AssertionError("asked")

    which = DueList("web:due_organising", "", (Source(frozenset({"discipline.read"}), never),))
    assert composed(which, None, {"figure.read", "honour.write"}, DAY) == []
    assert not which.wanted({"honour.write"}) and which.wanted({"discipline.read"})


@pytest.mark.parametrize(
    ("user", "address", "shown", "hidden"),
    [
        ("inspector", "web:due_organising", (), ("Xếp loại: còn", "tuổi Đảng", "Hội đồng xét", "kết nạp")),
        ("office", "web:due_organising", ("tuổi Đảng", "kết nạp"), ("Xếp loại: còn",)),
        ("clerk_b", "web:due_organising", (), ("Xếp loại: còn 7", "hạn kết nạp")),
        ("clerk", "web:due_inspecting", (), ("khiếu nại", "quá thời hạn")),
        ("inspector", "web:due_inspecting", ("khiếu nại", "quá thời hạn"), ()),
        ("leader", "web:due_inspecting", ("khiếu nại",), ()),
        ("propaganda", "web:due_organising", (), ("<li>",)),
    ],
)
def test_each_sees_what_his_duties_open(
    world: World, user: str, address: str, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    text = page(world, user, address)
    assert [one for one in shown if one not in text] == []
    assert [one for one in hidden if one in text] == []


def test_a_day_is_said_as_what_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [
        DueItem("Trễ", "/", date(2023, 12, 1), late=True),
        DueItem("Đang chạy", "/", date(2023, 12, 2)),
        DueItem("Sắp tới", "/", date(2023, 12, 20)),
        DueItem("Chờ", "/"),
    ]
    source = Source(frozenset({"rating.write"}), lambda _user, _day: items)
    monkeypatch.setattr(due_lists, "ORGANISING", DueList("web:due_organising", "Việc", (source,)))
    text = page(world, "clerk", "web:due_organising")
    for tag, what in (
        ("quá hạn 01/12/2023", "Trễ"),
        ("từ 02/12/2023", "Đang chạy"),
        ("20/12/2023", "Sắp tới"),
    ):
        assert f'>{tag}</span></span><a href="/">{what}</a>' in text, what
    assert '>đang chờ</span></span><a href="/">Chờ</a>' in text


def test_nothing_due_leaves_no_box_and_the_administrator_is_turned_away(world: World) -> None:
    assert page(world, "propaganda", "web:due_organising").strip() == ""
    for address in ADDRESSES:
        assert logged_in(world.users["admin"]).get(reverse(address)).status_code == 403


def test_the_overview_fetches_only_the_lists_of_the_users_duties(world: World) -> None:
    def fetched(user: str) -> list[bool]:
        text = logged_in(world.users[user]).get("/").content.decode()
        return [f'hx-get="{reverse(one)}"' in text for one in ("web:due_panel", *ADDRESSES)]

    assert fetched("everything") == [True, True, True, True, True]
    assert fetched("propaganda") == [True, False, True, False, False]
    assert fetched("inspector") == [True, False, True, False, False]
    assert fetched("office")[3] and fetched("leader")[3]  # who locks and who signs
    assert fetched("clerk")[4] and not fetched("office")[4]  # who decides on entries that may be one person's


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_looks_at_most_fifteen_questions_are_asked(world: World, address: str) -> None:
    for name in ("everything", "clerk", "clerk_b", "inspector", "leader"):
        client = logged_in(world.users[name])
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(address))
        assert len(asked) <= 15, (name, [one["sql"][:150] for one in asked])
