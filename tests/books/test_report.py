"""A report made from a locked book has the book's numbers, names the book in its footer, or is refused."""

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from tests.books.test_locking import drop_triggers, locked, signed
from tests.books.test_verify import late_admission
from tests.page_world import logged_in
from tests.world import World
from tongket.books.models import FigureBook
from tongket.core.periods import parse_period
from tongket.core.problems import Refused
from tongket.members.models import MemberEvent
from tongket.reports.pack import build_pack

pytestmark = pytest.mark.django_db
Y2023 = parse_period("2023")


def footers(word: bytes) -> str:
    section = Document(io.BytesIO(word)).sections[0]
    return " ".join(p.text for part in (section.footer, section.first_page_footer) for p in part.paragraphs)


def body(word: bytes) -> str:
    return Document(io.BytesIO(word)).element.body.xpath("string()")


def test_the_footer_of_word_and_pdf_names_book_digest_and_signatures(world: World) -> None:
    book = signed(world, locked(world), "writer", "head")
    files = build_pack(world["QS"], Y2023, book=book)
    word = next(content for name, content in files.items() if name.endswith(".docx"))
    said = footers(word)
    assert said.count(book.digest) == 2  # first page and the others
    assert "Người lập: Người dùng writer; Chánh Văn phòng: Người dùng head" in said
    pdf = next(content for name, content in files.items() if name.endswith(".pdf"))
    assert book.digest in PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\n", "")


def test_a_report_of_the_live_figures_has_no_such_footer(world: World) -> None:
    locked(world)
    word = build_pack(world["QS"], Y2023)["bao-cao-tong-ket-QS-2023.docx"]
    assert footers(word).strip() == ""


def test_what_came_after_the_lock_is_not_in_the_report(world: World) -> None:
    book = locked(world)
    before = body(build_pack(world["QS"], Y2023)["bao-cao-tong-ket-QS-2023.docx"])
    late_admission(world)
    by_book = body(build_pack(world["QS"], Y2023, book=book)["bao-cao-tong-ket-QS-2023.docx"])
    live = body(build_pack(world["QS"], Y2023)["bao-cao-tong-ket-QS-2023.docx"])
    assert by_book == before != live


def test_history_changed_behind_the_book_refuses_the_report(world: World) -> None:
    book = locked(world)
    MemberEvent.objects.filter(kind="admitted", member=world["M6"]).update(on=date(2022, 5, 19))
    with pytest.raises(Refused, match="khác số trong sổ"):
        build_pack(world["QS"], Y2023, book=book)


def test_a_forged_book_refuses_the_report(world: World) -> None:
    book = locked(world)
    drop_triggers()
    FigureBook.objects.filter(pk=book.pk).update(content=bytes(book.content).replace(b"[6,6", b"[7,7"))
    with pytest.raises(Refused, match="không khớp mã sổ"):
        build_pack(world["QS"], Y2023, book=FigureBook.objects.get())


def test_the_page_offers_it_where_a_book_stands(world: World) -> None:
    client = logged_in(world.users["office"])
    page = reverse("web:reports") + "?to_chuc=QS&ky=2023"
    file = reverse("web:report_file", args=["docx"]) + "?to_chuc=QS&ky=2023&theo_so=1"
    assert "Theo sổ đã chốt" not in client.get(page).content.decode()
    assert client.get(file).status_code == 404
    book = locked(world)
    assert "Theo sổ đã chốt" in client.get(page).content.decode()
    assert book.digest in footers(client.get(file).content)
    other = logged_in(world.users["office_a"])
    assert other.get(file).status_code == 404


def test_masked_readers_get_the_same_masks_from_a_book(world: World) -> None:
    book = locked(world)
    files = build_pack(world["QS"], Y2023, book=book, viewer=world.users["office"])
    assert book.digest in footers(files["bao-cao-tong-ket-QS-2023.docx"])
