"""The small district of `tests.world`, and a clerk who does things."""

import pytest

from tests.once import once
from tests.world import World, add_user, make_world

district, world = once(make_world)


@pytest.fixture
def clerk(world: World):
    """A user who may do everything that an office does at the district."""
    return add_user(world, "thu-ky", "QS", "organisation", "office", "inspection", "propaganda")
