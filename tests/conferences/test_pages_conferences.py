"""Pages of conferences: what each shows, who may open it, how many questions it asks."""

import io
import re
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from tests.conferences.conftest import draft
from tests.page_world import logged_in
from tongket.audit.acts import act
from tongket.conferences.acts import correct_conference
from tongket.conferences.agenda.tree import agenda_of
from tongket.conferences.calling.acts import add_invitations, invite
from tongket.conferences.calling.cards import qr_png
from tongket.conferences.drafts import InvitationDraft
from tongket.conferences.models import Attendance, Conference, Invitation, Reply
from tongket.conferences.queries import invitations_of
from tongket.files.models import Attachment

ENTRY = {
    "organisation": "QS",
    "kind": "year_end",
    "title": "Hội nghị tổng kết năm 2023",
    "starts_at": "13:30 28/12/2023",
    "ends_at": "17h00 28/12/2023",
    "place": "Hội trường",
    "chairs": "Đinh Nguyên Vũ",
    "majority": "over_half",
}


@pytest.fixture
def client(office):
    return logged_in(office)


def url(name, conference, *more):
    return reverse(f"conferences:{name}", args=[conference.pk, *more])


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_conference_is_entered_called_opened_and_closed_from_its_page(world, client):
    assert client.post(reverse("conferences:new"), ENTRY).status_code == 302
    conference = Conference.objects.get()
    assert conference.get_starts_at_display() == "13:30 28/12/2023"
    assert client.post(url("step", conference, "trieu-tap")).status_code == 422
    client.post(url("item_new", conference), {"title": "Báo cáo", "minutes": "30"})
    client.post(url("by_roles", conference), {"roles": ["committee", "leaders"]})
    for name, state, at in (
        ("trieu-tap", "called", ""),
        ("khai-mac", "running", "13:30 28/12/2023"),
        ("be-mac", "closed", "17:00 28/12/2023"),
    ):
        assert client.get(url("step", conference, name)).status_code == 200
        if at:  # entered on another day, the hour is asked for
            assert "Hãy ghi giờ" in text(client.post(url("step", conference, name)))
        assert client.post(url("step", conference, name), {"at": at}).status_code == 302
        conference.refresh_from_db()
        assert conference.state == state
    assert client.post(url("undo", conference), {"reason": ""}).status_code == 422
    assert client.post(url("undo", conference), {"reason": "bấm nhầm"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("starts_at", "28/12/2023", "Chưa có giờ"),
        ("starts_at", "25:00 28/12/2023", "Không có giờ"),
        ("starts_at", "13:30 31/02/2023", "ngày"),
        ("ends_at", "13:00 28/12/2023", "không sau giờ bắt đầu"),
        ("organisation", "XX", "Không có tổ chức"),
    ],
)
def test_a_bad_entry_is_shown_at_its_field(world, client, field, value, said):
    answer = client.post(reverse("conferences:new"), ENTRY | {field: value})
    assert answer.status_code == 422
    assert said in answer.context["form"].errors[field][0]
    assert not Conference.objects.exists()


PAGES = (
    "detail",
    "agenda",
    "invited",
    "by_roles",
    "guest",
    "cards",
    "desk",
    "by_hand",
    "counters",
    "attendance",
)


