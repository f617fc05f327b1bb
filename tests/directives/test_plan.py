"""Plans issued for a directive."""

from datetime import date

import pytest

from tests.directives.test_directive import directive, errors
from tests.world import add_user
from tongket.core.problems import Conflict
from tongket.directives.acts import (
    add_directive,
    add_plan,
    check_plans,
    correct_plan,
    void_directive,
    void_plan,
)
from tongket.directives.drafts import PlanDraft
from tongket.directives.models import Plan
from tongket.directives.queries import visible_plans


@pytest.fixture
def received(world, clerk):
    return add_directive(directive(world), by=clerk)


def _plan(received, **changes) -> PlanDraft:
    return PlanDraft(
        **{"directive": received, "kind": "KH", "symbol": "15-KH/HU", "issued_on": date(2023, 3, 20)}
        | changes
    )


def test_a_plan_is_of_the_organisation_that_received_the_directive(world, clerk, received):
    made = add_plan(_plan(received), by=clerk)
    assert (made.organisation, made.directive) == (world["QS"], received)


def test_a_plan_of_another_organisation_is_warned_of(world, received):
    [problem] = check_plans([_plan(received, organisation=world["PB"])])
    assert (problem.field, problem.severity) == ("organisation", "warning")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued_on": date(2023, 2, 9)}, "issued_on"),
        ({"issued_on": date(2090, 1, 1)}, "issued_on"),
        ({"kind": "BC"}, "kind"),
        ({"symbol": ""}, "symbol"),
        ({"directive": None}, "directive"),
    ],
)
def test_each_bad_field_is_named(received, changes, field):
    assert errors(check_plans([_plan(received, symbol="1-KH/HU"), _plan(received, **changes)])) == [
        (1, field)
    ]


def test_a_plan_is_once_for_a_directive(clerk, received):
    add_plan(_plan(received), by=clerk)
    again = [_plan(received), _plan(received, symbol="16-KH/HU"), _plan(received, symbol="16-kh/hu")]
    assert errors(check_plans(again)) == [(0, "symbol"), (2, "symbol")]


def test_no_plan_rests_on_a_voided_directive(clerk, received):
    void_directive(received, reason="Nhầm", by=clerk)
    assert errors(check_plans([_plan(received)])) == [(0, "directive")]


def test_void_and_correct_keep_the_old_rows(world, clerk, received):
    first = add_plan(_plan(received), by=clerk)
    second = correct_plan(first, _plan(received, issued_on=date(2023, 3, 21)), reason="Sửa ngày", by=clerk)
    with pytest.raises(Conflict):
        correct_plan(first, _plan(received), reason="Sửa ngày", by=clerk)
    assert [p.issued_on for p in visible_plans(clerk)] == [date(2023, 3, 21)]
    void_plan(second, reason="Không ban hành", by=clerk)
    assert (Plan.objects.count(), visible_plans(clerk).count()) == (2, 0)


def test_plans_are_seen_within_the_subtree(world, clerk, received):
    add_plan(_plan(received), by=clerk)
    assert not visible_plans(add_user(world, "a", "PA", "office")).exists()
    assert visible_plans(add_user(world, "l", "QS", "leader")).count() == 1
