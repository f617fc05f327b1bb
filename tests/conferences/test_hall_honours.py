"""Commendations handed over at a conference: whose, in which order, ticked once."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conferences.hall_world import make_conference
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.audit.acts import act
from tongket.conferences.hall.honours import record_handing
from tongket.conferences.models import Conference, HandedOut
from tongket.core.problems import Refused
from tongket.honours.models import Commendation
from tongket.web.conference_pages.honours import year_of


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


@pytest.fixture
def running(world: World) -> Conference:
    return make_conference(world, state="running")


def commend(world: World, code: str, **changes: Any) -> Commendation:
    values = {
        "organisation": world[code],
        "recipient_kind": "collective",
        "form": "certificate",
        "giver": "district",
        "reason": "Hoàn thành xuất sắc nhiệm vụ",
        "period": "2023",
        "period_end": date(2023, 12, 31),
        "decided_on": date(2023, 12, 25),
    }
    with act("test.commend", by=None) as current:
        return Commendation.objects.create(**values | changes, **current.stamp())


def _address(conference: Conference) -> str:
    return reverse("conferences:honours", args=[conference.pk])


def test_the_order_is_collectives_first_and_the_highest_form_first(world: World, running: Conference) -> None:
    commend(world, "PA1", recipient_kind="individual", member=world["M2"])
    commend(world, "PA1", recipient_kind="individual", member=world["M1"])
    commend(world, "PB")
    commend(world, "PA2")
    commend(world, "PA", form="merit")
    page = logged_in(world.users["office"]).get(_address(running))
    assert [one.name for one in page.context["called"]] == [
        "Đảng bộ xã A",
        "Chi bộ thôn A2",
        "Đảng bộ xã B",
        "Nguyễn Văn An",
        "Trần Thị Bình",
    ]
    assert page.context["called"][1].label == "Chi bộ thôn A2, Đảng bộ xã A"


def test_only_what_was_decided_for_the_year_by_the_day_is_called_up(
    world: World, running: Conference
) -> None:
    commend(world, "PA", period="2022", period_end=date(2022, 12, 31), decided_on=date(2022, 12, 20))
    commend(world, "PA", decided_on=date(2024, 1, 15))
    commend(world, "PB")
    page = logged_in(world.users["office"]).get(_address(running))
    assert [one.name for one in page.context["called"]] == ["Đảng bộ xã B"]
    before = logged_in(world.users["office"]).get(_address(running), {"nam": "2022"})
    assert [one.name for one in before.context["called"]] == ["Đảng bộ xã A"]


@pytest.mark.parametrize("year", ["0000", "99999", "abc", "9999"])
def test_a_year_that_is_none_shows_the_conferences_own(world: World, running: Conference, year: str) -> None:
    page = logged_in(world.users["office"]).get(_address(running), {"nam": year, "cap": "x"})
    assert page.context["year"] == 2023


def test_a_conference_of_early_spring_honours_the_year_before() -> None:
    assert year_of(date(2024, 1, 20)) == 2023
    assert year_of(date(2023, 12, 28)) == 2023


def test_ticks_are_kept_and_taken_back_and_only_what_was_shown_changes(
    world: World, running: Conference
) -> None:
    first, second = commend(world, "PA"), commend(world, "PB")
    client = logged_in(world.users["office"])
    both = [str(first.pk), str(second.pk)]
    assert client.post(_address(running), {"shown": both, "handed": both}).status_code == 302
    assert set(HandedOut.objects.values_list("commendation", flat=True)) == {first.pk, second.pk}
    assert HandedOut.objects.get(commendation=first.pk).label == "Đảng bộ xã A"
    client.post(_address(running), {"shown": [str(first.pk)], "handed": []})
    standing = HandedOut.objects.filter(voided_at__isnull=True)
    assert [row.commendation for row in standing] == [second.pk]
    assert HandedOut.objects.count() == 2


def test_what_was_handed_over_elsewhere_is_not_handed_over_again(world: World, running: Conference) -> None:
    row = commend(world, "PA")
    other = make_conference(world, title="Hội nghị trước", state="closed")
    record_handing(other, {row.pk: "Đảng bộ xã A"}, by=None)
    with pytest.raises(Refused, match="đã được trao tại một hội nghị khác"):
        record_handing(running, {row.pk: "Đảng bộ xã A"}, by=None)
    page = logged_in(world.users["office"]).get(_address(running)).content.decode()
    assert "tại Hội nghị trước" in page


def test_before_opening_nothing_is_handed_over(world: World) -> None:
    row = commend(world, "PA")
    conference = make_conference(world)
    sent = {"shown": [str(row.pk)], "handed": [str(row.pk)]}
    answer = logged_in(world.users["office"]).post(_address(conference), sent)
    assert answer.status_code == 422
    assert "chưa khai mạc" in answer.content.decode()
    assert not HandedOut.objects.exists()


def test_a_commendation_outside_the_list_is_refused(world: World, running: Conference) -> None:
    other = commend(world, "PA", decided_on=date(2024, 1, 15))
    answer = logged_in(world.users["office"]).post(_address(running), {"handed": [str(other.pk)]})
    assert answer.status_code == 422
    assert not HandedOut.objects.exists()


def test_readers_look_and_do_not_tick_and_others_see_nothing(world: World, running: Conference) -> None:
    row = commend(world, "PA")
    reader = logged_in(world.users["leader"])
    assert "disabled" in reader.get(_address(running)).content.decode()
    sent = {"shown": [str(row.pk)], "handed": [str(row.pk)]}
    assert reader.post(_address(running), sent).status_code == 404
    assert logged_in(world.users["clerk_a"]).get(_address(running)).status_code == 404
    assert not HandedOut.objects.exists()


def test_a_handing_over_whose_commendation_was_voided_since_is_told(
    world: World, running: Conference
) -> None:
    row = commend(world, "PA")
    record_handing(running, {row.pk: "Đảng bộ xã A"}, by=None)
    with act("test.void", by=None) as current:
        current.void(row, "ghi nhầm")
    page = logged_in(world.users["office"]).get(_address(running)).content.decode()
    assert "“Đảng bộ xã A” đã trao ở đây" in page


def test_the_list_asks_few_questions_however_long(world: World, running: Conference) -> None:
    client = logged_in(world.users["office"])
    commend(world, "PA")
    client.get(_address(running))
    with CaptureQueriesContext(connection) as few:
        client.get(_address(running))
    for number in range(20):
        commend(world, "PB", recipient_name=f"Tập thể {number}")
        commend(world, "PA1", recipient_kind="individual", member=world["M1"], reason=str(number))
    with CaptureQueriesContext(connection) as many:
        client.get(_address(running))
    assert len(many) == len(few) <= 15
