"""Programmes and inspections: of the district in both communes, and of each commune in a cell."""

from datetime import date
from typing import Any

from tongket.inspections.programmes.acts import add_items, add_programme, change_programme, issue_programme
from tongket.inspections.programmes.drafts import ChangeDraft, ItemDraft, ProgrammeDraft
from tongket.inspections.running.acts import add_inspection, take_step
from tongket.inspections.running.drafts import (
    FindingDraft,
    InspectionDraft,
    Remedy,
    StepDraft,
    TargetDraft,
    TeamDraft,
)
from tongket.inspections.running.findings import add_findings

READ, OBLIGATION = "inspection.read", "obligation.read"
#: record -> (who inspects, whom): "QS" is the sibling's, "QS+PB" the district's in the own commune.
INSPECTED = {"QS": ("QS", "PA"), "QS+PB": ("QS", "PB"), "PA": ("PA", "PA1"), "PB": ("PB", "PB1")}


def plant_inspections(walk: Any) -> None:
    """A programme of each who inspects, changed once; one being written; inspections with all that hangs at them."""
    for code in ("QS", "PA", "PB"):
        _programme(walk, code)
    for name, (by, whom) in INSPECTED.items():
        _inspection(walk, name, by, whom)


def _subject(code: str) -> str:
    return "commission" if code == "QS" else "grassroots"


def _programme(walk: Any, code: str) -> None:
    def text(what: str, length: int = 200) -> str:
        return walk.planted.text(code, f"kt{what}", READ, length=length)

    def item(what: str, year: int = 2023) -> ItemDraft:
        return ItemDraft("compliance", text(f"{what}content"), text(f"{what}objects"), date(year, 6, 30))

    row = add_programme(ProgrammeDraft(walk[code], _subject(code), 2023), by=None)
    add_items(row, [item("x"), item("y")], by=None)
    row = issue_programme(row, number=text("number", 40), on=date(2023, 1, 10), by=None)
    change = ChangeDraft(date(2023, 4, 1), text("changed", 40), text("why"))
    change_programme(row, change, add=[item("z")], drop=[row.items.order_by("pk").first()], by=None)
    walk.keep("programme", code, row)
    draft = add_programme(ProgrammeDraft(walk[code], _subject(code), 2024), by=None)
    [first] = add_items(draft, [item("w", 2024)], by=None)
    walk.keep("programme_draft", code, draft)
    walk.keep("programme_item", code, first)


def _inspection(walk: Any, name: str, by: str, whom: str) -> None:
    planted, key = walk.planted, name.replace("+", "").lower()

    def text(what: str, length: int = 200, also: Any = ()) -> str:
        return planted.text(by, f"cuoc{key}{what}", READ, also=also, length=length)

    told = [(OBLIGATION, whom)]  # the inspected read what they were told, and what was handed to them
    member = walk[f"D-{whom}"] if whom in ("PA1", "PB1") else None
    row = add_inspection(
        InspectionDraft(
            walk[by],
            _subject(by),
            "compliance",
            text("content", also=told),
            date(2023, 3, 6),
            date(2023, 4, 14),
            unplanned_reason=text("unplanned"),
            limit_days=45,
            decision_number=text("number", 40, told),
            decision_date=date(2023, 2, 20),
        ),
        [TargetDraft(organisation=walk[whom]), *([TargetDraft(member=member)] if member else [])],
        [TeamDraft("head", name=text("head", 120, told), post=text("post", also=told))],
        by=None,
    )
    take_step(row, StepDraft("announced", date(2023, 3, 1), text("announced", 40), date(2023, 3, 1)), by=None)
    take_step(row, StepDraft("started", date(2023, 3, 6)), by=None)
    extended = StepDraft(
        "extended",
        date(2023, 4, 1),
        text("extended", 40),
        date(2023, 4, 1),
        text("longer"),
        date(2023, 4, 25),
    )
    take_step(row, extended, by=None)
    take_step(row, StepDraft("reported", date(2023, 4, 18)), by=None)
    row.refresh_from_db()
    remedy = Remedy(text("remedy", also=told), date(2023, 12, 1))
    [finding, _handed] = add_findings(
        row,
        [
            FindingDraft(walk[whom], "shortcoming", date(2023, 4, 18), ground="duty", text=text("found")),
            FindingDraft(
                walk[whom],
                "shortcoming",
                date(2023, 4, 18),
                ground="duty",
                text=text("foundtoo"),
                remedy=remedy,
            ),
        ],
        by=None,
    )
    row.refresh_from_db()
    walk.keep("inspection", name, row)
    walk.keep("finding", name, finding)
