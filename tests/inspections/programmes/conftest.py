"""One district a module, made once by the real acts; each test gets a copy and its changes are undone."""

import pytest

from tests.once import once
from tests.page_world import make_page_world
from tests.world import World, add_user
from tongket.accounts.models import User


def _make() -> World:
    """The district with its users and a clerk who may do all."""
    world = make_page_world()
    add_user(world, "thu-ky", "QS", "organisation", "office", "inspection", "propaganda")
    return world


district, world = once(_make)


@pytest.fixture
def clerk(world: World) -> User:
    """A user who may do everything that an office does at the district."""
    return world.users["thu-ky"]
