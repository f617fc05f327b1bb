"""A case goes from the opening to the decision in its order; what a decision means is there in the same act."""

from datetime import date
from typing import Any

import pytest

from tests.cases.conftest import decided, draft_of, opened, voted
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.cases.acts import check_cases, correct_case, open_case, void_case
from tongket.cases.models import Case
from tongket.cases.queries import steps_of
from tongket.cases.steps.acts import check_step, take_step, void_step
from tongket.cases.steps.drafts import StepDraft
from tongket.core.problems import Refused
from tongket.inspections.effects import disciplines_of_members
from tongket.inspections.models import MemberDiscipline, OrganisationDiscipline
from tongket.members.drafts import PostDraft
from tongket.members.models import MemberEvent, PostHolding
from tongket.members.post_acts import appoint

YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def said(refused: pytest.ExceptionInfo[Refused]) -> str:
    return " ".join(problem.message for problem in refused.value.problems)


def refused_step(world: World, case: Case, draft: StepDraft) -> str:
    with pytest.raises(Refused) as refused:
        take_step(case, draft, by=world.users["inspector"])
    return said(refused)


def test_the_days_of_the_acts_are_kept_in_order_and_once(world: World) -> None:
    case = opened(world, act_days="20/02/2023, 5/1/2023\n20/2/2023")
    assert case.act_days == "05/01/2023; 20/02/2023"
    assert (case.first_act_on, case.last_act_on) == (date(2023, 1, 5), date(2023, 2, 20))


#: What is wrong about a case, and words of the answer.
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"act_days": ""}, "các ngày vi phạm"),
    ({"act_days": "31/02/2023"}, "31/02/2023"),
    ({"act_days": "02/03/2023"}, "sau ngày bắt đầu xem xét"),
    ({"concluded_on": date(2023, 1, 1)}, "trước ngày vi phạm"),
    ({"source": "state"}, "quyết định của cơ quan nhà nước"),
    ({"opened_on": date(2031, 1, 1)}, "ở sau hôm nay"),
    ({"ground": "rumour"}, "không có trong danh mục"),
]


def test_a_case_with_a_wrong_field_is_refused_with_a_remedy(world: World) -> None:
    for more, words in WRONG:
        with pytest.raises(Refused) as refused:
            open_case(draft_of(world, **more), by=world.users["inspector"])
        assert words in said(refused)
    assert not Case.objects.exists()


def test_discipline_before_the_admission_is_refused_with_both_days(world: World) -> None:
    with pytest.raises(Refused) as refused:
        opened(
            world,
            "M6",
            organisation=world["PB2"],
            opened_on=date(2023, 4, 1),
            act_days="01/03/2023",
        )
    assert "01/04/2023" in said(refused)
    assert "20/04/2023" in said(refused)


def test_a_doubled_case_is_refused_and_one_about_other_acts_is_not(world: World) -> None:
    opened(world)
    with pytest.raises(Refused) as refused:
        opened(world)
    assert "Đang có vụ việc mở ngày 01/03/2023" in said(refused)
    opened(world, act_days="11/02/2023")
    opened(world, ground="finance")


def test_a_sealed_case_does_not_betray_itself_to_one_who_enters_the_same(world: World) -> None:
    opened(world, sealed=True)
    assert check_cases([draft_of(world)]) == []


def test_a_decision_before_the_vote_is_refused(world: World) -> None:
    decision = StepDraft("decided", date(2023, 4, 15), form="warning", level="cell")
    assert "Chưa ghi biểu quyết" in refused_step(world, opened(world), decision)


def test_a_later_step_on_an_earlier_day_is_refused_naming_both(world: World) -> None:
    case = voted(world, opened(world))
    words = refused_step(world, case, StepDraft("decided", date(2023, 3, 20), form="warning", level="cell"))
    assert "20/03/2023" in words
    assert "01/04/2023" in words
    assert "trước ngày mở vụ việc 01/03/2023" in refused_step(
        world, case, StepDraft("suspended", date(2023, 2, 1))
    )


def test_an_earlier_step_cannot_follow_a_later_one(world: World) -> None:
    case = voted(world, opened(world))
    assert "đã ghi ngày 15/03/2023" in refused_step(world, case, StepDraft("explained", date(2023, 3, 16)))
    decision = decided_step()
    take_step(case, decision, by=world.users["inspector"])
    again = StepDraft("voted", date(2023, 4, 20), form="warning", entitled=20, agree=15)
    assert "đã có quyết định" in refused_step(world, case, again)


def decided_step(**more: Any) -> StepDraft:
    return StepDraft(
        **{"kind": "decided", "on": date(2023, 4, 15), "form": "warning", "level": "cell", **more}
    )


