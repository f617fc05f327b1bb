"""The yearly programme: written, issued, changed by a paper with the old kept, copied."""

from datetime import date
from typing import Any

import pytest

from tests.inspections.programmes.making import inspect, item, programme
from tests.world import World
from tongket.core.problems import Refused
from tongket.inspections.models import Programme, ProgrammeItem
from tongket.inspections.programmes.acts import (
    add_items,
    add_programme,
    change_programme,
    copy_programme,
    correct_programme,
    draft_of,
    drop_item,
    issue_programme,
    void_programme,
)
from tongket.inspections.programmes.drafts import ChangeDraft, ProgrammeDraft
from tongket.inspections.programmes.queries import carried_out, visible_programmes

CHANGE = ChangeDraft(date(2023, 6, 1), "15-QĐ/UBKTHU", "Theo chỉ đạo của Tỉnh ủy")
OTHER = item(content="Thu, chi đảng phí", kind="finance")


def _refused(deed: Any) -> set[tuple[int, str]]:
    with pytest.raises(Refused) as refused:
        deed()
    return {(problem.index, problem.field) for problem in refused.value.problems}


def _standing(row: Programme) -> list[str]:
    return [one.content for one in ProgrammeItem.objects.filter(programme=row, voided_at__isnull=True)]


def test_a_body_has_one_programme_a_year(world: World, clerk: Any) -> None:
    programme(world, clerk)
    again = ProgrammeDraft(world["QS"], "commission", 2023)
    assert _refused(lambda: add_programme(again, by=clerk)) == {(0, "year")}
    assert add_programme(ProgrammeDraft(world["QS"], "standing", 2023), by=clerk).pk
    for name in ("Ban Tổ chức", "Ban Tuyên giáo"):
        assert add_programme(ProgrammeDraft(world["QS"], "advisory", 2023, name), by=clerk).pk


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"year": 2009}, "organisation"),
        ({"year": 20}, "year"),
        ({"subject": "advisory"}, "body"),
        ({"subject": "sheriff"}, "subject"),
        ({"decision_number": "1-CTr"}, "decision_date"),
        ({"decision_date": date(2023, 1, 5)}, "decision_number"),
        ({"decision_number": "1-CTr", "decision_date": date(2021, 1, 5)}, "decision_date"),
    ],
)
def test_a_bad_programme_is_refused_at_its_field(
    world: World, clerk: Any, draft: dict[str, Any], field: str
) -> None:
    values = {"organisation": world["QS"], "subject": "commission", "year": 2023}
    assert (0, field) in _refused(lambda: add_programme(ProgrammeDraft(**values | draft), by=clerk))


def test_bad_items_are_named_by_row_and_none_is_saved(world: World, clerk: Any) -> None:
    row = programme(world, clerk, issued=False)
    bad = [
        OTHER,
        item(content="Khác", planned_on=date(2024, 1, 5)),
        item(),
        item(content=""),
        item(content="Số", objects_count=0),
        OTHER,
    ]
    assert _refused(lambda: add_items(row, bad, by=clerk)) == {
        (1, "planned_on"),
        (2, "content"),
        (3, "content"),
        (4, "objects_count"),
        (5, "content"),
    }
    assert _standing(row) == ["Quy chế làm việc"]


def test_before_it_is_issued_items_come_and_go_freely(world: World, clerk: Any) -> None:
    row = programme(world, clerk, issued=False)
    [new] = add_items(row, [OTHER], by=clerk)
    drop_item(new, reason="Nhầm", by=clerk)
    assert _standing(row) == ["Quy chế làm việc"]
    assert _refused(lambda: change_programme(row, CHANGE, add=[OTHER], by=clerk)) == {(0, "")}
    issued = issue_programme(row, number="01-CTr/UBKTHU", on=date(2023, 1, 10), by=clerk)
    assert _standing(issued) == ["Quy chế làm việc"] and issued.identity == row.identity
    assert _refused(lambda: add_items(issued, [OTHER], by=clerk)) == {(0, "")}
    assert _refused(lambda: issue_programme(issued, number="2", on=date(2023, 2, 1), by=clerk)) == {(0, "")}


def test_an_empty_programme_is_not_issued(world: World, clerk: Any) -> None:
    row = add_programme(ProgrammeDraft(world["QS"], "standing", 2023), by=clerk)
    assert _refused(lambda: issue_programme(row, number="1", on=date(2023, 1, 10), by=clerk)) == {(0, "")}


def test_a_change_in_mid_year_keeps_what_fell_out(world: World, clerk: Any) -> None:
    row = programme(world, clerk)
    old = ProgrammeItem.objects.get()
    made = change_programme(row, CHANGE, add=[OTHER], drop=[old], by=clerk)
    old.refresh_from_db()
    assert _standing(row) == ["Thu, chi đảng phí"]
    assert (old.voided_at, old.void_reason) == (made.recorded_at, CHANGE.reason)
    assert ProgrammeItem.objects.get(voided_at=None).recorded_at == made.recorded_at


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (ChangeDraft(date(2023, 1, 9), "2", "Lý do"), "on"),
        (ChangeDraft(date(2090, 1, 9), "2", "Lý do"), "on"),
        (ChangeDraft(date(2023, 6, 1), "", "Lý do"), "number"),
        (ChangeDraft(date(2023, 6, 1), "2", ""), "reason"),
    ],
)
def test_a_change_has_its_paper(world: World, clerk: Any, change: ChangeDraft, field: str) -> None:
    row = programme(world, clerk)
    assert (0, field) in _refused(lambda: change_programme(row, change, add=[OTHER], by=clerk))


def test_a_change_changes_something_and_not_what_is_under_way(world: World, clerk: Any) -> None:
    row = programme(world, clerk)
    assert _refused(lambda: change_programme(row, CHANGE, by=clerk)) == {(0, "")}
    planned = ProgrammeItem.objects.get()
    run = inspect(world, clerk, item=planned.identity, unplanned_reason="")
    assert carried_out([planned]) == {planned.identity: [run]}
    assert _refused(lambda: change_programme(row, CHANGE, drop=[planned], by=clerk)) == {(0, "")}
    assert _refused(lambda: void_programme(row, reason="Nhầm", by=clerk)) == {(0, "")}


def test_an_inspection_follows_its_own_bodys_programme(world: World, clerk: Any) -> None:
    programme(world, clerk)
    identity = ProgrammeItem.objects.get().identity
    assert _refused(lambda: inspect(world, clerk, item=identity, kind="finance")) == {(0, "kind")}
    assert _refused(lambda: inspect(world, clerk, item=identity, subject="standing")) == {(0, "item")}


def test_next_years_programme_begins_with_this_years_items(world: World, clerk: Any) -> None:
    row = programme(world, clerk, item(), OTHER)
    new = copy_programme(row, by=clerk)
    assert (new.year, new.decision_number, new.decision_date) == (2024, "", None)
    assert [one.planned_on.year for one in ProgrammeItem.objects.filter(programme=new)] == [2024, 2024]
    assert _refused(lambda: copy_programme(row, by=clerk)) == {(0, "year")}


def test_correcting_moves_items_and_keeps_the_old_row(world: World, clerk: Any) -> None:
    row = programme(world, clerk)
    fixed = ProgrammeDraft(world["QS"], "commission", 2023, "", "02-CTr/UBKTHU", date(2023, 1, 12))
    new = correct_programme(row, fixed, reason="Sai số", by=clerk)
    assert draft_of(new) == fixed and _standing(new) == ["Quy chế làm việc"]
    assert list(visible_programmes(clerk)) == [new] and Programme.objects.count() == 3
