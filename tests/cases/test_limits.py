"""Thời hiệu: the computed last day against counting act by act, and the worked examples of the rule."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.cases.law.clock import answer_by, appeal_by, majority_of, suspension_ends, tell_by, who_doubts
from tongket.cases.law.limits import form_limit, runs_until
from tongket.core.dates import add_years

DAYS = st.dates(date(1995, 1, 1), date(2022, 12, 31))


def brute_force(acts: list[date], years: int, at: date) -> set[date]:
    """The acts for which discipline on the day `at` is in time, followed forward day by day of the acts.

    The clock of an act runs until its own day plus the years; an act committed before it has run out sets it anew.
    """
    covered = set()
    for act in acts:
        ends = add_years(act, years)
        for later in sorted(acts):
            if act < later <= ends:
                ends = max(ends, add_years(later, years))
        if at <= ends:
            covered.add(act)
    return covered


@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from([5, 10]), st.integers(-400, 5000))
def test_the_limit_is_that_of_counting_act_by_act(acts: list[date], years: int, later: int) -> None:
    at = max(acts) + timedelta(days=later)
    until, since = runs_until(acts, years)
    covered = brute_force(acts, years, max(at, max(acts)))
    assert (max(at, max(acts)) <= until) == bool(covered)
    if covered:
        assert min(covered) == since


@given(st.lists(DAYS, min_size=1, max_size=5), st.sampled_from(["reprimand", "warning", "removal"]), DAYS)
def test_a_form_is_open_up_to_its_last_day_and_over_after_it(acts: list[date], form: str, at: date) -> None:
    limit = form_limit(form, acts, of_member=True, harm=False, judged_on=date(2023, 3, 1), at=at)
    assert limit.until == add_years(max(acts), 5 if form == "reprimand" else 10)
    assert limit.state == ("open" if at <= limit.until else "over")


@pytest.mark.parametrize(
    ("form", "of_member", "harm", "judged_on", "words"),
    [
        ("reprimand", True, False, date(2023, 3, 1), "còn thời hiệu đến 10/01/2024"),
        ("warning", True, False, date(2023, 3, 1), "còn thời hiệu đến 10/01/2029"),
        ("removal", True, False, date(2023, 3, 1), "còn thời hiệu đến 10/01/2029"),
        ("expulsion", True, False, date(2023, 3, 1), "không áp dụng thời hiệu"),
        ("reprimand", True, True, date(2023, 3, 1), "không áp dụng thời hiệu"),
        ("warning", False, False, date(2023, 3, 1), "còn thời hiệu đến 10/01/2029"),
        ("dissolution", False, False, date(2023, 3, 1), "không áp dụng thời hiệu"),
        # The text of 212-QĐ/TW is not known, of the days before 69-QĐ/TW nothing is: never guessed.
        ("reprimand", True, False, date(2026, 8, 17), "chưa có căn cứ để tính thời hiệu"),
        ("reprimand", True, True, date(2026, 8, 17), "chưa có căn cứ để tính thời hiệu"),
        ("reprimand", True, False, date(2020, 1, 1), "chưa có căn cứ để tính thời hiệu"),
    ],
)
def test_the_limit_in_words(form: str, of_member: bool, harm: bool, judged_on: date, words: str) -> None:
    limit = form_limit(
        form, [date(2019, 1, 10)], of_member=of_member, harm=harm, judged_on=judged_on, at=date(2023, 6, 1)
    )
    assert limit.words == words


def test_a_limit_that_has_run_out_says_since_when_and_refuses_by_a_confirmed_rule() -> None:
    limit = form_limit(
        "reprimand",
        [date(2017, 2, 28)],
        of_member=True,
        harm=False,
        judged_on=date(2023, 3, 1),
        at=date(2023, 3, 1),
    )
    assert (limit.words, limit.refuses) == ("đã hết thời hiệu từ sau ngày 28/02/2022", True)


def test_an_act_that_came_after_the_limit_does_not_bring_the_old_one_back() -> None:
    until, since = runs_until([date(2010, 1, 1), date(2016, 1, 1), date(2018, 1, 1)], 5)
    assert (until, since) == (date(2023, 1, 1), date(2016, 1, 1))


def test_a_limit_needs_an_act() -> None:
    with pytest.raises(ValueError, match="needs the day"):
        runs_until([], 5)


def test_suspension_ends_after_ninety_days_and_thirty_more_with_its_extension() -> None:
    assert suspension_ends(date(2026, 5, 1), extended=False) == date(2026, 7, 30)
    assert suspension_ends(date(2026, 5, 1), extended=True) == date(2026, 8, 29)
    assert suspension_ends(date(2020, 5, 1), extended=False) is None


def test_the_state_body_tells_within_five_days_and_an_appeal_comes_within_thirty() -> None:
    assert tell_by(date(2025, 6, 10)) == date(2025, 6, 15)
    assert tell_by(date(2020, 6, 10)) is None
    assert appeal_by(date(2026, 1, 1)) == date(2026, 1, 31)
    assert appeal_by(date(2023, 1, 1)) == date(2023, 1, 31)


def test_an_answer_is_due_in_working_days_of_which_the_centre_has_twice_as_many() -> None:
    # 90 working days from Monday 5/1/2026; Tết and the May holidays are no working days.
    near, far = answer_by(date(2026, 1, 5), "superior"), answer_by(date(2026, 1, 5), "centre")
    assert near.weekday() < 5
    assert near > date(2026, 1, 5) + timedelta(days=18 * 7)
    assert far > near


@pytest.mark.parametrize(
    ("form", "majority"),
    [
        ("reprimand", "over_half"),
        ("warning", "over_half"),
        ("removal", "two_thirds"),
        ("expulsion", "two_thirds"),
        ("dissolution", "two_thirds"),
    ],
)
def test_majorities_by_form(form: str, majority: str) -> None:
    assert majority_of(form, date(2023, 3, 1)) == majority_of(form, date(2012, 3, 1)) == majority


def test_a_committee_of_a_cell_may_not_discipline_and_a_cell_only_proposes_on_tasks_from_above() -> None:
    def doubt(level: str, task: bool = False) -> str:
        return who_doubts(level, task_from_above=task, committee_member=task, on=date(2023, 3, 1))

    assert "Chi ủy không có thẩm quyền" in doubt("cell_committee")
    assert "chỉ đề nghị" in doubt("cell", task=True)
    assert doubt("cell") == doubt("superior", task=True) == ""
