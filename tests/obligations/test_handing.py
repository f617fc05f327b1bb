"""A directive handed down, and answered with a plan or a study session in one act."""

from datetime import date, timedelta

import pytest

from tests.obligations.working import Work
from tongket.audit.models import LedgerEntry
from tongket.core.dates import today
from tongket.core.problems import Conflict, Refused
from tongket.directives.acts import check_plans, correct_directive, void_directive
from tongket.directives.drafts import DirectiveDraft, PlanDraft
from tongket.directives.handing import (
    Answer,
    Ask,
    PlanFields,
    SessionFields,
    hand_down,
    report_with_plan,
    report_with_session,
)
from tongket.directives.models import Plan, StudySession
from tongket.files.drafts import Upload
from tongket.files.queries import attachments_of
from tongket.obligations.acts import take_step
from tongket.obligations.drafts import StepDraft
from tongket.obligations.models import Demand, Step
from tongket.obligations.rules import demand_rules

PDF = Upload("05-KH-DU.pdf", b"%PDF-1.4\n%%EOF\n")
PLAN = PlanFields("KH", "05-KH/ĐU", date(2023, 12, 1), "Thực hiện Nghị quyết 33")


def _asks(due: date | None = None) -> list[Ask]:
    day = due or today() + timedelta(days=10)
    return [Ask("study", "Học tập Nghị quyết 33", day), Ask("plan", "Ban hành kế hoạch", day)]


def _handed(work: Work, *codes: str) -> list[Demand]:
    return hand_down(work.directive, _asks(), [work[code] for code in codes], by=work.user("office"))


def test_one_act_asks_several_things_about_the_directive(work: Work) -> None:
    before = LedgerEntry.objects.count()
    study, plan = _handed(work, "PA", "PB", "VP")
    assert LedgerEntry.objects.count() == before + 1
    assert {study.about, plan.about} == {work.directive.identity}
    assert study.about_label == "33-NQ/TU ngày 20/11/2023"
    assert (study.obligations.count(), plan.obligations.count()) == (3, 3)


def test_a_deadline_before_the_directive_was_issued_is_refused_at_its_ask(work: Work) -> None:
    asks = [_asks()[0], Ask("plan", "Ban hành", date(2023, 11, 19))]
    with pytest.raises(Refused) as error:
        hand_down(work.directive, asks, [work["PA"]], by=work.user("office"), asked_on=date(2023, 11, 19))
    assert [(p.field, p.index) for p in error.value.problems] == [("due_on", 1)]
    assert not Demand.objects.exists()


def test_the_problems_of_all_asks_come_together_and_nothing_is_asked(work: Work) -> None:
    asks = [Ask("study", "", today()), Ask("plan", "Ban hành", today() - timedelta(days=2))]
    with pytest.raises(Refused) as error:
        hand_down(work.directive, asks, [], by=work.user("office"))
    assert {(p.field, p.index) for p in error.value.problems} >= {
        ("title", 0),
        ("due_on", 1),
        ("receivers", 1),
    }
    assert not Demand.objects.exists()


def test_a_voided_directive_is_not_handed_down(work: Work) -> None:
    void_directive(work.directive, reason="ghi trùng", by=work.user("office"))
    with pytest.raises(Conflict):
        _handed(work, "PA")


def test_who_was_handed_a_directive_hands_it_further_and_others_do_not(work: Work) -> None:
    _handed(work, "PA")
    [further] = hand_down(
        work.directive, _asks()[:1], [work["PA1"]], by=work.user("clerk_a"), organisation=work["PA"]
    )
    assert (further.organisation, further.about) == (work["PA"], work.directive.identity)
    with pytest.raises(Refused):
        hand_down(work.directive, _asks(), [work["PB1"]], by=work.user("clerk_b"), organisation=work["PB"])


def test_a_plan_is_entered_in_the_doers_name_and_reported_in_one_act(work: Work) -> None:
    _study, demand = _handed(work, "PA", "PB")
    before = LedgerEntry.objects.count()
    plan, step = report_with_plan(
        work.part(demand, "PA"), PLAN, Answer(today(), files=(PDF,)), by=work.user("clerk_a")
    )
    assert LedgerEntry.objects.count() == before + 1
    assert (plan.organisation, plan.directive, plan.number) == (work["PA"], work.directive, 5)
    assert work.part(demand, "PA").state == "reported"
    assert step.text == "Kế hoạch số 05-KH/ĐU ngày 01/12/2023."
    assert attachments_of(plan.identity).count() == attachments_of(step.identity).count() == 1


def test_two_communes_may_have_a_plan_of_the_same_number_and_day(work: Work) -> None:
    _study, demand = _handed(work, "PA", "PB")
    for code, name in (("PA", "clerk_a"), ("PB", "clerk_b")):
        report_with_plan(work.part(demand, code), PLAN, Answer(today(), files=(PDF,)), by=work.user(name))
    assert sorted(plan.organisation.code for plan in Plan.objects.all()) == ["PA", "PB"]


