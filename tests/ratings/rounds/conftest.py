"""The small district with users of several duties, and short ways to open rounds and take steps."""

from datetime import date
from typing import Any

import pytest

from tests.once import once
from tests.page_world import make_page_world
from tests.world import World, add_user
from tongket.ratings.rounds.acts import open_round
from tongket.ratings.rounds.drafts import RoundDraft, StepDraft
from tongket.ratings.rounds.models import RatingCandidate, RatingRound


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Files attached in a test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path


def _make() -> World:
    """The district, its members and users; `cell_a1` keeps the books of one cell only."""
    made = make_page_world()
    add_user(made, "cell_a1", "PA1", "organisation")
    return made


district, world = once(_make)


def opened(world: World, organisation: str = "PA", subject: str = "members", **more: Any) -> RatingRound:
    """A round of 2023, opened on 1 November with the four days of the plan."""
    values: dict[str, Any] = {
        "period": "2023",
        "opened_on": date(2023, 11, 1),
        "self_by": date(2023, 11, 20),
        "vote_by": date(2023, 12, 5),
        "appraise_by": date(2023, 12, 15),
        "decide_by": date(2023, 12, 25),
    }
    draft = RoundDraft(world[organisation], subject, **{**values, **more})
    return open_round(draft, by=world.users.get("clerk"))


def candidate(round: RatingRound, code: str) -> RatingCandidate:
    """The standing candidate of a member's or organisation's code."""
    rows = RatingCandidate.objects.filter(round=round, voided_at__isnull=True)
    column = "member__code" if round.subject == "members" else "organisation__code"
    return rows.select_related("round", "organisation", "member").get(**{column: code})


def step(one: RatingCandidate, stage: str = "vote", level: str = "good", **more: Any) -> StepDraft:
    """A step of early December 2023."""
    days = {"self": 1, "vote": 4, "opinion": 8, "appraisal": 14, "decision": 22}
    return StepDraft(one, stage, **{"on": date(2023, 12, days[stage]), "level": level, **more})
