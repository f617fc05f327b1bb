"""Tasks and conferences by example: first deadlines, reports that came late, what was known then, days at midnight."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.figures.builder import EPOCHS, World
from tongket.bulletins.models import Bulletin
from tongket.conferences.models import Attendance, Conclusion, Conference, Invitation, Moment
from tongket.directives.models import Directive, Plan, PlannedSession, StudySession
from tongket.events.models import Event, Twinning
from tongket.figures.engine import compute
from tongket.figures.records import records
from tongket.indicators.sources import SOURCES
from tongket.obligations.models import Demand, Obligation, Step

DUE = date(2023, 6, 30)


@pytest.fixture
def world(db: Any) -> World:
    """A district with two communes and a cell below one of them."""
    w = World()
    w.top = w.place("district_committee", None)
    w.a, w.b = w.place("grassroots_body", w.top), w.place("grassroots_body", w.top)
    w.cell = w.place("cell", w.a)
    return w


def asked(world: World, *receivers: Any, **more: Any) -> list[Obligation]:
    """A report asked of the receivers, due on 30/6/2023."""
    values = {"kind": "report", "asked_on": date(2023, 5, 1), "due_on": DUE, **more}
    demand = world.add(Demand, organisation=world.top, title="Báo cáo", **values)
    return [
        world.add(Obligation, demand=demand, organisation=one, due_on=DUE, deadline=values["due_on"])
        for one in receivers
    ]


def step(world: World, obligation: Obligation, kind: str, on: date, **more: Any) -> Step:
    return world.add(Step, obligation=obligation, kind=kind, on=on, **more)


def told(place: Any, *names: str, period: str = "2023", **more: Any) -> list[Any]:
    figures = compute(place, period, ids=names, **more)
    return [figures.own[name].value for name in names]


OUTCOMES = ("obligations.due", *(f"obligations.{o}" for o in ("on_time", "late", "overdue", "waiting")))


def test_a_report_counts_by_the_deadline_in_force_on_its_own_day(world: World) -> None:
    on_the_day, late, granted, too_late = asked(world, world.a, world.b, world.cell, world.top)
    step(world, on_the_day, "reported", DUE)
    step(world, late, "reported", date(2023, 7, 1))
    step(world, granted, "extended", date(2023, 6, 1), new_deadline=date(2023, 7, 31))
    step(world, granted, "reported", date(2023, 7, 31))
    step(world, too_late, "reported", date(2023, 7, 1))
    step(world, too_late, "extended", date(2023, 7, 2), new_deadline=date(2023, 7, 31))
    world.save()
    assert told(world.top, *OUTCOMES, "obligations.extended") == [4, 2, 2, 0, 0, 2]
    assert told(world.top, "obligations.on_time_pct", "obligations.done_pct") == [Decimal("50.00"), 100]


def test_what_was_returned_is_not_done_until_it_is_reported_again(world: World) -> None:
    (obligation,) = asked(world, world.a)
    step(world, obligation, "reported", date(2023, 6, 20))
    step(world, obligation, "returned", date(2023, 7, 5))
    step(world, obligation, "reported", date(2023, 7, 9))
    world.save()
    assert told(world.a, *OUTCOMES, as_at=date(2023, 7, 1)) == [1, 1, 0, 0, 0]
    assert told(world.a, *OUTCOMES, "obligations.returned", as_at=date(2023, 7, 6)) == [1, 0, 0, 1, 0, 1]
    assert told(world.a, *OUTCOMES, "obligations.returned") == [1, 0, 1, 0, 0, 0]


def test_an_extension_takes_nothing_out_of_the_period_of_the_first_deadline(world: World) -> None:
    (obligation,) = asked(world, world.a)
    step(world, obligation, "extended", date(2023, 6, 1), new_deadline=date(2024, 1, 31))
    world.save()
    assert told(world.a, *OUTCOMES, "obligations.on_time_pct") == [1, 0, 0, 0, 1, 0]
    assert told(world.a, "obligations.due", period="2024") == [0]
    assert told(world.a, *OUTCOMES, as_at=date(2024, 2, 1)) == [1, 0, 0, 1, 0]


def test_on_its_last_day_a_task_still_has_time(world: World) -> None:
    asked(world, world.a)
    world.save()
    assert told(world.a, *OUTCOMES, as_at=DUE) == [1, 0, 0, 0, 1]
    assert told(world.a, *OUTCOMES, as_at=date(2023, 7, 1)) == [1, 0, 0, 1, 0]


def test_a_report_that_was_voided_later_still_counts_as_it_was_known_then(world: World) -> None:
    (obligation,) = asked(world, world.a)
    step(world, obligation, "reported", date(2023, 6, 20), known=(0, 1))
    world.save()
    assert told(world.a, "obligations.on_time", as_known_at=EPOCHS[0]) == [1]
    assert told(world.a, "obligations.on_time", "obligations.overdue") == [0, 1]


def test_a_corrected_demand_keeps_what_was_handed_out_under_the_old_row(world: World) -> None:
    identity = uuid4()
    obligations = asked(world, world.a, world.b, identity=identity, known=(0, 1))
    world.add(
        Demand,
        organisation=world.top,
        title="Báo cáo sửa",
        identity=identity,
        kind="plan",
        asked_on=date(2023, 5, 2),
        due_on=DUE,
        known=(1, None),
    )
    step(world, obligations[0], "reminded", date(2023, 6, 25))
    world.save()
    names = ("obligations.handed.report", "obligations.handed.plan", "obligations.reminders")
    assert told(world.top, *names, as_known_at=EPOCHS[0]) == [2, 0, 1]
    assert told(world.top, *names) == [0, 2, 1]
    assert told(world.top, "obligations.demands", "obligations.demands.receivers") == [1, 2]


def test_a_task_stands_in_the_books_of_who_has_to_do_it(world: World) -> None:
    asked(world, world.b, world.cell)
    world.save()
    figures = compute(world.top, "2023", ids=("obligations.handed", "obligations.demands"))
    assert figures.own["obligations.demands"].value == 1
    assert {child: own["obligations.handed"].value for child, own in figures.by_child.items()} == {
        world.a.pk: 1,
        world.b.pk: 1,
    }
    listed = records("obligations.due", world.top, "2023", child=world.a.pk)
    (row,) = listed.rows
    assert (row.title, row.subtitle, row.on) == ("Báo cáo", "Quá hạn, chưa xong", DUE)
    assert row.organisation_id == world.cell.pk


def test_a_task_comes_from_the_paper_that_its_demand_names(world: World) -> None:
    paper = world.add(
        Directive,
        organisation=world.top,
        kind="NQ",
        symbol="33-NQ/TU",
        issuer="Tỉnh ủy",
        issuer_level="province",
        issued_on=date(2023, 4, 1),
        received_on=date(2023, 4, 5),
        subject="",
    )
    asked(world, world.a, world.b, about=paper.identity)
    asked(world, world.a)
    world.save()
    names = ("obligations.handed", "obligations.handed.from_directive", "directives.units_due")
    assert told(world.top, *names) == [3, 2, 2]


# --- conferences and sessions ------------------------------------------------------------------------------


def held(world: World, place: Any, starts_at: datetime, *states: str, **more: Any) -> Conference:
    row = world.add(
        Conference,
        organisation=place,
        kind="year_end",
        title="Hội nghị tổng kết",
        starts_at=starts_at,
        place="Hội trường",
        chairs="Bí thư",
        **more,
    )
    for state in states:
        world.add(Moment, conference=row, kind=state, at=starts_at)
    return row


@pytest.mark.parametrize(
    ("starts_at", "years"),
    [
        (datetime(2022, 12, 31, 16, 59, tzinfo=UTC), (1, 0)),  # 23:59 on 31/12/2022 in Việt Nam
        (datetime(2022, 12, 31, 17, 0, tzinfo=UTC), (0, 1)),  # midnight of the new year
        (datetime(2023, 12, 31, 16, 59, 59, 999_999, tzinfo=UTC), (0, 1)),
    ],
)
def test_a_conference_belongs_to_its_day_in_viet_nam(
    world: World, starts_at: datetime, years: tuple[int, int]
) -> None:
    held(world, world.top, starts_at, "called", "closed")
    world.save()
    assert (
        told(world.top, "conference.held", period="2022")[0],
        told(world.top, "conference.held")[0],
    ) == years


def test_only_who_was_called_to_a_conference_that_is_over_counts(world: World) -> None:
    over = held(world, world.top, datetime(2023, 12, 20, 1, tzinfo=UTC), "called", "running", "closed")
    coming = held(world, world.top, datetime(2023, 12, 28, 1, tzinfo=UTC), "called")
    for number, state in enumerate(("present", "present", "excused", "absent", "")):
        for conference in (over, coming):
            seat = world.add(
                Invitation,
                conference=conference,
                organisation=world.cell if number < 2 else world.b,
                name=f"Đại biểu {number}",
                post="Bí thư",
                number=number,
                code=f"{conference.pk}-{number}",
                voting=number < 3,
            )
            if state and conference is over:
                world.add(
                    Attendance,
                    invitation=seat,
                    conference=over,
                    state=state,
                    at=datetime(2023, 12, 20, 1, tzinfo=UTC),
                )
    world.save()
    parts = ("attended", "excused", "absent", "unmarked")
    assert told(world.top, "conference.invited", *(f"conference.{p}" for p in parts)) == [5, 2, 1, 1, 1]
    assert told(world.top, "conference.attended_pct", "conference.open") == [Decimal("40.00"), 1]
    assert told(world.top, "conference.voters", "conference.voters.attended") == [3, 2]
    of = compute(world.top, "2023", ids=("conference.invited", "conference.delegates")).by_child
    assert [of[c.pk]["conference.delegates"].value for c in (world.a, world.b)] == [2, 3]
    assert [of[c.pk]["conference.invited"].value for c in (world.a, world.b)] == [0, 0]
    listed = records("conference.attended", world.top, "2023")
    assert [(row.title, row.subtitle, row.on) for row in listed.rows] == [
        ("Đại biểu 0", "Bí thư; Hội nghị tổng kết", date(2023, 12, 20)),
        ("Đại biểu 1", "Bí thư; Hội nghị tổng kết", date(2023, 12, 20)),
    ]


def test_a_conclusion_is_handed_out_when_a_demand_names_it(world: World) -> None:
    over = held(world, world.top, datetime(2023, 12, 20, 1, tzinfo=UTC), "closed")
    first = world.add(Conclusion, conference=over, text="Giao xã A")
    world.add(Conclusion, conference=over, text="Ghi nhận")
    asked(world, world.a, about=first.identity, asked_on=date(2023, 12, 21), due_on=date(2024, 3, 1))
    world.save()
    names = ("conference.conclusions", "conference.conclusions.handed", "obligations.handed.from_conference")
    assert told(world.top, *names) == [2, 1, 1]
    assert told(world.top, *names, as_at=date(2023, 12, 20)) == [2, 0, 0]


def test_a_planned_session_is_held_when_a_session_names_it(world: World) -> None:
    plan = [
        world.add(PlannedSession, organisation=world.a, title="Lớp", planned_on=date(2023, 3, 1))
        for _ in "12"
    ]
    world.add(
        StudySession,
        organisation=world.a,
        title="Lớp",
        held_on=date(2023, 3, 2),
        planned=plan[0].identity,
        members_total=9,
        members_attended=9,
    )
    world.save()
    names = ("study.planned", "study.planned.held", "study.planned.missed", "study.planned.held_pct")
    assert told(world.a, *names) == [2, 1, 1, Decimal("50.00")]
    assert told(world.a, *names[:3], as_at=date(2023, 3, 1)) == [2, 0, 2]


def test_papers_issued_are_no_papers_received(world: World) -> None:
    values: dict[str, Any] = {
        "organisation": world.top,
        "issuer": "HU",
        "issuer_level": "district",
        "issued_on": date(2023, 5, 2),
        "received_on": date(2023, 5, 2),
        "subject": "",
    }
    world.add(Directive, book="issued", kind="KH", symbol="12-KH/HU", **values)
    world.add(Directive, book="received", kind="NQ", symbol="33-NQ/TU", **values)
    world.save()
    names = ("documents.issued", "documents.issued.kh", "documents.issued.nq", "directives.received")
    assert told(world.top, *names) == [1, 1, 0, 1]


def test_a_plan_of_those_below_is_not_the_receivers_own(world: World) -> None:
    answered, done = (
        world.add(
            Directive,
            organisation=world.top,
            kind="NQ",
            symbol=symbol,
            issuer="TU",
            issuer_level="province",
            issued_on=date(2023, 5, 2),
            received_on=date(2023, 5, 2),
            subject="",
            needs_plan=True,
            plan_due_on=DUE,
        )
        for symbol in ("33-NQ/TU", "34-NQ/TU")
    )
    values = {"kind": "KH", "subject": "", "issued_on": date(2023, 6, 1)}
    for directive in (answered, done):
        asked(world, world.a, about=directive.identity)
        world.add(Plan, organisation=world.a, symbol="05-KH/ĐU", directive=directive, **values)
    world.add(Plan, organisation=world.top, symbol="12-KH/HU", directive=done, **values)
    world.save()
    names = ("directives.plans_due", "directives.plans_on_time", "directives.plans_overdue")
    assert told(world.top, *names) == [2, 1, 1]


def test_an_activity_counts_on_its_first_day_and_marks_a_round_year_by_fives(world: World) -> None:
    values: dict[str, Any] = {"organisation": world.a, "title": "Lễ", "kind": "commemoration"}
    for marks, day in ((1968, date(2023, 12, 31)), (1975, date(2023, 4, 30)), (2023, date(2023, 5, 1))):
        world.add(Event, starts_on=day, ends_on=date(2024, 1, 2), marks_year=marks, **values)
    world.add(Twinning, organisation=world.a, name="Kết nghĩa", partner="Thọ Xuân", since_year=2023)
    world.save()
    assert told(world.top, "activities.held", "activities.round", "activities.twinnings") == [3, 1, 1]
    assert told(world.top, "activities.held", "activities.twinnings", period="2022") == [0, 0]


def test_a_note_of_a_bulletin_is_listed_by_topic_and_month_alone(world: World) -> None:
    values: dict[str, Any] = {"organisation": world.a, "month": date(2023, 3, 1), "text": "Một nội dung kín"}
    world.add(Bulletin, topic="land", answered_on=date(2023, 5, 1), answer="Đã xong", **values)
    world.add(Bulletin, topic="health", **values)
    world.save()
    names = ("mood.noted", "mood.answered", "mood.open", "mood.answered_pct", "mood.noted.land")
    assert told(world.top, *names) == [2, 1, 1, Decimal("50.00"), 1]
    assert told(world.top, *names, as_at=date(2023, 4, 30)) == [2, 0, 2, 0, 1]
    listed = records("mood.answered", world.top, "2023").rows
    assert [(row.title, row.subtitle, row.member_id) for row in listed] == [
        ("Tháng 03/2023", "Đất đai, giải phóng mặt bằng", None)
    ]
    assert "kín" not in repr(listed) and SOURCES["bulletins"].read == "bulletin.read"
    assert set(SOURCES["bulletins"].fields) == {"topic", "answered"}
