"""Findings and what they ask for: handed out in the same act, put right when the inspecting body accepts."""

from datetime import date
from typing import Any

import pytest

from tests.inspections.programmes.making import DAYS, bodies, brought_to, draft, inspect, persons, team
from tests.world import World
from tongket.core.problems import Refused
from tongket.inspections.models import Finding, Inspection
from tongket.inspections.programmes.queries import all_remedied, remedies_of
from tongket.inspections.running.acts import (
    add_inspection,
    correct_inspection,
    take_step,
    undo_step,
    void_inspection,
)
from tongket.inspections.running.drafts import FindingDraft, Remedy, StepDraft
from tongket.inspections.running.findings import OF_A_MEMBER, add_findings, void_finding
from tongket.obligations.acts import take_step as work_on
from tongket.obligations.acts import void_demand
from tongket.obligations.drafts import StepDraft as Work
from tongket.obligations.models import Demand, Obligation

ON = date(2023, 4, 12)
REMEDY = Remedy("Sửa quy chế làm việc", date(2023, 7, 31))


def _about(world: World, code: str = "PA", **changes: Any) -> FindingDraft:
    values: dict[str, Any] = {
        "organisation": world[code],
        "kind": "shortcoming",
        "on": ON,
        "ground": "duty",
        "text": "Chưa sửa quy chế",
    }
    return FindingDraft(**values | changes)


def _refused(row: Inspection, drafts: list[FindingDraft], by: Any) -> set[tuple[int, str]]:
    with pytest.raises(Refused) as refused:
        add_findings(row, drafts, by=by)
    return {(problem.index, problem.field) for problem in refused.value.problems}


def test_a_remedy_becomes_an_obligation_of_the_inspected_in_the_same_act(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "reported", clerk)
    good = _about(world, kind="strength", ground="", text="Nền nếp")
    first, _second = add_findings(row, [_about(world, remedy=REMEDY), good], by=clerk)
    demand = Demand.objects.get()
    assert (demand.about, demand.organisation, demand.due_on) == (first.identity, world["QS"], REMEDY.due_on)
    assert Obligation.objects.get().organisation == world["PA"]
    assert "quy chế" not in demand.about_label and "Ủy ban Kiểm tra" in demand.about_label


def test_put_right_is_what_the_inspecting_body_accepted(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "reported", clerk)
    [finding] = add_findings(row, [_about(world, remedy=REMEDY)], by=clerk)

    def state(day: date) -> tuple[str, bool | None]:
        found = remedies_of([finding], day)
        return found[finding.identity].outcome, all_remedied(found.values())

    assert state(date(2023, 7, 31)) == ("waiting", False)
    assert state(date(2023, 8, 1)) == ("overdue", False)
    duty = Obligation.objects.get()
    work_on(duty, Work("reported", date(2023, 7, 20), "Đã sửa"), by=clerk)
    assert state(date(2023, 8, 1)) == ("on_time", False)
    work_on(duty, Work("accepted", date(2023, 7, 25)), by=clerk)
    assert state(date(2023, 8, 1)) == ("on_time", True)
    assert all_remedied([]) is None


def test_it_is_not_closed_while_a_remedy_is_open(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "reported", clerk)
    add_findings(row, [_about(world, remedy=REMEDY)], by=clerk)
    take_step(row, StepDraft("concluded", DAYS["concluded"], "12-KL", DAYS["concluded"]), by=clerk)
    take_step(row, StepDraft("notified", DAYS["notified"]), by=clerk)
    with pytest.raises(Refused):
        take_step(row, StepDraft("followed", DAYS["followed"]), by=clerk)
    duty = Obligation.objects.get()
    work_on(duty, Work("reported", date(2023, 7, 20), "Đã sửa"), by=clerk)
    work_on(duty, Work("accepted", date(2023, 7, 25)), by=clerk)
    take_step(row, StepDraft("followed", DAYS["followed"]), by=clerk)
    row.refresh_from_db()
    assert row.state == "followed"


