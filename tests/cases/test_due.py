"""What of cases is due: limits by their step of days, suspensions, appeals, notifications; three questions."""

from datetime import date, timedelta

from tests.cases.conftest import decided, opened
from tests.world import World
from tongket.cases.appeals.acts import record_appeal
from tongket.cases.appeals.drafts import AppealDraft
from tongket.cases.due import due_items
from tongket.cases.steps.acts import take_step
from tongket.cases.steps.drafts import StepDraft

#: Days left, and the step that names the limit (0: not said).
LEFT = ((91, 0), (90, 90), (61, 90), (60, 60), (30, 30), (15, 15), (7, 7), (0, 7), (-1, 0))


def test_a_limit_is_named_by_the_narrowest_step_that_holds(world: World) -> None:
    opened(world, act_days="20/06/2018")
    for left, step in LEFT:
        found = due_items(world.users["inspector"], date(2023, 6, 20) - timedelta(days=left))
        named = [f"không quá {step} ngày" in item.text for item in found]
        assert named == ([True] if step else []), left


def test_suspensions_appeals_and_notifications_are_told(
    world: World, django_assert_max_num_queries: object
) -> None:
    case = opened(world, opened_on=date(2026, 5, 1), act_days="01/04/2026")
    take_step(case, StepDraft("suspended", date(2026, 5, 2)), by=None)
    opened(
        world,
        "M3",
        organisation=world["PA2"],
        source="state",
        state_decided_on=date(2026, 7, 20),
        opened_on=date(2026, 7, 21),
    )
    other = decided(world, opened(world, "M2"))
    record_appeal(other, AppealDraft(date(2023, 5, 1), "superior", "Huyện ủy"), by=None)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        found = due_items(world.users["leader"], date(2026, 7, 24))
    said = " / ".join(item.text for item in found)
    assert "1 đình chỉ sắp hoặc đã hết hạn" in said
    assert "1 khiếu nại kỷ luật phải trả lời, 1 đã quá hạn" in said
    assert "1 quyết định của cơ quan nhà nước chưa được báo" in said
    assert [item.late for item in found] == [True, False, False]
    assert [item.on for item in found][1:] == [date(2026, 7, 25), date(2026, 7, 31)]
