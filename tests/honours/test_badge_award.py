"""Party badges: marks in force, Party age reached, early and posthumous awards within the limits."""

from datetime import date

import pytest

from tests.world import World, add_user, person
from tongket.audit.acts import act
from tongket.core.problems import Conflict, Refused
from tongket.honours.acts import (
    add_badge_award,
    add_badge_awards,
    check_badge_awards,
    correct_badge_award,
    void_badge_award,
)
from tongket.honours.drafts import BadgeAwardDraft
from tongket.honours.models import BadgeAward
from tongket.honours.queries import visible_badge_awards
from tongket.members.acts import record_event, register
from tongket.members.drafts import EventDraft


@pytest.fixture
def veteran(world: World) -> World:
    """The district with V1, admitted on 10/5/1993, and V2, admitted on 10/5/1953."""
    for code, name, year in (("V1", "Đinh Văn Già", 1993), ("V2", "Bùi Thị Lâu", 1953)):
        old = person(world, code, name, birth_date=date(1930, 1, 1))
        register(
            old,
            into=world["PA1"],
            on=date(2015, 1, 1),
            by=None,
            admitted_on=date(year, 5, 10),
            official_on=date(year + 1, 5, 10),
        )
    return world


def _draft(world: World, member: str = "V1", cell: str = "PA1", **changes) -> BadgeAwardDraft:
    values = {"mark": 30, "round": "1905", "awarded_on": date(2023, 5, 19), "decision_date": date(2023, 5, 4)}
    return BadgeAwardDraft(world[member], world[cell], **values | changes)


def _errors(problems) -> list[tuple[int, str]]:
    return [(p.index, p.field) for p in problems if p.severity == "error"]


def _warnings(problems) -> list[str]:
    return [p.field for p in problems if p.severity == "warning"]


def test_the_mark_is_reached_on_the_day_of_its_anniversary(veteran):
    on_the_day = _draft(veteran, awarded_on=date(2023, 5, 10))
    day_before = _draft(veteran, awarded_on=date(2023, 5, 9))
    assert check_badge_awards([on_the_day]) == []
    assert _errors(check_badge_awards([day_before])) == [(0, "mark")]


@pytest.mark.parametrize(
    ("member", "mark", "reached", "early_from"),
    [("V1", 30, date(2023, 5, 10), date(2022, 5, 10)), ("V2", 70, date(2023, 5, 10), date(2021, 9, 28))],
)
def test_an_early_award_keeps_to_its_limit(veteran, member, mark, reached, early_from):
    early = {"mark": mark, "early": True, "round": "other", "decision_date": None}
    assert check_badge_awards([_draft(veteran, member, awarded_on=early_from, **early)]) == []
    too_early = _draft(veteran, member, awarded_on=early_from.replace(day=early_from.day - 1), **early)
    assert _errors(check_badge_awards([too_early])) == [(0, "early")]
    assert _warnings(check_badge_awards([_draft(veteran, member, awarded_on=reached, **early)])) == ["early"]


def test_a_mark_that_never_was_is_refused(veteran):
    assert (0, "mark") in _errors(check_badge_awards([_draft(veteran, mark=35, early=True)]))


def test_95_years_were_no_mark_in_2023(veteran):
    problems = check_badge_awards([_draft(veteran, mark=95)])
    assert any("không có mức 95" in p.message and p.severity == "error" for p in problems)


def test_45_years_before_the_regulation_of_2016_are_asked_about_only(veteran):
    problems = check_badge_awards(
        [_draft(veteran, "V2", mark=45, awarded_on=date(2015, 5, 19), decision_date=None)]
    )
    assert (_errors(problems), _warnings(problems)) == ([], ["mark"])


def test_the_round_fits_the_day(veteran):
    assert _warnings(check_badge_awards([_draft(veteran, round="0209")])) == ["round"]
    assert check_badge_awards([_draft(veteran, round="other")]) == []


def test_a_badge_is_of_the_cell_on_the_day(veteran):
    assert _errors(check_badge_awards([_draft(veteran, cell="PB1")])) == [(0, "member")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"awarded_on": date(2090, 5, 19)}, "awarded_on"),
        ({"decision_date": date(2023, 5, 20)}, "awarded_on"),
        ({"decision_date": date(2090, 5, 20)}, "decision_date"),
        ({"round": "0104"}, "round"),
        ({"mark": None}, "mark"),
        ({"mark": 40_000}, "mark"),
        ({"early": None}, "early"),
        ({"number": "1" * 21}, "number"),
    ],
)
def test_each_bad_field_is_named(veteran, changes, field):
    problems = check_badge_awards([_draft(veteran, "V2", mark=60), _draft(veteran, **changes)])
    assert (1, field) in _errors(problems)


