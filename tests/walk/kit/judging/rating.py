"""Rating rounds: one that runs at each body, one that was decided, with steps, special cases and checks set aside."""

from datetime import date
from typing import Any

from tests.walk.kit.work import upload
from tongket.audit.acts import act
from tongket.audit.records import current
from tongket.files.acts import attach
from tongket.ratings.quota.acts import mark_special
from tongket.ratings.rounds.acts import open_round, set_aside
from tongket.ratings.rounds.chain.acts import save_steps
from tongket.ratings.rounds.deciding.acts import decide_round
from tongket.ratings.rounds.drafts import DecisionDraft, RoundDraft, StepDraft
from tongket.ratings.rounds.models import RatingCandidate, RatingOverride, RatingRound

READ = "rating.read"
#: rating body -> whose part of its list is filled: a body, or a member and the cell.
RATED = {"QS": ("PA", ""), "PA": ("PA1", "M-PA1"), "PB": ("PB1", "M-PB1")}


def plant_rounds(walk: Any) -> None:
    """A round above, one of each commune in it, and the communes' rounds of the year before, decided."""
    top = _running(walk, "QS", None)
    for code in ("PA", "PB"):
        _running(walk, code, top)
        _decided(walk, code)


def candidates(round: RatingRound) -> Any:
    """The standing list of a round."""
    rows = current(RatingCandidate.objects.filter(round=round))
    return rows.select_related("organisation", "member", "round").order_by("pk")


def _running(walk: Any, code: str, parent: Any) -> RatingRound:
    planted, (part, person) = walk.planted, RATED[code]

    def text(what: str, length: int = 200) -> str:
        return planted.text(part, f"xl{code.lower()}{what}", READ, length=length)

    subject = "members" if person else "organisations"
    # The plan of a round is for those it rates: a body on the list of QS reads it.
    readers = [(READ, below) for below in ("PA", "PB", "VP", "PA1", "PA2", "PB1", "PB2", "PX", "PY", "PC1")]
    also = [pair for pair in readers if code == "QS" or pair[1].startswith(code)]
    note = planted.text(code, "xlnote", READ, also=also)
    row = open_round(
        RoundDraft(walk[code], subject, "2023", date(2023, 11, 1), note=note, parent=parent), by=None
    )
    walk.keep("round", code, row)
    listed = list(candidates(row))
    own = next(
        one for one in listed if (one.member.code if person else one.organisation.code) == (person or part)
    )
    save_steps([StepDraft(one, "vote", date(2023, 12, 10), "excellent") for one in listed], by=None)
    opinion = StepDraft(own, "opinion", date(2023, 12, 11), "good", body=text("opinion"))
    [step] = save_steps([opinion], by=None)
    walk.keep("special", code, mark_special(own, reason=text("special"), by=None))
    # Which findings there are depends on the rest of the district: set aside without one.
    with act("test.override", by=None, origin="test") as current_act:
        override = RatingOverride.objects.create(
            candidate=own, check_code="discipline", reason=text("override"), **current_act.stamp()
        )
    walk.keep("override", code, override)
    other = next(one for one in reversed(listed) if one.pk != own.pk)
    if person:
        where = other.organisation.code
        said = planted.text(where, f"xl{code.lower()}aside", READ, length=200)
        set_aside(other, reason="other", note=said, by=None)
    file = upload(planted, part, f"xl{code.lower()}", READ, role="evidence")
    [made] = attach([file], about=own.identity, organisation=own.organisation, by=None)
    for kind, record in (("rated", own), ("rating_step", step), ("rated_file", made)):
        walk.keep(kind, code, record)
    return row


def _decided(walk: Any, code: str) -> None:
    row = open_round(RoundDraft(walk[code], "members", "2022", date(2022, 11, 1)), by=None)
    steps = [StepDraft(one, "vote", date(2022, 12, 10), "good") for one in candidates(row)]
    save_steps(steps, by=None)

    cells = [f"{code}1", f"{code}2", *(("PX", "PC1") if code == "PB" else ("PY",))]
    also = [(READ, cell) for cell in cells]  # each rated member's rating names its decision

    def text(what: str, length: int = 200) -> str:
        return walk.planted.text(code, f"xld{what}", READ, also=also, length=length)

    paper = DecisionDraft(row, text("number", 40), date(2022, 12, 20), text("body"))
    decide_round(paper, by=None)
    walk.keep("round_decided", code, row)