#: Counts that cannot be, and words of the answer.
COUNTS: list[tuple[dict[str, Any], str]] = [
    ({"entitled": 20, "agree": 15, "disagree": 6}, "lớn hơn 20 người"),
    ({"entitled": None, "agree": 5}, "người có quyền biểu quyết"),
    ({"entitled": 20, "agree": None}, "phiếu tán thành"),
]


def test_counts_that_cannot_be_are_refused(world: World) -> None:
    case = opened(world)
    for votes, words in COUNTS:
        assert words in refused_step(
            world, case, StepDraft("voted", date(2023, 4, 1), form="warning", **votes)
        )


def test_a_vote_sent_twice_is_refused_and_a_new_count_is_not(world: World) -> None:
    case = voted(world, opened(world))
    vote = {"on": date(2023, 4, 1), "form": "warning", "entitled": 20, "disagree": 6}
    assert "đã ghi" in refused_step(world, case, StepDraft("voted", agree=14, **vote))
    assert take_step(case, StepDraft("voted", agree=13, **vote), by=None).pk


def test_expulsion_needs_two_thirds_of_all_entitled(world: World) -> None:
    case = voted(world, opened(world), "expulsion", agree=13)
    words = refused_step(world, case, decided_step(form="expulsion"))
    assert "ít nhất hai phần ba của 20" in words
    assert "= 14" in words
    assert not MemberDiscipline.objects.exists()


def test_a_form_that_was_not_voted_is_refused(world: World) -> None:
    case = voted(world, opened(world))
    assert "chưa được biểu quyết" in refused_step(world, case, decided_step(form="reprimand"))


def test_a_probationary_member_meets_two_forms_only_and_striking_off_is_none(world: World) -> None:
    case = opened(world, "M6", organisation=world["PB2"], opened_on=date(2023, 6, 1), act_days="25/05/2023")
    words = refused_step(
        world, case, StepDraft("voted", date(2023, 6, 10), form="expulsion", entitled=9, agree=9)
    )
    assert "khiển trách, cảnh cáo" in words
    assert "Xóa tên không phải là hình thức kỷ luật" in words


def test_a_limit_that_ran_out_by_a_confirmed_rule_refuses_the_form_and_a_conclusion_in_time_does_not(
    world: World,
) -> None:
    late = voted(world, opened(world, act_days="01/02/2018"), "reprimand")
    assert "đã hết thời hiệu từ sau ngày 01/02/2023" in refused_step(
        world, late, decided_step(form="reprimand")
    )
    in_time = voted(
        world,
        opened(world, ground="duty", act_days="01/02/2018", concluded_on=date(2023, 1, 31)),
        "reprimand",
    )
    take_step(in_time, decided_step(form="reprimand"), by=world.users["inspector"])


def test_a_committee_of_a_cell_that_decides_is_a_warning_not_a_refusal(world: World) -> None:
    case = voted(world, opened(world))
    found = check_step(case, decided_step(level="cell_committee"))
    assert [(problem.field, problem.severity) for problem in found] == [("level", "warning")]


def test_a_decision_writes_the_discipline_and_bars_the_rating_at_once(world: World) -> None:
    case = decided(world, opened(world))
    row = MemberDiscipline.objects.get()
    assert (row.member, row.form, row.decided_on, row.organisation) == (
        world["M1"],
        "warning",
        date(2023, 4, 15),
        world["PA1"],
    )
    assert (row.case_identity, row.sealed, row.decision_number) == (case.identity, False, "12-QĐ/ĐU")
    [fact] = disciplines_of_members([world["M1"].pk], *YEAR)[world["M1"].pk]
    assert (fact.pk, fact.form) == (row.pk, "warning")
    case.refresh_from_db()
    assert (case.state, case.ended_on) == ("decided", date(2023, 4, 15))
    # One act: the step, the discipline, one ledger entry.
    assert LedgerEntry.objects.filter(action="case.decided").count() == 1


def test_expulsion_ends_membership_and_taking_the_step_back_gives_it_back(world: World) -> None:
    appoint(PostDraft(world["M1"], world["PA1"], "secretary", date(2020, 1, 1)), by=None)
    case = decided(world, opened(world), "expulsion")
    world["M1"].refresh_from_db()
    assert (world["M1"].standing, world["M1"].ended_by) == ("", "expelled")
    step = steps_of(case.identity)[-1]
    void_step(case, step, reason="ghi nhầm vụ việc", by=world.users["inspector"])
    assert not MemberEvent.objects.filter(void_reason__contains="vụ việc").exists()
    world["M1"].refresh_from_db()
    assert world["M1"].standing == "official"
    assert not disciplines_of_members([world["M1"].pk], *YEAR)
    held = PostHolding.objects.get(member=world["M1"], voided_at__isnull=True)
    assert held.valid_to.year == 9999
    case.refresh_from_db()
    assert (case.state, case.ended_on) == ("open", None)


