"""What many tests begin with is made once a module by the real acts; each test gets a copy, its changes are undone."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from django.core.cache import cache
from django.db import transaction

Made = TypeVar("Made")


@contextmanager
def made_once(django_db_blocker: Any, make: Callable[[], Made]) -> Iterator[Made]:
    """Make something in a transaction that ends with the module. For a fixture of scope "module"."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make()
        transaction.set_rollback(True)


def once(make: Callable[[], Any], name: str = "world") -> tuple[Any, Any]:
    """Two fixtures for a test module or a conftest: `district`, made once a module, and its copy for each test.

    district, world = once(make_page_world)
    """

    @pytest.fixture(scope="module", name="district")
    def whole(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
        with made_once(django_db_blocker, make) as made:
            yield made

    @pytest.fixture(name=name)
    def one(district: Any, db: None) -> Any:
        return fresh(district)

    return whole, one


def fresh(made: Made) -> Made:
    """It as it was made, for one test that asks for `db`: that undoes what the test changes."""
    cache.clear()
    return copy.deepcopy(made)
