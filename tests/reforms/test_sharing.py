"""Who goes where at a split: the list before the rules, whole words, nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongket.reforms.carrying.sharing import Item, has_words, share
from tongket.reforms.steps import ShareRule


@pytest.mark.parametrize(
    ("text", "wanted", "met"),
    [
        ("Thôn 1, xã A", "thôn 1", True),
        ("Thôn 10, xã A", "thôn 1", False),
        ("Thôn 1, xã A", "Thôn 10", False),
        ("số 5 - thôn Đông - xã A", "thôn đông", True),
        ("Thôn Đông", "thon dong", True),  # without diacritics any are met
        ("Thôn Đồng", "thôn đông", False),  # with diacritics only their own
        ("Thôn Đồng", "thon dong", True),
        ("", "thôn 1", False),
        ("Thôn 1", "", False),
        ("Thôn 1", " , ", False),
    ],
)
def test_words_are_met_whole(text: str, wanted: str, met: bool) -> None:
    assert has_words(text, wanted) is met


def item(code: str, *texts: str) -> Item:
    return Item(code, f"Tên {code}", {"address": texts, "workplace": ()})


EAST, WEST = (
    ShareRule("people", "address", f"thôn {word}", to) for word, to in (("Đông", "E"), ("Tây", "W"))
)


def test_the_list_goes_before_the_rules() -> None:
    shared = share([item("M1", "Thôn Đông")], {"M1": "W"}, [EAST, WEST], ["E", "W"])
    assert (shared.to, shared.left) == ({"M1": "W"}, ())


def test_who_fits_no_rule_and_who_fits_two_are_left_over_with_the_reason() -> None:
    people = [item("M1", "Thôn Bắc"), item("M2", "Thôn Đông", "Thôn Tây"), item("M3", "Thôn Tây")]
    shared = share(people, {}, [EAST, WEST], ["E", "W"])
    assert shared.to == {"M3": "W"}
    assert [(one.code, one.why) for one in shared.left] == [
        ("M1", "chưa có nơi tiếp nhận"),
        ("M2", "hợp với nhiều nơi: E, W"),
    ]


def test_a_place_that_receives_nobody_is_none() -> None:
    shared = share([item("M1", "Thôn Đông")], {}, [EAST], ["W"])
    assert [one.code for one in shared.left] == ["M1"]


@given(
    st.lists(st.sampled_from(["Thôn Đông", "Thôn Tây", "Thôn Đông, Thôn Tây", "Thôn Bắc", ""]), max_size=8),
    st.dictionaries(st.integers(0, 7), st.sampled_from(["E", "W", "X"]), max_size=4),
)
def test_everybody_is_either_given_one_place_or_left_over(
    addresses: list[str], listed: dict[int, str]
) -> None:
    people = [item(f"M{n}", address) for n, address in enumerate(addresses)]
    shared = share(people, {f"M{n}": to for n, to in listed.items()}, [EAST, WEST], ["E", "W"])
    assert sorted([*shared.to, *(one.code for one in shared.left)]) == sorted(one.code for one in people)
    for n, address in enumerate(addresses):
        if n in listed:
            wanted = {listed[n]} & {"E", "W"}
        else:
            wanted = {place for word, place in (("Đông", "E"), ("Tây", "W")) if word in address}
        expected = wanted.pop() if len(wanted) == 1 else None
        assert shared.to.get(f"M{n}") == expected
