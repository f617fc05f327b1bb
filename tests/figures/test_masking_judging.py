"""Cases, appeals and whom inspections met: masked without the duty; the sealed are listed only to who is named."""

from datetime import date
from typing import Any

import pytest

from tests.cases.conftest import opened
from tests.cases.test_sealed import planted
from tests.page_world import make_page_world
from tests.world import World, add_user
from tongket.cases.appeals.acts import record_appeal
from tongket.cases.appeals.drafts import AppealDraft
from tongket.cases.sealing.acts import grant
from tongket.core.masks import DUTY, HIDDEN, SMALL
from tongket.figures.engine import compute
from tongket.figures.masking import guards_of, open_rows
from tongket.figures.records import records
from tongket.indicators.catalogue import INDICATORS
from tongket.indicators.model import Count

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    """The district with two inspectors."""
    made = make_page_world()
    add_user(made, "second", "QS", "inspection")
    return made


GUARDED = tuple(
    id
    for id, entry in INDICATORS.items()
    if guards_of(INDICATORS, entry) and not id.startswith("discipline.")
)


def shown(world: World, viewer: Any, *ids: str) -> dict[str, object]:
    """What the viewer sees of these figures of the district in 2023."""
    figures = compute(world["QS"], "2023", ids=ids, viewer=viewer).own
    return {id: figures[id].mask or figures[id].value for id in ids}


def test_only_what_was_opened_and_appealed_is_a_headline_without_the_duty(world: World) -> None:
    opened(world)
    reader = add_user(world, "reader", "QS", "office")
    seen = shown(world, reader, *GUARDED)
    headlines = {id for id, value in seen.items() if value != DUTY}
    assert headlines == {"cases.opened", "cases.appeals"}
    assert {"cases.decided", "cases.ended", "cases.pending", "inspections.members.violations"} <= set(seen)
    assert seen["cases.opened"] in (SMALL, HIDDEN)


def test_no_figure_counts_all_cases_that_ended_or_all_that_were_inspected() -> None:
    # Beside the number disciplined such a headline would tell how many were closed without discipline.
    for entry in INDICATORS.values():
        if isinstance(entry.formula, Count) and entry.formula.source in ("case_ends", "inspected"):
            assert entry.formula.where, entry.id


def test_a_sealed_case_is_counted_and_listed_only_to_who_is_named(world: World) -> None:
    case = planted(world)
    appeal = AppealDraft(received_on=date(2023, 5, 2), level="superior", body="UBKT Huyện ủy")
    record_appeal(case, appeal, by=world.users["inspector"])
    second = world.users["second"]
    ids = ("cases.opened", "cases.appeals", "cases.decided", "cases.ended", "cases.opened.members")
    # Without being named: in the undivided count of the whole year alone, as for decisions of discipline.
    assert shown(world, second, *ids) == dict(zip(ids, (1, 1, 0, 0, 0), strict=True))
    assert shown(world, world.users["inspector"], *ids) == dict.fromkeys(ids, 1)
    everything = shown(world, second, *GUARDED)
    assert {id for id, value in everything.items() if value} == {"cases.opened", "cases.appeals"}
    for id in ids:
        rows = records(id, world["QS"], "2023").rows
        assert len(rows) == 1, id
        assert open_rows(second, rows) == [], id
        assert len(open_rows(world.users["inspector"], rows)) == 1, id
    grant(case, second, by=world.users["inspector"])
    assert shown(world, second, *ids) == dict.fromkeys(ids, 1)
    for id in ids:
        assert len(open_rows(second, records(id, world["QS"], "2023").rows)) == 1, id


def test_an_open_case_is_listed_to_everybody_with_the_duty(world: World) -> None:
    opened(world)
    rows = records("cases.pending", world["QS"], "2023").rows
    assert [row.title for row in open_rows(world.users["second"], rows)] == [world["M1"].full_name]
