"""Events, twinnings, programmes and what follows."""

from datetime import date
from uuid import uuid4

import pytest

from tests.world import World
from tongket.core.problems import Conflict, Refused
from tongket.events.acts import (
    add_event,
    add_follow_up,
    add_twinning,
    ask_after,
    check_events,
    check_twinnings,
    correct_event,
    correct_twinning,
    finish_follow_up,
    void_event,
    void_follow_up,
    void_twinning,
    write_programme,
)
from tongket.events.drafts import EventDraft, FollowUpDraft, Line, TwinningDraft
from tongket.events.models import Event, ProgrammeItem
from tongket.events.queries import (
    coming,
    demands_after,
    follow_ups_of,
    in_months,
    marked_events,
    programme_of,
    visible_events,
    visible_twinnings,
)
from tongket.obligations.acts import hand_out
from tongket.obligations.drafts import DemandDraft


def event(world: World, **changes) -> EventDraft:
    values = {
        "organisation": world["QS"],
        "kind": "commemoration",
        "title": "Lễ kỷ niệm 55 năm kết nghĩa Quế Sơn – Thọ Xuân",
        "starts_on": date(2023, 8, 15),
        "ends_on": date(2023, 8, 16),
    }
    return EventDraft(**values | changes)


def twinning(world: World, **changes) -> TwinningDraft:
    values = {
        "organisation": world["QS"],
        "name": "Kết nghĩa Quế Sơn – Thọ Xuân",
        "partner": "Huyện Thọ Xuân",
        "since_year": 1968,
    }
    return TwinningDraft(**values | changes)


def errors(problems) -> list[tuple[str, str]]:
    return [(p.field, p.severity) for p in problems]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"title": " "}, "title"),
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": date(2023, 8, 14)}, "ends_on"),
        ({"ends_on": date(2025, 8, 14)}, "ends_on"),
        ({"starts_on": date(2090, 1, 1), "ends_on": date(2090, 1, 1)}, "starts_on"),
        ({"starts_on": date(2009, 1, 1)}, "organisation"),
        ({"marks_year": 2024}, "marks"),
        ({"marks_year": 1968, "marks_on": date(1967, 1, 1)}, "marks"),
        ({"twinning": uuid4()}, "twinning"),
    ],
)
def test_each_bad_field_of_an_event_is_named(world, changes, field):
    assert (field, "error") in errors(check_events([event(world, **changes)]))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"since_year": 2090}, "since"),
        ({"since_year": 999}, "since"),
        ({"since_on": date(1969, 1, 1)}, "since"),
        ({"partner": ""}, "partner"),
        ({"agreement_date": date(2090, 1, 1)}, "agreement_date"),
    ],
)
def test_each_bad_field_of_a_twinning_is_named(world, changes, field):
    assert (field, "error") in errors(check_twinnings([twinning(world, **changes)]))


def test_a_partner_is_recorded_once_whatever_the_capitals(world):
    add_twinning(twinning(world), by=None)
    assert errors(check_twinnings([twinning(world, partner="huyện thọ xuân")])) == [("partner", "error")]
    assert check_twinnings([twinning(world, organisation=world["PA"])]) == []
    assert errors(check_twinnings([twinning(world, partner="X"), twinning(world, partner="x")]))


def test_a_number_of_years_that_is_not_the_one_computed_is_doubted(world):
    kept = add_twinning(twinning(world), by=None)
    assert check_events([event(world, twinning=kept.identity)]) == []
    assert errors(check_events([event(world, twinning=kept.identity, title="Kỷ niệm 50 năm kết nghĩa")])) == [
        ("title", "warning")
    ]
    assert errors(check_events([event(world, marks_year=1970)])) == [("title", "warning")]
    assert check_events([event(world, marks_year=1970, title="Gặp mặt năm 2023")]) == []


def test_programme_files_and_follow_ups_stand_when_an_event_is_corrected(world):
    made = add_event(event(world), by=None)
    write_programme(
        made, [Line("07 giờ 30", "Đón đại biểu", "Văn phòng"), Line("08 giờ", "Khai mạc")], by=None
    )
    ask_after(
        made, [world["PA"]], title="Thăm hỏi", asked_on=date(2023, 8, 20), due_on=date(2023, 9, 1), by=None
    )
    new = correct_event(made, event(world, place="Nhà văn hóa"), reason="Thiếu địa điểm", by=None)
    assert new.identity == made.identity
    assert [line.content for line in programme_of(new.identity)] == ["Đón đại biểu", "Khai mạc"]
    assert [d.title for d in demands_after(world.users["clerk"], new)] == ["Thăm hỏi"]


