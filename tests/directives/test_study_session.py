"""Study sessions and their numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directives.test_directive import directive, errors
from tests.world import add_user
from tongket.core.problems import Conflict
from tongket.directives.acts import (
    add_directive,
    add_study_session,
    check_study_sessions,
    correct_study_session,
    void_study_session,
)
from tongket.directives.drafts import StudySessionDraft
from tongket.directives.models import StudySession
from tongket.directives.queries import visible_study_sessions
from tongket.directives.rules import _numbers


def _session(world, **changes) -> StudySessionDraft:
    values = {
        "organisation": world["PA"],
        "title": "Học tập Nghị quyết Đại hội",
        "held_on": date(2023, 4, 5),
        "members_total": 100,
        "members_exempt": 10,
        "members_excused": 5,
        "members_attended": 85,
    }
    return StudySessionDraft(**values | changes)


def test_numbers_are_kept_apart(world, clerk):
    made = add_study_session(_session(world), by=clerk)
    made.refresh_from_db()
    assert (made.members_total, made.members_exempt, made.members_excused, made.members_attended) == (
        100,
        10,
        5,
        85,
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"members_exempt": 101}, "members_exempt"),
        ({"members_attended": 91, "members_excused": 0}, "members_attended"),
        ({"members_excused": 6}, "members_excused"),
        ({"members_attended": -1}, "members_attended"),
        ({"members_total": None}, "members_total"),
        ({"members_total": 3_000_000_000}, "members_total"),
        ({"members_attended": 2.5}, "members_attended"),
        ({"sites": 0}, "sites"),
        ({"held_on": date(2090, 1, 1)}, "held_on"),
        ({"held_on": date(2009, 1, 1)}, "organisation"),
        ({"title": "\u200b "}, "title"),
        ({"form": "phone"}, "form"),
    ],
)
def test_each_bad_field_is_named(world, changes, field):
    assert errors(check_study_sessions([_session(world), _session(world, **changes)])) == [(1, field)]


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_numbers_are_refused_exactly_when_they_exceed_the_total(total, exempt, excused, attended):
    draft = StudySessionDraft(
        None, "x", date(2023, 1, 1), total, attended, members_exempt=exempt, members_excused=excused
    )
    assert bool(list(_numbers(draft, 0))) == (exempt + excused + attended > total)


def test_a_paper_is_not_studied_before_it_was_issued(world, clerk):
    paper = add_directive(directive(world), by=clerk)
    early = _session(world, directive=paper, held_on=date(2023, 2, 9))
    assert errors(check_study_sessions([early, _session(world, directive=paper)])) == [(0, "held_on")]


def test_void_and_correct_keep_the_old_rows(world, clerk):
    first = add_study_session(_session(world), by=clerk)
    second = correct_study_session(first, _session(world, members_attended=80), reason="Đếm lại", by=clerk)
    with pytest.raises(Conflict):
        void_study_session(first, reason="Nhầm", by=clerk)
    assert [s.members_attended for s in visible_study_sessions(clerk)] == [80]
    void_study_session(second, reason="Không tổ chức", by=clerk)
    assert (StudySession.objects.count(), visible_study_sessions(clerk).count()) == (2, 0)


def test_sessions_are_seen_within_the_subtree(world, clerk):
    add_study_session(_session(world), by=clerk)
    assert visible_study_sessions(add_user(world, "a", "PA", "propaganda")).count() == 1
    assert not visible_study_sessions(add_user(world, "b", "PB", "propaganda")).exists()
