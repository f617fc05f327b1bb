"""The small district of `tests.world` with ratings, a target and one user for each duty, seen in 2023."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.world import World, add_user, make_world
from tongket.accounts.duties import DUTIES
from tongket.audit.acts import act
from tongket.ratings.models import OrganisationRating
from tongket.targets.models import Target
from tongket.ui.messages import compile_messages

Visit = Callable[..., Client]


@pytest.fixture(autouse=True, scope="session")
def _texts() -> None:
    """The texts of both languages, as the start of the program compiles them."""
    compile_messages()


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    """What one test left in the cache (the last year with data, login failures) is not the next one's."""
    cache.clear()


@pytest.fixture
def world(db: Any) -> World:
    """Two communes and an office with six members; one user a duty at the district, one of each duty at commune B."""
    made = make_world()
    for duty in DUTIES.values:
        add_user(made, duty, "QS", duty)
    for duty in ("organisation", "office", "administrator", "auditor"):
        add_user(made, f"b-{duty}", "PB", duty)
    add_user(made, "nobody", "QS")
    type(made.users["office"]).objects.update(must_change_password=False)
    with act("test.records", by=None, origin="test") as current:
        for code, level in (("PA", "excellent"), ("PB", "good"), ("VP", "completed")):
            OrganisationRating.objects.create(
                organisation=made[code],
                period="2023",
                period_end=date(2023, 12, 31),
                level=level,
                **current.stamp(),
            )
        Target.objects.create(
            organisation=made["QS"],
            indicator="members.admitted",
            period="2023",
            period_start=date(2023, 1, 1),
            period_end=date(2023, 12, 31),
            value=2,
            valid_from=date(2023, 1, 1),
            **current.stamp(),
        )
    return made


@pytest.fixture
def visit(world: World) -> Visit:
    """A browser in which the named user is logged in."""

    def log_in(name: str, **more: Any) -> Client:
        client = Client(**more)
        client.force_login(world.users[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in