def test_a_programme_is_written_anew_and_the_old_lines_stay_voided(world):
    made = add_event(event(world), by=None)
    write_programme(made, [Line("7h", "A"), Line("", "", ""), Line("8h", "B")], by=None)
    lines = write_programme(made, [Line("8h", "B", "Ban tổ chức")], by=None)
    assert [(line.position, line.content, line.who) for line in lines] == [(1, "B", "Ban tổ chức")]
    assert ProgrammeItem.objects.filter(voided_at__isnull=False).count() == 2
    with pytest.raises(Refused) as refused:
        write_programme(made, [Line("7h", "A"), Line("8h", "")], by=None)
    assert [(p.field, p.index) for p in refused.value.problems] == [("content", 1)]
    void_event(made, reason="Không tổ chức", by=None)
    with pytest.raises(Conflict):
        write_programme(made, [Line("7h", "A")], by=None)


def test_an_event_from_which_something_is_asked_is_not_voided(world):
    made = add_event(event(world), by=None)
    ask_after(
        made, [world["PA"]], title="Thăm hỏi", asked_on=date(2023, 8, 20), due_on=date(2023, 9, 1), by=None
    )
    with pytest.raises(Refused, match="Còn 1 việc"):
        void_event(made, reason="Nhầm", by=None)
    assert Event.objects.get(pk=made.pk).voided_at is None


def test_a_twinning_with_events_is_not_voided_and_they_follow_its_correction(world):
    kept = add_twinning(twinning(world), by=None)
    add_event(event(world, twinning=kept.identity), by=None)
    with pytest.raises(Refused, match="Còn 1 hoạt động"):
        void_twinning(kept, reason="Nhầm", by=None)
    new = correct_twinning(kept, twinning(world, since_on=date(1968, 5, 12)), reason="Rõ ngày", by=None)
    assert visible_events(world.users["leader"]).filter(twinning=new.identity).count() == 1


def test_a_follow_up_is_noted_finished_and_linked(world):
    made = add_event(event(world), by=None)
    note = add_follow_up(FollowUpDraft(world["QS"], made.identity, "Gửi thư cảm ơn"), by=None)
    with pytest.raises(Refused):
        finish_follow_up(note, done_on=date(2090, 1, 1), by=None)
    done = finish_follow_up(note, done_on=date(2023, 9, 1), by=None)
    assert [row.done_on for row in follow_ups_of(made.identity)] == [date(2023, 9, 1)]
    with pytest.raises(Conflict):
        finish_follow_up(note, done_on=date(2023, 9, 2), by=None)
    draft = DemandDraft(world["QS"], "task", "Trao học bổng", date(2023, 8, 1), date(2023, 12, 1))
    demand = hand_out(draft, [world["PA"], world["PB"]], by=None)
    add_follow_up(FollowUpDraft(world["QS"], made.identity, demand.title, demand.identity), by=None)
    [linked] = demands_after(world.users["clerk"], made)
    assert (linked.title, linked.parts, linked.reported) == ("Trao học bổng", 2, 0)
    void_follow_up(done, reason="Ghi nhầm", by=None)
    assert follow_ups_of(made.identity).count() == 1
    with pytest.raises(Refused, match="đã bị rút"):
        add_follow_up(FollowUpDraft(world["QS"], made.identity, "x", uuid4()), by=None)


def test_round_years_come_once_for_what_several_events_commemorate(world):
    kept = add_twinning(twinning(world), by=None)
    add_event(event(world, twinning=kept.identity, marks_year=1968), by=None)
    for title, day in (
        ("50 năm ngày giải phóng", date(2025, 3, 24)),
        ("48 năm ngày giải phóng", date(2023, 3, 24)),
    ):
        add_event(
            event(
                world, title=title, starts_on=day, ends_on=day, marks_year=1975, marks_on=date(1975, 3, 24)
            ),
            by=None,
        )
    user = world.users["leader"]
    found = coming(visible_twinnings(user), marked_events(user), range(2023, 2029))
    assert [(one.anniversary.year, one.anniversary.years, one.is_twinning) for one in found] == [
        (2023, 55, True),
        (2025, 50, False),
        (2028, 60, True),
    ]
    assert found[1].anniversary.on == date(2025, 3, 24)
    assert found[1].title == "Ngày giải phóng"


def test_the_year_holds_every_event_once_in_its_month(world):
    rows = [
        add_event(event(world, title=f"Gặp mặt {n}", starts_on=day, ends_on=date(2023, 12, 31)), by=None)
        for n, day in enumerate((date(2022, 12, 31), date(2023, 1, 5), date(2023, 12, 31)))
    ]
    months = dict(in_months(rows, 2023))
    assert [len(months[n]) for n in (1, 2, 12)] == [2, 0, 1]


def test_events_are_seen_within_the_subtree(world):
    add_event(event(world), by=None)
    add_event(event(world, organisation=world["PA"]), by=None)
    assert [e.organisation.code for e in visible_events(world.users["clerk_a"])] == ["PA"]
    assert not visible_events(world.users["clerk_b"]).exists()
    assert not visible_events(world.users["admin"]).exists()
    assert visible_events(world.users["leader"]).count() == 2
