"""A proposal on its way from the tick to the ceremony; each refusal names the member and what to do."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from tests.honours.badging.conftest import DAY, dies, veteran
from tests.honours.badging.test_due_list import disciplined
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.core.problems import Conflict, Refused
from tongket.figures.check_data.judging import check_badge_proposals
from tongket.honours.acts import add_badge_award, correct_badge_award, void_badge_award
from tongket.honours.badging import acts
from tongket.honours.badging.queries import board, counts_by_day, history_of, money_of, proposals_of
from tongket.honours.badging.reading import due_on
from tongket.honours.badging.rules import Pick
from tongket.honours.drafts import BadgeAwardDraft
from tongket.honours.models import BadgeAward, BadgeDecision, BadgeProposal

PAPER = acts.Paper("215-QĐ/TU", date(2024, 1, 25), "Ban Thường vụ Tỉnh ủy")


def propose(world: World, *picks: Pick, org: str = "QS", day: date = DAY) -> list[BadgeProposal]:
    return acts.propose(world[org], day, picks, by=world.users["office"])


def refusal(world: World, *picks: Pick, **more) -> list[tuple[int, str]]:
    with pytest.raises(Refused) as refused:
        propose(world, *picks, **more)
    assert not BadgeProposal.objects.exists()
    return [(p.index, p.field) for p in refused.value.problems]


def standing(world: World, day: date = DAY) -> dict[str, str]:
    return {row.member.code: row.state for row in proposals_of(world["QS"], day)}


def sent(world: World, *codes: str) -> list[BadgeProposal]:
    marks = {"V1": 30, "V2": 50, "V5": 60}
    picks = [Pick(world[c], marks[c], "posthumous" if c == "V5" else "due") for c in codes]
    return acts.forward(propose(world, *picks), by=world.users["office"])


def test_many_are_proposed_in_one_act(world):
    before = LedgerEntry.objects.count()
    rows = propose(world, Pick(world["V1"], 30), Pick(world["V2"], 50), Pick(world["V5"], 60, "posthumous"))
    assert [(r.organisation.code, r.reached_on) for r in rows] == [
        ("PA1", date(2024, 1, 10)),
        ("PB1", date(2024, 2, 3)),
        ("PB2", date(2024, 6, 1)),
    ]
    assert standing(world) == {"V1": "proposed", "V2": "proposed", "V5": "proposed"}
    assert LedgerEntry.objects.count() == before + 1


@pytest.mark.parametrize(
    ("pick", "field"),
    [
        (("V1", 40), "mark"),  # not reached
        (("V1", 35), "mark"),  # no such mark
        (("V6", 30), "member"),  # Party age unknown
        (("V1", 30, "posthumous"), "ground"),  # alive
        (("V5", 60), "member"),  # dead, proposed as living
        (("V5", 65, "posthumous"), "mark"),  # more than twelve months short
        (("V4", 70, "early"), "gravely_ill"),  # the tick is missing
        (("V1", 30, "early", True), "ground"),  # reached already
    ],
)
def test_each_bad_row_is_named_and_nothing_is_written(world, pick, field):
    code, *rest = pick
    found = refusal(world, Pick(world["V2"], 50), Pick(world[code], *rest))
    assert (1, field) in found and not any(index == 0 for index, _ in found)


def test_an_early_badge_needs_only_the_tick_and_keeps_to_the_limit(world):
    [row] = propose(world, Pick(world["V4"], 70, "early", True))
    assert (row.ground, row.reason) == ("early", "")
    acts.withdraw(row, reason="Thử", by=world.users["office"])
    with pytest.raises(Refused, match="24 tháng"):
        propose(world, Pick(world["V4"], 70, "early", True), day=date(2024, 1, 19))


def test_nobody_is_proposed_twice_until_the_first_is_withdrawn(world):
    assert (1, "member") in refusal(world, Pick(world["V1"], 30), Pick(world["V1"], 30))
    [first] = propose(world, Pick(world["V1"], 30))
    with pytest.raises(Refused, match="đang có đề nghị Huy hiệu 30 năm"):
        propose(world, Pick(world["V1"], 30), day=date(2024, 5, 19))
    with pytest.raises(Refused, match="lý do"):
        acts.withdraw(first, reason="  ", by=world.users["office"])
    acts.withdraw(first, reason="Ghi nhầm đợt", by=world.users["office"])
    assert propose(world, Pick(world["V1"], 30))


def test_a_member_of_another_subtree_cannot_be_proposed(world):
    assert refusal(world, Pick(world["V2"], 50), org="PA") == [(0, "member")]


def test_nobody_chosen_is_said(world):
    assert refusal(world) == [(0, "picks")]


def test_an_unusual_day_is_a_warning_only(world):
    problems = acts.check_picks(world["QS"], date(2024, 3, 1), [Pick(world["V1"], 30)])
    assert [(p.field, p.severity) for p in problems] == [("award_day", "warning")]


def test_discipline_refuses_without_saying_which_unless_it_is_sealed(world):
    disciplined(world, "V1", "warning", date(2023, 12, 1))
    disciplined(world, "V2", "warning", date(2023, 12, 1), case=uuid.uuid4())
    with pytest.raises(Refused) as refused:
        propose(world, Pick(world["V1"], 30), Pick(world["V2"], 50))
    [problem] = refused.value.problems
    assert problem.index == 0 and "tạm hoãn theo quy định" in problem.message
    assert "kỷ luật" not in problem.message and "cảnh cáo" not in problem.message


def test_proposals_climb_to_the_top_and_are_then_submitted(world):
    rows = propose(world, Pick(world["V1"], 30), org="PA1")
    for holder, state in (("PA", "proposed"), ("QS", "proposed"), ("QS", "sent")):
        rows = acts.forward(rows, by=world.users["office"])
        assert (rows[0].holder.code, rows[0].state) == (holder, state)
    assert len(history_of(rows[0])) == 4
    assert len({row.identity for row in history_of(rows[0])}) == 1
    with pytest.raises(Refused, match="chuyển lên"):
        acts.forward(rows, by=world.users["office"])


def test_a_row_that_someone_moved_meanwhile_is_a_conflict(world):
    rows = propose(world, Pick(world["V1"], 30))
    acts.forward(rows, by=world.users["office"])
    with pytest.raises(Conflict):
        acts.forward(rows, by=world.users["office"])


def test_a_decision_may_refuse_some_with_a_reason(world):
    rows = sent(world, "V1", "V2")
    by_code = {row.member.code: row for row in rows}
    refused = {by_code["V2"].pk: "Hồ sơ thiếu quyết định kết nạp"}
    decision = acts.decide(rows, PAPER, refused=refused, by=world.users["office"])
    assert standing(world) == {"V1": "approved", "V2": "refused"}
    assert {row.decision for row in proposals_of(world["QS"], DAY)} == {decision}
    assert propose(world, Pick(world["V2"], 50), day=date(2024, 5, 19))


@pytest.mark.parametrize(
    ("paper", "field"),
    [
        (acts.Paper(" ", date(2024, 1, 25), "Tỉnh ủy"), "number"),
        (acts.Paper("215-QĐ/TU", date(2090, 1, 25), "Tỉnh ủy"), "date"),
        (acts.Paper("215-QĐ/TU", date(2024, 1, 25), ""), "body"),
    ],
)
def test_a_bad_decision_changes_nothing(world, paper, field):
    rows = sent(world, "V1")
    with pytest.raises(Refused) as refused:
        acts.decide(rows, paper, refused={}, by=world.users["office"])
    assert [p.field for p in refused.value.problems] == [field]
    assert standing(world) == {"V1": "sent"} and not BadgeDecision.objects.exists()


def test_only_what_was_submitted_is_decided_and_only_what_was_decided_is_given(world):
    rows = propose(world, Pick(world["V1"], 30))
    with pytest.raises(Refused, match="ghi quyết định"):
        acts.decide(rows, PAPER, refused={}, by=world.users["office"])
    with pytest.raises(Refused, match="ghi đã trao"):
        acts.award(rows, DAY, "", by=world.users["office"])
    with pytest.raises(Refused, match="Chưa chọn"):
        acts.award([], DAY, "", by=world.users["office"])


def _decided(world: World, *codes: str) -> list[BadgeProposal]:
    acts.decide(sent(world, *codes), PAPER, refused={}, by=world.users["office"])
    return list(proposals_of(world["QS"], DAY))


def test_giving_writes_the_badges_in_the_same_act(world):
    acts.award(_decided(world, "V1", "V5"), DAY, "Hội trường xã", by=world.users["office"])
    badges = {
        b.member.code: (b.mark, b.round, b.posthumous, b.decision_number) for b in BadgeAward.objects.all()
    }
    assert badges == {
        "V1": (30, "0302", False, "215-QĐ/TU"),
        "V5": (60, "0302", True, "215-QĐ/TU"),
    }
    row = proposals_of(world["QS"], DAY).first()
    assert row is not None and (row.state, row.place) == ("awarded", "Hội trường xã")
    assert not {"V1", "V5"} & {due.code for due in due_on(world["QS"], DAY)}
    with pytest.raises(Refused, match="không rút được"):
        acts.withdraw(row, reason="Nhầm", by=world.users["office"])


def _given(world: World) -> tuple[BadgeProposal, BadgeAward]:
    rows = sent(world, "V1")
    acts.decide(rows, PAPER, refused={}, by=world.users["office"])
    acts.award(list(proposals_of(world["QS"], DAY)), DAY, "Hội trường", by=world.users["office"])
    [row] = proposals_of(world["QS"], DAY)
    return row, BadgeAward.objects.get(voided_at=None)


def test_a_voided_badge_gives_its_proposal_back_as_decided(world):
    row, badge = _given(world)
    void_badge_award(badge, reason="trao nhầm người", by=world.users["office"])
    [back] = proposals_of(world["QS"], DAY)
    assert (back.identity, back.state, back.awarded_on, back.place) == (row.identity, "approved", None, "")
    assert back.decision == row.decision
    row.refresh_from_db()
    assert row.void_reason == "Hủy ở sổ Huy hiệu: trao nhầm người"
    assert not check_badge_proposals().faults
    acts.award([back], date(2024, 2, 4), "Tại nhà", by=world.users["office"])
    assert standing(world) == {"V1": "awarded"}


def test_a_badge_corrected_to_another_day_takes_its_proposal_along(world):
    _, badge = _given(world)
    names = BadgeAwardDraft.__dataclass_fields__
    draft = BadgeAwardDraft(**{name: getattr(badge, name) for name in names})
    correct_badge_award(badge, replace(draft, awarded_on=date(2024, 2, 5)), reason="ghi sai", by=None)
    [row] = proposals_of(world["QS"], DAY)
    assert (row.state, row.awarded_on, row.place) == ("awarded", date(2024, 2, 5), "Hội trường")
    assert not check_badge_proposals().faults


def test_a_badge_that_no_proposal_led_to_is_voided_as_before(world):
    draft = BadgeAwardDraft(
        member=world["V1"], organisation=world["PA1"], mark=30, round="0302", awarded_on=DAY
    )
    void_badge_award(add_badge_award(draft, by=None), reason="thử", by=None)
    assert not BadgeProposal.objects.exists()


def test_who_dies_between_decision_and_ceremony_is_given_the_badge_after_death(world):
    rows = _decided(world, "V1")
    dies(world, "V1", date(2024, 1, 30))
    acts.award(rows, DAY, "", by=world.users["office"])
    assert BadgeAward.objects.get().posthumous


def test_a_ceremony_before_the_decision_is_refused_whole(world):
    rows = _decided(world, "V1", "V2")
    with pytest.raises(Refused, match="trước ngày quyết định") as refused:
        acts.award(rows, date(2024, 1, 20), "", by=world.users["office"])
    assert [p.field for p in refused.value.problems] == ["on"]  # said once, not for each badge
    assert not BadgeAward.objects.exists()
    assert set(standing(world).values()) == {"approved"}


def test_a_ceremony_before_somebody_reached_the_mark_says_what_to_do(world):
    rows = _decided(world, "V1", "V2")
    with pytest.raises(Refused) as refused:
        acts.award(rows, date(2024, 2, 2), "", by=world.users["office"])
    [problem] = refused.value.problems
    assert problem.field == "proposals" and "đến 03/02/2024 mới đủ 50 năm" in problem.message
    assert "bỏ chọn" in problem.message and "trao sớm" not in problem.message


def test_discipline_after_the_proposal_delays_the_decision_unless_it_is_refused(world):
    rows = sent(world, "V1", "V2")
    by_code = {row.member.code: row for row in rows}
    disciplined(world, "V2", "reprimand", date(2024, 1, 20))
    with pytest.raises(Refused) as refused:
        acts.decide(rows, PAPER, refused={}, by=world.users["office"])
    [problem] = refused.value.problems
    assert "tạm hoãn theo quy định" in problem.message and "khiển trách" not in problem.message
    acts.decide(rows, PAPER, refused={by_code["V2"].pk: "Tạm hoãn"}, by=world.users["office"])
    assert standing(world) == {"V1": "approved", "V2": "refused"}


def test_discipline_after_the_decision_delays_the_ceremony_but_a_sealed_one_tells_nobody(world):
    rows = {row.member.code: row for row in _decided(world, "V1", "V2")}
    disciplined(world, "V1", "warning", date(2024, 1, 28), case=uuid.uuid4())
    disciplined(world, "V2", "warning", date(2024, 1, 28))
    with pytest.raises(Refused, match="tạm hoãn theo quy định") as refused:
        acts.award(list(rows.values()), DAY, "", by=world.users["office"])
    assert len(refused.value.problems) == 1 and not BadgeAward.objects.exists()
    acts.award([rows["V1"]], DAY, "", by=world.users["office"])
    assert standing(world) == {"V1": "awarded", "V2": "approved"}


def test_a_ceremony_held_late_counts_the_discipline_of_its_own_day(world):
    rows = _decided(world, "V1")
    disciplined(world, "V1", "warning", date(2024, 2, 5))
    with pytest.raises(Refused, match="tạm hoãn theo quy định"):
        acts.award(rows, date(2024, 2, 10), "", by=world.users["office"])
    acts.award(rows, DAY, "", by=world.users["office"])


def test_the_board_adds_up(world):
    propose(world, Pick(world["V1"], 30))
    rows = list(proposals_of(world["QS"], DAY))
    made = {r.code: r.numbers for r in board(world["QS"], DAY, due_on(world["QS"], DAY), rows)}
    assert made == {"PA": (0, 1, 0, 0, 0, 0, 0), "PB": (2, 0, 0, 0, 0, 0, 0)}
    assert counts_by_day(world["QS"], [DAY])[DAY]["proposed"] == 1


def test_the_sum_says_for_how_many_it_is_not_known(world):
    veteran(world, "V45", "VP", date(1979, 1, 1))
    rows = propose(world, Pick(world["V1"], 30), Pick(world["V45"], 45))
    money = money_of(rows, DAY)
    assert (money.known, money.counted, money.unknown) == (2_700_000, 1, 1)
