"""References to Party papers: read in every writing, refused with the remedy, written and read back the same."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.codelists import DOCUMENT_KIND
from tongket.core.references import (
    BadSymbol,
    Reference,
    Symbol,
    body_level,
    find_references,
    kinds_of,
    letters_of,
    parse_symbol,
    write_reference,
)

# From the published report of a district's conference.
SEED = (
    "Tại hội nghị, đã triển khai, quán triệt Nghị quyết số 33-NQ/TU ngày 20/11/2023 của Ban Thường vụ Tỉnh ủy Quảng "
    "Nam về xây dựng lực lượng Công an chính quy tinh nhuệ; Chỉ thị số 26-CT/TW ngày 23/11/2023 của Ban Bí thư "
    "Trung ương về tổ chức Tết nguyên đán Giáp Thìn; Qui định số 138-QĐ/TW ngày 01/12/2023 của Ban Bí thư "
    "về chức năng, nhiệm vụ, mối quan hệ công tác của đảng bộ, chi bộ cơ sở cơ quan. "
    "Các Nghị quyết TW6, TW7, TW8 (khóa XIII)..."
)


def brief(reference: Reference) -> tuple[str, str, date | None, str]:
    return reference.kind, reference.symbol, reference.date, reference.issuer


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_three_papers_of_the_report_are_found_in_both_forms_of_unicode(form):
    found = find_references(unicodedata.normalize(form, SEED))
    assert [brief(one) for one in found] == [
        ("NQ", "33-NQ/TU", date(2023, 11, 20), "Ban Thường vụ Tỉnh ủy Quảng Nam"),
        ("CT", "26-CT/TW", date(2023, 11, 23), "Ban Bí thư Trung ương"),
        ("QyĐ", "138-QĐ/TW", date(2023, 12, 1), "Ban Bí thư"),
    ]
    assert [one.level for one in found] == ["province", "central", "central"]
    assert found[0].subject == "Về xây dựng lực lượng Công an chính quy tinh nhuệ"
    assert SEED[slice(*found[2].span)].startswith("Qui định số 138-QĐ/TW")
    assert "đảng bộ, chi bộ cơ sở cơ quan" in found[2].subject


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chỉ thị 26-CT/TW", ("CT", "26-CT/TW", None, "")),
        ("26-CT/TW", ("CT", "26-CT/TW", None, "")),
        ("quy định 138-QĐ/TW", ("QyĐ", "138-QĐ/TW", None, "")),
        ("QUI ĐỊNH SỐ 138-QĐ/TW", ("QyĐ", "138-QĐ/TW", None, "")),
        ("Quyết định số: 5 - QĐ / HU", ("QĐ", "05-QĐ/HU", None, "")),
        ("số 12-QĐ/HU", ("", "12-QĐ/HU", None, "")),
        (
            "Kế hoạch 120-KH/HU, ngày 15-12-2023 của Huyện ủy.",
            ("KH", "120-KH/HU", date(2023, 12, 15), "Huyện ủy"),
        ),
        (
            "Kết luận số 05-KL/TW ngày 01 tháng 12 năm 2023 của Bộ Chính trị, khóa XIII",
            ("KL", "05-KL/TW", date(2023, 12, 1), "Bộ Chính trị"),
        ),
        (
            "Hướng dẫn 25-HD/BTCTW của Ban Tổ chức Trung ương ngày 10/11/2023 về",
            ("HD", "25-HD/BTCTW", date(2023, 11, 10), "Ban Tổ chức Trung ương"),
        ),
        ("Chương trình 07-CTR/ĐU (01.02.2023)", ("CTr", "07-CTr/ĐU", date(2023, 2, 1), "")),
        ("Chỉ thị 26-CT/TW ngày 31/02/2023", ("CT", "26-CT/TW", None, "")),
    ],
)
def test_the_writings_of_offices_are_read(text, wanted):
    [found] = find_references(text)
    assert brief(found) == wanted


def test_several_papers_of_one_sentence_do_not_run_into_each_other():
    found = find_references(
        "Chỉ thị 26-CT/TW của Ban Bí thư và Quyết định 12-QĐ/HU, Quy định 12-QĐ/HU của Huyện ủy"
    )
    assert [brief(one)[::3] for one in found] == [("CT", "Ban Bí thư"), ("QĐ", ""), ("QyĐ", "Huyện ủy")]


@pytest.mark.parametrize(
    "text", ["", "12-XX/TW", "năm 2020-2025", "45/2023/NĐ-CP", "A33-NQ/TU", "1/2-NQ/TU/3"]
)
def test_what_is_no_reference_is_not_found(text):
    assert find_references(text) == []


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("33-NQ/TU", Symbol(33, "NQ", "TU")),
        (" 5 - nq / tu ", Symbol(5, "NQ", "TU")),
        ("07-CTR/HU", Symbol(7, "CTr", "HU")),
        ("138-QĐ/TW", Symbol(138, "QĐ", "TW")),
        ("04-BC/UBKTTU", Symbol(4, "BC", "UBKTTU")),
        ("Số 9-KH/ĐU", Symbol(9, "KH", "ĐU")),
    ],
)
def test_a_symbol_is_read(text, symbol):
    assert parse_symbol(text) == symbol


@pytest.mark.parametrize(
    ("text", "said", "unusual"),
    [
        ("33NQ/TU", "33-NQ/TU", False),
        ("33-NQ-TU", "33-NQ/TU", False),
        ("33/NQ/TU", "33-NQ/TU", False),
        ("33", "chỉ có số", False),
        ("0-NQ/TU", "là 0", False),
        ("33-XX/TU", "“XX”", False),
        ("33-TTr/HU", "“TTR”", True),
        ("NQ-HNTW7", "không có số", True),
        ("abc", "Không đọc được", True),
        ("", "Không đọc được", True),
        ("33-NQ/", "Không đọc được", True),
    ],
)
def test_a_wrong_symbol_is_told_with_its_remedy(text, said, unusual):
    with pytest.raises(BadSymbol, match=said) as bad:
        parse_symbol(text)
    assert bad.value.unusual is unusual


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("TW", "central"), ("BTCTW", "central"), ("TU", "province"), ("UBKTTU", "province"), ("HU", "district"),
        ("BTGHU", "district"), ("ĐUK", "district"), ("ĐU", "grassroots"), ("UBKTĐU", "grassroots"), ("CB", "cell"),
        ("ĐH", ""), ("ThU", "district"),
    ],
)  # fmt: skip
def test_the_level_follows_from_the_bodys_letters(body, level):
    assert body_level(body) == level


def test_only_the_word_tells_decision_from_regulation():
    assert kinds_of("QĐ") == ("QĐ", "QyĐ")
    assert [letters_of(kind) for kind in ("QĐ", "QyĐ", "NQ")] == ["QĐ", "QĐ", "NQ"]
    assert kinds_of("XX") == ()


BODIES = st.sampled_from(["TW", "TU", "HU", "ĐU", "CB", "BTCTW", "UBKTTU", "VPHU", "ĐUK"])
ISSUERS = st.sampled_from(
    ["", "Ban Bí thư", "Ban Thường vụ Tỉnh ủy Quảng Nam", "Huyện ủy Quế Sơn", "Đảng ủy xã A"]
)
DAYS = st.none() | st.dates(date(1930, 2, 3), date(2100, 12, 31))


@st.composite
def references(draw) -> Reference:
    kind = draw(st.sampled_from(DOCUMENT_KIND.values))
    number = draw(st.integers(1, 99_999))
    return Reference(kind, number, letters_of(kind), draw(BODIES), draw(DAYS), draw(ISSUERS), "", (0, 0))


@given(
    st.lists(references(), max_size=4),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from(["; ", ", ", " và ", "\n"]),
)
def test_what_is_written_is_read_back_the_same(wanted, form, between):
    text = unicodedata.normalize(form, between.join(write_reference(one) for one in wanted))
    assert [brief(one) for one in find_references(text)] == [brief(one) for one in wanted]


@given(references())
def test_a_symbol_is_read_back_the_same(reference):
    read = parse_symbol(reference.symbol)
    assert (read.number, read.letters, read.body) == (reference.number, reference.notation, reference.body)


@given(st.text(max_size=300))
def test_any_text_is_read_and_each_span_lies_in_it_after_the_last(text):
    end = 0
    for found in find_references(text):
        assert end <= found.span[0] < found.span[1] <= len(unicodedata.normalize("NFC", text))
        end = found.span[1]


@given(st.text(max_size=80))
def test_any_writing_is_a_symbol_or_told_why_not(text):
    try:
        assert parse_symbol(text).number > 0
    except BadSymbol as bad:
        assert str(bad).endswith((".", ".)"))


@pytest.mark.parametrize(
    "piece", ["1 ", "33-NQ/TU ", "số ", "Nghị quyết số ", "33 -", "của ", " , và", "1-NQ/TU của " + "a" * 90]
)
def test_a_long_hostile_text_takes_time_that_grows_only_with_its_length(piece):
    text = piece * (200_000 // len(piece))
    start = time.perf_counter()
    find_references(text)
    assert time.perf_counter() - start < 5
