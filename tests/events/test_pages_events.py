"""Pages of events and twinnings."""

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from tests.events.test_events import event, twinning
from tests.page_world import logged_in
from tongket.events.acts import add_event, add_follow_up, add_twinning, write_programme
from tongket.events.drafts import FollowUpDraft, Line
from tongket.events.models import Event, FollowUp, Twinning
from tongket.obligations.models import Demand, Obligation

ENTRY = {
    "organisation": "QS",
    "kind": "commemoration",
    "title": "Lễ kỷ niệm 55 năm kết nghĩa",
    "starts_on": "15/08/2023",
    "ends_on": "",
    "marks": "1968",
}


def _client(world, name="propaganda"):
    return logged_in(world.users[name])


def test_a_one_day_event_is_entered_and_its_years_are_computed(world):
    client = _client(world)
    assert client.post(reverse("events:new"), ENTRY).status_code == 302
    made = Event.objects.get()
    assert (made.starts_on, made.ends_on, made.marks_year, made.marks_on) == (
        date(2023, 8, 15),
        date(2023, 8, 15),
        1968,
        None,
    )
    assert "Năm 2023: 55 năm." in client.get(reverse("events:detail", args=[made.pk])).content.decode()


def test_a_wrong_number_of_years_is_doubted_once_and_written_when_confirmed(world):
    client = _client(world)
    wrong = {**ENTRY, "title": "Lễ kỷ niệm 50 năm kết nghĩa"}
    answer = client.post(reverse("events:new"), wrong)
    assert answer.status_code == 422
    assert "từ 1968 đến 2023 là 55 năm" in answer.content.decode()
    assert client.post(reverse("events:new"), {**wrong, "da_kiem_tra": "1"}).status_code == 302


def test_a_twinning_of_which_only_the_year_is_known(world):
    client = _client(world)
    entry = {"organisation": "QS", "name": "Kết nghĩa", "partner": "Huyện Thọ Xuân", "since": "1968"}
    assert client.post(reverse("events:twinning_new"), entry).status_code == 302
    made = Twinning.objects.get()
    assert (made.since_year, made.since_on) == (1968, None)
    form = client.get(reverse("events:twinning_correct", args=[made.pk])).context["form"]
    assert form["since"].value() == "1968"
    bad = client.post(reverse("events:twinning_new"), {**entry, "since": "68"})
    assert "since" in bad.context["form"].errors


def test_an_event_keeps_its_twinning_when_corrected(world):
    kept = add_twinning(twinning(world), by=None)
    made = add_event(event(world, twinning=kept.identity), by=None)
    client = _client(world)
    page = client.get(reverse("events:correct", args=[made.pk])).content.decode()
    assert f'value="{kept.identity}" selected' in page
    shown = client.get(reverse("events:detail", args=[made.pk])).content.decode()
    assert str(kept.identity) not in shown
    assert kept.name in shown


def test_the_programme_is_written_on_one_page_printed_and_leaves_as_word(world):
    made = add_event(event(world, place="Nhà văn hóa"), by=None)
    client = _client(world)
    address = reverse("events:programme", args=[made.pk])
    lines = {
        "time_text_0": "07 giờ 30",
        "content_0": "Đón đại biểu",
        "who_0": "Văn phòng",
        "content_3": "Khai mạc",
    }
    more = client.post(address, {**lines, "so_dong": "15", "them_dong": "1"})
    assert more.context["form"].lines == 15
    assert "Đón đại biểu" in more.content.decode()
    assert client.post(address, {**lines, "so_dong": "15"}).status_code == 302
    printed = client.get(reverse("events:programme_print", args=[made.pk])).content.decode()
    assert printed.index("Đón đại biểu") < printed.index("Khai mạc")
    answer = client.get(reverse("events:programme_word", args=[made.pk]))
    document = Document(io.BytesIO(answer.content))
    assert "CTr/HU" in document.tables[0].rows[0].cells[0].text
    assert [cell.text for cell in document.tables[1].rows[1].cells] == [
        "07 giờ 30",
        "Đón đại biểu",
        "Văn phòng",
    ]


def test_a_line_without_content_is_named_at_its_line(world):
    made = add_event(event(world), by=None)
    answer = _client(world).post(reverse("events:programme", args=[made.pk]), {"time_text_2": "8h"})
    assert answer.status_code == 422
    assert "content_2" in answer.context["form"].errors


