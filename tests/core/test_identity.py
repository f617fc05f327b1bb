"""Identity numbers: a wrong form is an error, disagreement with the record only a doubt."""

from datetime import date
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from tongket.core.identity import CCCD_PROVINCES, check_card_number, check_cccd, province_of

genders = st.sampled_from(["male", "female"])
births = st.dates(date(1900, 1, 1), date(2099, 12, 31))
Gender = Literal["male", "female"]


def number_for(province: str, birth: date, gender: Gender, tail: int) -> str:
    century_and_sex = 2 * (birth.year // 100 - 19) + (gender == "female")
    return f"{province}{century_and_sex}{birth.year % 100:02d}{tail:06d}"


numbers = st.builds(
    lambda province, birth, gender, tail: (number_for(province, birth, gender, tail), birth, gender),
    st.sampled_from(sorted(CCCD_PROVINCES)), births, genders, st.integers(0, 999_999),
)  # fmt: skip


def codes(number: str, birth: date | None = None, gender: Gender | None = None) -> set[str]:
    return {f.code for f in check_cccd(number, birth, gender)}


@given(numbers)
def test_a_number_made_by_the_rule_raises_no_doubt(made: tuple[str, date, Gender]) -> None:
    assert check_cccd(*made) == []
    assert province_of(made[0]) == CCCD_PROVINCES[made[0][:3]]


@given(numbers, births, genders)
def test_doubts_name_exactly_what_disagrees(
    made: tuple[str, date, Gender], birth: date, gender: Gender
) -> None:
    number, true_birth, true_gender = made
    expected = {"cccd.year"} if birth.year != true_birth.year else set()
    expected |= {"cccd.gender"} if gender != true_gender else set()
    assert codes(number, birth, gender) == expected
    assert all(f.severity == "warning" for f in check_cccd(number, birth, gender))


@given(st.from_regex(r"[0-9]{0,14}", fullmatch=True).filter(lambda s: len(s) != 12))
def test_a_wrong_length_is_an_error(number: str) -> None:
    (only,) = check_cccd(number, date(1980, 1, 1), "male")
    assert (only.code, only.severity) == ("cccd.format", "error")


def test_unknown_provinces_and_letters() -> None:
    assert codes("003080123456") == {"cccd.province"}
    assert codes("04908012345x") == {"cccd.format"}
    assert codes("049 080 123 456", date(1980, 5, 1), "male") == set()


def test_there_are_63_provinces_between_001_and_096() -> None:
    assert len(CCCD_PROVINCES) == len(set(CCCD_PROVINCES.values())) == 63
    assert min(CCCD_PROVINCES) == "001" and max(CCCD_PROVINCES) == "096"


def test_party_cards_have_8_or_12_digits_kept_as_text() -> None:
    for good in ("01234567", "49.123.456", "012345678901", "012 345 678 901"):
        assert check_card_number(good) == []
    for bad in ("", "1234567", "123456789", "1234567a"):
        (only,) = check_card_number(bad)
        assert only.severity == "error" and only.problem("card").field == "card"
