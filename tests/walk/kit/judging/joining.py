"""Candidates for admission and probations of each commune."""

from datetime import date
from typing import Any

from tests.walk.kit.work import upload
from tongket.admissions.deadlines.limits import papers_on
from tongket.admissions.drafts import CandidateDraft, MentorDraft, ProbationStepDraft, StepDraft
from tongket.admissions.joining.acts import add_candidate, add_mentor, record_step, tick_papers
from tongket.admissions.probation.acts import record_probation_step
from tongket.files.acts import attach

READ = "admission.read"
NOMINATED = date(2022, 7, 1)


def plant_admissions(walk: Any) -> None:
    """In a cell of each commune one who was voted on and one who was admitted and is on probation."""
    for cell in ("PA1", "PB1"):
        row = _voted(walk, cell, "kn")
        walk.keep("candidate", cell, row)
        _admitted(walk, cell)


def _voted(walk: Any, cell: str, mark: str, *verbs: str) -> Any:
    def text(what: str, length: int = 200, *more: str) -> str:
        return walk.planted.text(cell, f"{mark}{what}", READ, *more, length=length)

    row = add_candidate(
        CandidateDraft(
            walk[cell], text("name", 120, *verbs), date(1998, 8, 8), "female", NOMINATED, 2022, "farmer", True
        ),
        by=None,
    )
    record_step(
        StepDraft(row, "class", date(2022, 6, 10), decision_number=text("class", 40), note=text("classnote")),
        by=None,
    )
    since = {"together_since": date(2019, 1, 1)}
    helper = MentorDraft(row.identity, row.organisation, NOMINATED, member=walk[f"M-{cell}"], **since)
    add_mentor(helper, by=None)
    youth = MentorDraft(row.identity, row.organisation, NOMINATED, body=text("mentor"), **since)
    mentor = add_mentor(youth, by=None)
    papers = tick_papers(row, papers_on(NOMINATED), date(2022, 12, 1), by=None)
    record_step(StepDraft(row, "file", date(2022, 12, 1)), by=None)
    vote = StepDraft(
        row, "resolution", date(2023, 2, 6), present=4, agree=4, disagree=0, note=text("votenote")
    )
    last = record_step(vote, by=None)
    if mark == "kn":
        [made] = attach(
            [upload(walk.planted, cell, mark, READ, role="main")],
            about=row.identity,
            organisation=row.organisation,
            by=None,
        )
        for kind, record in (
            ("candidate_file", made),
            ("mentor", mentor),
            ("candidate_paper", papers[0]),
            ("candidate_step", last),
        ):
            walk.keep(kind, cell, record)
    return row


def _admitted(walk: Any, cell: str) -> None:
    row = _voted(walk, cell, "db", "member.read")

    def text(what: str, length: int = 200, *verbs: str) -> str:
        return walk.planted.text(cell, f"db{what}", READ, *verbs, length=length)

    record_step(StepDraft(row, "committee", date(2023, 2, 20), note=text("committee")), by=None)
    record_step(StepDraft(row, "forwarded", date(2023, 2, 20), decision_number=text("sent", 40)), by=None)
    decision = StepDraft(
        row,
        "decision",
        date(2023, 4, 10),
        # The register bears them too: whoever reads the member's file reads them there.
        decision_number=text("number", 40, "member.read"),
        decision_body=text("body", 200, "member.read"),
    )
    record_step(decision, by=None)
    record_step(StepDraft(row, "received", date(2023, 4, 14)), by=None)
    member = record_step(StepDraft(row, "ceremony", date(2023, 5, 19)), by=None).member
    walk.keep("candidate_admitted", cell, row)
    walk.keep("probationer", cell, member)
    record_probation_step(
        ProbationStepDraft(member, "helper", date(2023, 5, 19), helper=walk[f"M-{cell}"]), by=None
    )
    done = ProbationStepDraft(
        member, "class", date(2023, 8, 1), decision_number=text("course", 40), note=text("coursenote")
    )
    walk.keep("probation_step", cell, record_probation_step(done, by=None))
