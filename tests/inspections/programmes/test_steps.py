"""Steps in order, one extension, undo; the folded state."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.inspections.programmes.making import DAYS, bodies, brought_to, draft, inspect
from tests.world import World
from tongket.core.problems import Refused
from tongket.inspections.checking.step_rules import step_rules
from tongket.inspections.running.acts import add_inspection, standing_at, take_step, undo_step
from tongket.inspections.running.drafts import StepDraft
from tongket.inspections.running.models import Inspection

EXTENSION = StepDraft(
    "extended", date(2023, 4, 1), "5-QĐ/UBKTHU", date(2023, 4, 1), "Xác minh thêm", date(2023, 5, 5)
)


def _refused(row: Any, draft_: StepDraft, by: Any) -> set[str]:
    with pytest.raises(Refused) as refused:
        take_step(row, draft_, by=by)
    return {problem.field for problem in refused.value.problems}


def test_the_steps_lead_to_the_end_and_each_is_kept(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "followed", clerk)
    assert (row.state, row.started_on, row.concluded_on, row.followed_on) == (
        "followed",
        DAYS["started"],
        DAYS["concluded"],
        DAYS["followed"],
    )
    assert row.steps.count() == 6
    assert _refused(row, StepDraft("followed", date(2023, 9, 2)), clerk) == {"kind"}


def test_no_step_is_skipped_goes_back_or_lies_in_the_future(world: World, clerk: Any) -> None:
    row = inspect(world, clerk)
    assert _refused(row, StepDraft("started", DAYS["started"]), clerk) == {"kind"}
    take_step(row, StepDraft("announced", DAYS["announced"]), by=clerk)
    assert _refused(row, StepDraft("started", DAYS["announced"] - timedelta(days=1)), clerk) == {"on"}
    assert _refused(row, StepDraft("started", date(2090, 1, 1)), clerk) == {"on"}


def test_a_conclusion_is_a_paper(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "reported", clerk)
    assert _refused(row, StepDraft("concluded", DAYS["concluded"]), clerk) == {"decision_number"}


def test_without_a_head_nothing_is_announced_except_regular_supervision(world: World, clerk: Any) -> None:
    row = add_inspection(draft(world), bodies(world, "PA"), by=clerk)
    assert _refused(row, StepDraft("announced", DAYS["announced"]), clerk) == {"kind"}
    regular = add_inspection(draft(world, kind="regular"), bodies(world, "PB"), by=clerk)
    assert take_step(regular, StepDraft("announced", DAYS["announced"]), by=clerk).pk


def test_it_is_extended_once_with_reason_and_paper(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "started", clerk)
    take_step(row, EXTENSION, by=clerk)
    row.refresh_from_db()
    assert (row.deadline, row.extended, row.state, row.ends_on) == (
        date(2023, 5, 5),
        True,
        "started",
        date(2023, 4, 14),
    )
    again = StepDraft("extended", date(2023, 5, 1), "6-QĐ", date(2023, 5, 1), "Nữa", date(2023, 5, 20))
    assert _refused(row, again, clerk) == {"kind"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"until": None}, "until"),
        ({"until": date(2023, 4, 14)}, "until"),
        ({"on": date(2023, 6, 1), "until": date(2023, 5, 5)}, "until"),
        ({"reason": " "}, "reason"),
        ({"decision_number": ""}, "decision_number"),
        ({"decision_date": None}, "decision_number"),
    ],
)
def test_a_bad_extension_is_refused(world: World, clerk: Any, values: dict[str, Any], field: str) -> None:
    row = brought_to(inspect(world, clerk), "started", clerk)
    whole = {name: getattr(EXTENSION, name) for name in EXTENSION.__slots__}
    assert field in _refused(row, StepDraft(**whole | values), clerk)


def test_nothing_happens_before_the_decision_nor_with_a_younger_paper(world: World, clerk: Any) -> None:
    row = inspect(world, clerk)
    Inspection.objects.filter(pk=row.pk).update(decision_number="3-QĐ", decision_date=DAYS["announced"])
    row.refresh_from_db()
    day = DAYS["announced"]
    assert _refused(row, StepDraft("announced", day - timedelta(days=1)), clerk) == {"on"}
    younger = StepDraft("announced", day, "4-TB", day + timedelta(days=1))
    assert _refused(row, younger, clerk) == {"decision_date"}
    assert take_step(row, StepDraft("announced", day, "4-TB", day), by=clerk).pk


def test_an_extension_is_counted_from_the_end_of_the_limit_and_a_late_one_is_doubted(
    world: World, clerk: Any
) -> None:
    row = brought_to(inspect(world, clerk), "started", clerk)
    # 60 days from the real beginning on 20/03/2023 end on 18/05/2023, later than the planned end on 14/04.
    Inspection.objects.filter(pk=row.pk).update(limit_days=60, started_on=date(2023, 3, 20))
    row.refresh_from_db()
    # Not after the end of the limit, though after the planned one: it would make the time shorter.
    assert "until" in _refused(row, EXTENSION, clerk)
    whole = {name: getattr(EXTENSION, name) for name in EXTENSION.__slots__}
    assert not list(step_rules(StepDraft(**whole | {"until": date(2023, 6, 20)}), row, standing_at(row)))
    late = StepDraft(**whole | {"on": date(2023, 5, 20), "until": date(2023, 6, 20)})
    [doubt] = step_rules(late, row, standing_at(row))
    assert (doubt.field, doubt.severity) == ("on", "warning") and "18/05/2023" in doubt.message


def test_after_the_report_nothing_is_extended(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "reported", clerk)
    assert _refused(
        row,
        StepDraft("extended", date(2023, 4, 11), "5-QĐ", date(2023, 4, 11), "Lý do", date(2023, 5, 5)),
        clerk,
    ) == {"kind"}


def test_an_extension_longer_than_the_first_time_asks_back(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "started", clerk)
    long = StepDraft("extended", date(2023, 4, 1), "5-QĐ", date(2023, 4, 1), "Lý do", date(2023, 6, 30))
    assert [p.severity for p in step_rules(long, row, standing_at(row))] == ["warning"]


def test_undo_goes_back_one_step_and_needs_a_reason(world: World, clerk: Any) -> None:
    row = brought_to(inspect(world, clerk), "started", clerk)
    take_step(row, EXTENSION, by=clerk)
    with pytest.raises(Refused):
        undo_step(row, reason="", by=clerk)
    undo_step(row, reason="Ghi nhầm", by=clerk)
    row.refresh_from_db()
    assert (row.deadline, row.extended, row.state) == (date(2023, 4, 14), False, "started")
    undo_step(row, reason="Ghi nhầm", by=clerk)
    undo_step(row, reason="Ghi nhầm", by=clerk)
    row.refresh_from_db()
    assert (row.state, row.started_on) == ("planned", None)
    with pytest.raises(Refused):
        undo_step(row, reason="Ghi nhầm", by=clerk)
