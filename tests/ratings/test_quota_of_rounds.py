"""The cap on "excellent" of real rounds: Quế Sơn 2023, members by grassroots organisation, special cases, the page."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.page_world import logged_in, make_page_world
from tests.ratings.round_world import candidate, district_of, more_members, open_one, rate
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.core.periods import parse_period
from tongket.core.problems import Conflict, Refused
from tongket.ratings.acts import add_member_rating, add_organisation_rating
from tongket.ratings.drafts import MemberRatingDraft, OrganisationRatingDraft
from tongket.ratings.quota.acts import mark_special, void_special
from tongket.ratings.quota.queries import judge_decided, verdict_json, verdict_of
from tongket.ratings.rounds.models import RatingRound, RatingSpecial

WIDE = "Số hoàn thành tốt nhiệm vụ trở lên 52 → 20% = 10,4 → trần 10, có 10 → vừa đủ"
STRICT = "Số hoàn thành tốt nhiệm vụ 42 → 20% = 8,4 → trần 8, có 10 → vượt 2"


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


@pytest.fixture
def que_son(db: None) -> tuple[World, RatingRound]:
    """53 organisations, 52 good or better of which 10 excellent."""
    world = district_of(50)
    round = open_one(world, "organisations")
    codes = ["PA", "PB", "VP", *(f"T{n:03d}" for n in range(1, 51))]
    levels = ["excellent"] * 10 + ["good"] * 42 + ["completed"]
    rate(round, world.users["clerk"], **dict(zip(codes, levels, strict=True)))
    return world, round


def _whole(found: dict) -> dict:
    return next(pool for pool in found["pools"] if pool["kind"] == "all")


def test_que_son_2023_in_both_readings(que_son: tuple[World, RatingRound]) -> None:
    _world, round = que_son
    found = verdict_of(round)
    whole = _whole(found)
    assert (whole["listed"], whole["rated"], whole["excellent"], whole["good"]) == (53, 53, 10, 42)
    assert whole["readings"]["tot_tro_len"]["words"] == WIDE
    assert whole["readings"]["tot"]["words"] == STRICT
    assert len(whole["readings"]["tot"]["line"]) == 10  # nobody has a score: all are on the line
    assert found["base"] == "tot_tro_len"


def test_the_page_says_exactly_that_within_fifteen_queries(que_son: tuple[World, RatingRound]) -> None:
    world, round = que_son
    client = logged_in(world.users["leader"])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(reverse("ratings:round_quota", args=[round.pk])).content.decode()
    assert WIDE in page
    assert STRICT in page
    assert "23,81%" in page and "19,23%" in page
    assert "Quy định 124-QĐ/TW" in page
    assert "Ghi trường hợp đặc biệt" not in page  # a leader reads only
    assert len(asked) <= 15


def test_the_workbook_has_every_pool(que_son: tuple[World, RatingRound]) -> None:
    world, round = que_son
    answer = logged_in(world.users["clerk"]).get(
        reverse("ratings:round_quota", args=[round.pk]), {"xuat": "xlsx"}
    )
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert any(STRICT in row for row in rows)
    assert any("Toàn đợt" in row for row in rows)
    assert LedgerEntry.objects.filter(action="rating_round.export").count() == 1


def test_members_are_counted_within_each_grassroots_organisation(world: World) -> None:
    codes = more_members(world, "PA1", 8)
    round = open_one(world, "members")
    rate(
        round,
        world.users["clerk"],
        M1="excellent",
        M2="excellent",
        M3="excellent",
        **dict.fromkeys(codes, "good"),
    )
    pools = {(pool["kind"], pool["key"]): pool for pool in verdict_of(round)["pools"]}
    assert pools["unit", "PA"]["name"] == "Đảng bộ xã A"
    assert pools["unit", "PA"]["readings"]["tot_tro_len"]["over"] == 1
    assert (pools["unit", "PB"]["listed"], pools["unit", "PB"]["open"]) == (2, 2)
    assert pools["all", ""]["listed"] == 14


def test_with_scores_the_lowest_is_on_the_line(world: World) -> None:
    codes = more_members(world, "PA1", 8)
    round = open_one(world, "members")
    levels = {"M1": "excellent 95", "M2": "excellent 91", "M3": "excellent 97"}
    rate(round, world.users["clerk"], **levels, **dict.fromkeys(codes, "good"))
    reading = _whole(verdict_of(round))["readings"]["tot_tro_len"]
    assert (reading["line"], reading["by_score"]) == (["M2"], True)


def test_a_special_case_takes_one_out_of_the_count(que_son: tuple[World, RatingRound]) -> None:
    world, round = que_son
    mark_special(candidate(round, "PA"), reason="Được tặng cờ thi đua", by=world.users["clerk"])
    whole = _whole(verdict_of(round))
    assert whole["specials"] == 1
    assert whole["readings"]["tot"]["over"] == 1
    assert whole["readings"]["tot_tro_len"]["base"] == 52


def test_a_special_case_needs_a_reason_and_stands_once(que_son: tuple[World, RatingRound]) -> None:
    world, round = que_son
    clerk, one = world.users["clerk"], candidate(round, "PA")
    with pytest.raises(Refused, match="lý do"):
        mark_special(one, reason="  ", by=clerk)
    row = mark_special(one, reason="Được tặng cờ thi đua", by=clerk)
    with pytest.raises(Refused, match="rồi"):
        mark_special(one, reason="lần nữa", by=clerk)
    void_special(row, reason="ghi nhầm", by=clerk)
    assert _whole(verdict_of(round))["specials"] == 0
    with pytest.raises(Conflict):
        void_special(row, reason="ghi nhầm", by=clerk)


def test_the_form_marks_a_special_case_and_says_what_is_missing(que_son: tuple[World, RatingRound]) -> None:
    world, round = que_son
    client, address = logged_in(world.users["clerk"]), reverse("ratings:round_quota", args=[round.pk])
    one = candidate(round, "PA").pk
    assert client.post(address, {"candidate": one, "reason": ""}).status_code == 422
    assert client.post(address, {"candidate": one, "reason": "Cờ thi đua"}).status_code == 302
    assert RatingSpecial.objects.get().recorded_by == world.users["clerk"]
    page = client.get(address).content.decode()
    assert "Cờ thi đua" in page and "Người dùng clerk" in page
    special = reverse("ratings:round_special_void", args=[round.pk, RatingSpecial.objects.get().pk])
    assert client.post(special, {"reason": "nhầm"}).status_code == 302


def test_who_does_not_hold_the_duty_at_the_rating_organisation_sees_no_cap(world: World) -> None:
    round = open_one(world, "organisations")
    for name, status in (("clerk_a", 404), ("propaganda", 403), ("admin", 403)):
        client = logged_in(world.users[name])
        for page in ("round_quota", "round_checks"):
            assert client.get(reverse(f"ratings:{page}", args=[round.pk])).status_code == status
    leader = logged_in(world.users["leader"])
    assert leader.post(reverse("ratings:round_quota", args=[round.pk]), {}).status_code == 404


def test_decided_ratings_are_judged_without_a_round(world: World) -> None:
    clerk = world.users["clerk"]
    for code, level in (("PA", "excellent"), ("PB", "good"), ("VP", "good")):
        add_organisation_rating(OrganisationRatingDraft(world[code], "2023", level), by=clerk)
    for code, cell in (("M1", "PA1"), ("M2", "PA1")):
        add_member_rating(MemberRatingDraft(world[code], world[cell], "2023", "good"), by=clerk)
    bodies = verdict_json(judge_decided(world["QS"], parse_period("2023"), "organisations"))
    assert _whole(bodies)["readings"]["tot_tro_len"]["over"] == 1
    assert {pool["name"] for pool in bodies["pools"]} >= {"Xã, phường, thị trấn", "Cơ quan"}
    members = verdict_json(judge_decided(world["QS"], parse_period("2023"), "members"))
    assert _whole(members)["good"] == 2


def test_an_empty_round_and_a_year_before_the_cap_are_said_in_words(world: World) -> None:
    found = verdict_json(judge_decided(world["QS"], parse_period("2016"), "members"))
    assert found["pools"] == [] and "31/12/2016" in found["missing"]