@pytest.mark.parametrize("name", [*PAGES, "letters", "cards_word"])
def test_every_page_opens_for_the_office_and_is_not_there_for_another_organisation(
    world, called, client, name
):
    assert client.get(url(name, called)).status_code == 200
    assert logged_in(world.users["clerk_b"]).get(url(name, called)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_the_same_few_questions_for_two_hundred_people(called, client, office, name):
    client.get(url(name, called))
    with CaptureQueriesContext(connection) as few:
        client.get(url(name, called))
    with act("test.guests", by=office) as current:
        add_invitations([InvitationDraft(called, f"Khách {n}", "Chủ tịch") for n in range(200)], act=current)
    client.get(url(name, called))  # the default period is kept for two minutes only: a slow machine asks anew
    with CaptureQueriesContext(connection) as many:
        client.get(url(name, called))
    assert len(many) == len(few)
    assert len(few) <= 15 + (2 if name == "cards" else 0), [q["sql"][:90] for q in few]


def test_a_check_in_asks_at_most_twelve_questions(called, client):
    client.post(url("desk", called), {"key": "1"}, headers={"HX-Request": "true"})
    with CaptureQueriesContext(connection) as asked:
        client.post(url("desk", called), {"key": "2"}, headers={"HX-Request": "true"})
    assert Attendance.objects.count() == 2
    assert len(asked) <= 12, [q["sql"][:100] for q in asked]


def test_the_desk_answers_in_green_then_says_already(called, client):
    row = invitations_of(called)[0]
    first = text(client.post(url("desk", called), {"key": row.code}))
    assert "door-answer good" in first and row.name in first and row.post in first
    assert Attendance.objects.get().how == "qr"
    again = client.post(url("desk", called), {"key": str(row.number)})
    assert again.status_code == 200 and "Đã điểm danh lúc" in text(again)
    unknown = client.post(url("desk", called), {"key": "<b>77</b>"})
    assert unknown.status_code == 422 and "&lt;b&gt;77" in text(unknown)
    assert "Chưa gõ số" in text(client.post(url("desk", called), {"key": " "}))
    assert Attendance.objects.count() == 1


def test_the_desk_reads_a_photo_of_the_card(called, client):
    row = invitations_of(called)[1]
    photo = SimpleUploadedFile("anh.png", qr_png(f"http://x/diem-danh/{row.code}/").read(), "image/png")
    assert row.name in text(client.post(url("desk", called), {"photo": photo}))
    assert Attendance.objects.get().how == "photo"
    other = SimpleUploadedFile("anh.png", qr_png("http://example.com/").read(), "image/png")
    assert "không phải của thẻ đại biểu" in text(client.post(url("desk", called), {"photo": other}))
    bad = client.post(url("desk", called), {"photo": SimpleUploadedFile("a.png", b"MZ", "image/png")})
    assert bad.status_code == 422 and "không phải ảnh" in text(bad)


def test_opening_the_address_on_the_card_changes_nothing_and_its_button_checks_in(world, called, client):
    row = invitations_of(called)[0]
    address = reverse("conferences:card", args=[row.code])
    assert row.name in text(client.get(address))
    assert not Attendance.objects.exists()
    assert "Đã điểm danh." in text(client.post(address))
    assert Attendance.objects.count() == 1
    assert logged_in(world.users["clerk_b"]).get(address).status_code == 404
    assert client.get(reverse("conferences:card", args=["1" * 20])).status_code == 404


def test_who_has_no_check_in_duty_is_turned_away_at_the_door(world, called):
    row = invitations_of(called)[0]
    leader = logged_in(world.users["leader"])
    assert leader.get(url("desk", called)).status_code == 403
    assert leader.post(reverse("conferences:card", args=[row.code])).status_code == 403
    assert leader.get(url("attendance", called)).status_code == 200
    assert leader.post(url("item_new", called), {"title": "x"}).status_code == 403


def test_a_stranger_gets_the_login_page_from_the_card(called):
    from django.test import Client

    answer = Client().get(reverse("conferences:card", args=[invitations_of(called)[0].code]))
    assert answer.status_code == 302 and "dang-nhap" in answer["Location"]


def test_the_list_marks_by_hand_and_takes_back(called, client):
    row = invitations_of(called)[0]
    address = url("by_hand", called)
    client.post(address, {"mark": f"excused:{row.pk}", f"reason_{row.pk}": "ốm"})
    assert Attendance.objects.get(voided_at__isnull=True).reason == "ốm"
    client.post(address, {"mark": f"none:{row.pk}"})
    assert not Attendance.objects.filter(voided_at__isnull=True).exists()
    answer = client.post(address, {"mark": f"excused:{row.pk}"}, follow=True)
    assert "phải ghi lý do" in text(answer)
    assert client.post(address, {}).status_code == 302
    assert client.post(address, {"mark": "present:999999"}).status_code == 404


def test_an_invitation_of_another_conference_is_not_marked_here(world, called, client):
    from tongket.conferences.acts import add_conference

    other = add_conference(draft(world, title="Khác", organisation=world["PB"]), by=None)
    row = invite(InvitationDraft(other, "Khách", "Chủ tịch"), by=None)
    assert client.post(url("by_hand", called), {"mark": f"present:{row.pk}"}).status_code == 404
    assert client.post(url("invitation_edit", called, row.pk), {}).status_code == 404


def test_the_clerk_of_the_invited_body_answers_for_its_people_and_for_no_others(world, called):
    clerk = logged_in(world.users["clerk_a"])
    page = text(clerk.get(reverse("conferences:received")))
    assert "Trần Thị Bình" in page and "Phạm Thị Dung" not in page
    mine = Invitation.objects.get(member=world["M2"])
    other = Invitation.objects.get(member=world["M4"])
    sent = {"answer": "excused", "reason": "đi công tác", "on": "01/12/2023"}
    assert clerk.post(reverse("conferences:answer", args=[mine.pk]), sent).status_code == 302
    assert clerk.post(reverse("conferences:answer", args=[other.pk]), sent).status_code == 404
    assert clerk.post(reverse("conferences:answer", args=[mine.pk]), sent | {"reason": ""}).status_code == 422
    assert Reply.objects.get().invitation == mine


def test_the_right_to_vote_is_given_and_taken_by_hand(called, client):
    row = invitations_of(called).filter(voting=False)[0]
    client.post(url("invitation_vote", called, row.pk), {"voting": "1"})
    assert Invitation.objects.get(identity=row.identity, voided_at__isnull=True).voting


def test_the_list_shows_how_many_were_called_and_came(called, client):
    client.post(url("desk", called), {"key": "1"})
    client.post(url("desk", called), {"key": "2"})
    [row] = client.get(reverse("conferences:list") + "?ky=2023").context["table"].rows
    assert (row.get_cell("invited"), row.get_cell("present")) == ("5", "2")
    assert client.get(reverse("conferences:list") + "?xuat=xlsx&ky=2023").status_code == 200


def test_an_old_address_of_a_corrected_conference_still_works(world, called, client, office):
    correct_conference(called, draft(world, place="Nơi khác"), reason="đổi", by=office)
    assert "Bàn điểm danh" in text(client.get(url("desk", called)))
    assert "door-answer good" in text(client.post(url("desk", called), {"key": "1"}))


def test_every_person_has_a_letter_with_time_place_and_agenda(called, client):
    answer = client.get(url("letters", called))
    document = Document(io.BytesIO(answer.content))
    lines = [p.text for p in document.paragraphs]
    for row in invitations_of(called):
        assert f"Kính gửi: {row.name}, {row.post}" in lines
    assert "1. Thời gian: 14 giờ, ngày 28 tháng 12 năm 2023 (thứ Năm)." in lines
    assert "- Báo cáo tổng kết." in lines
    headings = [cell.text for table in document.tables for cell in table.rows[0].cells]
    assert any("HUYỆN ỦY THỬ" in text and "*" in text for text in headings)
    assert any("ĐẢNG CỘNG SẢN VIỆT NAM" in text for text in headings)
    assert sum("Nguyễn Văn An" in text for text in headings) == 5  # the secretary signs each


def test_cards_are_one_a_person_and_one_alone_can_be_printed_again(called, client):
    page = text(client.get(url("cards", called)))
    assert page.count('badge-card"') == 5 and "style=" not in page
    assert text(client.get(url("cards", called) + "?so=2")).count('badge-card"') == 1
    word = client.get(url("cards_word", called)).content
    assert sum(name.startswith("word/media/") for name in ZipFile(io.BytesIO(word)).namelist()) == 5


def test_nothing_is_printed_when_nobody_is_called(planned, client):
    assert client.get(url("letters", planned)).status_code == 400


def test_the_attendance_list_has_both_columns_on_paper_word_and_excel(called, client):
    row = invitations_of(called)[0]
    client.post(url("by_hand", called), {"mark": f"excused:{row.pk}", f"reason_{row.pk}": "=1+1"})
    client.post(url("desk", called), {"key": "2"})
    page = text(client.get(url("attendance", called)))
    assert "Có lý do: =1+1" in page and "Ký tên" in page
    table = Document(io.BytesIO(client.get(url("attendance", called) + "?xuat=docx").content)).tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == [
        "TT",
        "Họ và tên",
        "Chức vụ",
        "Có mặt",
        "Vắng, lý do",
        "Ký tên",
    ]
    assert len(table.rows) == 6 and table.rows[2].cells[3].text
    book = load_workbook(io.BytesIO(client.get(url("attendance", called) + "?xuat=xlsx").content))
    cells = [cell for line in book.active.iter_rows() for cell in line]
    assert any(cell.value == "Có lý do: =1+1" for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_papers_hang_on_an_item_and_follow_it(called, client, office, settings, tmp_path):
    item = agenda_of(called)[0].item
    address = url("item_papers", called, item.pk)
    file = SimpleUploadedFile("báo cáo.txt", "Nội dung".encode(), "text/plain")
    assert client.post(address, {"file": file}).status_code == 302
    bad = client.post(address, {"file": SimpleUploadedFile("x.pdf", b"MZ", "application/pdf")})
    assert bad.status_code == 422
    paper = Attachment.objects.get()
    client.post(url("item_edit", called, item.pk), {"title": "Báo cáo kết quả"})
    fresh = agenda_of(called)[0].item
    assert fresh.title == "Báo cáo kết quả"
    answer = client.get(url("item_paper", called, fresh.pk, paper.pk))
    assert b"".join(answer.streaming_content) == "Nội dung".encode()
    assert client.get(url("item_paper", called, fresh.pk, paper.pk + 5)).status_code == 404
    client.post(url("item_paper_off", called, fresh.pk, paper.pk), {"reason": "nhầm"})
    assert client.get(url("item_paper", called, fresh.pk, paper.pk)).status_code == 404


def test_the_agenda_is_moved_by_its_buttons(planned, client):
    client.post(url("item_new", planned), {"title": "Tham luận"})
    last = agenda_of(planned)[1].item
    client.post(url("item_move", planned, last.pk), {"way": "up"})
    assert [e.item.title for e in agenda_of(planned)] == ["Tham luận", "Báo cáo tổng kết"]
    assert client.get(url("item_move", planned, last.pk)).status_code == 405
    assert client.post(url("item_void", planned, last.pk), {"reason": "bỏ"}).status_code == 302
    assert len(agenda_of(planned)) == 1
    assert client.post(url("item_void", planned, last.pk), {"reason": "bỏ"}).status_code == 404
