"""What happens in a hall, in order; and what may not happen."""

from datetime import date
from typing import Any

import pytest

from tests.conferences.hall_world import at, invite, items, make_conference
from tests.page_world import make_page_world
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.conferences.acts import close, open_conference, undo_step
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.concluding.acts import (
    add_conclusions,
    assign,
    label_of,
    progress_of,
    void_conclusion,
)
from tongket.conferences.concluding.drafts import ConclusionDraft, Task
from tongket.conferences.hall.acts import record_floor, undo_last, withdraw_speaker
from tongket.conferences.hall.queries import floor_of, state_of
from tongket.conferences.models import Conclusion, Conference, Floor, Moment, Vote
from tongket.conferences.queries import counts
from tongket.conferences.voting.acts import record_vote, void_vote
from tongket.conferences.voting.drafts import VoteDraft
from tongket.core.problems import Conflict, Refused
from tongket.obligations.acts import take_step, void_demand
from tongket.obligations.drafts import StepDraft
from tongket.obligations.models import Demand, Obligation


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


@pytest.fixture
def running(world: World) -> Conference:
    return make_conference(world, state="running")


def _said(refused: pytest.ExceptionInfo[Refused]) -> str:
    return str(refused.value)


def _floor(conference: Conference, kind: str, clock: str, **more: Any) -> Floor:
    return record_floor(conference, kind, by=None, at=at(clock), **more)


# --- opening and closing


def test_a_conference_that_was_not_called_is_not_opened(world: World) -> None:
    with pytest.raises(Refused, match="chưa triệu tập"):
        open_conference(make_conference(world, state="draft"), by=None, at=at("13:30"))


def test_opening_twice_and_closing_twice_are_refused(world: World) -> None:
    conference = make_conference(world)
    open_conference(conference, by=None, at=at("13:30"))
    with pytest.raises(Refused, match="khai mạc rồi"):
        open_conference(conference, by=None, at=at("13:31"))
    close(conference, by=None, at=at("17:00"))
    with pytest.raises(Refused, match="bế mạc rồi"):
        close(conference, by=None, at=at("17:01"))
    assert Moment.objects.filter(conference=conference, kind="closed").count() == 1


def test_without_a_time_what_is_entered_on_another_day_asks_for_it(world: World) -> None:
    with pytest.raises(Refused, match="Hãy ghi giờ"):
        open_conference(make_conference(world), by=None)


def test_closing_ends_the_turn_and_the_item_that_are_open(running: Conference) -> None:
    _floor(running, "item_start", "13:40", item=items(running)[0].identity)
    _floor(running, "speak_start", "13:50", speaker="An")
    close(running, by=None, at=at("17:00"))
    state = state_of(running)
    assert state.open_item is None
    assert state.speaking is None
    assert state.items[0].until == state.speakers[0].until == at("17:00")
    running.refresh_from_db()
    assert running.state == "closed"


def test_a_closing_by_mistake_is_taken_back_with_its_reason(running: Conference) -> None:
    with pytest.raises(Refused, match="lý do"):
        undo_step(running, reason=" ", by=None)
    close(running, by=None, at=at("17:00"))
    undo_step(running, reason="bấm nhầm", by=None)
    running.refresh_from_db()
    assert running.state == "running"
    _floor(running, "item_start", "16:00", item=items(running)[0].identity)
    with pytest.raises(Refused, match="hoàn tác"):
        undo_step(running, reason="bấm nhầm", by=None)


# --- items and speakers


def test_nothing_goes_on_before_opening_nor_after_closing(world: World) -> None:
    for state, said in (("called", "chưa khai mạc"), ("closed", "đã bế mạc")):
        conference = make_conference(world, state=state, title=f"Hội nghị {state}")
        with pytest.raises(Refused, match=said):
            _floor(conference, "item_start", "13:40", item=items(conference)[0].identity)
    assert not Floor.objects.exists()


def test_an_item_of_another_conference_is_refused(world: World, running: Conference) -> None:
    other = make_conference(world, title="Hội nghị khác", state="running")
    with pytest.raises(Refused, match="không có trong chương trình"):
        _floor(running, "item_start", "13:40", item=items(other)[0].identity)


def test_a_second_item_is_opened_only_after_the_first_was_ended(running: Conference) -> None:
    first, second, _third = items(running)
    _floor(running, "item_start", "13:40", item=first.identity)
    with pytest.raises(Refused, match="Đang có một nội dung mở"):
        _floor(running, "item_start", "13:41", item=second.identity)
    _floor(running, "item_end", "14:00")
    _floor(running, "item_start", "14:00", item=second.identity)
    assert state_of(running).open_item.item == second.identity  # type: ignore[union-attr]


