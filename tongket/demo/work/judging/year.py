"""The judging year in the order in which an office does it."""

from tongket.demo.work.judging.badges import give_badges, propose_badges
from tongket.demo.work.judging.cases import cases_at_present, discipline_the_year
from tongket.demo.work.judging.commending import commend_the_year
from tongket.demo.work.judging.inspections import inspect_at_present, inspect_the_year
from tongket.demo.work.judging.joining import join_at_present, join_the_year
from tongket.demo.work.judging.people import Cast
from tongket.demo.work.judging.probation import probation_at_present, recognise
from tongket.demo.work.judging.ratings import rate_at_present, rate_the_year


def judge_the_year(cast: Cast) -> None:
    """What ends in the ratings and commendations of 2023: before the conference at which they are handed out."""
    join_the_year(cast)
    inspect_the_year(cast)
    discipline_the_year(cast)
    rate_the_year(cast)
    commend_the_year(cast)


def judge_since(cast: Cast) -> None:
    """What came of the year, and what is under way about today."""
    recognise(cast)
    give_badges(cast)
    join_at_present(cast)
    probation_at_present(cast)
    propose_badges(cast)
    inspect_at_present(cast)
    cases_at_present(cast)
    rate_at_present(cast)
