"""The small district with a cell large enough to vote, and its users."""

import pytest

from tests.admissions.world import make_admission_world
from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    """The district of `tests.page_world`, cell PA1 with six official members."""
    return make_admission_world()


@pytest.fixture
def clerk(world: World):
    """A user who may do everything that an organisation board does at the district."""
    return world.users["clerk"]
