"""What tests of admissions share: a cell that can vote, a candidate, and the steps one after the other."""

from datetime import date
from typing import Any

from tests.page_world import make_page_world
from tests.world import World, person
from tongket.admissions.deadlines.limits import papers_on
from tongket.admissions.drafts import CandidateDraft, MentorDraft, StepDraft
from tongket.admissions.joining.acts import add_candidate, add_mentor, record_step, tick_papers
from tongket.admissions.joining.models import Candidate, CandidateStep
from tongket.members.acts import register

CLASS_DAY, NOMINATED = date(2022, 6, 10), date(2022, 7, 1)
VOTED, FORWARDED, DECIDED = date(2023, 2, 6), date(2023, 2, 20), date(2023, 4, 10)
RECEIVED, CEREMONY = date(2023, 4, 14), date(2023, 5, 19)


def make_admission_world() -> World:
    """PA1 has six official members: M1, M2 and four more; PB2 has one on probation since 19/5/2023."""
    world = make_page_world()
    for number, name in enumerate(("Võ Văn Giáp", "Ngô Thị Hà", "Bùi Văn Ích", "Hồ Thị Kim"), start=11):
        member = person(world, f"M{number}", name)
        register(
            member,
            into=world["PA1"],
            on=date(2015, 1, 1),
            by=None,
            admitted_on=date(2008, 3, 3),
            official_on=date(2009, 3, 10),
        )
        member.refresh_from_db()
    return world


def draft(world: World, **more: Any) -> CandidateDraft:
    said: dict[str, Any] = {
        "organisation": world["PA1"],
        "full_name": "Phan Thị Lụa",
        "birth_date": date(1998, 8, 8),
        "gender": "female",
        "nominated_on": NOMINATED,
        "source_year": 2022,
        "occupation": "farmer",
        "youth_union": True,
    }
    return CandidateDraft(**(said | more))


def candidate(world: World, by: Any = None, **more: Any) -> Candidate:
    """A candidate with class certificate, mentor and all papers."""
    row = add_candidate(draft(world, **more), by=by)
    step(row, "class", CLASS_DAY, decision_number="12/GCN")
    add_mentor(
        MentorDraft(
            row.identity, row.organisation, NOMINATED, member=world["M1"], together_since=date(2019, 1, 1)
        ),
        by=by,
    )
    tick_papers(row, papers_on(NOMINATED), date(2022, 12, 1), by=by)
    step(row, "file", date(2022, 12, 1))
    return row


def step(row: Candidate, kind: str, on: date, by: Any = None, **more: Any) -> CandidateStep:
    return record_step(StepDraft(row, kind, on, **more), by=by)


def vote(
    row: Candidate, on: date = VOTED, agree: int = 6, disagree: int = 0, present: int = 6
) -> CandidateStep:
    return step(row, "resolution", on, present=present, agree=agree, disagree=disagree)


def decide(row: Candidate, on: date = DECIDED) -> CandidateStep:
    """From the vote to the decision."""
    vote(row)
    step(row, "committee", FORWARDED)
    step(row, "forwarded", FORWARDED, decision_number="15-TTr/ĐU")
    return step(row, "decision", on, decision_number="125-QĐNS/HU", decision_body="Ban Thường vụ Huyện ủy")
