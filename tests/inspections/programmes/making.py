"""What the tests of inspections begin with: an inspection of commune A by the district, brought to a step."""

from datetime import date
from typing import Any

from tests.world import World
from tongket.inspections.programmes.acts import add_items, add_programme, issue_programme
from tongket.inspections.programmes.drafts import ItemDraft, ProgrammeDraft
from tongket.inspections.programmes.models import Programme
from tongket.inspections.running.acts import add_inspection, take_step
from tongket.inspections.running.derive import ORDER
from tongket.inspections.running.drafts import InspectionDraft, StepDraft, TargetDraft, TeamDraft
from tongket.inspections.running.models import Inspection

DAYS = {
    "announced": date(2023, 3, 1),
    "started": date(2023, 3, 6),
    "reported": date(2023, 4, 10),
    "concluded": date(2023, 4, 20),
    "notified": date(2023, 4, 25),
    "followed": date(2023, 9, 1),
}


def draft(world: World, **changes: Any) -> InspectionDraft:
    """An unplanned inspection by the district's commission in spring 2023."""
    values: dict[str, Any] = {
        "organisation": world["QS"],
        "subject": "commission",
        "kind": "compliance",
        "content": "Việc chấp hành quy chế làm việc",
        "starts_on": date(2023, 3, 6),
        "ends_on": date(2023, 4, 14),
        "unplanned_reason": "Theo chỉ đạo của cấp trên",
        "limit_days": 45,
    }
    return InspectionDraft(**values | changes)


def bodies(world: World, *codes: str) -> list[TargetDraft]:
    """Organisations as objects."""
    return [TargetDraft(organisation=world[code]) for code in codes]


def persons(world: World, *codes: str) -> list[TargetDraft]:
    """Members as objects."""
    return [TargetDraft(member=world[code]) for code in codes]


def team(world: World, head: str = "M5", *more: str) -> list[TeamDraft]:
    """A head of the register, and others."""
    return [TeamDraft("head", world[head]), *(TeamDraft("member", world[code]) for code in more)]


def inspect(world: World, by: Any, targets: Any = None, **changes: Any) -> Inspection:
    """Enter an inspection of commune A with a head from the district's office."""
    return add_inspection(
        draft(world, **changes), targets or bodies(world, "PA"), team(world), by=by, origin="test"
    )


def brought_to(row: Inspection, state: str, by: Any) -> Inspection:
    """Take the steps up to a state."""
    for kind in ORDER[: ORDER.index(state) + 1]:
        paper = (
            {"decision_number": "12-KL/UBKTHU", "decision_date": DAYS[kind]} if kind == "concluded" else {}
        )
        take_step(row, StepDraft(kind, DAYS[kind], **paper), by=by)
    row.refresh_from_db()
    return row


def item(**changes: Any) -> ItemDraft:
    """An item of a programme of 2023."""
    values: dict[str, Any] = {
        "kind": "compliance",
        "content": "Quy chế làm việc",
        "objects_text": "Đảng ủy xã A",
        "planned_on": date(2023, 6, 30),
    }
    return ItemDraft(**values | changes)


def programme(world: World, by: Any, *items: ItemDraft, issued: bool = True, **changes: Any) -> Programme:
    """The commission's programme of 2023."""
    values: dict[str, Any] = {"organisation": world["QS"], "subject": "commission", "year": 2023}
    row = add_programme(ProgrammeDraft(**values | changes), by=by)
    add_items(row, items or [item()], by=by)
    return issue_programme(row, number="01-CTr/UBKTHU", on=date(2023, 1, 10), by=by) if issued else row
