"""Numbers as offices write them: value, printed digits and role."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.claims.numbers import TooManyNumbers, find_numbers
from tongket.claims.reading.numerals import spoken
from tongket.core.numbers import format_number


def roles(text: str) -> list[tuple[str, str]]:
    return [(number.text, number.role) for number in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("có 3.724 đảng viên", "3724", 0),
        ("đạt 98,11%", "98.11", 2),
        ("đạt 98.1%", "98.1", 1),
        ("có 01 đồng chí", "1", 0),
        ("1đảng viên", "1", 0),
        ("thu 1,5 triệu đồng", "1500000", 1),
        ("hơn 72 ngàn đảng viên", "72000", 0),
        ("gần 6,5 vạn lượt", "65000", 1),
        ("thu 8.057 tỷ 265 triệu đồng", "8057265000000", 0),
        ("thu 1,2 nghìn tỷ đồng", "1200000000000", 1),
        ("có 25 o/o đảng viên", "25", 0),
        ("sản lượng 3.628,7 ha", "3628.7", 1),
        ("hai mươi đồng chí", "20", 0),
        ("một trăm linh năm đảng viên", "105", 0),
        ("ba nghìn bảy trăm hai mươi tư đảng viên", "3724", 0),
        ("kết nạp bảy đảng viên", "7", 0),
        ("không có TCCS đảng yếu kém", "0", 0),
        ("toàn quốc có 112,900 đảng viên", "112.900", 3),
    ],
)
def test_the_value_of_a_number(text: str, value: str, decimals: int) -> None:
    (number,) = find_numbers(text)
    assert (number.value, number.decimals) == (Decimal(value), decimals)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 28/12/2023", [("28/12/2023", "date")]),
        ("ngày 13 tháng 10 năm 2017", [("13 tháng 10 năm 2017", "date")]),
        ("sáng 30.8, đến 30/6", [("30.8", "date"), ("30/6", "date")]),
        ("các đợt 3/2, 19/5, 2/9 và 7/11", [("3/2", "date"), ("19/5", "date"), ("2/9", "date"), ("7/11", "date")]),
        ("kết nạp 8/7 đảng viên", [("8", "count"), ("7", "count")]),
        ("nhiệm kỳ 2020-2025", [("2020-2025", "span")]),
        ("Hội nghị lần thứ 11, khóa XXV, quý I", [("11", "ordinal"), ("XXV", "ordinal"), ("I", "ordinal")]),
        ("6 tháng đầu năm 2023", [("6", "ordinal"), ("2023", "year")]),
        ("Huy hiệu 30, 40 và 50 năm tuổi Đảng", [("30", "mark"), ("40", "mark"), ("50", "mark")]),
        ("kỷ niệm 55 năm kết nghĩa, từ 18 đến 30 tuổi", [("55", "age"), ("18", "age"), ("30", "age")]),
        ("Chi bộ khối 6, Điều 32, TW7", [("6", "name"), ("32", "name"), ("7", "name")]),
        ("Đảng bộ 13 xã", [("13", "count")]),
        ("mô hình 5 không, 3 sạch", [("5", "name"), ("3", "name")]),
        ("11/NQ-HĐND, 56/2015/NĐ-CP", [("11", "code"), ("56/2015", "code")]),
        ("Quy định 217, 218-QĐ/TW", [("217", "code"), ("218", "code")]),
        ("từ 90 - 100% đảng viên", [("90", "percent"), ("100%", "percent")]),
        ("tăng 1,71 điểm phần trăm", [("1,71 điểm phần trăm", "points")]),
        ("lúc 21:26 và 8h30", [("21:26", "other"), ("8h30", "other")]),
        ("48,4 triệu đồng/người/năm, 3.630 ha", [("48,4 triệu", "amount"), ("3.630", "amount")]),
        ("vắc xin phòng COVID-19, mạng 4G", [("19", "name"), ("4", "name")]),
        ("trong năm 2023 có 2024 đảng viên", [("2023", "year"), ("2024", "count")]),
        ("1. Công tác tổ chức", [("1", "ordinal")]),
    ],
)  # fmt: skip
def test_the_role_of_a_number(text: str, expected: list[tuple[str, str]]) -> None:
    assert roles(text) == expected


def test_a_whole_date_is_one_number_with_its_day() -> None:
    (number,) = find_numbers("ngày 05-7-2019")
    assert number.on == date(2019, 7, 5)
    (number,) = find_numbers("ngày 31/02/2023")
    assert number.on is None


def test_words_that_only_look_like_numbers_are_none() -> None:
    assert find_numbers("Bà Hai nói với cha mẹ về một số nội dung; chín chắn, năm học mới, tỷ lệ cao.") == ()


@given(st.integers(0, 10**9 - 1), st.sampled_from(["đảng viên", "đồng chí", "TCCS đảng"]))
def test_a_grouped_number_is_read_back(value: int, unit: str) -> None:
    (number,) = find_numbers(f"có {format_number(value)} {unit}")
    assert (number.value, number.role) == (value, "count")


@given(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9))
def test_numbers_in_words_are_read(tens: int, ones: int, hundreds: int) -> None:
    digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    ending = {1: "mốt", 4: "tư", 5: "lăm"} if tens > 1 else {5: "lăm"} if tens == 1 else {}
    last = ending.get(ones, digits[ones])
    if tens == 0:
        tail = f"linh {digits[ones]}" if ones else ""
    else:
        tail = " ".join([*(["mười"] if tens == 1 else [digits[tens], "mươi"]), *([last] if ones else [])])
    assert spoken(f"{digits[hundreds]} trăm {tail}") == hundreds * 100 + tens * 10 + ones


def test_a_text_of_nothing_but_numbers_is_refused_with_the_remedy() -> None:
    with pytest.raises(TooManyNumbers, match="Hãy tách văn bản"):
        find_numbers("1 " * 70_000)
