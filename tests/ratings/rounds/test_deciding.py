"""Deciding a round: what is written, what is refused, what can still be done afterwards."""

from dataclasses import replace
from datetime import date

import pytest

from tests.ratings.rounds.conftest import candidate, opened, step
from tongket.core.problems import Refused
from tongket.members.acts import record_event, transfer
from tongket.members.drafts import EventDraft
from tongket.ratings.acts import add_member_rating, correct_member_rating
from tongket.ratings.drafts import MemberRatingDraft
from tongket.ratings.models import MemberRating, OrganisationRating
from tongket.ratings.rounds.acts import add_by_hand, refresh_list, set_aside
from tongket.ratings.rounds.chain.acts import check_steps, save_steps, take_step, void_step
from tongket.ratings.rounds.deciding.acts import (
    check_decision,
    decide_round,
    readiness_of,
    void_decision,
)
from tongket.ratings.rounds.deciding.queries import corrections_of
from tongket.ratings.rounds.drafts import DecisionDraft
from tongket.ratings.rounds.models import RatingStep
from tongket.ratings.rounds.queries import decision_of


def _draft(round, **changes):
    values = {
        "decision_number": "45-QĐ/ĐU",
        "decision_date": date(2023, 12, 26),
        "decision_body": "Đảng ủy xã A",
    }
    return DecisionDraft(round, **{**values, **changes})


@pytest.fixture
def made(world):
    """Three members: one exempt, one with all stages, one with a vote only."""
    record_event(EventDraft(world["M3"], "exempted", on=date(2023, 3, 1)), by=None)
    round = opened(world)
    save_steps(
        [
            step(candidate(round, "M1"), "self", "excellent"),
            step(candidate(round, "M1"), "vote", "good"),
            step(candidate(round, "M1"), "appraisal", "completed"),
            step(candidate(round, "M2"), "vote", "excellent"),
        ],
        by=None,
    )
    return round


def test_every_level_becomes_a_rating_and_who_is_aside_is_written_with_the_reason(world, made):
    decision = decide_round(_draft(made, verdict={"over": 0}), by=world.users["clerk"])
    rows = {r.member.code: (r.level, r.reason, r.organisation.code) for r in MemberRating.objects.all()}
    assert rows == {
        "M1": ("completed", "", "PA1"),
        "M2": ("excellent", "", "PA1"),
        "M3": ("not_rated", "exempt", "PA2"),
    }
    assert {r.recorded_at for r in MemberRating.objects.all()} == {decision.recorded_at}
    assert decision.verdict == {"over": 0}
    assert decision.rules["rate.levels.member"]["text"].startswith("Quy định 124-QĐ/TW")
    assert decision.rules["rate.excluded"]["mark"] == "C"
    assert "rate.levels.organisation" not in decision.rules


def test_organisations_are_decided_alike(world):
    round = opened(world, "QS", "organisations")
    save_steps([step(candidate(round, c), "decision", "good") for c in ("PA", "PB", "VP")], by=None)
    decide_round(_draft(round, decision_body="Ban Thường vụ Huyện ủy"), by=world.users["clerk"])
    assert OrganisationRating.objects.filter(level="good", period="2023").count() == 3


def test_who_has_no_level_is_named_and_nothing_is_written(world, made):
    void_step(RatingStep.objects.get(candidate__member__code="M2"), reason="Họp lại", by=None)
    with pytest.raises(Refused, match="Trần Thị Bình"):
        decide_round(_draft(made), by=None)
    assert not MemberRating.objects.exists()
    assert decision_of(made) is None
    set_aside(candidate(made, "M2"), reason="other", note="Đi học", by=None)
    decide_round(_draft(made), by=None)
    assert MemberRating.objects.get(member__code="M2").reason == "other"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decision_number": ""}, "decision_number"),
        ({"decision_date": None}, "decision_date"),
        ({"decision_date": date(2022, 5, 1)}, "decision_date"),
        ({"decision_date": date(2090, 5, 1)}, "decision_date"),
        ({"decision_body": ""}, "decision_body"),
        ({"decision_number": "x" * 41}, "decision_number"),
    ],
)
def test_the_paper_of_a_decision_is_whole(made, changes, field):
    with pytest.raises(Refused) as refused:
        decide_round(_draft(made, **changes), by=None)
    assert [p.field for p in refused.value.problems] == [field]
    assert not MemberRating.objects.exists()


def test_one_rated_otherwise_for_the_period_is_named(world, made):
    add_member_rating(MemberRatingDraft(world["M1"], world["PA1"], "2023", "good"), by=None)
    with pytest.raises(Refused, match="Nguyễn Văn An: Đảng viên này đã có kết quả"):
        decide_round(_draft(made), by=None)


def test_one_who_left_since_the_list_was_made_is_named(world, made):
    transfer(world["M2"], to=world["PB1"], on=date(2023, 12, 20), by=None)
    with pytest.raises(Refused, match="Trần Thị Bình"):
        decide_round(_draft(made), by=None)
    refresh_list(made, by=None)
    decide_round(_draft(made), by=None)
    assert MemberRating.objects.count() == 2


