"""Appeals: taken late with a warning, answered once, and what the answer changes is changed at once."""

from datetime import date

import pytest

from tests.cases.conftest import decided, opened
from tests.cases.test_steps import YEAR, said
from tests.world import World
from tongket.cases.appeals.acts import (
    answer_appeal,
    check_appeal,
    confirm_correction,
    record_appeal,
    void_appeal,
)
from tongket.cases.appeals.drafts import AnswerDraft, AppealDraft
from tongket.cases.models import Appeal, Case
from tongket.cases.steps.acts import take_step
from tongket.cases.steps.drafts import StepDraft
from tongket.core.problems import Refused
from tongket.core.workdays import add_working_days
from tongket.figures.engine import compute
from tongket.figures.records import records
from tongket.inspections.effects import disciplines_of_members
from tongket.inspections.models import DisciplineEnd, MemberDiscipline

RECEIVED = date(2023, 5, 10)


def appealed(world: World, case: Case) -> Appeal:
    take_step(case, StepDraft("served", date(2023, 4, 20)), by=None)
    return record_appeal(case, AppealDraft(RECEIVED, "superior", "Huyện ủy"), by=world.users["inspector"])


def forms_in_force(world: World, code: str = "M1") -> list[str]:
    found = disciplines_of_members([world[code].pk], *YEAR)
    return [fact.form for fact in found.get(world[code].pk, ())]


def test_an_appeal_is_to_be_answered_within_ninety_working_days(world: World) -> None:
    appeal = appealed(world, decided(world, opened(world)))
    assert appeal.due_on == add_working_days(RECEIVED, 90)


def test_an_appeal_after_the_limit_is_a_warning_with_the_days(world: World) -> None:
    case = decided(world, opened(world))
    take_step(case, StepDraft("served", date(2023, 4, 20)), by=None)
    [late] = check_appeal(case, AppealDraft(date(2023, 5, 21), "superior", "Huyện ủy"))
    assert late.severity == "warning"
    assert "quá hạn ngày 20/05/2023" in late.message
    assert check_appeal(case, AppealDraft(date(2023, 5, 20), "superior", "Huyện ủy")) == []


def test_there_is_no_appeal_without_a_decision_and_one_at_a_time(world: World) -> None:
    case = opened(world)
    draft = AppealDraft(RECEIVED, "superior", "Huyện ủy")
    with pytest.raises(Refused) as refused:
        record_appeal(case, draft, by=None)
    assert "chưa có quyết định" in said(refused)
    appealed(world, decided(world, case))
    with pytest.raises(Refused) as refused:
        record_appeal(case, draft, by=None)
    assert "chưa giải quyết" in said(refused)


def test_an_upheld_decision_stays(world: World) -> None:
    case = decided(world, opened(world))
    answer_appeal(case, appealed(world, case), AnswerDraft(date(2023, 6, 1), "upheld"), by=None)
    assert forms_in_force(world) == ["warning"]


def test_a_lighter_form_takes_the_place_of_the_old_one_from_the_first_day(world: World) -> None:
    case = decided(world, opened(world))
    answer = AnswerDraft(date(2023, 6, 1), "lighter", "reprimand", "45-QĐ/HU", "Huyện ủy")
    answer_appeal(case, appealed(world, case), answer, by=None)
    row = MemberDiscipline.objects.get(voided_at__isnull=True)
    assert (row.form, row.decided_on, row.case_identity) == ("reprimand", date(2023, 4, 15), case.identity)
    assert forms_in_force(world) == ["reprimand"]


#: Outcome and form that contradict each other, and words of the answer.
CONTRADICTIONS = [
    ("lighter", "expulsion", "không phải là giảm"),
    ("harsher", "reprimand", "không phải là tăng"),
    ("lighter", "", "Chưa chọn hình thức mới"),
    ("upheld", "reprimand", "để trống"),
    ("harsher", "dissolution", "Không áp dụng được"),
]


def test_an_answer_that_contradicts_itself_is_refused(world: World) -> None:
    case = decided(world, opened(world))
    appeal = appealed(world, case)
    for outcome, form, words in CONTRADICTIONS:
        with pytest.raises(Refused) as refused:
            answer_appeal(case, appeal, AnswerDraft(date(2023, 6, 1), outcome, form), by=None)
        assert words in said(refused)


