"""One district a module, made once by the real acts; each test gets a copy and its changes are undone."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.page_world import make_page_world
from tests.world import World, add_user
from tongket.accounts.models import User


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The district with its users and a clerk who may do all, in a transaction that ends with the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_page_world()
        add_user(world, "thu-ky", "QS", "organisation", "office", "inspection", "propaganda")
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(district: World, db: None) -> World:
    """The district, as it was made; what a test changes is undone by `db`, inside the module's transaction."""
    cache.clear()
    return copy.deepcopy(district)


@pytest.fixture
def clerk(world: World) -> User:
    """A user who may do everything that an office does at the district."""
    return world.users["thu-ky"]
