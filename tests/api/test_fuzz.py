"""Requests made from the description itself: no answer is an error of ours, each is as described."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.api.conftest import token_for
from tongket.api import gate
from tongket.wsgi import application

#: Requests of each kind: bounded, and the same ones at every run.
EXAMPLES = 24
FOUND_OUTSIDE = ("organisation", "period", "ids", "under", "branch")


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The server closes its connection after each request; here it is the test's own."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def token(world: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """A program that may read all, as fast as it likes."""
    monkeypatch.setattr(gate, "PER_MINUTE", 10**6)
    return token_for(world, "QS", "organisation", "office", "inspection", "propaganda")


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda one: one.name)
def test_no_request_breaks_the_interface(world: Any, token: str, mode: Any) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 12
    headers = {"Authorization": f"Bearer {token}"}
    good = {"organisation": "QS", "period": "2023", "ids": "members.total", "under": "PA"}

    @seed(7)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=False,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def ask(data: Any) -> None:
        case = data.draw(data.draw(st.sampled_from(operations)).as_strategy(generation_mode=mode))
        if mode is GenerationMode.POSITIVE and case.query:
            # Half of the requests get past the names that a description cannot know.
            known = {name: good[name] for name in case.query if name in good}
            if data.draw(st.booleans()):
                case.query = {**case.query, **known}
        answer = case.call(headers=headers)
        assert answer.status_code < 500, (case.path, case.query, answer.content[:300])
        said = answer.headers.get("content-type", [""])[0]
        assert said.startswith(
            "application/json" if answer.status_code == 200 else "application/problem+json"
        )
        case.operation.validate_response(answer)
        if answer.status_code == 422:
            assert answer.json()["errors"]

    ask()
