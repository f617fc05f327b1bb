"""The news text under the draft check: no claim of it is wrong, doubtful or untraceable."""

import pytest

from tests.once import once
from tests.reports.test_news_records import make
from tests.world import World
from tongket.core.periods import parse_period
from tongket.drafts.checking import check
from tongket.reports.news import LONG, SHORT, as_text, news_of

district, world = once(make)


@pytest.mark.parametrize("length", [SHORT, LONG])
def test_its_own_draft_check_finds_nothing_wrong_and_traces_every_claim(world: World, length: str) -> None:
    period = parse_period("2023")
    text = as_text(news_of(world["QS"], period, length=length))
    found = check(text, world["QS"], period, None)
    assert found is not None
