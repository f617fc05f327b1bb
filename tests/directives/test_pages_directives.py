"""Pages of the book of directives."""

import pytest
from django.urls import reverse

from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.directives.models import Directive, Plan, StudySession


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


ENTRY = {
    "organisation": "QS",
    "kind": "NQ",
    "symbol": "24-NQ/TU",
    "issuer": "Tỉnh ủy",
    "issuer_level": "province",
    "issued_on": "10/03/2023",
    "subject": "Phát triển đảng viên",
    "received_on": "14/03/2023",
    "needs_plan": "on",
    "plan_due_on": "14/04/2023",
}


def _directive(world: World) -> Directive:
    assert logged_in(world.users["office"]).post(reverse("directives:new"), ENTRY).status_code == 302
    return Directive.objects.get()


def test_a_directive_received_before_it_was_issued_is_refused_at_the_day(world: World) -> None:
    answer = logged_in(world.users["office"]).post(
        reverse("directives:new"), {**ENTRY, "received_on": "01/03/2023"}
    )
    assert answer.status_code == 422
    assert "trước ngày ban hành" in answer.context["form"].errors["received_on"][0]
    assert not Directive.objects.exists()


def test_a_plan_after_its_deadline_is_shown_as_late(world: World) -> None:
    directive = _directive(world)
    client = logged_in(world.users["office"])
    assert "quá hạn" in client.get(reverse("directives:detail", args=[directive.pk])).content.decode()
    plan = {"directive": directive.pk, "kind": "KH", "symbol": "30-KH/HU", "issued_on": "20/04/2023"}
    assert client.post(reverse("directives:plan_new"), plan).status_code == 302
    assert Plan.objects.get().organisation == world["QS"]
    page = client.get(reverse("directives:detail", args=[directive.pk]))
    assert page.context["state"] == "chậm"


def test_a_directive_on_which_a_plan_rests_is_not_voided(world: World) -> None:
    directive = _directive(world)
    client = logged_in(world.users["office"])
    plan = {"directive": directive.pk, "kind": "KH", "symbol": "30-KH/HU", "issued_on": "20/04/2023"}
    client.post(reverse("directives:plan_new"), plan)
    answer = client.post(reverse("directives:void", args=[directive.pk]), {"reason": "ghi trùng"})
    assert answer.status_code == 422
    assert "1 văn bản triển khai" in answer.content.decode()
    directive.refresh_from_db()
    assert directive.voided_at is None


def test_more_people_attending_than_there_are_is_refused(world: World) -> None:
    session = {
        "organisation": "QS",
        "title": "Học tập Nghị quyết 24",
        "kind": "study",
        "form": "direct",
        "held_on": "05/05/2023",
        "sites": "1",
        "members_total": "100",
        "members_exempt": "10",
        "members_excused": "0",
        "members_attended": "95",
        "others_attended": "0",
    }
    client = logged_in(world.users["propaganda"])
    answer = client.post(reverse("directives:study_new"), session)
    assert answer.status_code == 422
    assert "members_attended" in answer.context["form"].errors
    assert (
        client.post(reverse("directives:study_new"), {**session, "members_attended": "90"}).status_code == 302
    )
    assert StudySession.objects.get().members_attended == 90


def test_search_without_diacritics_finds_a_subject(world: World) -> None:
    _directive(world)
    client = logged_in(world.users["office"])
    found = client.get(reverse("directives:list"), {"ky": "2023", "q": "phat trien dang vien"})
    assert [row.symbol for row in found.context["table"].data] == ["24-NQ/TU"]
    assert not list(
        client.get(reverse("directives:list"), {"ky": "2023", "q": "khong co"}).context["table"].data
    )


def test_the_list_is_that_of_the_period_and_all_times_on_wish(world: World) -> None:
    _directive(world)
    client = logged_in(world.users["office"])
    assert not list(client.get(reverse("directives:list"), {"ky": "2022"}).context["table"].data)
    always = client.get(reverse("directives:list"), {"ky": "2022", "thoi_gian": "tat-ca"})
    assert len(list(always.context["table"].data)) == 1


def test_propaganda_writes_sessions_but_no_directives(world: World) -> None:
    client = logged_in(world.users["propaganda"])
    assert client.get(reverse("directives:study_new")).status_code == 200
    assert client.get(reverse("directives:new")).status_code == 403


def test_a_directive_of_the_district_is_not_a_communes_to_see(world: World) -> None:
    directive = _directive(world)
    client = logged_in(world.users["clerk_a"])
    assert client.get(reverse("directives:detail", args=[directive.pk])).status_code == 404
    assert "24-NQ/TU" not in client.get(reverse("directives:plan_new")).content.decode()
