"""Locking, signing and sending back: the order, the duties, the chain, and that a book never changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.world import World, person
from tongket.audit.models import LedgerEntry
from tongket.books import content as contents
from tongket.books.acts import lock, return_book, sign
from tongket.books.models import FigureBook
from tongket.books.queries import chain_faults, faults_of, seen
from tongket.books.standing import standing_of
from tongket.core.dates import today
from tongket.core.periods import month, parse_period, year
from tongket.core.problems import Conflict, Refused
from tongket.figures.engine import compute
from tongket.members.acts import admit

pytestmark = pytest.mark.django_db
Y2023 = parse_period("2023")


def locked(world: World, period: str = "2023", **more: Any) -> FigureBook:
    return lock(world["QS"], parse_period(period), by=world.users["writer"], **more)


def signed(world: World, book: FigureBook, *names: str) -> FigureBook:
    for step, name in zip(("clerk", "office", "secretary"), names, strict=False):
        sign(book, step, by=world.users[name], digest=book.digest)
    return book


def drop_triggers() -> None:
    """What somebody with the database's own rights could do."""
    with connection.cursor() as cursor:
        for table in ("books_figurebook", "books_booksignature"):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER books_no_update ON {table}")
                cursor.execute(f"DROP TRIGGER books_no_delete ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")


# --- locking ----------------------------------------------------------------------------------------------


def test_a_book_holds_every_figure_of_the_organisation_and_of_each_child(world: World) -> None:
    book = locked(world)
    figures = compute(world["QS"], Y2023)
    reader = seen(book)
    for place, row in [("QS", figures.own)] + [(c.code, figures.by_child[c.id]) for c in figures.children]:
        for id, figure in row.items():
            entry = reader.entry(id, place)
            assert entry is not None, (id, place)
            assert contents.number(entry.value) == figure.value
            assert contents.number(entry.numerator) == figure.numerator
            assert contents.number(entry.denominator) == figure.denominator
            assert entry.records == figure.records
    assert book.figures == len(figures.own)
    assert faults_of(book) == chain_faults(world["QS"]) == []


def test_the_ledger_names_the_digest_who_and_when(world: World) -> None:
    book = locked(world)
    entry = LedgerEntry.objects.latest("id")
    assert (entry.action, entry.data["digest"], entry.actor) == (
        "book.lock",
        book.digest,
        world.users["writer"],
    )
    assert entry.at == book.known_at == book.recorded_at


def test_books_of_an_organisation_form_one_chain_whatever_their_period(world: World) -> None:
    first, second = locked(world, "2022"), locked(world, "2023")
    assert (first.number, second.number) == (1, 2)
    assert first.previous_digest == "0" * 64
    assert second.previous_digest == first.digest
    other = lock(world["PA"], Y2023, by=world.users["clerk_a"])
    assert (other.number, other.previous_digest) == (1, "0" * 64)


def test_locking_again_needs_a_reason_and_supersedes(world: World) -> None:
    first = signed(world, locked(world), "writer", "head", "secretary")
    with pytest.raises(Refused, match="vì sao chốt lại"):
        locked(world)
    second = locked(world, reason="Bổ sung một trường hợp kết nạp")
    first.refresh_from_db()
    assert standing_of(first).state == "superseded"
    assert first.void_reason == "Bổ sung một trường hợp kết nạp"
    assert (second.version, second.identity) == (2, first.identity)
    # Earlier signers sign anew.
    assert (standing_of(second).state, standing_of(second).next_step) == ("locked", "clerk")
    with pytest.raises(Conflict):
        sign(first, "clerk", by=world.users["writer"], digest=first.digest)


@pytest.mark.parametrize(
    "who", ["secretary", "auditor", "admin", "office_a", "clerk_a", "nobody", "propaganda"]
)
def test_only_the_office_of_the_organisation_locks(world: World, who: str) -> None:
    with pytest.raises(Refused, match="không được giao lập sổ"):
        lock(world["QS"], Y2023, by=world.users[who])
    assert not FigureBook.objects.exists()


def test_a_running_period_is_locked_up_to_today_and_says_so(world: World) -> None:
    book = lock(world["QS"], year(today().year), by=world.users["writer"])
    if today() < date(today().year, 12, 31):
        assert (book.as_at, book.provisional) == (today(), True)
        assert seen(book).content.head["provisional"] is True


