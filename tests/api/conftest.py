"""The small district, and programs of several duties that read it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.once import once
from tests.page_world import make_page_world
from tongket.api.acts import let_in
from tongket.core.dates import today

district, world = once(make_page_world)


@pytest.fixture(autouse=True)
def _fresh_rates() -> None:
    cache.clear()


def token_for(world: Any, code: str, *duties: str) -> str:
    """A token of a new program with duties at one organisation."""
    _client, token = let_in(
        f"Phần mềm {code} {' '.join(duties)}",
        purpose="thử",
        organisation=world[code],
        duties=duties,
        expires_on=today() + timedelta(days=30),
        by=None,
    )
    return token


def get(token: str, address: str, *, lang: str = "", **params: Any) -> Any:
    """One address of the interface with a token."""
    headers = {"Authorization": f"Bearer {token}", **({"Accept-Language": lang} if lang else {})}
    return Client().get(f"/api/v1/{address}", params, headers=headers)
