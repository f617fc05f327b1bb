"""The pages of books: who sees and does what, what is masked, and how much they ask of the database."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.books.test_locking import locked, signed
from tests.books.test_verify import late_admission
from tests.cases.conftest import decided, opened
from tests.figures.test_sealing import decide
from tests.page_world import logged_in
from tests.world import World
from tongket.audit.models import LedgerEntry
from tongket.books import content as contents
from tongket.books.checking.verify import verify
from tongket.books.models import BookSignature, FigureBook
from tongket.books.pages import verifying
from tongket.books.standing import standing_of
from tongket.inspections.models import MemberDiscipline, SealedAccess

pytestmark = pytest.mark.django_db
LIST, LOCK = reverse("books:list"), reverse("books:lock")
AT_QS = "?to_chuc=QS&ky=2023"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    verifying._KEPT.clear()


def page(world: World, who: str, address: str, status: int = 200) -> str:
    answer = logged_in(world.users[who]).get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def pages_of(book: FigureBook) -> list[str]:
    return [
        reverse(f"books:{name}", args=[book.pk, *more])
        for name, more in (("book", ()), ("verify", ()), ("deeds", ()), ("file", ()))
    ]


# --- rights -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "reads", "locks"),
    [
        ("office", 200, 200),
        ("leader", 200, 403),
        ("auditor", 200, 403),
        ("propaganda", 200, 403),
        ("inspector", 200, 403),
        ("admin", 403, 403),
        ("nobody", 403, 403),
    ],
)
def test_who_reads_and_who_locks(world: World, who: str, reads: int, locks: int) -> None:
    book = locked(world)
    for address in (LIST + AT_QS, *pages_of(book)):
        page(world, who, address, reads)
    page(world, who, LOCK + AT_QS, locks)


@pytest.mark.parametrize("who", ["office_a", "leader_a", "clerk_b"])
def test_books_of_an_organisation_above_are_not_there_for_those_below(world: World, who: str) -> None:
    book = locked(world)
    client = logged_in(world.users[who])
    for address in (*pages_of(book), reverse("books:change", args=[book.pk, "members.total"]), LIST + AT_QS):
        assert client.get(address).status_code == 404, address
    for name in ("sign", "return"):
        answer = client.post(
            reverse(f"books:{name}", args=[book.pk]), {"step": "clerk", "digest": book.digest, "reason": "x"}
        )
        assert answer.status_code == 404
    assert not BookSignature.objects.exists()
    assert client.post(LOCK + AT_QS, {"as_at": "31/12/2023"}).status_code in (403, 404)
    assert FigureBook.objects.count() == 1


def test_getting_a_page_changes_nothing(world: World) -> None:
    book = signed(world, locked(world), "writer")
    before = (FigureBook.objects.count(), BookSignature.objects.count())
    client = logged_in(world.users["head"])
    for address in (LOCK + AT_QS, reverse("books:return", args=[book.pk])):
        assert client.get(address).status_code == 200
    assert client.get(reverse("books:sign", args=[book.pk])).status_code == 405
    assert (FigureBook.objects.count(), BookSignature.objects.count()) == before


# --- the way of a book ------------------------------------------------------------------------------------


def test_from_the_preview_to_the_last_signature(world: World) -> None:
    client = logged_in(world.users["office"])
    answer = client.post(LOCK + AT_QS, {"as_at": "31/12/2023"})
    book = FigureBook.objects.get()
    assert answer.url == reverse("books:book", args=[book.pk])
    for who, step in (("office", "clerk"), ("head", "office"), ("leader", "secretary")):
        text = page(world, who, answer.url)
        assert f'value="{step}"' in text
        logged_in(world.users[who]).post(
            reverse("books:sign", args=[book.pk]), {"step": step, "digest": book.digest}
        )
    assert standing_of(book).state == "signed"
    assert "Đã ký đủ" in page(world, "auditor", answer.url)
    # Nobody is offered to sign what is signed, and a reader is never offered to.
    assert 'name="step"' not in page(world, "leader", answer.url)


def test_locking_again_asks_why_at_the_field(world: World) -> None:
    locked(world)
    client = logged_in(world.users["office"])
    answer = client.post(LOCK + AT_QS, {"as_at": "31/12/2023", "reason": ""})
    assert answer.status_code == 422
    assert "vì sao chốt lại" in answer.content.decode()
    assert client.post(LOCK + AT_QS, {"as_at": "31/12/2023", "reason": "bổ sung"}).status_code == 302
    assert FigureBook.objects.count() == 2


def test_a_day_within_the_period_is_confirmed_first(world: World) -> None:
    client = logged_in(world.users["office"])
    asked = {"as_at": "30/06/2023"}
    answer = client.post(LOCK + AT_QS, asked)
    assert answer.status_code == 422
    assert "tạm chốt" in answer.content.decode()
    assert not FigureBook.objects.exists()
    assert client.post(LOCK + AT_QS, asked | {"da_kiem_tra": "1"}).status_code == 302
    assert FigureBook.objects.get().provisional


def test_the_preview_says_what_differs_from_the_standing_book(world: World) -> None:
    locked(world)
    assert "Không có gì khác" in page(world, "office", LOCK + AT_QS)
    late_admission(world)
    text = page(world, "office", LOCK + AT_QS)
    assert "Khác với lần chốt 1" in text
    assert "Số đảng viên mới kết nạp" in text or "kết nạp" in text


def test_sent_back_with_a_reason_that_everybody_reads(world: World) -> None:
    book = signed(world, locked(world), "writer", "head")
    client = logged_in(world.users["leader"])
    address = reverse("books:return", args=[book.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Thiếu chi bộ quân sự"}).status_code == 302
    for where in (reverse("books:book", args=[book.pk]), LIST + AT_QS):
        assert "Thiếu chi bộ quân sự" in page(world, "writer", where)


def test_a_figure_is_found_without_diacritics_and_for_one_below(world: World) -> None:
    book = locked(world)
    address = reverse("books:book", args=[book.pk])
    text = page(world, "office", f"{address}?q=tong+so+dang+vien&don_vi=PA")
    assert "members.total" in text
    assert "honours.badges" not in text


# --- verifying --------------------------------------------------------------------------------------------


def test_the_verification_lists_what_changed_and_leads_to_the_records(world: World) -> None:
    book = locked(world)
    verify = reverse("books:verify", args=[book.pk])
    assert "Không số nào khác" in page(world, "office", verify)
    late_admission(world)
    change = reverse("books:change", args=[book.pk, "members.admitted"])
    text = page(world, "office", verify)
    assert change in text
    deeds = reverse("books:deeds", args=[book.pk])
    assert f'hx-get="{deeds}?' in text
    assert "Người dùng clerk_a" in page(world, "office", deeds)
    text = page(world, "clerk", change)
    assert "Nguyễn Thị Hai" in text
    assert "Người dùng clerk_a" in text
    # Who may not read members sees numbers and acts, no names.
    text = page(world, "propaganda", change)
    assert "Nguyễn Thị Hai" not in text
    assert "Người dùng clerk_a" in text


def test_a_share_differs_by_points_and_a_count_by_its_number(world: World) -> None:
    book = locked(world)
    late_admission(world)
    text = page(world, "office", f"{reverse('books:verify', args=[book.pk])}?ket_qua=doi")
    assert re.search(r'data-label="Chênh">[+−][\d.,]+ điểm %</td>', text)
    assert re.search(r'data-label="Chênh">\+1</td>', text)
    assert not re.search(r'data-label="Chênh">[+−][\d.,]+%', text)


def test_the_kept_verification_is_taken_anew_after_every_act(world: World) -> None:
    book = locked(world)
    verify = reverse("books:verify", args=[book.pk])
    page(world, "office", verify)
    late_admission(world)
    assert "Không số nào khác" not in page(world, "office", verify)


# --- masks ------------------------------------------------------------------------------------------------


def guarded_texts(world: World, who: str, book: FigureBook) -> dict[str, str]:
    """Every page that could tell of discipline."""
    places = ("QS", "PA", "PB")
    return {
        **{
            f"book {place}": page(
                world, who, f"{reverse('books:book', args=[book.pk])}?nhom=discipline&don_vi={place}"
            )
            for place in places
        },
        "verify": page(world, who, f"{reverse('books:verify', args=[book.pk])}?ket_qua=&q=ky+luat"),
        "changed": page(world, who, reverse("books:verify", args=[book.pk])),
        "deeds": page(world, who, reverse("books:deeds", args=[book.pk])),
        "file": page(world, who, reverse("books:file", args=[book.pk])),
        "lock": page(world, who, LOCK + AT_QS) if who == "office" else "",
    }


def plain_text(texts: dict[str, str]) -> dict[str, str]:
    """Without what differs from request to request."""
    changing = r'csrfmiddlewaretoken" value="[^"]*"|\d\d:\d\d(:\d\d\.\d+)? \d\d/\d\d/\d{4}|[0-9a-f]{12,64}'
    changing += r"|biet_den=[^\"]*|chot-so-lieu/\d+|nonce-[^\"]*|\d{4}-\d\d-\d\dT[\d:.+]*"
    return {name: re.sub(changing, "", text) for name, text in texts.items()}


@pytest.mark.parametrize("who", ["office", "propaganda"])
def test_without_the_duty_nothing_of_discipline_can_be_told_from_a_book(world: World, who: str) -> None:
    none = plain_text(guarded_texts(world, who, locked(world)))
    decide(world)
    decide(world, on=date(2023, 7, 1))
    some = plain_text(guarded_texts(world, who, locked(world, reason="x")))
    later = FigureBook.objects.get(voided_at__isnull=True)
    decide(world, on=date(2023, 8, 1))
    verifying._KEPT.clear()
    more = plain_text(guarded_texts(world, who, later))
    for texts in (some, more):
        for name, text in texts.items():
            if name not in ("file", "lock"):  # these bear the version and the reason
                assert text.replace("lần chốt 2", "lần chốt 1").count("Kỷ luật") == none[name].count(
                    "Kỷ luật"
                )
    assert some["verify"].count("<tr") == none["verify"].count("<tr") == more["verify"].count("<tr")
    assert "discipline.members" not in some["verify"]
    data = json.loads(logged_in(world.users[who]).get(reverse("books:file", args=[later.pk])).content)
    assert data["guarded"] is None
    assert "discipline.members" in data["left_out"]
    change = reverse("books:change", args=[later.pk, "discipline.members"])
    page(world, who, change, 404)


def test_with_the_duty_the_numbers_are_there(world: World) -> None:
    decide(world)
    book = locked(world)
    text = page(world, "inspector", f"{reverse('books:book', args=[book.pk])}?nhom=discipline")
    assert "chỉ xem được với nhiệm vụ" not in text
    data = json.loads(logged_in(world.users["leader"]).get(reverse("books:file", args=[book.pk])).content)
    assert data["guarded"]["figures"]["QS"]["discipline.members"][0] == 1
    assert data["left_out"] == []


def test_a_sealed_case_shows_nowhere_in_a_book_to_whoever_is_not_named(world: World) -> None:
    decide(world)
    plain = plain_text(guarded_texts(world, "inspector", locked(world)))
    case = decide(world, sealed=True)
    book = locked(world, reason="x")
    sealed = plain_text(guarded_texts(world, "inspector", book))
    for name in ("book QS", "book PA", "book PB"):
        assert sealed[name].count(">1<") == plain[name].count(">1<"), name
        assert sealed[name].count(">2<") == plain[name].count(">2<"), name
    # A sealed decision recorded after the lock is no change to see either.
    decide(world, sealed=True, on=date(2023, 9, 1))
    verifying._KEPT.clear()
    assert "discipline" not in page(world, "inspector", reverse("books:verify", args=[book.pk]))
    page(world, "inspector", reverse("books:change", args=[book.pk, "discipline.members"]))
    SealedAccess.objects.create(case_identity=case, user=world.users["inspector"], recorded_at=timezone.now())
    named = page(world, "inspector", f"{reverse('books:book', args=[book.pk])}?nhom=discipline")
    assert named.count(">2<") > plain["book QS"].count(">2<")


@pytest.mark.parametrize("sealed", [False, True])
def test_the_act_of_a_sealed_expulsion_is_told_only_to_who_reads_the_whole_ledger(
    world: World, sealed: bool
) -> None:
    book = locked(world)
    decided(world, opened(world, sealed=sealed), "expulsion")
    inspector = str(world.users["inspector"])
    change = reverse("books:change", args=[book.pk, "members.total"])
    for address in (change, reverse("books:deeds", args=[book.pk])):
        for who in ("office", "clerk"):
            assert (inspector in page(world, who, address)) is not sealed, (who, address)
        assert inspector in page(world, "auditor", address)


def test_the_digest_of_a_downloaded_file_can_be_checked_by_anybody(world: World) -> None:
    book = locked(world)
    for who in ("propaganda", "leader"):
        data = json.loads(logged_in(world.users[who]).get(reverse("books:file", args=[book.pk])).content)
        again = contents.canonical(data["content"])
        assert contents.book_digest(data["previous_digest"], again) == data["digest"] == book.digest
    whole = contents.canonical(data["guarded"])
    assert contents.guarded_digest(whole) == data["content"]["guarded"]["digest"]
    assert LedgerEntry.objects.filter(action="book.download").count() == 2


# --- how much is asked ------------------------------------------------------------------------------------


def queries(world: World, who: str, address: str) -> int:
    client = logged_in(world.users[who])
    client.get(LIST + AT_QS)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize("who", ["office", "auditor", "propaganda"])
def test_the_list_and_a_book_ask_at_most_fifteen_questions(world: World, who: str) -> None:
    for code in ("2021", "2022", "2023"):
        book = signed(world, locked(world, code), "writer", "head")
    for address in (LIST + AT_QS, reverse("books:book", args=[book.pk])):
        assert queries(world, who, address) <= 15, address


def test_a_kept_verification_asks_little_and_a_change_does_not_ask_more_for_more_records(
    world: World,
) -> None:
    book = locked(world)
    verify = reverse("books:verify", args=[book.pk])
    late_admission(world)
    page(world, "office", verify)
    assert queries(world, "office", verify) <= 15
    change = reverse("books:change", args=[book.pk, "members.total"])
    first = queries(world, "office", change)
    for number in range(8, 12):
        from tests.world import person
        from tongket.members.acts import admit

        new = person(world, f"M{number}", f"Nguyễn Thị {number}", birth_date=date(1999, 1, 1))
        admit(new, into=world["PA1"], decided_on=date(2023, 10, 20), ceremony_on=date(2023, 11, 19), by=None)
    page(world, "office", verify)
    assert queries(world, "office", change) <= first + 1


def test_reading_a_book_never_loads_the_others(world: World) -> None:
    locked(world, "2022")
    locked(world)
    client = logged_in(world.users["office"])
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST + AT_QS)
    assert not any('"books_figurebook"."content"' in one["sql"] for one in asked)


def test_a_number_with_a_sealed_case_in_it_shows_not_even_where_it_cannot_be_verified(world: World) -> None:
    decide(world)
    decide(world, sealed=True)
    book = locked(world)
    # Somebody spoils the history of the open decision: every line of discipline is now "not verifiable".
    MemberDiscipline.objects.filter(sealed=False).update(decided_on=date(2022, 6, 1))
    found = verify(book, viewer=world.users["inspector"])
    lines = [line for line in found.lines if line.id == "discipline.members"]
    assert lines
    assert "unverifiable" in {line.status for line in lines}
    assert {line.then.value for line in lines} <= {0, 1}
    whole = [line for line in verify(book).lines if line.id == "discipline.members" and line.place == "QS"]
    assert [line.then.value for line in whole] == [2]
