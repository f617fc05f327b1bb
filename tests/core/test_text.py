"""Text: one written form, a search key without diacritics, and names in Vietnamese order."""

import unicodedata
from functools import cmp_to_key
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.core.text import ALPHABET, fold, name_sort_key, nfc, text_sort_key, tidy, title_name

MARKED = "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)
CONSONANTS = "bcdđghklmnpqrstvx"
syllables = st.builds(
    lambda a, v, z: (a + v + z).capitalize(),
    st.sampled_from(["", *CONSONANTS, "ngh", "nh", "th", "tr", "ph", "ch"]),
    st.sampled_from(sorted(MARKED)),
    st.sampled_from(["", "n", "ng", "nh", "t", "p", "c", "m"]),
)
names = st.lists(syllables, min_size=1, max_size=4).map(" ".join)


@given(st.text())
def test_tidy_text_is_one_composed_line_and_stays_so(s: str) -> None:
    clean = tidy(s)
    assert tidy(clean) == clean == nfc(clean)
    assert clean == clean.strip() and "  " not in clean and "\n" not in clean and "\x00" not in clean


def test_tidy_removes_what_word_leaves_behind() -> None:
    assert tidy("  Đảng\u00a0 bộ\u200b\r\nxã ") == "Đảng bộ xã"


def test_eth_from_old_fonts_becomes_the_letter_it_stands_for() -> None:
    assert tidy("\u00d0ặng \u0189ức") == "Đặng Đức"


@given(st.text())
def test_folding_twice_is_folding_once(s: str) -> None:
    assert fold(fold(s)) == fold(s)


@given(names)
def test_folded_names_are_ascii_and_do_not_depend_on_the_unicode_form_or_case(name: str) -> None:
    key = fold(name)
    assert key.isascii()
    for variant in (unicodedata.normalize("NFD", name), name.upper(), name.lower(), f" {name}\u00a0"):
        assert fold(variant) == key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Đặng Đức Hoà", "dang duc hoa"),
        ("đặng đức hòa", "dang duc hoa"),
        ("Ủy viên", "uy vien"),
        ("Uỷ viên", "uy vien"),
    ],
)
def test_search_finds_d_and_both_places_of_the_tone_mark(written: str, key: str) -> None:
    assert fold(written) == key


TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]


def spell(syllable: str) -> tuple[list[int], int]:
    """Slow and separate: positions in the alphabet, then the tone, by removing each tone mark in turn."""
    for number, mark in enumerate(TONES[1:], start=1):
        split = unicodedata.normalize("NFD", syllable.lower())
        if mark in split:
            return [ALPHABET.index(c) for c in nfc(split.replace(mark, ""))], number
    return [ALPHABET.index(c) for c in nfc(syllable.lower())], 0


def compare(one: str, other: str) -> int:
    """Given name, then family, then middle names; syllable by syllable, letters before tone."""
    left, right = (words[-1:] + words[:-1] for words in (one.split(), other.split()))
    for a, b in zip_longest(left, right):
        if a is None or b is None:
            return -1 if a is None else 1
        if spell(a) != spell(b):
            return -1 if spell(a) < spell(b) else 1
    return 0


@given(st.lists(names, max_size=12))
def test_names_sort_bytewise_as_a_slow_comparison_sorts_them(people: list[str]) -> None:
    by_key = sorted(people, key=lambda n: name_sort_key(n).encode())
    assert [spell(w) for n in by_key for w in n.split()] == [
        spell(w) for n in sorted(people, key=cmp_to_key(compare)) for w in n.split()
    ]


@given(names)
def test_sort_keys_are_ascii_and_ignore_case_and_unicode_form(name: str) -> None:
    assert name_sort_key(name).isascii()
    assert name_sort_key(unicodedata.normalize("NFD", name.upper())) == name_sort_key(name)


@given(st.text())
def test_any_text_has_sort_keys_in_ascii(s: str) -> None:
    assert (name_sort_key(s) + text_sort_key(s)).isascii()


def test_a_list_of_names_reads_as_an_office_writes_it() -> None:
    expected = [
        "Đỗ An", "Lê An", "Lê Văn Anh", "Lê Ánh", "Ngô Ân", "Hồ Dũng", "Hồ Đạt", "Bùi Hoa", "Bùi Hòa",
        "Lý Ước", "Võ Ý", "Trần Yến",
    ]  # fmt: skip
    # An before Anh; the family name decides between equal given names; Đ follows D, Ư follows U.
    assert sorted(sorted(expected), key=name_sort_key) == expected


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_numbered_organisations_sort_by_number(one: int, other: int) -> None:
    keys = [text_sort_key(f"Chi bộ thôn {n}") for n in (one, other)]
    assert (keys[0] < keys[1]) == (one < other)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("NGUYỄN THỊ HOA", "Nguyễn Thị Hoa"), ("H'HEN NIÊ", "H'Hen Niê"), ("đặng văn ý", "Đặng Văn Ý"),
        ("Lê McDonald", "Lê McDonald"), ("", ""),
    ],
)  # fmt: skip
def test_names_in_capitals_become_normal(written: str, normal: str) -> None:
    assert title_name(written) == normal


@given(names)
def test_a_name_survives_capitals(name: str) -> None:
    assert title_name(name.upper()) == nfc(name)
