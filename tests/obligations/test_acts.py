"""Handing out, step by step, taking back; two clerks at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.obligations.working import Work
from tongket.audit.acts import act
from tongket.audit.models import LedgerEntry
from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused
from tongket.files.drafts import Upload
from tongket.files.models import Attachment
from tongket.obligations.acts import (
    hand_out,
    take_step,
    take_steps,
    void_demand,
    void_obligation,
    void_step,
)
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.models import Demand, Obligation, Step
from tongket.organisations.acts import add_organisations
from tongket.organisations.drafts import FoundingDraft


def refused_fields(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.field for problem in error.value.problems}


def _step(kind: str, days_ago: int = 0, text: str = "Đã làm", **more: object) -> StepDraft:
    return StepDraft(kind, today() - timedelta(days=days_ago), text, **more)  # type: ignore[arg-type]


def test_one_act_makes_one_obligation_an_organisation_with_the_deadline(work: Work) -> None:
    before = LedgerEntry.objects.count()
    demand = work.ask("PA", "PB", "VP", due=10)
    parts = Obligation.objects.filter(demand=demand)
    assert {part.organisation.code for part in parts} == {"PA", "PB", "VP"}
    assert {(part.due_on, part.deadline, part.state) for part in parts} == {
        (demand.due_on, demand.due_on, "received")
    }
    assert LedgerEntry.objects.count() == before + 1


def test_nothing_is_asked_due_before_it_is_asked_or_of_nobody_or_twice(work: Work) -> None:
    draft = DemandDraft(work["QS"], "report", "Báo cáo", today(), today() - timedelta(days=1))
    with pytest.raises(Refused) as error:
        hand_out(draft, [], by=work.user("office"))
    assert refused_fields(error) == {"due_on", "receivers"}
    with pytest.raises(Refused) as error:
        hand_out(replace(draft, due_on=today()), [work["PA"], work["PA"]], by=work.user("office"))
    assert refused_fields(error) == {"receivers"}
    assert not Demand.objects.exists()


def test_only_those_below_the_asker_are_asked(work: Work) -> None:
    draft = DemandDraft(work["PA"], "report", "Báo cáo", today(), today())
    with pytest.raises(Refused) as error:
        hand_out(draft, [work["PA1"], work["PB1"]], by=work.user("clerk_a"))
    assert "Chi bộ thôn B1" in error.value.problems[0].message
    assert "Chi bộ thôn A1" not in error.value.problems[0].message


def test_an_organisation_that_is_not_there_on_the_day_is_not_asked(work: Work) -> None:
    with act("test.later", by=None, origin="test") as current_act:
        [later] = add_organisations(
            [
                FoundingDraft(
                    code="PC",
                    name="Đảng bộ xã C",
                    kind="grassroots_body",
                    on=date(2024, 1, 1),
                    parent_code="QS",
                )
            ],
            act=current_act,
        )
    draft = DemandDraft(work["QS"], "report", "Báo cáo", date(2023, 6, 1), date(2023, 7, 1))
    with pytest.raises(Refused) as error:
        hand_out(draft, [later], by=work.user("office"))
    assert refused_fields(error) == {"receivers"}


def test_the_first_deadline_is_kept_and_each_extension_has_its_reason(work: Work) -> None:
    part = work.part(work.ask("PA", due=3), "PA")
    first = part.due_on
    with pytest.raises(Refused) as error:
        take_step(
            part, _step("extended", text="", new_deadline=first + timedelta(days=9)), by=work.user("office")
        )
    assert refused_fields(error) == {"text"}
    for more in (5, 9):
        take_step(
            part,
            _step("extended", text="Bão lụt", new_deadline=first + timedelta(days=more)),
            by=work.user("office"),
        )
    now = work.part(part.demand, "PA")
    assert (now.due_on, now.deadline) == (first, first + timedelta(days=9))
    with pytest.raises(Refused) as error:
        take_step(part, _step("extended", text="Nữa", new_deadline=first), by=work.user("office"))
    assert refused_fields(error) == {"new_deadline"}


def test_an_extension_may_not_end_before_it_is_given(work: Work) -> None:
    part = work.part(work.ask("PA", asked=40, due=-20), "PA")
    draft = _step("extended", text="Gia hạn muộn", new_deadline=today() - timedelta(days=10))
    with pytest.raises(Refused) as error:
        take_step(part, draft, by=work.user("office"))
    assert refused_fields(error) == {"new_deadline"}


def test_what_was_reported_late_is_not_made_timely_by_more_time(work: Work) -> None:
    part = work.part(work.ask("PA", asked=20, due=-5), "PA")
    take_step(part, _step("reported", days_ago=1), by=work.user("clerk_a"))
    with pytest.raises(Refused):
        take_step(
            part,
            _step("extended", text="Bù", new_deadline=today() + timedelta(days=5)),
            by=work.user("office"),
        )
    assert work.part(part.demand, "PA").fulfilled_on == today() - timedelta(days=1)


def test_a_returned_report_counts_as_not_done(work: Work) -> None:
    part = work.part(work.ask("PA", asked=20, due=5), "PA")
    take_step(part, _step("reported", days_ago=2), by=work.user("clerk_a"))
    with pytest.raises(Refused) as error:
        take_step(part, _step("returned", text=" "), by=work.user("office"))
    assert refused_fields(error) == {"text"}
    take_step(part, _step("returned", text="Thiếu số liệu"), by=work.user("office"))
    now = work.part(part.demand, "PA")
    assert (now.state, now.fulfilled_on) == ("returned", None)


def test_the_numbers_asked_for_are_given_all_and_no_others(work: Work) -> None:
    part = work.part(work.ask("PA", numbers=("Số hộ", "Số buổi")), "PA")
    with pytest.raises(Refused) as error:
        take_step(part, _step("reported", numbers={"Số hộ": 3, "Lạ": 1}), by=work.user("clerk_a"))
    said = " ".join(problem.message for problem in error.value.problems)
    assert "Số buổi" in said and "Lạ" in said
    step = take_step(part, _step("reported", numbers={"Số hộ": 3, "Số buổi": 0}), by=work.user("clerk_a"))
    assert Step.objects.get(pk=step.pk).numbers == {"Số hộ": "3", "Số buổi": "0"}


def test_a_bad_file_leaves_neither_step_nor_file(work: Work) -> None:
    part = work.part(work.ask("PA"), "PA")
    wrong = (Upload("ke-hoach.pdf", b"not a pdf"),)
    with pytest.raises(Refused):
        take_step(part, _step("reported", files=wrong), by=work.user("clerk_a"))
    assert not Step.objects.exists() and not Attachment.objects.exists()
    assert work.part(part.demand, "PA").state == "received"


def test_of_two_clerks_reporting_at_once_the_second_is_told_and_nothing_is_doubled(work: Work) -> None:
    part = work.part(work.ask("PA"), "PA")
    first, second = work.part(part.demand, "PA"), work.part(part.demand, "PA")
    take_step(first, _step("reported"), by=work.user("clerk_a"), seen=0)
    with pytest.raises(Conflict):
        take_step(second, _step("reported"), by=work.user("office"), seen=0)
    with pytest.raises(Refused):
        take_step(second, _step("reported"), by=work.user("office"))
    assert Step.objects.filter(kind="reported").count() == 1


def test_a_reminder_does_not_make_a_page_stale(work: Work) -> None:
    part = work.part(work.ask("PA"), "PA")
    take_step(part, _step("reminded", text=""), by=work.user("office"))
    take_step(part, _step("reported"), by=work.user("clerk_a"), seen=0)
    assert work.part(part.demand, "PA").state == "reported"


def test_only_the_latest_step_is_undone_and_the_state_goes_back(work: Work) -> None:
    part = work.part(work.ask("PA"), "PA")
    planned = take_step(part, _step("planned"), by=work.user("clerk_a"))
    reported = take_step(part, _step("reported"), by=work.user("clerk_a"))
    with pytest.raises(Refused):
        void_step(planned, reason="nhầm", by=work.user("clerk_a"))
    with pytest.raises(Refused):
        void_step(reported, reason="  ", by=work.user("clerk_a"))
    void_step(reported, reason="gửi nhầm tệp", by=work.user("clerk_a"))
    now = work.part(part.demand, "PA")
    assert (now.state, now.fulfilled_on) == ("planned", None)
    with pytest.raises(Conflict):
        void_step(reported, reason="nữa", by=work.user("clerk_a"))


def test_a_reminder_in_between_does_not_block_undoing(work: Work) -> None:
    part = work.part(work.ask("PA"), "PA")
    planned = take_step(part, _step("planned"), by=work.user("clerk_a"))
    take_step(part, _step("reminded", text=""), by=work.user("office"))
    void_step(planned, reason="ghi nhầm", by=work.user("clerk_a"))
    assert work.part(part.demand, "PA").state == "received"


def test_a_demand_is_taken_back_only_while_nobody_has_worked_on_it(work: Work) -> None:
    demand = work.ask("PA", "PB")
    take_step(work.part(demand, "PA"), _step("planned"), by=work.user("clerk_a"))
    with pytest.raises(Refused) as error:
        void_demand(demand, reason="giao nhầm", by=work.user("office"))
    assert "1 tổ chức" in error.value.problems[0].message
    other = work.ask("PA", "PB", title="Nhầm")
    void_demand(other, reason="giao nhầm", by=work.user("office"))
    assert not Obligation.objects.filter(demand=other, voided_at=None).exists()
    with pytest.raises(Conflict):
        void_demand(other, reason="nữa", by=work.user("office"))


def test_a_step_on_what_was_taken_back_is_a_conflict(work: Work) -> None:
    demand = work.ask("PA")
    part = work.part(demand, "PA")
    void_demand(demand, reason="giao nhầm", by=work.user("office"))
    with pytest.raises(Conflict):
        take_step(part, _step("reported"), by=work.user("clerk_a"))


def test_one_organisations_part_is_taken_back_until_it_has_reported(work: Work) -> None:
    demand = work.ask("PA", "PB")
    void_obligation(work.part(demand, "PA"), reason="đã giải thể", by=work.user("office"))
    assert [part.organisation.code for part in Obligation.objects.filter(voided_at=None)] == ["PB"]
    take_step(work.part(demand, "PB"), _step("reported"), by=work.user("clerk_b"))
    with pytest.raises(Refused):
        void_obligation(work.part(demand, "PB"), reason="thôi", by=work.user("office"))


def test_many_are_accepted_in_one_act_or_none(work: Work) -> None:
    demand = work.ask("PA", "PB", "VP")
    for code in ("PA", "PB"):
        take_step(work.part(demand, code), _step("reported", days_ago=6), by=work.user("office"))
    parts = [work.part(demand, code) for code in ("PA", "PB", "VP")]
    with pytest.raises(Refused) as error:
        take_steps(parts, _step("accepted", text=""), by=work.user("office"))
    assert "Chi bộ Văn phòng" in error.value.problems[0].message
    assert work.part(demand, "PA").state == "reported"
    before = LedgerEntry.objects.count()
    take_steps(parts[:2], _step("accepted", text=""), by=work.user("office"))
    assert [work.part(demand, code).state for code in ("PA", "PB", "VP")] == [
        "accepted",
        "accepted",
        "received",
    ]
    assert work.part(demand, "PA").fulfilled_on == today() - timedelta(days=6)
    assert LedgerEntry.objects.count() == before + 1
