"""The grid of ratings without its script: a plain form that saves one act or nothing, and takes it back."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.once import once
from tests.page_world import logged_in, make_page_world
from tests.ratings.round_world import candidate, more_members, open_one, rate
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.audit.records import current
from tongket.ratings.grid.cells import columns_of, level_of
from tongket.ratings.rounds.models import RatingRound, RatingStep
from tongket.ratings.rounds.regulation import levels

NAMES = {
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "completed": "Hoàn thành nhiệm vụ",
    "failed": "Không hoàn thành nhiệm vụ",
}


district, world = once(make_page_world)


@pytest.fixture
def round(world: World) -> RatingRound:
    return open_one(world, "members")


def _address(round: RatingRound) -> str:
    return reverse("ratings:round_grid", args=[round.pk])


def _send(
    client: Client, round: RatingRound, rows: dict[str, dict[str, Any]], stage: str = "vote", **more: Any
) -> Any:
    """Send the page as a browser does: the recorded values of all lines, with what was typed over them."""
    page = client.get(_address(round), {"giai-doan": stage})
    entry: dict[str, Any] = {"ngay": "12/12/2023", "ly-do": "Sửa khi nhập bảng", **more}
    for line in page.context["lines"]:
        if line["row"].editable:
            entry[f"buoc-{line['row'].key}"] = line["step"]
            entry |= {cell["name"]: cell["value"] for cell in line["cells"] if cell["value"]}
    for code, typed in rows.items():
        key = candidate(round, code).pk
        entry |= {f"{name}-{key}": value for name, value in typed.items()}
    return client.post(f"{_address(round)}?giai-doan={stage}", entry)


def _steps(round: RatingRound, stage: str = "vote") -> dict[str, str]:
    rows = current(RatingStep.objects.filter(candidate__round=round, stage=stage))
    return dict(rows.values_list("candidate__member__code", "level"))


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("x", "excellent"),
        ("T", "good"),
        ("hoan thanh tot", "good"),
        ("Hoàn thành xuất sắc nhiệm vụ", "excellent"),
        ("HTNV", "completed"),
        ("không hoàn thành nhiệm vụ", "failed"),
        ("  ", ""),
        ("giỏi", None),
    ],
)
def test_what_an_office_writes_for_a_level(typed: str, level: str | None) -> None:
    assert level_of(typed, NAMES) == level


def test_votes_belong_to_the_vote_only() -> None:
    assert [one.name for one in columns_of("self")] == ["level", "score"]
    assert "base" in {one.name for one in columns_of("vote")}
    assert "base" not in {one.name for one in columns_of("appraisal")}


def test_all_changed_lines_are_one_act(world: World, round: RatingRound) -> None:
    before = LedgerEntry.objects.count()
    votes = {"base": "9", "excellent": "8", "good": "1"}
    answer = _send(
        logged_in(world.users["clerk"]),
        round,
        {
            "M1": {"level": "x", "score": "95,5", **votes},
            "M2": {"level": "good"},
            "M3": {"level": "Hoan thanh"},
        },
    )
    assert answer.status_code == 302
    assert _steps(round) == {"M1": "excellent", "M2": "good", "M3": "completed"}
    assert LedgerEntry.objects.count() == before + 1
    step = candidate(round, "M1").steps.get()
    assert (step.base, step.excellent, step.good, str(step.score)) == (9, 8, 1, "95.50")


def test_one_wrong_line_and_nothing_is_saved(world: World, round: RatingRound) -> None:
    rows = {
        "M1": {"level": "x"},
        "M2": {"level": "giỏi"},
        "M3": {"score": "abc"},
        "M4": {"level": "t", "base": "3", "good": "5"},
    }
    answer = _send(logged_in(world.users["clerk"]), round, rows)
    assert answer.status_code == 422
    assert _steps(round) == {}
    errors = {line["row"].who.code: line["row"].errors for line in answer.context["lines"]}
    assert "“giỏi” không phải là mức" in errors["M2"]["level"][0]
    assert "score" in errors["M3"]
    assert "nhiều hơn số người" in errors["M4"]["base"][0]
    assert not errors["M1"]
    page = answer.content.decode()
    assert 'aria-invalid="true"' in page and 'value="abc"' in page


def test_a_level_is_needed_where_anything_was_typed_and_is_not_taken_away_by_emptying(
    world: World, round: RatingRound
) -> None:
    client = logged_in(world.users["clerk"])
    assert _send(client, round, {"M1": {"score": "90"}}).status_code == 422
    assert _send(client, round, {"M1": {"level": "t"}}).status_code == 302
    emptied = _send(client, round, {"M1": {"level": ""}})
    assert emptied.status_code == 422
    assert "Không xóa bước đã ghi ở bảng" in emptied.content.decode()


def test_a_changed_line_replaces_its_step_and_keeps_the_day(world: World, round: RatingRound) -> None:
    client = logged_in(world.users["clerk"])
    _send(client, round, {"M1": {"level": "t"}, "M2": {"level": "t"}})
    _send(client, round, {"M1": {"level": "x"}}, ngay="20/12/2023")
    old, new = RatingStep.objects.filter(candidate__member__code="M1").order_by("pk")
    assert (old.level, old.voided_at is not None, old.void_reason) == ("good", True, "Sửa khi nhập bảng")
    assert (new.level, new.on) == ("excellent", old.on)
    assert RatingStep.objects.filter(candidate__member__code="M2").count() == 1


def test_a_line_that_a_colleague_saved_meanwhile_is_not_overwritten(world: World, round: RatingRound) -> None:
    client = logged_in(world.users["clerk"])
    key = candidate(round, "M1").pk
    rate(round, world.users["clerk"], M1="good")
    answer = client.post(
        f"{_address(round)}?giai-doan=vote",
        {"ngay": "12/12/2023", f"buoc-{key}": "", f"level-{key}": "excellent"},
    )
    assert answer.status_code == 422
    assert "Người khác vừa ghi dòng này" in answer.content.decode()
    assert _steps(round) == {"M1": "good"}


def test_the_last_saving_is_taken_back_whole(world: World, round: RatingRound) -> None:
    client = logged_in(world.users["clerk"])
    _send(client, round, {"M1": {"level": "t"}})
    _send(client, round, {"M1": {"level": "x"}, "M2": {"level": "x"}})
    assert _steps(round) == {"M1": "excellent", "M2": "excellent"}
    undo = reverse("ratings:round_grid_undo", args=[round.pk])
    assert "2 bước" in client.get(undo).content.decode()
    assert _steps(round) == {"M1": "excellent", "M2": "excellent"}  # reading changes nothing
    assert client.post(undo).status_code == 302
    assert _steps(round) == {"M1": "good"}


def test_a_wrong_day_is_said_and_nothing_saved(world: World, round: RatingRound) -> None:
    answer = _send(logged_in(world.users["clerk"]), round, {"M1": {"level": "t"}}, ngay="32/13")
    assert answer.status_code == 422 and _steps(round) == {}
    ahead = _send(logged_in(world.users["clerk"]), round, {"M1": {"level": "t"}}, ngay="12/12/2099")
    assert ahead.status_code == 422 and "ở sau hôm nay" in ahead.content.decode()


def test_a_commune_enters_its_own_cells_and_neither_appraises_nor_decides(
    world: World, round: RatingRound
) -> None:
    client = logged_in(world.users["clerk_a"])
    page = client.get(_address(round), {"giai-doan": "decision"})
    assert {line["row"].who.code for line in page.context["lines"]} == {"M1", "M2", "M3"}
    assert page.context["asked"].stages == ("self", "vote")
    assert reverse("ratings:round_quota", args=[round.pk]) not in page.content.decode()  # not theirs to see
    assert _send(client, round, {"M1": {"level": "t"}}).status_code == 302
    foreign = candidate(round, "M4").pk
    client.post(
        f"{_address(round)}?giai-doan=vote",
        {"ngay": "12/12/2023", f"buoc-{foreign}": "", f"level-{foreign}": "x"},
    )
    client.post(
        f"{_address(round)}?giai-doan=decision",
        {"ngay": "12/12/2023", f"buoc-{foreign}": "", f"level-{foreign}": "x"},
    )
    assert _steps(round) == {"M1": "good"} and _steps(round, "decision") == {}


def test_the_grid_is_closed_to_readers_and_strangers(world: World) -> None:
    own = open_one(world, "members", "PA")
    for name, status in (("leader", 403), ("propaganda", 403), ("clerk_b", 404)):
        assert logged_in(world.users[name]).get(_address(own)).status_code == status


def test_one_cell_alone_and_fifty_lines_a_page_in_fifteen_queries(world: World) -> None:
    more_members(world, "PA1", 55)
    round = open_one(world, "members")
    client = logged_in(world.users["clerk"])
    with CaptureQueriesContext(connection) as asked:
        page = client.get(_address(round))
    assert len(page.context["lines"]) == 50
    assert len(asked) <= 15
    rest = client.get(_address(round), {"trang": "2"}).context["lines"]
    assert rest[0]["row"].number == 51
    only = client.get(_address(round), {"don-vi": "PB"}).context["lines"]
    assert {line["row"].who.code for line in only} == {"M4", "M6"}


def test_who_is_not_rated_has_no_cells(world: World, round: RatingRound) -> None:
    one = candidate(round, "M1")
    one.reason = "exempt"
    one.save()
    page = logged_in(world.users["clerk"]).get(_address(round))
    assert f"level-{one.pk}" not in page.content.decode()


def test_the_words_follow_the_rule_of_the_year() -> None:
    from datetime import date

    assert set(levels("members", date(2023, 12, 31))) == set(NAMES)
