"""The small district with a cell large enough to vote, and its users."""

import pytest

from tests.admissions.world import make_admission_world
from tests.once import once
from tests.world import World

district, world = once(make_admission_world)


@pytest.fixture
def clerk(world: World):
    """A user who may do everything that an organisation board does at the district."""
    return world.users["clerk"]
