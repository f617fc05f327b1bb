"""The study of a paper at each level: who held, who has not, the sums of each level."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.directives.test_directive import directive
from tests.directives.test_planned_sessions import plan, session
from tests.page_world import logged_in, make_page_world
from tests.world import START
from tongket.audit.acts import act
from tongket.directives.acts import add_directive, add_study_session
from tongket.directives.study.acts import add_planned_session
from tongket.directives.study.levels import levels_of, study_rows
from tongket.obligations.acts import hand_out, take_step
from tongket.obligations.drafts import DemandDraft, StepDraft
from tongket.obligations.models import Obligation
from tongket.organisations.acts import add_organisations
from tongket.organisations.drafts import FoundingDraft

END = date(2023, 12, 31)


@pytest.fixture
def world(db):
    return make_page_world()


@pytest.fixture
def paper(world):
    return add_directive(directive(world), by=None)


def _held(world, paper, code, **changes):
    numbers = {"members_total": 10, "members_exempt": 2, "members_excused": 1, "members_attended": 6}
    draft = session(world, **numbers | {"organisation": world[code], "directive": paper} | changes)
    return add_study_session(draft, by=None)


def _states(world, paper, on=END) -> dict[str, str]:
    return {row.place.code: row.state for row in study_rows(world.users["leader"], paper, on)}


def test_every_organisation_below_has_a_row_in_the_order_of_the_tree(world, paper):
    rows = study_rows(world.users["leader"], paper, END)
    assert [row.place.code for row in rows] == ["QS", "PA", "PA1", "PA2", "PB", "PB1", "PB2", "VP"]
    assert {row.state for row in rows} == {"none"}
    assert all(row.share is None for row in rows)


def test_held_late_planned_overdue_and_reported_are_told_apart(world, paper):
    demand = DemandDraft(
        world["QS"], "study", "Học tập", date(2023, 2, 20), date(2023, 5, 1), about=paper.identity
    )
    hand_out(demand, [world[code] for code in ("PA", "PB", "VP", "PA1")], by=None)
    other = DemandDraft(
        world["QS"], "plan", "Kế hoạch", date(2023, 2, 20), date(2023, 3, 1), about=paper.identity
    )
    hand_out(other, [world["PB2"]], by=None)
    _held(world, paper, "PA")
    _held(world, paper, "PB", held_on=date(2023, 5, 2))
    add_planned_session(plan(world, organisation=world["PA2"], directive=paper.identity), by=None)
    reported = Obligation.objects.get(organisation=world["PA1"])
    take_step(reported, StepDraft("reported", date(2023, 4, 1), "Đã học"), by=None)
    assert _states(world, paper) == {
        "QS": "none",
        "PA": "held",
        "PB": "late",
        "VP": "overdue",
        "PA1": "reported",
        "PA2": "planned",
        "PB1": "none",
        "PB2": "none",
    }
    assert _states(world, paper, date(2023, 4, 30)) | {"x": ""} == _states(world, paper) | {
        "x": "",
        "PB": "none",
        "VP": "none",
    }


def test_two_sessions_of_one_organisation_add_up_and_levels_do_not(world, paper):
    _held(world, paper, "PA", sites=3)
    _held(world, paper, "PA", held_on=date(2023, 4, 8), members_attended=5)
    _held(world, paper, "PA1")
    rows = {row.place.code: row for row in study_rows(world.users["leader"], paper, END)}
    assert (rows["PA"].held_on, rows["PA"].sites, rows["PA"].entitled, rows["PA"].attended) == (
        date(2023, 4, 6),
        4,
        16,
        11,
    )
    assert str(rows["PA"].share) == "68.75"
    found = levels_of(list(rows.values()))
    assert [(one.depth, one.organisations, one.held, one.open, one.attended) for one in found] == [
        (0, 1, 0, 1, 0),
        (1, 3, 1, 2, 11),
        (2, 4, 1, 3, 6),
    ]
    assert sum(one.attended for one in found) == sum(row.attended for row in rows.values())


def test_the_study_of_another_paper_does_not_count(world, paper):
    other = add_directive(directive(world, symbol="9-CT/TU"), by=None)
    _held(world, other, "PA")
    assert set(_states(world, paper).values()) == {"none"}


def test_only_what_was_held_by_the_day_counts(world, paper):
    _held(world, paper, "PA")
    assert _states(world, paper, date(2023, 4, 5))["PA"] == "none"
    assert _states(world, paper, date(2023, 4, 6))["PA"] == "held"


def _questions(client, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address, {"ky": "2023"}).status_code == 200
    return len(seen)


def test_the_page_asks_at_most_15_questions_whatever_the_number_of_organisations(world, paper):
    _held(world, paper, "PA")
    client = logged_in(world.users["leader"])
    address = reverse("directives:study_levels", args=[paper.pk])
    client.get(address)
    before = _questions(client, address)
    with act("test.tree", by=None, origin="test") as current:
        add_organisations(
            [
                FoundingDraft(
                    code=f"X{n}",
                    name=f"Chi bộ {n}",
                    kind="cell",
                    on=START,
                    parent_code="PA",
                    sector="village",
                )
                for n in range(40)
            ],
            act=current,
        )
    for number in range(10):
        _held(world, paper, "PB1", held_on=date(2023, 4, 6 + number))
    assert _questions(client, address) == before <= 15


def test_the_page_shows_who_has_not_and_leaves_as_excel(world, paper):
    _held(world, paper, "PA")
    client = logged_in(world.users["leader"])
    address = reverse("directives:study_levels", args=[paper.pk])
    page = client.get(address, {"ky": "2023"})
    assert (page.context["held"], page.context["all"]) == (1, 8)
    assert "chưa tổ chức" in page.content.decode()
    rest = client.get(address, {"ky": "2023", "chi": "chua"})
    assert len(rest.context["rows"]) == 7
    sheet = load_workbook(io.BytesIO(client.get(address, {"ky": "2023", "xuat": "xlsx"}).content)).active
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert len(rows) == 8
    assert rows[1][0] == "Đảng bộ xã A"
    assert rows[1][8:11] == (8, 6, 75)
    assert rows[2][8:11] == (None, None, None)


def test_a_paper_of_the_district_is_not_a_communes_to_look_at(world, paper):
    address = reverse("directives:study_levels", args=[paper.pk])
    assert logged_in(world.users["clerk_a"]).get(address).status_code == 404
    assert logged_in(world.users["admin"]).get(address).status_code == 403
