"""Pages of the bulletins on public mood."""

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from tests.bulletins.test_bulletins import TEXT, note
from tests.page_world import logged_in
from tongket.bulletins.acts import add_bulletin
from tongket.bulletins.models import Bulletin

ENTRY = {"organisation": "QS", "month": "06/2023", "topic": "infrastructure", "text": TEXT}


def test_propaganda_notes_and_answers(world):
    client = logged_in(world.users["propaganda"])
    assert client.post(reverse("bulletins:new"), ENTRY).status_code == 302
    made = Bulletin.objects.get()
    page = client.get(reverse("bulletins:detail", args=[made.pk])).content.decode()
    assert "chưa trả lời" in page
    assert reverse("bulletins:answer", args=[made.pk]) in page
    answer = {"answer": "Đã bố trí vốn.", "answered_on": "03/07/2023", "answering_body": "UBND huyện"}
    done = client.post(reverse("bulletins:answer", args=[made.pk]), answer, follow=True)
    assert "Đã bố trí vốn." in done.content.decode()
    assert Bulletin.objects.filter(voided_at__isnull=True).get().answered_on == date(2023, 7, 3)


def test_a_name_is_refused_at_the_text_and_nothing_is_lost(world):
    client = logged_in(world.users["propaganda"])
    answer = client.post(reverse("bulletins:new"), {**ENTRY, "text": "Trần Thị Bình chưa đồng ý."})
    assert answer.status_code == 422
    assert "“Trần Thị Bình”" in answer.context["form"].errors["text"][0]
    assert "chưa đồng ý" in answer.content.decode()
    assert not Bulletin.objects.exists()


def test_a_month_that_is_none_is_told_how_to_write(world):
    client = logged_in(world.users["propaganda"])
    answer = client.post(reverse("bulletins:new"), {**ENTRY, "month": "13/2023"})
    assert "06/2023" in answer.context["form"].errors["month"][0]
    assert client.get(reverse("bulletins:month"), {"thang": "13/2023"}).status_code == 400


def test_the_page_of_a_note_names_nobody(world):
    made = add_bulletin(note(world), by=world.users["propaganda"])
    page = logged_in(world.users["leader"]).get(reverse("bulletins:detail", args=[made.pk])).content.decode()
    assert TEXT in page
    assert "Người dùng propaganda" not in page


PAGES = ("bulletins:list", "bulletins:topics", "bulletins:month", "bulletins:month_word")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("user", "status"), [("leader", 200), ("propaganda", 200), ("inspector", 403), ("admin", 403)]
)
def test_only_who_may_read_the_mood_reads_it(world, name, user, status):
    assert logged_in(world.users[user]).get(reverse(name), {"ky": "2023"}).status_code == status


def test_office_reads_but_does_not_write(world):
    made = add_bulletin(note(world), by=world.users["propaganda"])
    client = logged_in(world.users["office"])
    assert client.get(reverse("bulletins:detail", args=[made.pk])).status_code == 200
    for page, args in (("new", []), ("answer", [made.pk]), ("correct", [made.pk]), ("void", [made.pk])):
        assert client.get(reverse(f"bulletins:{page}", args=args)).status_code == 403


def test_the_districts_mood_is_not_a_communes_to_read(world):
    made = add_bulletin(note(world), by=world.users["propaganda"])
    own = add_bulletin(note(world, organisation=world["PA"], text="Thiếu nước tưới."), by=None)
    client = logged_in(world.users["clerk_a"])
    assert client.get(reverse("bulletins:detail", args=[made.pk])).status_code == 404
    assert client.get(reverse("bulletins:detail", args=[own.pk])).status_code == 200
    listed = client.get(reverse("bulletins:list"), {"ky": "2023"}).content.decode()
    assert "Thiếu nước tưới." in listed
    assert TEXT not in listed
    other = logged_in(world.users["clerk_b"]).get(
        reverse("bulletins:month"), {"ky": "2023", "thang": "06/2023"}
    )
    assert "Thiếu nước tưới." not in other.content.decode()


def test_counts_add_up_and_the_page_asks_few_questions(world, django_assert_max_num_queries):
    client = logged_in(world.users["leader"])
    for number in range(12):
        add_bulletin(note(world, month=date(2023, 1 + number % 3, 1), topic="land"), by=None)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("bulletins:topics"), {"ky": "2023"})
    assert (page.context["total"], page.context["by_month"][:4]) == (12, [4, 4, 4, 0])
    with django_assert_max_num_queries(15):
        client.get(reverse("bulletins:list"), {"ky": "2023"})
    with django_assert_max_num_queries(15):
        month = client.get(reverse("bulletins:month"), {"ky": "2023", "thang": "02/2023"})
    assert [len(notes) for _label, notes in month.context["topics"]] == [4]


def test_the_monthly_bulletin_leaves_as_word_without_a_persons_name(world):
    add_bulletin(note(world), by=None)
    answer = logged_in(world.users["leader"]).get(
        reverse("bulletins:month_word"), {"ky": "2023", "thang": "06/2023"}
    )
    document = Document(io.BytesIO(answer.content))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "tháng 06/2023" in text
    assert TEXT in text
    head = document.tables[0].rows[0].cells
    assert "HUYỆN ỦY THỬ" in head[0].text
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in head[1].text
    assert not any(name in text for name in ("Nguyễn Văn An", "Trần Thị Bình"))
