"""Planned study sessions: planned, carried out once, kept apart from what was held."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.directives.test_directive import directive
from tests.page_world import logged_in, make_page_world
from tongket.core.problems import Conflict, Refused
from tongket.directives.acts import (
    add_directive,
    add_study_session,
    check_study_sessions,
    correct_directive,
    correct_study_session,
    void_study_session,
)
from tongket.directives.drafts import StudySessionDraft
from tongket.directives.models import PlannedSession, StudySession
from tongket.directives.study.acts import (
    add_planned_session,
    check_planned_sessions,
    correct_planned_session,
    void_planned_session,
)
from tongket.directives.study.drafts import PlannedSessionDraft
from tongket.directives.study.queries import attendance_of, members_on, visible_planned_sessions
from tongket.members.acts import record_event
from tongket.members.drafts import EventDraft


@pytest.fixture
def world(db):
    return make_page_world()


def plan(world, **changes) -> PlannedSessionDraft:
    values = {"organisation": world["PA"], "title": "Quán triệt 26-CT/TU", "planned_on": date(2023, 4, 5)}
    return PlannedSessionDraft(**values | changes)


def session(world, **changes) -> StudySessionDraft:
    values = {
        "organisation": world["PA"],
        "title": "Quán triệt 26-CT/TU",
        "held_on": date(2023, 4, 6),
        "members_total": 100,
        "members_exempt": 10,
        "members_excused": 5,
        "members_attended": 83,
    }
    return StudySessionDraft(**values | changes)


def errors(problems) -> list[str]:
    return [p.field for p in problems if p.severity == "error"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"planned_on": None}, "planned_on"),
        ({"planned_on": date(2090, 1, 1)}, "planned_on"),
        ({"planned_on": date(2009, 1, 1)}, "organisation"),
        ({"kind": "party"}, "kind"),
        ({"form": "letter"}, "form"),
        ({"sites": 0}, "sites"),
        ({"directive": uuid4()}, "paper"),
    ],
)
def test_each_bad_field_is_named(world, changes, field):
    assert field in errors(check_planned_sessions([plan(world, **changes)]))


def test_a_session_is_not_planned_before_the_paper_was_issued_and_follows_its_correction(world):
    paper = add_directive(directive(world), by=None)
    early = plan(world, directive=paper.identity, planned_on=date(2023, 2, 9))
    assert errors(check_planned_sessions([early])) == ["planned_on"]
    kept = add_planned_session(plan(world, directive=paper.identity), by=None)
    new = correct_directive(paper, directive(world, symbol="27-CT/TU"), reason="Nhầm số", by=None)
    assert kept.directive == new.identity


def test_a_plan_is_carried_out_once_by_its_own_organisation(world):
    kept = add_planned_session(plan(world), by=None)
    assert errors(check_study_sessions([session(world, planned=uuid4())])) == [""]
    assert errors(
        check_study_sessions([session(world, organisation=world["PB"], planned=kept.identity)])
    ) == ["organisation"]
    assert errors(check_study_sessions([session(world, planned=kept.identity)] * 2)) == [""]
    held = add_study_session(session(world, planned=kept.identity), by=None)
    assert errors(check_study_sessions([session(world, planned=kept.identity)])) == [""]
    new = correct_study_session(
        held, session(world, planned=kept.identity, members_attended=80), reason="Đếm lại", by=None
    )
    assert (new.planned, new.identity) == (kept.identity, held.identity)


def test_a_plan_that_was_carried_out_is_corrected_but_not_voided(world):
    kept = add_planned_session(plan(world), by=None)
    held = add_study_session(session(world, planned=kept.identity), by=None)
    with pytest.raises(Refused, match="đã ghi kết quả"):
        void_planned_session(kept, reason="Nhầm", by=None)
    new = correct_planned_session(kept, plan(world, place="Hội trường xã"), reason="Thiếu nơi", by=None)
    assert new.identity == held.planned
    with pytest.raises(Conflict):
        correct_planned_session(kept, plan(world), reason="Lần hai", by=None)
    void_study_session(held, reason="Chưa tổ chức", by=None)
    void_planned_session(new, reason="Không tổ chức", by=None)
    assert PlannedSession.objects.filter(voided_at__isnull=True).count() == 0


def test_plans_are_seen_within_the_subtree(world):
    add_planned_session(plan(world), by=None)
    assert visible_planned_sessions(world.users["clerk_a"]).count() == 1
    assert not visible_planned_sessions(world.users["clerk_b"]).exists()
    assert not visible_planned_sessions(world.users["admin"]).exists()


def test_the_numbers_of_a_session_are_kept_apart(world):
    numbers = attendance_of(add_study_session(session(world), by=None))
    assert (numbers.entitled, numbers.attended, numbers.excused, numbers.unexcused) == (90, 83, 5, 2)
    assert str(numbers.share) == "92.22"
    nobody = attendance_of(
        add_study_session(
            session(world, members_total=3, members_exempt=3, members_excused=0, members_attended=0), by=None
        )
    )
    assert nobody.share is None


def test_the_register_says_how_many_there_were_on_a_day(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = members_on(world["QS"], date(2023, 12, 31))
    assert (found.total, found.exempt) == (6, 0)
    assert members_on(world["QS"], date(2023, 1, 1)).total == 5
    assert members_on(world["PA"], date(2023, 12, 31)).total == 3
    record_event(EventDraft(world["M1"], "exempted", on=date(2023, 6, 1)), by=None)
    assert members_on(world["PA"], date(2023, 5, 31)).exempt == 0
    assert members_on(world["PA"], date(2023, 6, 1)).exempt == 1


ENTRY = {
    "organisation": "PA",
    "title": "Quán triệt 26-CT/TU",
    "kind": "study",
    "form": "mixed",
    "planned_on": "05/04/2023",
    "place": "Hội trường xã",
    "sites": "3",
    "audience": "cán bộ chủ chốt",
}
NUMBERS = {
    "members_total": "100",
    "members_exempt": "10",
    "members_excused": "5",
    "members_attended": "83",
    "others_attended": "0",
}


def test_the_result_of_a_plan_is_entered_on_a_form_that_knows_the_plan(world):
    paper = add_directive(directive(world, organisation=world["QS"]), by=None)
    client = logged_in(world.users["propaganda"])
    assert client.post(reverse("directives:study_plan_new"), {**ENTRY, "paper": paper.pk}).status_code == 302
    kept = PlannedSession.objects.get()
    assert kept.directive == paper.identity
    page = client.get(reverse("directives:study_plan_detail", args=[kept.pk])).content.decode()
    address = reverse("directives:study_new") + f"?ke_hoach={kept.pk}"
    assert address in page
    assert paper.symbol in page
    form = client.get(address).context["form"]
    assert (
        form["title"].value(),
        form["sites"].value(),
        form["audience"].value(),
        form["directive"].value(),
    ) == (
        kept.title,
        "3",
        "cán bộ chủ chốt",
        paper.pk,
    )
    assert form["members_total"].value() in (None, "")
    sent = {**ENTRY, **NUMBERS, "held_on": "06/04/2023", "directive": paper.pk}
    assert client.post(address, sent).status_code == 302
    held = StudySession.objects.get()
    assert (held.planned, held.audience, held.sites) == (kept.identity, "cán bộ chủ chốt", 3)
    detail = client.get(reverse("directives:study_detail", args=[held.pk])).content.decode()
    assert "92,22%" in detail
    assert reverse("directives:study_plan_detail", args=[kept.pk]) in detail
    page = client.get(reverse("directives:study_plan_detail", args=[kept.pk])).content.decode()
    assert address not in page
    fixed = {**sent, "members_attended": "80", "why": "Đếm lại"}
    assert client.post(reverse("directives:study_correct", args=[held.pk]), fixed).status_code == 302
    assert StudySession.objects.get(voided_at__isnull=True).planned == kept.identity


def test_a_plan_of_others_begins_no_form(world):
    kept = add_planned_session(plan(world, organisation=world["PB"]), by=None)
    form = logged_in(world.users["clerk_a"]).get(reverse("directives:study_new") + f"?ke_hoach={kept.pk}")
    assert form.context["form"]["title"].value() in (None, "")
    for text in ("abc", "99999999999999", "²"):
        address = reverse("directives:study_new")
        assert logged_in(world.users["clerk_a"]).get(address, {"ke_hoach": text}).status_code == 200


def test_the_registers_numbers_are_offered_and_never_filled_in_by_themselves(world):
    client = logged_in(world.users["propaganda"])
    address = reverse("directives:study_suggest")
    page = client.get(
        address, {"organisation": "PA · Đảng bộ xã A", "held_on": "31/12/2023"}
    ).content.decode()
    assert 'data-fill-members_total="3"' in page
    assert 'data-fill-members_exempt="0"' in page
    assert (
        "data-fill"
        not in client.get(address, {"organisation": "PA", "held_on": "31/13/2023"}).content.decode()
    )
    assert (
        "data-fill"
        not in client.get(address, {"organisation": "XX", "held_on": "31/12/2023"}).content.decode()
    )
    other = logged_in(world.users["clerk_b"]).get(address, {"organisation": "PA", "held_on": "31/12/2023"})
    assert "data-fill" not in other.content.decode()
    assert logged_in(world.users["leader"]).get(address).status_code == 403


def test_talks_are_filtered_by_kind_and_audience(world):
    add_study_session(session(world, kind="talk", title="Thời sự quý I", audience="Báo cáo viên"), by=None)
    add_study_session(session(world, kind="talk", title="Thời sự quý II", audience="Nhân dân"), by=None)
    add_study_session(session(world), by=None)
    client = logged_in(world.users["leader"])
    to = client.get(reverse("directives:study_talks"))
    assert (to.status_code, to.url) == (302, reverse("directives:study_list") + "?kind=talk")
    rows = client.get(to.url + "&ky=2023").context["table"].data
    assert {row.title for row in rows} == {"Thời sự quý I", "Thời sự quý II"}
    rows = client.get(to.url + "&ky=2023&audience=bao cao vien").context["table"].data
    assert [row.title for row in rows] == ["Thời sự quý I"]


def test_plans_are_listed_with_their_state_in_few_questions(world, django_assert_max_num_queries):
    for number in range(20):
        add_planned_session(plan(world, title=f"Lớp {number}"), by=None)
    kept = PlannedSession.objects.last()
    add_study_session(session(world, planned=kept.identity), by=None)
    client = logged_in(world.users["leader"])
    address = reverse("directives:study_plan_list")
    with django_assert_max_num_queries(15):
        page = client.get(address, {"ky": "2023"}).content.decode()
    assert "đã tổ chức 06/04/2023" in page
    assert "quá ngày, chưa ghi kết quả" in page
    held = client.get(address, {"ky": "2023", "ket_qua": "co"}).context["table"].data
    assert len(list(held)) == 1


@pytest.mark.parametrize("page", ["detail", "correct", "void", "attach"])
def test_a_plan_is_not_found_by_the_other_commune_nor_written_by_a_reader(world, page):
    kept = add_planned_session(plan(world), by=None)
    address = reverse(f"directives:study_plan_{page}", args=[kept.pk])
    assert logged_in(world.users["clerk_b"]).get(address).status_code == 404
    assert logged_in(world.users["leader"]).get(address).status_code == (200 if page == "detail" else 403)
    assert logged_in(world.users["admin"]).get(address).status_code == 403
