"""References in running text: every form of the offices is read, bound, and judged against the text itself."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.claims.reference_checks import judge
from tongket.claims.references import find_paper_references

CHANGED = (
    "quán triệt Nghị quyết số 33-NQ/TU ngày 20/11/2023 của Ban Thường vụ Tỉnh ủy Quảng Nam về xây dựng lực lượng; "
    "Chỉ thị số 26-CT/TW ngày 23/11/2023 của Ban Bí thư Trung ương về tổ chức Tết; Qui định số 138-QĐ/TW ngày "
    "01/12/2023 của Ban Bí thư về chức năng; các Nghị quyết TW6, TW7, TW8 (khóa XIII), các chỉ thị, nghị quyết"
)


def brief(text: str) -> list[tuple[str, int | None, str, str]]:
    return [(one.kind, one.number, one.symbol, one.plenum) for one in find_paper_references(text)]


def test_the_papers_and_the_three_plenums_of_the_report_are_found():
    found = find_paper_references(CHANGED)
    assert [(one.symbol, one.on, one.issuer) for one in found[:3]] == [
        ("33-NQ/TU", date(2023, 11, 20), "Ban Thường vụ Tỉnh ủy Quảng Nam"),
        ("26-CT/TW", date(2023, 11, 23), "Ban Bí thư Trung ương"),
        ("138-QĐ/TW", date(2023, 12, 1), "Ban Bí thư"),
    ]
    assert [(one.kind, one.plenum, one.text) for one in found[3:]] == [
        ("NQ", "6/XIII", "Nghị quyết TW6"),
        ("NQ", "7/XIII", "TW7"),
        ("NQ", "8/XIII", "TW8 (khóa XIII)"),
    ]
    assert [one.kind for one in found[:3]] == ["NQ", "CT", "QyĐ"]
    assert judge(found, CHANGED) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("05/CT-TW", [("CT", 5, "05-CT/TW", "")]),
        ("05-CT/TƯ", [("CT", 5, "05-CT/TW", "")]),
        ("744 -CV/BTCTU", [("CV", 744, "744-CV/BTCTU", "")]),
        ("12- KL/TW", [("KL", 12, "12-KL/TW", "")]),
        ("09 KH/ĐU", [("KH", 9, "09-KH/ĐU", "")]),
        ("Chỉ thị 05", [("CT", 5, "", "")]),
        ("Chỉ thị số 05", [("CT", 5, "", "")]),
        ("Quy định số 05-QĐi/TW", [("QyĐ", 5, "05-QĐi/TW", "")]),
        ("các Quyết định số 217, 218-QĐ/TW", [("QĐ", 217, "217-QĐ/TW", ""), ("QĐ", 218, "218-QĐ/TW", "")]),
        ("Quy định 37-QĐ/TW, 41-QĐ/TW", [("QyĐ", 37, "37-QĐ/TW", ""), ("QyĐ", 41, "41-QĐ/TW", "")]),
        ("Nghị quyết TW4 (khóa XII)", [("NQ", None, "", "4/XII")]),
        ("Nghị quyết Trung ương 4 khóa XI, XII", [("NQ", None, "", "4/XI"), ("NQ", None, "", "4/XII")]),
        ("Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XII", [("NQ", None, "", "4/XII")]),
        ("Kết luận 21 của Hội nghị Trung ương 4 (khóa XIII)", [("KL", 21, "21-KL/TW", "4/XIII")]),
        ("Nghị định 56/2015/NĐ-CP", [("", 56, "56/2015/NĐ-CP", "")]),
        ("Nghị quyết số 11/NQ-HĐND", [("NQ", 11, "11/NQ-HĐND", "")]),
        ("Luật số 59/2020/QH14", [("", 59, "59/2020/QH14", "")]),
        ("các Kết luận 21, 01", [("KL", 21, "", ""), ("KL", 1, "", "")]),
        ("Nghị quyết Trung ương 4 khóa XI, khóa XII", [("NQ", None, "", "4/XI"), ("NQ", None, "", "4/XII")]),
        ("Quyết định số 1520-QĐNS/TW", [("QĐ", 1520, "1520-QĐNS/TW", "")]),
        ("Chỉ thị số 16/CT-TTg", [("CT", 16, "16/CT-TTg", "")]),
        ("Công văn 297/TB-CTĐ", [("CV", 297, "297/TB-CTĐ", "")]),
    ],
)  # fmt: skip
def test_every_form_of_a_reference_is_read(text, wanted):
    assert brief(f"thực hiện {text} trong toàn đảng bộ") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Kết luận 12 cuộc kiểm tra", "Kế hoạch 5 năm 2021-2025", "Báo cáo 6 tháng đầu năm", "kết luận 8/10 tổ chức",
        "quyết định 3 nội dung", "Thông báo 3 trường hợp", "quy định 30 ngày", "52/53 TCCS đảng", "ngày 3/2 và 19/5",
        "Chương trình 2021-2025", "Nghị quyết 20%", "chỉ thị, nghị quyết", "5 BC và 3 TB", "năm 2020-2025",
    ],
)  # fmt: skip
def test_a_number_that_counts_something_is_no_reference(text):
    assert brief(text) == []


def test_a_short_form_is_bound_to_the_full_one_that_it_repeats():
    found = find_paper_references(
        "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị. Kết luận số 05-KL/TU ngày 1/2/2021 của Tỉnh ủy. "
        "Thực hiện Chỉ thị 05, Chỉ thị 13 và 05-CT/TW."
    )
    assert [one.full for one in found] == [None, None, 0, None, 0]


def test_a_short_form_with_another_date_is_not_bound():
    found = find_paper_references("Chỉ thị 35-CT/TW ngày 30/5/2019; Chỉ thị số 35 ngày 14/6/2024")
    assert [one.full for one in found] == [None, None]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Công văn 297/TB-CTĐ ngày 15/6/2016", [("wrong", "Công văn", "Thông báo")]),
        ("kết luận số 33-NQ/TU ngày 20/11/2023", [("wrong", "kết luận", "nghị quyết")]),
        ("Quyết định số 05-QĐi/TW ngày 28/8/2018", [("wrong", "Quyết định", "Quy định")]),
        (
            "Quyết định 05 ngày 28-8-2018; Quy định số 05-QĐi/TW ngày 28/8/2018",
            [("wrong", "Quyết định", "Quy định")],
        ),
        ("Nghị định 56/2005/NĐ-CP ngày 9/6/2015", [("wrong", "2005", "2015")]),
        ("Chỉ thị 26-CT/TW ngày 23/11/2023 của Ban Thường vụ Tỉnh ủy Quảng Nam", [("wrong", None, "")]),
        ("Kế hoạch 12-KH/HU ngày 1/2/2023 của UBND huyện", [("wrong", None, "")]),
        ("Nghị quyết 20/NQ-HĐND ngày 1/2/2022 của UBND tỉnh", [("wrong", None, "")]),
        (
            "Chỉ thị 03-CT/TW ngày 14.5.2011 và Chỉ thị 03-CT/TW ngày 15/4/2011",
            [("wrong", "15/4/2011", "14/05/2011")],
        ),
    ],
)
def test_a_fault_inside_a_reference_is_named_with_its_place_and_what_should_stand_there(text, faults):
    found = judge(find_paper_references(text), text)
    assert [
        (one.verdict, text[one.start : one.end] if one.start is not None else None, one.expected)
        for _, one in found
    ] == faults


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ thị 35-CT/TW ngày 30/5/2019 và Chỉ thị 35-CT/TW ngày 14/6/2024",  # two terms
        "Quyết định 12-QĐ/HU ngày 1/2/2023 và Quy định 12-QĐ/HU ngày 3/3/2023",  # two series
        "Nghị quyết 11/NQ-HĐND ngày 12/7/2021 và Nghị quyết 11/NQ-HĐND ngày 8/7/2022",  # State: anew each year
        "Qui định số 138-QĐ/TW ngày 01/12/2023 của Ban Bí thư",
        "Quyết định số 45-QĐ/TU ngày 3/3/2021 của Thành ủy Hà Nội",
        "Hướng dẫn 25-HD/BTCTW ngày 10/11/2023 của Ban Tổ chức Trung ương",
        "Nghị quyết số 1241/NQ-UBTVQH15 ngày 24/10/2024 của Ủy ban Thường vụ Quốc hội",
        "Kế hoạch số 07-KH/ĐU ngày 12/9/2025 của Đảng ủy xã Nam Sơn",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert judge(find_paper_references(text), text) == []


PIECES = st.sampled_from(
    [
        "Chỉ thị ",
        "05",
        "-CT/TW",
        " ngày 15/5/2016",
        " của Bộ Chính trị",
        "TW4",
        " (khóa XII)",
        ", ",
        "217",
        "/",
        "-",
        "số ",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=200))
def test_any_text_is_read_and_spans_lie_in_it_one_after_another(text):
    found, end = find_paper_references(text), 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert one.full is None or found[one.full].number == one.number
        end = one.end
    judge(found, text)


@pytest.mark.parametrize(
    "piece", ["1 ", "7", "33-NQ/TU ", "số ", "Nghị quyết số ", "TW6, ", "Chỉ thị 05, ", "1, 2, ", "khóa XI, "]
)
def test_a_long_hostile_text_takes_time_that_grows_only_with_its_length(piece):
    text = piece * (300_000 // len(piece))
    started = time.process_time()
    judge(find_paper_references(text), text)
    assert time.process_time() - started < 30
