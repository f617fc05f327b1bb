"""What a preview shows is what then happens; it writes nothing, whoever may see less sees less."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.once import once
from tests.page_world import make_page_world
from tests.reforms.test_plan import MERGER, plan_of, split_of, standing
from tests.world import World, person
from tongket.accounts.models import Assignment
from tongket.audit.models import LedgerEntry
from tongket.books.acts import lock
from tongket.core.dates import today
from tongket.core.periods import parse_period
from tongket.core.problems import Conflict
from tongket.figures.engine import compute
from tongket.members.acts import admit, transfer
from tongket.reforms.acts import execute, undo
from tongket.reforms.effects.fates import effects_of
from tongket.reforms.effects.preview import look, show
from tongket.reforms.effects.seen import digest_of
from tongket.reforms.steps import Step

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)

district, world = once(make_page_world)


def figures(code: str, period: str, as_at: date) -> dict[str, Any]:
    return {id: figure.value for id, figure in compute(code, period, as_at=as_at).own.items()}


def test_a_preview_writes_nothing_at_all(world: World) -> None:
    plan = plan_of(world, *MERGER)
    before, entries = standing(), LedgerEntry.objects.count()
    seen = look(plan, viewer=None)
    assert seen.ready and (standing(), LedgerEntry.objects.count()) == (before, entries)


def test_every_figure_of_the_preview_is_the_one_that_then_stands(world: World) -> None:
    plan = plan_of(world, *MERGER)
    before = {code: figures(code, "2024", DAY) for code in ("QS", "PA", "PB")}
    seen = look(plan, viewer=None)
    execute(plan, by=None)
    shown = {table.code: table for table in seen.tables if table.period == "2024"}
    assert set(shown) >= {"QS", "PA", "PB", "PC"}
    for code, table in shown.items():
        after = figures(code, "2024", DAY)
        told = {row.id: row for row in table.rows}
        for id, value in after.items():
            then = before[code][id] if code in before else None
            row = told.get(id)
            if row is None:  # what is not listed did not change
                assert value in (None, 0) or (code in before and value == then), (code, id)
            else:
                assert row.after == (None if value is None else str(value)), (code, id)
                assert row.before == (None if then is None else str(then)), (code, id)


def test_after_it_was_taken_back_the_new_one_is_new_again(world: World) -> None:
    plan = undo(execute(plan_of(world, *MERGER), by=None), reason="thử", by=None)
    seen = look(plan, viewer=None)
    assert [table.there for table in seen.tables if table.code == "PC"] == [(False, True)]


def test_the_year_before_reads_as_it_was(world: World) -> None:
    seen = look(plan_of(world, *MERGER), viewer=None)
    (last_year,) = [table for table in seen.tables if table.period == "2023"]
    assert (last_year.code, last_year.changed) == ("QS", 0) and last_year.same > 100


def test_what_was_accepted_is_carried_out_and_nothing_else(world: World) -> None:
    plan = plan_of(world, *MERGER)
    seen = show(plan, by=world.users["clerk"])
    transfer(world["M1"], to=world["VP"], on=date(2023, 11, 1), by=None)
    with pytest.raises(Conflict, match="Tính lại tác động"):
        execute(plan, by=world.users["clerk"], seen=seen)
    seen = show(plan, by=world.users["clerk"])
    plan = execute(plan, by=world.users["clerk"], seen=seen)
    assert digest_of(effects_of(plan.done_at, DAY)) == seen.digest  # type: ignore[arg-type]


def test_a_preview_of_what_cannot_be_says_why_and_names_who_is_left(world: World) -> None:
    seen = look(plan_of(world, *split_of()), viewer=None)
    assert not seen.ready and "chưa chia được" in seen.problems[0].message
    (left,) = seen.left
    assert [one.code for one in left.people.left] == ["M1", "M2"]


def test_before_its_day_a_plan_is_worked_out_as_if_it_were_today(world: World) -> None:
    # Two cells: nothing may be put under a district any more.
    plan = plan_of(world, Step("merge", codes=("PA1",), to="PA2"), on=today() + timedelta(days=30))
    seen = look(plan, viewer=None)
    assert seen.ready and seen.day == today()


def test_what_lies_open_at_those_that_end_is_told_by_kind(world: World) -> None:
    seen = look(plan_of(world, *MERGER), viewer=None)
    loads = {load.kind: load for load in seen.loads}
    assert loads["accounts"].at == {"PA": 2, "PB": 3}
    assert Assignment.objects.filter(organisation=world["PA"]).count() == 2


def test_one_who_was_admitted_on_the_day_itself_goes_along_on_probation(world: World) -> None:
    new = person(world, "M9", "Bùi Thị Hoa")
    admit(new, into=world["PA1"], decided_on=DAY, ceremony_on=DAY, by=None)
    seen = look(plan_of(world, Step("merge", codes=("PA1",), to="PA2")), viewer=None)
    assert {load.kind: load.at for load in seen.loads}["probation"] == {"PA1": 1}


def test_matters_beyond_the_users_duty_are_not_counted(world: World) -> None:
    seen = look(plan_of(world, *MERGER), viewer=world.users["clerk"])
    assert not {load.kind for load in seen.loads} & {"cases", "inspections"}


def test_figures_of_discipline_are_masked_in_the_preview_as_everywhere(world: World) -> None:
    seen = look(plan_of(world, *MERGER), viewer=world.users["clerk"])
    top = next(table for table in seen.tables if table.code == "QS" and table.period == "2024")
    assert not any(row.id.startswith("discipline.") and row.after is not None for row in top.rows)


def test_one_without_the_duty_for_all_that_is_named_gets_no_effects(world: World) -> None:
    plan = plan_of(world, *MERGER)
    seen = look(plan, viewer=world.users["clerk_a"])
    assert not seen.ready and seen.tables == ()


def test_a_dissolution_without_an_heir_of_an_empty_cell_is_seen(world: World) -> None:
    for code in ("M1", "M2"):
        transfer(world[code], to=world["PA2"], on=date(2023, 6, 1), by=None)
    seen = look(plan_of(world, Step("dissolve", code="PA1")), viewer=None)
    assert seen.effects is not None
    assert [(fate.code, fate.heirs) for fate in seen.effects.of("ended")] == [("PA1", ())]


def test_a_locked_book_of_an_earlier_year_is_compared_and_does_not_change(world: World) -> None:
    for code, period in (("QS", "2022"), ("PA", "2022"), ("QS", "2023")):
        lock(world[code], parse_period(period), by=world.users["office" if code == "QS" else "clerk_a"])
    seen = look(plan_of(world, *MERGER), viewer=None)
    locked = {(table.code, table.period): table for table in seen.tables if table.locked}
    assert set(locked) == {("QS", "2022"), ("PA", "2022"), ("QS", "2023")}
    assert all(table.changed == 0 and all(table.there) for table in locked.values())


def test_a_book_that_reaches_past_the_day_is_told_to_change(world: World) -> None:
    lock(world["QS"], parse_period("2024"), by=world.users["office"], as_at=date(2024, 6, 30))
    seen = look(plan_of(world, *MERGER), viewer=None)
    (table,) = [table for table in seen.tables if table.locked]
    assert table.as_at == "2024-06-30" and table.changed > 0