def test_speakers_queue_are_called_one_at_a_time_and_may_withdraw(running: Conference) -> None:
    _floor(running, "item_start", "13:40", item=items(running)[0].identity)
    _floor(running, "queued", "13:41", speaker="An", topic="Kết nạp đảng viên")
    waiting = _floor(running, "queued", "13:42", speaker="Bình")
    with pytest.raises(Refused, match="trùng tên"):
        _floor(running, "queued", "13:43", speaker=" bình ")
    spoken = _floor(running, "speak_start", "13:45", speaker="An")
    assert spoken.topic == "Kết nạp đảng viên"
    with pytest.raises(Refused, match="đang phát biểu"):
        _floor(running, "speak_start", "13:46", speaker="Bình")
    withdraw_speaker(running, waiting.pk, by=None)
    assert state_of(running).queue == ()
    with pytest.raises(Refused, match="không còn trong danh sách"):
        withdraw_speaker(running, waiting.pk, by=None)


def test_undoing_goes_back_act_by_act(running: Conference) -> None:
    _floor(running, "item_start", "13:40", item=items(running)[0].identity)
    _floor(running, "speak_start", "13:45", speaker="An")
    before = state_of(running)
    _floor(running, "item_end", "13:50")  # ends the turn as well: two rows of one act
    assert len(undo_last(running, by=None)) == 2
    assert state_of(running) == before
    undo_last(running, by=None)
    undo_last(running, by=None)
    assert floor_of(running) == []
    assert Floor.objects.filter(voided_at__isnull=False).count() == 4
    with pytest.raises(Refused, match="Chưa ghi việc nào"):
        undo_last(running, by=None)


def test_times_run_forward_and_not_into_the_future(running: Conference) -> None:
    _floor(running, "item_start", "13:40", item=items(running)[0].identity)
    with pytest.raises(Refused, match="trước việc đã ghi lúc 13:40"):
        _floor(running, "item_end", "13:35")
    with pytest.raises(Refused, match="chưa tới"):
        record_floor(running, "item_end", by=None, at=at("13:40").replace(year=2099))


def test_the_ledger_names_no_speaker(running: Conference) -> None:
    _floor(running, "item_start", "13:40", item=items(running)[0].identity)
    _floor(running, "speak_start", "13:45", speaker="Nguyễn Thị Bí Mật")
    entry = LedgerEntry.objects.get(action="conference.speak_start")
    assert "Bí Mật" not in str(entry.data)


def test_the_agenda_is_numbered_as_a_tree(running: Conference) -> None:
    assert [(row.number, row.item.title) for row in agenda_of(running)] == [
        ("1", "Báo cáo tổng kết"),
        ("1.1", "Thảo luận"),
        ("2", "Khen thưởng"),
    ]


# --- votes


def _vote(**changes: Any) -> VoteDraft:
    values: dict[str, Any] = {
        "question": "Thông qua Nghị quyết",
        "majority": "over_half",
        "present": 8,
        "agree": 6,
        "disagree": 1,
        "abstain": 1,
        "taken_at": at("15:00"),
    }
    return VoteDraft(**values | changes)


def test_the_base_of_a_vote_is_all_entitled_not_those_present(running: Conference) -> None:
    invite(running, 10, present=8)
    invite(running, 5, present=5, voting=False, first=11)
    vote = record_vote(running, _vote(), by=None)
    assert (vote.entitled, vote.present) == (10, 8)
    numbers = counts(running)
    assert (numbers.invited, numbers.present, numbers.entitled, numbers.entitled_present) == (15, 13, 10, 8)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"present": 11}, "present", "lớn hơn 10 người có quyền"),
        ({"present": 9}, "present", "Hãy điểm danh người vừa đến"),
        ({"agree": 7}, "agree", "Tổng số phiếu 9"),
        ({"question": " "}, "question", "Chưa có"),
        ({"majority": "plurality"}, "majority", "danh mục"),
        ({"taken_at": at("13:00")}, "at", "trước việc đã ghi"),
    ],
)
def test_counts_that_cannot_be_are_refused_at_their_field(
    running: Conference, changes: dict[str, Any], field: str, said: str
) -> None:
    invite(running, 10, present=8)
    with pytest.raises(Refused) as refused:
        record_vote(running, _vote(**changes), by=None)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert said in _said(refused)
    assert not Vote.objects.exists()


def test_a_vote_before_opening_or_about_a_foreign_item_is_refused(world: World, running: Conference) -> None:
    called = make_conference(world, title="Hội nghị chưa mở")
    invite(called, 10, present=8)
    with pytest.raises(Refused, match="chưa khai mạc"):
        record_vote(called, _vote(), by=None)
    invite(running, 10, present=8)
    with pytest.raises(Refused, match="không có trong chương trình"):
        record_vote(running, _vote(item=items(called)[0].identity), by=None)


def test_a_vote_without_anybody_entitled_says_what_to_do(running: Conference) -> None:
    invite(running, 3, present=3, voting=False)
    with pytest.raises(Refused, match="có quyền biểu quyết"):
        record_vote(running, _vote(present=0, agree=0, disagree=0, abstain=0), by=None)


def test_a_vote_is_voided_once_with_its_reason(running: Conference) -> None:
    invite(running, 10, present=8)
    vote = record_vote(running, _vote(secret=True), by=None)
    void_vote(vote, reason="đếm nhầm", by=None)
    with pytest.raises(Conflict):
        void_vote(vote, reason="đếm nhầm", by=None)


