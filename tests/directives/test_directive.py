"""Directives received: days in order, each once; corrections take plans and sessions along."""

from dataclasses import replace
from datetime import date

import pytest

from tests.world import World, add_user
from tongket.audit.acts import act
from tongket.core.problems import Conflict, Refused
from tongket.directives.acts import (
    add_directive,
    add_directives,
    add_plan,
    add_study_session,
    check_directives,
    correct_directive,
    void_directive,
)
from tongket.directives.drafts import DirectiveDraft, PlanDraft, StudySessionDraft
from tongket.directives.models import Directive, Plan, StudySession
from tongket.directives.queries import visible_directives, visible_plans, visible_study_sessions


def directive(world: World, **changes) -> DirectiveDraft:
    """A paper of the province received by the district."""
    values = {
        "organisation": world["QS"],
        "kind": "CT",
        "symbol": "26-CT/TU",
        "issuer": "Ban Thường vụ Tỉnh ủy",
        "issuer_level": "province",
        "issued_on": date(2023, 2, 10),
        "subject": "Về nâng cao chất lượng sinh hoạt chi bộ",
        "received_on": date(2023, 2, 15),
        "plan_due_on": date(2023, 3, 31),
    }
    return DirectiveDraft(**values | changes)


def errors(problems) -> list[tuple[int, str]]:
    return [(p.index, p.field) for p in problems if p.severity == "error"]


def test_a_directive_is_recorded_with_its_days(world, clerk):
    made = add_directive(directive(world, symbol="  26-CT/TU "), by=clerk)
    made.refresh_from_db()
    assert (made.symbol, made.received_on, made.plan_due_on) == (
        "26-CT/TU",
        date(2023, 2, 15),
        date(2023, 3, 31),
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_on": date(2023, 2, 9)}, "received_on"),
        ({"received_on": date(2090, 1, 1)}, "received_on"),
        ({"plan_due_on": date(2023, 2, 9)}, "plan_due_on"),
        ({"needs_plan": False}, "plan_due_on"),
        (
            {"received_on": date(2009, 12, 31), "issued_on": date(2009, 1, 1), "plan_due_on": None},
            "organisation",
        ),
        ({"symbol": " "}, "symbol"),
        ({"kind": "XX"}, "kind"),
        ({"issuer_level": ""}, "issuer_level"),
        ({"issued_on": None}, "issued_on"),
        ({"subject": "x" * 501}, "subject"),
        ({"needs_plan": None}, "needs_plan"),
    ],
)
def test_each_bad_field_is_named(world, changes, field):
    assert (1, field) in errors(
        check_directives([directive(world, symbol="1-CT/TU"), directive(world, **changes)])
    )


def test_a_paper_is_once_in_a_book_whatever_the_spaces_and_capitals(world, clerk):
    add_directive(directive(world), by=clerk)
    again = directive(world, symbol="26 - ct/tu")
    assert errors(check_directives([again])) == [(0, "symbol")]
    other_book = directive(world, organisation=world["PA"])
    other_day = directive(world, issued_on=date(2023, 2, 9))
    other_issuer = directive(world, issuer="Thường trực Tỉnh ủy")
    assert check_directives([other_book, other_day, other_issuer]) == []
    assert errors(check_directives([other_book, other_book])) == [(1, "symbol")]


def test_one_bad_row_refuses_the_whole_batch(world, clerk):
    with pytest.raises(Refused), act("import", by=clerk) as a:
        add_directives([directive(world), directive(world, kind="XX", symbol="2-CT/TU")], act=a)
    assert not Directive.objects.exists()


def _answered(world, clerk) -> tuple[Directive, Plan, StudySession]:
    made = add_directive(directive(world), by=clerk)
    plan = add_plan(PlanDraft(made, "KH", "15-KH/HU", date(2023, 3, 20)), by=clerk)
    session = add_study_session(
        StudySessionDraft(world["PA"], "Quán triệt 26-CT/TU", date(2023, 4, 5), 3, 3, directive=made),
        by=clerk,
    )
    return made, plan, session


def test_a_directive_with_plans_is_corrected_and_they_follow(world, clerk):
    made, plan, session = _answered(world, clerk)
    new = correct_directive(made, directive(world, symbol="27-CT/TU"), reason="Ghi nhầm số", by=clerk)
    assert [d.symbol for d in visible_directives(clerk)] == ["27-CT/TU"]
    [moved] = visible_plans(clerk)
    assert (moved.directive, moved.symbol, moved.recorded_at) == (new, "15-KH/HU", new.recorded_at)
    [held] = visible_study_sessions(clerk)
    assert (held.directive, held.organisation, held.members_attended) == (new, world["PA"], 3)
    plan.refresh_from_db()
    assert (plan.directive, plan.void_reason) == (made, "Ghi nhầm số")
    assert (Plan.objects.count(), StudySession.objects.count()) == (2, 2)
    assert session.pk != held.pk


def test_a_directive_cannot_become_younger_than_its_plan(world, clerk):
    made, _, _ = _answered(world, clerk)
    later = directive(world, issued_on=date(2023, 3, 25), received_on=date(2023, 3, 26))
    with pytest.raises(Refused) as refused:
        correct_directive(made, later, reason="Sửa ngày", by=clerk)
    assert [p.field for p in refused.value.problems] == ["issued_on"]
    assert [d.issued_on for d in visible_directives(clerk)] == [date(2023, 2, 10)]


def test_a_directive_with_plans_is_not_voided(world, clerk):
    made, _, _ = _answered(world, clerk)
    with pytest.raises(Refused, match="1 văn bản triển khai và 1 lớp"):
        void_directive(made, reason="Nhầm", by=clerk)
    assert visible_directives(clerk).count() == 1


def test_a_voided_directive_stays_and_can_be_recorded_anew(world, clerk):
    made = add_directive(directive(world), by=clerk)
    void_directive(made, reason="Gửi nhầm địa chỉ", by=clerk)
    with pytest.raises(Conflict):
        void_directive(made, reason="Gửi nhầm địa chỉ", by=clerk)
    add_directive(directive(world), by=clerk)
    assert Directive.objects.count() == 2
    assert visible_directives(clerk).count() == 1
    assert visible_directives(clerk, with_voided=True).count() == 2


def test_the_book_is_seen_within_the_subtree(world, clerk):
    add_directive(directive(world), by=clerk)
    add_directive(replace(directive(world), organisation=world["PA"]), by=clerk)
    assert [d.organisation.code for d in visible_directives(add_user(world, "a", "PA", "leader"))] == ["PA"]
    assert not visible_directives(add_user(world, "b", "PB", "office")).exists()
    assert not visible_directives(add_user(world, "q", "QS", "administrator")).exists()
