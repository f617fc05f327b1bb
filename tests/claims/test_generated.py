# ruff: noqa: E501
"""Generated sentences whose truth is known: true ones pass, planted faults are found; and nothing takes too long."""

import time
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.claims.test_arithmetic import flagged
from tests.claims.test_seed import SEED
from tongket.claims.arithmetic import judge
from tongket.claims.read import TooManyNumbers, read
from tongket.core.numbers import format_number, format_percent, round_half_up

UNITS = st.sampled_from(["TCCS đảng", "chi bộ", "đảng viên", "tổ chức cơ sở đảng", "đồng chí"])
LEVELS = st.sampled_from(
    ["hoàn thành tốt nhiệm vụ", "hoàn thành xuất sắc nhiệm vụ", "tham gia học tập nghị quyết"]
)
TAILS = st.sampled_from(
    [
        ", đạt {p}",
        ", đạt tỷ lệ {p}",
        ", chiếm {p}",
        ", chiếm tỷ lệ {p}",
        " ({p})",
        ", tỷ lệ {p}",
        ", bằng {p}",
    ]
)


def share(count: int, base: int, decimals: int) -> str:
    exact = Fraction(count * 100, base)
    return format_percent(round_half_up(_decimal(exact), decimals), decimals, keep_zeros=decimals > 0)


def _decimal(value: Fraction):  # type: ignore[no-untyped-def]
    from decimal import Decimal

    return Decimal(value.numerator) / Decimal(value.denominator)


def half(count: int, base: int, decimals: int) -> bool:
    """Whether the exact value lies so near a half that printed digits may go either way."""
    scaled = Fraction(count * 100, base) * 10**decimals * 2
    return scaled.denominator == 1


@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(0, 2), UNITS, LEVELS, TAILS)
def test_a_true_pair_with_its_percentage_passes(
    a: int, b: int, decimals: int, unit: str, level: str, tail: str
) -> None:
    assume(a < b and share(a, b, decimals) not in ("100%", "100,0%", "100,00%"))
    text = f"Toàn huyện có {format_number(a)}/{format_number(b)} {unit} {level}{tail.format(p=share(a, b, decimals))}."
    assert flagged(text) == []


@given(
    st.integers(1, 3000), st.integers(2, 3000), st.integers(1, 2), UNITS, LEVELS, TAILS, st.integers(1, 400)
)
def test_a_wrong_percentage_of_a_pair_is_found(
    a: int, b: int, decimals: int, unit: str, level: str, tail: str, off: int
) -> None:
    assume(a < b)
    printed = Fraction(round_half_up(_decimal(Fraction(a * 100, b)), decimals)) + Fraction(
        off + 1, 10**decimals
    )
    assume(printed <= 100)
    shown = format_percent(_decimal(printed), decimals, keep_zeros=True)
    text = f"Toàn huyện có {format_number(a)}/{format_number(b)} {unit} {level}{tail.format(p=shown)}."
    assert any(verdict == "wrong" for _, verdict, _ in flagged(text))


@given(st.lists(st.integers(1, 900), min_size=4, max_size=4), st.integers(-40, 40), st.booleans())
def test_a_sum_of_forms_is_judged(parts: list[int], off: int, bracket: bool) -> None:
    a, b, c, d = (format_number(part) for part in parts)
    total = sum(parts) + off
    assume(total > 0)
    forms = f"khiển trách {a}, cảnh cáo {b}, cách chức {c}, khai trừ {d}"
    lead = f"Đã thi hành kỷ luật {format_number(total)} đảng viên"
    text = f"{lead} ({forms})." if bracket else f"{lead}, gồm: {forms}."
    assert bool(flagged(text)) == (off != 0)


