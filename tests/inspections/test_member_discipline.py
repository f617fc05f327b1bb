"""Discipline of a member: the cell, the form by standing, removal only from a post."""

from datetime import date

import pytest

from tests.world import World, add_user
from tongket.audit.acts import act
from tongket.core.problems import Conflict, Refused
from tongket.inspections.acts import (
    add_member_discipline,
    add_member_disciplines,
    check_member_disciplines,
    correct_member_discipline,
    void_member_discipline,
)
from tongket.inspections.drafts import MemberDisciplineDraft
from tongket.inspections.models import MemberDiscipline
from tongket.inspections.queries import visible_member_disciplines
from tongket.members.acts import record_event
from tongket.members.drafts import EventDraft, PostDraft
from tongket.members.post_acts import appoint


def _draft(world: World, member: str = "M1", cell: str = "PA1", **changes) -> MemberDisciplineDraft:
    values = {
        "form": "reprimand",
        "decided_on": date(2023, 6, 1),
        "ground": "duty",
        "decision_number": "3-QĐ/UBKTHU",
    }
    return MemberDisciplineDraft(world[member], world[cell], **values | changes)


def _errors(problems) -> list[tuple[int, str]]:
    return [(p.index, p.field) for p in problems if p.severity == "error"]


def test_the_day_of_the_decision_is_asked_once(world, clerk):
    made = add_member_discipline(_draft(world), by=clerk)
    assert (made.decided_on, made.decision_date) == (date(2023, 6, 1), date(2023, 6, 1))


def test_a_decision_before_the_member_was_in_the_register_says_since_when(world):
    [problem] = check_member_disciplines([_draft(world, "M6", "PB2", decided_on=date(2023, 1, 1))])
    assert (problem.field, problem.severity) == ("decided_on", "error")
    assert "01/01/2023" in problem.message and "20/04/2023" in problem.message


def test_a_probationary_member_is_only_reprimanded_or_warned(world):
    forms = ("reprimand", "warning", "removal", "expulsion")
    drafts = [_draft(world, "M6", "PB2", form=form) for form in forms]
    refused = {forms[index] for index, field in _errors(check_member_disciplines(drafts)) if field == "form"}
    assert refused == {"removal", "expulsion"}


def test_removal_needs_a_post_on_the_day(world, clerk):
    removal = _draft(world, form="removal", committee_member=True)
    assert _errors(check_member_disciplines([removal])) == [(0, "form")]
    appoint(
        PostDraft(world["M1"], world["PA"], "committee_member", date(2020, 6, 1), date(2023, 6, 1)), by=clerk
    )
    assert check_member_disciplines([removal]) == []
    late = _draft(world, form="removal", decided_on=date(2023, 6, 2))
    assert _errors(check_member_disciplines([late])) == [(0, "form")]


def test_a_committee_member_not_marked_as_one_is_warned_of(world, clerk):
    appoint(PostDraft(world["M1"], world["PA"], "secretary", date(2020, 6, 1)), by=clerk)
    appoint(PostDraft(world["M2"], world["PA"], "inspection_member", date(2020, 6, 1)), by=clerk)
    problems = check_member_disciplines([_draft(world), _draft(world, "M2")])
    assert [(p.index, p.field, p.severity) for p in problems] == [(0, "committee_member", "warning")]


def test_an_expelled_member_is_of_the_cell_on_the_day_of_expulsion(world, clerk):
    record_event(EventDraft(world["M1"], "expelled", on=date(2023, 6, 1)), by=clerk)
    assert check_member_disciplines([_draft(world, form="expulsion")]) == []
    assert _errors(check_member_disciplines([_draft(world, form="warning")])) == [(0, "member")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decided_on": date(2090, 1, 1)}, "decided_on"),
        ({"decided_on": date(2014, 6, 1)}, "decided_on"),
        ({"decided_on": None}, "decided_on"),
        ({"form": "dissolution"}, "form"),
        ({"ground": ""}, "ground"),
        ({"cell": "PA2"}, "member"),
    ],
)
def test_each_bad_field_is_named(world, changes, field):
    assert (1, field) in _errors(check_member_disciplines([_draft(world, "M2"), _draft(world, **changes)]))


def test_a_decision_is_recorded_once(world, clerk):
    add_member_discipline(_draft(world), by=clerk)
    again = [
        _draft(world),
        _draft(world, decided_on=date(2023, 7, 1)),
        _draft(world, "M2"),
        _draft(world, "M2"),
    ]
    assert _errors(check_member_disciplines(again)) == [(0, "decided_on"), (3, "decided_on")]


def test_one_bad_row_refuses_the_whole_batch(world, clerk):
    with pytest.raises(Refused), act("import", by=clerk) as a:
        add_member_disciplines([_draft(world), _draft(world, "M2", form="removal")], act=a)
    assert not MemberDiscipline.objects.exists()


def test_void_and_correct_keep_the_old_rows(world, clerk):
    old = add_member_discipline(_draft(world), by=clerk)
    new = correct_member_discipline(old, _draft(world, form="warning"), reason="Ghi nhầm hình thức", by=clerk)
    with pytest.raises(Conflict):
        correct_member_discipline(old, _draft(world), reason="Nhầm", by=clerk)
    with pytest.raises(Refused):
        void_member_discipline(new, reason=" ", by=clerk)
    void_member_discipline(new, reason="Thay bằng quyết định khác", by=clerk)
    assert (MemberDiscipline.objects.count(), visible_member_disciplines(clerk).count()) == (2, 0)


def test_discipline_is_seen_by_its_own_duties_only(world, clerk):
    add_member_discipline(_draft(world), by=clerk)
    seen = {
        duty: visible_member_disciplines(add_user(world, duty, "QS", duty)).count()
        for duty in (
            "organisation",
            "inspection",
            "propaganda",
            "office",
            "leader",
            "auditor",
            "administrator",
        )
    }
    assert {duty for duty, count in seen.items() if count} == {"inspection", "leader", "auditor"}
    assert not visible_member_disciplines(add_user(world, "b", "PB", "inspection")).exists()
