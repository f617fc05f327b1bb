"""Deadlines against brute force, day by day; on whose desk; a whole district in a fixed number of queries."""

from datetime import date, timedelta

import holidays
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.admissions.world import CEREMONY, FORWARDED, RECEIVED, VOTED, candidate, decide, step, vote
from tongket.admissions.deadlines.desks import desk_body
from tongket.admissions.deadlines.limits import (
    Deadline,
    alert_days,
    ceremony_by,
    class_valid_until,
    decide_by,
    papers_on,
    probation_end,
    review_by,
)
from tongket.admissions.deadlines.queries import alerted, deadlines_of, late_ones
from tongket.admissions.due import due_items

OFF = holidays.country_holidays("VN", years=range(2020, 2032))
known = st.dates(date(2021, 10, 1), date(2029, 12, 31))


def counted_by_hand(start: date, days: int) -> date:
    """Walk on day by day until so many days on which offices work have gone by."""
    day, left = start, days
    while left:
        day += timedelta(days=1)
        if (day.weekday() not in (5, 6) or day in OFF.weekend_workdays) and day not in OFF:
            left -= 1
    return day


@given(known, st.integers(0, 30))
def test_the_time_for_a_decision_is_sixty_working_days_and_thirty_for_official(day, extension) -> None:
    assert decide_by(day, "admission", extension) == counted_by_hand(day, 60 + extension)
    assert decide_by(day, "official", extension) == counted_by_hand(day, 30 + extension)


@given(known, st.integers(0, 60))
def test_the_time_for_the_ceremony_runs_from_receipt_and_by_208_from_issue(decided, later) -> None:
    received = decided + timedelta(days=later)
    start = received if decided < date(2026, 7, 26) else decided
    assert ceremony_by(decided, received) == counted_by_hand(start, 30)
    assert (ceremony_by(decided, None) is None) == (decided < date(2026, 7, 26))


@given(known)
def test_probation_is_twelve_months_from_the_ceremony_and_the_review_thirty_working_days_more(
    ceremony,
) -> None:
    end = probation_end(ceremony)
    assert (end.year, end.month) == (ceremony.year + 1, ceremony.month)
    assert end.day == ceremony.day or (ceremony.month, ceremony.day, end.day) == (2, 29, 28)
    assert review_by(ceremony) == counted_by_hand(end, 30)


@given(known)
def test_the_certificate_is_good_for_sixty_months(finished) -> None:
    last = class_valid_until(finished)
    assert (last.year, last.month) == (finished.year + 5, finished.month)


@given(known, st.integers(-40, 120), st.booleans())
def test_left_and_alert_agree_with_a_calendar(day, away, working) -> None:
    one = Deadline("admit", "adm.decide-by", day, day + timedelta(days=away), working=working)
    assert one.days_left(day) == away and one.late(day) == (away < 0)
    between = [day + timedelta(days=n) for n in range(1, abs(away) + 1)]
    if away < 0:
        between = [one.last + timedelta(days=n) for n in range(1, -away + 1)]
    worked = sum((d.weekday() < 5 or d in OFF.weekend_workdays) and d not in OFF for d in between)
    assert one.working_left(day) == (worked if away >= 0 else -worked)
    reached = [mark for mark in (90, 60, 30, 15, 7) if 0 <= away <= mark]
    assert one.alert(day) == (min(reached) if reached else None)


def test_the_marks_of_reminding_are_data() -> None:
    assert alert_days(date(2023, 1, 1)) == (90, 60, 30, 15, 7)


def test_the_papers_of_a_file_follow_the_day() -> None:
    assert "class" in papers_on(date(2023, 1, 1)) and not papers_on(date(2010, 1, 1))
    assert papers_on(date(2025, 9, 28))["schooling"] != papers_on(date(2025, 9, 29))["schooling"]


def test_before_the_oldest_version_known_there_is_no_deadline() -> None:
    assert review_by(date(2019, 1, 1)) is None
    # A certificate of before is judged by the oldest version, which the page then cites.
    assert class_valid_until(date(2020, 1, 1)) == date(2025, 1, 1)
    assert Deadline("class", "adm.class", date(2020, 1, 1), date(2025, 1, 1)).rule_day == date(2021, 9, 28)


def found(world, day, kind="admit"):
    return [one for one in deadlines_of(world["QS"], day) if one.deadline.kind == kind]


def test_a_late_decision_lies_where_the_papers_are(world) -> None:
    row = candidate(world)
    vote(row)  # 6/2/2023: sixty working days end on 5/5/2023
    last = counted_by_hand(VOTED, 60)
    late = last + timedelta(days=1)
    [one] = found(world, late)
    assert (one.deadline.last, one.deadline.late(last), one.deadline.late(late)) == (last, False, True)
    assert (one.deadline.desk, one.desk_body, one.deadline.desk_since) == ("committee", "Đảng ủy xã A", VOTED)
    step(row, "committee", FORWARDED)
    step(row, "forwarded", FORWARDED)
    [one] = found(world, late)
    assert (one.deadline.desk, one.desk_body) == ("board", "Ban Tổ chức Huyện ủy Thử")
    assert one.deadline.desk_since == FORWARDED
    step(row, "appraised", date(2023, 3, 1))
    assert found(world, late)[0].desk_body == "Ban Thường vụ Huyện ủy Thử"
    step(row, "decision", date(2023, 6, 1), decision_number="1", decision_body="BTV")
    assert not found(world, date(2023, 6, 2)) and not late_ones(
        deadlines_of(world["QS"], date(2023, 6, 2)), late
    )


