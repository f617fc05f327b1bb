"""The chain: what may be recorded of whom, what counts, what is corrected, voided, undone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.ratings.rounds.conftest import candidate, opened, step
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Conflict, Problem, Refused
from tongket.ratings.rounds.acts import set_aside
from tongket.ratings.rounds.chain.acts import (
    check_steps,
    correct_step,
    on_list,
    save_steps,
    take_step,
    take_steps,
    void_step,
)
from tongket.ratings.rounds.chain.undo import last_saving, undo_last
from tongket.ratings.rounds.models import RatingStep
from tongket.ratings.rounds.queries import standing_of


@pytest.fixture
def made(world):
    return opened(world)


def _state(round, code):
    return next(s for s in standing_of(round) if s.code == code)


def _found(problems: list[Problem], severity: str) -> list[tuple[int, str]]:
    return [(p.index, p.field) for p in problems if p.severity == severity]


def test_the_level_is_of_the_decision_else_the_appraisal_else_the_vote_and_never_ones_own(made):
    one = candidate(made, "M1")
    seen = []
    for stage, level in [
        ("self", "excellent"),
        ("opinion", "failed"),
        ("vote", "good"),
        ("appraisal", "completed"),
        ("decision", "good"),
    ]:
        take_step(step(one, stage, level, body="Chi ủy nơi cư trú" if stage == "opinion" else ""), by=None)
        state = _state(made, "M1")
        seen.append((state.level, state.level_from))
    assert seen == [
        ("", ""),
        ("", ""),
        ("good", "vote"),
        ("completed", "appraisal"),
        ("good", "decision"),
    ]
    assert [x.stage for x in _state(made, "M1").chain] == ["self", "vote", "opinion", "appraisal", "decision"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"level": "best"}, "level"),
        ({"level": "not_rated"}, "level"),
        ({"level": ""}, "level"),
        ({"stage": "rumour"}, "stage"),
        ({"on": date(2022, 12, 31)}, "on"),
        ({"on": date(2090, 1, 1)}, "on"),
        ({"score": Decimal("100.5")}, "score"),
        ({"score": Decimal(-1)}, "score"),
        ({"base": 20, "good": 15, "completed": 6}, "base"),
        ({"good": 15}, "base"),
        ({"base": 20}, "excellent"),
        ({"base": 20, "good": -1}, "good"),
        ({"stage": "opinion", "body": " "}, "body"),
        ({"candidate": None}, "candidate"),
    ],
)
def test_a_bad_row_of_a_batch_is_named_and_nothing_is_half_saved(made, changes, field):
    good, bad = step(candidate(made, "M2")), replace(step(candidate(made, "M1")), **changes)
    entries = LedgerEntry.objects.count()
    with pytest.raises(Refused) as refused:
        save_steps([good, bad], by=None)
    assert (1, field) in [(p.index, p.field) for p in refused.value.problems]
    assert all(p.index == 1 and len(p.message) > 20 for p in refused.value.problems)
    assert (RatingStep.objects.count(), LedgerEntry.objects.count()) == (0, entries)


def test_a_vote_counts_all_who_were_entitled_and_names_whom_it_is_about(made):
    one = candidate(made, "M1")
    assert not _found(check_steps([step(one, base=20, excellent=2, good=18)]), "error")
    [wrong] = [p for p in check_steps([step(one, base=20, excellent=3, good=18)]) if p.severity == "error"]
    assert "Nguyễn Văn An" in wrong.message
    assert "21" in wrong.message


def test_a_level_without_more_than_half_of_all_entitled_is_doubted(made):
    one = candidate(made, "M1")
    for good, doubted in ((10, True), (11, False)):
        fields = [f for _, f in _found(check_steps([step(one, base=20, good=good, completed=9)]), "warning")]
        assert ("level" in fields) is doubted


def test_a_score_that_contradicts_the_level_is_doubted_from_2025_and_not_before(world, made):
    def doubted(round, day, level, score):
        draft = step(candidate(round, "M1"), "self", level, on=day, score=Decimal(score))
        return "level" in [f for _, f in _found(check_steps([draft]), "warning")]

    later = opened(world, period="2025", opened_on=date(2025, 11, 1), self_by=None, vote_by=None,
                   appraise_by=None, decide_by=None)  # fmt: skip
    day = date(2025, 12, 1)
    assert doubted(later, day, "excellent", "89.99")
    assert not doubted(later, day, "excellent", 90)
    assert not doubted(later, day, "failed", 0)
    assert doubted(later, day, "failed", 50)
    assert not doubted(made, date(2023, 12, 1), "excellent", 10)


def test_a_step_without_those_that_the_rule_names_before_it_is_doubted(made):
    one = candidate(made, "M1")
    assert _found(check_steps([step(one, "decision")]), "warning") == [(0, "stage")]
    together = [step(one, "self"), step(one, "appraisal"), step(one, "decision")]
    assert _found(check_steps(together), "warning") == []
    early = [step(one, "self"), step(one, "vote", on=date(2023, 11, 1))]
    assert _found(check_steps(early), "warning") == [(1, "on")]


def test_who_is_not_on_the_list_cannot_be_rated(world, made):
    assert [c.member.code for c in on_list(made, [world["M3"], world["M1"]])] == ["M3", "M1"]
    with pytest.raises(Refused, match="Phạm Thị Dung không có trong danh sách") as refused:
        on_list(made, [world["M1"], world["M4"]])
    assert [p.index for p in refused.value.problems] == [1]
    aside = set_aside(candidate(made, "M1"), reason="other", note="Ốm", by=None)
    assert _found(check_steps([step(aside)]), "error") == [(0, "candidate")]


def test_a_candidate_taken_off_the_list_meanwhile_is_refused(made):
    old = candidate(made, "M1")
    set_aside(old, reason="other", note="Ốm", by=None)
    assert _found(check_steps([step(old)]), "error") == [(0, "candidate")]


def test_a_stage_is_entered_once_and_opinions_once_of_each_body(made):
    one = candidate(made, "M1")
    take_step(step(one), by=None)
    assert _found(check_steps([step(one, level="excellent")]), "error") == [(0, "stage")]
    with pytest.raises(Refused):
        take_step(step(one, body="Chi ủy"), by=None)
    for body in ("Chi ủy nơi cư trú", "Công đoàn"):
        take_step(step(one, "opinion", body=body), by=None)
    assert len(_state(made, "M1").opinions) == 2
    assert _found(check_steps([step(one, "opinion", body="công đoàn")]), "error") == [(0, "stage")]
    twice = [step(candidate(made, "M2")), step(candidate(made, "M2"))]
    assert _found(check_steps(twice), "error") == [(1, "stage")]


def test_a_table_saved_again_replaces_only_what_changed(made):
    drafts = [step(candidate(made, code)) for code in ("M1", "M2", "M3")]
    save_steps(drafts, by=None)
    changed = [drafts[0], replace(drafts[1], level="excellent"), drafts[2]]
    rows = save_steps(changed, by=None, replacing="Sửa trên bảng")
    assert [r.candidate.member.code for r in rows] == ["M2"]
    assert {s.code: s.level for s in standing_of(made)} == {"M1": "good", "M2": "excellent", "M3": "good"}
    assert RatingStep.objects.get(voided_at__isnull=False).void_reason == "Sửa trên bảng"
    wrong = [drafts[0], replace(drafts[1], level="best"), drafts[2]]
    with pytest.raises(Refused) as refused:
        save_steps(wrong, by=None, replacing="Sửa")
    assert [p.index for p in refused.value.problems] == [1]
    assert _state(made, "M2").level == "excellent"


def test_a_step_is_corrected_and_voided_with_a_reason_and_kept(made):
    old = take_step(step(candidate(made, "M1")), by=None)
    with pytest.raises(Refused):
        correct_step(old, step(candidate(made, "M1"), level="failed"), reason=" ", by=None)
    new = correct_step(old, step(candidate(made, "M1"), level="completed"), reason="Đếm lại", by=None)
    old.refresh_from_db()
    assert (old.level, old.void_reason, _state(made, "M1").level) == ("good", "Đếm lại", "completed")
    void_step(new, reason="Họp lại", by=None)
    assert _state(made, "M1").level == ""
    with pytest.raises(Conflict):
        void_step(old, reason="Nữa", by=None)


def test_the_ledger_holds_keys_and_neither_names_nor_levels(made):
    take_step(step(candidate(made, "M1"), level="failed"), by=None)
    text = str(LedgerEntry.objects.latest("id").data)
    assert "An" not in text
    assert "failed" not in text


def test_thousands_are_saved_in_as_many_queries_as_a_few(world, made):
    drafts = [step(candidate(made, code)) for code in ("M1", "M2", "M3")]

    def queries(part):
        with CaptureQueriesContext(connection) as seen, act("grid", by=None) as a:
            take_steps(part, act=a)
        return len(seen)

    assert queries(drafts[:1]) == queries(drafts[1:])


def test_the_last_saving_is_undone_by_one_click_and_what_it_replaced_stands_again(world, made):
    clerk, other = world.users["clerk"], world.users["clerk_a"]
    drafts = [step(candidate(made, code)) for code in ("M1", "M2")]
    save_steps(drafts, by=clerk)
    save_steps([replace(drafts[0], level="excellent"), drafts[1]], by=clerk, replacing="Sửa")
    assert last_saving(made, clerk).steps == 1
    undo_last(made, by=clerk)
    assert {s.code: s.level for s in standing_of(made)} == {"M1": "good", "M2": "good", "M3": ""}
    assert last_saving(made, other) is None
    with pytest.raises(Refused):
        undo_last(made, by=other)


def test_a_saving_on_which_something_rests_is_not_undone(world, made):
    clerk, other = world.users["clerk"], world.users["clerk_a"]
    save_steps([step(candidate(made, "M1"))], by=clerk)
    save_steps([step(candidate(made, "M3"))], by=other)  # of another candidate: rests not on it
    assert not last_saving(made, clerk).followed
    save_steps([step(candidate(made, "M1"), "appraisal", "excellent")], by=other)
    with pytest.raises(Refused, match="không hoàn tác được"):
        undo_last(made, by=clerk)
    assert _state(made, "M1").has("vote")


def test_a_round_of_any_size_is_read_in_four_queries(world, made, django_assert_max_num_queries):
    save_steps([step(candidate(made, code)) for code in ("M1", "M2", "M3")], by=None)
    with django_assert_max_num_queries(4):
        assert len(standing_of(made)) == 3