def test_a_task_is_handed_out_from_the_events_page(world):
    made = add_event(event(world), by=None)
    client = _client(world)
    address = reverse("events:ask", args=[made.pk])
    task = {"title": "Thăm hỏi", "asked_on": "20/08/2023", "due_on": "01/09/2023"}
    assert client.post(address, task).status_code == 422
    assert client.post(address, {**task, "receivers": ["PA", "PB"]}).status_code == 302
    assert Demand.objects.get().about == made.identity
    assert Obligation.objects.count() == 2
    assert "0/2 tổ chức đã báo cáo" in client.get(reverse("events:detail", args=[made.pk])).content.decode()
    assert client.post(address, {**task, "receivers": ["PA1"]}).status_code == 422


def test_a_note_is_added_finished_and_voided(world):
    made = add_event(event(world), by=None)
    client = _client(world)
    client.post(reverse("events:note", args=[made.pk]), {"text": "Gửi thư cảm ơn"})
    row = FollowUp.objects.get()
    client.post(reverse("events:finish", args=[made.pk, row.pk]), {"done_on": "01/09/2023"})
    assert "xong 01/09/2023" in client.get(reverse("events:detail", args=[made.pk])).content.decode()
    fresh = FollowUp.objects.get(voided_at__isnull=True)
    assert (
        client.post(reverse("events:note_void", args=[made.pk, fresh.pk]), {"reason": "Nhầm"}).status_code
        == 302
    )
    assert not FollowUp.objects.filter(voided_at__isnull=True).exists()


def test_a_note_of_another_event_is_not_found_under_this_one(world):
    one, other = (add_event(event(world, title=title), by=None) for title in ("Một", "Hai"))
    row = add_follow_up(FollowUpDraft(world["QS"], other.identity, "x"), by=None)
    assert _client(world).get(reverse("events:finish", args=[one.pk, row.pk])).status_code == 404


def test_the_year_and_the_round_years_are_pages_with_few_questions(world, django_assert_max_num_queries):
    for number in range(12):
        add_event(event(world, title=f"Gặp mặt {number}", marks_year=1963 + number), by=None)
    add_twinning(twinning(world), by=None)
    client = _client(world, "leader")
    for name in ("events:list", "events:year", "events:anniversaries", "events:twinning_list"):
        with django_assert_max_num_queries(15):
            page = client.get(reverse(name), {"ky": "2023"})
        assert page.status_code == 200
    rounds = client.get(reverse("events:anniversaries"), {"ky": "2023"}).content.decode()
    assert "Kết nghĩa Quế Sơn – Thọ Xuân" in rounds


def test_the_page_of_an_event_asks_few_questions_however_much_hangs_on_it(
    world, django_assert_max_num_queries
):
    made = add_event(event(world), by=None)
    write_programme(made, [Line("7h", f"Việc {n}") for n in range(30)], by=None)
    for number in range(10):
        add_follow_up(FollowUpDraft(world["QS"], made.identity, f"Việc {number}"), by=None)
    client = _client(world)
    client.get(reverse("events:detail", args=[made.pk]))
    with django_assert_max_num_queries(15):
        client.get(reverse("events:detail", args=[made.pk]))


WRITING = ("correct", "void", "programme", "note", "link", "attach")


@pytest.mark.parametrize("page", WRITING)
def test_who_only_reads_events_writes_nothing(world, page):
    made = add_event(event(world), by=None)
    client = _client(world, "leader")
    assert client.get(reverse("events:detail", args=[made.pk])).status_code == 200
    assert client.get(reverse(f"events:{page}", args=[made.pk])).status_code == 403


@pytest.mark.parametrize("page", ["detail", *WRITING, "programme_print", "programme_word", "ask"])
def test_the_districts_event_is_not_found_by_a_commune(world, page):
    made = add_event(event(world), by=None)
    assert _client(world, "clerk_a").get(reverse(f"events:{page}", args=[made.pk])).status_code == 404


def test_the_administrator_reads_no_event(world):
    for name in ("events:list", "events:year", "events:anniversaries", "events:twinning_list"):
        assert _client(world, "admin").get(reverse(name)).status_code == 403