def test_a_conference_does_not_close_before_its_last_vote(running: Conference) -> None:
    invite(running, 10, present=8)
    record_vote(running, _vote(), by=None)
    with pytest.raises(Refused, match="trước việc đã ghi lúc 15:00"):
        close(running, by=None, at=at("14:50"))
    close(running, by=None, at=at("15:30"))
    with pytest.raises(Refused, match="Hãy ghi giờ biểu quyết"):
        record_vote(running, _vote(question="Muộn", taken_at=None), by=None)
    with pytest.raises(Refused, match="sau khi bế mạc"):
        record_vote(running, _vote(question="Muộn", taken_at=at("15:40")), by=None)
    record_vote(running, _vote(question="Ghi sau, đúng giờ", taken_at=at("15:10")), by=None)


# --- conclusions


def _task(world: World, *codes: str, due: date = date(2024, 3, 31), kind: str = "task") -> Task:
    return Task(kind, due, tuple(world[code] for code in codes))


def test_a_conclusion_becomes_an_obligation_in_the_same_act(world: World, running: Conference) -> None:
    drafts = [
        ConclusionDraft("Tăng cường phát triển đảng viên", task=_task(world, "PA", "PB")),
        ConclusionDraft("Ghi nhận kết quả năm 2023"),
    ]
    made = add_conclusions(running, drafts, by=None)
    demand = Demand.objects.get()
    assert demand.about == made[0].identity
    assert demand.about_label == "Kết luận hội nghị tổng kết công tác xây dựng Đảng năm 2023 ngày 28/12/2023"
    assert (demand.asked_on, demand.due_on) == (date(2023, 12, 28), date(2024, 3, 31))
    assert set(demand.obligations.values_list("organisation__code", flat=True)) == {"PA", "PB"}
    assert made[0].recorded_at == demand.recorded_at
    assert LedgerEntry.objects.filter(action__in=("conclusion.add", "demand.add")).count() == 1


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Sinh hoạt chi bộ tháng 12", "Kết luận sinh hoạt chi bộ tháng 12 ngày 28/12/2023"),
        ("Huyện ủy họp phiên 15", "Kết luận Huyện ủy họp phiên 15 ngày 28/12/2023"),
    ],
)
def test_the_label_of_tasks_reads_as_a_sentence(world: World, title: str, label: str) -> None:
    assert label_of(make_conference(world, title=title)) == label
    assert len(label_of(make_conference(world, title="Hội nghị " + "rất dài " * 35))) <= 200


def test_one_wrong_row_keeps_all_rows_out(world: World, running: Conference) -> None:
    drafts = [
        ConclusionDraft("Kết luận đúng", task=_task(world, "PA")),
        ConclusionDraft("Hạn trước hội nghị", task=_task(world, "PA", due=date(2023, 12, 1))),
        ConclusionDraft("Giao cho chính mình", task=_task(world, "QS")),
        ConclusionDraft("Kết luận đúng"),
    ]
    with pytest.raises(Refused) as refused:
        add_conclusions(running, drafts, by=None)
    assert [(p.index, p.field) for p in refused.value.problems] == [(1, "due_on"), (2, "owners"), (3, "text")]
    assert not Conclusion.objects.exists()
    assert not Demand.objects.exists()


def test_a_conclusion_before_opening_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="chưa khai mạc"):
        add_conclusions(make_conference(world), [ConclusionDraft("Sớm")], by=None)


def test_a_conclusion_is_handed_out_later_and_to_nobody_twice(world: World, running: Conference) -> None:
    [made] = add_conclusions(running, [ConclusionDraft("Xây dựng kế hoạch")], by=None)
    assign(made, _task(world, "PA", kind="plan"), by=None)
    with pytest.raises(Refused, match="Đã giao kết luận này cho: Đảng bộ xã A"):
        assign(made, _task(world, "PA", "PB"), by=None)
    assign(made, _task(world, "PB"), by=None)
    assert Obligation.objects.count() == 2


def test_the_state_of_tasks_is_shown_with_the_conclusion(world: World, running: Conference) -> None:
    [made] = add_conclusions(
        running, [ConclusionDraft("Báo cáo", task=_task(world, "PA", "PB", "VP"))], by=None
    )
    first = Obligation.objects.get(organisation=world["PA"])
    take_step(first, StepDraft("reported", date(2024, 3, 30), text="Đã làm"), by=None)
    [progress] = progress_of([made], on=date(2024, 4, 10))[made.identity]
    assert (progress.total, progress.on_time, progress.overdue, progress.waiting) == (3, 1, 2, 0)


def test_a_conclusion_on_which_tasks_rest_is_not_voided(world: World, running: Conference) -> None:
    [made] = add_conclusions(running, [ConclusionDraft("Báo cáo", task=_task(world, "PA"))], by=None)
    with pytest.raises(Refused, match="rút nhiệm vụ"):
        void_conclusion(made, reason="nhầm", by=None)
    void_demand(Demand.objects.get(), reason="giao nhầm", by=None)
    void_conclusion(made, reason="nhầm", by=None)
    made.refresh_from_db()
    assert made.voided_at is not None
