"""Renaming and moving: history reads as it was, and what was known earlier still reads as it did then."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import World, make_tree
from tongket.audit.models import LedgerEntry
from tongket.core.dates import FOREVER
from tongket.core.problems import Conflict, Refused
from tongket.organisations.acts import change, move, rename, void_act
from tongket.organisations.drafts import ChangeDraft
from tongket.organisations.models import Organisation, OrganisationAct, OrganisationPath
from tongket.organisations.queries import ancestors_on, name_on, subtree_on

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 1)
EVE = DAY - timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_tree()


def codes_above(organisation: Organisation, on: date) -> list[str]:
    return [above.code for above in ancestors_on(organisation, on)]


def parent_as_known_at(organisation: Organisation, on: date, moment: Any) -> str:
    row = OrganisationPath.objects.filter(
        descendant=organisation, depth=1, valid_from__lte=on, valid_to__gt=on, recorded_at__lte=moment
    )
    return row.exclude(voided_at__lte=moment).get().ancestor.code


def test_a_rename_holds_from_its_day_on(world: World) -> None:
    rename(world["PA1"], on=DAY, by=None, name="Chi bộ thôn Một")
    assert name_on(world["PA1"], EVE) == "Chi bộ thôn A1"
    assert name_on(world["PA1"], DAY) == "Chi bộ thôn Một"
    assert Organisation.objects.get(code="PA1").name == "Chi bộ thôn Một"


def test_a_rename_dated_back_does_not_touch_the_later_name(world: World) -> None:
    rename(world["PA1"], on=DAY, by=None, name="Tên thứ ba")
    rename(world["PA1"], on=date(2015, 1, 1), by=None, name="Tên thứ hai")
    names = [name_on(world["PA1"], day) for day in (date(2014, 12, 31), date(2015, 1, 1), EVE, DAY)]
    assert names == ["Chi bộ thôn A1", "Tên thứ hai", "Tên thứ hai", "Tên thứ ba"]
    assert Organisation.objects.get(code="PA1").name == "Tên thứ ba"


def test_a_rename_is_no_move(world: World) -> None:
    rename(world["PA"], on=DAY, by=None, name="Đảng bộ xã Mới")
    paths = OrganisationPath.objects.filter(descendant=world["PA1"], voided_at__isnull=True)
    assert {(p.ancestor.code, p.depth, p.valid_to) for p in paths} == {
        ("PA1", 0, FOREVER),
        ("PA", 1, FOREVER),
        ("QS", 2, FOREVER),
    }


def test_a_move_takes_everything_below_along_from_its_day_on(world: World) -> None:
    move(world["PA1"], to=world["PB"], on=DAY, by=None)
    assert codes_above(world["PA1"], EVE) == ["QS", "PA"]
    assert codes_above(world["PA1"], DAY) == ["QS", "PB"]
    assert [row.code for row in subtree_on(world["PB"], DAY)] == ["PB", "PA1", "PB1", "PB2"]


def test_a_move_dated_back_changes_the_past_but_not_what_was_known_then(world: World) -> None:
    move(world["PA1"], to=world["PB"], on=DAY, by=None)
    known = LedgerEntry.objects.latest("id").at
    move(world["PA1"], to=world["PB"], on=date(2018, 1, 1), by=None)
    assert codes_above(world["PA1"], date(2019, 1, 1)) == ["QS", "PB"]
    assert parent_as_known_at(world["PA1"], date(2019, 1, 1), known) == "PA"
    assert parent_as_known_at(world["PA1"], DAY, known) == "PB"


def test_a_voided_move_is_as_if_it_had_not_been_but_stays_on_record(world: World) -> None:
    move(world["PA1"], to=world["PB"], on=DAY, by=None)
    known = LedgerEntry.objects.latest("id").at
    row = OrganisationAct.objects.get(kind="move")
    void_act(row, reason="ghi nhầm chi bộ", by=None)
    row.refresh_from_db()
    assert codes_above(world["PA1"], DAY) == ["QS", "PA"]
    assert parent_as_known_at(world["PA1"], DAY, known) == "PB"
    assert (row.void_reason, row.voided_at) == ("ghi nhầm chi bộ", LedgerEntry.objects.latest("id").at)


REFUSED = {
    "before it was founded": ({"kind_of_act": "rename", "on": date(2009, 1, 1), "name": "X"}, "on"),
    "ended on the day it was founded": ({"kind_of_act": "dissolve", "on": date(2010, 1, 1), "ends": True}, "on"),
    "without a name": ({"kind_of_act": "rename", "on": DAY, "name": "  "}, "name"),
    "to an unknown kind": ({"kind_of_act": "rename", "on": DAY, "kind": "club"}, "kind"),
    "to a kind its place does not allow": ({"kind_of_act": "rename", "on": DAY, "kind": "grassroots_cell"}, "kind"),
    "under a cell": ({"kind_of_act": "move", "on": DAY, "parent": "PB1"}, "kind"),
    "under a kind that does not take it": ({"kind_of_act": "move", "on": DAY, "parent": "QS"}, "kind"),
    "under itself": ({"kind_of_act": "move", "on": DAY, "parent": "PA1"}, "kind"),
}  # fmt: skip


@pytest.mark.parametrize(("values", "field"), REFUSED.values(), ids=REFUSED.keys())
def test_an_impossible_change_is_refused_at_its_field_and_nothing_is_kept(
    world: World, values: dict[str, Any], field: str
) -> None:
    before = OrganisationAct.objects.count(), LedgerEntry.objects.count()
    values = {name: world[value] if name == "parent" else value for name, value in values.items()}
    with pytest.raises(Refused) as refused:
        change(ChangeDraft(world["PA1"], **values), by=None)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert (OrganisationAct.objects.count(), LedgerEntry.objects.count()) == before


def test_a_body_with_cells_does_not_become_a_cell(world: World) -> None:
    with pytest.raises(Refused, match="chi bộ không thể trực thuộc chi bộ"):
        rename(world["PA"], on=DAY, by=None, kind="grassroots_cell")
    assert Organisation.objects.get(code="PA").kind == "grassroots_body"


def test_a_move_dated_back_does_not_bring_a_cell_under_what_was_a_cell_then(world: World) -> None:
    rename(world["VP"], on=DAY, by=None, kind="grassroots_body")
    move(world["PA1"], to=world["VP"], on=DAY, by=None)
    with pytest.raises(Refused):
        move(world["PA2"], to=world["VP"], on=EVE, by=None)
    void = OrganisationAct.objects.get(kind="rename")
    with pytest.raises(Refused, match="chi bộ không thể trực thuộc chi bộ"):
        void_act(void, reason="thử", by=None)
    assert codes_above(world["PA1"], DAY) == ["QS", "VP"]


def test_of_two_clerks_with_the_same_form_the_second_is_told(world: World) -> None:
    opened = world["PA1"].row_version
    rename(world["PA1"], on=DAY, by=None, name="Tên của người thứ nhất", expected_version=opened)
    with pytest.raises(Conflict):
        rename(world["PA1"], on=DAY, by=None, name="Tên của người thứ hai", expected_version=opened)
    assert Organisation.objects.get(code="PA1").name == "Tên của người thứ nhất"


def test_an_act_is_voided_once_and_with_a_reason(world: World) -> None:
    move(world["PA1"], to=world["PB"], on=DAY, by=None)
    row = OrganisationAct.objects.get(kind="move")
    with pytest.raises(Refused) as refused:
        void_act(row, reason=" ", by=None)
    assert refused.value.problems[0].field == "reason"
    void_act(row, reason="nhầm", by=None)
    with pytest.raises(Conflict):
        void_act(row, reason="nhầm", by=None)