def test_a_decided_round_is_locked_in_every_way(world, made):
    one, vote = candidate(made, "M1"), RatingStep.objects.filter(stage="vote").first()
    decide_round(_draft(made), by=None)
    attempts = [
        lambda: take_step(step(one, "decision"), by=None),
        lambda: void_step(vote, reason="x", by=None),
        lambda: refresh_list(made, by=None),
        lambda: set_aside(one, reason="other", note="x", by=None),
        lambda: add_by_hand(made, organisation=world["PA1"], member=world["M5"], note="x", by=None),
        lambda: decide_round(_draft(made), by=None),
    ]
    for attempt in attempts:
        with pytest.raises(Refused, match="đã quyết định"):
            attempt()
    assert [p.field for p in check_steps([step(one, "decision")]) if p.severity == "error"] == ["candidate"]


def test_a_later_correction_is_a_new_record_that_the_round_lists_with_both_levels(world, made):
    decision = decide_round(_draft(made), by=None)
    assert corrections_of(decision) == []
    rating = MemberRating.objects.get(member__code="M1")
    draft = MemberRatingDraft(world["M1"], world["PA1"], "2023", "good", "", "45-QĐ/ĐU", date(2023, 12, 26))
    correct_member_rating(rating, draft, reason="Kết luận khiếu nại", by=world.users["clerk"])
    [one] = corrections_of(decision)
    assert (one.name, one.old, one.new, one.reason) == (
        "Nguyễn Văn An",
        "completed",
        "good",
        "Kết luận khiếu nại",
    )


def test_voiding_the_decision_voids_its_ratings_and_opens_the_round_again(world, made):
    decision = decide_round(_draft(made), by=None)
    rating = MemberRating.objects.get(member__code="M1")
    draft = MemberRatingDraft(world["M1"], world["PA1"], "2023", "good")
    correct_member_rating(rating, draft, reason="Sửa", by=None)
    with pytest.raises(Refused):
        void_decision(decision, reason=" ", by=None)
    assert void_decision(decision, reason="Sai thẩm quyền", by=world.users["clerk"]) == 3
    assert not MemberRating.objects.filter(voided_at__isnull=True).exists()
    assert MemberRating.objects.filter(void_reason="Sai thẩm quyền").count() == 3
    take_step(step(candidate(made, "M2"), "decision", "good"), by=None)
    again = decide_round(_draft(made, decision_number="50-QĐ/ĐU"), by=None)
    assert MemberRating.objects.get(member__code="M2", voided_at__isnull=True).level == "good"
    assert corrections_of(again) == []
    with pytest.raises(Refused):
        void_decision(decision, reason="Hai lần", by=None)


def test_a_decision_on_which_the_level_above_has_decided_stands(world):
    parent = opened(world, "QS", "organisations")
    below = opened(world, "VP", parent=parent)
    take_step(step(candidate(below, "M5")), by=None)
    decision = decide_round(_draft(below), by=None)
    save_steps([step(candidate(parent, c), "decision") for c in ("PA", "PB", "VP")], by=None)
    decide_round(_draft(parent, decision_number="99-QĐ/HU"), by=None)
    with pytest.raises(Refused, match="99-QĐ/HU"):
        void_decision(decision, reason="Sai", by=None)


def test_rated_aside_and_missing_make_the_whole_list(made):
    ready = readiness_of(made)
    assert ready.adds_up
    assert {code: n for code, _, n in ready.by_level if n} == {"completed": 1, "excellent": 1, "not_rated": 1}
    assert [s.code for s in ready.from_stage("vote")] == ["M2"]
    assert replace(ready, states=ready.states[:1]).adds_up


OVER = {
    "base": "tot_tro_len",
    "pools_over": {"tot": 2, "tot_tro_len": 1},
    "rules": [{"id": "rate.cap.percent", "mark": "C", "text": "Quy định 124-QĐ/TW"}],
}


def test_more_excellent_than_the_cap_is_decided_only_with_a_written_reason_which_is_kept(world, made):
    with pytest.raises(Refused) as refused:
        decide_round(_draft(made, verdict=OVER), by=None)
    assert [p.field for p in refused.value.problems] == ["over_reason"]
    with pytest.raises(Refused):
        decide_round(_draft(made, verdict=OVER, over_reason="x" * 301), by=None)
    assert not MemberRating.objects.exists()
    decision = decide_round(_draft(made, verdict=OVER, over_reason=" Dẫn đầu  toàn tỉnh "), by=None)
    assert decision.verdict["over_reason"] == "Dẫn đầu toàn tỉnh"


def test_a_cap_not_read_in_the_official_text_only_asks_for_the_reason(world, made):
    doubtful = {**OVER, "rules": [{**OVER["rules"][0], "mark": "R"}]}
    found = check_decision(_draft(made, verdict=doubtful), readiness_of(made))
    assert [p.severity for p in found if p.field == "over_reason"] == ["warning"]
    assert "over_reason" not in decide_round(_draft(made, verdict=doubtful), by=None).verdict


def test_only_the_reading_that_decides_asks_for_a_reason(world, made):
    within = {**OVER, "pools_over": {"tot": 2, "tot_tro_len": 0}}
    assert not [p for p in check_decision(_draft(made, verdict=within), readiness_of(made)) if p.field]
