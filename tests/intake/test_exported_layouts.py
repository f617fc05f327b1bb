"""What the register writes in the layouts of other systems, the import of them reads as what is on record."""

import importlib.util

import pytest

from tests.members.exporting.test_layouts import make_layout_world, people
from tests.once import once
from tests.world import World
from tongket.intake.rehearse import rehearse
from tongket.members.exporting.layout_books import national_workbook, short_workbook

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        importlib.util.find_spec("tongket.intake.headers") is None,
        reason="the import does not know other systems' headings yet",
    ),
]
district, world = once(make_layout_world)


@pytest.mark.parametrize("write", [national_workbook, short_workbook])
def test_a_person_told_by_identity_number_is_the_same(world: World, write: object) -> None:
    content = write(people("M8"), title="Danh sách", chosen="")  # type: ignore[operator]
    told = rehearse("members", content, by=None)
    assert told.errors == ()
    (counts,) = told.counts.values()
    assert (counts.new, counts.changed, counts.same) == (0, 0, 1)
