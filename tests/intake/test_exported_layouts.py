"""What the register writes in the layouts of other systems and of our own, the import reads as what is on record."""

from collections.abc import Callable

import pytest

from tests.members.exporting.test_layouts import make_layout_world, people
from tests.once import once
from tests.world import World
from tongket.intake.records.people import MEMBERS
from tongket.intake.rehearse import rehearse
from tongket.members.exporting.layout_books import national_workbook, short_workbook
from tongket.members.exporting.own_list import OWN, own_workbook
from tongket.organisations.models import Organisation

pytestmark = pytest.mark.django_db
district, world = once(make_layout_world)
Write = Callable[..., bytes]


def _told(write: Write, *codes: str) -> tuple[int, int, int, list[str]]:
    """(new, changed, same, errors) of a rehearsal of these people's list."""
    found = rehearse("members", write(people(*codes), title="Danh sách", chosen=""), by=None)
    (counts,) = found.counts.values()
    return counts.new, counts.changed, counts.same, [str(error) for error in found.errors]


@pytest.mark.parametrize("write", [national_workbook, short_workbook, own_workbook])
def test_a_person_told_by_a_number_is_the_same(world: World, write: Write) -> None:
    assert _told(write, "M8") == (0, 0, 1, [])


def test_in_our_own_template_everybody_is_the_same(world: World) -> None:
    everybody = sorted(world.members)
    assert _told(own_workbook, *everybody) == (0, 0, len(everybody), [])


def test_our_own_layout_bears_the_headings_of_the_template() -> None:
    template = {column.field: column.header for column in MEMBERS.columns if column.field != "since"}
    assert {column.field: column.header for column in OWN} == template


def test_cells_with_a_dash_in_their_name_and_cells_of_one_name_are_found_again(world: World) -> None:
    cell, twin = world["PA1"], world["PA2"]
    Organisation.objects.filter(pk=cell.pk).update(name="Chi bộ Phòng Kinh tế - Hạ tầng")
    assert _told(national_workbook, "M8") == (0, 0, 1, [])
    Organisation.objects.filter(pk__in=(cell.pk, twin.pk)).update(name="Chi bộ thôn 5")  # as after a merger
    (known,) = people("M8")
    assert known.cell_name.endswith(f"({cell.code})")
    for write in (national_workbook, short_workbook, own_workbook):
        assert _told(write, "M8") == (0, 0, 1, [])