def test_removal_ends_the_post_and_is_refused_to_one_who_holds_none(world: World) -> None:
    none = voted(world, opened(world), "removal")
    assert "không thể cách chức" in refused_step(world, none, decided_step(form="removal"))
    appoint(PostDraft(world["M3"], world["PA2"], "secretary", date(2020, 1, 1)), by=None)
    case = decided(world, opened(world, "M3", organisation=world["PA2"]), "removal")
    held = PostHolding.objects.get(member=world["M3"], voided_at__isnull=True)
    assert held.valid_to == date(2023, 4, 15)
    # Whoever reads the register need not hold the duty: neither the form nor a reason stands there.
    assert set(PostHolding.objects.exclude(void_reason="").values_list("void_reason", flat=True)) == {
        "thôi giữ chức vụ"
    }
    assert case.identity == MemberDiscipline.objects.get().case_identity


def test_an_organisation_is_disciplined_with_its_own_forms(world: World) -> None:
    case = opened(world, None, organisation=world["PA"])
    vote = StepDraft("voted", date(2023, 4, 1), form="expulsion", entitled=20, agree=20)
    assert "Tổ chức đảng không chịu" in refused_step(world, case, vote)
    decided(world, case)
    assert OrganisationDiscipline.objects.get().organisation == world["PA"]


def test_announced_and_served_come_after_the_decision(world: World) -> None:
    case = opened(world)
    assert "Chưa có quyết định" in refused_step(world, case, StepDraft("served", date(2023, 4, 20)))
    decided(world, case)
    take_step(case, StepDraft("served", date(2023, 4, 25)), by=None)
    assert "phải ghi trước" in refused_step(world, case, StepDraft("announced", date(2023, 4, 20)))
    with pytest.raises(Refused) as refused:
        void_step(case, steps_of(case.identity)[2], reason="nhầm", by=None)
    assert "Hãy hủy bước đó trước" in said(refused)


def test_a_case_may_end_without_discipline_with_its_reason(world: World) -> None:
    case = opened(world)
    assert "lý do" in refused_step(world, case, StepDraft("closed", date(2023, 4, 1)))
    take_step(case, StepDraft("closed", date(2023, 4, 1), reason="minor"), by=None)
    case.refresh_from_db()
    assert case.state == "closed"
    vote = StepDraft("voted", date(2023, 4, 2), form="warning", entitled=9, agree=9)
    assert "đã kết thúc" in refused_step(world, case, vote)


def test_a_suspension_is_in_the_register_and_is_extended_once(world: World) -> None:
    case = opened(world)
    assert "Không có đình chỉ" in refused_step(world, case, StepDraft("suspension_ended", date(2023, 3, 5)))
    take_step(case, StepDraft("suspended", date(2023, 3, 5)), by=None)
    assert world["M1"].spells.filter(voided_at__isnull=True, suspended=True).exists()
    assert "Đang đình chỉ từ ngày 05/03/2023" in refused_step(
        world, case, StepDraft("suspended", date(2023, 3, 6))
    )
    take_step(case, StepDraft("suspension_ended", date(2023, 4, 5)), by=None)
    spells = world["M1"].spells.filter(voided_at__isnull=True, suspended=True)
    assert spells.get().valid_to == date(2023, 4, 5)


def test_a_case_with_steps_is_neither_voided_nor_turned_to_somebody_else(world: World) -> None:
    case = voted(world, opened(world))
    with pytest.raises(Refused):
        void_case(case, reason="nhầm", by=None)
    with pytest.raises(Refused) as refused:
        correct_case(case, draft_of(world, "M2"), reason="nhầm người", by=None)
    assert "không đổi được đối tượng" in said(refused)
    new = correct_case(case, draft_of(world, act_days="12/01/2023"), reason="sai ngày", by=None)
    assert (new.identity, new.state) == (case.identity, "open")
    assert len(steps_of(new.identity)) == 2


def test_voiding_an_empty_case_keeps_it_struck_through(world: World) -> None:
    case = opened(world)
    void_case(case, reason="nhầm", by=world.users["inspector"])
    assert Case.objects.get().void_reason == "nhầm"


def test_the_ledger_says_nothing_that_names_a_person(world: World) -> None:
    decided(world, opened(world), "expulsion")
    for entry in LedgerEntry.objects.filter(action__startswith="case."):
        assert set(entry.data) <= {"case", "case.warnings", "member_discipline.warnings"}
