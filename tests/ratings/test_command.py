"""`./run ratings`: levels by subject, the sum of the list, the cap in both readings; with and without a round."""

import json

import pytest

from tests.once import once
from tests.page_world import make_page_world
from tests.ratings.round_world import open_one, rate
from tests.world import World
from tongket.cli import main
from tongket.ratings.acts import add_organisation_rating
from tongket.ratings.drafts import OrganisationRatingDraft

district, world = once(make_page_world)


def _json(capsys: pytest.CaptureFixture[str], *more: str) -> dict:
    assert main(["ratings", "--org", "QS", "--year", "2023", "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def test_decided_ratings_of_a_year_without_a_round(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    for code, level in (("PA", "excellent"), ("PB", "good"), ("VP", "completed")):
        add_organisation_rating(OrganisationRatingDraft(world[code], "2023", level), by=world.users["clerk"])
    found = _json(capsys)["organisations"]
    assert found["levels"] == {"excellent": 1, "good": 1, "completed": 1, "failed": 0}
    assert (found["listed"], found["rated"], found["not_rated"], found["source"]) == (3, 3, 0, "ratings")
    whole = next(pool for pool in found["quota"]["pools"] if pool["kind"] == "all")
    assert (
        whole["readings"]["tot"]["words"]
        == "Số hoàn thành tốt nhiệm vụ 1 → 20% = 0,2 → trần 0, có 1 → vượt 1"
    )


def test_a_round_under_way_is_shown_as_its_list_stands(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    rate(open_one(world, "members"), world.users["clerk"], M1="good")
    found = _json(capsys)["members"]
    assert (found["source"], found["listed"], found["rated"], found["open"]) == ("round", 6, 1, 5)


def test_in_words(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    rate(open_one(world, "members"), world.users["clerk"], M1="good")
    assert main(["ratings", "--org", "QS", "--year", "2023"]) == 0
    said = capsys.readouterr().out
    assert "Danh sách 6 = xếp loại 1 + chưa đánh giá 0 + chưa có mức 5" in said
    assert "(đang áp dụng)" in said
    assert "chưa có kết quả xếp loại" in said
    assert "rate.cap.percent: Quy định 124-QĐ/TW" in said
    assert "chưa xác nhận" in said  # special cases rest on no text that was read


@pytest.mark.parametrize("asked", [("KHONG", "2023"), ("QS", "năm ngoái")])
def test_a_wrong_question_is_exit_code_two(
    world: World, capsys: pytest.CaptureFixture[str], asked: tuple
) -> None:
    assert main(["ratings", "--org", asked[0], "--year", asked[1]]) == 2
    assert capsys.readouterr().err.strip()
