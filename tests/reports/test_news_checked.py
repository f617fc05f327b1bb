"""The news text under the draft check: no claim of it is wrong, doubtful or untraceable."""

import pytest

from tests.once import once
from tests.reports.test_news_records import make
from tests.world import World
from tongket.core.periods import parse_period
from tongket.drafts.checking import check
from tongket.reports.news import LONG, SHORT, as_text, news_of

#: Kinds of claims that tell a figure; the others are days, papers and names.
FIGURES = ("count", "pair", "share", "target", "change", "new_total")

district, world = once(make)


@pytest.mark.parametrize("length", [SHORT, LONG])
@pytest.mark.parametrize(
    ("code", "period"), [("QS", "2023"), ("PB", "2023"), ("PA1", "2023"), ("QS", "2022")]
)
def test_its_own_draft_check_traces_every_claim_and_accuses_none(
    world: World, code: str, period: str, length: str
) -> None:
    asked = parse_period(period)
    found = check(as_text(news_of(world[code], asked, length=length)), world[code], asked, None)
    claims = list(zip(found.claims, found.reading.claims, strict=True))
    assert [
        (one.verdict, said.text, one.reason) for one, said in claims if one.verdict in ("wrong", "doubtful")
    ] == []
    assert [said.text for one, said in claims if said.kind in FIGURES and one.verdict != "right"] == []
    assert [
        one.reason for one in (*found.documents, *found.people) if one.verdict in ("wrong", "doubtful")
    ] == []
    assert found.numbers_read == found.numbers_judged > 0


def test_the_check_would_find_a_number_that_was_changed(world: World) -> None:
    period = parse_period("2023")
    text = as_text(news_of(world["QS"], period, length=LONG))
    assert "kết nạp 1 đảng viên mới" in text
    changed = text.replace("kết nạp 1 đảng viên mới", "kết nạp 4 đảng viên mới")
    assert check(changed, world["QS"], period, None).counts["wrong"] > 0
