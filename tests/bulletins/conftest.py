"""The district with users of several duties."""

import pytest

from tests.page_world import make_page_world
from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    """The district, its members and users."""
    return make_page_world()
