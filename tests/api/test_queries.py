"""What an answer costs does not grow with its rows."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import get, token_for
from tests.api.described import described

MOST = 15
ADDRESSES = [
    ("organisations", {}),
    ("organisations/PA", {}),
    ("members", {}),
    ("indicators", {}),
    ("figures", {"organisation": "QS", "period": "2023", "ids": "members.total", "children": "true"}),
    ("figures/members.total/records", {"organisation": "QS", "period": "2023"}),
    ("directives", {}),
    ("popolo/organizations", {}),
    ("popolo/posts", {}),
    ("org", {}),
]


def _asked(token: str, address: str, asked: dict[str, Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        answer = get(token, address, **asked)
    # Counted before anything else is asked: the next request empties the list.
    count = len([one for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]])
    assert answer.status_code == 200 and described(address, answer) is None
    assert count, "whose token it is was not asked"
    return count


@pytest.mark.parametrize(("address", "asked"), ADDRESSES, ids=[address for address, _ in ADDRESSES])
def test_an_answer_takes_few_queries_however_long_it_is(world: Any, address: str, asked: Any) -> None:
    token = token_for(world, "QS", "organisation", "office")
    get(token, address, **asked)
    paged = address in (
        "organisations",
        "members",
        "directives",
        "popolo/organizations",
        "popolo/posts",
        "org",
    )
    short = _asked(token, address, {**asked, "limit": 1} if paged else asked)
    long = _asked(token, address, asked)
    assert long <= MOST, long
    assert abs(long - short) <= 1  # a page of one row may have nobody above it to name
