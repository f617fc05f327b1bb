"""Pages of papers: both books, numbers, references read, changes, papers handed down; who may open and change what."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.directives.test_directive import directive
from tests.directives.test_pages_directives import ENTRY
from tests.page_world import logged_in, make_page_world
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.directives.acts import add_directive, change_directive, correct_directive, issue_directive
from tongket.directives.models import Directive, DirectiveChange
from tongket.directives.papers.issuing import issued_draft
from tongket.obligations.acts import hand_out
from tongket.obligations.drafts import DemandDraft

ISSUED = {
    "organisation": "QS",
    "kind": "KH",
    "issued_on": "01/03/2023",
    "symbol": "",
    "subject": "Công tác năm",
}


@pytest.fixture
def world(db: None) -> World:
    return make_page_world()


@pytest.fixture
def paper(world: World) -> Directive:
    return add_directive(directive(world), by=world.users["office"])


@pytest.fixture
def handed(world: World, paper: Directive) -> Directive:
    draft = DemandDraft(
        world["QS"], "plan", "Xây dựng kế hoạch", date(2023, 5, 1), date(2023, 6, 1), about=paper.identity
    )
    hand_out(draft, [world["PA"]], by=world.users["office"])
    return paper


def url(name: str, *args: object) -> str:
    return reverse(f"directives:{name}", args=args)


def issue(world: World, symbol: str = "", on: date = date(2023, 3, 1), **more) -> Directive:
    draft = issued_draft(world["QS"], "KH", symbol, on, more.pop("subject", "Công tác năm"), **more)
    return issue_directive(draft, by=world.users["office"])


def symbols(answer) -> list[str]:
    return [row.symbol for row in answer.context["table"].data]


# --- the two books ----------------------------------------------------------------------------------------


def test_an_issued_paper_without_symbol_gets_the_next_number_and_stands_in_its_own_book(world, paper):
    issue(world, "04-KH/HU")
    client = logged_in(world.users["office"])
    answer = client.post(url("issued_new"), ISSUED)
    made = Directive.objects.get(symbol="05-KH/HU")
    assert answer.status_code == 302 and answer["Location"] == url("detail", made.pk)
    assert (made.book, made.issuer, made.issuer_level) == ("issued", "Huyện ủy Thử", "district")
    assert symbols(client.get(url("issued_list"), {"ky": "2023"})) == ["05-KH/HU", "04-KH/HU"]
    assert symbols(client.get(url("list"), {"ky": "2023"})) == ["26-CT/TU"]


def test_a_doubled_number_is_shown_at_the_symbol_with_the_free_one(world):
    issue(world, "04-KH/HU")
    answer = logged_in(world.users["office"]).post(
        url("issued_new"), {**ISSUED, "symbol": "04-KH/HU", "issued_on": "05/06/2023"}
    )
    assert answer.status_code == 422
    assert "05-KH/HU" in answer.context["form"].errors["symbol"][0]
    assert Directive.objects.count() == 1


def test_a_wrong_symbol_is_refused_and_an_unusual_one_is_written_when_confirmed(world):
    client = logged_in(world.users["office"])
    wrong = client.post(url("new"), {**ENTRY, "symbol": "24NQ/TU"})
    assert wrong.status_code == 422 and "24-NQ/TU" in wrong.context["form"].errors["symbol"][0]
    entry = {**ENTRY, "symbol": "NQ-HNTW7", "issuer_level": "central"}
    asked = client.post(url("new"), entry)
    assert asked.status_code == 422 and "không có số" in asked.context["form"].warnings[0]
    assert not Directive.objects.exists()
    assert client.post(url("new"), {**entry, "da_kiem_tra": "1"}).status_code == 302
    assert Directive.objects.get().number is None


def test_the_form_offers_the_free_number_and_leaves_one_typed_by_hand(world):
    issue(world, "04-KH/HU")
    client = logged_in(world.users["office"])
    asked = {"organisation": "QS", "kind": "KH", "issued_on": "01/04/2023"}
    assert 'value="05-KH/HU"' in client.get(url("next_symbol"), asked).content.decode()
    assert (
        'value="09-KH/HU"' in client.get(url("next_symbol"), {**asked, "symbol": "09-KH/HU"}).content.decode()
    )
    assert (
        'value="01-NQ/HU"'
        in client.get(url("next_symbol"), {**asked, "kind": "NQ", "symbol": "05-KH/HU"}).content.decode()
    )
    other = logged_in(world.users["clerk_a"]).get(url("next_symbol"), asked).content.decode()
    assert 'value=""' in other
    page = client.get(url("issued_new"), {"loai": "KH"})
    assert page.context["form"].initial["symbol"] == "05-KH/HU"


def test_a_correction_of_an_issued_paper_stays_in_its_book(world):
    made = issue(world, "04-KH/HU")
    client = logged_in(world.users["office"])
    assert client.get(url("issued_correct", made.pk)).status_code == 200
    assert client.get(url("correct", made.pk)).status_code == 404
    entry = {**ISSUED, "symbol": "04-KH/HU", "subject": "Trích yếu đúng", "why": "Sai chữ"}
    assert client.post(url("issued_correct", made.pk), entry).status_code == 302
    fresh = Directive.objects.get(voided_at=None)
    assert (fresh.book, fresh.subject, fresh.identity) == ("issued", "Trích yếu đúng", made.identity)
    page = client.get(url("detail", made.pk))
    assert page.status_code == 200 and "bị hủy hoặc đính chính" in page.content.decode()


def test_the_page_of_numbers_shows_gaps_doubles_and_the_next(world):
    for number in (2, 5):
        issue(world, f"{number:02d}-KH/HU")
    client = logged_in(world.users["office"])
    page = client.get(url("numbers"))
    [series] = page.context["series"]
    assert (series.gaps, series.next_symbol) == (((1, 1), (3, 4)), "06-KH/HU")
    said = page.content.decode()
    assert "3–4" in said and "06-KH/HU" in said and "?loai=KH" in said
    leader = logged_in(world.users["leader"]).get(url("numbers")).content.decode()
    assert "06-KH/HU" in leader and "?loai=KH" not in leader
    assert logged_in(world.users["clerk_a"]).get(url("numbers")).context["series"] == []


@pytest.mark.parametrize("name", ["issued_new", "issued_list", "numbers", "read_text", "next_symbol"])
def test_the_administrator_opens_no_book(world, name):
    assert logged_in(world.users["admin"]).get(url(name)).status_code == 403


def test_who_reads_only_enters_nothing(world, paper):
    client = logged_in(world.users["leader"])
    assert client.get(url("detail", paper.pk)).status_code == 200
    for name, args in (
        ("issued_new", ()),
        ("change", (paper.pk,)),
        ("attach", (paper.pk,)),
    ):
        assert client.post(url(name, *args), ISSUED).status_code == 403


def test_the_list_is_cut_to_what_is_in_force(world, paper):
    issue(world, "04-KH/HU", effective_until=date(2023, 12, 31))
    issue(world, "05-KH/HU")
    client = logged_in(world.users["office"])
    assert symbols(client.get(url("issued_list"), {"ky": "2023", "hieu_luc": "con"})) == ["05-KH/HU"]
    assert symbols(client.get(url("issued_list"), {"ky": "2023", "hieu_luc": "het"})) == ["04-KH/HU"]
    assert "hết hiệu lực" in client.get(url("issued_list"), {"ky": "2023"}).content.decode()


# --- references in a text ---------------------------------------------------------------------------------


def test_a_pasted_text_links_known_papers_and_offers_the_others_prefilled(world, paper):
    text = (
        "Thực hiện Chỉ thị 26-CT/TU ngày 10/02/2023; "
        "Nghị quyết số 33-NQ/TU ngày 20/11/2023 của Ban Thường vụ Tỉnh ủy Quảng Nam về xây dựng lực lượng Công an"
    )
    client = logged_in(world.users["office"])
    page = client.post(url("read_text"), {"text": text})
    known, unknown = page.context["found"]
    assert known.papers == [paper] and url("detail", paper.pk) in page.content.decode()
    assert unknown.papers == []
    form = client.get(unknown.new_url).context["form"]
    assert {
        name: form.initial[name] for name in ("kind", "symbol", "issued_on", "issuer", "issuer_level")
    } == {
        "kind": "NQ",
        "symbol": "33-NQ/TU",
        "issued_on": date(2023, 11, 20),
        "issuer": "Ban Thường vụ Tỉnh ủy Quảng Nam",
        "issuer_level": "province",
    }
    assert not LedgerEntry.objects.filter(action="directive.add").exclude(data__symbol="26-CT/TU").exists()


def test_a_paper_of_another_book_is_not_given_away_by_a_pasted_text(world, paper):
    page = logged_in(world.users["clerk_a"]).post(url("read_text"), {"text": "Chỉ thị 26-CT/TU"})
    [found] = page.context["found"]
    assert found.papers == []
    leader = logged_in(world.users["leader"]).post(url("read_text"), {"text": "Chỉ thị 27-CT/TU"})
    assert leader.context["found"][0].new_url == ""


def test_a_text_without_references_or_too_long_is_told(world):
    client = logged_in(world.users["office"])
    assert (
        "Không thấy số và ký hiệu" in client.post(url("read_text"), {"text": "Không có gì"}).content.decode()
    )
    assert client.post(url("read_text"), {"text": ""}).status_code == 422
    assert client.post(url("read_text"), {"text": "x" * 20_001}).status_code == 422


@pytest.mark.parametrize("asked", ["?loai=XX&cap=YY&ngay=99/99/2023&so=" + "9" * 500, "?loai=&so=%00"])
def test_an_address_with_nonsense_opens_an_empty_form(world, asked):
    assert logged_in(world.users["office"]).get(url("new") + asked).status_code == 200


# --- changes ----------------------------------------------------------------------------------------------


def test_a_change_is_recorded_shown_both_ways_and_voided(world, paper):
    new = add_directive(directive(world, symbol="30-CT/TU", issued_on=date(2023, 2, 12)), by=None)
    client = logged_in(world.users["office"])
    entry = {"kind": "replaced", "on": "01/06/2023", "by_directive": new.pk, "reason": "Văn bản mới"}
    assert client.post(url("change", paper.pk), entry).status_code == 302
    old_page, new_page = (client.get(url("detail", one.pk)).content.decode() for one in (paper, new))
    assert "đã được thay thế" in old_page and url("detail", new.pk) in old_page
    assert "Thay thế" in new_page and url("detail", paper.pk) in new_page
    change = DirectiveChange.objects.get()
    back = client.post(url("change", new.pk), {**entry, "by_directive": paper.pk})
    assert back.status_code == 422 and "by_directive" in back.context["form"].errors
    early = client.post(
        url("change", new.pk), {**entry, "kind": "revoked", "on": "01/01/2023", "by_directive": ""}
    )
    assert early.status_code == 422 and "on" in early.context["form"].errors
    assert client.post(url("void_change", paper.pk, change.pk), {"reason": ""}).status_code == 422
    assert client.post(url("void_change", paper.pk, change.pk), {"reason": "Nhầm"}).status_code == 302
    assert "đã được thay thế" not in client.get(url("detail", paper.pk)).content.decode()


def test_a_change_of_another_book_is_not_to_be_made_or_voided(world, handed):
    change = change_directive(handed, kind="revoked", on=date(2023, 6, 1), reason="Thu hồi", by=None)
    client = logged_in(world.users["clerk_a"])
    assert client.post(url("change", handed.pk), {"kind": "revoked"}).status_code == 404
    assert client.post(url("void_change", handed.pk, change.pk), {"reason": "x"}).status_code == 404
    assert DirectiveChange.objects.get().voided_at is None


def test_the_holder_of_a_handed_paper_is_told_of_its_change_on_his_list(world, handed):
    change_directive(handed, kind="revoked", on=date(2023, 6, 1), reason="Lý do nội bộ", by=None)
    told = logged_in(world.users["clerk_a"]).get(url("list")).content.decode()
    assert "Văn bản đang giữ vừa thay đổi" in told and url("detail", handed.pk) in told
    assert "Lý do nội bộ" not in told
    assert "vừa thay đổi" not in logged_in(world.users["clerk_b"]).get(url("list")).content.decode()


# --- papers handed down -----------------------------------------------------------------------------------


def test_a_handed_paper_opens_read_only_and_says_who_handed_it(world, handed):
    client = logged_in(world.users["clerk_a"])
    page = client.get(url("detail", handed.pk))
    said = page.content.decode()
    assert page.status_code == 200 and "Đảng bộ huyện Thử" in said and "Xây dựng kế hoạch" in said
    assert page.context["correct_url"] == "" and page.context["more_actions"] == []
    assert url("attach", handed.pk) not in said
    assert symbols(client.get(url("list"), {"thoi_gian": "tat-ca"})) == []
    assert client.get(url("correct", handed.pk)).status_code == 404
    assert client.get(url("void", handed.pk)).status_code == 404
    assert logged_in(world.users["clerk_b"]).get(url("detail", handed.pk)).status_code == 404


def test_the_old_address_of_a_corrected_handed_paper_leads_to_the_row_that_stands(world, handed):
    fresh = correct_directive(handed, directive(world, subject="Trích yếu đúng"), reason="Sai chữ", by=None)
    client = logged_in(world.users["clerk_a"])
    assert client.get(url("detail", handed.pk))["Location"] == url("detail", fresh.pk)
    assert logged_in(world.users["clerk_b"]).get(url("detail", handed.pk)).status_code == 404
    assert client.get(url("detail", 999_999)).status_code == 404


# --- search and speed -------------------------------------------------------------------------------------


def test_the_list_searches_with_and_without_diacritics(world, paper):
    client = logged_in(world.users["office"])
    for asked, wanted in (
        ("sinh hoat chi bo", 1),
        ("sinh hoạt chi bộ", 1),
        ("sính hoạt", 0),
        ("26-CT/TU", 1),
    ):
        assert len(symbols(client.get(url("list"), {"ky": "2023", "q": asked}))) == wanted


def test_pages_ask_the_database_the_same_few_times_however_long_the_books(world, handed):
    client = logged_in(world.users["office"])
    pages = [
        url("list") + "?ky=2023",
        url("list") + "?ky=2023&q=chi+bo&hieu_luc=con",
        url("issued_list") + "?ky=2023",
        url("numbers"),
        url("detail", handed.pk),
    ]

    def grow(numbers) -> list[int]:
        for n in numbers:
            made = add_directive(directive(world, symbol=f"{n}-CT/TU"), by=None)
            change_directive(
                handed, kind="updated", on=date(2023, 5, n), reason="Bổ sung", by_directive=made, by=None
            )
            issue(world)
        return [_queries(client, page) for page in pages]

    grow([1])
    before, after = grow([2]), grow(range(3, 14))
    assert max(after) <= 15 and after == before, (before, after)


def _queries(client, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(page).status_code == 200
    return len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])
