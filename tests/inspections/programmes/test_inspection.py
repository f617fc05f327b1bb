"""One inspection: who, whom, in which time, with which team; each thing that is wrong is named."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inspections.programmes.making import bodies, brought_to, draft, inspect, persons, team
from tests.world import World, add_user
from tongket.core.problems import Conflict, Refused
from tongket.inspections.models import Inspection, InspectionObject, TeamMember
from tongket.inspections.programmes.queries import inspection_by_identity, visible_inspections
from tongket.inspections.running.acts import (
    add_inspection,
    check_inspection,
    correct_inspection,
    set_team,
    void_inspection,
)
from tongket.inspections.running.derive import days_late, limit_end
from tongket.inspections.running.drafts import TargetDraft, TeamDraft
from tongket.members.acts import transfer
from tongket.organisations.acts import change
from tongket.organisations.drafts import ChangeDraft


def _said(problems: Any, severity: str = "error") -> set[str]:
    return {problem.field for problem in problems if problem.severity == severity}


def _refused(world: World, targets: Any = None, people: Any = (), **changes: Any) -> set[str]:
    return _said(check_inspection(draft(world, **changes), targets or bodies(world, "PA"), people))


def test_an_inspection_stands_with_objects_and_team(world: World, clerk: Any) -> None:
    row = add_inspection(draft(world), [*bodies(world, "PA"), *persons(world, "M4")], team(world), by=clerk)
    assert (row.state, row.deadline) == ("planned", date(2023, 4, 14))
    assert InspectionObject.objects.get(member=world["M4"]).organisation == world["PB1"]
    assert TeamMember.objects.get().name == "Đỗ Đức Em"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": date(2023, 3, 5)}, "ends_on"),
        ({"limit_days": 30}, "ends_on"),
        ({"limit_days": 0}, "limit_days"),
        ({"period_from": date(2022, 6, 1), "period_to": date(2022, 5, 1)}, "period_to"),
        ({"period_to": date(2024, 1, 1)}, "period_to"),
        ({"unplanned_reason": " "}, "unplanned_reason"),
        ({"decision_number": "3-QĐ", "decision_date": date(2023, 3, 7)}, "decision_date"),
        ({"decision_number": "3-QĐ"}, "decision_date"),
        ({"subject": "advisory"}, "body"),
        ({"kind": "raid"}, "kind"),
        ({"content": ""}, "content"),
        ({"starts_on": date(2009, 1, 1), "ends_on": date(2009, 2, 1)}, "organisation"),
    ],
)
def test_each_bad_field_is_named(world: World, changes: dict[str, Any], field: str) -> None:
    assert field in _refused(world, **changes)


def test_the_limit_includes_its_first_and_last_day(world: World) -> None:
    assert not _refused(world, limit_days=40)  # 6/3 to 14/4 are forty days
    assert _refused(world, limit_days=39) == {"ends_on"}


def test_objects_are_chosen_once_live_on_the_day_and_lie_below(world: World, clerk: Any) -> None:
    assert _said(check_inspection(draft(world), [])) == {"targets"}
    assert _refused(world, bodies(world, "PA", "PA")) == {"targets"}
    assert _refused(world, bodies(world, "QS")) == {"targets"}
    assert _refused(world, bodies(world, "PB1"), organisation=world["PA"], subject="grassroots") == {
        "targets"
    }
    assert not _refused(world, bodies(world, "PA1"), organisation=world["PA"], subject="grassroots")
    transfer(world["M3"], to=world["PA1"], on=date(2023, 1, 31), by=clerk)
    change(ChangeDraft(world["PA2"], "dissolve", date(2023, 2, 1), ends=True), by=clerk)
    assert _refused(world, bodies(world, "PA2")) == {"targets"}


def test_a_member_is_inspected_where_he_was_on_the_day(world: World) -> None:
    assert not _refused(world, persons(world, "M3"), organisation=world["PA"], subject="grassroots")
    assert _refused(world, persons(world, "M4"), organisation=world["PA"], subject="grassroots") == {
        "targets"
    }
    assert _refused(world, persons(world, "M6")) == {"targets"}  # admitted later that spring
    assert not _refused(
        world, persons(world, "M1"), organisation=world["PA1"], subject="cell", kind="regular"
    )


def test_nobody_inspects_himself_or_his_own_body(world: World) -> None:
    assert _refused(world, persons(world, "M5"), team(world, "M5")) == {"team"}
    assert _refused(world, bodies(world, "PA"), team(world, "M5", "M3")) == {"team"}
    assert not _refused(world, bodies(world, "PA"), team(world, "M5", "M4"))
    # A cell that inspects one of its members takes its team from among the others.
    assert not _refused(
        world,
        persons(world, "M1"),
        team(world, "M2"),
        organisation=world["PA1"],
        subject="cell",
        kind="regular",
    )


@pytest.mark.parametrize(
    "people",
    [
        [TeamDraft("member", name="Ông Ba")],
        [TeamDraft("head", name="Ông Ba"), TeamDraft("head", name="Bà Tư")],
        [TeamDraft("head", name="Ông Ba"), TeamDraft("member", name=" ông  ba ")],
        [TeamDraft("head", name="Ông Ba"), TeamDraft("member", post="Cán bộ")],
        [TeamDraft("cook", name="Ông Ba"), TeamDraft("head", name="Bà Tư")],
    ],
)
def test_a_team_has_one_head_and_named_people_once(world: World, people: list[TeamDraft]) -> None:
    assert _refused(world, people=people) == {"team"}


def test_what_the_rule_does_not_know_for_sure_only_warns(world: World) -> None:
    signs = check_inspection(
        draft(world, subject="advisory", body="Ban Tổ chức Huyện ủy", kind="signs"), bodies(world, "PA")
    )
    assert (_said(signs), _said(signs, "warning")) == (set(), {"kind"})
    cell = check_inspection(draft(world, organisation=world["PA1"]), persons(world, "M1"))
    assert (_said(cell), _said(cell, "warning")) == (set(), {"subject"})


def test_a_small_cell_is_asked_about_thematic_supervision_since_the_guidance_of_2025(world: World) -> None:
    days = {"starts_on": date(2025, 9, 1), "ends_on": date(2025, 9, 10)}
    values = {"organisation": world["PA1"], "subject": "cell", "kind": "thematic"}
    found = check_inspection(draft(world, **values, **days), persons(world, "M1"))
    assert (_said(found), _said(found, "warning")) == (set(), {"kind"})
    assert not check_inspection(draft(world, **values), persons(world, "M1"))


def test_correcting_keeps_the_old_row_and_moves_what_hangs_on_it(world: World, clerk: Any) -> None:
    old = brought_to(inspect(world, clerk), "started", clerk)
    new = correct_inspection(
        old,
        draft(world, content="Nội dung đúng"),
        bodies(world, "PA", "PB"),
        team(world),
        reason="Nhầm",
        by=clerk,
    )
    assert (new.identity, new.state, new.steps.count()) == (old.identity, "started", 2)
    assert InspectionObject.objects.filter(inspection=new, voided_at__isnull=True).count() == 2
    assert inspection_by_identity(clerk, old.identity) == new
    with pytest.raises(Conflict):
        void_inspection(old, reason="Nhầm", by=clerk)
    void_inspection(new, reason="Nhầm", by=clerk)
    assert (Inspection.objects.count(), visible_inspections(clerk).count()) == (2, 0)


def test_another_team_keeps_the_old_one_with_the_reason(world: World, clerk: Any) -> None:
    row = inspect(world, clerk)
    with pytest.raises(Refused):
        set_team(row, team(world, "M4"), reason="", by=clerk)
    with pytest.raises(Refused):
        set_team(row, team(world, "M1"), reason="Bận", by=clerk)
    set_team(row, team(world, "M4"), reason="Trưởng đoàn bận", by=clerk)
    stands = TeamMember.objects.filter(inspection=row, voided_at__isnull=True)
    assert [one.member for one in stands] == [world["M4"]]
    assert TeamMember.objects.exclude(voided_at=None).get().void_reason == "Trưởng đoàn bận"


def test_nothing_is_half_saved(world: World, clerk: Any) -> None:
    with pytest.raises(Refused):
        add_inspection(draft(world), [*bodies(world, "PA"), TargetDraft(world["QS"])], by=clerk)
    assert not Inspection.objects.exists() and not InspectionObject.objects.exists()


def test_contents_are_seen_by_the_acting_side_only(world: World, clerk: Any) -> None:
    inspect(world, clerk)
    duties = ("organisation", "inspection", "propaganda", "office", "leader", "auditor", "administrator")
    seen = {duty for duty in duties if visible_inspections(add_user(world, f"a-{duty}", "QS", duty)).exists()}
    assert seen == {"inspection", "leader", "auditor"}
    assert not visible_inspections(add_user(world, "of-a", "PA", "inspection", "leader")).exists()


class _Run:
    """An inspection as `derive` reads it."""

    def __init__(self, **values: Any) -> None:
        self.__dict__ |= values


_DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))


@given(_DAYS, _DAYS, st.none() | _DAYS, st.none() | st.integers(1, 120), st.booleans(), _DAYS)
def test_days_late_are_counted_from_the_nearer_end(
    starts: date, ends: date, begun: date | None, limit: int | None, extended: bool, on: date
) -> None:
    run = _Run(
        starts_on=starts,
        deadline=ends,
        started_on=begun,
        limit_days=limit,
        extended=extended,
        state="started" if begun else "planned",
    )
    last = limit_end(run)
    if limit is not None and not extended:
        assert last is not None and (last - (begun or starts)).days + 1 == limit
    late = days_late(run, on)
    over = [day for day in (ends, last) if day is not None and day < on]
    assert late == (max((on - day).days for day in over) if over else 0)
    run.state = "reported"
    assert days_late(run, on) == 0