@pytest.mark.parametrize(
    ("period", "as_at", "said"),
    [
        (year(today().year + 1), None, "chưa đến"),
        (Y2023, date(2024, 1, 1), "không nằm trong kỳ"),
        (year(2009), None, "thành lập"),
        (year(today().year), today() + timedelta(days=1), "chưa đến|không nằm"),
    ],
)
def test_days_that_cannot_be_locked_are_refused_with_what_to_do(
    world: World, period: Any, as_at: date | None, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        lock(world["QS"], period, by=world.users["writer"], as_at=as_at)


def test_the_guarded_figures_are_only_a_salted_digest_in_the_open_part(world: World) -> None:
    first = locked(world)
    second = locked(world, reason="thử lại")
    assert b"discipline.members" in bytes(first.guarded)
    for place in contents.read(bytes(first.content)).figures.values():
        assert not any(id.startswith(("discipline.", "cases.")) for id in place)
    # The same numbers, another salt: the digest of the part cannot be guessed from small numbers.
    assert contents.read_guarded(bytes(first.guarded)) == contents.read_guarded(bytes(second.guarded))
    digests = [contents.read(bytes(book.content)).guarded_digest for book in (first, second)]
    assert digests[0] != digests[1]


def test_nothing_that_comes_later_changes_a_book(world: World) -> None:
    book = signed(world, locked(world), "writer", "head")
    before = (bytes(book.content), bytes(book.guarded), book.digest)
    new = person(world, "M7", "Nguyễn Thị Hai", birth_date=date(1999, 1, 1))
    admit(new, into=world["PA1"], decided_on=date(2023, 10, 20), ceremony_on=date(2023, 11, 19), by=None)
    locked(world, reason="có thêm một người")
    kept = FigureBook.objects.get(pk=book.pk)
    assert (bytes(kept.content), bytes(kept.guarded), kept.digest) == before
    assert faults_of(kept) == []


# --- signing ----------------------------------------------------------------------------------------------


def test_signed_in_order_by_three_people(world: World) -> None:
    book = locked(world)
    for step, name in (("clerk", "writer"), ("office", "head"), ("secretary", "secretary")):
        assert standing_of(book).next_step == step
        sign(book, step, by=world.users[name], digest=book.digest)
    assert standing_of(book).state == "signed"
    with pytest.raises(Refused, match="đã được ký đủ"):
        sign(book, "secretary", by=world.users["deputy"], digest=book.digest)


@pytest.mark.parametrize(
    ("done", "step", "who", "said"),
    [
        ((), "office", "head", "Chưa đến lượt"),
        ((), "secretary", "secretary", "Chưa đến lượt"),
        ((), "clerk", "secretary", "không được giao ký"),
        ((), "clerk", "auditor", "không được giao ký"),
        ((), "clerk", "office_a", "không được giao ký"),
        ((), "clerk", "admin", "không được giao ký"),
        (("writer",), "clerk", "head", "đã có"),
        (("writer",), "office", "writer", "chỉ ký một lần"),
        (("writer", "secretary"), "secretary", "secretary", "chỉ ký một lần"),
        (("writer", "head"), "secretary", "office", "không được giao ký"),
        (("writer", "head"), "secretary", "leader_a", "không được giao ký"),
        ((), "chairman", "writer", "Không có bước"),
    ],
)
def test_out_of_order_twice_or_without_the_duty_is_refused(
    world: World, done: tuple[str, ...], step: str, who: str, said: str
) -> None:
    book = signed(world, locked(world), *done)
    with pytest.raises(Refused, match=said):
        sign(book, step, by=world.users[who], digest=book.digest)
    assert len(standing_of(book).signed) == len(done)


def test_what_is_signed_is_the_digest_that_was_seen(world: World) -> None:
    book = locked(world)
    with pytest.raises(Refused, match="không phải mã của sổ này"):
        sign(book, "clerk", by=world.users["writer"], digest="0" * 64)


def test_sent_back_all_earlier_signatures_count_no_more(world: World) -> None:
    book = signed(world, locked(world), "writer", "head")
    return_book(book, reason="Thiếu chi bộ quân sự", by=world.users["secretary"])
    standing = standing_of(book)
    assert (standing.state, standing.next_step, dict(standing.signed)) == ("locked", "clerk", {})
    assert standing.returned is not None
    assert standing.returned.returned == "Thiếu chi bộ quân sự"
    signed(world, book, "head", "writer")  # the same people, in other places, from the start
    assert standing_of(book).next_step == "secretary"
    assert standing_of(book).returned is None


@pytest.mark.parametrize(
    ("done", "who", "said"),
    [
        ((), "secretary", "chưa có ai ký"),
        (("writer",), "auditor", "Chỉ người đến lượt"),
        (("writer",), "leader_a", "Chỉ người đến lượt"),
        (("writer", "head"), "writer", "Chỉ người đến lượt"),
        (("writer", "head", "secretary"), "secretary", "đã được ký đủ"),
    ],
)
def test_who_may_send_back_and_until_when(world: World, done: tuple[str, ...], who: str, said: str) -> None:
    book = signed(world, locked(world), *done)
    with pytest.raises(Refused, match=said):
        return_book(book, reason="sai", by=world.users[who])


def test_sending_back_needs_a_reason(world: World) -> None:
    book = signed(world, locked(world), "writer")
    with pytest.raises(Refused, match="cần sửa gì"):
        return_book(book, reason=" ", by=world.users["secretary"])


# --- whole or not -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["content", "guarded", "digest", "number", "known_at"])
def test_the_database_itself_refuses_to_change_a_book(world: World, column: str) -> None:
    book = locked(world)
    value = {"number": 9, "digest": "f" * 64, "known_at": book.known_at - timedelta(1)}.get(column, b"{}")
    with pytest.raises(DatabaseError), transaction.atomic():
        FigureBook.objects.filter(pk=book.pk).update(**{column: value})
    with pytest.raises(DatabaseError), transaction.atomic():
        FigureBook.objects.filter(pk=book.pk).delete()


def test_tampering_past_the_database_is_found(world: World) -> None:
    books = [locked(world, code) for code in ("2021", "2022", "2023")]
    signed(world, books[1], "writer")
    drop_triggers()
    second = FigureBook.objects.filter(pk=books[1].pk)

    def spoilt(**columns: Any) -> list[str]:
        with transaction.atomic():
            second.update(**columns)
            book = second.get()
            found = faults_of(book) + chain_faults(world["QS"])
            transaction.set_rollback(True)
        return found

    changed = bytes(books[1].content).replace(b'"members.total":[5', b'"members.total":[6')
    assert changed != bytes(books[1].content)
    assert any("không khớp mã sổ" in fault for fault in spoilt(content=changed))
    # A forger who makes the digest fit breaks the next link, the signature and the ledger.
    forged = contents.book_digest(books[1].previous_digest, changed)
    said = " ".join(spoilt(content=changed, digest=forged))
    assert "không nối vào" in said
    assert "mã khác" in said
    assert any("kỷ luật" in fault for fault in spoilt(guarded=b'{"figures":{},"salt":""}'))
    assert any("ngoài bìa" in fault for fault in spoilt(as_at=date(2022, 6, 30)))
    assert any("Lúc chốt" in fault for fault in spoilt(known_at=books[1].known_at + timedelta(hours=1)))
    assert any("tổ chức khác" in fault for fault in spoilt(organisation=world["PA"]))
    assert any("Nhật ký" in fault for fault in spoilt(digest="a" * 64))


def test_a_book_taken_out_of_the_chain_is_missed(world: World) -> None:
    books = [locked(world, code) for code in ("2021", "2022", "2023")]
    drop_triggers()
    FigureBook.objects.filter(pk=books[2].pk).delete()
    assert any("sổ số 3" in fault for fault in chain_faults(world["QS"]))
    FigureBook.objects.filter(pk=books[1].pk).delete()
    assert any("sổ số 2" in fault for fault in chain_faults(world["QS"]))


def test_a_month_can_be_locked_too(world: World) -> None:
    assert lock(world["QS"], month(2023, 5), by=world.users["writer"]).as_at == date(2023, 5, 31)
