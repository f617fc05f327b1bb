"""Full-text search over papers: with and without diacritics, in files, kept up by every act."""

import unicodedata
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.directives.test_directive import directive
from tongket.audit.acts import act
from tongket.core.text import fold
from tongket.directives.acts import (
    add_directive,
    add_directives,
    correct_directive,
    issue_directive,
    void_directive,
)
from tongket.directives.models import Directive
from tongket.directives.papers import search
from tongket.directives.papers.issuing import issued_draft
from tongket.directives.queries import visible_directives
from tongket.figures.check_data import check_all
from tongket.files.acts import attach, detach
from tongket.files.drafts import Upload


def found(user, text: str) -> list[str]:
    return sorted(row.symbol for row in search.matching(visible_directives(user), text))


@pytest.fixture
def papers(world, clerk) -> list[Directive]:
    drafts = [
        directive(world, symbol="26-CT/TU", subject="Về học tập, quán triệt nghị quyết"),
        directive(
            world, kind="NQ", symbol="33-NQ/TU", subject="Về xây dựng lực lượng Công an", signer="Đỗ Văn Đức"
        ),
        directive(world, kind="KL", symbol="05-KL/TU", subject="Về quan trắc môi trường"),
    ]
    return [add_directive(draft, by=clerk) for draft in drafts]


@pytest.mark.parametrize(
    ("asked", "symbols"),
    [
        ("quan triet", ["26-CT/TU"]),
        ("quán triệt", ["26-CT/TU"]),
        ("QUÁN TRIỆT", ["26-CT/TU"]),
        ("triệt quán", ["26-CT/TU"]),
        ("quàn triệt", []),
        ("quan", ["05-KL/TU", "26-CT/TU"]),
        ("quán", ["26-CT/TU"]),
        ("do van duc", ["33-NQ/TU"]),
        ("Đỗ Văn Đức", ["33-NQ/TU"]),
        ("Đổ Văn Đức", []),
        ("33-NQ/TU", ["33-NQ/TU"]),
        ("33-nq/tu công an", ["33-NQ/TU"]),
        ("nq tu", ["33-NQ/TU"]),
        ("nghi quyet 33", ["33-NQ/TU"]),
        ("moi tru", ["05-KL/TU"]),  # still being typed
        ("truong moi", ["05-KL/TU"]),
        ("ban thường vụ tỉnh ủy", ["05-KL/TU", "26-CT/TU", "33-NQ/TU"]),
        ("không có", []),
        ("", ["05-KL/TU", "26-CT/TU", "33-NQ/TU"]),
        ("  ", ["05-KL/TU", "26-CT/TU", "33-NQ/TU"]),
        ("***", []),
        ('" OR NEAR(', []),
        ("a' | b & !c :*", []),
        ("folded:quan", []),
    ],
)
def test_what_is_typed_finds(papers, clerk, asked, symbols):
    assert found(clerk, asked) == symbols


def test_a_query_in_decomposed_unicode_finds_the_same(papers, clerk):
    assert found(clerk, unicodedata.normalize("NFD", "quán triệt")) == ["26-CT/TU"]


def test_the_text_of_files_is_found_until_they_are_taken_off(papers, clerk, world):
    upload = Upload("phu-luc.txt", "Nội dung: phòng, chống bão lụt ở Quế Sơn".encode())
    [row] = attach([upload], about=papers[0].identity, organisation=world["QS"], by=clerk)
    assert found(clerk, "bao lut") == found(clerk, "bão lụt") == ["26-CT/TU"]
    assert found(clerk, "phu-luc.txt") == ["26-CT/TU"]
    # One word in the book, the other in the file.
    assert found(clerk, "quán triệt bão") == ["26-CT/TU"]
    detach(row, reason="Nhầm tệp", by=clerk)
    assert found(clerk, "bao lut") == []