def test_a_mark_is_given_once(veteran, clerk):
    add_badge_award(_draft(veteran), by=clerk)
    drafts = [_draft(veteran), _draft(veteran, "V2", mark=60), _draft(veteran, "V2", mark=60)]
    assert _errors(check_badge_awards(drafts)) == [(0, "mark"), (2, "mark")]


def _dies(veteran, clerk, on: date) -> None:
    record_event(EventDraft(veteran["V1"], "died", on=on), by=clerk)


def test_a_posthumous_badge_goes_to_the_last_cell_of_one_who_died(veteran, clerk):
    draft = _draft(veteran, posthumous=True)
    assert _errors(check_badge_awards([draft])) == [(0, "posthumous")]
    _dies(veteran, clerk, date(2023, 5, 12))
    assert check_badge_awards([draft]) == []
    assert _errors(check_badge_awards([_draft(veteran, cell="PA2", posthumous=True)])) == [
        (0, "organisation")
    ]
    assert _errors(check_badge_awards([_draft(veteran)])) == [(0, "member")]


def test_after_death_the_mark_may_be_missed_by_twelve_months_at_most(veteran, clerk):
    _dies(veteran, clerk, date(2022, 5, 10))
    draft = _draft(veteran, posthumous=True, awarded_on=date(2022, 5, 19), decision_date=None)
    assert check_badge_awards([draft]) == []
    _, other = BadgeAward, person(veteran, "V3", "Tạ Văn Sớm", birth_date=date(1950, 1, 1))
    register(
        other,
        into=veteran["PA1"],
        on=date(2015, 1, 1),
        by=None,
        admitted_on=date(1993, 5, 11),
        official_on=date(1994, 5, 11),
    )
    record_event(EventDraft(other, "died", on=date(2022, 5, 10)), by=clerk)
    late = _draft(veteran, "V3", posthumous=True, awarded_on=date(2022, 5, 19), decision_date=None)
    assert _errors(check_badge_awards([late])) == [(0, "mark")]


def test_a_ceremony_long_after_death_is_asked_about(veteran, clerk):
    _dies(veteran, clerk, date(2023, 5, 12))
    late = _draft(veteran, posthumous=True, awarded_on=date(2024, 5, 19))
    assert _warnings(check_badge_awards([late])) == ["awarded_on"]


def test_one_bad_row_refuses_the_whole_batch(veteran, clerk):
    with pytest.raises(Refused) as refused, act("import", by=clerk) as a:
        add_badge_awards([_draft(veteran), _draft(veteran, "M1", mark=30)], act=a)
    assert [(p.index, p.field) for p in refused.value.problems] == [(1, "mark")]
    assert not BadgeAward.objects.exists()


def test_void_and_correct_keep_the_old_rows(veteran, clerk):
    old = add_badge_award(_draft(veteran), by=clerk)
    new = correct_badge_award(old, _draft(veteran, number="A-102"), reason="Bổ sung số", by=clerk)
    with pytest.raises(Conflict):
        void_badge_award(old, reason="Nhầm", by=clerk)
    assert [b.number for b in visible_badge_awards(clerk)] == ["A-102"]
    void_badge_award(new, reason="Chưa trao", by=clerk)
    assert (BadgeAward.objects.count(), visible_badge_awards(clerk).count()) == (2, 0)


def test_badges_are_seen_within_the_subtree(veteran, clerk):
    add_badge_award(_draft(veteran), by=clerk)
    assert visible_badge_awards(add_user(veteran, "a", "PA", "office")).count() == 1
    assert not visible_badge_awards(add_user(veteran, "b", "PB", "organisation")).exists()
    assert not visible_badge_awards(add_user(veteran, "q", "QS", "administrator")).exists()


def test_a_badge_from_before_the_register_is_kept_in_the_first_cell(veteran):
    """The register took V2 up in 2015; the badge of 30 years was given in 1983, in the day's cell nobody knows."""
    before = {"mark": 30, "awarded_on": date(1983, 5, 19), "decision_date": None}
    assert _errors(check_badge_awards([_draft(veteran, "V2", **before)])) == []
    assert _errors(check_badge_awards([_draft(veteran, "V2", "PA2", **before)])) != []
    too_soon = before | {"awarded_on": date(1983, 5, 9)}
    assert _errors(check_badge_awards([_draft(veteran, "V2", **too_soon)])) == [(0, "mark")]


def test_a_badge_from_before_somebody_was_a_member_is_refused(veteran):
    never = {"mark": 30, "awarded_on": date(1950, 5, 19), "decision_date": None}
    assert "member" in [field for _, field in _errors(check_badge_awards([_draft(veteran, "V2", **never)]))]
