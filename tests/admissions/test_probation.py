"""From the ceremony to official status: twelve months, the cell's review, the date that no delay moves."""

from datetime import date

import pytest

from tests.world import person
from tongket.admissions.drafts import ProbationStepDraft
from tongket.admissions.probation.acts import (
    check_probation_steps,
    record_probation_step,
    void_probation_step,
)
from tongket.admissions.probation.queries import on_probation, probationers
from tongket.core.problems import Refused
from tongket.members.acts import admit, register, void_event
from tongket.members.models import MemberEvent

CEREMONY, ENDS, MET, DECIDED = date(2023, 5, 19), date(2024, 5, 19), date(2024, 7, 30), date(2024, 9, 20)


@pytest.fixture
def member(world):
    """On probation in PA1, with six official members, since 19/5/2023."""
    new = person(world, "M20", "Cao Thị Mận", gender="female", birth_date=date(1999, 9, 9))
    admit(new, into=world["PA1"], decided_on=date(2023, 4, 20), ceremony_on=CEREMONY, by=None)
    new.refresh_from_db()
    return new


def step(member, kind, on, **more):
    return record_probation_step(ProbationStepDraft(member, kind, on, **more), by=None)


def vote(member, on=MET, agree=6, present=6):
    return step(member, "resolution", on, present=present, agree=agree, disagree=0)


def problems(member, kind, on, **more):
    return [
        (p.field, p.severity) for p in check_probation_steps([ProbationStepDraft(member, kind, on, **more)])
    ]


def test_the_official_day_is_the_end_of_the_twelve_months_however_late_the_decision(world, member) -> None:
    vote(member)
    made = step(
        member, "decision", DECIDED, decision_number="9-QĐ/HU", decision_body="Ban Thường vụ Huyện ủy"
    )
    event = MemberEvent.objects.get(pk=made.event_id)
    assert (event.kind, event.on, event.decision_date) == ("recognised", ENDS, DECIDED)
    assert (event.decision_number, event.organisation) == ("9-QĐ/HU", world["PA1"])
    member.refresh_from_db()
    assert member.standing == "official"
    assert member.spells.get(voided_at=None, standing="official").official_on == ENDS


def test_the_resolution_is_dated_after_the_twelve_months(member) -> None:
    early = {"present": 6, "agree": 6, "disagree": 0}
    assert ("on", "error") in problems(member, "resolution", date(2024, 5, 18), **early)
    assert problems(member, "resolution", ENDS, **early) == []


def test_without_a_resolution_of_two_thirds_there_is_no_decision(member) -> None:
    decision = {"decision_number": "1", "decision_body": "BTV"}
    assert problems(member, "decision", DECIDED, **decision) == [("kind", "error")]
    assert vote(member, agree=3).agree == 3
    assert problems(member, "decision", DECIDED, **decision) == [("kind", "error")]
    vote(member, on=date(2024, 8, 5), agree=4)
    assert problems(member, "decision", DECIDED, **decision) == []
    assert problems(member, "decision", date(2024, 8, 1), **decision) == [("on", "error")]
    assert {field for field, _ in problems(member, "decision", DECIDED)} == {
        "decision_number",
        "decision_body",
    }


def test_a_decision_by_the_level_above_after_three_failed_votes(member) -> None:
    assert problems(member, "reported_up", MET) == [("kind", "error")]
    for month in (6, 7, 8):
        vote(member, on=date(2024, month, 10), agree=2)
    step(member, "reported_up", date(2024, 8, 12))
    step(member, "decision", DECIDED, decision_number="1", decision_body="BTV")
    member.refresh_from_db()
    assert member.standing == "official"


def test_who_is_not_fit_is_proposed_for_removal_and_then_not_decided_on(member) -> None:
    step(member, "removal", MET, decision_number="3-NQ/CB")
    [found] = probationers([(member, member.organisation)], DECIDED)
    assert found.probation.stage(DECIDED) == "removal" and not found.is_late(DECIDED)
    said = problems(member, "decision", DECIDED, decision_number="1", decision_body="BTV")
    assert ("kind", "error") in said


def test_the_helper_is_an_official_member_of_the_cell(world, member) -> None:
    on = date(2023, 6, 1)
    assert problems(member, "helper", on) == [("helper", "error")]
    assert problems(member, "helper", on, helper=world["M1"]) == []
    assert problems(member, "helper", on, helper=world["M5"]) == [("helper", "warning")]
    assert problems(member, "helper", on, helper=world["M6"]) == [("helper", "warning")] * 2
    step(member, "helper", on, helper=world["M1"])
    assert step(member, "helper", date(2023, 9, 1), helper=world["M2"]).helper == world["M2"]


def test_votes_beyond_the_base_are_refused(member) -> None:
    assert ("present", "error") in problems(member, "resolution", MET, present=8, agree=6, disagree=0)
    assert ("agree", "error") in problems(member, "resolution", MET, present=4, agree=5, disagree=0)


def test_steps_of_someone_not_on_probation_are_refused(world) -> None:
    assert problems(world["M1"], "removal", MET) == [("on", "error")]


def test_a_day_of_ceremony_that_is_not_known_gives_no_deadline_and_no_decision(world) -> None:
    old = person(world, "M30", "Người Sổ Cũ")
    register(old, into=world["PA1"], on=date(2023, 1, 1), by=None)
    [found] = [one for one in on_probation([world["PA1"].pk], MET) if one.member == old]
    assert found.deadlines == () and found.probation.stage(MET) == "unknown"
    assert problems(old, "removal", MET) == [("", "error")]


def test_a_recognition_is_taken_back_in_the_register_first(member) -> None:
    vote(member)
    made = step(member, "decision", DECIDED, decision_number="1", decision_body="BTV")
    with pytest.raises(Refused, match="hồ sơ đảng viên trước"):
        void_probation_step(made, reason="nhầm", by=None)
    void_event(MemberEvent.objects.get(pk=made.event_id), reason="nhầm", by=None)
    void_probation_step(made, reason="nhầm", by=None)
    [found] = probationers([(member, member.organisation)], DECIDED)
    assert found.probation.stage(DECIDED) == "resolution"


def test_the_decision_is_due_thirty_working_days_after_the_resolution(member) -> None:
    vote(member)  # 30/7/2024; 2 September and the day before are public holidays
    [found] = probationers([(member, member.organisation)], MET)
    recognise = next(one for one in found.deadlines if one.kind == "recognise")
    assert (recognise.last, recognise.desk) == (date(2024, 9, 12), "committee")