def test_an_annulled_decision_counts_as_if_it_had_never_been(world: World) -> None:
    case = decided(world, opened(world))
    appeal = appealed(world, case)
    answer_appeal(case, appeal, AnswerDraft(date(2023, 6, 1), "annulled"), by=None)
    assert DisciplineEnd.objects.get().kind == "annulled"
    assert forms_in_force(world) == []
    # Nor in the figures, their records or the report, as known from now on; as known before it does.
    assert compute("QS", "2023", ids=("discipline.members",)).own["discipline.members"].value == 0
    assert records("discipline.members", "QS", "2023").rows == ()
    before = compute("QS", "2023", ids=("discipline.members",), as_known_at=appeal.recorded_at)
    assert before.own["discipline.members"].value == 1
    with pytest.raises(Refused):
        answer_appeal(case, appeal, AnswerDraft(date(2023, 6, 2), "annulled"), by=None)


def test_one_wrongly_expelled_is_restored_with_unbroken_party_age(world: World) -> None:
    before = world["M1"].spells.get(voided_at__isnull=True).party_age_from
    case = decided(world, opened(world), "expulsion")
    answer_appeal(case, appealed(world, case), AnswerDraft(date(2023, 6, 1), "annulled"), by=None)
    world["M1"].refresh_from_db()
    assert (world["M1"].standing, world["M1"].organisation) == ("official", world["PA1"])
    last = world["M1"].spells.filter(voided_at__isnull=True).order_by("valid_from").last()
    assert (last.valid_from, last.party_age_from) == (date(2023, 6, 1), before)


def test_a_warning_in_place_of_an_expulsion_counts_from_the_new_decision(world: World) -> None:
    case = decided(world, opened(world), "expulsion")
    answer_appeal(case, appealed(world, case), AnswerDraft(date(2023, 6, 1), "lighter", "warning"), by=None)
    row = MemberDiscipline.objects.get(voided_at__isnull=True)
    assert (row.form, row.decided_on) == ("warning", date(2023, 6, 1))
    world["M1"].refresh_from_db()
    assert world["M1"].standing == "official"


def test_an_expulsion_in_place_of_a_warning_ends_membership(world: World) -> None:
    case = decided(world, opened(world))
    answer_appeal(case, appealed(world, case), AnswerDraft(date(2023, 6, 1), "harsher", "expulsion"), by=None)
    world["M1"].refresh_from_db()
    assert world["M1"].ended_by == "expelled"
    assert forms_in_force(world) == ["expulsion"]


def test_the_correction_is_confirmed_once_after_the_decision(world: World) -> None:
    case = decided(world, opened(world))
    with pytest.raises(Refused) as refused:
        confirm_correction(case, date(2023, 4, 1), by=None)
    assert "01/04/2023" in said(refused)
    confirm_correction(case, date(2023, 12, 1), by=None)
    [fact] = disciplines_of_members([world["M1"].pk], *YEAR)[world["M1"].pk]
    assert fact.corrected_on == date(2023, 12, 1)
    with pytest.raises(Refused):
        confirm_correction(case, date(2023, 12, 2), by=None)


def test_a_confirmed_correction_outlives_a_changed_form(world: World) -> None:
    case = decided(world, opened(world))
    appeal = appealed(world, case)
    confirm_correction(case, date(2023, 5, 20), by=None)
    answer_appeal(case, appeal, AnswerDraft(date(2023, 6, 1), "lighter", "reprimand"), by=None)
    [fact] = disciplines_of_members([world["M1"].pk], *YEAR)[world["M1"].pk]
    assert (fact.form, fact.corrected_on) == ("reprimand", date(2023, 5, 20))


def test_an_appeal_entered_by_mistake_is_voided_before_its_answer_only(world: World) -> None:
    case = decided(world, opened(world))
    appeal = appealed(world, case)
    answer_appeal(case, appeal, AnswerDraft(date(2023, 6, 1), "upheld"), by=None)
    with pytest.raises(Refused):
        void_appeal(case, appeal, reason="nhầm", by=None)
