"""Pages of rating rounds: who sees and enters what, what is refused, how many questions a page asks."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from tests.page_world import logged_in
from tests.ratings.rounds.conftest import candidate, opened, step
from tests.world import person
from tongket.audit.models import LedgerEntry
from tongket.inspections.acts import add_member_discipline
from tongket.inspections.drafts import MemberDisciplineDraft
from tongket.members.acts import register
from tongket.ratings.acts import correct_member_rating
from tongket.ratings.drafts import MemberRatingDraft
from tongket.ratings.models import MemberRating
from tongket.ratings.rounds.acts import correct_round, set_aside
from tongket.ratings.rounds.chain.acts import save_steps, take_step
from tongket.ratings.rounds.drafts import RoundDraft
from tongket.ratings.rounds.models import RatingRound, RatingStep
from tongket.ratings.rounds.queries import decision_of, standing_of

PDF = b"%PDF-1.4\n%%EOF\n"
PAPER = {"decision_number": "45-QĐ/ĐU", "decision_date": "26/12/2023", "decision_body": "Đảng ủy xã A"}


@pytest.fixture
def made(world):
    return opened(world)


def _url(page: str, round: RatingRound, *more) -> str:
    return reverse(f"ratings:{page}", args=[round.pk, *more])


def _text(answer) -> str:
    return answer.content.decode()


def _level(round, code):
    return next(s for s in standing_of(round) if s.code == code).level


def test_a_round_is_opened_from_its_page_and_listed(world):
    client = logged_in(world.users["clerk_a"])
    entry = {"organisation": "PA", "subject": "members", "period": "2023", "opened_on": "01/11/2023"}
    answer = client.post(reverse("ratings:round_new"), entry)
    assert answer.status_code == 302
    page = client.get(reverse("ratings:round_list"), {"ky": "2023"})
    assert [one.organisation.code for one, _, _ in page.context["rounds"]] == ["PA"]
    assert client.post(reverse("ratings:round_new"), entry).status_code == 422
    assert client.post(reverse("ratings:round_new"), {**entry, "organisation": "PB"}).status_code == 422
    assert RatingRound.objects.count() == 1


def test_a_doubtful_period_is_opened_once_it_was_confirmed(world):
    client = logged_in(world.users["clerk_a"])
    entry = {"organisation": "PA", "subject": "members", "period": "2023-Q4", "opened_on": "01/12/2023"}
    assert client.post(reverse("ratings:round_new"), entry).status_code == 422
    assert client.post(reverse("ratings:round_new"), {**entry, "da_kiem_tra": "1"}).status_code == 302


def test_the_board_shows_every_cell_to_the_commune_and_to_a_cell_its_own(world, made):
    take_step(step(candidate(made, "M1")), by=None)
    page = logged_in(world.users["clerk_a"]).get(_url("round", made))
    assert [(p.code, p.stages[1].done, p.to_rate) for p in page.context["parts"]] == [
        ("PA1", 1, 2),
        ("PA2", 0, 1),
    ]
    assert "quá hạn" in _text(page)
    page = logged_in(world.users["cell_a1"]).get(_url("round", made))
    assert [p.code for p in page.context["parts"]] == ["PA1"]
    assert "Lê Văn Cường" not in _text(page)


def test_another_commune_finds_nothing_and_who_has_no_duty_is_turned_away(world, made):
    one = candidate(made, "M1")
    pages = [
        _url("round", made),
        _url("round_part", made, "PA1"),
        _url("round_candidate", made, one.pk),
        _url("round_minutes_word", made, "PA1"),
        _url("round_review_word", made, one.pk),
        _url("round_decision_word", made),
    ]
    for page in pages:
        assert logged_in(world.users["clerk_b"]).get(page).status_code == 404, page
        assert logged_in(world.users["propaganda"]).get(page).status_code == 403, page
        assert logged_in(world.users["leader"]).get(page).status_code == 200, page
    assert logged_in(world.users["leader"]).get(_url("round_step_new", made, one.pk)).status_code == 403
    assert logged_in(world.users["clerk_b"]).get(_url("round_step_new", made, one.pk)).status_code == 404


def test_a_cell_neither_sees_other_cells_nor_touches_the_round(world, made):
    client, other = logged_in(world.users["cell_a1"]), candidate(made, "M3")
    for page in (
        _url("round_candidate", made, other.pk),
        _url("round_part", made, "PA2"),
        _url("round_entry", made, "PA2"),
        _url("round_decide", made),
        _url("round_refresh", made),
        _url("round_correct", made),
        _url("round_candidate_aside", made, candidate(made, "M1").pk),
        _url("round_decision_word", made),
    ):
        assert client.get(page).status_code == 404, page
    assert client.get(_url("round_entry", made, "PA1")).status_code == 200
    # The plan is corrected: the cell's old address still leads to the round.
    draft = RoundDraft(world["PA"], "members", "2023", date(2023, 11, 1))
    correct_round(made, draft, reason="Hoãn họp", by=None)
    assert client.get(_url("round_entry", made, "PA1")).status_code == 200
    assert client.get(_url("round", made)).status_code == 200


def test_a_cell_enters_self_rating_and_vote_and_no_appraisal(world, made):
    client, one = logged_in(world.users["cell_a1"]), candidate(made, "M1")
    url = _url("round_step_new", made, one.pk)
    entry = {"stage": "appraisal", "on": "14/12/2023", "level": "good"}
    assert client.post(url, entry).status_code == 422
    assert client.post(url, {**entry, "stage": "self", "level": "excellent"}).status_code == 302
    assert client.post(url, {**entry, "stage": "vote"}).status_code == 302
    assert [s.stage for s in next(x for x in standing_of(made) if x.code == "M1").chain] == ["self", "vote"]


def test_a_vote_larger_than_its_base_is_shown_at_the_field(world, made):
    client, one = logged_in(world.users["clerk_a"]), candidate(made, "M1")
    entry = {"stage": "vote", "on": "04/12/2023", "level": "good", "base": "20", "good": "15", "failed": "6"}
    answer = client.post(_url("round_step_new", made, one.pk), entry)
    assert answer.status_code == 422
    assert "base" in answer.context["form"].errors
    answer = client.post(_url("round_step_new", made, one.pk), {**entry, "level": "best", "failed": "0"})
    assert "level" in answer.context["form"].errors
    assert not RatingStep.objects.exists()


def test_a_step_is_corrected_and_voided_from_its_page(world, made):
    one = candidate(made, "M1")
    old = take_step(step(one), by=None)
    client = logged_in(world.users["clerk_a"])
    entry = {"stage": "vote", "on": "05/12/2023", "level": "completed", "why": ""}
    url = _url("round_step_correct", made, one.pk, old.pk)
    assert client.get(url).status_code == 200
    assert client.post(url, entry).status_code == 422
    assert client.post(url, {**entry, "why": "Đếm lại"}).status_code == 302
    assert _level(made, "M1") == "completed"
    assert client.post(url, {**entry, "why": "Lần hai"}).status_code == 409
    new = RatingStep.objects.get(voided_at__isnull=True)
    void = _url("round_step_void", made, one.pk, new.pk)
    assert client.post(void, {"reason": "Họp lại"}).status_code == 302
    assert "Đếm lại" in _text(client.get(_url("round_candidate", made, one.pk)))
    assert _level(made, "M1") == ""


def _entry(made, levels: dict[str, str], **more: str) -> dict[str, str]:
    posted = {"buoc": "vote", "ngay": "04/12/2023", **more}
    for code in ("M1", "M2"):
        one = candidate(made, code)
        known = RatingStep.objects.filter(candidate=one, stage="vote", voided_at__isnull=True).first()
        posted[f"cu-{one.pk}"] = str(known.pk) if known else ""
        posted[f"muc-{one.pk}"] = levels.get(code, "")
    return posted


def test_a_cell_is_entered_on_a_phone_with_one_save_and_undone_with_one_click(world, made):
    client, url = logged_in(world.users["cell_a1"]), _url("round_entry", made, "PA1")
    assert "rate-level" in _text(client.get(url))
    assert client.post(url, _entry(made, {"M1": "good", "M2": "excellent"})).status_code == 302
    assert [_level(made, c) for c in ("M1", "M2")] == ["good", "excellent"]
    entries = LedgerEntry.objects.filter(action="rating_step.add").count()
    assert entries == 1
    assert client.post(url, _entry(made, {"M1": "completed", "M2": "excellent"})).status_code == 302
    assert RatingStep.objects.filter(voided_at__isnull=False).count() == 1
    assert client.post(_url("round_undo", made)).status_code == 302
    assert [_level(made, c) for c in ("M1", "M2")] == ["good", "excellent"]


def test_entry_keeps_votes_and_says_at_whom_something_is_wrong(world, made):
    client, url = logged_in(world.users["cell_a1"]), _url("round_entry", made, "PA1")
    one = candidate(made, "M1")
    posted = {**_entry(made, {"M1": "good", "M2": "good"}, so_nguoi="20"), f"phieu-{one.pk}": "21"}
    answer = client.post(url, posted)
    assert answer.status_code == 422
    assert [bool(line.errors) for line in answer.context["lines"]] == [True, False]
    assert not RatingStep.objects.exists()
    assert client.post(url, {**posted, f"phieu-{one.pk}": "19"}).status_code == 302
    assert RatingStep.objects.get(candidate=one).good == 19
    assert RatingStep.objects.get(candidate=one).base == 20
    # Only the level is changed: what was counted stays.
    assert (
        client.post(
            url, {**_entry(made, {"M1": "excellent"}, so_nguoi="20"), f"phieu-{one.pk}": ""}
        ).status_code
        == 302
    )
    now = RatingStep.objects.get(candidate=one, voided_at__isnull=True)
    assert (now.level, now.good, now.base, now.on) == ("excellent", 19, 20, date(2023, 12, 4))
    for wrong in (
        {f"muc-{one.pk}": "best"},
        {"ngay": "hôm qua"},
        {"so_nguoi": "hai mươi"},
        {f"phieu-{one.pk}": "x"},
    ):
        again = {**_entry(made, {"M1": "good"}), **wrong}
        assert client.post(url, again).status_code == 422


def test_who_saves_on_an_old_page_is_told_of_the_other_clerk(world, made):
    client, url = logged_in(world.users["cell_a1"]), _url("round_entry", made, "PA1")
    posted = _entry(made, {"M1": "good"})
    take_step(step(candidate(made, "M1"), level="failed"), by=world.users["clerk_a"])
    assert client.post(url, posted).status_code == 409
    assert _level(made, "M1") == "failed"


def test_a_round_is_decided_locked_and_opened_again_from_its_pages(world, made):
    client = logged_in(world.users["clerk_a"])
    save_steps([step(candidate(made, c), "vote") for c in ("M1", "M2")], by=None)
    url = _url("round_decide", made)
    answer = client.post(url, {**PAPER, "da_kiem_tra": "1"})
    assert answer.status_code == 422
    assert "Lê Văn Cường" in _text(answer)
    take_step(step(candidate(made, "M3")), by=None)
    answer = client.post(url, PAPER)  # levels of votes alone are doubted once
    assert answer.status_code == 422
    assert answer.context["form"].warnings
    assert client.post(url, {**PAPER, "da_kiem_tra": "1"}).status_code == 302
    assert "Số 45-QĐ/ĐU" in _words(client.get(_url("round_decision_word", made)))
    assert MemberRating.objects.count() == 3
    assert decision_of(made).verdict["base"] == "tot_tro_len"
    page = client.get(_url("round", made))
    assert "45-QĐ/ĐU" in _text(page)
    one = candidate(made, "M1")
    entry = {"stage": "decision", "on": "22/12/2023", "level": "failed"}
    assert client.post(_url("round_step_new", made, one.pk), entry).status_code == 422
    assert client.get(_url("round_entry", made, "PA1")).status_code == 404
    rating = MemberRating.objects.get(member=world["M1"])
    draft = MemberRatingDraft(world["M1"], world["PA1"], "2023", "excellent")
    correct_member_rating(rating, draft, reason="Giải quyết khiếu nại", by=world.users["clerk_a"])
    page = _text(client.get(_url("round", made)))
    assert "Giải quyết khiếu nại" in page
    assert client.post(_url("round_reopen", made), {"reason": "Sai thẩm quyền"}).status_code == 302
    assert not MemberRating.objects.filter(voided_at__isnull=True).exists()


def test_the_list_is_read_again_and_changed_by_hand_from_its_pages(world, made):
    client = logged_in(world.users["clerk"])
    new = person(world, "M8", "Bùi Văn Khoa")
    register(new, into=world["PA2"], on=date(2016, 1, 1), by=None, admitted_on=date(2006, 1, 1))
    page = client.get(_url("round_refresh", made))
    assert "Bùi Văn Khoa" in _text(page)
    assert len(standing_of(made)) == 3
    assert client.post(_url("round_refresh", made)).status_code == 302
    assert len(standing_of(made)) == 4
    one = candidate(made, "M8")
    url = _url("round_candidate_aside", made, one.pk)
    assert client.post(url, {"reason": "other", "note": ""}).status_code == 422
    assert client.post(url, {"reason": "other", "note": "Đi học"}).status_code == 302
    # The old address leads to the row that took its place.
    assert "Đi học" in _text(client.get(_url("round_candidate", made, one.pk)))
    assert client.post(_url("round_candidate_aside", made, one.pk), {"note": "Về rồi"}).status_code == 302
    assert candidate(made, "M8").reason == ""
    entry = {"member": "M5", "organisation": "PA1", "note": "Biệt phái"}
    assert client.post(_url("round_candidate_add", made), entry).status_code == 302
    assert len(standing_of(made)) == 5


def test_the_rounds_below_are_opened_with_one_button_and_shown_on_the_board_above(world):
    parent = opened(world, "QS", "organisations")
    client = logged_in(world.users["clerk"])
    assert client.get(_url("round_open_below", parent)).status_code == 405
    assert client.post(_url("round_open_below", parent)).status_code == 302
    page = client.get(_url("round", parent))
    assert [one.organisation.code for one, _ in page.context["below"]] == ["PA", "PB", "VP"]
    assert [part.listed for _, part in page.context["below"]] == [3, 2, 1]


def test_a_plan_is_corrected_and_the_old_address_still_leads_to_the_round(world, made):
    client = logged_in(world.users["clerk_a"])
    entry = {"opened_on": "01/11/2023", "vote_by": "12/12/2023", "why": "Hoãn họp"}
    assert client.post(_url("round_correct", made), entry).status_code == 302
    page = client.get(_url("round", made))
    assert page.context["round"].vote_by == date(2023, 12, 12)
    assert page.context["round"].pk != made.pk
    assert client.post(_url("round_void", made), {"reason": "Mở nhầm"}).status_code == 302
    assert client.get(_url("round", made)).status_code == 404


def _words(answer) -> str:
    document = Document(BytesIO(answer.content))
    texts = [p.text for p in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def test_the_papers_hold_the_list_the_counts_and_what_the_register_knows(world, made):
    client = logged_in(world.users["clerk_a"])
    one = candidate(made, "M1")
    save_steps([step(one, base=20, good=18, completed=2)], by=None)
    said = _words(client.get(_url("round_minutes_word", made, "PA1")))
    assert "Nguyễn Văn An" in said
    assert "18" in said
    said = _words(client.get(_url("round_review_word", made, one.pk)))
    assert "10/03/2006" in said  # the day of full membership
    assert "25-HD/BTCTW" in said
    said = _words(client.get(_url("round_reviews_word", made, "PA1")))
    assert said.count("BẢN KIỂM ĐIỂM CÁ NHÂN") == 2
    said = _words(client.get(_url("round_decision_word", made)))
    assert "Chi bộ thôn A1" in said
    assert "124-QĐ/TW" in said
    assert LedgerEntry.objects.filter(action="rating_round.download").count() == 4


def test_the_form_of_the_year_is_named_by_the_rule(world):
    later = opened(world, period="2025", opened_on=date(2025, 11, 1), self_by=None, vote_by=None,
                   appraise_by=None, decide_by=None)  # fmt: skip
    client = logged_in(world.users["clerk_a"])
    url = _url("round_reviews_word", later, "PA1")
    assert "Mẫu 2A" in _words(client.get(url))
    assert "Mẫu 2C" in _words(client.get(url, {"mau": "outside_political_system"}))
    bodies = opened(world, "QS", "organisations", period="2025", opened_on=date(2025, 11, 1), self_by=None,
                    vote_by=None, appraise_by=None, decide_by=None)  # fmt: skip
    one = candidate(bodies, "PA")
    said = _words(logged_in(world.users["clerk"]).get(_url("round_review_word", bodies, one.pk)))
    assert "Mẫu 01" in said


def test_a_page_asks_no_more_for_more_members(world, made):
    client = logged_in(world.users["clerk_a"])

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    client.get(_url("round", made))
    pages = [
        reverse("ratings:round_list") + "?ky=2023",
        _url("round", made),
        _url("round_part", made, "PA1"),
        _url("round_entry", made, "PA1"),
        _url("round_candidate", made, candidate(made, "M1").pk),
        _url("round_decide", made),
        _url("round_refresh", made),
    ]
    before = [queries(url) for url in pages]
    for n in range(4):
        new = person(world, f"N{n}", f"Người Mới {n}")
        register(new, into=world["PA1"], on=date(2016, 1, 1), by=None, admitted_on=date(2006, 1, 1))
    client.post(_url("round_refresh", made))
    save_steps([step(candidate(made, c)) for c in ("M1", "N0", "N1", "N2")], by=None)
    client.get(_url("round", made))  # takes the message of the saving
    after = [queries(url) for url in pages]
    assert max(after) <= 15, dict(zip(pages, after, strict=True))
    assert all(now <= then + 1 for now, then in zip(after, before, strict=True)), (before, after)


def test_a_scanned_self_review_stands_at_the_candidate_and_stays_when_the_list_changes(world, made):
    client, one = logged_in(world.users["cell_a1"]), candidate(made, "M1")
    attach = reverse("ratings:round_candidate_attach", args=[one.pk])
    scan = SimpleUploadedFile("kiem-diem-2023.pdf", PDF, "application/pdf")
    answer = client.post(attach, {"file": scan})
    assert answer.status_code == 302, _text(answer)
    assert client.get(answer["Location"], follow=True).status_code == 200
    moved = set_aside(one, reason="other", note="Ốm", by=None)
    page = client.get(_url("round_candidate", made, moved.pk))
    assert "kiem-diem-2023.pdf" in _text(page)
    [paper] = page.context["papers"]
    assert client.get(paper["href"]).status_code == 200
    assert logged_in(world.users["clerk_b"]).get(paper["href"]).status_code == 404
    assert logged_in(world.users["clerk_b"]).get(attach).status_code == 404


def test_deciding_over_the_cap_asks_for_the_reason_and_shows_it_afterwards(world, made):
    client = logged_in(world.users["clerk_a"])
    save_steps([step(candidate(made, c), "decision", "excellent") for c in ("M1", "M2", "M3")], by=None)
    url = _url("round_decide", made)
    assert "Lý do vượt mức tối đa" in _text(client.get(url))
    answer = client.post(url, {**PAPER, "da_kiem_tra": "1"})
    assert answer.status_code == 422
    assert "Hãy ghi vì sao vẫn quyết định" in _text(answer)
    sent = {**PAPER, "over_reason": "Tập thể dẫn đầu huyện", "da_kiem_tra": "1"}
    assert client.post(url, sent).status_code == 302
    assert "Tập thể dẫn đầu huyện" in _text(client.get(_url("round", made)))


def test_deciding_within_the_cap_asks_for_no_reason(world, made):
    save_steps([step(candidate(made, c), "decision", "good") for c in ("M1", "M2", "M3")], by=None)
    page = _text(logged_in(world.users["clerk_a"]).get(_url("round_decide", made)))
    assert "Lý do vượt mức tối đa" not in page


def test_deciding_says_how_many_findings_of_the_checks_nobody_answered(world, made):
    save_steps([step(candidate(made, c), "decision", "good") for c in ("M1", "M2", "M3")], by=None)
    given = MemberDisciplineDraft(world["M1"], world["PA1"], "warning", date(2023, 6, 1), "other")
    add_member_discipline(given, by=None)
    client, url = logged_in(world.users["clerk_a"]), _url("round_decide", made)
    assert "còn 1 phát hiện chưa xử lý" in _text(client.get(url))
    answer = client.post(url, PAPER)
    assert answer.status_code == 422
    assert "phát hiện chưa xử lý" in " ".join(answer.context["form"].warnings)
    assert client.post(url, {**PAPER, "da_kiem_tra": "1"}).status_code == 302


def test_rounds_of_other_years_are_led_to_from_an_empty_list(world, made):
    client = logged_in(world.users["clerk_a"])
    page = client.get(reverse("ratings:round_list"), {"ky": "2022"})
    assert page.context["rounds"] == []
    [(year, number, address)] = page.context["other_years"]
    assert (year, number) == (2023, 1) and "năm 2023 (1 đợt)" in _text(page)
    assert [
        one.pk for one, _, _ in client.get(reverse("ratings:round_list") + address).context["rounds"]
    ] == [made.pk]
    assert client.get(reverse("ratings:round_list"), {"ky": "2023"}).context["other_years"] == []


def test_who_may_vote_is_told_by_the_register_and_not_dropped_without_votes(world, made):
    client, url = logged_in(world.users["cell_a1"]), _url("round_entry", made, "PA1")
    assert "Theo sổ: 2 đảng viên chính thức" in _text(client.get(url))
    answer = client.post(url, _entry(made, {"M1": "good"}, so_nguoi="20"))
    assert answer.status_code == 422 and "chưa ghi số phiếu" in _text(answer)
    assert not RatingStep.objects.exists()