def test_a_corrected_paper_is_found_by_its_new_words_and_its_old_files(papers, clerk, world):
    attach([Upload("a.txt", b"bao lut")], about=papers[0].identity, organisation=world["QS"], by=clerk)
    correct_directive(
        papers[0],
        directive(world, symbol="27-CT/TU", subject="Về kết nạp đảng viên"),
        reason="Nhầm",
        by=clerk,
    )
    assert found(clerk, "ket nap") == found(clerk, "bao lut") == ["27-CT/TU"]
    assert found(clerk, "quan triet") == []


def test_a_voided_paper_is_found_no_more_and_one_of_another_book_never(papers, clerk, world):
    void_directive(papers[0], reason="Nhầm", by=clerk)
    assert found(clerk, "quan triet") == []
    add_directive(directive(world, organisation=world["PA"], subject="Hội nghị quán triệt"), by=clerk)
    own = Directive.objects.filter(organisation=world["PB"])
    assert not search.matching(own, "quan triet").exists()


def test_papers_brought_in_by_hundreds_and_issued_ones_are_found(world, clerk):
    drafts = [directive(world, symbol=f"{n}-CT/TU", subject=f"Việc số {n}") for n in range(1, 40)]
    with act("import", by=clerk) as current:
        add_directives(drafts, act=current)
    issue_directive(issued_draft(world["QS"], "KH", "", date(2023, 3, 1), "Phòng chống hạn"), by=clerk)
    assert found(clerk, "viec so 17") == ["17-CT/TU"]
    assert found(clerk, "chống hạn") == ["01-KH/HU"]
    assert search.not_indexed() == []


def test_the_index_is_made_anew_and_its_holes_are_found_by_the_check(papers, clerk):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM directives_search")
    assert found(clerk, "quan triet") == []
    [check] = [one for one in check_all() if one.name == "search"]
    assert check.checked == 3 and "3 văn bản" in check.faults[0]
    assert search.rebuild_search() == 3
    assert found(clerk, "quan triet") == ["26-CT/TU"]
    assert [one.faults for one in check_all() if one.name == "search"] == [()]


def test_the_words_around_a_place_in_a_file_are_shown_and_none_for_what_the_list_shows(papers, clerk, world):
    text = "Mở đầu " + "chữ " * 300 + "phòng, chống bão lụt ở Quế Sơn " + "chữ " * 300
    attach([Upload("a.txt", text.encode())], about=papers[0].identity, organisation=world["QS"], by=clerk)
    said = search.snippets(papers, "bao lut")
    assert list(said) == [papers[0].pk]
    assert "chống bão lụt ở Quế Sơn" in said[papers[0].pk] and said[papers[0].pk].startswith("… ")
    assert "bão lụt" in search.snippets(papers, "bão lụt")[papers[0].pk]
    assert search.snippets([papers[0]], "quan triet") == {}


def test_a_very_long_text_and_odd_characters_are_indexed(papers, clerk, world):
    text = "đầu " + "ﬁ ½ İ ß x́ 𝔸 " * 30_000 + " cuối"
    attach([Upload("a.txt", text.encode())], about=papers[0].identity, organisation=world["QS"], by=clerk)
    assert found(clerk, "dau") == ["26-CT/TU"]
    assert found(clerk, "cuoi") == []  # beyond what is kept of one paper


@given(st.text(max_size=60))
def test_a_question_is_exact_only_when_something_was_typed_that_folding_loses(text):
    asked = search.question(text)
    assert asked.exact == any(fold(word) != word.casefold() for word in search.tidy(text).split()[:8])
    assert all(part.isalnum() for parts in asked.parts for part in parts)


@given(st.text(max_size=200))
def test_the_nth_folded_word_is_the_nth_word(text):
    plain = search.tidy(text)
    assert search._folded(plain).count(" ") == plain.count(" ")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it only reads
@given(asked=st.text(max_size=40))
def test_any_text_is_a_question_that_the_database_can_answer(db, asked):
    assert not search.matching(Directive.objects.all(), asked).exists()
