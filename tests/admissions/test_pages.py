"""The pages of admission: the board, a candidate from entry to the register, probation, what is late; who sees whom."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from tests.admissions.world import (
    CEREMONY,
    DECIDED,
    RECEIVED,
    VOTED,
    candidate,
    decide,
    step,
    vote,
)
from tests.page_world import logged_in
from tongket.admissions.models import Candidate, CandidatePaper, CandidateStep
from tongket.audit.models import LedgerEntry
from tongket.members.models import Member

ENTRY = {
    "organisation": "PA1",
    "full_name": "Tạ Thị Nga",
    "birth_date": "02/03/1999",
    "gender": "female",
    "occupation": "pupil",
    "nominated_on": "10/01/2023",
    "source_year": "2023",
}
VOTES = {"on": "06/02/2023", "present": "6", "agree": "6", "disagree": "0"}


def url(name: str, *args: object) -> str:
    return reverse(f"admissions:{name}", args=args)


def text_of(answer) -> str:
    return answer.content.decode()


def word_of(answer) -> str:
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def sheet_of(answer) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows(min_row=5)]


# --- a life through the forms ---------------------------------------------------------------------------------


def test_from_entry_to_the_register_by_the_forms(world) -> None:
    client = logged_in(world.users["clerk_a"])
    made = client.post(url("new"), ENTRY)
    row = Candidate.objects.get()
    assert made.status_code == 302 and made["Location"] == url("candidate", row.pk)

    def post(kind: str, **said: str):
        answer = client.post(url("step", row.pk, kind), {"da_kiem_tra": "1", **said})
        assert answer.status_code == 302, answer.context["form"].errors
        return answer

    post("class", on="10/06/2022", decision_number="12/GCN")
    client.post(
        url("mentor", row.pk), {"member": "M1", "assigned_on": "11/01/2023", "together_since": "01/01/2020"}
    )
    client.post(url("papers", row.pk), {"on": "20/01/2023", "papers": ["application", "history"]})
    assert CandidatePaper.objects.count() == 2
    post("resolution", **VOTES)
    post("committee", on="20/02/2023")
    post("forwarded", on="21/02/2023", decision_number="15-TTr/ĐU")
    post(
        "decision", on="10/04/2023", decision_number="125-QĐNS/HU", decision_body="Ban Thường vụ Huyện ủy Thử"
    )
    post("received", on="14/04/2023")
    post("ceremony", on="19/05/2023")
    member = Member.objects.get(full_name="Tạ Thị Nga")
    assert (member.standing, member.organisation) == ("probationary", world["PA1"])
    page = text_of(client.get(url("candidate", row.pk)))
    assert reverse("members:detail", args=[member.uid]) in page and "Đã kết nạp" in page
    assert "Tạ Thị Nga" in text_of(client.get(url("probation")))


def test_a_doubt_is_shown_once_and_written_when_confirmed(world) -> None:
    client = logged_in(world.users["clerk_a"])
    client.post(url("new"), ENTRY)
    row = Candidate.objects.get()
    asked = client.post(url("step", row.pk, "resolution"), VOTES)
    assert asked.status_code == 422 and "Hồ sơ còn thiếu" in text_of(asked)
    assert not CandidateStep.objects.exists()
    assert client.post(url("step", row.pk, "resolution"), {**VOTES, "da_kiem_tra": "1"}).status_code == 302


def test_votes_over_the_base_are_shown_at_the_field(world) -> None:
    row = candidate(world)
    answer = logged_in(world.users["clerk_a"]).post(
        url("step", row.pk, "resolution"), {**VOTES, "present": "9", "da_kiem_tra": "1"}
    )
    assert (
        answer.status_code == 422 and "6 đảng viên chính thức" in answer.context["form"].errors["present"][0]
    )


def test_a_day_before_the_decision_is_shown_at_the_day(world) -> None:
    row = candidate(world)
    decide(row)
    answer = logged_in(world.users["clerk_a"]).post(url("step", row.pk, "ceremony"), {"on": "01/04/2023"})
    assert answer.status_code == 422 and "10/04/2023" in answer.context["form"].errors["on"][0]


def test_an_old_address_of_a_corrected_candidate_leads_to_the_new_row(world) -> None:
    client = logged_in(world.users["clerk_a"])
    row = candidate(world)
    said = {**ENTRY, "full_name": "Phan Thị Lúa", "nominated_on": "01/07/2022", "source_year": "2022"}
    assert client.post(url("correct", row.pk), {**said, "why": "sai tên"}).status_code == 302
    fresh = Candidate.objects.get(voided_at=None)
    assert client.get(url("candidate", row.pk))["Location"] == url("candidate", fresh.pk)
    assert "12/GCN" in text_of(client.get(url("candidate", fresh.pk)))


def test_steps_mentors_and_papers_are_taken_back_with_a_reason(world) -> None:
    client = logged_in(world.users["clerk_a"])
    row = candidate(world)
    last = CandidateStep.objects.order_by("-id").first()
    assert client.post(url("step_void", row.pk, last.pk), {"reason": ""}).status_code == 422
    assert client.post(url("step_void", row.pk, last.pk), {"reason": "ghi nhầm"}).status_code == 302
    paper = CandidatePaper.objects.first()
    client.post(url("paper_void", row.pk, paper.pk), {"reason": "chưa nhận"})
    paper.refresh_from_db()
    last.refresh_from_db()
    assert paper.voided_at and last.void_reason == "ghi nhầm"


# --- who sees whom --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["clerk_b", "inspector", "propaganda", "admin"])
def test_a_candidate_of_another_part_or_without_the_duty_is_not_there(world, name) -> None:
    row = candidate(world)
    client = logged_in(world.users[name])
    expected = 404 if name == "clerk_b" else 403
    for page in ("candidate", "correct", "papers", "mentor"):
        assert client.get(url(page, row.pk)).status_code == expected
    assert client.post(url("step", row.pk, "class"), {"on": "01/01/2023"}).status_code == expected
    assert client.get(url("paper", row.pk, "phan-cong")).status_code == expected
    if name == "clerk_b":
        assert row.full_name not in text_of(client.get(url("list")))


def test_who_only_reads_writes_nothing(world) -> None:
    row = candidate(world)
    client = logged_in(world.users["leader"])
    page = text_of(client.get(url("candidate", row.pk)))
    assert url("step", row.pk, "resolution") not in page and "Ghi giấy tờ" not in page
    assert client.post(url("step", row.pk, "resolution"), VOTES).status_code == 403
    assert client.get(url("new")).status_code == 403


def test_reading_a_file_and_taking_a_list_away_are_noted(world) -> None:
    row = candidate(world)
    client = logged_in(world.users["leader"])
    client.get(url("candidate", row.pk))
    client.get(url("paper", row.pk, "phan-cong"))
    client.get(url("list"), {"xuat": "xlsx"})
    client.get(url("probationer", world["M6"].uid))
    actions = list(LedgerEntry.objects.order_by("-id").values_list("action", flat=True)[:4])
    assert actions == ["probation.open", "candidate.export", "candidate.download", "candidate.open"]


def test_a_member_who_never_was_on_probation_here_has_no_page(world) -> None:
    client = logged_in(world.users["clerk"])
    assert client.get(url("probationer", world["M1"].uid)).status_code == 404
    assert client.get(url("probationer", world["M6"].uid)).status_code == 200
    assert logged_in(world.users["clerk_a"]).get(url("probationer", world["M6"].uid)).status_code == 404


# --- the lists ------------------------------------------------------------------------------------------------


def test_the_board_counts_the_stages_and_filters(world) -> None:
    first = candidate(world)
    candidate(world, full_name="Lê Thị Ổi", birth_date=date(1996, 1, 1), source_year=2023)
    vote(first)
    client = logged_in(world.users["clerk"])
    answer = client.get(url("list"))
    assert {code: n for code, _text, n in answer.context["stages"] if n} == {"file": 1, "resolution": 1}
    assert "Phan Thị Lụa" in text_of(answer) and "Lê Thị Ổi" in text_of(answer)
    only = text_of(client.get(url("list"), {"giai_doan": "resolution"}))
    assert "Phan Thị Lụa" in only and "Lê Thị Ổi" not in only
    assert "Phan Thị Lụa" not in text_of(client.get(url("list"), {"q": "thi oi"}))
    assert "Lê Thị Ổi" not in text_of(client.get(url("list"), {"nam": "2022"}))
    assert "Phan Thị Lụa" not in text_of(client.get(url("list"), {"don_vi": "PB"}))
    late = text_of(client.get(url("list"), {"cham": "1"}))  # sixty working days from 6/2/2023 are long gone
    assert "Phan Thị Lụa" in late and "Lê Thị Ổi" not in late
    assert client.get(url("list"), {"nam": "x" * 300, "don_vi": "nix", "giai_doan": "nix"}).status_code == 200


def test_the_excel_files_hold_the_rows(world) -> None:
    vote(candidate(world))
    client = logged_in(world.users["clerk"])
    assert sheet_of(client.get(url("list"), {"xuat": "xlsx"}))[0][0] == "Phan Thị Lụa"
    assert sheet_of(client.get(url("probation"), {"xuat": "xlsx"}))[0][0] == "Hoàng Thị Gấm"
    late = sheet_of(client.get(url("late"), {"xuat": "xlsx"}))
    assert ["Phan Thị Lụa", "Quyết định kết nạp"] in [[row[0], row[2]] for row in late]


def test_the_late_page_says_whose_desk_by_which_rule(world) -> None:
    vote(candidate(world))
    client = logged_in(world.users["clerk"])
    page = text_of(client.get(url("late")))
    assert "Đảng ủy xã A" in page and "từ 06/02/2023" in page and "điểm 4.3.1" in page
    other = text_of(client.get(url("late"), {"o": "cell"}))
    assert "Hoàng Thị Gấm" in other and "Phan Thị Lụa" not in other


def test_the_counts_by_organisation_are_those_of_the_period(world) -> None:
    row = candidate(world)
    decide(row)
    step(row, "received", RECEIVED)
    step(row, "ceremony", CEREMONY)
    candidate(world, full_name="Lê Thị Ổi", birth_date=date(1996, 1, 1))
    client = logged_in(world.users["clerk"])
    answer = client.get(url("plan"), {"ky": "2023"})
    [(organisation, values)] = answer.context["lines"]
    numbers = [value for _text, value in values]
    assert organisation == world["PA"] and values == answer.context["total"]
    assert numbers == [1, 0, 0, 1, 1, 1, 0]
    earlier = client.get(url("plan"), {"ky": "2022"}).context["total"]
    assert [value for _text, value in earlier] == [1, 2, 2, 0, 0, 0, 0]


def test_no_page_asks_more_than_fifteen_questions_however_many_people(world) -> None:
    client = logged_in(world.users["clerk"])
    row = candidate(world)
    vote(row)

    client.get(url("list"))  # what is asked once a process (the default period) is asked now

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    pages = [url("list"), url("late"), url("probation"), url("plan"), url("new")]
    one = [url("candidate", row.pk), url("step", row.pk, "committee"), url("probationer", world["M6"].uid)]
    before = {page: asked(page) for page in (*pages, *one)}
    for number in range(4):
        vote(candidate(world, full_name=f"Lê Thị {number}", birth_date=date(1995, 1, 1 + number)))
    after = {page: asked(page) for page in (*pages, *one)}
    assert after == before and max(after.values()) <= 15, after


# --- papers ---------------------------------------------------------------------------------------------------


def test_the_word_papers_are_filled_in_and_name_no_voter(world) -> None:
    row = candidate(world)
    decide(row)
    client = logged_in(world.users["clerk_a"])
    minutes = word_of(client.get(url("paper", row.pk, "bien-ban")))
    assert "6/6 đảng viên chính thức tán thành, đủ hai phần ba (cần 4)" in minutes
    resolution = word_of(client.get(url("paper", row.pk, "nghi-quyet")))
    assert "NGHỊ QUYẾT" in resolution and "Phan Thị Lụa, sinh ngày 08/08/1998" in resolution
    assert "24-QĐ/TW" in resolution and "CHI BỘ THÔN A1" in resolution
    decision = word_of(client.get(url("paper", row.pk, "quyet-dinh")))
    assert "HUYỆN ỦY THỬ" in decision and "nghị quyết ngày 06/02/2023" in decision
    assert "Nguyễn Văn An" in word_of(client.get(url("paper", row.pk, "phan-cong")))
    assert client.get(url("paper", row.pk, "khac")).status_code == 404


def test_no_paper_of_a_vote_that_was_not_held(world) -> None:
    row = candidate(world)
    client = logged_in(world.users["clerk_a"])
    assert client.get(url("paper", row.pk, "nghi-quyet")).status_code == 404
    vote(row, agree=2)
    assert "chưa đủ hai phần ba" in word_of(client.get(url("paper", row.pk, "bien-ban")))
    assert client.get(url("paper", row.pk, "nghi-quyet")).status_code == 404


def test_the_list_forwarded_holds_those_with_a_resolution(world) -> None:
    candidate(world)
    vote(candidate(world, full_name="Lê Thị Ổi", birth_date=date(1996, 1, 1)))
    said = word_of(logged_in(world.users["clerk_a"]).get(url("forwarded")))
    assert "Lê Thị Ổi" in said and "6/6" in said and "Phan Thị Lụa" not in said


def test_probation_by_the_forms_to_the_decision(world) -> None:
    member, client = world["M6"], logged_in(world.users["clerk"])
    page = text_of(client.get(url("probationer", member.uid)))
    assert "19/05/2024" in page
    early = client.post(url("probation_step", member.uid, "resolution"), {**VOTES, "on": "01/05/2024"})
    assert early.status_code == 422 and "19/05/2024" in early.context["form"].errors["on"][0]
    made = client.post(
        url("probation_step", member.uid, "helper"), {"helper": "M4", "on": "01/06/2023", "da_kiem_tra": "1"}
    )
    assert made.status_code == 302 and "Phạm Thị Dung" in text_of(client.get(url("probationer", member.uid)))
    word = word_of(client.get(url("probation_paper", member.uid, "phan-cong")))
    assert "đồng chí Phạm Thị Dung" in word and "đồng chí Hoàng Thị Gấm" in word
    assert client.get(url("probation_step", member.uid, "khac")).status_code == 404


def test_days_are_as_entered(world) -> None:
    row = candidate(world)
    decide(row)
    page = text_of(logged_in(world.users["leader"]).get(url("candidate", row.pk)))
    assert f"{VOTED:%d/%m/%Y}" in page and f"{DECIDED:%d/%m/%Y}" in page


def test_a_twin_is_linked_to_whoever_may_see_it(world) -> None:
    row = candidate(world)
    other = candidate(world, organisation=world["PB1"])
    link = url("candidate", other.pk)
    assert link in text_of(logged_in(world.users["clerk"]).get(url("candidate", row.pk)))
    assert link not in text_of(logged_in(world.users["clerk_a"]).get(url("candidate", row.pk)))


def test_files_are_attached_to_a_candidate_and_downloaded(world) -> None:
    row = candidate(world)
    client = logged_in(world.users["clerk_a"])
    scan = SimpleUploadedFile("don-xin-vao-dang.txt", "Đơn xin vào Đảng".encode())
    assert client.post(url("attach", row.pk), {"file": scan}).status_code == 302
    assert logged_in(world.users["clerk_b"]).get(url("attach", row.pk)).status_code == 404