def test_of_a_member_nothing_stands_in_words_and_his_cell_reads_no_name(world: World, clerk: Any) -> None:
    row = brought_to(
        add_inspection(draft(world), persons(world, "M1"), team(world), by=clerk), "reported", clerk
    )
    of_member = {"member": world["M1"], "text": "", "remedy": Remedy("", date(2023, 7, 31))}
    spoken = _about(world, "PA1", **{**of_member, "text": "Nói năng"})
    told = _about(world, "PA1", **{**of_member, "remedy": REMEDY})
    assert _refused(row, [spoken, told], clerk) == {(0, "text"), (1, "remedy")}
    add_findings(row, [_about(world, "PA1", **of_member)], by=clerk)
    demand = Demand.objects.get()
    assert demand.title == OF_A_MEMBER
    assert "An" not in f"{demand.title}{demand.text}{demand.about_label}".split()
    assert Obligation.objects.get().organisation == world["PA1"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "gossip"}, "kind"),
        ({"ground": ""}, "ground"),
        ({"text": " "}, "text"),
        ({"on": date(2090, 1, 1)}, "on"),
        ({"on": date(2023, 3, 5)}, "on"),
        ({"remedy": Remedy("Sửa", date(2023, 4, 11))}, "due_on"),
        ({"remedy": Remedy(" ", date(2023, 7, 31))}, "remedy"),
        ({"remedy": Remedy("Sửa", None)}, "due_on"),
        ({"kind": "strength", "remedy": REMEDY}, "remedy"),
        ({"code": "PB"}, "target"),
    ],
)
def test_each_bad_row_is_named_and_nothing_is_half_saved(
    world: World, clerk: Any, changes: dict[str, Any], field: str
) -> None:
    row = brought_to(inspect(world, clerk), "reported", clerk)
    bad = _about(world, changes.get("code", "PA"), **{k: v for k, v in changes.items() if k != "code"})
    assert _refused(row, [_about(world, remedy=REMEDY), bad], clerk) == {(1, field)}
    assert not Finding.objects.exists() and not Demand.objects.exists()


def test_findings_come_with_the_report_not_before_and_not_after_the_end(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "started", clerk)
    assert _refused(row, [_about(world)], clerk) == {(0, "")}
    other = brought_to(inspect(world, clerk), "followed", clerk)
    assert _refused(other, [_about(world)], clerk) == {(0, "")}


def test_what_was_handed_out_holds_the_finding_and_the_inspection(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "reported", clerk)
    [finding] = add_findings(row, [_about(world, remedy=REMEDY)], by=clerk)
    demand = Demand.objects.get(about=finding.identity)
    with pytest.raises(Refused):
        void_finding(finding, reason="Nhầm", by=clerk)
    with pytest.raises(Refused):
        void_inspection(row, reason="Nhầm", by=clerk)
    void_demand(demand, reason="Nhầm", by=clerk)
    void_finding(finding, reason="Nhầm", by=clerk)
    assert not Finding.objects.filter(identity=finding.identity, voided_at=None).exists()


def test_an_object_with_a_finding_stays_an_object(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk, bodies(world, "PA", "PB")), "reported", clerk)
    [finding] = add_findings(row, [_about(world, kind="violation")], by=clerk)
    with pytest.raises(Refused):
        correct_inspection(row, draft(world), bodies(world, "PB"), team(world), reason="Nhầm", by=clerk)
    new = correct_inspection(row, draft(world), bodies(world, "PA"), team(world), reason="Nhầm", by=clerk)
    assert Finding.objects.get(identity=finding.identity, voided_at=None).inspection == new


def test_the_report_cannot_be_undone_under_its_findings(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "reported", clerk)
    add_findings(row, [_about(world)], by=clerk)
    with pytest.raises(Refused):
        undo_step(row, reason="Nhầm", by=clerk)
