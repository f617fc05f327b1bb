"""Rounds for tests of the cap, the checks and the grid: the small district of `tests.page_world`, rated in 2023."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.page_world import make_page_world
from tests.world import World, person
from tongket.audit.acts import act
from tongket.members.acts import register
from tongket.organisations.acts import add_organisations
from tongket.organisations.drafts import FoundingDraft
from tongket.ratings.rounds.acts import open_round
from tongket.ratings.rounds.chain.acts import save_steps
from tongket.ratings.rounds.drafts import RoundDraft, StepDraft
from tongket.ratings.rounds.models import RatingCandidate, RatingRound

DAY = date(2023, 12, 12)


def open_one(world: World, subject: str, place: str = "QS", **more: Any) -> RatingRound:
    """A round of 2023 at one organisation."""
    draft = RoundDraft(
        organisation=world[place], subject=subject, period="2023", opened_on=date(2023, 11, 1), **more
    )
    return open_round(draft, by=world.users["clerk"])


def candidate(round: RatingRound, code: str) -> RatingCandidate:
    """The standing candidate of a code: a member's, or a body's."""
    column = "member__code" if round.subject == "members" else "organisation__code"
    return RatingCandidate.objects.select_related("organisation", "round", "member").get(
        round=round, voided_at=None, **{column: code}
    )


def rate(round: RatingRound, by: Any, stage: str = "vote", **levels: str) -> None:
    """One step each: code=level, or code="level 95.5" with a score."""
    drafts = []
    for code, text in levels.items():
        level, _space, score = text.partition(" ")
        drafts.append(
            StepDraft(
                candidate=candidate(round, code),
                stage=stage,
                on=DAY,
                level=level,
                score=Decimal(score) if score else None,
            )
        )
    save_steps(drafts, by=by)


def district_of(bodies: int) -> World:
    """The users' district with so many grassroots cells below it, T001 and so on, besides PA, PB and VP."""
    world = make_page_world()
    drafts = [
        FoundingDraft(
            f"T{n:03d}", f"Chi bộ cơ sở số {n}", "grassroots_cell", date(2010, 1, 1), "QS", "agency"
        )
        for n in range(1, bodies + 1)
    ]
    with act("test.tree", by=None, origin="test") as current:
        made = add_organisations(drafts, act=current)
    world.organisations |= {one.code: one for one in made}
    return world


def more_members(world: World, cell: str, count: int) -> list[str]:
    """So many more members in a cell, their codes."""
    codes = [f"{cell}-{n:02d}" for n in range(1, count + 1)]
    for code in codes:
        who = person(world, code, f"Đảng viên {code}")
        register(
            who,
            into=world[cell],
            on=date(2015, 1, 1),
            by=None,
            admitted_on=date(2005, 3, 3),
            official_on=date(2006, 3, 10),
        )
    return codes
