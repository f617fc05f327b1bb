"""Numbers: written as the seed report writes them, rounded half up, read back as they were."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.numbers import BadNumber, format_number, format_percent, parse_number, round_half_up

decimals_in = st.decimals(-(10**12), 10**12, places=4)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3724, "3.724"), (0, "0"), (-1234, "-1.234"), (1234567, "1.234.567"), (Decimal("98.11"), "98,11"),
        (3.5, "3,5"), (0.285, "0,29"), (2.675, "2,68"), (-0.001, "0"), (999.999, "1.000"),
    ],
)  # fmt: skip
def test_numbers_read_as_in_a_vietnamese_report(value: float, written: str) -> None:
    assert format_number(value) == written


def test_shares_read_as_in_the_seed_report() -> None:
    assert format_percent(Decimal(5200) / 53) == "98,11%"
    assert format_percent(Decimal(300) / 85) == "3,53%"
    assert format_percent(Decimal(300) / 85, 1) == "3,5%"
    assert format_percent(3.5) == "3,5%"
    assert format_percent(3.5, keep_zeros=True) == "3,50%"
    assert format_percent(98.11, lang="en") == "98.11%"
    assert format_number(1234567.5, lang="en") == "1,234,567.5"


@given(decimals_in, st.integers(0, 4), st.sampled_from(["vi", "en"]), st.booleans())
def test_what_is_written_is_read_back(value: Decimal, places: int, lang: str, keep: bool) -> None:
    written = format_number(value, places, lang, keep_zeros=keep)
    assert parse_number(written, lang) == round_half_up(value, places)


@given(st.integers(-(10**9), 10**9))
def test_halves_are_rounded_away_from_zero_by_exact_fractions(thousandths: int) -> None:
    hundredths, rest = divmod(abs(thousandths), 10)
    expected = Fraction(hundredths + (rest >= 5), 100)
    assert abs(Fraction(round_half_up(Decimal(thousandths) / 1000, 2))) == expected
    # A float is read by its shortest writing, so it rounds like the decimal that a person sees.
    assert abs(Fraction(round_half_up(thousandths / 1000, 2))) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_not_printed(value: float) -> None:
    with pytest.raises(ValueError, match="Không có giá trị"):
        format_number(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3.724", "3724"), (" 98,11 % ", "98.11"), ("3\u00a0724", "3724"), ("1.234.567,5", "1234567.5"),
        ("3.5", "3.5"), ("0.125", "0.125"), ("-5", "-5"), ("\u22125", "-5"), ("007", "7"),
    ],
)  # fmt: skip
def test_usual_writings_are_read(written: str, value: str) -> None:
    assert parse_number(written) == Decimal(value)


@pytest.mark.parametrize(
    "written", ["", "abc", "1,2,3", "1.23.456", "12,", ",5", "1,234.5", "٣", "5%%", "1e3"]
)
def test_other_writings_are_refused_with_an_example(written: str) -> None:
    with pytest.raises(BadNumber, match=r"98,11"):
        parse_number(written)
