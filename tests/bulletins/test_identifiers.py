"""Traces of a person in a text: what is caught, what is let through."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bulletins.corpora import HARMLESS, NAMES, PLANTED
from tongket.bulletins.identifiers import clean, traces
from tongket.bulletins.queries import traces_in
from tongket.core.text import fold
from tongket.members.models import Member

REGISTER: dict[str, list[str]] = {}
for _name in NAMES:
    REGISTER.setdefault(fold(_name), []).append(_name)


def test_the_corpora_hold_a_hundred_different_texts_each() -> None:
    assert (len(set(PLANTED)), len(set(HARMLESS))) == (100, 100)


def test_of_a_hundred_planted_texts_at_least_95_are_caught() -> None:
    missed = [text for text in PLANTED if not traces(text, REGISTER)]
    assert len(missed) <= 5, missed


def test_of_a_hundred_harmless_texts_fewer_than_5_are_stopped() -> None:
    stopped = [(text, traces(text, REGISTER)) for text in HARMLESS if traces(text, REGISTER)]
    assert len(stopped) < 5, stopped


def test_every_name_of_the_register_is_caught_in_every_harmless_text() -> None:
    """Planted anywhere, with diacritics and (of three words and more) without them."""
    missed = []
    for number, text in enumerate(HARMLESS):
        name = NAMES[number % len(NAMES)]
        for written in (name, name.upper(), fold(name).title()):
            if not traces(f"{text} Ý kiến của {written}.", REGISTER):
                missed.append((text, written))
    assert missed == []


@given(st.sampled_from(NAMES), st.sampled_from(HARMLESS), st.sampled_from(["", " ", ", ", " hộ ", ". "]))
def test_a_full_name_is_found_wherever_it_stands(name: str, text: str, before: str) -> None:
    found = traces(f"{text.rstrip('.')} của{before or ' '}{name}", REGISTER)
    assert any(name in trace.words or trace.words in name for trace in found)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for trace in traces(text, REGISTER):
        assert trace.words in clean(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nhà ông Hai và bà Sáu bị ngập.", ["ông Hai", "bà Sáu"]),
        ("Nguyễn Văn An, số máy 0905 123 456.", ["Nguyễn Văn An", "0905 123 456"]),
    ],
)
def test_each_trace_is_named_once_in_the_order_of_the_text(text: str, words: list[str]) -> None:
    assert [trace.words for trace in traces(text, REGISTER)] == words


def test_small_letters_with_other_marks_are_another_word() -> None:
    assert not traces("nghi lễ dân gian và hồ sơ của vùng cao nguyên", REGISTER)
    assert traces("vợ chồng ông lê dân", REGISTER)


@pytest.mark.django_db
def test_a_thousand_signs_against_4000_names_are_read_within_50_milliseconds() -> None:
    """Measured in processor time: other work on the machine does not count."""
    names = [f"{name} {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(143) for name in NAMES]
    Member.objects.bulk_create(
        Member(code=f"T{n}", full_name=name, folded_name=fold(name), sort_key=fold(name))
        for n, name in enumerate([*NAMES, *names])
    )
    assert Member.objects.count() > 4000
    text = " ".join(HARMLESS)[:990]
    assert traces_in(text) == [[]]
    started = time.process_time()
    for _round in range(5):
        [found] = traces_in(f"{text} Lê Hoa")
    assert (time.process_time() - started) / 5 < 0.05
    assert found[0].words.endswith("Lê Hoa")