def test_a_desk_is_named_as_an_office_says(world) -> None:
    before, since = date(2023, 6, 1), date(2026, 8, 1)  # the rule adm.who changed on 26/7/2026
    named = {
        (code, desk, day): desk_body(world[code], desk, day)
        for code in ("PA1", "VP")
        for desk in ("committee", "board", "standing")
        for day in (before, since)
    }
    assert named["PA1", "board", since] == named["PA1", "committee", since] == "Đảng ủy xã A"
    assert named["PA1", "standing", since] == "Ban Thường vụ Đảng ủy xã A"
    assert named["VP", "committee", before] == "Bí thư chi bộ Văn phòng"
    for day in (before, since):  # a grassroots cell has neither board nor standing committee: the level above
        assert named["VP", "board", day] == "Ban Tổ chức Huyện ủy Thử"
        assert named["VP", "standing", day] == "Ban Thường vụ Huyện ủy Thử"


def test_an_extension_moves_the_day(world) -> None:
    row = candidate(world)
    vote(row)
    step(row, "extended", date(2023, 4, 20), days=20)
    assert found(world, date(2023, 5, 1))[0].deadline.last == counted_by_hand(VOTED, 80)


def test_the_ceremony_is_on_the_cells_desk(world) -> None:
    row = candidate(world)
    decide(row)
    step(row, "received", RECEIVED)
    [one] = found(world, date(2023, 5, 2), "ceremony")
    assert (one.deadline.start, one.deadline.last) == (RECEIVED, counted_by_hand(RECEIVED, 30))
    assert one.desk_body == "Chi bộ thôn A1"


def test_everybody_on_probation_in_the_register_has_deadlines_also_without_a_candidate(world) -> None:
    day = date(2024, 4, 1)  # M6: ceremony 19/5/2023
    kinds = {one.deadline.kind: one for one in deadlines_of(world["QS"], day) if one.member == world["M6"]}
    assert kinds["probation"].deadline.last == date(2024, 5, 19)
    assert kinds["review"].deadline.last == counted_by_hand(date(2024, 5, 19), 30)
    assert kinds["probation"] in alerted(kinds.values(), day)
    late = late_ones(deadlines_of(world["QS"], date(2024, 9, 1)), date(2024, 9, 1))
    assert [(one.deadline.kind, one.desk_body) for one in late] == [("review", "Chi bộ thôn B2")]


def test_only_what_lies_below_and_what_the_user_may_see(world) -> None:
    vote(candidate(world))
    day = date(2023, 3, 1)
    assert found(world, day) and not [o for o in deadlines_of(world["PB"], day) if o.candidate]
    assert not [o for o in deadlines_of(world["QS"], day, user=world.users["clerk_b"]) if o.candidate]
    assert [o for o in deadlines_of(world["QS"], day, user=world.users["clerk_a"]) if o.candidate]
    assert not deadlines_of(world["QS"], day, user=world.users["inspector"])


def test_a_districts_deadlines_take_the_same_few_queries_however_many_people(world) -> None:
    day = date(2023, 6, 1)
    vote(candidate(world))

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            deadlines_of(world["QS"], day)
        return len(queries)

    first = asked()
    for number in range(5):
        vote(candidate(world, full_name=f"Lê Thị {number}", birth_date=date(1995, 1, 1 + number)))
    assert asked() == first <= 4


def test_the_overview_says_what_is_late_and_near_in_three_queries(world) -> None:
    vote(candidate(world))
    day = date(2023, 9, 1)
    user = world.users["clerk"]
    with CaptureQueriesContext(connection) as queries:
        items = due_items(user, day)
    assert len(queries) <= 3
    assert [(item.text, item.late) for item in items] == [("1 hạn kết nạp đã quá", True)]
    near = due_items(user, date(2024, 5, 1))
    assert any("2 hạn" in item.text or "1 hạn" in item.text for item in near if not item.late)
    assert due_items(world.users["inspector"], day) == [] and due_items(world.users["clerk_b"], day) == []


@pytest.mark.parametrize("kind", ["received", "ceremony"])
def test_a_deadline_met_is_no_longer_open(world, kind) -> None:
    row = candidate(world)
    decide(row)
    step(row, "received", RECEIVED)
    if kind == "ceremony":
        step(row, "ceremony", CEREMONY)
    open_kinds = {one.deadline.kind for one in deadlines_of(world["QS"], CEREMONY) if one.candidate}
    assert ("ceremony" in open_kinds) == (kind == "received")


def test_a_past_day_is_asked_as_it_stood_then(world) -> None:
    row = candidate(world)
    decide(row)  # decided on 10/4/2023, forwarded on 20/2/2023
    [one] = found(world, date(2023, 2, 10))
    assert (one.deadline.desk, one.deadline.is_open(date(2023, 2, 10))) == ("committee", True)
    assert found(world, date(2023, 3, 10))[0].deadline.desk == "board"
    assert not found(world, date(2023, 1, 10))