def test_a_refused_report_leaves_no_plan_and_a_refused_plan_no_report(work: Work) -> None:
    _study, demand = _handed(work, "PA")
    part = work.part(demand, "PA")
    before_directive = PlanFields("KH", "05-KH/ĐU", date(2023, 11, 1))
    with pytest.raises(Refused):
        report_with_plan(part, before_directive, Answer(today(), "Gửi"), by=work.user("clerk_a"))
    with pytest.raises(Refused):  # asked today, so a report of yesterday cannot be
        report_with_plan(part, PLAN, Answer(today() - timedelta(days=1), "Gửi"), by=work.user("clerk_a"))
    assert not Plan.objects.exists() and not Step.objects.exists()


def test_a_plan_reported_again_after_a_return_is_not_entered_twice(work: Work) -> None:
    _study, demand = _handed(work, "PA")
    part = work.part(demand, "PA")
    answer = Answer(today(), "Gửi kế hoạch")
    first, _step = report_with_plan(part, PLAN, answer, by=work.user("clerk_a"))
    take_step(part, StepDraft("returned", today(), "Thiếu dấu"), by=work.user("office"))
    again, _step = report_with_plan(part, PLAN, answer, by=work.user("clerk_a"))
    assert again == first and Plan.objects.count() == 1
    assert work.part(demand, "PA").state == "reported"


def test_a_plan_reported_with_another_day_after_a_return_is_put_right_not_doubled(work: Work) -> None:
    _study, demand = _handed(work, "PA")
    part = work.part(demand, "PA")
    first, _step = report_with_plan(part, PLAN, Answer(today(), "Gửi"), by=work.user("clerk_a"))
    take_step(part, StepDraft("returned", today(), "Sai ngày"), by=work.user("office"))
    right = PlanFields("KH", "05-KH/ĐU", date(2023, 12, 4), "Thực hiện Nghị quyết 33")
    again, _step = report_with_plan(part, right, Answer(today(), "Gửi lại"), by=work.user("clerk_a"))
    assert (again.identity, again.issued_on) == (first.identity, date(2023, 12, 4))
    assert [plan.issued_on for plan in Plan.objects.filter(voided_at__isnull=True)] == [date(2023, 12, 4)]
    assert Plan.objects.count() == 2  # the wrong one stays, voided with its reason


def test_of_two_clerks_reporting_a_plan_the_second_is_told(work: Work) -> None:
    _study, demand = _handed(work, "PA")
    part = work.part(demand, "PA")
    report_with_plan(part, PLAN, Answer(today(), "Gửi"), by=work.user("clerk_a"), seen=0)
    other = PlanFields("KH", "06-KH/ĐU", date(2023, 12, 2))
    with pytest.raises(Conflict):
        report_with_plan(part, other, Answer(today(), "Gửi"), by=work.user("office"), seen=0)
    assert Plan.objects.count() == 1


def test_a_study_session_is_recorded_with_its_numbers_and_reported_in_one_act(work: Work) -> None:
    demand, _plan = _handed(work, "PA")
    held = SessionFields(date(2023, 12, 5), members_total=40, members_exempt=2, members_attended=37)
    session, step = report_with_session(
        work.part(demand, "PA"), held, Answer(today()), by=work.user("clerk_a")
    )
    assert (session.organisation, session.directive) == (work["PA"], work.directive)
    assert "37/40" in step.text
    wrong = SessionFields(date(2023, 12, 5), members_total=4, members_attended=37)
    with pytest.raises(Refused):
        report_with_session(work.part(demand, "PA"), wrong, Answer(today()), by=work.user("clerk_a"))
    assert StudySession.objects.count() == 1


def test_a_plan_of_another_is_doubted_unless_the_directive_was_handed_to_it(work: Work) -> None:
    draft = PlanDraft(work.directive, "KH", "05-KH/ĐU", date(2023, 12, 1), organisation=work["PA"])
    assert [p.severity for p in check_plans([draft])] == ["warning"]
    _handed(work, "PA")
    assert check_plans([draft]) == []


def test_obligations_follow_a_directive_that_is_corrected(work: Work) -> None:
    _study, demand = _handed(work, "PA")
    new = correct_directive(
        work.directive,
        DirectiveDraft(
            organisation=work["QS"],
            kind="NQ",
            symbol="33-NQ/TU",
            issuer="Tỉnh ủy Quảng Nam",
            issuer_level="province",
            issued_on=date(2023, 11, 20),
            subject="Về xây dựng Đảng",
            received_on=date(2023, 11, 25),
        ),
        reason="sai cơ quan",
        by=work.user("office"),
    )
    plan, _step = report_with_plan(
        work.part(demand, "PA"), PLAN, Answer(today(), "Gửi"), by=work.user("clerk_a")
    )
    assert plan.directive == new


def test_a_sound_demand_has_no_problem(work: Work) -> None:
    from tongket.directives.handing import _demand

    draft = _demand(work.directive, _asks()[0], work["QS"], today())
    assert list(demand_rules(draft, [work["PA"]])) == []