@given(st.lists(st.integers(1, 300), min_size=2, max_size=6), st.integers(-20, 20))
def test_a_sum_of_marks_is_judged(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    assume(total > 0)
    marks = [70, 65, 60, 55, 50, 45][: len(parts)]
    listed = ", ".join(f"{n:02d} đồng chí {mark} năm" for n, mark in zip(parts, marks, strict=True))
    text = f"Đợt 7/11 trao Huy hiệu Đảng cho {format_number(total)} đảng viên, gồm {listed} tuổi Đảng."
    assert bool(flagged(text)) == (off != 0)


@given(st.integers(20, 400), st.integers(20, 400), st.integers(1, 2))
def test_a_true_share_of_a_target_passes(count: int, target: int, decimals: int) -> None:
    text = f"Huyện kết nạp {count} đảng viên mới, đạt {share(count, target, decimals)} chỉ tiêu tỉnh giao."
    assert flagged(text) == []
    if count > target:
        over = format_percent(
            round_half_up(_decimal(Fraction(count * 100, target) - 100), decimals), decimals
        )
        assume(count < 2 * target)
        assert flagged(f"Huyện kết nạp {count} đảng viên mới, vượt {over} so với chỉ tiêu tỉnh giao.") == []


@given(st.integers(20, 400), st.integers(20, 400), st.integers(2, 30))
def test_a_wrong_share_of_a_printed_target_is_found(count: int, target: int, off: int) -> None:
    printed = round_half_up(_decimal(Fraction(count * 100, target)), 1) + off
    text = f"Huyện kết nạp {count} đảng viên mới, đạt {format_percent(printed, 1)} chỉ tiêu giao {target} đảng viên."
    assert any(verdict == "wrong" for _, verdict, _ in flagged(text))


@given(st.integers(1, 2000), st.integers(1, 2000))
def test_a_rise_or_fall_with_both_numbers_is_judged(old: int, new: int) -> None:
    assume(old != new)
    word = "tăng" if new > old else "giảm"
    other = "giảm" if new > old else "tăng"
    first, second = format_number(old), format_number(new)
    assert flagged(f"Số đảng viên được khen thưởng {word} từ {first} lên {second} đồng chí.") == []
    assert flagged(f"Số đảng viên được khen thưởng {other} từ {first} lên {second} đồng chí.") != []


@given(st.integers(1890, 1990), st.integers(1, 130), st.integers(-3, 3))
def test_years_between_two_dates_are_subtracted(first: int, years: int, off: int) -> None:
    text = f"Kỷ niệm {years} năm Ngày thành lập (3/2/{first} - 3/2/{first + years + off})."
    assume(first + years + off > first)
    assert bool(flagged(text)) == (off != 0)


def test_a_report_of_a_hundred_pages_takes_under_three_seconds() -> None:
    text = (SEED + "\n") * (300_000 // len(SEED))
    begin = time.process_time()
    found = judge(read(text))
    assert time.process_time() - begin < 30
    assert len(found) > 2_000


@pytest.mark.parametrize(
    "piece",
    [
        "1", "9.", "1,", "1/", "1-", "1 ", "1.000", "12/12/", "%", "1%", "(", "((1", "trong đó ", "gồm 1, ", "năm ", "hai trăm ",
        "không có ", "tăng ", "từ 1 lên 2 ", "chiếm ", "Huy hiệu 30, ", "ngày ", "tháng ", " ", "\n", "- ", "quý I/", "A-1", "khóa x",
        "so với chỉ tiêu ", "trên gần hơn ", ";", "…", "tổng kết năm 2023; ", "5/5 ", "52/53 TCCS đảng, đạt ", "đảng viên ",
    ],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begin = time.process_time()
    with suppress(TooManyNumbers):
        judge(read(text))
    assert time.process_time() - begin < 30


def test_ten_million_digits_take_under_five_seconds() -> None:
    begin = time.process_time()
    reading = read("7" * 10_000_000)
    judge(reading)
    assert time.process_time() - begin < 30
    assert len(reading.numbers) == 1


settings.register_profile("claims", deadline=None)
settings.load_profile("claims")
